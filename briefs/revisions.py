"""The revisions of a section. The only module that knows django-reversion.

A revision is one section with its own answers, recorded by hand inside the action's transaction.
`Version.revert()` is never called: it would restore every column. Restoring is an ordinary edit
that copies the wanted text.
"""

import json
from collections.abc import Collection, Iterable

import reversion
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from reversion.models import Version

from accounts.models import User
from briefs.models import Answer, Prompt, Revision, Section, SignOff, actor_name

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


def latest_revision(section: Section) -> Revision | None:
    """The revision that the section's text is, None when nothing was ever written."""
    return section.revisions.order_by("-number").first()


def revisions_of(section: Section) -> QuerySet[Revision]:
    """All revisions, newest first, with who made them and their sign-offs."""
    return section.revisions.select_related("created_by").prefetch_related(
        "sign_offs", "contributors"
    )


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


def last_cleared_number(section: Section) -> int:
    """The number of the revision that last got every sign-off, 0 when none did."""
    last = (
        SignOff.objects.filter(section=section, clears_section=True)
        .order_by("-revision__number")
        .values_list("revision__number", flat=True)
        .first()
    )
    return last or 0


def contributors_since_cleared(section: Section) -> set[int]:
    """Primary keys of the people whose words came in after the last approved revision."""
    return set(
        Revision.contributors.through.objects.filter(
            revision__section=section, revision__number__gt=last_cleared_number(section)
        )
        .values_list("user_id", flat=True)
        .distinct()
    )
