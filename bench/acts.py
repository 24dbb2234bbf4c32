"""What is timed: the pages that people wait for, a save, and the ways in and out."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.sample import Sample
from bench.timing import Act, fixed_work
from briefs.document.tree import TextState
from briefs.export.actions import export_brief
from briefs.export.formats import ExportFormat
from briefs.export.pdf.pool import pool_for
from briefs.history.views import REVISIONS_PER_PAGE
from briefs.models import Section
from briefs.overview.views import ACTIVITIES_A_PAGE

A_WORD_OF_THE_SAMPLE = "Brussels"
A_WORD_OF_NO_TEXT = "xylophone"
OK = 200


def reading_acts(sample: Sample, section: Section) -> Iterator[Act]:
    """What changes no text, for an editor and on a section that is in review."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(sample.editor)
    yield Act("fixed work, no database", fixed_work, asks=False)
    for name, address in _pages(section):
        yield Act(name, partial(_open, client, address))
    for name, export_format, text in [
        ("Markdown, working text", ExportFormat.MARKDOWN, TextState.WORKING),
        ("Markdown, approved text", ExportFormat.MARKDOWN, TextState.APPROVED),
        ("PDF, once more", ExportFormat.PDF, TextState.WORKING),
    ]:
        yield Act(name, partial(export_brief, sample.brief, export_format, text, by=sample.editor))
    yield Act("PDF, the first", partial(_first_pdf, sample))


def writing_acts(sample: Sample, section: Section) -> Iterator[Act]:
    """What changes text; the section must not be in review."""
    yield Act("save with a revision", partial(sample.save, section))
    yield Act("import of a file as a brief", sample.import_and_undo)


def record_acts(sample: Sample) -> Iterator[Act]:
    """What reads the record of a brief."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(sample.editor)
    brief = sample.brief
    page = reverse("activity_list", args=[brief.slug])
    last_page = -(-brief.activities.count() // ACTIVITIES_A_PAGE)
    for name, address in [
        ("activity", page),
        ("activity, last page", f"{page}?page={last_page}"),
        ("activity, one act", f"{page}?verb=section_saved"),
        ("activity, one section", f"{page}?section={sample.section(0).key}"),
        ("activity, one person", f"{page}?person={sample.author.pk}"),
        ("activity, one day", f"{page}?since={timezone.localdate()}"),
        ("brief", reverse("brief_detail", args=[brief.slug])),
    ]:
        yield Act(name, partial(_open, client, address))
    for name, suffix in [("activity as CSV", "csv"), ("activity as JSON lines", "jsonl")]:
        address = reverse("activity_export", args=[brief.slug, suffix])
        yield Act(name, partial(_take, client, address), asks=False)


def comment_acts(sample: Sample) -> Iterator[Act]:
    """What shows a long section in review with its comments."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(sample.editor)
    place = [sample.brief.slug, sample.section(2).key]
    review = reverse("section_review", args=place)
    for name, address in [
        ("review", review),
        ("review, as typed", f"{review}?as=source"),
        ("review, all of the text", f"{review}?from=0"),
        ("comments", reverse("comment_list", args=place)),
    ]:
        yield Act(name, partial(_open, client, address))


def notice_acts(sample: Sample) -> Iterator[Act]:
    """What reads somebody's notices."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(sample.editor)
    page = reverse("notice_list")
    for name, address in [
        ("notices", page),
        ("notices, last page", f"{page}?page=100000"),
        ("notices, unread of a kind", f"{page}?kind=comment&unread=on"),
        ("home, with its count", reverse("home")),
    ]:
        yield Act(name, partial(_open, client, address))


def _pages(section: Section) -> Iterator[tuple[str, str]]:
    brief = [section.brief.slug]
    place = [*brief, section.key]
    newest = section.version
    last_page = -(-newest // REVISIONS_PER_PAGE)
    history, compare = (
        reverse("section_history", args=place),
        reverse("section_compare", args=place),
    )
    briefs = reverse("brief_list")
    yield "home", reverse("home")
    yield "list of briefs", briefs
    yield "list, searched", f"{briefs}?q={A_WORD_OF_THE_SAMPLE}"
    yield "list, searched in vain", f"{briefs}?q={A_WORD_OF_NO_TEXT}"
    yield "all sections", reverse("section_grid")
    yield "brief", reverse("brief_detail", args=brief)
    yield "activity", reverse("activity_list", args=brief)
    yield "section", reverse("section_edit", args=place)
    yield "review", reverse("section_review", args=place)
    yield "history", history
    yield "history, last page", f"{history}?page={last_page}"
    yield "compare, newest two", compare
    yield "compare, first and newest", f"{compare}?from=1&to={newest}"


def _first_pdf(sample: Sample) -> None:
    """By a new process, as one that has set a text remembers most of it."""
    pool_for(Path(settings.PDF_FONTS_DIR)).stop()
    export_brief(sample.brief, ExportFormat.PDF, TextState.WORKING, by=sample.editor)


def _take(client: Client, address: str) -> None:
    """A file that is sent in stretches, read to its end."""
    response = client.get(address)
    if response.status_code != OK or not response.getvalue():
        raise RuntimeError(f"{address} answers {response.status_code}.")


def _open(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != OK:
        raise RuntimeError(f"{address} answers {response.status_code}.")
