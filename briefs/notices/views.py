from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from briefs.models.notice import Notice
from briefs.notices.choices import ALL_DAILY, choose, read_token, unsubscribe
from briefs.notices.forms import NoticeFilterForm, NoticeSettingsForm
from briefs.notices.kinds import BY_KEY
from briefs.notices.reading import filter_notices, mark_all_read, mark_read
from briefs.notices.wording import WITH_ALL, address_of, told

NOTICES_A_PAGE = 50
LONGEST_NUMBER = 18  # digits; every database takes such a key


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = NoticeFilterForm(user, request.GET)
    form.is_valid()
    found = filter_notices(user, form.cleaned_data).select_related(*WITH_ALL)
    page = Paginator(found, NOTICES_A_PAGE).get_page(request.GET.get("page"))
    rows = told(list(page.object_list))
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "newest": rows[0].notice.pk if rows else 0,
        "is_filtered": any(form.cleaned_data.values()),
    }
    return render(request, "briefs/notices/notice_list.html", context)


@never_cache
@require_safe
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """To what it is about; it counts as read then."""
    user = person(request)
    notice = get_object_or_404(
        Notice.objects.told_to(user).select_related("brief", "section"), pk=notice_id
    )
    mark_read(user, notice.pk)
    return redirect(address_of(notice) or "notice_list")


@require_POST
def notice_read(request: HttpRequest, notice_id: int) -> HttpResponse:
    user = person(request)
    get_object_or_404(Notice.objects.told_to(user), pk=notice_id)
    mark_read(user, notice_id)
    return _back(request)


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    up_to = request.POST.get("up_to", "")
    is_number = up_to.isascii() and up_to.isdecimal() and len(up_to) <= LONGEST_NUMBER
    count = mark_all_read(person(request), int(up_to)) if is_number else 0
    sentence = ngettext(
        "%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count
    )
    messages.success(request, sentence % {"count": count})
    return redirect("notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = NoticeSettingsForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        choose(user, form.wanted)
        messages.success(request, _("Your choices are saved."))
        return redirect("notice_settings")
    return render(
        request,
        "briefs/notices/notice_settings.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@csrf_exempt  # RFC 8058: a mail program posts it without a page of ours; the link is signed
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    meant = read_token(token)
    if meant is None:
        raise Http404
    user, kind = meant
    is_done = request.method == "POST"
    if is_done:
        unsubscribe(user, kind)
    context = {
        "email": user.email,
        "label": "" if kind == ALL_DAILY else BY_KEY[kind].label,
        "is_done": is_done,
    }
    return render(request, "briefs/notices/notice_unsubscribe.html", context)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return (
        HttpResponseRedirect(target)
        if target.startswith("/") and is_ours
        else redirect("notice_list")
    )
