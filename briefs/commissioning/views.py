from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from accounts.models import User
from briefs.commissioning.actions import (
    add_own_section,
    archive_brief,
    brief_data,
    change_brief,
    create_brief,
    unarchive_brief,
)
from briefs.commissioning.assignments import assign_section, assign_sections, sections_of
from briefs.commissioning.forms.brief import BriefAddForm, BriefChangeForm, initial_of
from briefs.commissioning.forms.people import MemberForm, NewAccountForm
from briefs.commissioning.forms.section import AssignManyForm, AssignmentForm, SectionAddForm
from briefs.commissioning.invitations import (
    accept_invitation,
    accept_with_new_account,
    check_can_accept,
    check_is_open,
    find_invitation,
    invite,
    open_invitations,
    withdraw_invitation,
)
from briefs.commissioning.outline import outline_to_tick
from briefs.commissioning.people import (
    active_managers,
    add_member,
    change_role,
    check_keeps_a_manager,
    find_account,
    remove_member,
)
from briefs.commissioning.roll import roll_of
from briefs.models import Brief, BriefTemplate, Invitation, Membership
from briefs.permissions import (
    check_can_add_brief,
    check_can_archive,
    check_can_manage,
    refusal,
)

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def brief_add(request: HttpRequest) -> HttpResponse:
    check_can_add_brief(person(request))
    form = BriefAddForm(request.POST or None)
    if form.is_valid():
        try:
            brief = create_brief(form.brief_data, form.cleaned_data["template"], by=person(request))
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            messages.success(request, _("The brief is made. Add the people who will write it."))
            return redirect("brief_detail", brief.slug)
    context = {"form": form, "has_template": BriefTemplate.objects.exists()}
    return _form_page(request, "brief_add", context)


@form_page
def brief_change(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _managed(request, brief_slug)
    now = initial_of(brief_data(brief))
    form = BriefChangeForm(request.POST or None, initial=now, language=brief.language)
    if form.is_valid():
        try:
            change_brief(brief, form.brief_data, by=person(request), seen=form.cleaned_data["seen"])
        except ValidationError as mistake:
            form.add_refusal(mistake)
            form.open_on(now)
        else:
            messages.success(request, _("The brief's data are saved."))
            return redirect("brief_detail", brief_slug)
    return _form_page(request, "brief_change", {"form": form, "brief": brief})


@form_page
def brief_archive(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _brief(request, brief_slug)
    check_can_archive(person(request), brief)
    if request.method == "POST":
        archive_brief(brief, by=person(request))
        messages.success(request, _("The brief is archived. It can be brought back on its page."))
        return redirect("brief_detail", brief_slug)
    return render(request, "briefs/commissioning/brief_archive.html", {"brief": brief})


@form_page
def brief_unarchive(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _brief(request, brief_slug)
    check_can_archive(person(request), brief)
    if request.method == "POST":
        unarchive_brief(brief, by=person(request))
        messages.success(request, _("The brief is in use again."))
        return redirect("brief_detail", brief_slug)
    return render(request, "briefs/commissioning/brief_unarchive.html", {"brief": brief})


@require_safe
def member_list(request: HttpRequest, brief_slug: str) -> HttpResponse:
    return _people_page(request, _managed(request, brief_slug), MemberForm())


@require_POST
def member_add(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _managed(request, brief_slug)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            account = find_account(form.cleaned_data["email"])
            add_member(brief, account, form.cleaned_data["role"], by=person(request))
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            messages.success(request, _("%(name)s is a member now.") % {"name": account})
            return redirect("member_list", brief_slug)
    return _people_page(request, brief, form, status=422)


@require_POST
def member_change(request: HttpRequest, brief_slug: str, member_id: int) -> HttpResponse:
    brief = _managed(request, brief_slug)
    member = _member(brief, member_id)
    try:
        member = change_role(member, request.POST.get("role", ""), by=person(request))
    except ValidationError as mistake:
        messages.error(request, " ".join(mistake.messages))
    else:
        told = {"name": member.user, "role": member.get_role_display()}
        messages.success(request, _("%(name)s: %(role)s.") % told)
    return _back_to_people(request, brief)


@form_page
def member_remove(request: HttpRequest, brief_slug: str, member_id: int) -> HttpResponse:
    brief = _managed(request, brief_slug)
    member = _member(brief, member_id)
    if request.method == "POST":
        remove_member(member, by=person(request))
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
    brief = _managed(request, brief_slug)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _people_page(request, brief, form, status=422)
    told = {"email": form.cleaned_data["email"]}
    try:
        invite(brief, told["email"], form.cleaned_data["role"], by=person(request))
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
    brief = _managed(request, brief_slug)
    invitation = get_object_or_404(Invitation, brief=brief, pk=invitation_id)
    try:
        withdraw_invitation(invitation, by=person(request))
    except ValidationError as mistake:
        messages.error(request, " ".join(mistake.messages))
    else:
        told = {"email": invitation.email}
        messages.success(request, _("The invitation for %(email)s is withdrawn.") % told)
    return redirect("member_list", brief_slug)


@login_not_required
@never_cache
@form_page
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        return _invitation_page(request, None, status=404)
    if isinstance(request.user, User):
        return _accept_signed_in(request, invitation, request.user)
    account = User.objects.filter(email=invitation.email).first()
    closed = refusal(check_is_open, invitation)
    if closed or account:
        context = {"refusal": closed, "account": account}
        return _invitation_page(request, invitation, status=410 if closed else 200, **context)
    form = NewAccountForm(request.POST or None)
    if form.is_valid():
        try:
            user = accept_with_new_account(
                invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
            )
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
            return _welcome(request, invitation)
    return _invitation_page(request, invitation, form=form, status=422 if form.errors else 200)


def _accept_signed_in(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    denied = refusal(check_can_accept, user, invitation)
    if request.method == "POST":
        accept_invitation(invitation, by=user)
        return _welcome(request, invitation)
    return _invitation_page(request, invitation, refusal=denied, status=410 if denied else 200)


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    messages.success(request, _("Welcome. You are a member of this brief now."))
    return redirect(invitation.brief)


def _invitation_page(
    request: HttpRequest, invitation: Invitation | None, *, status: int, **context: Any
) -> HttpResponse:
    context["invitation"] = invitation
    return render(request, "briefs/commissioning/invitation_accept.html", context, status=status)


@form_page
def section_add(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _managed(request, brief_slug)
    form = SectionAddForm(list(brief.sections.in_outline_order()), request.POST or None)
    if form.is_valid():
        part, after = form.chosen
        try:
            section = add_own_section(
                brief, form.cleaned_data["title"], part=part, after=after, by=person(request)
            )
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            messages.success(request, _("The section is added."))
            return redirect(section)
    return _form_page(request, "section_add", {"form": form, "brief": brief})


@form_page
def section_assign(request: HttpRequest, brief_slug: str, section_key: str) -> HttpResponse:
    brief = _managed(request, brief_slug)
    sections = brief.sections.select_related("section_template", "author", "reviewer")
    section = get_object_or_404(sections, key=section_key)
    form = AssignmentForm(section, _members(brief), request.POST or None)
    if form.is_valid():
        try:
            assign_section(section, form.assignment, by=person(request))
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            messages.success(request, _("Saved."))
            return redirect("section_assign_many", brief_slug)
    context = {"form": form, "brief": brief, "section": section}
    return _form_page(request, "section_assign", context)


@form_page
def section_assign_many(request: HttpRequest, brief_slug: str) -> HttpResponse:
    brief = _managed(request, brief_slug)
    sections = list(brief.sections.in_outline_order().select_related("author", "reviewer"))
    form = AssignManyForm(sections, _members(brief), request.POST or None)
    if form.is_valid():
        try:
            count = assign_sections(brief, form.ticked, form.assignment, by=person(request))
        except ValidationError as mistake:
            form.add_refusal(mistake)
        else:
            sentence = ngettext(
                "%(count)s section is assigned anew.",
                "%(count)s sections are assigned anew.",
                count,
            )
            messages.success(request, sentence % {"count": count})
            return redirect("section_assign_many", brief_slug)
    ticked = request.POST.getlist("sections"), request.POST.getlist("parts")
    context = {
        "form": form,
        "brief": brief,
        "parts": outline_to_tick(sections, *ticked),
        "unassigned": sum(section.author_id is None for section in sections),
    }
    return _form_page(request, "section_assign_many", context)


def _brief(request: HttpRequest, brief_slug: str) -> Brief:
    briefs = Brief.objects.visible_to(person(request)).select_related("template")
    return get_object_or_404(briefs, slug=brief_slug)


def _managed(request: HttpRequest, brief_slug: str) -> Brief:
    """A brief that the person may manage: a stranger finds none, a member is told why not."""
    brief = _brief(request, brief_slug)
    check_can_manage(person(request), brief)
    return brief


def _member(brief: Brief, member_id: int) -> Membership:
    return get_object_or_404(brief.memberships.select_related("user", "brief"), pk=member_id)


def _members(brief: Brief) -> list[Membership]:
    return list(brief.memberships.select_related("user").order_by("user__name", "pk"))


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
    context = {
        "brief": brief,
        "form": form,
        "roll": roll_of(brief),
        "roles": Membership.Role.choices,
        "invitations": open_invitations(brief).select_related("invited_by"),
    }
    return render(request, "briefs/commissioning/member_list.html", context, status=status)


def _form_page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, f"briefs/commissioning/{name}.html", context, status=status)
