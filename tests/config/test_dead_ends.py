import pytest
from django.urls import reverse

from tests.factories import section_of


@pytest.fixture
def members_page(brief) -> str:
    return reverse("member_list", args=[brief.slug])


def test_who_is_refused_finds_back_to_the_brief(signed_in, brief, author, members_page):
    refused = signed_in(author).get(members_page)
    assert refused.status_code == 403
    assert "Only a manager of this brief can do that." in refused.text
    assert f'href="{brief.get_absolute_url()}"' in refused.text
    assert "Back to the brief <bdi>Belgium</bdi>" in refused.text


def test_a_refusal_outside_a_brief_leads_to_the_first_page(signed_in, brief, author):
    refused = signed_in(author).get(reverse("brief_add"))
    assert refused.status_code == 403
    assert "Back to the brief" not in refused.text
    assert 'href="/"' in refused.text


def test_an_address_that_a_brief_lacks_leads_back_to_it(signed_in, brief, author):
    lacking = signed_in(author).get(reverse("section_edit", args=[brief.slug, "goals/none"]))
    assert lacking.status_code == 404
    assert "what it names is no longer in this brief" in lacking.text
    assert f'href="{brief.get_absolute_url()}"' in lacking.text


def test_a_stranger_learns_nothing_of_the_brief(signed_in, brief, stranger, members_page):
    lacking = signed_in(stranger).get(members_page)
    assert lacking.status_code == 404
    assert "Back to the brief" not in lacking.text
    assert brief.title not in lacking.text


def test_who_is_signed_out_learns_nothing_of_the_brief(client, brief):
    lacking = client.get("/password-reset/nowhere/")
    assert lacking.status_code == 404
    assert "Back to the brief" not in lacking.text


def test_an_address_that_only_acts_leads_to_its_page(signed_in, brief, author):
    section = section_of(brief, "goals/needs")
    where = reverse("review_request", args=[brief.slug, section.key])
    reloaded = signed_in(author).get(where)
    assert reloaded.status_code == 405
    assert reloaded["Allow"] == "POST"
    assert "Nothing was changed" in reloaded.text
    page = reverse("section_review", args=[brief.slug, section.key])
    assert f'href="{page}">To the page with the button' in reloaded.text


def test_without_a_page_above_it_is_the_first_page(client, db):
    assert 'href="/">To the page with the button' in client.get(reverse("sign_out")).text


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_page_refuses_what_it_does_not_take(signed_in, brief, author, method):
    where = reverse("section_edit", args=[brief.slug, "goals/needs"])
    refused = getattr(signed_in(author), method)(where)
    assert refused.status_code == 405
    assert f'href="{where}">Open the page' in refused.text


def test_asked_for_the_head_alone_there_is_no_text(signed_in, brief, author):
    where = reverse("section_preview", args=[brief.slug, "goals/needs"])
    refused = signed_in(author).head(where)
    assert (refused.status_code, refused.content) == (405, b"")
