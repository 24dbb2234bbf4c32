from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import set_plain_text_box, set_theme
from accounts.forms import (
    NewPasswordForm,
    OwnPasswordForm,
    ProfileForm,
    ResetForm,
    SignInForm,
)
from accounts.http import person
from accounts.models import User

sign_in = auth_views.LoginView.as_view(
    template_name="accounts/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)

# Public, as somebody whose session has ended is signed out already and wants no sign-in page first.
sign_out = login_not_required(auth_views.LogoutView.as_view())

password_change_done = auth_views.PasswordChangeDoneView.as_view(
    template_name="accounts/password_change_done.html"
)
password_change = auth_views.PasswordChangeView.as_view(
    template_name="accounts/password_change.html",
    form_class=OwnPasswordForm,
    success_url=reverse_lazy("password_change_done"),
)

password_reset = auth_views.PasswordResetView.as_view(
    template_name="accounts/password_reset.html",
    form_class=ResetForm,
    email_template_name="accounts/password_reset_email.txt",
    subject_template_name="accounts/password_reset_subject.txt",
    # The address comes from the settings: the host a request names could be anybody's.
    extra_email_context={"site_url": settings.SITE_URL},
)
password_reset_done = auth_views.PasswordResetDoneView.as_view(
    template_name="accounts/password_reset_done.html"
)
password_reset_confirm = auth_views.PasswordResetConfirmView.as_view(
    template_name="accounts/password_reset_confirm.html",
    form_class=NewPasswordForm,
)
password_reset_complete = auth_views.PasswordResetCompleteView.as_view(
    template_name="accounts/password_reset_complete.html"
)


def sign_in_refused(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The answer to too many wrong passwords; django-axes calls it by AXES_LOCKOUT_CALLABLE."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"minutes": minutes, "next": request.POST.get("next", "")}
    return render(request, "accounts/sign_in_refused.html", context, status=429)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own sign-in page is closed: there is one way in, and it is the guarded one."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("Your account does not open the administration."))
    target = request.GET.get("next") or reverse("admin:index")
    return redirect(reverse("sign_in", query={"next": target}))


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    # A copy, so that a refused form does not change the name in the masthead.
    user = User.objects.get(pk=person(request).pk)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form})


@require_POST
def theme_set(request: HttpRequest) -> HttpResponse:
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        set_theme(by=person(request), theme=request.POST.get("theme", ""))
    except ValidationError as refusal:
        if wants_json:
            return JsonResponse({"detail": refusal.message}, status=400)
        messages.error(request, refusal.message)
    return HttpResponse(status=204) if wants_json else _back(request)


@require_POST
def text_box_set(request: HttpRequest) -> HttpResponse:
    set_plain_text_box(by=person(request), is_plain=request.POST.get("box") == "plain")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that asked, by its path: `redirect()` would take the name of a view as well."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    if target.startswith("/") and is_ours:
        return HttpResponseRedirect(target)
    return redirect("home")
