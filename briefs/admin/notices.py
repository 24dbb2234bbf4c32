"""Which mails went out, which failed and why; none of their words."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from briefs.admin.access import ReadOnlyAdmin
from briefs.models import NoticeMail
from briefs.notices.mailing import send_again


@admin.register(NoticeMail)
class NoticeMailAdmin(ReadOnlyAdmin[NoticeMail]):
    """A mail that failed, or may not have gone out, can be sent again."""

    list_display = ("made_at", "user", "digest_day", "status", "attempts", "sent_at", "last_error")
    list_filter = ("status", "made_at")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    show_full_result_count = False
    actions = ("send_again",)  # type: ignore[assignment]
    fields = (
        *("user", "digest_day", "status", "attempts", "last_error"),
        *("made_at", "sent_at", "message_id"),
    )

    def has_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("briefs.change_noticemail")

    @admin.action(description=_("Send again what failed or is unclear"), permissions=["again"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[NoticeMail]) -> None:
        count = send_again(queryset)
        sentence = ngettext(
            "%(count)s e-mail is sent again.", "%(count)s e-mails are sent again.", count
        )
        messages.success(request, sentence % {"count": count})
