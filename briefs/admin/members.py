from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.plain_form import PlainForm
from briefs.commissioning.people import add_member, change_role, find_account, remove_member
from briefs.models import Brief, Membership

MANAGER = Membership.Role.MANAGER


class MemberForm(PlainForm, forms.ModelForm[Membership]):
    """A member's role; a new member is named by the address of their account."""

    email = forms.EmailField(label=_("e-mail address"))

    class Meta:
        model = Membership
        fields = ("role",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].disabled = True
            self.fields["email"].initial = self.instance.user.email
            # So that a role which somebody else changed meanwhile isn't changed back unseen.
            self.fields["role"].show_hidden_initial = True

    @property
    def seen(self) -> str | None:
        """The role that the page showed."""
        return self.data.get(self.add_initial_prefix("role"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.instance.pk and cleaned.get("email"):
            self.instance.user = find_account(cleaned["email"])
        return cleaned


class MemberInline(admin.TabularInline[Membership, Brief]):
    # Django shows them to be read where the brief's own form is only to be read.
    model = Membership
    form = MemberForm
    template = "admin/briefs/brief/members.html"
    fields = ("email", "role")
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user")

    @admin.display(description=_("e-mail address"))
    def email(self, member: Membership) -> str:
        return member.user.email


def save_members(formset: Any, *, by: User) -> None:
    """Does what was asked of the members of one brief: who comes and who rises first, so that a
    manager can hand over in one go. Raises what the actions raise."""
    formset.save(commit=False)
    for member in formset.new_objects:
        add_member(member.brief, member.user, Membership.Role(member.role), by=by)
    seen = {form.instance.pk: form.seen for form in formset.initial_forms}
    changed = [member for member, _fields in formset.changed_objects]
    for member in sorted(changed, key=lambda member: member.role != MANAGER):
        change_role(member, Membership.Role(member.role), by=by, seen=seen[member.pk])
    for member in formset.deleted_objects:
        remove_member(member, by=by, seen=seen[member.pk])
