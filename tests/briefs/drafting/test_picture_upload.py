"""The editor's dialog sends a picture, and puts its Markdown where the cursor is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.drafting import pictures
from briefs.models import Activity, Picture, Section
from briefs.prompts import texts_now
from tests.factories import put_in_review, section_of, write
from tests.pictures import jpeg, png


@pytest.fixture
def needs(brief):
    return section_of(brief, "goals/needs")


def address(section: Section) -> str:
    return reverse("picture_upload", args=[section.brief.slug, section.key])


def sent(content: bytes | None = None, **fields):
    file = SimpleUploadedFile("chart.png", png() if content is None else content)
    return {"file": file, "alt": "Exports [fell]", **fields}


def test_it_is_kept_and_its_markdown_comes_back_while_the_text_stays(needs, author, signed_in):
    write(needs, author, past="Old ties.")
    answer = signed_in(author).post(address(needs), sent())
    name = Picture.objects.get().sha256
    assert answer.json() == {"markdown": f"![Exports \\[fell\\]](picture:{name})", "said": ""}
    assert texts_now(needs)["past"] == "Old ties."
    act = Activity.objects.get(verb=Activity.Verb.PICTURE_ADDED)
    assert (act.actor, act.section, act.revision) == (author, needs, None)
    assert act.detail == {"sha256": name}


def test_one_that_is_scaled_down_says_so(needs, author, signed_in):
    answer = signed_in(author).post(address(needs), sent(jpeg((3000, 10))))
    assert answer.json()["said"] == "The picture was scaled down to 2,400 pixels."


@pytest.mark.parametrize(
    ("fields", "mistakes"),
    [
        ({"alt": ""}, {"alt": ["Fill in “What the picture shows”."]}),
        ({"alt": " \n"}, {"alt": ["Fill in “What the picture shows”."]}),
        ({"file": ""}, {"file": ["Choose something under “Picture”."]}),
        ({"content": b""}, {"file": ["This file is empty. Choose another one."]}),
    ],
)
def test_what_is_no_good_is_said_by_field_and_nothing_is_kept(
    needs, author, signed_in, fields, mistakes
):
    answer = signed_in(author).post(address(needs), sent(**fields))
    assert answer.status_code == 422
    assert answer.json() == {"mistakes": mistakes}
    assert not Picture.objects.exists()


@pytest.mark.parametrize("content", [b"<svg/>", png()[:60], b"GIF89a" + bytes(20)])
def test_a_file_that_is_no_picture_is_refused_in_words(needs, author, signed_in, content):
    answer = signed_in(author).post(address(needs), sent(content))
    assert answer.status_code == 422
    assert "PNG or JPEG" in answer.json()["mistakes"]["file"][0]
    assert not Picture.objects.exists()


def test_a_full_brief_says_so(needs, author, signed_in, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_BYTES_OF_A_BRIEF", 10)
    answer = signed_in(author).post(address(needs), sent())
    assert answer.status_code == 422
    assert "50 MB" in answer.json()["mistakes"]["file"][0]
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ["author", "editor", "manager"])
def test_in_review_it_is_refused_in_words(needs, author, name, request, signed_in):
    put_in_review(needs, author, "Words.")
    answer = signed_in(request.getfixturevalue(name)).post(address(needs), sent())
    assert answer.status_code == 403
    assert "in review" in answer.json()["mistakes"]["file"][0]
    assert not Picture.objects.exists()


def test_in_an_archived_brief_it_is_refused_in_words(needs, manager, signed_in):
    archive_brief(needs.brief, by=manager)
    answer = signed_in(manager).post(address(needs), sent())
    assert answer.status_code == 403
    assert "archived" in answer.json()["mistakes"]["file"][0]


def test_a_viewer_is_refused_in_words(needs, viewer, signed_in):
    answer = signed_in(viewer).post(address(needs), sent())
    assert answer.status_code == 403
    assert "not write in it" in answer.json()["mistakes"]["file"][0]
    assert not Picture.objects.exists()


def test_without_the_secret_of_the_form_nothing_is_kept(needs, author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    assert client.post(address(needs), sent()).status_code == 403
    assert not Picture.objects.exists()
