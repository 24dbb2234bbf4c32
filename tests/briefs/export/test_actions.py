import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from briefs.commenting.actions import add_comment
from briefs.document.tree import TextState
from briefs.export import actions
from briefs.export.actions import export_brief
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.export.options import ExportOptions
from briefs.export.pdf.render import Rendered
from briefs.models import Activity, LooseText
from tests.briefs.export.word import opened
from tests.factories import approve, section_of, write


def exports():
    return Activity.objects.filter(verb=Activity.Verb.BRIEF_EXPORTED)


def park(brief, **fields):
    return LooseText.objects.create(
        brief=brief, kind="parked", text="A stray line.", original="A stray line.", **fields
    )


@pytest.mark.parametrize(
    ("export_format", "content_type", "suffix", "beginning"),
    [
        (ExportFormat.PDF, "application/pdf", "pdf", b"%PDF-1.7"),
        (
            ExportFormat.DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
            b"PK\x03\x04",
        ),
        (ExportFormat.MARKDOWN, "text/markdown; charset=utf-8", "md", b"---\ntitle: Belgium\n"),
        (ExportFormat.HTML, "text/html; charset=utf-8", "html", b"<!DOCTYPE html>"),
        (ExportFormat.JSON, "application/json", "json", b'{\n  "format": "chancery-brief"'),
    ],
)
def test_export_brief_gives_a_file_and_puts_it_on_record(
    brief, viewer, export_format, content_type, suffix, beginning
):
    exported = export_brief(brief, export_format, TextState.WORKING, by=viewer)
    assert exported.content.startswith(beginning)
    assert exported.content_type == content_type
    assert exported.file_name == f"belgium-working.{suffix}"
    assert exported.notes == ()
    activity = exports().get()
    assert (activity.brief, activity.actor) == (brief, viewer)
    assert activity.detail == {
        "format": export_format.value,
        "text": "working",
        "sha256": hashlib.sha256(exported.content).hexdigest(),
    }


def test_export_brief_of_approved_text_holds_what_was_approved(brief, author, editor):
    approve(section_of(brief, "opening/preface"), author, editor, "Approved words.")
    write(section_of(brief, "opening/preface"), author, "Newer words.")
    write(section_of(brief, "goals/health"), author, "Draft words.")
    approved = export_brief(brief, ExportFormat.MARKDOWN, TextState.APPROVED, by=author)
    working = export_brief(brief, ExportFormat.MARKDOWN, TextState.WORKING, by=author)
    assert b"Approved words." in approved.content
    assert b"Newer words." not in approved.content
    assert b"Draft words." not in approved.content
    assert b"Newer words." in working.content
    assert b"Draft words." in working.content


def test_export_brief_by_a_stranger_is_refused(brief, stranger):
    with pytest.raises(PermissionDenied, match="not a member"):
        export_brief(brief, ExportFormat.JSON, TextState.WORKING, by=stranger)
    assert not exports().exists()


def test_export_brief_asks_for_the_role_as_it_is_now(brief, viewer):
    assert brief.roles[viewer.pk] == "viewer"
    brief.memberships.filter(user=viewer).delete()
    with pytest.raises(PermissionDenied):
        export_brief(brief, ExportFormat.JSON, TextState.WORKING, by=viewer)


def test_export_brief_from_the_command_line_needs_no_member(brief):
    export_brief(brief, ExportFormat.JSON, TextState.WORKING, by=None)
    assert exports().get().actor_name == "Command line"


def test_export_brief_names_texts_without_a_place(brief, viewer):
    park(brief)
    markdown = export_brief(brief, ExportFormat.MARKDOWN, TextState.WORKING, by=viewer)
    as_json = export_brief(brief, ExportFormat.JSON, TextState.WORKING, by=viewer)
    assert markdown.notes == ("1 text has no place yet, so it is not in the file.",)
    assert b"A stray line." not in markdown.content
    assert as_json.notes == ("1 text has no place yet; it is in the list “parked”.",)
    assert json.loads(as_json.content)["parked"][0]["text"] == "A stray line."


def test_export_brief_names_characters_that_the_pdf_cannot_show(brief, author):
    write(section_of(brief, "opening/preface"), author, "Signed in \U00013000\U00013001.")
    exported = export_brief(brief, ExportFormat.PDF, TextState.WORKING, by=author)
    assert exported.notes == (
        "Characters that the fonts of the PDF don't have are shown as □: U+13000, U+13001.",
    )


def test_export_brief_names_no_more_characters_than_somebody_reads(brief, author):
    """All of them stood in the head of the answer, which some servers refuse then."""
    signs = "".join(map(chr, range(0x13000, 0x13000 + 1000)))
    write(section_of(brief, "opening/preface"), author, signs)
    [note] = export_brief(brief, ExportFormat.PDF, TextState.WORKING, by=author).notes
    assert note.endswith("U+13031 and 950 others.")
    assert len(note) < 1000


def test_export_brief_says_when_a_pdf_meets_no_standard(brief, viewer, monkeypatch):
    monkeypatch.setattr(actions, "render_pdf", lambda *_: Rendered(b"%PDF", (), ()))
    exported = export_brief(brief, ExportFormat.PDF, TextState.WORKING, by=viewer)
    assert exported.notes == (
        (
            "Something in the text kept the PDF from being PDF/A-2a and PDF/UA-1: "
            "it can be read, but don't archive it."
        ),
    )


def test_export_brief_that_fails_is_not_on_record(brief, viewer, monkeypatch):
    def fail(*_):
        raise RenderFailed("It is too large.")

    monkeypatch.setattr(actions, "render_pdf", fail)
    with pytest.raises(RenderFailed):
        export_brief(brief, ExportFormat.PDF, TextState.WORKING, by=viewer)
    assert not exports().exists()


@pytest.mark.django_db(transaction=True)
def test_export_brief_holds_no_lock_while_the_pdf_is_set(brief, viewer, monkeypatch):
    held = []
    render = actions.render_pdf

    def watched(document, watch):
        held.append(connection.in_atomic_block)
        return render(document, watch)

    monkeypatch.setattr(actions, "render_pdf", watched)
    export_brief(brief, ExportFormat.PDF, TextState.WORKING, by=viewer)
    assert held == [False]


@pytest.mark.parametrize("export_format", list(ExportFormat))
def test_export_brief_twice_gives_the_same_bytes(brief, author, export_format):
    write(section_of(brief, "opening/preface"), author, "Words.")
    files = {
        export_brief(brief, export_format, TextState.WORKING, by=author).content for _ in range(2)
    }
    assert len(files) == 1


def test_export_brief_names_characters_that_no_word_file_can_hold(brief, viewer):
    brief.title = "Belgium\x0b"
    brief.save()
    exported = export_brief(brief, ExportFormat.DOCX, TextState.WORKING, by=viewer)
    assert exported.notes == ("Characters that no Word file can hold are shown as �: U+000B.",)


def test_export_brief_carries_discussions_as_comments_where_they_are_asked_for(brief, author):
    section = section_of(brief, "opening/preface")
    write(section, author, "Words.")
    add_comment(section, "Which words?", by=author)
    options = ExportOptions(has_discussions=True)
    without = export_brief(brief, ExportFormat.DOCX, TextState.WORKING, by=author)
    content = export_brief(
        brief, ExportFormat.DOCX, TextState.WORKING, by=author, options=options
    ).content
    assert [one.text for one in opened(content).comments] == ["Which words?"]
    assert not list(opened(without.content).comments)
