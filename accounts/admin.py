from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import AccountCreationForm
from accounts.models import User

# Who could give these to themselves would hold every right there is.
ONLY_A_SUPERUSER_GIVES = ("is_staff", "is_superuser", "groups", "user_permissions")


DIGITS_OF_A_NUMBER = 18  # more than any row's, and a number that every database takes


class WaryAdmin(admin.ModelAdmin[Any]):
    """An admin that answers an address or a form that nobody's browser makes by itself, where
    Django's breaks: with a sentence where something was selected, with 400 where rows are filtered.
    """

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any | None:
        return super().get_object(request, object_id, from_field or None)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        is_a_row_s = all(
            len(part) <= DIGITS_OF_A_NUMBER
            for part in value.split(",")
            if part.lstrip("-").isdigit()
        )
        return is_a_row_s and "\0" not in value and super().lookup_allowed(lookup, value, request)

    def response_action(
        self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if selected and not self._are_rows(selected, queryset):
            sentence = gettext("What was selected is not in this list. Select again.")
            messages.error(request, sentence)
            return None
        return super().response_action(request, queryset, *args, **kwargs)

    def _are_rows(self, selected: list[str], queryset: Any) -> bool:
        """Whether what was selected can be read, and is a row that this person may see."""
        try:
            keys = [self.opts.pk.clean(key, None) for key in selected]
        except ValidationError:
            return False
        return bool(queryset.filter(pk__in=keys).exists())


class TickList(forms.CheckboxSelectMultiple):
    """Boxes to tick, which a screen reader announces under the name of their field."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        boxes = super().render(*args, **kwargs)
        return format_html(
            '<div class="tick-list" role="group" aria-label="{}">{}</div>', self.label, boxes
        )


class TickedAdmin(admin.ModelAdmin[Any]):
    """What a row has many of is ticked in a list: Django's two boxes with arrows between them name
    their help in a way that no screen reader may use."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = TickList(capfirst(db_field.verbose_name))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


admin.site.unregister(Group)


@admin.register(Group)
class RightsGroupAdmin(WaryAdmin, TickedAdmin, GroupAdmin):  # type: ignore[misc]
    pass


@admin.register(User)
class PersonAdmin(WaryAdmin, TickedAdmin, UserAdmin):  # type: ignore[type-arg]
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
