"""Restoring: an ordinary edit that copies old words into a new revision."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.drafting.writing import lock_section, write_answers
from briefs.events import publish
from briefs.models import Activity, Revision, Section
from briefs.permissions import check_can_edit
from briefs.prompts import Question, questions_of, questions_then
from briefs.revisions import contributors_since_cleared, texts_of


@transaction.atomic
def restore_revision(
    section: Section,
    revision: Revision,
    *,
    by: User,
    started_from: int,
    prompts: Collection[str] | None = None,
) -> Revision | None:
    """Brings back the text of a revision, or of some of its prompts by key, as a new revision.

    `started_from` is the newest revision that the person saw; with a newer one it is refused, as
    they would put away words that they haven't read. Returns None when the text is the same
    already.
    """
    section = lock_section(section)
    check_can_edit(by, section)
    if revision.section_id != section.pk:
        raise PermissionDenied(_("That revision belongs to another section."))
    if started_from != section.version:
        raise PermissionDenied(
            _(
                "Somebody wrote in this section since you opened this page: it is now at "
                "revision %(number)s. "
                "Compare it first, then restore."
            )
            % {"number": section.version}
        )
    old = texts_of(revision)
    wanted = [q.key for q in restorable(section, revision) if prompts is None or q.key in prompts]
    restored = write_answers(
        section,
        {key: old.get(key, "") for key in wanted},
        by=by,
        kind=Revision.Kind.RESTORE,
        comment=_("from revision %(number)s") % {"number": revision.number},
        contributors={by, *_writers_of(section, revision)},
    )
    if restored:
        publish(
            Activity.Verb.SECTION_RESTORED,
            by=by,
            section=section,
            revision=restored,
            restored_from=revision.number,
            prompts=list(prompts) if prompts is not None else None,
        )
    return restored


def restorable(section: Section, revision: Revision) -> list[Question]:
    """What can be brought back from a revision: what was asked then and is still asked. What came
    later stays as it is, and a text whose prompt has gone is read in the revision itself."""
    then = {question.key for question in questions_then(section, revision)}
    return [question for question in questions_of(section) if question.key in then]


def _writers_of(section: Section, revision: Revision) -> QuerySet[User]:
    """Whose words a revision holds beyond those that had been approved by then: restored, they are
    still theirs, so that nobody approves their own."""
    writers = contributors_since_cleared(section, up_to=revision.number)
    return User.objects.filter(pk__in=writers)
