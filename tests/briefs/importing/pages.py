"""What the tests of the pages send."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from briefs.models import BriefTemplate
from tests.pages import hidden


def sent(content: str | bytes, name: str = "belgium.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def report_on(client: Client, text: str, template: BriefTemplate) -> dict[str, str]:
    """Sends a file, and gives what the form below its report would send."""
    answer = client.post(
        reverse("brief_import"), {"file": sent(text), "template": template.pk, "country": "BE"}
    )
    assert answer.status_code == 200
    page = answer.content.decode()
    return {
        "sealed": hidden(page, "sealed"),
        "template": hidden(page, "template"),
        "title": "Belgium",
        "subject": "Belgium",
        "country": "BE",
    }
