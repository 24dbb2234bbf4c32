import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from briefs.commissioning.actions import add_own_section, archive_brief
from briefs.document.text import MAX_BRIEF_BYTES, MAX_PROMPT_BYTES
from briefs.history.actions import restore_revision
from briefs.models import Activity, Revision, Section
from briefs.prompts import texts_now
from briefs.review.actions import approve_section, request_review
from briefs.revisions import texts_of
from tests.factories import approve, put_in_review, section_of, write


def revision(section: Section, number: int) -> Revision:
    return section.revisions.get(number=number)


def test_it_writes_the_old_words_into_a_new_revision(preface, author, second_author):
    write(preface, author, "Old.")
    write(preface, author, "New.")
    restored = restore_revision(preface, revision(preface, 1), by=second_author, started_from=2)
    assert (restored.number, restored.kind) == (3, "restore")
    assert restored.comment == "from revision 1"
    assert set(restored.contributors.all()) == {second_author, author}
    assert texts_now(preface) == {"body": "Old."}
    assert [texts_of(row)["body"] for row in preface.revisions.order_by("number")] == [
        "Old.",
        "New.",
        "Old.",
    ]


def test_it_brings_back_single_prompts(needs, author):
    write(needs, author, past="Old past.", future="Old future.")
    write(needs, author, past="New past.", future="New future.")
    restore_revision(needs, revision(needs, 1), by=author, started_from=2, prompts=["future"])
    assert texts_now(needs) == {"past": "New past.", "future": "Old future."}


def test_it_empties_what_was_empty_then(needs, author):
    write(needs, author, past="Past.")
    write(needs, author, future="Future.")
    restore_revision(needs, revision(needs, 1), by=author, started_from=2)
    assert texts_now(needs) == {"past": "Past."}


def test_it_brings_back_the_body_of_a_section_of_the_briefs_own(brief, author, manager):
    from_template = section_of(brief, "goals/needs")
    own = add_own_section(brief, "Floods", part=from_template.part, by=manager)
    write(own, author, "Old.")
    write(own, author, "New.")
    restore_revision(own, revision(own, 1), by=author, started_from=2)
    assert texts_now(own) == {"body": "Old."}


def test_the_same_text_records_nothing(preface, author):
    write(preface, author, "Words.")
    assert restore_revision(preface, revision(preface, 1), by=author, started_from=1) is None
    assert preface.revisions.count() == 1
    assert not Activity.objects.filter(verb=Activity.Verb.SECTION_RESTORED).exists()


def test_it_is_one_act_that_says_from_where(needs, author):
    write(needs, author, past="Old.")
    write(needs, author, past="New.")
    restored = restore_revision(
        needs, revision(needs, 1), by=author, started_from=2, prompts=["past"]
    )
    act = Activity.objects.get(verb=Activity.Verb.SECTION_RESTORED)
    assert (act.revision, act.actor) == (restored, author)
    assert act.detail == {"restored_from": 1, "prompts": ["past"]}


def test_a_newer_text_is_not_put_away_unread(preface, author, second_author):
    write(preface, author, "Old.")
    write(preface, author, "New.")
    write(preface, second_author, "Newer.")
    with pytest.raises(PermissionDenied, match="now at revision 3"):
        restore_revision(preface, revision(preface, 1), by=author, started_from=2)
    assert texts_now(preface) == {"body": "Newer."}


def test_a_revision_of_another_section_is_refused(preface, needs, author):
    write(preface, author, "Words.")
    write(needs, author, past="Others.")
    with pytest.raises(PermissionDenied, match="another section"):
        restore_revision(preface, revision(needs, 1), by=author, started_from=1)
    assert texts_now(preface) == {"body": "Words."}


def test_an_approved_text_that_is_brought_back_is_approved_again(preface, author, editor):
    approve(preface, author, editor, "Approved.")
    write(preface, author, "Changed.")
    restore_revision(preface, revision(preface, 1), by=author, started_from=2)
    assert section_of(preface.brief, preface.key).state == "approved"


@pytest.mark.parametrize("role", ["viewer", "stranger"])
def test_who_may_not_write_may_not_restore(role, preface, author, request):
    write(preface, author, "Old.")
    write(preface, author, "New.")
    with pytest.raises(PermissionDenied, match="but not write in it"):
        restore_revision(
            preface, revision(preface, 1), by=request.getfixturevalue(role), started_from=2
        )


def test_nothing_is_restored_while_in_review(preface, author):
    write(preface, author, "Old.")
    put_in_review(preface, author, "New.")
    with pytest.raises(PermissionDenied, match="in review"):
        restore_revision(preface, revision(preface, 1), by=author, started_from=2)


def test_nothing_is_restored_in_an_archived_brief(preface, author, manager):
    write(preface, author, "Old.")
    write(preface, author, "New.")
    archive_brief(preface.brief, by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        restore_revision(preface, revision(preface, 1), by=author, started_from=2)


def test_a_brief_that_would_grow_too_large_is_refused(brief, preface, author, manager):
    write(preface, author, "x" * MAX_PROMPT_BYTES)
    write(preface, author, "Short.")
    for number in range(MAX_BRIEF_BYTES // MAX_PROMPT_BYTES):
        own = add_own_section(brief, f"Own {number}", part=preface.part, by=manager)
        write(own, author, "x" * MAX_PROMPT_BYTES)
    with pytest.raises(ValidationError, match="500 KB"):
        restore_revision(preface, revision(preface, 1), by=author, started_from=2)
    assert texts_now(preface) == {"body": "Short."}


def test_restored_words_stay_those_of_who_wrote_them(preface, author, editor, manager):
    write(preface, editor, "The editor's words.")
    approve(preface, author, manager, "The author's words.")
    restore_revision(preface, revision(preface, 1), by=author, started_from=2)
    request_review(preface, by=author, revision=3)
    with pytest.raises(PermissionDenied, match="somebody else has to approve"):
        approve_section(preface, by=editor, revision=3)
    approve_section(preface, by=manager, revision=3)


def test_words_that_were_approved_bring_nobody_back(preface, author, second_author, editor):
    approve(preface, author, editor, "Approved words.")
    write(preface, second_author, "Other words.")
    restored = restore_revision(preface, revision(preface, 1), by=second_author, started_from=2)
    assert list(restored.contributors.all()) == [second_author]
