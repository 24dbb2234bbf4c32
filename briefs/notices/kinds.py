"""The kinds of notices: one entry each. A new kind needs nothing else.

When an act is of several kinds for one person, the first in the table is what they are told.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from briefs.models import Activity
from briefs.models.notice import Delivery
from briefs.notices import recipients

Verb = Activity.Verb
Words = str | Promise  # said in the reader's language
AT_ONCE, DAILY = Delivery.AT_ONCE, Delivery.DAILY


@dataclass(frozen=True, slots=True)
class Kind:
    """`says` has a sentence for each act that it is of, in which %(name)s did it; a kind that comes
    by the calendar has one under its own key. `shows_change`: its mail has what changed in the
    section since this person knew it. `is_gathered`: what comes within a minute is one mail, as
    many sections are assigned at once. `page` is where it leads to: by default the section, or the
    brief."""

    key: str
    label: Words
    default: Delivery
    people: Callable[[Activity], Iterable[int | None]]
    says: Mapping[str, Words] = field(hash=False)
    shows_change: bool = False
    page: str = ""
    is_gathered: bool = False


KINDS = (
    Kind(
        "review_asked",
        _("You are asked to review a section"),
        AT_ONCE,
        recipients.asked_to_review,
        {
            Verb.REVIEW_REQUESTED: _("%(name)s asks you to review “%(section)s”"),
            Verb.SECTION_APPROVED: _("“%(section)s” now waits for your sign-off"),
            Verb.DECISION_SEALED: _("“%(section)s” now waits for your sign-off"),
        },
        shows_change=True,
        page="section_review",
    ),
    Kind(
        "countersign",
        _("A section is approved without all sign-offs and waits for a second person"),
        AT_ONCE,
        recipients.others_who_decide,
        {Verb.SECTION_OVERRIDDEN: _("%(name)s approved “%(section)s” without all sign-offs")},
        shows_change=True,
        page="section_review",
    ),
    Kind(
        "approved",
        _("A section that you write or review is approved"),
        AT_ONCE,
        recipients.concerned_by_decision,
        {
            Verb.SECTION_APPROVED: _("%(name)s approved “%(section)s”"),
            Verb.SECTION_OVERRIDDEN: _("%(name)s approved “%(section)s” without all sign-offs"),
        },
        shows_change=True,
    ),
    Kind(
        "changes_requested",
        _("Changes are requested in a section that you write or review"),
        AT_ONCE,
        recipients.concerned_by_decision,
        {Verb.CHANGES_REQUESTED: _("%(name)s requested changes in “%(section)s”")},
        shows_change=True,
    ),
    Kind(
        "review_withdrawn",
        _("A request for your review is withdrawn"),
        DAILY,
        recipients.asked_to_review,
        {Verb.REVIEW_WITHDRAWN: _("%(name)s withdrew the request for review of “%(section)s”")},
    ),
    Kind(
        "mentioned",
        _("You are mentioned in a comment"),
        AT_ONCE,
        recipients.mentioned,
        {
            Verb.COMMENT_ADDED: _("%(name)s mentioned you in a comment on “%(section)s”"),
            Verb.COMMENT_REPLIED: _("%(name)s mentioned you in a reply on “%(section)s”"),
        },
        page="comment_list",
    ),
    Kind(
        "task",
        _("A comment becomes your task"),
        AT_ONCE,
        recipients.given_the_task,
        {Verb.TASK_GIVEN: _("%(name)s gave you a task in “%(section)s”")},
        page="comment_list",
    ),
    Kind(
        "reply",
        _("Somebody replies where you commented"),
        AT_ONCE,
        recipients.in_the_thread,
        {Verb.COMMENT_REPLIED: _("%(name)s replied to a comment on “%(section)s”")},
        page="comment_list",
    ),
    Kind(
        "comment",
        _("Somebody comments on a section that you write or review"),
        DAILY,
        recipients.writers_of_section,
        {Verb.COMMENT_ADDED: _("%(name)s commented on “%(section)s”")},
        page="comment_list",
    ),
    Kind(
        "suggestion",
        _("Other words are suggested for a text of yours"),
        AT_ONCE,
        recipients.answering_suggestions,
        {Verb.SUGGESTION_MADE: _("%(name)s suggested other words in “%(section)s”")},
        page="section_review",
    ),
    Kind(
        "suggestion_answered",
        _("A suggestion of yours is answered"),
        DAILY,
        recipients.maker_of_suggestion,
        {
            Verb.SUGGESTION_ACCEPTED: _("%(name)s accepted your suggestion in “%(section)s”"),
            Verb.SUGGESTION_DECLINED: _("%(name)s declined your suggestion in “%(section)s”"),
        },
        page="section_review",
    ),
    Kind(
        "assigned",
        _("A section is assigned to you, or its date changes"),
        AT_ONCE,
        recipients.newly_assigned,
        {Verb.SECTION_ASSIGNED: _("%(name)s assigned “%(section)s” to you, or changed its date")},
        is_gathered=True,
    ),
    Kind(
        "due_soon",
        _("A section of yours is due within three days"),
        DAILY,
        recipients.nobody,
        {"due_soon": _("“%(section)s” is due on %(day)s")},
    ),
    Kind(
        "overdue",
        _("A section of yours is overdue"),
        DAILY,
        recipients.nobody,
        {"overdue": _("“%(section)s” was due on %(day)s")},
    ),
    Kind(
        "released",
        _("A brief of yours is released as an edition"),
        DAILY,
        recipients.all_members,
        {Verb.BRIEF_RELEASED: _("%(name)s released edition %(edition)s")},
        page="edition_list",
    ),
    Kind(
        "membership",
        _("You are added to a brief, removed, or get another role"),
        AT_ONCE,
        recipients.the_member,
        {
            Verb.MEMBER_ADDED: _("%(name)s made you a member. Your role: %(role)s"),
            Verb.MEMBER_CHANGED: _("%(name)s changed what you may do. Your role: %(role)s"),
            Verb.MEMBER_REMOVED: _("%(name)s ended your membership of this brief"),
        },
    ),
)

BY_KEY = {kind.key: kind for kind in KINDS}
