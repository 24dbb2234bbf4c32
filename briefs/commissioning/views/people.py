from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import person
from briefs.commissioning.assignments import sections_of
from briefs.commissioning.forms.people import MemberForm
from briefs.commissioning.invitations import invite, open_invitations, withdraw_invitation
from briefs.commissioning.people import (
    active_managers,
    add_member,
    allow_comments,
    change_role,
    check_keeps_a_manager,
    find_account,
    give_sign_offs,
    remove_member,
)
from briefs.commissioning.roll import roll_of
from briefs.commissioning.views.pages import form_page, managed_brief
from briefs.models import Brief, Invitation, Membership
from briefs.permissions import check_can_manage, refusal


@require_safe
def member_list(request: HttpRequest, brief_slug: str) -> HttpResponse:
    return _people_page(request, managed_brief(request, brief_slug), MemberForm())


@require_POST
def member_add(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            said = form.cleaned_data
            account = find_account(said["email"])
            add_member(brief, account, said["role"], by=person(request), seen=said["seen"])
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            messages.success(request, _("%(name)s is a member now.") % {"name": account})
            return redirect("member_list", brief_slug)
    return _people_page(request, brief, form, status=422)


@require_POST
def member_change(request: HttpRequest, brief_slug: str, member_id: int) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    member = _member(brief, member_id)
    try:
        role, seen = request.POST.get("role", ""), request.POST.get("seen")
        member = change_role(member, role, by=person(request), seen=seen)
    except ValidationError as mistake:
        messages.error(request, " ".join(mistake.messages))
    else:
        told = {"name": member.user, "role": member.get_role_display()}
        messages.success(request, _("%(name)s: %(role)s.") % told)
    return _back_to_people(request, brief)


@require_POST
def member_comments(request: HttpRequest, brief_slug: str, member_id: int) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    is_allowed = bool(request.POST.get("may_comment"))
    member = allow_comments(_member(brief, member_id), is_allowed=is_allowed, by=person(request))
    sentence = _("%(name)s may comment now.") if is_allowed else _("%(name)s only reads now.")
    messages.success(request, sentence % {"name": member.user})
    return redirect("member_list", brief_slug)


@require_POST
def member_sign_offs(request: HttpRequest, brief_slug: str, member_id: int) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    member = _member(brief, member_id)
    try:
        give_sign_offs(member, request.POST.getlist("kinds"), by=person(request))
    except ValidationError as mistake:
        messages.error(request, " ".join(mistake.messages))
    else:
        messages.success(request, _("%(name)s: sign-offs saved.") % {"name": member.user})
    return redirect("member_list", brief_slug)


@form_page
def member_remove(request: HttpRequest, brief_slug: str, member_id: int) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    member = _member(brief, member_id)
    if request.method == "POST":
        try:
            remove_member(member, by=person(request), seen=request.POST.get("seen"))
        except ValidationError as mistake:
            messages.error(request, " ".join(mistake.messages))
        else:
            messages.success(request, _("%(name)s is no longer a member.") % {"name": member.user})
        return _back_to_people(request, brief)
    context = {
        "brief": brief,
        "member": member,
        "sections": sections_of(brief, member.user).count(),
        "refusal": refusal(check_keeps_a_manager, active_managers(brief), member.user),
    }
    return render(request, "briefs/commissioning/member_remove.html", context)


@require_POST
def invitation_add(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _people_page(request, brief, form, status=422)
    said = form.cleaned_data
    told = {"email": said["email"]}
    try:
        invite(brief, said["email"], said["role"], by=person(request), seen=said["seen"])
    except ValidationError as mistake:
        form.add_refusal(mistake)
        return _people_page(request, brief, form, status=422)
    except OSError:
        sentence = _(
            "The invitation for %(email)s is stored, but the e-mail could not be sent. "
            "Invite the address again later, or tell an administrator."
        )
        messages.error(request, sentence % told)
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % told)
    return redirect("member_list", brief_slug)


@require_POST
def invitation_withdraw(request: HttpRequest, brief_slug: str, invitation_id: int) -> HttpResponse:
    brief = managed_brief(request, brief_slug)
    invitation = get_object_or_404(Invitation, brief=brief, pk=invitation_id)
    try:
        withdraw_invitation(invitation, by=person(request))
    except ValidationError as mistake:
        messages.error(request, " ".join(mistake.messages))
    else:
        told = {"email": invitation.email}
        messages.success(request, _("The invitation for %(email)s is withdrawn.") % told)
    return redirect("member_list", brief_slug)


def _member(brief: Brief, member_id: int) -> Membership:
    return get_object_or_404(brief.memberships.select_related("user", "brief"), pk=member_id)


def _back_to_people(request: HttpRequest, brief: Brief) -> HttpResponse:
    """Whoever took their own right away can't see the people any more, or not even the brief."""
    now = Brief.objects.visible_to(person(request)).filter(pk=brief.pk).first()
    if now is None:
        return redirect("home")
    if refusal(check_can_manage, person(request), now):
        return redirect("brief_detail", brief.slug)
    return redirect("member_list", brief.slug)


def _people_page(
    request: HttpRequest, brief: Brief, form: MemberForm, *, status: int = 200
) -> HttpResponse:
    invitations = list(open_invitations(brief).select_related("invited_by"))
    shown = {"seen": max((invitation.pk for invitation in invitations), default=0)}
    if form.is_bound:
        form.open_on(shown)
    else:
        form.initial = shown
    context = {
        "brief": brief,
        "form": form,
        "roll": roll_of(brief),
        "roles": Membership.Role.choices,
        "kinds": brief.template.kinds,
        "invitations": invitations,
    }
    return render(request, "briefs/commissioning/member_list.html", context, status=status)
