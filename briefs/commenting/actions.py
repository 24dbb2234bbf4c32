"""Remarks are made, answered, settled and given to somebody. They touch no text, so that they can
be made in review, too."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.commenting.mentions import mentions_in
from briefs.commenting.passages import anchor_in, working_texts
from briefs.document.anchors import MAX_QUOTE
from briefs.events import publish
from briefs.locks import lock_brief
from briefs.models import Activity, Brief, Comment, Section, actor_name
from briefs.models.comment import MAX_COMMENT
from briefs.permissions import check_can_comment, check_can_settle
from briefs.prompts import questions_of
from briefs.revisions import latest_revision

# So soon nobody says the same twice but by pressing a button twice.
AT_ONCE = dt.timedelta(minutes=1)


@transaction.atomic
def add_comment(
    section: Section,
    text: str,
    *,
    by: User,
    prompt_key: str = "",
    quote: str = "",
    before: str = "",
) -> Comment:
    """A remark on a section, on one of its prompts, or on the passage `quote` of a prompt, which
    has `before` before it. A passage that is gone meanwhile is kept as it was quoted.

    Raises `ValidationError` by field (`text`, `prompt_key`, `quote`). The same remark pressed twice
    is made once.
    """
    section.brief = lock_brief(section.brief)
    check_can_comment(by, section.brief)
    text = _checked(text)
    quote = " ".join(quote.split())
    _check_passage(section, prompt_key, quote)
    anchor = anchor_in(working_texts(section) if quote else {}, prompt_key, quote, before)
    said = Comment(
        section=section,
        text=text,
        prompt_key=prompt_key,
        quote=anchor.quote,
        before=anchor.before,
        after=anchor.after,
        position=anchor.position,
        revision=latest_revision(section),
    )
    return _say(said, Activity.Verb.COMMENT_ADDED, by=by)


@transaction.atomic
def reply_to(comment: Comment, text: str, *, by: User) -> Comment:
    """An answer to a remark, whether that is resolved or not. Raises `ValidationError` by field
    (`text`)."""
    comment = _locked(comment)
    check_can_comment(by, comment.section.brief)
    said = Comment(
        section=comment.section,
        parent=comment,
        text=_checked(text),
        revision=latest_revision(comment.section),
    )
    return _say(said, Activity.Verb.COMMENT_REPLIED, by=by)


@transaction.atomic
def resolve_comment(comment: Comment, *, by: User) -> Comment:
    """Settles a remark with all its replies; a task that it was is done."""
    comment = _locked(comment)
    check_can_settle(by, comment)
    if comment.is_resolved:
        raise PermissionDenied(_("This comment is resolved already."))
    comment.resolved_at = timezone.now()
    comment.resolved_by, comment.resolved_by_name = by, actor_name(by)
    comment.save(update_fields=["resolved_at", "resolved_by", "resolved_by_name"])
    _publish(Activity.Verb.COMMENT_RESOLVED, comment, by=by)
    return comment


@transaction.atomic
def reopen_comment(comment: Comment, *, by: User) -> Comment:
    """A settled remark is open again, and a task that it was is to be done again."""
    comment = _locked(comment)
    check_can_settle(by, comment)
    if not comment.is_resolved:
        raise PermissionDenied(_("This comment is open already."))
    comment.resolved_at = None
    comment.resolved_by, comment.resolved_by_name = None, ""
    comment.save(update_fields=["resolved_at", "resolved_by", "resolved_by_name"])
    _publish(Activity.Verb.COMMENT_REOPENED, comment, by=by)
    return comment


@transaction.atomic
def give_task(comment: Comment, person: User, due_date: dt.date, *, by: User) -> Comment:
    """Makes an open remark somebody's task until a day, or gives it to somebody else. Raises
    `ValidationError` by field (`person`) for who isn't a member."""
    comment = _locked(comment)
    brief = comment.section.brief
    check_can_settle(by, comment)
    if comment.is_resolved:
        raise PermissionDenied(_("This comment is resolved. Reopen it first."))
    if person.pk not in brief.roles or not person.is_active:
        raise ValidationError({"person": _("Choose a member of this brief.")})
    comment.task_for, comment.due_date = person, due_date
    comment.save(update_fields=["task_for", "due_date"])
    _publish(
        Activity.Verb.TASK_GIVEN,
        comment,
        by=by,
        name=person.get_full_name(),
        due_date=due_date.isoformat(),
    )
    return comment


def _locked(comment: Comment) -> Comment:
    """The remark as it is now, its brief locked; a reply stands for the remark that it answers."""
    brief = lock_brief(comment.section.brief)
    locked = Comment.objects.select_related("section").get(pk=comment.parent_id or comment.pk)
    locked.section.brief = brief
    return locked


def _say(said: Comment, verb: Activity.Verb, *, by: User) -> Comment:
    again = Comment.objects.filter(
        section=said.section,
        parent=said.parent,
        created_by=by,
        text=said.text,
        prompt_key=said.prompt_key,
        quote=said.quote,
        created_at__gt=timezone.now() - AT_ONCE,
    ).first()
    if again:
        return again
    said.created_by, said.created_by_name = by, actor_name(by)
    said.save()
    mentioned = mentions_in(said.text, _people_of(said.section.brief))
    said.mentioned.set(mentioned)
    names = [user.get_full_name() for user in mentioned]
    _publish(verb, said, by=by, mentioned=names)
    return said


def _publish(verb: Activity.Verb, comment: Comment, *, by: User, **detail: Any) -> None:
    section = comment.section
    publish(
        verb, by=by, section=section, revision=comment.revision, comment_id=comment.pk, **detail
    )


def _people_of(brief: Brief) -> list[User]:
    members = brief.memberships.filter(user__is_active=True).select_related("user")
    return [member.user for member in members]


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write the comment first.")})
    if len(text) > MAX_COMMENT:
        raise ValidationError(
            {"text": _("A comment has at most 5,000 characters. Shorten it, or make two.")}
        )
    return text


def _check_passage(section: Section, prompt_key: str, quote: str) -> None:
    if prompt_key and prompt_key not in {question.key for question in questions_of(section)}:
        raise ValidationError({"prompt_key": _("This section doesn't ask that any more.")})
    if quote and not prompt_key:
        raise ValidationError({"prompt_key": _("Choose the text in which this passage stands.")})
    if len(quote) > MAX_QUOTE:
        raise ValidationError(
            {"quote": _("A passage has at most 2,000 characters. Choose a shorter one.")}
        )
