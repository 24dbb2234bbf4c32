import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.drafting.desk import read_answers
from briefs.drafting.pictures import add_picture
from briefs.models import Picture
from briefs.prompts import questions_of, texts_now
from tests.factories import make_brief, section_of, write
from tests.pictures import jpeg, png


@pytest.fixture
def needs(brief):
    return section_of(brief, "goals/needs")


@pytest.fixture
def picture(needs, author) -> Picture:
    return add_picture(needs, "past", png(), "Exports fell", by=author).picture


def address(picture: Picture) -> str:
    return reverse("picture_detail", args=[picture.brief.slug, picture.sha256])


def test_it_is_a_picture_and_nothing_else(picture, viewer, signed_in):
    response = signed_in(viewer).get(address(picture))
    assert response.content == bytes(picture.content)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-cache"


def test_a_browser_that_has_it_is_told_so(picture, viewer, stranger, signed_in):
    tag = signed_in(viewer).get(address(picture))["ETag"]
    assert (
        signed_in(viewer).get(address(picture), headers={"if-none-match": tag}).status_code == 304
    )
    gone = signed_in(stranger).get(address(picture), headers={"if-none-match": tag})
    assert gone.status_code == 404


def test_no_other_brief_shows_it(picture, author, template, signed_in):
    other = make_brief(template, title="France")
    other.memberships.create(user=author, role="manager")
    elsewhere = reverse("picture_detail", args=[other.slug, picture.sha256])
    assert signed_in(author).get(elsewhere).status_code == 404
    section = section_of(other, "goals/needs")
    write(section, author, past=f"![Exports fell](picture:{picture.sha256})")
    archive_brief(other, by=author)
    page = signed_in(author).get(reverse("section_edit", args=[other.slug, section.key])).text
    assert "Exports fell" in page
    assert "<img" not in page


@pytest.mark.parametrize("name", ["section_edit", "section_review", "revision_detail"])
def test_pages_that_are_read_show_it(picture, needs, author, viewer, signed_in, name):
    number = [1] if name == "revision_detail" else []
    page = signed_in(viewer).get(reverse(name, args=[needs.brief.slug, needs.key, *number])).text
    assert f'<img src="{address(picture)}" alt="Exports fell"' in page


def test_a_preview_shows_it(picture, needs, author, signed_in):
    preview = reverse("section_preview", args=[needs.brief.slug, needs.key])
    assert f'<img src="{address(picture)}"' in signed_in(author).post(preview).text


def test_all_pictures_of_a_page_take_one_query(picture, needs, author, django_assert_num_queries):
    for colour in ("red", "green", "blue"):
        add_picture(needs, "future", jpeg(colour=colour), "Exports", by=author)
    questions, texts = questions_of(needs), texts_now(needs)
    with django_assert_num_queries(1):
        answers = read_answers(questions, texts, needs.brief)
    assert sum(answer.html.count("<img") for answer in answers) == 4
