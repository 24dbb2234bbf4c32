"""What a brief can be exported as."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportFormat(models.TextChoices):
    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word")
    MARKDOWN = "markdown", _("Markdown")
    HTML = "html", _("Web page")
    JSON = "json", _("JSON")

    @property
    def content_type(self) -> str:
        return {
            self.PDF: "application/pdf",
            self.DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            self.MARKDOWN: "text/markdown; charset=utf-8",
            self.HTML: "text/html; charset=utf-8",
            self.JSON: "application/json",
        }[self]

    @property
    def suffix(self) -> str:
        return "md" if self is ExportFormat.MARKDOWN else str(self.value)
