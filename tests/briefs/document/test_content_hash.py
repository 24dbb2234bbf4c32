import hashlib

from briefs.document.content_hash import content_hash

TEMPLATE = ("country-brief", 1)
ANSWERS = [("profile", "Größe: 30.528 km²"), ("score", "Free.")]


def test_the_hash_is_of_canonical_json() -> None:
    canonical = (
        '{"answers":[["profile","Größe: 30.528 km²"],["score","Free."]],'
        '"section":"overview","template":["country-brief",1]}'
    )
    wanted = hashlib.sha256(canonical.encode()).hexdigest()
    assert content_hash("overview", TEMPLATE, ANSWERS) == wanted


def test_an_empty_answer_counts_as_none() -> None:
    with_empty = [ANSWERS[0], ("history", ""), ANSWERS[1]]
    assert content_hash("o", TEMPLATE, with_empty) == content_hash("o", TEMPLATE, ANSWERS)


def test_every_part_of_the_content_changes_the_hash() -> None:
    hashes = {
        content_hash("overview", TEMPLATE, ANSWERS),
        content_hash("preface", TEMPLATE, ANSWERS),
        content_hash("overview", ("country-brief", 2), ANSWERS),
        content_hash("overview", ("other", 1), ANSWERS),
        content_hash("overview", TEMPLATE, ANSWERS[:1]),
        content_hash("overview", TEMPLATE, ANSWERS[::-1]),
        content_hash("overview", TEMPLATE, [("profile", "Free."), ANSWERS[1]]),
        content_hash("overview", TEMPLATE, [("score", ANSWERS[0][1]), ("profile", "Free.")]),
    }
    assert len(hashes) == 8
