"""The outline that a brief is made from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from briefs.document.clearance import SignOffKind
from briefs.models.sign_offs_asked import SignOffsAsked


class BriefTemplateQuerySet(models.QuerySet["BriefTemplate"]):
    def newest_versions(self) -> "BriefTemplateQuerySet":
        """The newest version of each template, by title."""
        newer = BriefTemplate.objects.filter(
            key=models.OuterRef("key"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(newer)).order_by("title")


class BriefTemplate(models.Model):
    """One version of an outline. Once a brief uses it, it never changes: a changed file becomes the
    next version.

    `digest` is the SHA-256 of the outline as loaded, by which an unchanged file is recognised.
    `sign_off_kinds` are the kinds of sign-offs that its sections may ask for, as
    `[[key, label], …]`.
    """

    key = models.SlugField(_("key"))
    version = models.PositiveIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=12)
    digest = models.CharField(_("digest"), max_length=64)
    sign_off_kinds = models.JSONField(_("kinds of sign-offs"), default=list, blank=True)
    loaded_at = models.DateTimeField(_("loaded"), auto_now_add=True)

    objects = BriefTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-version"]
        verbose_name = _("brief template")
        verbose_name_plural = _("brief templates")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="one_row_per_template_version"),
        ]

    def __str__(self) -> str:
        return _("%(title)s, version %(version)s") % {
            "title": self.title,
            "version": self.version,
        }

    @property
    def kinds(self) -> tuple[SignOffKind, ...]:
        """In the order in which they are listed."""
        return tuple(SignOffKind(key, label) for key, label in self.sign_off_kinds)


class Part(models.Model):
    """One chapter of an outline. A blank title is the opening, which has no number.

    There is no number column: numbers follow from the position.
    """

    template = models.ForeignKey(BriefTemplate, models.CASCADE, related_name="parts")
    key = models.SlugField(_("key"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        ordering = ["template", "position"]
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "key"], name="one_part_per_key"),
            models.UniqueConstraint(fields=["template", "position"], name="one_part_per_position"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Opening"))


class SectionTemplate(SignOffsAsked):
    """What one section asks. `key` is a path, unique in the template and stable across its
    versions.

    `was` is the key that it had in the version before, blank when that is the same; `first_key` is
    the one by which all versions know it, blank when it is its key. `asked_since` is the version
    since which its prompts have these keys, labels and forms in this order: the one that content
    hashes name. A null end of the range of words is open.
    """

    part = models.ForeignKey(Part, models.CASCADE, related_name="section_templates")
    key = models.CharField(_("key"), max_length=120)
    was = models.CharField(_("key before"), max_length=120, blank=True)
    first_key = models.CharField(_("first key"), max_length=140, blank=True)
    asked_since = models.PositiveIntegerField(_("asked since version"), default=1)
    title = models.CharField(_("title"), max_length=200)
    guidance = models.TextField(_("guidance"), blank=True)
    min_words = models.PositiveIntegerField(_("least words"), null=True, blank=True)
    max_words = models.PositiveIntegerField(_("most words"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        ordering = ["part", "position"]
        verbose_name = _("section template")
        verbose_name_plural = _("section templates")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "key"], name="one_section_template_per_key"),
            models.UniqueConstraint(
                fields=["part", "position"], name="one_section_template_per_position"
            ),
            models.CheckConstraint(
                condition=Q(sign_offs_needed__gte=1), name="a_section_needs_a_sign_off"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def lineage(self) -> str:
        """The same in every version of the template in which it is the same section."""
        return self.first_key or self.key


class Prompt(models.Model):
    """One thing a section asks. A blank label is the section's body. Null ends of a range are
    open. `was` and `first_key` are as those of its section."""

    class Form(models.TextChoices):
        PROSE = "prose", _("full sentences")
        POINTS = "points", _("points")
        COMPLETE_LIST = "complete_list", _("a complete list")

    section_template = models.ForeignKey(SectionTemplate, models.CASCADE, related_name="prompts")
    key = models.SlugField(_("key"), max_length=120)
    was = models.SlugField(_("key before"), max_length=120, blank=True)
    first_key = models.CharField(_("first key"), max_length=140, blank=True)
    label = models.CharField(_("label"), max_length=200, blank=True)
    guidance = models.TextField(_("guidance"), blank=True)
    form = models.CharField(_("form"), max_length=20, choices=Form)
    min_words = models.PositiveIntegerField(_("least words"), null=True, blank=True)
    max_words = models.PositiveIntegerField(_("most words"), null=True, blank=True)
    min_paragraphs = models.PositiveIntegerField(_("least paragraphs"), null=True, blank=True)
    max_paragraphs = models.PositiveIntegerField(_("most paragraphs"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        ordering = ["section_template", "position"]
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section_template", "key"], name="one_prompt_per_key"),
            models.UniqueConstraint(
                fields=["section_template", "position"], name="one_prompt_per_position"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.section_template.title

    @property
    def lineage(self) -> str:
        """The same in every version of the template in which its section asks the same thing."""
        return self.first_key or self.key
