import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from briefs.document.tree import TextState
from briefs.export.dressing import dressed
from briefs.models import Activity, HouseStyle
from briefs.printing import actions
from briefs.printing.actions import as_wished
from briefs.printing.contrast import contrast_with_white
from briefs.reading import read_document
from tests.pictures import jpeg, png

PAGE = "/house-style/"
SAID = {
    "seen": "0",
    "organisation": "Ministry  of Foreign Affairs",
    "unit": "Europe",
    "colour": "#7A1F3D",
}


@pytest.fixture
def printer(author):
    author.user_permissions.add(Permission.objects.get(codename="change_housestyle"))
    return author


@pytest.fixture
def client(printer, signed_in):
    return signed_in(printer)


def logo(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", content)


def test_house_style_is_stored_and_every_document_is_printed_in_it(client, brief):
    response = client.post(PAGE, {**SAID, "logo": logo(png((600, 300)))})
    assert response.status_code == 302
    style = HouseStyle.objects.get()
    assert (style.organisation, style.colour) == ("Ministry of Foreign Affairs", "#7a1f3d")
    assert (style.version, style.logo_width, style.logo_height) == (1, 600, 300)
    document = dressed(read_document(brief, TextState.WORKING), brief)
    assert document.look.house.organisation == "Ministry of Foreign Affairs"
    assert document.look.house.logo == document.pictures[0].sha256 == style.logo_sha256


def test_house_style_changed_by_somebody_else_meanwhile_is_not_overwritten(client):
    client.post(PAGE, SAID)
    response = client.post(PAGE, {**SAID, "organisation": "Another"})
    assert response.status_code == 422
    assert "changed the house style while you were at it" in response.text
    assert 'value="Another"' in response.text
    assert HouseStyle.objects.get().organisation == "Ministry of Foreign Affairs"
    assert 'name="seen" value="1"' in response.text  # the next press means it
    client.post(PAGE, {**SAID, "organisation": "Another", "seen": "1"})
    assert HouseStyle.objects.get().organisation == "Another"


def test_house_style_that_two_make_at_once_is_that_of_the_first(client, printer, monkeypatch):
    def meanwhile(*given):
        HouseStyle.objects.create(pk=1, organisation="The first", changed_by=printer)
        return as_wished(*given)

    monkeypatch.setattr(actions, "as_wished", meanwhile)
    response = client.post(PAGE, SAID)
    assert response.status_code == 422
    assert "it is now “The first”" in response.text


def test_house_style_is_on_record_with_what_changed_in_it(client, printer):
    client.post(PAGE, SAID)
    client.post(PAGE, {**SAID, "seen": "1", "logo": logo(png((60, 30)))})
    client.post(PAGE, {**SAID, "seen": "2"})  # nothing
    style = HouseStyle.objects.get()
    assert style.version == 2
    acts = Activity.objects.filter(verb=Activity.Verb.HOUSE_STYLE_CHANGED).order_by("pk")
    assert [(act.actor, act.brief) for act in acts] == [(printer, None)] * 2
    assert [act.detail["changed"] for act in acts] == [
        {"organisation": "Ministry of Foreign Affairs", "unit": "Europe", "colour": "#7a1f3d"},
        {"logo": style.logo_sha256},
    ]


def test_house_style_keeps_its_logo_until_it_is_taken_away(client):
    client.post(PAGE, {**SAID, "logo": logo(jpeg())})
    client.post(PAGE, {**SAID, "seen": "1", "unit": "Asia"})
    assert HouseStyle.objects.get().logo
    client.post(PAGE, {**SAID, "seen": "2", "has_no_logo": "on"})
    style = HouseStyle.objects.get()
    assert (style.logo, style.logo_sha256, style.logo_width) == (None, "", 0)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"colour": "#ffee00"}, "too light to be read on white"),
        ({"colour": "#777777"}, "its contrast is 4.4 to 1, and 4.5 is the least"),
        ({"colour": "red; } * {"}, "Write the colour as #"),
        ({"logo": logo(b"<svg/>")}, "not a PNG or JPEG picture"),
        ({"organisation": "x" * 101}, "at most 100 characters"),
    ],
)
def test_house_style_that_is_no_good_is_refused_beside_its_field(client, said, sentence):
    response = client.post(PAGE, {**SAID, **said})
    assert response.status_code == 422
    assert sentence in response.text
    assert not HouseStyle.objects.exists()


def test_house_style_is_nobodys_without_the_right(editor, signed_in):
    response = signed_in(editor).post(PAGE, SAID)
    assert response.status_code == 403
    assert "Ask an administrator for the right to change the house style" in response.text
    assert not HouseStyle.objects.exists()


def test_house_style_preview_shows_pages_of_what_is_typed_and_stores_nothing(client):
    address = reverse("house_style_preview")
    first = client.post(address, {**SAID, "logo": logo(png())}).json()["pages"]
    other = client.post(address, {**SAID, "colour": "#204020"}).json()["pages"]
    assert len(first) == 4
    assert not set(first) & set(other)
    assert client.get(first[0]).content.startswith(b"\x89PNG")
    assert not HouseStyle.objects.exists()


def test_house_style_preview_says_what_is_wrong(client):
    response = client.post(reverse("house_style_preview"), {**SAID, "logo": logo(b"no")})
    assert response.status_code == 422
    assert "not a PNG" in response.json()["mistakes"]["logo"][0]


@pytest.mark.parametrize(
    ("colour", "contrast"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#1f3a5f", 11.5), ("red", None)],
)
def test_contrast_with_white_is_that_of_wcag(colour, contrast):
    found = contrast_with_white(colour)
    assert found == (None if contrast is None else pytest.approx(contrast, abs=0.05))
