import pytest

from briefs.bundling import actions
from briefs.bundling.making import make_bundle
from briefs.models import Brief, Bundle
from tests.factories import add_member, make_brief

LIST = "/admin/briefs/brief/"


@pytest.fixture
def second(brief, viewer) -> Brief:
    second = make_brief(brief.template, title="Atlantis")
    add_member(second, viewer, "viewer")
    return second


def chosen(*briefs: Brief, **choices: str) -> dict[str, object]:
    return {"action": "export", "_selected_action": [brief.pk for brief in briefs], **choices}


def confirmed(*briefs: Brief, **choices: str) -> dict[str, object]:
    said = {"file_format": "markdown", "text": "working"} | choices
    return chosen(*briefs, confirmed="yes", **said)


def slugs_of(bundle: Bundle) -> set[str]:
    return {item.brief.slug for item in bundle.items.all()}


def test_export_asks_first_as_what(on_staff, brief, second, viewer):
    page = on_staff(viewer).post(LIST, chosen(brief, second))
    assert page.status_code == 200
    assert "Atlantis" in page.text
    assert "On its cover. Only for a book." in page.text
    assert not Bundle.objects.exists()


def test_export_is_asked_for_as_on_the_pages_and_leads_there(on_staff, brief, second, viewer):
    client = on_staff(viewer)
    answer = client.post(LIST, confirmed(brief, second), follow=True)
    [bundle] = Bundle.objects.all()
    assert answer.redirect_chain == [(f"/bundles/{bundle.pk}/", 302)]
    assert "0 of 2 done." in answer.text
    assert (bundle.made_by, bundle.file_format, bundle.text) == (viewer, "markdown", "working")
    assert slugs_of(bundle) == {"belgium", "atlantis"}


def test_export_as_a_book_has_its_title(on_staff, brief, viewer):
    client = on_staff(viewer)
    untitled = client.post(LIST, confirmed(brief, file_format="book"))
    assert untitled.status_code == 422
    assert "A book needs a title" in untitled.text
    client.post(LIST, confirmed(brief, file_format="book", title="For the visit"))
    assert Bundle.objects.get().title == "For the visit"


@pytest.mark.parametrize("choice", [{"file_format": "odt"}, {"text": "any"}, {"text": ""}])
def test_export_of_nothing_that_there_is_asks_again(on_staff, brief, viewer, choice):
    page = on_staff(viewer).post(LIST, confirmed(brief, **choice))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(choice)
    assert not Bundle.objects.exists()


def test_export_reaches_only_what_one_may_see(on_staff, brief, second, editor):
    on_staff(editor).post(LIST, confirmed(brief, second))
    assert slugs_of(Bundle.objects.get()) == {"belgium"}


def test_export_gives_nothing_of_a_brief_that_one_left_and_says_why(
    on_staff, brief, second, viewer
):
    client = on_staff(viewer)
    client.post(LIST, confirmed(brief, second))
    second.memberships.all().delete()
    bundle = Bundle.objects.get()
    for _step in range(3):
        make_bundle(bundle.pk)
    page = client.get(f"/bundles/{bundle.pk}/").text
    assert "You are not a member of this brief." in page
    assert bundle.items.get(brief=second).status == "failed"


def test_export_needs_the_right_to_look_at_briefs(on_staff, brief, viewer):
    client = on_staff(viewer, "view_section")
    assert client.post(LIST, confirmed(brief)).status_code == 403
    assert not Bundle.objects.exists()


def test_export_of_too_many_is_refused_before_anything_is_asked(
    on_staff, brief, second, viewer, monkeypatch
):
    monkeypatch.setattr(actions.check_how_many, "__defaults__", (1,))
    page = on_staff(viewer).post(LIST, chosen(brief, second), follow=True)
    assert "These are 2 briefs. Narrow them down to 1 at most." in page.text


def test_export_while_others_are_being_made_says_so(on_staff, brief, viewer, monkeypatch):
    monkeypatch.setattr(actions, "MOST_AT_ONCE", 1)
    client = on_staff(viewer)
    client.post(LIST, confirmed(brief))
    page = client.post(LIST, confirmed(brief))
    assert page.status_code == 422
    assert "Others are still being made for you." in page.text
    assert Bundle.objects.count() == 1
