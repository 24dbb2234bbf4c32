"""A brief goes out as JSON, comes in again, goes out again, and is the same."""

import io
import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from briefs.brief_templates.outlines import outline_of
from briefs.commenting.actions import add_comment
from briefs.commissioning.actions import add_own_section
from briefs.document.tree import TextState
from briefs.drafting.pictures import add_picture, keep_picture
from briefs.export.actions import export_brief
from briefs.export.formats import ExportFormat
from briefs.importing import sealing
from briefs.importing.actions import NewBrief, import_brief, import_into
from briefs.importing.reading import read_file
from briefs.models import Activity, Brief, Comment, LooseText, Part, Picture, Revision
from briefs.prompts import texts_now
from briefs.releasing.verification import document_of
from tests.briefs.importing.json_files import essence
from tests.briefs.importing.pages import sent
from tests.factories import add_member, approve, make_brief, release, section_of, write
from tests.pages import hidden
from tests.pictures import jpeg, png


@pytest.fixture
def full(brief, author, editor, manager) -> Brief:
    """Something of everything that a file holds."""
    brief.country, brief.subject, brief.language = "BE", "Kingdom of Belgium", "fr"
    brief.reference, brief.marking, brief.date = "CB/2025/014", "RESTRICTED", date(2025, 11, 24)
    brief.facts = [["Capital: seat", "Brussels"], ["العاصمة", "بروكسل"]]
    brief.paper, brief.has_contents, brief.has_clearance = "us-letter", False, False
    brief.save()
    approve(section_of(brief, "goals/health"), author, editor, "Health  \nis | *fine*.")
    write(section_of(brief, "goals/needs"), author, past="- Steel\n  - old\n\n> q", future="中文 é")
    add_picture(section_of(brief, "goals/needs"), "past", png(), "A [map]", by=author)
    spare = keep_picture(section_of(brief, "goals/needs"), png((9, 9)), "Spare", by=author).picture
    goals = Part.objects.get(key="goals")
    needs = section_of(brief, "goals/needs")
    for title, after in [("Trade", needs), ("Trade", needs), ("End", None), ("Start", "nothing")]:
        own = add_own_section(brief, title, part=goals, after=after, by=manager)
        write(section_of(brief, own.key), author, f"Words of {own.key}.\n\n[^1]\n\n[^1]: Note.")
    loose = [("parked", own, 12), ("set_aside", None, None), ("parked", needs, 3)]
    for kind, section, line in loose:
        text = f"Loose {kind}\n\n- of {line} ![x](picture:{spare.sha256})"
        LooseText.objects.create(
            brief=brief, kind=kind, section=section, text=text, original=text, line=line
        )
    add_comment(needs, "Says who?", by=author)
    return brief


def exported(brief, text=TextState.WORKING) -> bytes:
    return export_brief(brief, ExportFormat.JSON, text, by=None).content


def imported(content, template, by=None) -> Brief:
    reading = read_file(content, outline_of(template))
    return import_brief(reading, NewBrief(template, source="belgium.json"), by=by).brief


def test_what_was_exported_and_imported_is_exported_as_it_was(full, template, manager):
    once = exported(full)
    again = imported(once, template, by=manager)
    tree = json.loads(exported(again))
    assert essence(tree) == essence(json.loads(once))
    assert tree["slug"] == "belgium-2"
    assert len(tree["pictures"]) == 2
    assert [node["title"] for node in tree["parts"][1]["sections"]] == [
        *("Start", "Needs", "Trade", "Trade", "Health", "End"),
    ]


def test_approvals_revisions_and_writers_are_not_faked(full, template, manager):
    tree = json.loads(exported(imported(exported(full), template, by=manager)))
    nodes = [node for part in tree["parts"] for node in part["sections"]]
    assert {node["status"] for node in nodes} == {"empty", "drafting"}
    assert not any(node["clearance"] for node in nodes)
    assert {node["revision"] for node in nodes} == {None, 1}
    assert tree["prepared_by"] == ["Mia Manager"]
    brief = Brief.objects.get(slug="belgium-2")
    assert not Comment.objects.filter(section__brief=brief).exists()
    assert {revision.kind for revision in Revision.objects.filter(section__brief=brief)} == {
        Revision.Kind.IMPORT
    }


def test_a_jpeg_stays_a_picture_of_the_text(full, template, author):
    add_picture(section_of(full, "goals/needs"), "future", jpeg(), "Photo", by=author)
    again = imported(exported(full), template)
    text = texts_now(section_of(again, "goals/needs"))["future"]
    kept = again.pictures.get(mime_type=Picture.MimeType.JPEG)
    assert f"![Photo](picture:{kept.sha256})" in text
    assert again.pictures.count() == 3
    names = {picture["sha256"] for picture in json.loads(exported(again))["pictures"]}
    assert names == set(again.pictures.values_list("sha256", flat=True))


def test_into_a_brief_what_is_empty_is_filled_with_its_pictures(full, template, manager):
    other = make_brief(template, title="Other")
    reading = read_file(exported(full), outline_of(template))
    found = import_into(other, reading, by=None, source="belgium.json", member=manager)
    assert {each.outcome for each in found} == {"filled", "new_section"}
    assert other.pictures.count() == 2
    assert texts_now(section_of(other, "goals/needs")) == texts_now(section_of(full, "goals/needs"))
    assert other.loose_texts.count() == 3
    other.refresh_from_db()
    assert other.paper == "a4"
    again = import_into(other, reading, by=None, source="belgium.json", member=manager)
    assert {each.outcome for each in again} == {"same"}
    assert (other.pictures.count(), other.loose_texts.count()) == (2, 3)


def test_a_brief_that_is_full_of_pictures_takes_no_more(full, template, monkeypatch):
    reading = read_file(exported(full), outline_of(template))
    monkeypatch.setattr("briefs.drafting.pictures.MAX_PICTURES", 0)
    with pytest.raises(ValidationError, match="100 pictures, the most a brief takes"):
        import_brief(reading, NewBrief(template), by=None)
    assert Brief.objects.count() == 1


def test_parked_text_says_where_it_stood(full, template):
    tree = json.loads(exported(full))
    node = tree["parts"][1]["sections"][1]
    node["answers"][0] |= {"key": "gone", "label": "Gone"}
    again = imported(json.dumps(tree).encode(), template)
    parked = again.loose_texts.get(text__startswith="- Steel")
    assert parked.source == "belgium.json: Needs, Gone"
    assert parked.section.key == "goals/needs"


def test_the_command_takes_it(full, template, tmp_path):
    path = tmp_path / "belgium.json"
    path.write_bytes(exported(full))
    out = io.StringIO()
    call_command("import_brief", str(path), "--template", "small", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert report["slug"] == "belgium-2"
    assert (report["answer"], report["parked"], report["set_aside"]) == (7, 2, 1)
    again = json.loads(exported(Brief.objects.get(slug="belgium-2")))
    assert essence(again) == essence(json.loads(path.read_bytes()))
    path.write_text('{"format": "chancery-brief", "version": 9}')
    with pytest.raises(CommandError, match="made by a newer Chancery"):
        call_command("import_brief", str(path), "--template", "small")


def report(client, template, content, **fields):
    data = {"file": sent(content, "belgium.json"), "template": template.pk, **fields}
    return client.post(reverse("brief_import"), data)


def confirm(client, page, **fields):
    data = {name: hidden(page, name) for name in ("sealed", "template")}
    data |= {"title": "Belgium", "subject": "Kingdom of Belgium", "country": "BE", **fields}
    return client.post(reverse("brief_import_confirm"), data)


def test_the_page_reports_and_stores_it(full, template, manager, signed_in):
    client = signed_in(manager)
    content = exported(full)
    answer = report(client, template, content)
    page = " ".join(answer.content.decode().split())
    assert "Making the brief fills 6 of 7 sections. 3 texts stay beside the brief" in page
    assert "1 section is approved in the file; an import can&#x27;t vouch for that" in page
    assert 'type="file"' not in page
    assert confirm(client, answer.content.decode()).status_code == 302
    again = Brief.objects.get(slug="belgium-2")
    assert essence(json.loads(exported(again))) == essence(json.loads(content))
    assert Activity.objects.get(brief=again, verb="brief_imported").detail["pictures"] == 2


def test_a_file_that_the_page_cannot_carry_is_chosen_once_more(
    full, template, manager, signed_in, monkeypatch
):
    monkeypatch.setattr(sealing, "MOST_CARRIED", 500)
    client = signed_in(manager)
    content = exported(full)
    page = report(client, template, content).content.decode()
    assert "The file once more" in page
    assert len(hidden(page, "sealed")) < 500
    missing = confirm(client, page)
    assert missing.status_code == 422
    assert "Choose “belgium.json” once more" in missing.content.decode()
    other = confirm(client, page, file=sent(content.replace(b"Steel", b"Steal"), "belgium.json"))
    assert other.status_code == 422
    assert "This isn&#x27;t the file that the report is on." in other.content.decode()
    assert Brief.objects.count() == 1
    assert confirm(client, page, file=sent(content, "again.json")).status_code == 302
    again = Brief.objects.get(slug="belgium-2")
    assert essence(json.loads(exported(again))) == essence(json.loads(content))


def test_into_a_brief_a_file_is_chosen_once_more_too(
    full, template, manager, signed_in, monkeypatch
):
    monkeypatch.setattr(sealing, "MOST_CARRIED", 500)
    other = make_brief(template, title="Other")
    add_member(other, manager, "manager")
    client, file = signed_in(manager), exported(full)
    address = reverse("brief_import_into", args=[other.slug])
    page = client.post(address, {"file": sent(file, "belgium.json")}).content.decode()
    assert "The file once more" in page
    confirmed = reverse("brief_import_into_confirm", args=[other.slug])
    sealed = {"sealed": hidden(page, "sealed")}
    assert client.post(confirmed, sealed).status_code == 422
    assert not other.loose_texts.exists()
    answer = client.post(confirmed, {**sealed, "file": sent(file, "belgium.json")})
    assert answer.status_code == 302
    assert other.loose_texts.count() == 3
    assert other.pictures.count() == 2


def test_the_page_says_what_is_wrong_with_a_file(template, manager, signed_in):
    answer = report(signed_in(manager), template, '{"format": "chancery-brief", "version": 9}')
    assert answer.status_code == 422
    assert "made by a newer Chancery" in answer.content.decode()


def test_a_picture_of_a_text_without_a_place_is_in_no_edition(full, manager):
    edition = release(full, manager)
    assert document_of(edition).pictures == ()
    assert len(json.loads(exported(full))["pictures"]) == 2
