import io
import zipfile
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.export import views
from briefs.export.failures import RenderFailed
from briefs.export.progress import watch_of
from briefs.models import Activity, LooseText
from tests.factories import approve, section_of, write


def page_url(brief, *export_format: str) -> str:
    return reverse("brief_export", args=[brief.slug, *export_format])


@pytest.mark.parametrize("role", ["viewer", "author", "editor", "manager", "superuser"])
def test_brief_export_is_open_to_every_role(request, brief, signed_in, role):
    client = signed_in(request.getfixturevalue(role))
    assert client.get(page_url(brief)).status_code == 200
    response = client.post(page_url(brief, "json"), {"text": "working"})
    assert response.status_code == 200
    assert response.json()["slug"] == "belgium"


def test_brief_export_by_a_stranger_is_not_found(brief, stranger, signed_in):
    client = signed_in(stranger)
    assert client.get(page_url(brief)).status_code == 404
    assert client.post(page_url(brief, "json"), {"text": "working"}).status_code == 404


def test_brief_export_without_signing_in_leads_to_the_sign_in_page(brief):
    assert Client().get(page_url(brief)).status_code == 302


def test_brief_export_of_no_brief_is_not_found(viewer, signed_in):
    url = reverse("brief_export", args=["nowhere"])
    assert signed_in(viewer).get(url).status_code == 404


def test_brief_export_with_another_method_is_refused(brief, viewer, signed_in):
    client = signed_in(viewer)
    assert client.put(page_url(brief)).status_code == 405
    assert client.delete(page_url(brief, "pdf")).status_code == 405


def test_brief_export_of_an_unknown_format_is_not_found(brief, viewer, signed_in):
    client = signed_in(viewer)
    assert client.get(page_url(brief, "odt")).status_code == 404
    assert client.post(page_url(brief, "odt"), {"text": "working"}).status_code == 404


def test_brief_export_only_shown_makes_nothing(brief, viewer, signed_in):
    for url in [page_url(brief), page_url(brief, "pdf") + "?text=working"]:
        signed_in(viewer).get(url)
    assert not Activity.objects.filter(verb="brief_exported").exists()


def test_brief_export_offers_first_what_the_link_asks_for(brief, viewer, signed_in):
    page = signed_in(viewer).get(page_url(brief, "markdown") + "?text=working").content.decode()
    assert "Download as Markdown" in page
    assert f'action="{page_url(brief, "markdown")}"' in page
    checked = [line for line in page.splitlines() if "checked" in line and 'name="text"' in line]
    assert len(checked) == 1
    assert 'value="working"' in page.split("checked")[0].rsplit("<input", 1)[1]


def test_brief_export_offers_the_approved_text_when_nothing_is_asked(brief, viewer, signed_in):
    page = signed_in(viewer).get(page_url(brief)).content.decode()
    assert "Download as PDF" in page
    assert 'value="approved"' in page.split("checked")[0].rsplit("<input", 1)[1]


def test_brief_export_says_what_is_in_the_file(brief, author, editor, signed_in):
    approve(section_of(brief, "opening/preface"), author, editor)
    approve(section_of(brief, "goals/needs"), author, editor)
    write(section_of(brief, "goals/needs"), author, "Newer words.")
    page = " ".join(signed_in(author).get(page_url(brief)).content.decode().split())
    assert "1 of 3 sections is approved" in page
    assert "1 more changed since it was approved and goes out as it was then." in page
    assert "what is written now, in 2 of 3 sections" in page


def test_brief_export_names_texts_without_a_place_before(brief, viewer, signed_in):
    loose = LooseText.objects.create(
        brief=brief,
        section=section_of(brief, "goals/needs"),
        kind="set_aside",
        text="Write <b>here</b> what they need.",
        original="x",
        line=30,
    )
    page = " ".join(signed_in(viewer).get(page_url(brief)).content.decode().split())
    assert "1 text without a place" in page
    assert "Write &lt;b&gt;here&lt;/b&gt; what they need." in page
    assert "Set aside, <bdi>Needs</bdi>, line 30" in page
    assert reverse("loose_text_detail", args=[brief.slug, loose.pk]) in page


def test_brief_export_asks_the_same_number_of_queries_however_much_is_loose(
    brief, viewer, signed_in, django_assert_max_num_queries
):
    section = section_of(brief, "goals/needs")
    for line in range(20):
        LooseText.objects.create(
            brief=brief, section=section, kind="parked", text="x", original="x", line=line
        )
    client = signed_in(viewer)
    with django_assert_max_num_queries(9):
        client.get(page_url(brief))


def test_brief_export_sends_a_file_that_the_browser_saves(brief, viewer, signed_in):
    response = signed_in(viewer).post(page_url(brief, "html"), {"text": "working"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="belgium-working.html"'
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"<!DOCTYPE html>")


def test_brief_export_of_an_archived_brief_still_works(brief, manager, viewer, signed_in):
    archive_brief(brief, by=manager)
    response = signed_in(viewer).post(page_url(brief, "markdown"), {"text": "approved"})
    assert response.status_code == 200


@pytest.mark.parametrize("sent", [{}, {"text": "secret"}])
def test_brief_export_without_a_known_text_says_so(brief, viewer, signed_in, sent):
    response = signed_in(viewer).post(page_url(brief, "json"), sent)
    assert response.status_code == 422
    assert "invalid-feedback" in response.content.decode()
    assert not Activity.objects.filter(verb="brief_exported").exists()


def test_brief_export_that_fails_shows_the_sentence_and_keeps_the_choice(
    brief, viewer, signed_in, monkeypatch
):
    def fail(*args, **kwargs):
        raise RenderFailed("The PDF took longer than 20 seconds and was stopped.")

    monkeypatch.setattr(views, "export_brief", fail)
    response = signed_in(viewer).post(page_url(brief, "pdf"), {"text": "working"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "The PDF took longer than 20 seconds and was stopped." in page
    assert 'value="working"' in page.split("checked")[0].rsplit("<input", 1)[1]


def test_brief_export_that_fails_keeps_nothing_for_the_next_ones(
    brief, manager, signed_in, monkeypatch
):
    def fail(*args, **kwargs):
        raise RenderFailed("It failed.")

    said = {
        "text": "working",
        "has_options": "on",
        "opened_on": "a4,True,True",
        "paper": "us-letter",
        "is_kept": "on",
    }
    client = signed_in(manager)
    with monkeypatch.context() as patch:
        patch.setattr(views, "export_brief", fail)
        assert client.post(page_url(brief, "markdown"), said).status_code == 422
    brief.refresh_from_db()
    assert brief.paper == "a4"
    assert client.post(page_url(brief, "markdown"), said).status_code == 200
    brief.refresh_from_db()
    assert brief.paper == "us-letter"


def test_brief_export_is_cancelled_though_the_disk_is_full(
    brief, viewer, signed_in, monkeypatch, caplog
):
    token = uuid4()
    watch_of(viewer, token)

    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(caches["runs"].__class__, "set", full)
    answer = signed_in(viewer).post(reverse("export_progress", args=[token]))
    assert answer.json() == {"sentence": "Reading the brief."}
    assert "No space left" in caplog.text


def test_brief_export_says_afterwards_what_the_file_lacks(brief, viewer, signed_in):
    LooseText.objects.create(brief=brief, kind="parked", text="x", original="x")
    client = signed_in(viewer)
    client.post(page_url(brief, "markdown"), {"text": "working"})
    assert "so it is not in the file." in client.get(page_url(brief)).content.decode()


def test_brief_export_asks_of_markdown_only_where_it_is_wanted(brief, viewer, signed_in):
    client = signed_in(viewer)
    page = client.get(page_url(brief, "markdown")).content.decode()
    assert 'name="per_section"' in page
    assert 'name="no_front_matter"' in page
    for other in ["pdf", "html", "json"]:
        assert "per_section" not in client.get(page_url(brief, other)).content.decode()


def test_brief_export_of_markdown_as_one_file_for_each_section(brief, author, signed_in):
    write(section_of(brief, "opening/preface"), author, "Words.")
    sent = {"text": "working", "per_section": "on", "no_front_matter": "on"}
    response = signed_in(author).post(page_url(brief, "markdown"), sent)
    assert response.headers["Content-Type"] == "application/zip"
    name = "belgium-working.markdown.zip"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as files:
        assert files.namelist()[:2] == ["index.md", "01-preface.md"]
        assert files.read("index.md").startswith(b"# Belgium\n")
    detail = Activity.objects.get(verb="brief_exported").detail
    assert (detail["per_section"], detail["has_front_matter"]) == (True, False)


def test_brief_export_of_markdown_without_a_choice_is_as_it_always_was(brief, viewer, signed_in):
    response = signed_in(viewer).post(page_url(brief, "markdown"), {"text": "working"})
    assert response.content.startswith(b"---\ntitle: Belgium\n")
    detail = Activity.objects.get(verb="brief_exported").detail
    assert not {"per_section", "has_front_matter"} & set(detail)


def test_brief_export_of_a_brief_without_a_word_counts_no_noughts(brief, author, signed_in):
    page = signed_in(author).get(page_url(brief))
    assert "Nothing is written yet" in page.text
    assert "0 of" not in page.text
    write(section_of(brief, "goals/needs"), author, past="Words of the past.")
    page = signed_in(author).get(page_url(brief))
    assert "No section is approved yet; the approved text holds only headings." in page.text
    assert "The working text holds what is written now, in 1 of 3 sections." in page.text
