import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.drafting import pictures
from briefs.drafting.pictures import add_picture
from briefs.models import Activity, Picture, Section
from briefs.prompts import texts_now
from tests.factories import make_brief, put_in_review, section_of, write
from tests.pictures import jpeg, png


@pytest.fixture
def needs(brief):
    return section_of(brief, "goals/needs")


def address(section: Section) -> str:
    return reverse("picture_add", args=[section.brief.slug, section.key])


def sent(content: bytes | None = None, **fields):
    file = SimpleUploadedFile("chart.png", png() if content is None else content)
    return {"file": file, "alt": "Exports fell", "prompt": "past", **fields}


def test_it_stands_at_the_end_of_the_text_and_is_recorded(needs, author):
    write(needs, author, past="Old ties.")
    added = add_picture(needs, "past", png(), " Exports\nfell ", by=author)
    name = added.picture.sha256
    assert texts_now(needs)["past"] == f"Old ties.\n\n![Exports fell](picture:{name})"
    assert added.revision.number == 2
    act = Activity.objects.get(verb=Activity.Verb.PICTURE_ADDED)
    assert (act.actor, act.section, act.revision) == (author, needs, added.revision)
    assert act.detail == {"sha256": name}


def test_the_same_picture_twice_is_one_row(needs, author):
    for _ in range(2):
        add_picture(needs, "past", png(), "Exports", by=author)
    assert Picture.objects.count() == 1
    assert texts_now(needs)["past"].count("picture:") == 2


def test_in_two_briefs_it_is_two_rows(needs, author, template):
    other = make_brief(template, title="France")
    other.memberships.create(user=author, role="author")
    add_picture(needs, "past", png(), "Exports", by=author)
    add_picture(section_of(other, "goals/needs"), "past", png(), "Exports", by=author)
    assert Picture.objects.count() == 2


@pytest.mark.parametrize("prompt", ["nowhere", ""])
def test_a_prompt_that_there_is_not_keeps_nothing(needs, author, prompt):
    with pytest.raises(ValidationError):
        add_picture(needs, prompt, png(), "Exports", by=author)
    assert not Picture.objects.exists()


def test_a_picture_without_a_description_is_refused(needs, author):
    with pytest.raises(ValidationError, match="Say what the picture shows"):
        add_picture(needs, "past", png(), " \n", by=author)


def test_a_brief_takes_so_many_pictures(needs, author, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PICTURES", 1)
    add_picture(needs, "past", png(), "Exports", by=author)
    add_picture(needs, "past", png(), "The same", by=author)
    with pytest.raises(ValidationError, match="100 pictures"):
        add_picture(needs, "past", jpeg(), "Another", by=author)


def test_a_brief_takes_so_many_bytes(needs, author, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_BYTES_OF_A_BRIEF", 10)
    with pytest.raises(ValidationError, match="50 MB"):
        add_picture(needs, "past", png(), "Exports", by=author)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ["stranger", "viewer"])
def test_who_may_not_write_may_add_no_picture(needs, name, request):
    with pytest.raises(PermissionDenied):
        add_picture(needs, "past", png(), "Exports", by=request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["author", "editor", "manager"])
def test_not_while_the_section_is_in_review(needs, author, name, request, signed_in):
    put_in_review(needs, author, "Words.")
    user = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied, match="in review"):
        add_picture(needs, "past", png(), "Exports", by=user)
    assert signed_in(user).post(address(needs), sent()).status_code == 403


def test_not_in_an_archived_brief(needs, author, manager, signed_in):
    archive_brief(needs.brief, by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        add_picture(section_of(needs.brief, needs.key), "past", png(), "Exports", by=manager)
    assert signed_in(manager).post(address(needs), sent()).status_code == 403


def test_a_form_sent_leads_to_the_text(needs, author, signed_in):
    client = signed_in(author)
    page = client.post(address(needs), sent(), follow=True)
    assert page.redirect_chain[0][0] == reverse("section_edit", args=[needs.brief.slug, needs.key])
    assert "The picture stands at the end of the text." in page.text
    assert f"![Exports fell](picture:{Picture.objects.get().sha256})" in page.text


def test_the_person_is_told_that_it_was_scaled_down(needs, author, signed_in):
    page = signed_in(author).post(address(needs), sent(jpeg((3000, 10))), follow=True)
    assert "scaled down to 2,400 pixels" in page.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alt": ""}, "Fill in “What the picture shows”."),
        ({"alt": "x" * 301}, "at most 300 characters"),
        ({"prompt": "nowhere"}, "not one of the available choices"),
        ({"content": b""}, "This file is empty"),
        ({"content": b"<svg/>"}, "not a PNG or JPEG"),
    ],
)
def test_a_form_that_is_no_good_keeps_nothing(needs, author, signed_in, fields, sentence):
    page = signed_in(author).post(address(needs), sent(**fields))
    assert page.status_code == 422
    assert sentence in page.text
    assert not Picture.objects.exists()


def test_without_the_secret_of_the_form_nothing_is_kept(needs, author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    assert client.post(address(needs), sent()).status_code == 403
    assert not Picture.objects.exists()


def test_the_text_links_to_the_form(needs, author, signed_in):
    page = signed_in(author).get(reverse("section_edit", args=[needs.brief.slug, needs.key]))
    assert f'href="{address(needs)}"' in page.text
