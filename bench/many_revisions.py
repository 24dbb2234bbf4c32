"""Revisions by the thousand: the rows that a save leaves, without the saves.

Ten thousand saves take minutes. What is copied is what the last one left, row by row, as
`briefs.revisions.record_revision` and `briefs.events.publish` wrote it.
"""

import json
from collections.abc import Sequence
from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from reversion.models import Revision as StoredRevision
from reversion.models import Version

from briefs.models import Activity, Answer, Revision, Section
from briefs.revisions import latest_revision

AT_ONCE = 1000


def copy_last_revision(section: Section, to: int) -> None:
    """Give a section, saved at least once, all revision numbers up to that one; each of them has
    other words. The section's text itself stays as it was."""
    last = latest_revision(section)
    if last is None:
        raise ValueError("There is no revision to copy.")
    for first in range(last.number + 1, to + 1, AT_ONCE):
        _copy(section, last, range(first, min(first + AT_ONCE, to + 1)))


@transaction.atomic
def _copy(section: Section, last: Revision, numbers: Sequence[int]) -> None:
    stored = StoredRevision.objects.bulk_create(
        StoredRevision(
            date_created=timezone.now(), user_id=last.created_by_id, comment=last.stored.comment
        )
        for _ in numbers
    )
    versions = list(Version.objects.filter(revision=last.stored_id))
    Version.objects.bulk_create(
        _version(version, revision, number)
        for number, revision in zip(numbers, stored, strict=True)
        for version in versions
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            section=section,
            number=number,
            stored=revision,
            kind=last.kind,
            comment=last.comment,
            content_hash=sha256(f"{section.key} {number}".encode()).hexdigest(),
            words=last.words,
            created_by_id=last.created_by_id,
            created_by_name=last.created_by_name,
        )
        for number, revision in zip(numbers, stored, strict=True)
    )
    writers = Revision.contributors.through
    writers.objects.bulk_create(
        writers(revision=revision, user_id=person.pk)
        for revision in revisions
        for person in last.contributors.all()
    )
    Activity.objects.bulk_create(
        Activity(
            brief_id=section.brief_id,
            section=section,
            revision=revision,
            verb=Activity.Verb.SECTION_SAVED,
            actor_id=last.created_by_id,
            actor_name=last.created_by_name,
            detail={"merged": []},
        )
        for revision in revisions
    )
    Section.objects.filter(pk=section.pk).update(version=numbers[-1])


def _version(version: Version, stored: StoredRevision, number: int) -> Version:
    """What django-reversion keeps of one row; of an answer, with the number at the end of its
    text."""
    rows = json.loads(version.serialized_data)
    if version.content_type_id == ContentType.objects.get_for_model(Answer).pk:
        rows[0]["fields"]["text"] += f" {number}"
    return Version(
        revision=stored,
        object_id=version.object_id,
        content_type_id=version.content_type_id,
        db=version.db,
        format=version.format,
        serialized_data=json.dumps(rows, ensure_ascii=False),
        object_repr=version.object_repr,
    )
