"""The revisions of a section. The only module that knows django-reversion.

A revision is one section with its own answers, recorded by hand inside the action's transaction.
`Version.revert()` is never called: it would restore every column. Restoring is an ordinary edit
that copies the wanted text.
"""

import json
from collections.abc import Collection, Iterable

import reversion
from django.contrib.contenttypes.models import ContentType
from reversion.models import Version

from accounts.models import User
from briefs.models import Answer, Prompt, Revision, Section, actor_name

OWN_BODY = "body"  # the one prompt key of a section of the brief's own

reversion.register(Section, fields=("brief", "key", "own_title", "section_template"))
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


def texts_of(revision: Revision) -> dict[str, str]:
    """The text under each prompt key as it was at that revision; prompts without text are
    missing."""
    return texts_of_many([revision])[revision.pk]


def texts_of_many(revisions: Collection[Revision]) -> dict[int, dict[str, str]]:
    """`texts_of()` by the revision's primary key, in two queries for any number of revisions."""
    stored = {revision.stored_id: revision.pk for revision in revisions}
    rows = Version.objects.filter(
        revision_id__in=stored, content_type=ContentType.objects.get_for_model(Answer)
    ).values_list("revision_id", "serialized_data")
    answers = [(stored[pk], json.loads(data)[0]["fields"]) for pk, data in rows]
    prompt_keys = dict(
        Prompt.objects.filter(pk__in={fields["prompt"] for _, fields in answers}).values_list(
            "pk", "key"
        )
    )
    texts: dict[int, dict[str, str]] = {revision.pk: {} for revision in revisions}
    for pk, fields in answers:
        if fields["text"]:
            texts[pk][prompt_keys.get(fields["prompt"], OWN_BODY)] = fields["text"]
    return texts


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


def contributors_since_cleared(section: Section, *, up_to: int | None = None) -> set[int]:
    """Primary keys of the people whose words came in after the last approved revision, up to one of
    the revisions or to the newest."""
    writing = Revision.contributors.through.objects.filter(
        revision__section=section,
        revision__number__gt=last_cleared_number(section, up_to=up_to),
    )
    if up_to is not None:
        writing = writing.filter(revision__number__lte=up_to)
    return set(writing.values_list("user_id", flat=True).distinct())
