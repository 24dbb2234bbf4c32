"""Briefs and revisions to measure with, made by the actions that people use."""

from itertools import count
from pathlib import Path

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from bench.many_revisions import copy_last_revision
from briefs import importing
from briefs.brief_templates.actions import load_brief_template
from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.brief_templates.outlines import outline_of
from briefs.commenting.actions import add_comment
from briefs.drafting.actions import save_section
from briefs.importing.actions import NewBrief, import_brief
from briefs.importing.reading import read_file
from briefs.models import Activity, Brief, Membership, Notice, Section
from briefs.prompts import questions_of, texts_now
from briefs.review.actions import approve_section, request_review, withdraw_review

SAMPLE_FILE = Path(importing.__file__).parent / "sample" / "belgium.md"
APPROVED_SECTIONS = 4
SECTIONS_IN_REVIEW = 4
# A text of 40 KB.
LONG_PARAGRAPHS = 100
LONG_WORDS = " ".join(["words of the usual length"] * 13)


class Sample:
    """An installation that grows: briefs of 40 sections each, with the shipped sample's text, of
    which some are approved and some in review."""

    def __init__(self) -> None:
        outline = read_outline(SHIPPED_FILE.read_text(encoding="utf-8"))
        self.template = load_brief_template(outline, by=None).template
        self.manager = _person("Mia Manager")
        self.manager.user_permissions.add(Permission.objects.get(codename="add_brief"))
        self.author = _person("Ada Author")
        self.editor = _person("Edith Editor")
        self.briefs = 0
        self._numbers = count(1)

    @property
    def brief(self) -> Brief:
        """The one that is looked at, the same at every size."""
        return Brief.objects.select_related("template").earliest("pk")

    def section(self, place: int) -> Section:
        """A section of that brief with text in it, by its place among them."""
        sections = self.brief.sections.filter(words__gt=0).in_outline_order()
        return sections.select_related("brief__template")[place]

    def grow_briefs(self, to: int) -> None:
        """Import briefs until there are that many."""
        while self.briefs < to:
            brief = self.import_one()
            Membership.objects.create(brief=brief, user=self.author, role="author")
            Membership.objects.create(brief=brief, user=self.editor, role="editor")
            brief.sections.update(author=self.author)
            self._review(brief)
            self.briefs += 1

    def import_one(self) -> Brief:
        """A new brief of the sample file, as an upload makes it."""
        reading = read_file(SAMPLE_FILE.read_bytes(), outline_of(self.template))
        new = NewBrief(self.template, title=f"Country {next(self._numbers)}", source="sample.md")
        return import_brief(reading, new, by=self.manager).brief

    def import_and_undo(self) -> None:
        """The same without its commit, so that measuring doesn't change what is measured."""
        with transaction.atomic():
            self.import_one()
            transaction.set_rollback(True)

    def grow_revisions(self, place: int, to: int) -> None:
        """Give a section that many revisions, at least four: the imported one; an approved one; as
        many as it takes; and last a saved one, which is what its text is."""
        section = self.section(place)
        if _version(section) == 1:
            self.save(section)
            self._approve(section)
            self.save(section)
        copy_last_revision(section, to - 1)
        self.save(section)

    def grow_acts(self, to: int) -> None:
        """Write the record of the brief on until it holds that many acts: saves of all sections, by
        the one and the other."""
        sections = list(self.brief.sections.values_list("pk", flat=True))
        people = [self.author, self.editor, self.manager]
        missing = to - self.brief.activities.count()
        acts = [
            Activity(
                brief=self.brief,
                section_id=sections[number % len(sections)],
                verb=Activity.Verb.SECTION_SAVED,
                actor=people[number % len(people)],
                actor_name=people[number % len(people)].name,
                detail={"merged": []},
            )
            for number in range(missing)
        ]
        Activity.objects.bulk_create(acts, batch_size=1000)

    def grow_comments(self, to: int) -> None:
        """Give a section of 40 KB, in review and changed in every third paragraph since it was
        approved, that many comments on its passages."""
        section = self.section(2)
        prompt = questions_of(section)[0].key
        if "Long." not in texts_now(section).get(prompt, ""):
            self._write_long(section, prompt)
        for number in range(section.comments.count(), to):
            at = number % LONG_PARAGRAPHS
            add_comment(
                section,
                f"Number {number}: says who?",
                by=self.editor,
                prompt_key=prompt,
                quote=f"paragraph {at} has its own number",
            )

    def _write_long(self, section: Section, prompt: str) -> None:
        paragraphs = [
            f"Long. The paragraph {at} has its own number and some {LONG_WORDS}."
            for at in range(LONG_PARAGRAPHS)
        ]
        for step in range(2):
            paragraphs = [
                text.replace("some", "some more") if step and at % 3 == 0 else text
                for at, text in enumerate(paragraphs)
            ]
            save_section(
                section,
                {prompt: "\n\n".join(paragraphs)},
                by=self.author,
                started_from=_version(section),
            )
            if step == 0:
                self._approve(section)
        self.request_review(section)

    def grow_notices(self, to: int) -> None:
        """Write to the editor until they have that many notices, each of an act of its own."""
        missing = max(0, to - Notice.objects.filter(user=self.editor).count())
        acts = self.brief.activities.exclude(section=None).exclude(actor=self.editor)
        told = Notice.objects.filter(user=self.editor, activity=OuterRef("pk"))
        untold = acts.filter(~Exists(told)).select_related("section").order_by("pk")[:missing]
        Notice.objects.bulk_create(
            [
                Notice(
                    user=self.editor,
                    kind="comment",
                    activity=act,
                    brief_id=act.brief_id,
                    section=act.section,
                    delivery="none",
                )
                for act in untold
            ],
            batch_size=1000,
        )

    def save(self, section: Section) -> None:
        """Change one sentence of a section's first text."""
        key = questions_of(section)[0].key
        text = texts_now(section).get(key, "").partition("\n\nSentence number ")[0]
        text += f"\n\nSentence number {next(self._numbers)} is new."
        save_section(section, {key: text}, by=self.author, started_from=_version(section))

    def request_review(self, section: Section) -> None:
        request_review(section, by=self.author, revision=_version(section))

    def withdraw_review(self, section: Section) -> None:
        withdraw_review(section, by=self.author, revision=_version(section))

    def _review(self, brief: Brief) -> None:
        """From the end of the outline, as the sections that are measured are at its start."""
        sections = list(brief.sections.filter(words__gt=0).in_outline_order().reverse())
        for section in sections[:SECTIONS_IN_REVIEW]:
            self.request_review(section)
        for section in sections[SECTIONS_IN_REVIEW : SECTIONS_IN_REVIEW + APPROVED_SECTIONS]:
            self._approve(section)

    def _approve(self, section: Section) -> None:
        self.request_review(section)
        approve_section(section, by=self.editor, revision=_version(section))


def _person(name: str) -> User:
    return User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.org", name=name)


def _version(section: Section) -> int:
    return Section.objects.values_list("version", flat=True).get(pk=section.pk)
