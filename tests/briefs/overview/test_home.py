"""The home page: what waits for somebody, and nothing of briefs that aren't theirs."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from briefs.commissioning.actions import archive_brief
from briefs.models import Membership, Section
from briefs.overview.work import Work, sections_to_decide
from briefs.review.actions import approve_section, check_can_approve, request_review
from tests.factories import (
    add_member,
    approve,
    make_brief,
    put_in_review,
    section_of,
    send_back,
    write,
)


def give(section: Section, *, reviewer=None, **assigned) -> Section:
    Section.objects.filter(pk=section.pk).update(**assigned)
    section.reviewers.set([reviewer] if reviewer else [])
    return section_of(section.brief, section.key)


def titles(rows) -> list[str]:
    return [row.section.title for row in rows.rows]


def test_home_without_anything_to_do_says_what_to_do_next(stranger, signed_in):
    page = signed_in(stranger).get(reverse("home"))
    assert page.status_code == 200
    assert b"Nothing waits for you." in page.content
    assert b"Ask the manager of a brief to add you" in page.content


def test_home_of_somebody_who_may_make_briefs_offers_it(manager, signed_in):
    page = signed_in(manager).get(reverse("home"))
    assert reverse("brief_add") in page.content.decode()


def test_home_shows_my_sections_by_what_they_wait_for(brief, author, editor, signed_in):
    give(section_of(brief, "opening/preface"), author=author)
    send_back(give(section_of(brief, "goals/needs"), author=author), author, editor)
    put_in_review(give(section_of(brief, "goals/health"), author=author), author)

    work = Work(author)

    assert titles(work.to_write) == ["Preface"]
    assert titles(work.sent_back) == ["Needs"]
    assert titles(work.with_reviewer) == ["Health"]
    assert work.sent_back.rows[0].number == "1.1"
    assert work.to_write.rows[0].number == ""
    assert work.next is not None
    assert work.next.section.title == "Needs"
    page = signed_in(author).get(reverse("home")).content.decode()
    assert "1 section was sent back to you and 1 section is yours to write." in page
    assert section_of(brief, "goals/needs").get_absolute_url() in page


def test_home_leaves_out_what_is_approved(brief, author, editor):
    approve(give(section_of(brief, "goals/needs"), author=author), author, editor)
    work = Work(author)
    assert (titles(work.to_write), titles(work.sent_back)) == ([], [])


def test_home_names_a_section_changed_since_its_approval(brief, author, editor):
    section = approve(give(section_of(brief, "goals/needs"), author=author), author, editor)
    write(section, author)
    assert titles(Work(author).to_write) == ["Needs"]


def test_home_says_what_is_late(brief, author, signed_in):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    give(section_of(brief, "goals/needs"), author=author, due_date=yesterday)
    page = signed_in(author).get(reverse("home")).content.decode()
    assert "1 is late." in page
    assert "1 day late" in page


def test_home_shows_a_manager_what_is_late_in_their_briefs(
    brief, author, editor, manager, signed_in
):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    give(section_of(brief, "opening/preface"), author=manager, due_date=yesterday)
    give(section_of(brief, "goals/needs"), author=author, due_date=yesterday)
    health = give(section_of(brief, "goals/health"), due_date=yesterday)
    assert titles(Work(manager).others_late) == ["Needs", "Health"]
    page = signed_in(manager).get(reverse("home")).content.decode()
    assert "2 sections are late in the briefs that you manage." in page
    assert "Ada Author writes it" in page
    assert "Nobody is to write it yet" in page
    approve(health, author, editor)
    assert titles(Work(manager).others_late) == ["Needs"]
    put_in_review(section_of(brief, "goals/needs"), author)
    assert "Waits for a decision" in signed_in(manager).get(reverse("home")).content.decode()
    give(section_of(brief, "goals/needs"), due_date=timezone.localdate())
    assert titles(Work(manager).others_late) == []


@pytest.mark.parametrize("person", ["viewer", "author", "editor", "superuser", "stranger"])
def test_home_shows_what_is_late_to_nobody_who_does_not_manage(person, request, brief):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    give(section_of(brief, "goals/needs"), due_date=yesterday)
    assert titles(Work(request.getfixturevalue(person)).others_late) == []


@pytest.mark.parametrize(
    ("person", "decides", "writes"),
    [
        ("viewer", False, False),
        ("author", False, True),
        ("editor", True, True),
        ("manager", True, True),
        ("stranger", False, False),
    ],
)
@pytest.mark.usefixtures("brief")
def test_home_has_the_empty_lists_only_of_what_a_role_can_fill(
    person, decides, writes, request, signed_in
):
    page = signed_in(request.getfixturevalue(person)).get(reverse("home")).content.decode()
    assert ("Nothing to decide." in page) is decides
    assert ("No section is yours to write." in page) is writes
    assert ("You can read and export your briefs." in page) is (person == "viewer")


def test_home_tells_briefs_of_one_title_apart(brief, template, author, signed_in):
    give(section_of(brief, "goals/needs"), author=author)
    assert "address belgium" not in signed_in(author).get(reverse("home")).content.decode()
    add_member(make_brief(template), author, "author")
    assert signed_in(author).get(reverse("home")).content.decode().count("address belgium<") == 2


def test_home_puts_first_what_is_due_first(brief, author):
    today = timezone.localdate()
    give(section_of(brief, "opening/preface"), author=author)
    give(section_of(brief, "goals/needs"), author=author, due_date=today + dt.timedelta(days=3))
    give(section_of(brief, "goals/health"), author=author, due_date=today)
    assert titles(Work(author).to_write) == ["Health", "Needs", "Preface"]


def test_home_shows_an_editor_what_waits_for_a_decision(brief, author, editor, signed_in):
    put_in_review(section_of(brief, "goals/needs"), author)
    page = signed_in(editor).get(reverse("home")).content.decode()
    assert "1 section waits for your decision." in page
    assert reverse("section_review", args=[brief.slug, "goals/needs"]) in page


@pytest.mark.parametrize(
    "person", ["viewer", "author", "editor", "manager", "superuser", "stranger"]
)
def test_what_waits_for_a_decision_is_what_the_rule_allows(request, brief, author, editor, person):
    """One section for each way in which somebody may or may not decide."""
    user = request.getfixturevalue(person)
    put_in_review(section_of(brief, "opening/preface"), author)
    put_in_review(section_of(brief, "goals/needs"), editor)
    approve(section_of(brief, "goals/health"), editor, request.getfixturevalue("manager"))
    put_in_review(section_of(brief, "goals/health"), author)

    waiting = set(sections_to_decide(user).values_list("key", flat=True))

    for section in Section.objects.filter(brief=brief):
        may_decide = True
        try:
            check_can_approve(user, section_of(brief, section.key))
        except PermissionDenied:
            may_decide = False
        assert (section.key in waiting) is may_decide, section.key


def test_the_reviewer_sees_their_section_though_they_wrote_in_it(brief, editor, signed_in):
    section = put_in_review(section_of(brief, "goals/needs"), editor)
    assert not sections_to_decide(editor).exists()
    give(section, reviewer=editor)
    assert [row.key for row in sections_to_decide(editor)] == ["goals/needs"]
    page = signed_in(editor).get(reverse("home")).content.decode()
    assert "You wrote in it: you can request changes" in page


def test_who_has_signed_off_waits_for_the_other(brief, author, editor, manager):
    section = section_of(brief, "goals/needs")
    assert section.section_template is not None
    section.section_template.sign_offs_needed = 2
    section.section_template.save()
    section = put_in_review(section, author)
    approve_section(section, by=editor, revision=section.version)
    assert not sections_to_decide(editor).exists()
    assert sections_to_decide(manager).exists()


def test_home_shows_nothing_of_an_archived_brief(brief, author, editor, manager, signed_in):
    give(section_of(brief, "goals/needs"), author=author)
    put_in_review(section_of(brief, "goals/health"), author)
    archive_brief(brief, by=manager)
    assert titles(Work(author).to_write) == []
    assert not sections_to_decide(editor).exists()
    assert Work(author).briefs == []


def test_home_shows_nothing_of_briefs_one_was_removed_from(brief, author):
    give(section_of(brief, "goals/needs"), author=author)
    Membership.objects.filter(brief=brief, user=author).delete()
    work = Work(author)
    assert titles(work.to_write) == []
    assert work.briefs == []
    assert work.activities == []


def test_home_tells_what_others_did_in_my_briefs(brief, author, second_author, signed_in):
    write(section_of(brief, "goals/needs"), second_author)
    write(section_of(brief, "goals/health"), author)
    acts = [(act.actor_name, act.section.title) for act in Work(author).activities if act.section]
    assert acts == [("Ben Author", "Needs")]
    assert "Ben Author" in signed_in(author).get(reverse("home")).content.decode()


def test_home_wants_somebody_signed_in(db):
    answer = Client().get(reverse("home"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("sign_in"))


def test_home_costs_the_same_for_many_briefs(
    brief, template, author, editor, signed_in, django_assert_num_queries
):
    client = signed_in(author)
    put_in_review(give(section_of(brief, "goals/needs"), author=author), author)
    give(section_of(brief, "goals/health"), author=author)
    with django_assert_num_queries(23):
        client.get(reverse("home"))
    for number in range(5):
        other = make_brief(template, title=f"Brief {number}")
        add_member(other, author, "author")
        add_member(other, editor, "editor")
        send_back(give(section_of(other, "goals/needs"), author=author), author, editor)
        give(section_of(other, "goals/health"), author=author)
        section = write(section_of(other, "opening/preface"), editor)
        request_review(section, by=editor, revision=section.version)
    with django_assert_num_queries(23):
        client.get(reverse("home"))


def test_home_takes_no_post(brief, author, signed_in):
    assert signed_in(author).post(reverse("home")).status_code == 405
