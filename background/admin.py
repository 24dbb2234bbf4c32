from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin import WaryAdmin
from background.models import Job, JobQuerySet
from background.queue import try_again


@admin.register(Job)
class JobAdmin(WaryAdmin):
    """What waits, what failed and why. A dead job can be done anew."""

    list_display = ("kind", "due_at", "attempts", "gave_up_at", "last_line")
    list_filter = ("kind", ("gave_up_at", admin.EmptyFieldListFilter))
    actions = ("do_anew",)
    fields = (
        *("kind", "arguments", "every_seconds", "made_at", "due_at"),
        *("held_by", "held_until", "attempts", "last_error", "gave_up_at"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_anew_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("background.change_job")

    @admin.display(description=_("last error"))
    def last_line(self, job: Job) -> str:
        lines = job.last_error.strip().splitlines()
        return lines[-1] if lines else ""

    @admin.action(description=_("Try the dead jobs again"), permissions=["anew"])
    def do_anew(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        jobs = JobQuerySet(Job).filter(pk__in=queryset.values("pk"))
        count = try_again(jobs)
        sentence = ngettext(
            "%(count)s job is tried again.", "%(count)s jobs are tried again.", count
        )
        messages.success(request, sentence % {"count": count})
