"""The people and the sample brief of `make demo`: every status, and two revisions to compare, all
reached by the ordinary actions."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from accounts.actions import create_account
from accounts.models import User
from briefs import importing
from briefs.brief_templates.outlines import outline_of
from briefs.commissioning.assignments import Assignment, assign_sections
from briefs.commissioning.clearance import set_clearance
from briefs.commissioning.people import add_member, give_sign_offs
from briefs.document.clearance import ClearanceRule
from briefs.drafting.actions import save_section
from briefs.importing.actions import NewBrief, import_brief
from briefs.importing.reading import read_file
from briefs.models import Brief, BriefTemplate, Membership, Section
from briefs.prompts import texts_now
from briefs.releasing.actions import Wish, release_brief
from briefs.releasing.standing import read_standing
from briefs.review.actions import approve_section, request_changes, request_review

PASSWORD = "chancery-demo"  # noqa: S105 - it is printed for everybody to see
SAMPLE = Path(importing.__file__).parent / "sample" / "belgium.md"
SLUG = "belgium"
Role = Membership.Role


@dataclass(frozen=True, slots=True)
class Demonstrator:
    """Somebody to sign in as; without a role, the administrator."""

    name: str
    email: str
    role: Membership.Role | None


CAST = [
    Demonstrator("Daniel Osei", "manager@example.org", Role.MANAGER),
    Demonstrator("Margit Aaltonen", "editor@example.org", Role.EDITOR),
    Demonstrator("Inès Carvalho", "author@example.org", Role.AUTHOR),
    Demonstrator("Tomas Berg", "author2@example.org", Role.AUTHOR),
    Demonstrator("Priya Raman", "viewer@example.org", Role.VIEWER),
    Demonstrator("Rosa Admin", "admin@example.org", None),
]
APPROVED = [
    "opening/preface",
    "overview/country-profile",
    "overview/interests",
    "overview/history",
    "strategic-importance/security",
    "policy-goals/diplomatic-objectives",
]
IN_REVIEW = ["opening/crises", "challenges/society"]
NEEDS_TWO = "challenges/society"
SENT_BACK = ["challenges/trade", "The trade figures need their source and year."]
CHANGED_SINCE = [
    "overview/history",
    "milestones",
    "NATO moved into its new headquarters in Brussels in 2018.",
]
RELEASED_BECAUSE = "Not needed for the visit of the delegation; it follows with edition 2."
REWRITTEN = [
    "strategic-importance/economy",
    "resources",
    "The ports of Antwerp and Zeebrugge have been one company since 2022.",
]


@transaction.atomic
def make_demo(template: BriefTemplate) -> None:
    """Makes what is missing of the demo's people and its brief; what is there stays as it is."""
    people = {person.email: _make_person(person) for person in CAST}
    if not Brief.objects.filter(slug=SLUG).exists():
        _Stage(people, template).play()


def _make_person(demonstrator: Demonstrator) -> User:
    known = User.objects.filter(email=demonstrator.email).first()
    if known:
        return known
    person = create_account(email=demonstrator.email, name=demonstrator.name, password=PASSWORD)
    if demonstrator.role is None:
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
    elif demonstrator.role is Role.MANAGER:
        person.user_permissions.add(
            *Permission.objects.filter(codename__in=["add_brief", "add_brieftemplate"])
        )
    return person


class _Stage:
    """The sample brief, from its import to where the demo finds it."""

    def __init__(self, people: dict[str, User], template: BriefTemplate) -> None:
        self.manager = people["manager@example.org"]
        self.editor = people["editor@example.org"]
        self.author = people["author@example.org"]
        self.second_author = people["author2@example.org"]
        reading = read_file(SAMPLE.read_bytes(), outline_of(template))
        imported = import_brief(reading, NewBrief(template, source=SAMPLE.name), by=self.manager)
        self.brief = imported.brief
        for person in CAST:
            if person.role not in (None, Role.MANAGER):
                add_member(self.brief, people[person.email], person.role, by=self.manager)

    def play(self) -> None:
        self._assign()
        for key in APPROVED:
            self._put_in_review(key)
            section = self._section(key)
            approve_section(section, by=self.editor, revision=section.version)
        self._release()
        self._ask_for_two_kinds(NEEDS_TWO)
        for key in IN_REVIEW:
            self._put_in_review(key)
        self._send_back(*SENT_BACK)
        self._add_point(*CHANGED_SINCE, by=self.second_author)
        self._add_point(*REWRITTEN, by=self.author)

    def _release(self) -> None:
        """A first edition, for a visit that doesn't wait: what is approved by then, and a reason
        for the rest."""
        standing = read_standing(self.brief)
        reasons = {section.node.key: RELEASED_BECAUSE for section in standing.unclear}
        release_brief(self.brief, Wish(standing.seen, uuid4(), reasons), by=self.manager)

    def _assign(self) -> None:
        today = timezone.localdate()
        shares = [
            ("opening", self.author, dt.timedelta(days=3)),
            ("overview", self.author, dt.timedelta(days=7)),
            ("strategic-importance", self.author, dt.timedelta(days=10)),
            ("challenges", self.second_author, dt.timedelta(days=1)),
            ("policy-goals", self.second_author, dt.timedelta(days=21)),
        ]
        for part, author, until in shares:
            assign_sections(
                self.brief,
                list(self.brief.sections.filter(part__key=part)),
                Assignment(author=author, reviewers=[self.editor], due_date=today + until),
                by=self.manager,
            )
        # Time passes in no demo, and nobody can be given a date that is past.
        late = self.brief.sections.filter(part__key="challenges")
        late.update(due_date=today - dt.timedelta(days=2))

    def _ask_for_two_kinds(self, key: str) -> None:
        """A section that the desk officer and the head of unit sign off, in this order."""
        for person, kind in ((self.editor, "desk"), (self.manager, "chief")):
            give_sign_offs(self.brief.memberships.get(user=person), [kind], by=self.manager)
        rule = ClearanceRule(2, ("desk", "chief"), in_order=True)
        set_clearance(self.brief, [self._section(key)], rule, by=self.manager)

    def _put_in_review(self, key: str) -> None:
        section = self._section(key)
        request_review(section, by=self.author, revision=section.version)

    def _send_back(self, key: str, comment: str) -> None:
        self._put_in_review(key)
        section = self._section(key)
        request_changes(section, by=self.editor, revision=section.version, comment=comment)

    def _add_point(self, key: str, prompt: str, point: str, *, by: User) -> None:
        section = self._section(key)
        text = f"{texts_now(section)[prompt]}\n- {point}"
        save_section(section, {prompt: text}, by=by, started_from=section.version)

    def _section(self, key: str) -> Section:
        return self.brief.sections.select_related("brief").get(key=key)
