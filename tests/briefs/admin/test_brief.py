from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.commissioning.actions import archive_brief, brief_data
from briefs.commissioning.forms.brief import initial_of
from briefs.models import Activity, Brief
from tests.factories import add_member, make_brief, make_template

LIST = "/admin/briefs/brief/"
ADD = "/admin/briefs/brief/add/"


def change_url(brief: Brief) -> str:
    return reverse("admin:briefs_brief_change", args=[brief.pk])


def form(brief: Brief | None = None, **changes: str) -> dict[str, str]:
    """What the form sends: to make a brief, or to change the one that it was opened on."""
    blank = dict.fromkeys(("country", "reference", "marking", "date", "facts"), "")
    plain = {"title": "Belgium", "subject": "Belgium", "language": "en", **blank}
    if brief:
        members = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
        plain |= {"seen": initial_of(brief_data(brief))["seen"], **members}
    return plain | changes


def test_list_shows_what_one_may_see(on_staff, brief, viewer):
    make_brief(title="Atlantis")
    page = on_staff(viewer).get(LIST)
    assert "Belgium" in page.text
    assert "Atlantis" not in page.text


def test_list_is_found_by_words_and_filtered(on_staff, brief, superuser, manager):
    second = make_brief(title="Atlantis")
    archive_brief(second, by=superuser)
    client = on_staff(superuser)

    def titles(**query: str) -> list[str]:
        return [row.title for row in client.get(LIST, query).context["cl"].result_list]

    assert titles() == ["Atlantis", "Belgium"]
    assert titles(archived="yes") == ["Atlantis"]
    assert titles(archived="no") == ["Belgium"]
    assert titles(q="belg") == ["Belgium"]


def test_list_takes_as_many_queries_for_many_briefs(on_staff, brief, author):
    client = on_staff(author)
    client.get(LIST)
    counts = []
    for title in ("One", "Two", "Three"):
        add_member(make_brief(title=title), author, "author")
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert all(before == after for before, after in pairwise(counts)), counts


def test_add_makes_a_brief_with_its_sections_and_its_manager(on_staff, template, stranger):
    client = on_staff(stranger)
    data = form(
        template=str(template.pk),
        title="Atlantis",
        country="BE",
        facts="Capital: Poseidonis\nNeighbours: none: it sank",
    )
    page = client.post(ADD, data, follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    brief = Brief.objects.get(slug="atlantis")
    assert brief.sections.count() == 3
    assert brief.facts == [["Capital", "Poseidonis"], ["Neighbours", "none: it sank"]]
    assert brief.roles == {stranger.pk: "manager"}
    act = Activity.objects.latest("pk")
    assert (act.verb, act.actor, act.brief) == ("brief_made", stranger, brief)


def test_add_needs_the_permission(on_staff, template, author):
    client = on_staff(author, "view_brief", "change_brief")
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, form(template=str(template.pk))).status_code == 403


def test_add_refuses_what_is_not_right_and_keeps_what_was_typed(on_staff, template, stranger):
    page = on_staff(stranger).post(
        ADD, form(template="999", title="B" * 201, country="XX", facts="No colon here")
    )
    errors = page.context["adminform"].form.errors
    assert {"template", "title", "country", "facts"} <= set(errors)
    assert "Write “No colon here” as a label, a colon and a value." in errors["facts"][0]
    assert "No colon here" in page.text
    assert not Brief.objects.exists()


def test_change_goes_through_the_action(on_staff, brief, manager):
    response = on_staff(manager).post(change_url(brief), form(brief, title="Kingdom of Belgium"))
    assert response.status_code == 302
    brief.refresh_from_db()
    assert (brief.title, brief.slug) == ("Kingdom of Belgium", "belgium")
    act = Activity.objects.latest("pk")
    assert (act.verb, act.actor) == ("brief_changed", manager)
    assert act.detail["changed"] == {"title": "Kingdom of Belgium"}


def test_a_save_of_nothing_new_goes_on_no_record(on_staff, brief, manager):
    Brief.objects.update(facts=[["Capital", "Brussels"]])
    brief.refresh_from_db()
    before = Activity.objects.count()
    client = on_staff(manager)
    assert "Capital: Brussels" in client.get(change_url(brief)).text
    data = form(brief, facts="Capital: Brussels")
    assert client.post(change_url(brief), data).status_code == 302
    assert Activity.objects.count() == before


def test_what_two_people_changed_in_different_fields_is_joined(on_staff, brief, manager, superuser):
    data = form(brief, title="Kingdom of Belgium")
    on_staff(superuser).post(change_url(brief), form(brief, marking="OFFICIAL"))
    assert on_staff(manager).post(change_url(brief), data).status_code == 302
    brief.refresh_from_db()
    assert (brief.title, brief.marking) == ("Kingdom of Belgium", "OFFICIAL")


def test_what_two_people_changed_in_one_field_is_shown_first(on_staff, brief, manager, superuser):
    data = form(brief, title="Kingdom of Belgium")
    on_staff(superuser).post(change_url(brief), form(brief, title="Belgique"))
    client = on_staff(manager)
    page = client.post(change_url(brief), data)
    assert page.status_code == 422
    fields = page.context["adminform"].form
    assert "Rita Root changed this while you were at it. It is now: Belgique." in str(
        fields.errors["title"]
    )
    assert 'value="Kingdom of Belgium"' in page.text
    again = data | {"seen": fields["seen"].value()}
    assert client.post(change_url(brief), again).status_code == 302
    brief.refresh_from_db()
    assert brief.title == "Kingdom of Belgium"


@pytest.mark.parametrize("seen", ["", "made up"])
def test_a_form_that_is_not_ours_is_refused(on_staff, brief, manager, seen):
    page = on_staff(manager).post(change_url(brief), form(brief, title="Mine", seen=seen))
    assert "This form is out of date. Open the page again." in page.text
    assert 'value="Mine"' in page.text
    brief.refresh_from_db()
    assert brief.title == "Belgium"


def test_change_leaves_template_and_address_alone(on_staff, brief, manager, template):
    other = make_template("other")
    data = form(brief, template=str(other.pk), slug="elsewhere", archived_at="2026-01-01")
    on_staff(manager).post(change_url(brief), data)
    brief.refresh_from_db()
    assert (brief.template, brief.slug, brief.archived_at) == (template, "belgium", None)


@pytest.mark.parametrize("who", ["viewer", "author", "editor"])
def test_change_is_the_managers(on_staff, brief, request, who):
    Brief.objects.update(facts=[["Capital", "Brussels"]])
    client = on_staff(request.getfixturevalue(who))
    page = client.get(change_url(brief))
    assert "Only a manager of this brief can do that." in page.text
    assert 'name="_save"' not in page.text
    assert 'name="title"' not in page.text
    assert "Capital: Brussels" in page.text
    refused = client.post(change_url(brief), form(brief, title="Mine now"))
    assert refused.status_code == 403
    assert "Only a manager of this brief can do that." in refused.text
    assert 'value="Mine now"' in refused.text
    brief.refresh_from_db()
    assert brief.title == "Belgium"


def test_a_superuser_counts_as_a_manager(on_staff, brief, superuser):
    assert (
        on_staff(superuser).post(change_url(brief), form(brief, marking="SECRET")).status_code
        == 302
    )
    brief.refresh_from_db()
    assert brief.marking == "SECRET"


def test_an_archived_brief_is_read_only(on_staff, brief, manager):
    archive_brief(brief, by=manager)
    client = on_staff(manager)
    page = client.get(change_url(brief))
    assert "This brief is archived and can only be read." in page.text
    assert 'name="_save"' not in page.text
    refused = client.post(change_url(brief), form(brief, title="Mine now"))
    assert refused.status_code == 403
    assert "This brief is archived and can only be read." in refused.text
    brief.refresh_from_db()
    assert brief.title == "Belgium"


def test_a_stranger_on_staff_finds_nothing(on_staff, brief, stranger):
    client = on_staff(stranger)
    assert client.get(LIST).context["cl"].result_count == 0
    for url in (change_url(brief), reverse("admin:briefs_brief_history", args=[brief.pk])):
        assert client.get(url).url == "/admin/"
    assert client.post(change_url(brief), form(brief, title="Mine now")).status_code == 302
    brief.refresh_from_db()
    assert brief.title == "Belgium"


def test_a_role_without_the_permission_changes_nothing(on_staff, brief, manager):
    client = on_staff(manager, "view_brief")
    assert 'name="_save"' not in client.get(change_url(brief)).text
    assert client.post(change_url(brief), form(brief, title="Mine now")).status_code == 403


def test_history_is_the_record_of_the_brief(on_staff, brief, viewer):
    page = on_staff(viewer).get(reverse("admin:briefs_brief_history", args=[brief.pk]))
    assert page.url == reverse("activity_list", args=[brief.slug])


def test_archive_and_bring_back(on_staff, brief, manager):
    client = on_staff(manager)
    page = client.post(LIST, {"action": "archive", "_selected_action": [brief.pk]}, follow=True)
    assert "Archived 1 brief." in page.text
    brief.refresh_from_db()
    assert brief.archived_by == manager
    page = client.post(LIST, {"action": "unarchive", "_selected_action": [brief.pk]}, follow=True)
    assert "Brought 1 brief back." in page.text
    brief.refresh_from_db()
    assert not brief.is_archived
    verbs = [act.verb for act in Activity.objects.filter(actor=manager)[:2]]
    assert verbs == ["brief_unarchived", "brief_archived"]


def test_archive_refused_says_for_which_brief(on_staff, brief, author):
    page = on_staff(author).post(
        LIST, {"action": "archive", "_selected_action": [brief.pk]}, follow=True
    )
    assert "Belgium: Only a manager of this brief can do that." in page.text
    brief.refresh_from_db()
    assert not brief.is_archived


def test_a_brief_is_not_deleted(on_staff, brief, superuser):
    client = on_staff(superuser)
    delete = reverse("admin:briefs_brief_delete", args=[brief.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [brief.pk], "post": "yes"})
    assert Brief.objects.filter(pk=brief.pk).exists()
