"""What a section needs to be clear: kinds of sign-offs, their order, and blind reviews."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from briefs.commissioning.clearance import set_clearance
from briefs.commissioning.people import change_role, give_sign_offs, remove_member
from briefs.document.clearance import ClearanceRule
from briefs.models import (
    Activity,
    BriefTemplate,
    Countersignature,
    Notice,
    Section,
    SectionTemplate,
    SignOff,
)
from briefs.overview.work import Work
from briefs.review.actions import (
    approve_section,
    request_changes,
    request_review,
    withdraw_review,
)
from briefs.review.overriding import countersign, override_section
from briefs.upgrading.plan import plan_upgrade
from tests.factories import add_member, make_template, make_user, put_in_review, section_of, write

Verb = Activity.Verb


@pytest.fixture
def kinds(brief) -> None:
    brief.template.sign_off_kinds = [["legal", "Legal adviser"], ["chief", "Head of unit"]]
    brief.template.save()


@pytest.fixture
def lawyer(brief, kinds, manager):
    person = make_user("Lea Lawyer")
    give_sign_offs(add_member(brief, person, "editor"), ["legal"], by=manager)
    return person


@pytest.fixture
def chief(brief, kinds, manager):
    person = make_user("Carl Chief")
    give_sign_offs(add_member(brief, person, "editor"), ["chief"], by=manager)
    return person


def needing(section: Section, manager, *kinds: str, needed: int = 0, **rule) -> Section:
    asked = ClearanceRule(needed or len(kinds), kinds, **rule)
    set_clearance(section.brief, [section], asked, by=manager)
    return section_of(section.brief, section.key)


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def test_it_is_clear_when_each_kind_is_given(preface, author, manager, lawyer, chief, editor):
    section = put_in_review(needing(preface, manager, "legal", "chief"), author)
    with pytest.raises(PermissionDenied, match="waits for the sign-off of: Legal adviser or Head"):
        approve_section(section, by=editor, revision=1)
    assert not approve_section(section, by=chief, revision=1).clears_section
    assert not now(section).is_approved
    assert approve_section(section, by=lawyer, revision=1).clears_section
    assert now(section).is_approved
    given = SignOff.objects.filter(section=section).order_by("pk").values_list("kind", flat=True)
    assert list(given) == ["chief", "legal"]


def test_in_order_the_second_waits_for_the_first(preface, author, manager, lawyer, chief):
    section = put_in_review(needing(preface, manager, "legal", "chief", in_order=True), author)
    with pytest.raises(PermissionDenied, match="waits for the sign-off of: Legal adviser"):
        approve_section(section, by=chief, revision=1)
    assert [row.section.key for row in Work(chief).waiting.rows] == []
    assert [row.section.key for row in Work(lawyer).waiting.rows] == [section.key]
    approve_section(section, by=lawyer, revision=1)
    assert [row.section.key for row in Work(chief).waiting.rows] == [section.key]
    assert approve_section(section, by=chief, revision=1).clears_section


def test_whose_turn_it_is_is_told(preface, author, manager, lawyer, chief):
    section = put_in_review(needing(preface, manager, "legal", "chief", in_order=True), author)
    asked = Notice.objects.filter(kind="review_asked")
    assert set(asked.values_list("user__name", flat=True)) == {"Lea Lawyer"}
    approve_section(section, by=lawyer, revision=1)
    assert set(asked.values_list("user__name", flat=True)) == {"Lea Lawyer", "Carl Chief"}


def test_one_person_gives_one_sign_off(preface, author, manager, lawyer, brief):
    give_sign_offs(brief.memberships.get(user=lawyer), ["legal", "chief"], by=manager)
    section = put_in_review(needing(preface, manager, "legal", "chief"), author)
    approve_section(section, by=lawyer, revision=1, kind="chief")
    with pytest.raises(PermissionDenied, match="You have approved this text already"):
        approve_section(section, by=lawyer, revision=1, kind="legal")


def test_who_gives_several_kinds_chooses_one(preface, author, manager, lawyer, brief, signed_in):
    give_sign_offs(brief.memberships.get(user=lawyer), ["legal", "chief"], by=manager)
    section = put_in_review(needing(preface, manager, "legal", "chief"), author)
    client = signed_in(lawyer)
    page = client.get(reverse("section_review", args=[brief.slug, section.key])).content.decode()
    assert '<option value="chief">Head of unit</option>' in page
    posted = {"revision": 1, "kind": "chief"}
    client.post(reverse("review_approve", args=[brief.slug, section.key]), posted)
    assert SignOff.objects.get(section=section).kind == "chief"
    other = make_user("Lou Lawyer")
    give_sign_offs(add_member(brief, other, "editor"), ["legal"], by=manager)
    with pytest.raises(PermissionDenied, match="not yours to give"):
        approve_section(section, by=other, revision=1, kind="chief")


def test_a_sign_off_whose_giver_lost_the_kind_no_longer_counts(
    preface, author, manager, lawyer, chief, brief, signed_in
):
    section = put_in_review(needing(preface, manager, "legal", "chief"), author)
    approve_section(section, by=lawyer, revision=1)
    give_sign_offs(brief.memberships.get(user=lawyer), [], by=manager)
    assert not approve_section(section, by=chief, revision=1).clears_section
    page = signed_in(author).get(reverse("section_review", args=[brief.slug, section.key]))
    assert "The sign-off of Lea Lawyer does not count" in page.content.decode()


def test_who_wrote_gives_no_kind(preface, manager, lawyer, chief):
    section = put_in_review(needing(preface, manager, "legal"), lawyer)
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(section, by=lawyer, revision=1)


class TestBlind:
    @pytest.fixture
    def blind(self, preface, manager, author) -> Section:
        return put_in_review(needing(preface, manager, needed=2, is_blind=True), author)

    def seen_by(self, client, section) -> str:
        pages = [
            reverse("section_review", args=[section.brief.slug, section.key]),
            reverse("section_history", args=[section.brief.slug, section.key]),
            reverse("revision_detail", args=[section.brief.slug, section.key, 1]),
            reverse("activity_list", args=[section.brief.slug]),
        ]
        return "".join(client.get(page).content.decode() for page in pages)

    def test_nobody_sees_a_decision_before_all_have_decided(
        self, blind, author, editor, manager, signed_in
    ):
        request_changes(blind, by=editor, revision=1, comment="Name the source.")
        assert now(blind).status == Section.Status.IN_REVIEW
        for person in (author, manager):
            page = self.seen_by(signed_in(person), blind)
            assert "Name the source." not in page
            assert "Sent back" not in page
            assert "</b> requested changes" not in page
            assert "1 of the 2 sign-offs needed is given" in page
        assert "Name the source." in self.seen_by(signed_in(editor), blind)
        assert not Notice.objects.filter(kind__in=["approved", "changes_requested"]).exists()

        approve_section(blind, by=manager, revision=1)
        assert now(blind).status == Section.Status.CHANGES_REQUESTED
        assert not now(blind).is_approved
        assert "Name the source." in self.seen_by(signed_in(author), blind)
        assert Notice.objects.filter(kind="changes_requested", user=author).exists()

    def test_it_is_clear_when_all_approved(self, blind, editor, manager):
        assert not approve_section(blind, by=editor, revision=1).clears_section
        assert approve_section(blind, by=manager, revision=1).clears_section
        assert now(blind).is_approved
        acts = blind.activities.order_by("pk").values_list("verb", "actor__name")
        assert list(acts)[-3:] == [
            (Verb.DECISION_SEALED, "Edith Editor"),
            (Verb.SECTION_APPROVED, "Edith Editor"),
            (Verb.SECTION_APPROVED, manager.name),
        ]

    def test_until_then_one_may_think_again(self, blind, editor, manager):
        request_changes(blind, by=editor, revision=1, comment="No.")
        approve_section(blind, by=editor, revision=1)
        assert approve_section(blind, by=manager, revision=1).clears_section

    def test_who_has_decided_waits(self, blind, editor, manager):
        request_changes(blind, by=editor, revision=1, comment="No.")
        assert not Work(editor).waiting.rows
        assert [row.section.key for row in Work(manager).waiting.rows] == [blind.key]

    def test_withdrawing_a_review_opens_nothing(self, blind, author, editor, manager, signed_in):
        request_changes(blind, by=editor, revision=1, comment="Name the source.")
        withdraw_review(blind, by=manager, revision=1)
        for person in (author, manager):
            page = self.seen_by(signed_in(person), blind)
            assert "Name the source." not in page
            assert "Sent back" not in page
        assert "Name the source." in self.seen_by(signed_in(editor), blind)
        request_review(blind, by=author, revision=1)
        assert not Work(editor).waiting.rows  # has decided on this very text
        assert "Name the source." not in self.seen_by(signed_in(manager), blind)
        approve_section(blind, by=manager, revision=1)
        assert now(blind).status == Section.Status.CHANGES_REQUESTED
        assert "Name the source." in self.seen_by(signed_in(author), blind)

    def test_of_other_words_it_is_told_once_those_are_decided_on(
        self, blind, author, editor, manager, signed_in
    ):
        request_changes(blind, by=editor, revision=1, comment="Name the source.")
        withdraw_review(blind, by=author, revision=1)
        section = put_in_review(now(blind), author, "Other words.")
        assert "Name the source." not in self.seen_by(signed_in(manager), section)
        approve_section(section, by=editor, revision=2)
        assert approve_section(section, by=manager, revision=2).clears_section
        assert "Name the source." in self.seen_by(signed_in(author), section)
        verbs = section.activities.order_by("pk").values_list("verb", flat=True)
        assert list(verbs).count(Verb.CHANGES_REQUESTED) == 1

    def test_what_was_told_stays_told_in_the_next_round(
        self, blind, author, editor, manager, signed_in
    ):
        request_changes(blind, by=editor, revision=1, comment="Name the source.")
        request_changes(blind, by=manager, revision=1, comment="And the year.")
        request_review(blind, by=author, revision=1)
        assert "Name the source." in self.seen_by(signed_in(manager), blind)

    def test_who_wrote_sends_it_back_at_once(self, preface, manager, editor):
        section = needing(preface, manager, needed=2, is_blind=True)
        section = put_in_review(section, editor)
        request_changes(section, by=editor, revision=1, comment="I was wrong.")
        assert now(section).status == Section.Status.CHANGES_REQUESTED

    def test_the_last_decision_may_be_the_request_for_changes(self, blind, editor, manager):
        approve_section(blind, by=editor, revision=1)
        request_changes(blind, by=manager, revision=1, comment="No.")
        assert now(blind).status == Section.Status.CHANGES_REQUESTED

    def test_the_admin_does_not_tell(self, blind, editor, admin_user, signed_in, brief):
        request_changes(blind, by=editor, revision=1, comment="Name the source.")
        page = signed_in(admin_user).get(reverse("admin:briefs_signoff_changelist"))
        assert "Name the source." not in page.content.decode()


class TestRules:
    def test_the_brief_has_its_own(self, preface, manager, kinds):
        section = needing(preface, manager, "legal", needed=2)
        assert section.rule == ClearanceRule(2, ("legal",))
        assert section.sign_offs_needed == 2
        told = section.activities.get(verb=Verb.CLEARANCE_CHANGED).detail["told"]
        assert told == "2 sign-offs: anybody, Legal adviser"
        set_clearance(section.brief, [section], None, by=manager)
        assert now(section).rule == ClearanceRule()

    def test_it_rests_in_review(self, preface, author, manager):
        section = put_in_review(preface, author)
        with pytest.raises(ValidationError, match="while it is in review"):
            set_clearance(section.brief, [section], ClearanceRule(2), by=manager)

    def test_only_managers_set_it(self, preface, editor):
        with pytest.raises(PermissionDenied):
            set_clearance(preface.brief, [preface], ClearanceRule(2), by=editor)


def test_a_role_that_does_not_decide_gives_nothing(preface, author, manager, lawyer, brief):
    section = put_in_review(needing(preface, manager, "legal"), author)
    change_role(brief.memberships.get(user=lawyer), "author", by=manager)
    with pytest.raises(PermissionDenied, match="Only editors and managers"):
        approve_section(section, by=lawyer, revision=1)


def test_a_template_says_it_for_all_its_briefs(preface, author, manager, lawyer, editor):
    preface.section_template.sign_offs_needed = 2
    preface.section_template.sign_off_kinds = ["legal"]
    preface.section_template.save()
    section = put_in_review(now(preface), author)
    approve_section(section, by=editor, revision=1)
    with pytest.raises(PermissionDenied, match="Legal adviser"):
        approve_section(section, by=manager, revision=1)
    assert approve_section(section, by=lawyer, revision=1).clears_section
    write(section, author)
    assert not now(section).is_approved


def test_an_override_ends_a_blind_review(preface, author, manager, editor):
    section = needing(preface, manager, needed=3, is_blind=True)
    section = put_in_review(section, author)
    approve_section(section, by=editor, revision=1)
    override_section(section, by=manager, revision=1, comment="The minister leaves tonight.")
    assert now(section).is_approved


REASON = "The minister leaves tonight."


def test_own_override_does_not_launder_own_words(preface, author, manager, editor):
    section = put_in_review(preface, manager, "The port is old.")
    override_section(section, by=manager, revision=1, comment=REASON)
    section = put_in_review(now(section), author, "The port is old!")
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(section, by=manager, revision=2)
    assert not Work(manager).waiting.rows
    assert approve_section(section, by=editor, revision=2).clears_section


def test_a_countersigned_override_vouches_for_them(preface, author, manager, editor):
    section = put_in_review(preface, manager, "The port is old.")
    countersign(override_section(section, by=manager, revision=1, comment=REASON), by=editor)
    section = put_in_review(now(section), author, "The port is old!")
    assert [row.section.key for row in Work(manager).waiting.rows] == [section.key]
    assert approve_section(section, by=manager, revision=2).clears_section


def test_countersigning_names_what_was_read(preface, author, manager, editor, signed_in):
    section = put_in_review(preface, author)
    override_section(section, by=manager, revision=1, comment=REASON)
    section = put_in_review(now(section), author, "Other words.")
    override_section(section, by=manager, revision=2, comment="Another reason.")
    address = reverse("review_countersign", args=[section.brief.slug, section.key])
    answer = signed_in(editor).post(address, {"comment": "", "revision": 1})
    assert answer.status_code == 409
    assert not Countersignature.objects.exists()
    signed_in(editor).post(address, {"comment": "", "revision": 2})
    assert Countersignature.objects.exists()


def test_override_of_earlier_text_can_be_countersigned(preface, author, manager, editor, signed_in):
    section = put_in_review(preface, author)
    override_section(section, by=manager, revision=1, comment=REASON)
    write(now(section), author, "Other words.")
    assert Work(editor).overrides
    address = reverse("review_countersign", args=[section.brief.slug, section.key])
    signed_in(editor).post(address, {"comment": "", "revision": 1})
    assert Countersignature.objects.exists()


def test_ended_blind_review_asks_nobody(preface, author, manager, lawyer, chief, editor):
    section = needing(preface, manager, "legal", "chief", in_order=True, is_blind=True)
    section = put_in_review(section, author)
    approve_section(section, by=lawyer, revision=1)
    Notice.objects.all().delete()
    request_changes(section, by=editor, revision=1, comment="No.")
    assert not Notice.objects.filter(kind="review_asked").exists()


def test_removed_givers_step_waits_for_another(preface, author, manager, lawyer, chief, brief):
    other = make_user("Lou Lawyer")
    give_sign_offs(add_member(brief, other, "editor"), ["legal"], by=manager)
    section = needing(preface, manager, "legal", "chief", is_blind=True)
    section = put_in_review(section, author)
    approve_section(section, by=lawyer, revision=1)
    assert not Work(other).waiting.rows
    remove_member(brief.memberships.get(user=lawyer), by=manager)
    assert Work(other).waiting.rows


def test_a_forged_number_is_no_choice(editor, brief, signed_in):
    chosen = ["9" * 25 + ":1", "1:" + "9" * 25]
    answer = signed_in(editor).post(reverse("review_many"), {"chosen": chosen}, follow=True)
    assert "Tick the sections that you want to approve." in answer.content.decode()


def test_kind_lost_is_said(preface, author, manager, lawyer, chief, brief, signed_in):
    section = put_in_review(needing(preface, manager, "legal", "chief"), author)
    approve_section(section, by=lawyer, revision=1)
    give_sign_offs(brief.memberships.get(user=lawyer), [], by=manager)
    answer = signed_in(author).get(reverse("section_review", args=[brief.slug, section.key]))
    assert "Lea Lawyer no longer gives this kind of sign-off." in answer.content.decode()


def test_it_rests_in_review_through_an_upgrade(preface, author, manager, kinds):
    section = put_in_review(preface, author)
    template = section.brief.template
    other = make_template("small-2")
    BriefTemplate.objects.filter(pk=other.pk).update(key=template.key, version=2)
    SectionTemplate.objects.filter(part__template=other, key=section.key).update(is_blind=True)
    other.refresh_from_db()
    plan = plan_upgrade(section.brief, other)
    assert [each for each in plan.obstacles if "needs other sign-offs" in each]
