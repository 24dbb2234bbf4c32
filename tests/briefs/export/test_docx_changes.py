"""What changed between two documents, as changes that Word accepts or rejects."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.document.look import Look
from briefs.document.text import normalise
from briefs.document.tree import AnswerNode, Document, PartNode
from briefs.export.docx.write import write_docx
from tests.briefs.export.documents import make_document, make_picture, make_section
from tests.briefs.export.word import Resolved, W, part_of, words_in

LONG = "The relations between both countries are close and have been so for a very long time"


def changed(old: Document, new: Document) -> bytes:
    """The file of both, after a look at whether it says the new text when all is accepted, and the
    old when all is rejected."""
    # The clearance table is that of the new document, whichever text is chosen.
    old, new = (replace(one, look=Look(has_clearance=False)) for one in (old, new))
    content = write_docx(new, old)
    assert Resolved(content, accept=True).lines == Resolved(write_docx(new), accept=True).lines
    assert Resolved(content, accept=False).lines == Resolved(write_docx(old), accept=True).lines
    return content


def marked(content: bytes, kind: str) -> list[str]:
    return [words_in(one) for one in part_of(content, "document").iter(f"{W}{kind}") if len(one)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One.", "One."),
        ("", "New."),
        ("Gone.", ""),
        (f"{LONG}.", f"{LONG} indeed."),
        (f"{LONG}.\n\nSecond.", f"Before.\n\n{LONG}.\n\nAfter."),
        (f"{LONG} **now**.", f"{LONG} *now*."),
        (f"{LONG} [here](https://a.org).", f"{LONG} [here](https://b.org)."),
        (f"- {LONG}\n- two\n- three", f"- {LONG} too\n- three\n- four"),
        (f"- {LONG}\n  - in\n  - out", f"- {LONG}\n  - in\n  - and\n\n  {LONG}"),
        (f"- {LONG}", f"1. {LONG}"),
        (f"3. {LONG}\n4. b", f"3. {LONG}\n4. b\n5. c"),
        (f"1. {LONG}", f"7. {LONG}"),
        (f"> {LONG}\n>\n> b", f"> {LONG} c\n>\n> d"),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
            "| a | c |\n|---|---|\n| 1 | 5 |\n| 3 | 4 |",
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
            "| a | b |\n|---|---|\n| 3 | 4 |\n| 5 | 6 |",
        ),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a |\n|---|\n| 1 |"),
        ("| a |\n|---|\n| 1 |", f"{LONG}"),
        (f"```\n{LONG}\n```", f"```\n{LONG}\nmore\n```"),
        ("***", "x"),
        (f"{LONG} [](https://a.org)", f"{LONG} [](https://b.org)"),
        (f"{LONG}[^1] a.\n\n[^1]: One.", f"{LONG}[^1] a.\n\n[^1]: Two."),
        (f"{LONG}[^1] a[^1].\n\n[^1]: One.", f"{LONG}[^1] a.\n\n[^1]: One."),
        (f"{LONG}[^1].\n\n[^1]: One.", f"{LONG}[^2][^1].\n\n[^1]: One.\n\n[^2]: Two."),
        (f"x[^2] {LONG}[^1] y[^1].\n\n[^1]: 1.\n\n[^2]: 2.", f"{LONG}[^1] y[^1].\n\n[^1]: 1."),
        (f"{LONG}\n\nx[^1]\n\nx[^1]\n\n[^1]: 1.", f"x[^1]\n\n{LONG}\n\nx[^1]\n\n[^1]: 1."),
        (f"- {LONG}[^1]\n- {LONG}[^1]\n\n[^1]: 1.", f"a[^1]\n\n- {LONG}[^1]\n\n[^1]: 1."),
        (f"a[^1] {LONG} b[^1]\n\n[^1]: 1.", f"a[^1] {LONG} b[^1]\n\n[^1]: 2."),
        (
            f"a[^1]\n\n> {LONG}[^1]\n\n| a[^1] |\n|---|\n| b[^1] |\n\n[^1]: 1.",
            f"a[^1]\n\n> {LONG}[^1]\n\n| a[^1] |\n|---|\n| b[^1] |\n\n[^1]: 2.",
        ),
        (
            f"a {LONG}[^1]\n\n[^1]: b[^2]\n\n[^2]: c",
            f"x[^3] {LONG}[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n\n[^3]: d",
        ),
        (f"{LONG}\\\nb", f"{LONG}\nb"),
        (f"{LONG} ![A map](m.png)", f"{LONG} ![Another map](m.png)"),
        (f"العلاقات {LONG}", f"{LONG} العلاقات"),
    ],
)
def test_docx_says_either_text_when_its_changes_are_accepted_or_rejected(old, new):
    changed(make_document(normalise(old)), make_document(normalise(new)))
    changed(make_document(normalise(new)), make_document(normalise(old)))


PIECES = st.sampled_from(
    [
        LONG,
        f"{LONG} **b**",
        f"{LONG}, they say.",
        "Short.",
        "- one\n- two",
        "1. one\n2. two",
        f"- {LONG}\n\n  > quoted\n- two",
        "> quoted",
        f"> - {LONG}",
        "x[^1]\n\n[^1]: Note.",
        "- x[^1]\n- y[^1]\n\n[^1]: Note.",
        f"> {LONG}[^2] x[^2]\n\n[^2]: Another note.",
        "| a[^1] | b[^2] |\n|--|--|\n| 1 | 2[^2] |\n\n[^2]: Other.",
        f"{LONG}[^3] z[^4].\n\n[^3]: Says[^4] [a](https://a.org).\n\n[^4]: Within[^3].",
        f"{LONG}[^3].\n\n[^3]: Says [a](https://b.org).",
        "[x[^5]](https://a.org)\n\n[^5]:",
        "***",
        "```\ncode\n```",
        "| a | b |\n|--|--|\n| 1 | 2 |",
        "| a | b |\n|--|--|\n| 1 | 3 |\n| 4 | 5 |",
    ]
)
TEXTS = st.lists(PIECES, max_size=6).map("\n\n".join).map(normalise)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_docx_says_either_text_whatever_changed(old, new):
    changed(make_document(old), make_document(new))


def test_docx_marks_the_words_that_came_and_went():
    content = changed(make_document(f"{LONG} **indeed**."), make_document(f"{LONG} **always**."))
    assert marked(content, "del") == ["indeed"]
    assert marked(content, "ins") == ["always"]


def test_docx_says_whose_changes_they_are_and_when():
    later = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    content = changed(make_document("Old."), make_document("New.", modified_at=later))
    [change] = [one for one in part_of(content, "document").iter(f"{W}ins") if len(one)]
    assert change.get(f"{W}author") == "Chancery"
    assert change.get(f"{W}date") == "2026-01-02T03:04:05Z"


def test_docx_of_changes_without_a_date_has_none():
    content = changed(make_document("Old."), make_document("New.", modified_at=None))
    [change] = [one for one in part_of(content, "document").iter(f"{W}ins") if len(one)]
    assert change.get(f"{W}date") is None


def test_docx_gives_every_change_an_identity_of_its_own():
    content = write_docx(make_document("New [^1].\n\n[^1]: x"), make_document("Old."))
    document, notes = part_of(content, "document"), part_of(content, "footnotes")
    found = [
        one.get(f"{W}id")
        for kind in ("ins", "del", "bookmarkStart")
        for part in (document, notes)
        for one in part.iter(f"{W}{kind}")
    ]
    assert len(found) > 5
    assert len(set(found)) == len(found)


def test_docx_without_an_older_document_has_no_changes():
    content = write_docx(make_document("New."))
    assert not marked(content, "ins")
    assert not marked(content, "del")


def with_sections(*titles: str, label: str = "Past") -> Document:
    sections = [
        make_section(
            f"p/{title}", title, AnswerNode("a", label, f"About {title}."), number=f"1.{n}"
        )
        for n, title in enumerate(titles, start=1)
    ]
    return make_document(parts=(PartNode("p", 1, "Part", tuple(sections)),))


def test_docx_shows_sections_that_came():
    content = changed(with_sections("One"), with_sections("One", "Two"))
    assert marked(content, "ins") == ["Two", "Past", "About Two."]


def test_docx_shows_sections_that_went_with_their_old_number():
    content = write_docx(with_sections("Two"), with_sections("One", "Two"))
    assert marked(content, "del") == ["1.1 One", "Past", "About One."]
    assert not marked(content, "ins")


def test_docx_shows_prompts_and_titles_that_are_others():
    content = changed(with_sections("One"), with_sections("One", label="Future"))
    assert (marked(content, "del"), marked(content, "ins")) == (["Past"], ["Future"])
    old = with_sections("One")
    section = replace(old.parts[0].sections[0], title="First")
    content = changed(old, replace(old, parts=(replace(old.parts[0], sections=(section,)),)))
    assert (marked(content, "del"), marked(content, "ins")) == (["One"], ["First"])


def test_docx_shows_a_text_that_took_the_place_of_our_own_words():
    content = changed(make_document(""), make_document("Words at last."))
    assert marked(content, "del") == ["Nothing is written here yet."]
    assert marked(content, "ins") == ["Words at last."]


def test_docx_shows_another_address_in_a_note():
    old, new = (f"{LONG}[^1]\n\n[^1]: [A report](https://{at}.example)" for at in "ab")
    content = changed(make_document(old), make_document(new))
    notes = part_of(content, "footnotes")
    for kind in ("del", "ins"):
        assert "A report" in [words_in(one) for one in notes.iter(f"{W}{kind}")]


def test_docx_shows_a_picture_that_went_and_one_that_came():
    went, came = make_picture(60, 40), make_picture(40, 60)
    old = make_document(f"{LONG} ![A map](picture:{went.sha256})", pictures=(went,))
    new = make_document(f"{LONG} ![A chart](picture:{came.sha256})", pictures=(came,))
    with ZipFile(BytesIO(changed(old, new))) as archive:
        media = {name: archive.read(name) for name in archive.namelist() if "media" in name}
    assert set(media.values()) == {went.content, came.content}
