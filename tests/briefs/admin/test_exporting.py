import io
import zipfile

import pytest

from briefs.document.tree import TextState
from briefs.export.actions import export_brief
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.models import Activity, Brief, LooseText
from tests.factories import add_member, make_brief, section_of, write

LIST = "/admin/briefs/brief/"


@pytest.fixture
def second(brief, viewer, author) -> Brief:
    second = make_brief(brief.template, title="Atlantis")
    add_member(second, viewer, "viewer")
    add_member(second, author, "author")
    write(section_of(second, "goals/health"), author, "It sank.")
    LooseText.objects.create(brief=second, kind="parked", text="Lost", original="Lost")
    return second


def confirm(*briefs: Brief, **choices: str) -> dict[str, object]:
    chosen = {"export_format": "markdown", "text": "working"} | choices
    pks = [brief.pk for brief in briefs]
    return {"action": "export", "confirmed": "yes", "_selected_action": pks, **chosen}


def files_of(response) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_export_says_first_what_the_files_leave_out(on_staff, brief, second, viewer):
    data = {"action": "export", "_selected_action": [brief.pk, second.pk]}
    page = on_staff(viewer).post(LIST, data)
    assert page.status_code == 200
    assert "1 text has no place yet and will not be in the file." in page.text
    assert not Activity.objects.filter(verb="brief_exported").exists()


def test_export_gives_the_files_of_the_action_in_one_archive(on_staff, brief, second, viewer):
    response = on_staff(viewer).post(LIST, confirm(brief, second))
    assert response["Content-Type"] == "application/zip"
    assert 'filename="briefs-working-markdown.zip"' in response["Content-Disposition"]
    files = files_of(response)
    assert set(files) == {"atlantis-working.md", "belgium-working.md", "notes.txt"}
    same = export_brief(second, ExportFormat.MARKDOWN, TextState.WORKING, by=viewer).content
    assert files["atlantis-working.md"] == same
    assert b"It sank." in same
    assert files["notes.txt"].startswith(b"atlantis-working.md: 1 text has no place yet")


def test_export_is_on_record_for_each_brief(on_staff, brief, second, viewer):
    on_staff(viewer).post(LIST, confirm(brief, second, text="approved"))
    acts = Activity.objects.filter(verb="brief_exported")
    assert {(act.brief, act.actor) for act in acts} == {(brief, viewer), (second, viewer)}


def test_export_of_the_same_texts_gives_the_same_archive(on_staff, brief, second, viewer):
    client = on_staff(viewer)
    first = client.post(LIST, confirm(brief, second)).content
    assert client.post(LIST, confirm(brief, second)).content == first


def test_export_as_pdf(on_staff, brief, viewer):
    files = files_of(on_staff(viewer).post(LIST, confirm(brief, export_format="pdf")))
    assert files["belgium-working.pdf"].startswith(b"%PDF")


@pytest.mark.parametrize("choice", [{"export_format": "docx"}, {"text": "any"}, {"text": ""}])
def test_export_of_nothing_that_there_is_asks_again(on_staff, brief, viewer, choice):
    page = on_staff(viewer).post(LIST, confirm(brief, **choice))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(choice)
    assert not Activity.objects.filter(verb="brief_exported").exists()


def test_a_brief_that_can_not_be_made_is_named_and_the_others_come(
    on_staff, brief, second, viewer, monkeypatch
):
    def fail_for_belgium(one, *args, **kwargs):
        if one == brief:
            raise RenderFailed("No PDF today.")
        return export_brief(one, *args, **kwargs)

    monkeypatch.setattr("briefs.admin.exporting.export_brief", fail_for_belgium)
    client = on_staff(viewer)
    files = files_of(client.post(LIST, confirm(brief, second)))
    assert set(files) == {"atlantis-working.md", "notes.txt"}
    assert b"Belgium: No PDF today." in files["notes.txt"]
    assert "Belgium: No PDF today." in client.get(LIST).text
    alone = client.post(LIST, confirm(brief))
    assert alone.status_code == 422
    assert "Belgium: No PDF today." in alone.text


def test_export_reaches_only_what_one_may_see(on_staff, brief, second, editor):
    files = files_of(on_staff(editor).post(LIST, confirm(brief, second)))
    assert set(files) == {"belgium-working.md"}


def test_too_many_at_once_are_refused(on_staff, brief, second, viewer, monkeypatch):
    monkeypatch.setattr("briefs.admin.exporting.MOST_AT_ONCE", 1)
    page = on_staff(viewer).post(LIST, confirm(brief, second), follow=True)
    assert "Select 1 briefs at most at once." in page.text
