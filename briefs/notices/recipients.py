"""Whom an act concerns, as primary keys of people. Whoever did it is taken out afterwards."""

from collections.abc import Iterable

from accounts.models import User
from briefs.models import Activity, Comment, Membership, Section
from briefs.review.tally import Tally

Role = Membership.Role


def asked_to_review(activity: Activity) -> Iterable[int | None]:
    """The section's reviewers; without any, all who decide on reviews in the brief. Where kinds of
    sign-offs are asked for, all who give one that it waits for now; in order, those whose turn it
    is once somebody has signed off."""
    section = _section(activity)
    if section.rule.kinds:
        return _whose_turn(activity, section)
    if activity.verb not in (Activity.Verb.REVIEW_REQUESTED, Activity.Verb.REVIEW_WITHDRAWN):
        return []
    return _reviewers(section) or _deciding(section)


def _whose_turn(activity: Activity, section: Section) -> Iterable[int | None]:
    is_new = activity.verb in (Activity.Verb.REVIEW_REQUESTED, Activity.Verb.REVIEW_WITHDRAWN)
    if not is_new and section.status != Section.Status.IN_REVIEW:
        return []
    tally = Tally(section)
    if not is_new and not (section.rule.in_order and tally.missing):
        return []
    waiting = User.objects.filter(pk__in=_deciding(section)).exclude(pk__in=tally.given)
    return [user.pk for user in waiting if tally.to_give(user)]


def others_who_decide(activity: Activity) -> Iterable[int | None]:
    return _deciding(_section(activity))


def _reviewers(section: Section) -> list[int]:
    return list(section.reviewers.order_by().values_list("pk", flat=True))


def _deciding(section: Section) -> Iterable[int]:
    deciding = Membership.objects.filter(brief=section.brief_id, role__in=Membership.DECIDING)
    return deciding.order_by().values_list("user_id", flat=True)


def concerned_by_decision(activity: Activity) -> Iterable[int | None]:
    """Who writes the section, who asked, and who reviews it."""
    section = _section(activity)
    return [section.author_id, section.review_requested_by_id, *_reviewers(section)]


def newly_assigned(activity: Activity) -> Iterable[int | None]:
    section, changed = _section(activity), activity.detail.get("changed", [])
    # A new date is news for whoever has the section already.
    if "due_date" in changed:
        return [section.author_id, *_reviewers(section)]
    author = [section.author_id] if "author" in changed else []
    return [*author, *activity.detail.get("new_reviewers", [])]


def all_members(activity: Activity) -> Iterable[int | None]:
    members = Membership.objects.filter(brief=activity.brief_id)
    return members.order_by().values_list("user_id", flat=True)


def the_member(activity: Activity) -> Iterable[int | None]:
    return [activity.detail.get("user")]


def writers_of_section(activity: Activity) -> Iterable[int | None]:
    section = _section(activity)
    return [section.author_id, *_reviewers(section)]


def in_the_thread(activity: Activity) -> Iterable[int | None]:
    """Who made the remark that is answered, who answered it before, and whose task it is."""
    thread = _comment(activity).parent
    if thread is None:
        return []
    replies = thread.replies.order_by().values_list("created_by_id", flat=True)
    return [thread.created_by_id, thread.task_for_id, *replies]


def mentioned(activity: Activity) -> Iterable[int | None]:
    return _comment(activity).mentioned.order_by().values_list("pk", flat=True)


def given_the_task(activity: Activity) -> Iterable[int | None]:
    return [_comment(activity).task_for_id]


def answering_suggestions(activity: Activity) -> Iterable[int | None]:
    """Who writes the section, and who asked for its review."""
    section = _section(activity)
    return [section.author_id, section.review_requested_by_id]


def maker_of_suggestion(activity: Activity) -> Iterable[int | None]:
    return [activity.detail.get("made_by")]


def nobody(_activity: Activity) -> Iterable[int | None]:
    """For what comes by the calendar."""
    return []


def _section(activity: Activity) -> Section:
    if activity.section is None:
        raise ValueError(f"“{activity}” is on no section.")
    return activity.section


def _comment(activity: Activity) -> Comment:
    return Comment.objects.select_related("parent").get(pk=activity.detail["comment_id"])
