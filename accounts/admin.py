from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.forms import AccountCreationForm
from accounts.models import User

# Who could give these to themselves would hold every right there is.
ONLY_A_SUPERUSER_GIVES = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """People are deactivated here, never deleted: their names stay in the history."""

    add_form = AccountCreationForm
    list_display = ("name", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("name", "email")
    ordering = ("name", "pk")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Settings"), {"fields": ("time_zone", "theme")}),
        (_("Access"), {"fields": ("is_active", *ONLY_A_SUPERUSER_GIVES)}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, *ONLY_A_SUPERUSER_GIVES)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # A member of staff could otherwise take a superuser's account over through its address.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
