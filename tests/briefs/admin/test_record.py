import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.models import Activity, LooseText
from tests.factories import add_member, approve, make_brief, section_of, write

LISTS = ["activity", "revision", "signoff", "loosetext"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_take_as_many_queries_for_many_rows(on_staff, brief, author, editor, name):
    client = on_staff(author)
    client.get(f"/admin/briefs/{name}/")
    counts = []
    for number in range(1, 4):
        other = make_brief(brief.template, title=f"Brief {number}")
        add_member(other, author, "author")
        add_member(other, editor, "editor")
        approve(section_of(other, "goals/health"), author, editor)
        LooseText.objects.create(brief=other, kind="parked", text="Lost", original="Lost")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/admin/briefs/{name}/")
        assert page.context["cl"].result_count >= number
        counts.append(len(queries))
    # The filter by brief shows itself from the second brief on.
    assert counts[1] == counts[2], counts


def test_activity_is_filtered_by_kind_and_brief(on_staff, brief, author):
    other = make_brief(brief.template, title="Atlantis")
    add_member(other, author, "author")
    write(section_of(brief, "goals/health"), author)
    client = on_staff(author)

    def acts(**query: object) -> set[Activity]:
        return set(client.get("/admin/briefs/activity/", query).context["cl"].result_list)

    saved = set(Activity.objects.filter(verb="section_saved"))
    assert acts(verb="section_saved") == saved
    assert acts(brief__id__exact=brief.pk) == set(Activity.objects.filter(brief=brief))
    assert saved
    assert acts() == set(Activity.objects.all())


def test_an_act_shows_who_did_what_where(on_staff, brief, author):
    write(section_of(brief, "goals/health"), author)
    act = Activity.objects.latest("pk")
    page = on_staff(author).get(reverse("admin:briefs_activity_change", args=[act.pk]))
    for text in ("Ada Author", "wrote in a section", "Belgium", "Health", "Revision 1"):
        assert text in page.text


def test_filters_offer_no_brief_that_one_may_not_see(on_staff, brief, author, viewer):
    for title in ("Atlantis", "Lemuria"):
        other = make_brief(brief.template, title=title)
        add_member(other, viewer, "author")
        write(section_of(other, "goals/health"), viewer)
        LooseText.objects.create(brief=other, kind="parked", text="Lost", original="Lost")
    write(section_of(brief, "goals/health"), author)
    client = on_staff(author)
    seen_by_viewer = on_staff(viewer)
    for name in LISTS:
        assert "Atlantis" not in client.get(f"/admin/briefs/{name}/").text
    assert "Atlantis" in seen_by_viewer.get("/admin/briefs/revision/").text


@pytest.mark.parametrize("name", ["revision", "signoff"])
def test_a_lookup_does_not_reach_what_one_may_not_see(on_staff, brief, author, editor, name):
    approve(section_of(brief, "goals/health"), author, editor)
    client = on_staff(author)
    for lookup in ("section__brief__title__startswith", "section__brief__slug"):
        response = client.get(f"/admin/briefs/{name}/", {lookup: "B"})
        assert response.status_code in {302, 400}
