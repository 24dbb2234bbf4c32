from itertools import pairwise

import pytest
from django.db import connection
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from reversion.models import Revision as StoredRevision
from reversion.models import Version

from briefs.admin.section import SectionAdmin
from briefs.commissioning.actions import archive_brief
from briefs.drafting.actions import save_section
from briefs.models import Activity, Section
from tests.factories import (
    add_member,
    approve,
    make_brief,
    put_in_review,
    section_of,
    write,
)

LIST = "/admin/briefs/section/"
HEALTH = "goals/health"


def change_url(section: Section) -> str:
    return reverse("admin:briefs_section_change", args=[section.pk])


def history_url(section: Section) -> str:
    return reverse("admin:briefs_section_history", args=[section.pk])


def form(section: Section, body: str, started_from: int | None = None) -> dict[str, str]:
    version = section.version if started_from is None else started_from
    return {"started_from": str(version), "text-body": body}


def test_list_shows_the_sections_of_briefs_that_one_may_see(on_staff, brief, author):
    other = make_brief(title="Atlantis")
    page = on_staff(author).get(LIST)
    assert "Belgium" in page.text
    assert "Atlantis" not in page.text
    assert page.context["cl"].result_count == brief.sections.count()
    assert other.sections.exists()


def test_list_in_outline_order_with_the_state_that_the_pages_show(on_staff, brief, author, editor):
    approve(section_of(brief, HEALTH), author, editor)
    rows = on_staff(author).get(LIST).context["cl"].result_list
    assert [row.key for row in rows] == ["opening/preface", "goals/needs", HEALTH]
    assert [row.state.value for row in rows] == ["empty", "empty", "approved"]


def test_list_is_filtered_by_state(on_staff, brief, author, editor):
    approve(section_of(brief, HEALTH), author, editor)
    page = on_staff(author).get(LIST, {"state": "approved"})
    assert [row.key for row in page.context["cl"].result_list] == [HEALTH]
    assert on_staff(author).get(LIST, {"state": "nonsense"}).context["cl"].result_count == 0


def test_list_filters_name_no_brief_that_one_may_not_see(on_staff, brief, author, superuser):
    second = make_brief(title="Seen too")
    add_member(second, author, "viewer")
    make_brief(title="Atlantis")
    assert "Atlantis" in on_staff(superuser).get(LIST).text
    page = on_staff(author).get(LIST)
    assert "Seen too" in page.text
    assert "Atlantis" not in page.text


def test_list_is_found_by_words(on_staff, brief, author):
    page = on_staff(author).get(LIST, {"q": "health"})
    assert [row.key for row in page.context["cl"].result_list] == [HEALTH]


def test_list_takes_as_many_queries_for_many_sections(on_staff, brief, author):
    client = on_staff(author)
    client.get(LIST)
    counts = []
    for title in ("One", "Two", "Three", "Four"):
        add_member(make_brief(title=title), author, "author")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert all(before == after for before, after in pairwise(counts[1:])), counts


def test_staff_without_a_role_sees_nothing(on_staff, brief, stranger):
    section = section_of(brief, HEALTH)
    client = on_staff(stranger)
    assert client.get(LIST).context["cl"].result_count == 0
    for url in (change_url(section), history_url(section)):
        assert client.get(url).url == "/admin/"
        assert "Health" not in client.get(url, follow=True).text
    assert client.post(change_url(section), form(section, "Mine now.")).status_code == 302
    assert section_of(brief, HEALTH).version == 0


def test_a_role_without_the_permission_opens_nothing(on_staff, brief, author):
    client = on_staff(author, "view_brief")
    section = section_of(brief, HEALTH)
    for url in (LIST, change_url(section), history_url(section)):
        assert client.get(url).status_code == 403
    assert client.post(change_url(section), form(section, "Mine now.")).status_code == 403


def test_the_permission_to_view_reads_and_does_not_write(on_staff, brief, author):
    section = write(section_of(brief, HEALTH), author, "As *written*.")
    client = on_staff(author, "view_section")
    page = client.get(change_url(section))
    assert "<em>written</em>" in page.text
    assert "<textarea" not in page.text
    assert 'name="_save"' not in page.text
    assert client.post(change_url(section), form(section, "Mine now.")).status_code == 403
    assert section_of(brief, HEALTH).version == 1


def test_form_has_a_field_for_each_prompt_with_its_text(on_staff, brief, author):
    section = write(section_of(brief, "goals/needs"), author, past="- Once", future="- Soon")
    page = on_staff(author).get(change_url(section))
    fields = page.context["adminform"].form
    assert fields["text-past"].value() == "- Once"
    assert fields["text-future"].value() == "- Soon"
    assert "Guidance for Past." in page.text


def test_a_save_goes_through_the_action(on_staff, brief, author):
    section = section_of(brief, HEALTH)
    response = on_staff(author).post(change_url(section), form(section, "Said once."), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Saved as revision 1." in response.text
    section = section_of(brief, HEALTH)
    assert (section.version, section.answers.get().text) == (1, "Said once.")
    revision = section.revisions.get()
    assert revision.created_by == author
    assert set(revision.contributors.all()) == {author}
    act = Activity.objects.latest("pk")
    assert (act.verb, act.actor, act.revision) == ("section_saved", author, revision)


def test_a_save_that_goes_on_stays_on_the_form(on_staff, brief, author):
    section = section_of(brief, HEALTH)
    data = {**form(section, "Said once."), "_continue": "1"}
    assert on_staff(author).post(change_url(section), data).url == change_url(section)


def test_a_save_of_nothing_new_records_nothing(on_staff, brief, author):
    section = write(section_of(brief, HEALTH), author, "Said once.")
    page = on_staff(author).post(change_url(section), form(section, "Said once."), follow=True)
    assert "Nothing new to save" in page.text
    assert section_of(brief, HEALTH).version == 1


def test_a_viewer_on_staff_reads_why_they_do_not_write(on_staff, brief, viewer):
    section = section_of(brief, HEALTH)
    client = on_staff(viewer)
    page = client.get(change_url(section))
    assert "You can read this brief but not write in it." in page.text
    assert "<textarea" not in page.text
    refused = client.post(change_url(section), form(section, "Mine now."))
    assert refused.status_code == 403
    assert "You can read this brief but not write in it." in refused.text
    assert section_of(brief, HEALTH).version == 0


def test_a_section_in_review_is_read_only_and_keeps_what_was_typed(on_staff, brief, author):
    section = put_in_review(section_of(brief, HEALTH), author, "Under review.")
    client = on_staff(author)
    page = client.get(change_url(section))
    assert "This section is in review" in page.text
    assert "<textarea" not in page.text
    assert 'name="_save"' not in page.text
    late = client.post(change_url(section), form(section, "Typed too late."))
    assert late.status_code == 403
    assert "This section is in review" in late.text
    assert "Typed too late." in late.text
    assert section_of(brief, HEALTH).answers.get().text == "Under review."


def test_a_section_of_an_archived_brief_is_read_only(on_staff, brief, author, manager):
    archive_brief(brief, by=manager)
    section = section_of(brief, HEALTH)
    client = on_staff(author)
    assert "This brief is archived" in client.get(change_url(section)).text
    assert client.post(change_url(section), form(section, "Mine now.")).status_code == 403


def test_a_concurrent_edit_of_other_words_is_joined(on_staff, brief, author, second_author):
    section = write(section_of(brief, HEALTH), author, "First sentence. Second sentence.")
    client = on_staff(author)
    save_section(section, {"body": "First sentence. Second one."}, by=second_author, started_from=1)
    data = form(section, "Opening sentence. Second sentence.", started_from=1)
    assert client.post(change_url(section), data).status_code == 302
    text = section_of(brief, HEALTH).answers.get().text
    assert text == "Opening sentence. Second one."


def test_a_concurrent_edit_of_the_same_words_shows_both(on_staff, brief, author, second_author):
    section = write(section_of(brief, HEALTH), author, "It is small.")
    save_section(section, {"body": "It is tiny."}, by=second_author, started_from=1)
    client = on_staff(author)
    page = client.post(change_url(section), form(section, "It is minute.", started_from=1))
    assert page.status_code == 409
    fields = page.context["adminform"].form
    assert fields["text-body"].value() == "It is minute."
    assert fields["started_from"].value() == "2"
    assert "It is tiny." in page.text
    assert "Somebody changed the same words" in page.text
    assert section_of(brief, HEALTH).version == 2
    again = form(section, "It is minute.", started_from=2)
    assert client.post(change_url(section), again).status_code == 302
    assert section_of(brief, HEALTH).answers.get().text == "It is minute."


def test_a_text_too_long_is_refused_beside_its_field(on_staff, brief, author):
    section = section_of(brief, HEALTH)
    typed = "word " * 14_000
    page = on_staff(author).post(change_url(section), form(section, typed))
    assert page.status_code == 422
    fields = page.context["adminform"].form
    assert "a prompt takes 64 KB at most" in fields.errors["text-body"][0]
    assert fields["text-body"].value() == typed
    assert section_of(brief, HEALTH).version == 0


@pytest.mark.parametrize("started_from", ["", "soon", "-1"])
def test_a_form_without_its_version_is_refused(on_staff, brief, author, started_from):
    section = section_of(brief, HEALTH)
    data = {"started_from": started_from, "text-body": "Kept on the page."}
    page = on_staff(author).post(change_url(section), data)
    assert page.status_code == 422
    assert "Kept on the page." in page.text
    assert section_of(brief, HEALTH).version == 0


def test_a_section_is_neither_added_nor_deleted(on_staff, brief, superuser):
    section = section_of(brief, HEALTH)
    client = on_staff(superuser)
    assert client.post("/admin/briefs/section/add/").status_code == 403
    delete = reverse("admin:briefs_section_delete", args=[section.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [section.pk], "post": "yes"}
    assert client.post(LIST, data).status_code == 302
    assert section_of(brief, HEALTH)


@pytest.mark.parametrize("missing", ["999999", "soon", "recover", "1/history/1"])
def test_a_section_that_is_not_there_is_said_so(on_staff, brief, author, missing):
    page = on_staff(author).get(f"/admin/briefs/section/{missing}/change/", follow=True)
    assert page.redirect_chain == [("/admin/", 302)]
    assert "doesn’t exist" in page.text


def test_history_lists_the_revisions_of_django_reversion_by_our_numbers(
    on_staff, brief, author, editor
):
    section = write(section_of(brief, HEALTH), author, "First text.")
    section = approve(section, author, editor, "Second text.")
    page = on_staff(author).get(history_url(section))
    lines = page.context["lines"]
    assert [line.revision.number for line in lines] == [2, 1]
    stored = StoredRevision.objects.order_by("-pk")
    assert [line.revision.stored for line in lines] == list(stored)
    row = page.text.split("<tbody>")[1].split("</tr>")[0]
    for text in ("Revision 2", "Ada Author", "saved", "Edith Editor: Approved"):
        assert text in row
    assert reverse("revision_detail", args=[brief.slug, HEALTH, 1]) in page.text


def test_history_of_nothing_says_so(on_staff, brief, author):
    page = on_staff(author).get(history_url(section_of(brief, HEALTH)))
    assert "Nothing was written in this section yet." in page.text


def test_history_is_paged_in_as_many_queries_however_long(on_staff, brief, author, monkeypatch):
    monkeypatch.setattr("briefs.admin.section.REVISIONS_A_PAGE", 3)
    client = on_staff(author)
    counts = []
    for _round in range(3):
        section = write(section_of(brief, HEALTH), author)
        section = write(section, author)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(history_url(section))
        counts.append(len(queries))
    assert counts[1] == counts[2], counts
    assert len(page.context["lines"]) == 3
    second = client.get(history_url(section), {"p": 2}).context["lines"]
    assert [line.revision.number for line in second] == [3, 2, 1]


@pytest.mark.parametrize("name", ["revision", "recover", "recoverlist"])
def test_the_unsafe_views_of_django_reversion_have_no_address(name):
    for args in ([], [1], [1, 1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:briefs_section_{name}", args=args)


def test_no_page_is_made_while_signals_are_muted(on_staff, brief, author, monkeypatch):
    section = write(section_of(brief, HEALTH), author, "First text.")
    section = write(section, author, "Second text.")
    receivers = []
    render = SectionAdmin.render_change_form

    def look_and_render(*args, **kwargs):
        receivers.append(post_save.has_listeners(Section))
        return render(*args, **kwargs)

    monkeypatch.setattr(SectionAdmin, "render_change_form", look_and_render)
    version = Version.objects.get_for_object(section)[1]
    client = on_staff(author)
    post_save.connect(print, sender=Section)
    try:
        client.get(change_url(section))
        for closed in (f"{section.pk}/history/{version.pk}/", "recover/", f"recover/{version.pk}/"):
            assert client.get(LIST + closed, follow=True).redirect_chain[-1] == ("/admin/", 302)
    finally:
        post_save.disconnect(print, sender=Section)
    assert receivers == [True]
    assert section_of(brief, HEALTH).answers.get().text == "Second text."


def test_looking_writes_nothing_and_opens_no_transaction(on_staff, brief, author):
    section = write(section_of(brief, HEALTH), author, "First text.")
    client = on_staff(author)
    for url in (LIST, change_url(section), history_url(section)):
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        written = [q["sql"] for q in queries if q["sql"].split()[0] in WRITES]
        assert written == []
    assert StoredRevision.objects.count() == 1


WRITES = {"INSERT", "UPDATE", "DELETE", "SAVEPOINT", "BEGIN"}


def test_a_prompt_that_the_request_lacks_stays_as_it_is_on_a_page_that_says_no(
    on_staff, brief, author
):
    section = write(section_of(brief, "goals/needs"), author, past="Old ties.", future="New ones.")
    data = {"started_from": "1", "text-future": "Not known:"}
    page = on_staff(author).post(change_url(section), data)
    assert page.status_code == 422
    assert page.context["adminform"].form["text-past"].value() == "Old ties."
    data["text-future"] = "Newer ones."
    assert on_staff(author).post(change_url(section), data).status_code == 302
    texts = {a.prompt.key: a.text for a in section_of(brief, "goals/needs").answers.all()}
    assert texts == {"past": "Old ties.", "future": "Newer ones."}
