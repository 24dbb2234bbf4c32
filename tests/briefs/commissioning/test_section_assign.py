"""Assigning one section, and many at once."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from briefs.commissioning.actions import add_own_section, archive_brief
from briefs.commissioning.assignments import assign_section, assign_sections
from briefs.commissioning.people import change_role
from briefs.models import Activity, Section
from tests.factories import add_member, make_user, section_of
from tests.pages import hidden


def url(brief, key="goals/needs") -> str:
    return reverse("section_assign", args=[brief.slug, key])


def many_url(brief) -> str:
    return reverse("section_assign_many", args=[brief.slug])


def opened(client, brief) -> dict[str, object]:
    section = section_of(brief, "goals/needs")
    return {
        "seen": hidden(client.get(url(brief)).content.decode(), "seen"),
        "author": section.author_id or "",
        "reviewers": [person.pk for person in section.reviewers.all()],
        "due_date": section.due_date or "",
    }


def opened_many(client, brief) -> dict[str, object]:
    return {"seen": hidden(client.get(many_url(brief)).content.decode(), "seen")}


def test_section_assign(brief, manager, author, editor, signed_in):
    client = signed_in(manager)
    said = opened(client, brief) | {
        "author": author.pk,
        "reviewers": [editor.pk],
        "due_date": "2026-12-01",
    }
    assert client.post(url(brief), said).headers["Location"] == many_url(brief)
    section = section_of(brief, "goals/needs")
    assert (section.author, section.reviewer_names) == (author, "Edith Editor")
    assert str(section.due_date) == "2026-12-01"


def test_section_assign_keeps_what_somebody_else_assigned_meanwhile(
    brief, manager, author, second_author, editor, signed_in
):
    client = signed_in(manager)
    said = opened(client, brief) | {"reviewers": [editor.pk]}
    assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)
    client.post(url(brief), said)
    section = section_of(brief, "goals/needs")
    assert (section.author, section.reviewer_names) == (author, "Edith Editor")


@pytest.fixture
def colleague(brief) -> User:
    """Another manager of the brief."""
    user = make_user("Otto Other")
    add_member(brief, user, "manager")
    return user


def again(client, address, answer, said):
    """Presses the button of a page that came back, as it is but for what is said."""
    return client.post(address, said | {"seen": hidden(answer.content.decode(), "seen")})


def chosen(answer, field) -> str:
    """What a select of a page shows."""
    page = answer.content.decode()
    [select] = re.findall(rf'<select name="{field}".*?</select>', page, re.DOTALL)
    [value] = re.findall(r'value="(\d*)" selected', select)
    return str(value)


def test_section_assign_shows_what_another_manager_chose_and_then_does_as_it_is_told(
    brief, manager, colleague, author, second_author, editor, signed_in
):
    client = signed_in(manager)
    said = opened(client, brief) | {"author": author.pk}
    section = section_of(brief, "goals/needs")
    assign_section(section, {"author": second_author, "reviewers": [editor]}, by=colleague)

    answer = client.post(url(brief), said)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Otto Other changed this while you were at it. It is now: Ben Author." in page
    assert chosen(answer, "author") == str(author.pk)
    assert re.search(rf'name="reviewers"[^>]*value="{editor.pk}"[^>]*checked', page)
    assert section_of(brief, "goals/needs").author == second_author

    said |= {"reviewers": [editor.pk]}
    assert again(client, url(brief), answer, said).status_code == 302
    section = section_of(brief, "goals/needs")
    assert (section.author, section.reviewer_names) == (author, "Edith Editor")


def test_section_assign_of_a_day_that_another_manager_cleared(brief, manager, colleague, signed_in):
    day = timezone.localdate() + dt.timedelta(days=30)
    section = section_of(brief, "goals/needs")
    assign_section(section, {"due_date": day}, by=manager)
    client = signed_in(manager)
    said = opened(client, brief) | {"due_date": day + dt.timedelta(days=1)}
    assign_section(section, {"due_date": None}, by=colleague)
    answer = client.post(url(brief), said)
    assert "It is now: no date." in answer.content.decode()


def test_section_assign_does_not_blame_another_for_what_came_of_a_lost_role(
    brief, manager, author, second_author, signed_in
):
    assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)
    client = signed_in(manager)
    said = opened(client, brief) | {"author": second_author.pk}
    change_role(brief.memberships.get(user=author), "viewer", by=manager)
    page = client.post(url(brief), said).content.decode()
    assert "Somebody else changed this while you were at it. It is now: nobody." in page


def test_section_assign_in_two_tabs_says_who_it_was(
    brief, manager, author, second_author, signed_in
):
    client = signed_in(manager)
    said = opened(client, brief) | {"author": author.pk}
    assign_section(section_of(brief, "goals/needs"), {"author": second_author}, by=manager)
    page = client.post(url(brief), said).content.decode()
    assert "You changed this elsewhere while this page was open. It is now: Ben Author." in page


def test_section_assign_to_whom_another_manager_chose_too_is_no_conflict(
    brief, manager, colleague, author, signed_in
):
    client = signed_in(manager)
    said = opened(client, brief) | {"author": author.pk}
    assign_section(section_of(brief, "goals/needs"), {"author": author}, by=colleague)
    assert client.post(url(brief), said).status_code == 302


def test_section_assign_keeps_a_day_that_has_passed(brief, manager, author, signed_in):
    Section.objects.filter(key="goals/needs").update(due_date=dt.date(2020, 12, 1))
    client = signed_in(manager)
    said = opened(client, brief) | {"author": author.pk}
    assert client.post(url(brief), said).status_code == 302
    section = section_of(brief, "goals/needs")
    assert (section.author, section.due_date) == (author, dt.date(2020, 12, 1))


def test_section_assign_many_shows_what_another_manager_chose(
    brief, manager, colleague, author, second_author, signed_in
):
    client = signed_in(manager)
    said = opened_many(client, brief) | {"parts": ["goals"], "author": author.pk}
    assign_section(section_of(brief, "goals/needs"), {"author": second_author}, by=colleague)

    answer = client.post(many_url(brief), said)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“Needs”: Otto Other changed this while you were at it. It is now: Ben Author." in page
    assert 'name="parts" value="goals" checked' in page
    assert chosen(answer, "author") == str(author.pk)
    assert not Section.objects.filter(author=author).exists()

    assert again(client, many_url(brief), answer, said).status_code == 302
    assert Section.objects.filter(author=author).count() == 2


def test_section_assign_many_names_a_few_of_many(
    brief, manager, colleague, author, second_author, signed_in
):
    part = brief.template.parts.get(key="goals")
    for title in ("Harbours", "Floods", "Trade"):
        add_own_section(brief, title, part=part, by=manager)
    client = signed_in(manager)
    said = opened_many(client, brief) | {"parts": ["goals"], "author": author.pk}
    sections = list(brief.sections.filter(part=part))
    assign_sections(brief, sections, {"author": second_author}, by=colleague)
    page = client.post(many_url(brief), said).content.decode()
    assert "“Needs”, “Health”, “Harbours” and 2 more: Otto Other changed this" in page


def test_section_assign_many_of_another_field_is_joined(
    brief, manager, colleague, author, signed_in
):
    client = signed_in(manager)
    said = opened_many(client, brief) | {"parts": ["goals"], "author": author.pk}
    day = timezone.localdate()
    assign_section(section_of(brief, "goals/needs"), {"due_date": day}, by=colleague)
    assert client.post(many_url(brief), said).status_code == 302
    section = section_of(brief, "goals/needs")
    assert (section.author, section.due_date) == (author, day)


def test_section_assign_many_leaves_to_others_a_section_that_it_did_not_show(
    brief, manager, colleague, author, second_author, signed_in
):
    client = signed_in(manager)
    said = opened_many(client, brief) | {"parts": ["goals"], "author": author.pk}
    part = brief.template.parts.get(key="goals")
    own = add_own_section(brief, "Harbours", part=part, by=colleague)
    assign_section(own, {"author": second_author}, by=colleague)
    answer = client.post(many_url(brief), said)
    assert "“Harbours”: Otto Other changed this" in answer.content.decode()


def test_section_assign_keeps_an_author_whose_account_went_out_of_use(
    brief, manager, author, signed_in
):
    assign_section(section_of(brief, "goals/needs"), {"author": author}, by=manager)
    User.objects.filter(pk=author.pk).update(is_active=False)
    client = signed_in(manager)
    client.post(url(brief), opened(client, brief) | {"due_date": "2026-12-01"})
    section = section_of(brief, "goals/needs")
    assert section.author == author
    assert str(section.due_date) == "2026-12-01"


def test_section_assign_offers_who_may(brief, manager, viewer, author, editor, signed_in):
    text = signed_in(manager).get(url(brief)).content.decode()
    assert text.count(f'<option value="{viewer.pk}"') == 0
    assert text.count(f'<option value="{author.pk}"') == 1
    assert text.count(f'<option value="{editor.pk}"') == 1
    reviewers = re.findall(r'name="reviewers"[^>]*value="([0-9]+)"', text)
    assert reviewers == [str(editor.pk), str(manager.pk)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"author": "99999"}, "Select a valid choice"),
        ({"due_date": "soon"}, "Enter a valid date."),
        ({"due_date": "2020-12-01"}, "1 December 2020 is past. Choose today or a later day."),
        ({"seen": "forged"}, "This form is out of date."),
    ],
)
def test_section_assign_says_what_is_wrong(brief, manager, signed_in, wrong, sentence):
    client = signed_in(manager)
    answer = client.post(url(brief), opened(client, brief) | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_section_assign_of_one_person_to_both_is_refused(brief, manager, editor, signed_in):
    client = signed_in(manager)
    said = opened(client, brief) | {"author": editor.pk, "reviewers": [editor.pk]}
    answer = client.post(url(brief), said)
    assert answer.status_code == 422
    assert "nobody approves their own text" in answer.content.decode()


def test_section_assign_many_by_section_and_by_part(brief, manager, author, signed_in):
    client = signed_in(manager)
    said = {"sections": ["opening/preface"], "author": author.pk, "due_date": "2026-12-01"}
    answer = client.post(many_url(brief), opened_many(client, brief) | said, follow=True)
    assert "1 section is assigned anew." in answer.content.decode()
    assert [s.key for s in Section.objects.filter(author=author)] == ["opening/preface"]

    said = {"parts": ["goals"], "author": author.pk}
    client.post(many_url(brief), opened_many(client, brief) | said)
    assert Section.objects.filter(author=author).count() == 3
    assert Section.objects.exclude(due_date=None).count() == 1


def test_section_assign_many_tells_the_year_when_it_is_not_this_one(brief, manager, signed_in):
    this_year = timezone.localdate().replace(month=3, day=2)
    Section.objects.filter(key="goals/needs").update(due_date=this_year)
    Section.objects.filter(key="goals/health").update(due_date=dt.date(2040, 12, 1))
    page = signed_in(manager).get(many_url(brief)).content.decode()
    assert page.count(">2 March</time>") == 2
    assert page.count(">1 December 2040</time>") == 2


def test_section_assign_many_clears(brief, manager, author, signed_in):
    section = section_of(brief, "goals/needs")
    assign_section(section, {"author": author, "due_date": dt.date(2026, 12, 1)}, by=manager)
    said = {"sections": ["goals/needs"], "author": "nobody", "no_due_date": "on"}
    client = signed_in(manager)
    client.post(many_url(brief), opened_many(client, brief) | said)
    section = section_of(brief, "goals/needs")
    assert (section.author, section.due_date) == (None, None)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"author": "nobody"}, "Tick the sections that you want to assign."),
        ({"sections": ["goals/needs"]}, "Say what is to change"),
        ({"sections": ["goals/nothing"], "author": "nobody"}, "Tick the sections anew."),
        ({"parts": ["nothing"], "author": "nobody"}, "Tick the sections anew."),
        ({"sections": ["goals/needs"], "author": "99999"}, "Select a valid choice"),
        (
            {"sections": ["goals/needs"], "due_date": "2026-12-01", "no_due_date": "on"},
            "Choose a date or none, not both.",
        ),
        ({"sections": ["goals/needs"], "due_date": "2020-12-01"}, "1 December 2020 is past."),
        ({"sections": ["goals/needs"], "author": "nobody", "seen": ""}, "form is out of date"),
    ],
)
def test_section_assign_many_says_what_is_wrong_and_keeps_the_ticks(
    brief, manager, signed_in, said, sentence
):
    client = signed_in(manager)
    answer = client.post(many_url(brief), opened_many(client, brief) | said)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    is_ticked = 'name="sections" value="goals/needs" checked' in text
    assert is_ticked is ("goals/needs" in said.get("sections", []))
    assert not Activity.objects.filter(verb="section_assigned").exists()


@pytest.mark.parametrize("make_url", [url, many_url])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_section_assign_wants_a_manager(request, brief, person, method, make_url, signed_in):
    answer = getattr(signed_in(request.getfixturevalue(person)), method)(make_url(brief))
    assert answer.status_code == 403
    assert "Only a manager of this brief can do that." in answer.content.decode()


@pytest.mark.parametrize("make_url", [url, many_url])
def test_section_assign_by_a_stranger_is_not_found(brief, make_url, stranger, signed_in):
    assert signed_in(stranger).get(make_url(brief)).status_code == 404


@pytest.mark.parametrize("make_url", [url, many_url])
def test_section_assign_in_an_archived_brief_is_refused(brief, make_url, manager, signed_in):
    archive_brief(brief, by=manager)
    assert signed_in(manager).get(make_url(brief)).status_code == 403


def test_section_assign_of_no_section_is_not_found(brief, manager, signed_in):
    assert signed_in(manager).get(url(brief, "goals/nothing")).status_code == 404


@pytest.mark.parametrize("make_url", [url, many_url])
def test_section_assign_takes_no_delete(brief, make_url, manager, signed_in):
    assert signed_in(manager).delete(make_url(brief)).status_code == 405
