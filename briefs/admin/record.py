"""What is written once, to be read: who did what, which text stood when, who decided on it."""

from django.contrib import admin
from django.contrib.admin.filters import RelatedOnlyFieldListFilter
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.http import person
from briefs.admin.access import ReadOnlyAdmin
from briefs.models import (
    Activity,
    Brief,
    Edition,
    Invitation,
    LooseText,
    Membership,
    Picture,
    Revision,
    SignOff,
)


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin[Activity]):
    list_display = ("at", "actor_name", "verb", "brief", "section", "revision")
    list_filter = ("verb", ("brief", RelatedOnlyFieldListFilter), "at")
    list_select_related = ("brief", "section__section_template", "revision")
    search_fields = ("actor_name", "brief__title")
    show_full_result_count = False
    fields = ("at", "actor_name", "verb", "brief", "section", "revision", "detail")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        visible = Brief.objects.visible_to(person(request))
        return Activity.objects.filter(Q(brief=None) | Q(brief__in=visible))


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin[Edition]):
    list_display = ("brief", "number", "released_by_name", "released_at")
    list_filter = (("brief", RelatedOnlyFieldListFilter), "released_at")
    list_select_related = ("brief",)
    search_fields = ("brief__title", "released_by_name")
    show_full_result_count = False
    ordering = ("-pk",)
    fields = ("brief", "number", "released_by_name", "released_at", "made_with")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        visible = Brief.objects.visible_to(person(request))
        return Edition.objects.filter(brief__in=visible)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin[Revision]):
    list_display = ("section", "brief", "number", "kind", "words", "created_by_name", "created_at")
    list_filter = ("kind", ("section__brief", RelatedOnlyFieldListFilter), "created_at")
    list_select_related = ("section__brief", "section__section_template")
    search_fields = ("section__section_template__title", "section__own_title", "created_by_name")
    show_full_result_count = False
    ordering = ("-created_at", "-pk")
    fields = (
        *("section", "brief", "number", "kind", "comment", "words", "created_by_name"),
        *("created_at", "contributors", "content_hash"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        visible = Brief.objects.visible_to(person(request))
        return Revision.objects.filter(section__brief__in=visible)

    def view_on_site(self, revision: Revision) -> str:
        section = revision.section
        return reverse("revision_detail", args=[section.brief.slug, section.key, revision.number])

    @admin.display(description=_("brief"), ordering="section__brief__title")
    def brief(self, revision: Revision) -> Brief:
        return revision.section.brief


@admin.register(SignOff)
class SignOffAdmin(ReadOnlyAdmin[SignOff]):
    list_display = ("section", "brief", "decision", "revision", "decided_by_name", "decided_at")
    list_filter = ("decision", ("section__brief", RelatedOnlyFieldListFilter), "decided_at")
    list_select_related = ("section__brief", "section__section_template", "revision")
    search_fields = ("section__section_template__title", "section__own_title", "decided_by_name")
    show_full_result_count = False
    ordering = ("-pk",)
    fields = (
        *("section", "brief", "revision", "decision", "comment", "clears_section"),
        *("decided_by_name", "decided_at", "content_hash"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignOff]:
        visible = Brief.objects.visible_to(person(request))
        return SignOff.objects.filter(section__brief__in=visible).told_to(person(request))

    @admin.display(description=_("brief"), ordering="section__brief__title")
    def brief(self, sign_off: SignOff) -> Brief:
        return sign_off.section.brief


@admin.register(LooseText)
class LooseTextAdmin(ReadOnlyAdmin[LooseText]):
    """Placed and dismissed on the brief's own pages."""

    list_display = ("__str__", "kind", "brief", "section", "source", "line", "settled_at")
    list_filter = (
        "kind",
        ("settled_at", admin.EmptyFieldListFilter),
        ("brief", RelatedOnlyFieldListFilter),
    )
    list_select_related = ("brief", "section__section_template")
    search_fields = ("text", "brief__title")
    fields = (
        *("brief", "section", "kind", "text", "original", "source", "line"),
        *("dismissal_reason", "settled_at", "settled_by"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LooseText]:
        visible = Brief.objects.visible_to(person(request))
        return LooseText.objects.filter(brief__in=visible)

    def view_on_site(self, loose: LooseText) -> str:
        return reverse("loose_text_detail", args=[loose.brief.slug, loose.pk])


@admin.register(Picture)
class PictureAdmin(ReadOnlyAdmin[Picture]):
    """Added on the brief's own pages, and kept for good: any revision may name it."""

    list_display = ("__str__", "brief", "size", "uploaded_by", "uploaded_at")
    list_filter = (("brief", RelatedOnlyFieldListFilter),)
    list_select_related = ("brief", "uploaded_by")
    search_fields = ("sha256", "brief__title")
    fields = (
        *("brief", "sha256", "mime_type", "width", "height", "size"),
        *("uploaded_by", "uploaded_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        visible = Brief.objects.visible_to(person(request))
        return Picture.objects.filter(brief__in=visible).defer("content")

    def view_on_site(self, picture: Picture) -> str:
        return reverse("picture_detail", args=[picture.brief.slug, picture.sha256])


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin[Invitation]):
    """Read by those who invite: a brief's managers."""

    list_display = ("email", "role", "brief", "invited_by", "expires_at", "accepted_at")
    list_filter = ("role", ("brief", RelatedOnlyFieldListFilter))
    list_select_related = ("brief", "invited_by")
    search_fields = ("email", "brief__title")
    fields = (
        *("brief", "email", "role", "invited_by", "invited_at"),
        *("expires_at", "accepted_at", "accepted_by"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        user = person(request)
        managed = Membership.objects.filter(
            brief=OuterRef("brief"), user=user, role=Membership.Role.MANAGER
        )
        everything = Invitation.objects.all()
        return everything if user.is_superuser else everything.filter(Exists(managed))
