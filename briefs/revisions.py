"""The revisions of a section. The only module that knows django-reversion.

A revision is one section with its own answers, recorded by hand inside the action's transaction.
`Version.revert()` is never called: it would restore every column. Restoring is an ordinary edit
that copies the wanted text.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from reversion.models import Revision as _StoredRevision
from reversion.models import Version

from accounts.models import User
from briefs.models import Answer, Prompt, Revision, Section, actor_name

# The library's own rows of a revision, for whoever takes away or brings back a whole brief.
StoredRevision, StoredVersion = _StoredRevision, Version

OWN_BODY = "body"  # the one prompt key of a section of the brief's own

reversion.register(Section, fields=("brief", "key", "own_title", "section_template", "asked_since"))
reversion.register(Answer, fields=("section", "prompt", "text"))


def record_revision(
    section: Section,
    answers: Iterable[Answer],
    *,
    by: User | None,
    contributors: Collection[User],
    kind: Revision.Kind,
    comment: str = "",
) -> Revision:
    """Records the section as it stands now, under the next number, and returns it. The caller holds
    the section's lock and has stored `answers`, `content_hash` and `words`; `section.version` is
    set to the new number but not saved."""
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(by)
        reversion.set_comment(comment or kind.label)
        reversion.add_to_revision(section)
        for answer in answers:
            reversion.add_to_revision(answer)
    stored = Version.objects.get_for_object(section).select_related("revision")[0].revision
    section.version += 1
    revision = Revision.objects.create(
        section=section,
        number=section.version,
        stored=stored,
        kind=kind,
        comment=comment,
        content_hash=section.content_hash,
        words=section.words,
        created_by=by,
        created_by_name=actor_name(by),
    )
    revision.contributors.set(contributors)
    return revision


def note_log_seq(revision: Revision, seq: int) -> None:
    """Says up to which edit of the section's log a new revision goes."""
    revision.log_seq = seq
    revision.save(update_fields=["log_seq"])


def latest_revision(section: Section) -> Revision | None:
    """The revision that the section's text is, None when nothing was ever written."""
    return section.revisions.order_by("-number").first()


def newest_if_seen(section: Section, number: int) -> Revision:
    """The newest revision, if it is the one that somebody had on the screen. Raises
    `PermissionDenied` when it isn't."""
    revision = latest_revision(section)
    if revision is None or revision.number != number:
        raise PermissionDenied(
            _(
                "The text has changed since you opened this page: it is now at revision "
                "%(number)s. "
                "Read what is new, then decide."
            )
            % {"number": section.version}
        )
    return revision


def texts_of(revision: Revision) -> dict[str, str]:
    """The text under each prompt as it was at that revision, by the key that the prompt has now;
    prompts without text are missing. One that isn't asked any more has the key of then."""
    return texts_of_many([revision])[revision.pk]


def texts_of_many(revisions: Collection[Revision]) -> dict[int, dict[str, str]]:
    """`texts_of()` by the revision's primary key, in three queries for any number of revisions."""
    answers = _stored_answers(revisions)
    named = {prompt for each in answers.values() for prompt, _text in each if prompt}
    prompts = _prompts_of(revisions, Q(pk__in=named))
    texts: dict[int, dict[str, str]] = {revision.pk: {} for revision in revisions}
    for revision in revisions:
        for prompt, text in answers[revision.pk]:
            key = prompts.key_now(revision.section_id, prompt) if prompt else OWN_BODY
            texts[revision.pk][key] = text
    return texts


@dataclass(frozen=True, slots=True)
class AskedThen:
    """How a section was asked in one of its revisions: its key, the version since which it was
    asked so, and its prompts, each with the key that it has now, or else the one of then. A section
    of the brief's own has no prompts."""

    section_key: str
    asked_since: int
    is_own: bool
    prompts: tuple[tuple[str, Prompt], ...]


def asked_then(revisions: Collection[Revision]) -> dict[int, AskedThen]:
    """By the revision's primary key, in three queries for any number of revisions."""
    stored = {revision.stored_id: revision for revision in revisions}
    rows = Version.objects.filter(
        revision_id__in=stored, content_type=ContentType.objects.get_for_model(Section)
    ).values_list("revision_id", "serialized_data")
    fields = {stored[pk]: json.loads(data)[0]["fields"] for pk, data in rows}
    templates = {each["section_template"] for each in fields.values()} - {None}
    prompts = _prompts_of(revisions, Q(section_template__in=templates))
    return {
        revision.pk: _asked_then(revision, each["key"], each["section_template"], prompts)
        for revision, each in fields.items()
    }


def _asked_then(
    revision: Revision, key: str, template: int | None, prompts: "_Prompts"
) -> AskedThen:
    if template is None:
        asked_since = prompts.sections[revision.section_id].asked_since
        return AskedThen(key, asked_since, is_own=True, prompts=())
    of_template = [row for row in prompts.rows.values() if row.section_template_id == template]
    of_template.sort(key=lambda prompt: prompt.position)
    asked = tuple((prompts.key_now_of(revision.section_id, row), row) for row in of_template)
    return AskedThen(key, of_template[0].section_template.asked_since, is_own=False, prompts=asked)


@dataclass(frozen=True, slots=True)
class _Prompts:
    """The prompts and sections by primary key, and the key of each prompt that a section has now,
    by lineage."""

    rows: dict[int, Prompt]
    sections: dict[int, Section]
    now: dict[int, dict[str, str]]

    def key_now(self, section: int, prompt: int) -> str:
        return self.key_now_of(section, self.rows[prompt])

    def key_now_of(self, section: int, prompt: Prompt) -> str:
        now = self.now.get(section, {})
        if prompt.lineage in now:
            return now[prompt.lineage]
        # A key that something else has now: no key of a prompt holds the sign.
        return f"{prompt.key}@{prompt.pk}" if prompt.key in now.values() else prompt.key


def _stored_answers(
    revisions: Collection[Revision],
) -> dict[int, list[tuple[int | None, str]]]:
    """By the revision's primary key, the primary key of each prompt that has text, and that."""
    stored = {revision.stored_id: revision.pk for revision in revisions}
    rows = Version.objects.filter(
        revision_id__in=stored, content_type=ContentType.objects.get_for_model(Answer)
    ).values_list("revision_id", "serialized_data")
    answers: dict[int, list[tuple[int | None, str]]] = {pk: [] for pk in stored.values()}
    for pk, data in rows:
        fields = json.loads(data)[0]["fields"]
        if fields["text"]:
            answers[stored[pk]].append((fields["prompt"], fields["text"]))
    return answers


def _prompts_of(revisions: Collection[Revision], wanted: Q) -> _Prompts:
    """The wanted prompts, and those that the sections of the revisions have now."""
    sections = Section.with_retired.in_bulk({revision.section_id for revision in revisions})
    asked = {section.section_template_id for section in sections.values()} - {None}
    found = Prompt.objects.filter(wanted | Q(section_template__in=asked)).order_by()
    rows = {prompt.pk: prompt for prompt in found.select_related("section_template")}
    of_template: dict[int | None, dict[str, str]] = {}
    for prompt in rows.values():
        of_template.setdefault(prompt.section_template_id, {})[prompt.lineage] = prompt.key
    now = {pk: of_template.get(row.section_template_id, {}) for pk, row in sections.items()}
    return _Prompts(rows, sections, now)


def is_cleared(section: Section) -> bool:
    """Whether the section's text got every sign-off, now or when it was this text before."""
    return section.sign_offs.filter(content_hash=section.content_hash, clears_section=True).exists()


def last_cleared_number(section: Section, *, up_to: int | None = None) -> int:
    """The number of the newest revision, at most `up_to`, whose text got every sign-off, whichever
    way it came there; 0 when none did."""
    cleared = section.revisions.cleared().order_by("-number")
    if up_to is not None:
        cleared = cleared.filter(number__lte=up_to)
    return cleared.values_list("number", flat=True).first() or 0


def _last_vouched_number(section: Section, *, up_to: int | None) -> int:
    """As `last_cleared_number`, but an override counts once somebody has countersigned it: else
    whoever overrode for words of their own could approve them by the next revision."""
    vouched = section.revisions.vouched().order_by("-number")
    if up_to is not None:
        vouched = vouched.filter(number__lte=up_to)
    return vouched.values_list("number", flat=True).first() or 0


def contributors_since_cleared(section: Section, *, up_to: int | None = None) -> set[int]:
    """Primary keys of the people whose words came in after the last approved revision, up to one of
    the revisions or to the newest."""
    return _contributors(section, since=_last_vouched_number(section, up_to=up_to), up_to=up_to)


def _contributors(section: Section, *, since: int, up_to: int | None) -> set[int]:
    writing = Revision.contributors.through.objects.filter(
        revision__section=section, revision__number__gt=since
    )
    if up_to is not None:
        writing = writing.filter(revision__number__lte=up_to)
    return set(writing.values_list("user_id", flat=True).distinct())


def writers_of(revision: Revision) -> set[int]:
    """Primary keys of the people whose words came in after the approved text before this one: those
    whose words it holds, were it not approved itself."""
    return _contributors(
        revision.section,
        since=_last_vouched_number(revision.section, up_to=revision.number - 1),
        up_to=revision.number,
    )
