"""What somebody chooses for one file, and what no choice leaves out."""

import json
import re
from dataclasses import replace
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from briefs.commenting.actions import add_comment
from briefs.document.tree import TextState
from briefs.export.actions import export_brief
from briefs.export.dressing import dressed
from briefs.export.failures import Unwanted
from briefs.export.formats import ExportFormat
from briefs.export.options import ExportOptions
from briefs.export.pdf.pool import Watch
from briefs.models import Activity, Brief, Section
from briefs.reading import read_document
from tests.factories import approve, section_of, write

JSON, MARKDOWN = ExportFormat.JSON, ExportFormat.MARKDOWN
WORKING, APPROVED = TextState.WORKING, TextState.APPROVED


def tree(brief, by, text=WORKING, **options):
    made = export_brief(brief, JSON, text, by=by, options=ExportOptions(**options))
    return json.loads(made.content)


def test_a_file_of_some_sections_says_so(brief, author):
    write(section_of(brief, "goals/needs"), author, past="Words.")
    options = ExportOptions(sections=frozenset(["goals/needs"]))
    made = export_brief(brief, MARKDOWN, WORKING, by=author, options=options)
    assert made.file_name == "belgium-working-excerpt.md"
    assert b"### 1.1 Needs" in made.content
    assert b"Preface" not in made.content
    page = export_brief(brief, ExportFormat.HTML, WORKING, by=author, options=options)
    assert b"1 of the brief&#x27;s 3 sections" in page.content


def test_sections_that_are_gone_are_refused(brief, author):
    with pytest.raises(ValidationError, match="aren't in the brief any more"):
        tree(brief, author, sections=frozenset(["gone/gone"]))


def test_another_marking_is_a_managers(brief, viewer, manager):
    with pytest.raises(PermissionDenied):
        tree(brief, viewer, marking="PUBLIC")
    assert tree(brief, manager, marking="PUBLIC")["marking"] == "PUBLIC"
    [act] = Activity.objects.filter(verb="brief_exported")
    assert act.detail["marking"] == "PUBLIC"


@pytest.mark.parametrize("said", [{}, {"no_front_matter": "on"}, {"per_section": "on"}])
def test_no_markdown_goes_without_its_marking(brief, viewer, signed_in, said):
    Brief.objects.filter(pk=brief.pk).update(marking="CONFIDENTIAL")
    address = reverse("brief_export", args=[brief.slug, "markdown"])
    content = signed_in(viewer).post(address, {"text": "working", **said}).content
    if "per_section" not in said:
        assert b"CONFIDENTIAL" in content
        return
    with ZipFile(BytesIO(content)) as archive:
        assert all(b"CONFIDENTIAL" in archive.read(name) for name in archive.namelist())


def test_an_override_is_told_whatever_is_left_out(brief, author, editor):
    approve(section_of(brief, "goals/needs"), author, editor)
    document = read_document(brief, APPROVED)
    bare = ExportOptions(has_clearance=False)
    assert not dressed(document, brief, bare).look.has_clearance
    parts = [
        replace(
            part,
            sections=tuple(
                replace(node, clearance=node.clearance and replace(node.clearance, override="Why."))
                for node in part.sections
            ),
        )
        for part in document.parts
    ]
    overridden = replace(document, parts=tuple(parts))
    assert dressed(overridden, brief, bare).look.has_clearance


def test_comments_bring_no_unapproved_words_into_approved_text(brief, author, editor):
    approve(section_of(brief, "goals/needs"), author, editor, "The port is old.")
    section = write(section_of(brief, "goals/needs"), author, past="The port is secret.")
    add_comment(section, "Says who?", by=editor, prompt_key="past", quote="secret")
    assert tree(brief, author, has_discussions=True)["discussions"][0]["quote"] == "secret"
    approved = tree(brief, author, text=APPROVED, has_discussions=True)
    assert "secret" not in json.dumps(approved)
    assert approved["discussions"][0]["replies"][0]["text"] == "Says who?"


def test_markdown_says_that_it_holds_no_comments(brief, author):
    options = ExportOptions(has_discussions=True, has_contents=False)
    made = export_brief(brief, MARKDOWN, WORKING, by=author, options=options)
    assert made.notes == ("Markdown holds no comments, so they are left out.",)
    [act] = Activity.objects.filter(verb="brief_exported")
    assert set(act.detail) == {"format", "text", "sha256"}


@pytest.mark.parametrize("export_format", list(ExportFormat))
def test_what_is_given_up_is_not_on_record(brief, author, export_format):
    watch = Watch(is_wanted=lambda: False)
    with pytest.raises(Unwanted):
        export_brief(brief, export_format, WORKING, by=author, watch=watch)
    assert not Activity.objects.filter(verb="brief_exported").exists()


def posted(brief, **said):
    opened = "a4,True,True"
    return {"text": "working", "has_options": "on", "opened_on": opened, "paper": "a4", **said}


def test_only_what_was_changed_is_kept_for_the_brief(brief, manager, signed_in):
    """Another manager chose Letter meanwhile: a form that was opened on A4 leaves that."""
    Brief.objects.filter(pk=brief.pk).update(paper="us-letter")
    address = reverse("brief_export", args=[brief.slug, "json"])
    said = posted(brief, has_contents="on", is_kept="on")
    assert signed_in(manager).post(address, said).status_code == 200
    brief.refresh_from_db()
    assert (brief.paper, brief.has_contents, brief.has_clearance) == ("us-letter", True, False)
    act = Activity.objects.get(verb="brief_changed")
    assert act.detail["changed"] == {"has_clearance": False}


def shown(page: str) -> dict[str, str]:
    """What the hidden fields of its form say."""
    hidden = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page)
    return {name: value for name, value in hidden if name not in ("csrfmiddlewaretoken", "next")}


def test_the_page_says_what_it_was_opened_on(brief, manager, signed_in):
    """Else all that it shows would be kept, also what another manager changed meanwhile."""
    Brief.objects.filter(pk=brief.pk).update(marking="SECRET")
    page = signed_in(manager).get(reverse("brief_export", args=[brief.slug])).text
    assert shown(page) == {
        "has_options": "True",
        "opened_on": "a4,True,True",
        "opened_marking": "SECRET",
    }


@pytest.mark.parametrize(
    ("typed", "is_on_the_file"),
    [("Open", "SECRET"), ("SECRET", "SECRET"), ("PUBLIC", "PUBLIC"), ("", "")],
)
def test_a_page_of_before_does_not_take_the_new_marking_off(
    brief, manager, signed_in, typed, is_on_the_file
):
    """Only a marking that somebody typed is another one than the brief's."""
    Brief.objects.filter(pk=brief.pk).update(marking="SECRET")
    address = reverse("brief_export", args=[brief.slug, "json"])
    said = posted(brief, opened_marking="Open", marking=typed)
    assert signed_in(manager).post(address, said).json()["marking"] == is_on_the_file


def test_a_marking_with_what_nobody_sees_is_refused(brief, manager, signed_in):
    address = reverse("brief_export", args=[brief.slug, "html"])
    said = posted(brief, marking="SEC\x01RET")
    refused = signed_in(manager).post(address, said)
    assert refused.status_code == 422
    assert "a character in it that nobody can see" in refused.text


def test_how_a_brief_is_printed_is_not_kept_by_others(brief, author, signed_in):
    address = reverse("brief_export", args=[brief.slug, "json"])
    assert signed_in(author).post(address, posted(brief, is_kept="on")).status_code == 200
    brief.refresh_from_db()
    assert brief.has_contents


def test_a_link_chooses_the_text_and_nothing_else(brief, manager, signed_in):
    query = "?text=working&marking=PUBLIC&is_kept=on&has_clearance="
    page = signed_in(manager).get(reverse("brief_export", args=[brief.slug]) + query).text
    assert 'value="PUBLIC"' not in page
    checked = [line for line in page.splitlines() if "checked" in line]
    assert any('value="working"' in line for line in checked)
    assert not any('name="is_kept"' in line for line in checked)


def test_a_section_that_is_gone_is_told_beside_the_choice(brief, author, signed_in):
    address = reverse("brief_export", args=[brief.slug, "json"])
    answer = signed_in(author).post(address, posted(brief, sections="gone/gone"))
    assert answer.status_code == 422
    assert "aren’t in the brief any more" in answer.text


def test_a_token_that_was_never_begun_cannot_be_cancelled(brief, author, signed_in):
    client, token = signed_in(author), str(uuid4())
    client.post(reverse("export_progress", args=[token]))
    address = reverse("brief_export", args=[brief.slug, "json"])
    answer = client.post(address, {"text": "working"}, headers={"X-Token": token})
    assert answer.status_code == 200


def test_a_brief_that_a_section_with_text_has_left_is_exported_all_the_same(brief, author):
    write(section_of(brief, "goals/needs"), author, past="It has left.")
    write(section_of(brief, "goals/health"), author, "It is there.")
    Section.objects.filter(key="goals/needs").update(retired_at=timezone.now())
    made = export_brief(brief, MARKDOWN, WORKING, by=author)
    assert b"It is there." in made.content
    assert b"It has left." not in made.content


@pytest.mark.parametrize(
    ("now", "passage"),
    [
        (
            "Steel mills open late. Coal: steel mills open, and **steel** mills open at the port.",
            "steel mills open",
        ),
        ("Late: and steel mills open at the port. So steel mills open, too.", "steel mills open"),
        ("Coal: steel mills close, and iron mills open at the port.", "iron mills open"),
        ("Nothing of the kind.", None),
    ],
)
def test_a_comment_lies_where_the_application_finds_its_passage(
    brief, author, editor, now, passage
):
    section = section_of(brief, "goals/needs")
    write(section, author, past="Coal: steel mills close, and steel mills open at the port.")
    add_comment(
        section, "Since?", by=editor, prompt_key="past", quote="steel mills open", before="and "
    )
    write(section, author, past=now)
    [remark] = tree(brief, author, has_discussions=True)["discussions"]
    if passage is None:
        assert remark["passage"] is None
        return
    letters = "".join(one for one in now if one.isalnum())
    start, end = remark["passage"]["start"], remark["passage"]["end"]
    assert letters[start:end] == passage.replace(" ", "")
    around = letters[start - 3 : start] + letters[end : end + 5]
    assert around == "andatthe"
