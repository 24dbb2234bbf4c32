from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from briefs.commissioning.forms.people import NewAccountForm
from briefs.commissioning.invitations import (
    accept_invitation,
    accept_with_new_account,
    check_can_accept,
    check_is_open,
    find_invitation,
)
from briefs.commissioning.views.pages import form_page
from briefs.models import Invitation
from briefs.permissions import refusal


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
