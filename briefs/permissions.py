"""Who may do what in a brief. Each rule stands here once: actions raise it, pages show its
sentence.

A rule takes the person and the thing, returns nothing, and raises `PermissionDenied` with a
sentence that says what to do. What the *state* of a section allows is in
`briefs.review.transitions`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.models import (
    Brief,
    Bundle,
    BundleItem,
    Comment,
    Membership,
    Section,
    SignOff,
    Suggestion,
)

Role = Membership.Role
RANK = {Role.VIEWER: 1, Role.AUTHOR: 2, Role.EDITOR: 3, Role.MANAGER: 4}


def role_in(brief: Brief, user: User) -> Membership.Role | None:
    """Somebody's role as a member; None for a stranger and for a superuser who isn't one."""
    role = brief.roles.get(user.pk)
    return Role(role) if role else None


def has_rank(brief: Brief, user: User, role: Membership.Role) -> bool:
    """Whether somebody has at least that role. A superuser counts as a manager, except in
    reviews."""
    own = role_in(brief, user)
    return user.is_superuser or (own is not None and RANK[own] >= RANK[role])


def refusal(rule: Callable[..., None], *about: Any) -> str:
    """The sentence with which a rule refuses, blank when it allows: for a control that is shown
    disabled."""
    try:
        rule(*about)
    except PermissionDenied as denied:
        return str(denied)
    return ""


def check_can_view(user: User, brief: Brief) -> None:
    """Every member reads and exports."""
    if not has_rank(brief, user, Role.VIEWER):
        raise PermissionDenied(_("You are not a member of this brief."))


def check_can_fetch(user: User, bundle: Bundle) -> None:
    """Whoever has left a brief doesn't get it in a file that was made before, either."""
    seen = Brief.objects.visible_to(user)
    done = bundle.items.filter(status=BundleItem.Status.DONE)
    if done.exclude(brief__in=seen).exists():
        raise PermissionDenied(
            _("You are no longer a member of every brief in this file. Export the briefs again.")
        )


def check_can_add_brief(user: User) -> None:
    """Making and importing briefs is a right of the installation, not of a brief."""
    if not user.has_perm("briefs.add_brief"):
        raise PermissionDenied(
            _("You may not make briefs. Ask an administrator for the right to add briefs.")
        )


def check_can_see_outlines(user: User) -> None:
    """Drafts of outlines are seen by those who edit them and by whoever may look at templates."""
    if not (
        user.has_perm("briefs.view_brieftemplate") or user.has_perm("briefs.add_brieftemplate")
    ):
        raise PermissionDenied(
            _("You may not see the outlines. Ask an administrator for the right to view templates.")
        )


def check_can_edit_outlines(user: User) -> None:
    """Outlines are loaded, drafted and published by a right of the installation."""
    if not user.has_perm("briefs.add_brieftemplate"):
        raise PermissionDenied(
            _("You may not change brief templates. Ask an administrator for the right to add them.")
        )


def check_can_change_house_style(user: User) -> None:
    """In whose name briefs are printed is the installation's matter, not a brief's."""
    if not user.has_perm("briefs.change_housestyle"):
        raise PermissionDenied(
            _(
                "You may not change how briefs are printed. Ask an administrator for the right to "
                "change the house style."
            )
        )


def check_is_in_use(brief: Brief) -> None:
    """Nothing changes in an archived brief."""
    if brief.is_archived:
        raise PermissionDenied(
            _("This brief is archived and can only be read. A manager can bring it back.")
        )


def check_can_write(user: User, brief: Brief) -> None:
    """Authors, editors and managers write in every section of the brief."""
    check_is_in_use(brief)
    if not has_rank(brief, user, Role.AUTHOR):
        raise PermissionDenied(
            _(
                "You can read this brief but not write in it. Ask a manager of the brief for "
                "a role that writes."
            )
        )


def check_can_comment(user: User, brief: Brief) -> None:
    """Whoever has a role that writes comments, and those viewers whose membership says so."""
    check_is_in_use(brief)
    if not has_rank(brief, user, Role.AUTHOR) and user.pk not in brief.commenting_viewers:
        raise PermissionDenied(
            _(
                "You can read this brief but not comment on it. Ask a manager of the brief to let "
                "you comment."
            )
        )


def check_can_settle(user: User, comment: Comment) -> None:
    """Whoever commented, and whoever writes in the brief, resolves and reopens a comment."""
    brief = comment.section.brief
    check_can_comment(user, brief)
    if user.pk != comment.created_by_id and not has_rank(brief, user, Role.AUTHOR):
        raise PermissionDenied(
            _("Only who made this comment, or who writes in the brief, can settle it.")
        )


def check_can_edit(user: User, section: Section) -> None:
    """A section in review is read-only for everyone."""
    check_can_write(user, section.brief)
    if section.is_retired:
        raise PermissionDenied(
            _(
                "This section is no longer in the outline of the brief. Its text waits among the "
                "brief's texts without a place; its history stays here."
            )
        )
    if section.status == Section.Status.IN_REVIEW:
        raise PermissionDenied(
            _(
                "This section is in review, so its text can't change. "
                "Withdraw the request for review, or wait for the decision."
            )
        )


def check_can_suggest(user: User, brief: Brief) -> None:
    """Who decides on reviews suggests other words, and viewers who may comment: it takes members,
    as with decisions."""
    check_is_in_use(brief)
    role = role_in(brief, user)
    if role in Membership.DECIDING or (role == Role.VIEWER and user.pk in brief.commenting_viewers):
        return
    raise PermissionDenied(
        _(
            "Only editors and managers of this brief, and viewers who may comment, suggest other "
            "words. Authors write them, when the text is not in review."
        )
    )


def check_can_answer_suggestions(user: User, section: Section) -> None:
    """The section's author, who asked for review, or a manager."""
    check_is_in_use(section.brief)
    is_theirs = user.pk in (section.author_id, section.review_requested_by_id)
    if has_rank(section.brief, user, Role.MANAGER) or (
        is_theirs and has_rank(section.brief, user, Role.AUTHOR)
    ):
        return
    raise PermissionDenied(
        _(
            "Only the section's author, the person who asked for review, or a manager accepts or "
            "declines suggestions."
        )
    )


def check_is_not_own_suggestion(user: User, suggestion: Suggestion) -> None:
    """Nobody puts their own words past the freeze."""
    if user.pk == suggestion.made_by_id:
        raise PermissionDenied(
            _("This is your own suggestion: somebody else accepts it. You can withdraw it.")
        )


def check_can_withdraw_suggestion(user: User, suggestion: Suggestion) -> None:
    """Who made it takes it back."""
    check_is_in_use(suggestion.section.brief)
    if user.pk != suggestion.made_by_id or role_in(suggestion.section.brief, user) is None:
        raise PermissionDenied(_("Only the person who made this suggestion can withdraw it."))


def check_can_withdraw_review(user: User, section: Section) -> None:
    """The section's author, who asked, or a manager."""
    check_is_in_use(section.brief)
    is_theirs = user.pk in (section.author_id, section.review_requested_by_id)
    if has_rank(section.brief, user, Role.MANAGER) or (
        is_theirs and has_rank(section.brief, user, Role.AUTHOR)
    ):
        return
    raise PermissionDenied(
        _(
            "Only the section's author, the person who asked for review, or a manager can "
            "withdraw the request."
        )
    )


def check_can_review(user: User, section: Section) -> None:
    """Editors and managers decide, as members: a superuser's rights don't reach here."""
    check_is_in_use(section.brief)
    if role_in(section.brief, user) not in Membership.DECIDING:
        raise PermissionDenied(_("Only editors and managers of this brief decide on a review."))


def check_did_not_contribute(user: User, contributors: set[int]) -> None:
    """Nobody signs off text that they wrote since the last approved revision.

    `contributors` are the primary keys of those who wrote since then.
    """
    if user.pk in contributors:
        raise PermissionDenied(
            _(
                "You wrote in this section since it was last approved, so somebody else has "
                "to approve it. "
                "You can still request changes."
            )
        )


def check_can_override(user: User, brief: Brief) -> None:
    """A manager approves without the sign-offs that are missing, as a member."""
    check_is_in_use(brief)
    if role_in(brief, user) != Role.MANAGER:
        raise PermissionDenied(
            _("Only a manager of this brief can approve without the sign-offs that are missing.")
        )


def check_is_somebody_else(user: User, override: SignOff, writers: set[int]) -> None:
    """An override is countersigned by a second person, who didn't write the text.

    `writers` are the primary keys of those whose words it holds.
    """
    if user.pk == override.decided_by_id:
        raise PermissionDenied(
            _("This is your own override, so somebody else has to countersign it.")
        )
    if user.pk in writers:
        raise PermissionDenied(
            _("You wrote in this text, so somebody else has to countersign its override.")
        )


def check_can_manage(user: User, brief: Brief) -> None:
    """Data, members, assignments and sections of the brief's own are the manager's."""
    check_is_in_use(brief)
    check_can_archive(user, brief)


def check_can_upgrade(user: User, brief: Brief) -> None:
    """A manager moves a brief to another version of its template, and back."""
    check_is_in_use(brief)
    if not has_rank(brief, user, Role.MANAGER):
        raise PermissionDenied(
            _("Only a manager of this brief can move it to another version of its template.")
        )


def check_can_release(user: User, brief: Brief) -> None:
    """A manager releases editions."""
    check_is_in_use(brief)
    if not has_rank(brief, user, Role.MANAGER):
        raise PermissionDenied(_("Only a manager of this brief can release it."))


def check_can_archive(user: User, brief: Brief) -> None:
    """A manager archives a brief and brings it back."""
    if not has_rank(brief, user, Role.MANAGER):
        raise PermissionDenied(_("Only a manager of this brief can do that."))
