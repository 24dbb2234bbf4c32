"""A document as a Word file."""

from dataclasses import dataclass, replace

from django.utils import translation

from briefs.document.language import language_of
from briefs.document.tree import Document
from briefs.export.docx.across import in_sections, turned
from briefs.export.docx.body import Body
from briefs.export.docx.closing import closing
from briefs.export.docx.contents import contents
from briefs.export.docx.cover import cover
from briefs.export.docx.headings import Headings
from briefs.export.docx.markup import part
from briefs.export.docx.ours import ours
from briefs.export.docx.outline import headings_of
from briefs.export.docx.package import zipped
from briefs.export.docx.pages import Pages
from briefs.export.docx.properties import app_xml, core_xml, custom_xml, settings_xml
from briefs.export.docx.running import first_header_xml, footer_xml, header_xml
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.sources import sources
from briefs.export.docx.styles import styles_xml
from briefs.export.limits import check_lengths
from briefs.export.not_known import as_read
from briefs.export.sources import sources_of

_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


@dataclass(frozen=True, slots=True)
class Written:
    """`replaced` are the characters that no Word file can hold, in whose place U+FFFD stands."""

    docx: bytes
    replaced: tuple[str, ...]


def write_docx(document: Document, since: Document | None = None) -> bytes:
    """The whole brief in its own language. The same document gives the same bytes.

    With `since`, an older one of the same brief, what changed in the sections is there as changes
    that Word accepts or rejects.
    """
    return written_docx(document, since).docx


def written_docx(document: Document, since: Document | None = None) -> Written:
    """The same, with what had to be replaced. Raises `RenderFailed` when a text is too long for any
    file."""
    for each in filter(None, (document, since)):
        check_lengths(each)
    if since:
        pictures = {each.sha256: each for each in (*since.pictures, *document.pictures)}
        document = replace(document, pictures=tuple(pictures.values()))
    language = language_of(document.language)
    with translation.override(language.locale):
        sheet = Sheet.of(as_read(document, language))
        parts = _parts(sheet, since and as_read(since, language))
    return Written(zipped(parts), tuple(sorted(sheet.characters.replaced)))


def _parts(sheet: Sheet, since: Document | None) -> dict[str, str | bytes]:
    pages = Pages(sheet)
    headings = Headings(sheet, pages)
    if sheet.document.look.has_contents:
        pages.contents(_levels(sheet))
    body = Body(sheet, since, headings)
    inside = body.xml()
    behind = sources(sheet, since, headings) + "".join(closing(sheet, headings))
    inside += ours(behind, sheet.identities)
    front = cover(sheet, body.of_no_section()) if sheet.document.look.has_cover else ""
    before = ours(front, sheet.identities)
    if sheet.document.look.has_contents:
        before += contents(sheet, headings.entries)
    text = in_sections(sheet, f"{before}{inside}")
    document = part("document", f"<w:body>{text}</w:body>")
    parts: dict[str, str | bytes] = {
        "word/document.xml": document,
        "word/styles.xml": styles_xml(sheet.language, sheet.colour, sheet.text_width),
        "word/numbering.xml": sheet.numbering.xml(),
        "word/settings.xml": settings_xml(sheet),
        "word/footnotes.xml": sheet.notes.xml(),
        "word/header1.xml": header_xml(sheet, has_headings=bool(headings.entries)),
        "word/header2.xml": first_header_xml(sheet),
        "word/footer1.xml": footer_xml(sheet),
    }
    if turned(document):
        has_headings = bool(headings.entries)
        parts["word/header3.xml"] = header_xml(sheet.across, has_headings=has_headings)
        parts["word/footer2.xml"] = footer_xml(sheet.across)
    if sheet.comments:
        parts["word/comments.xml"] = sheet.comments.xml()
        parts["word/commentsExtended.xml"] = sheet.comments.extended_xml()
    _relate(sheet, parts)
    return {**parts, **sheet.pictures.media}


def _levels(sheet: Sheet) -> list[int]:
    """Of the entries in the contents."""
    document = sheet.document
    behind = [sources_of(document), document.changes, document.look.has_clearance]
    return [*(heading.level for heading in headings_of(document)), *(1 for one in behind if one)]


def _relate(sheet: Sheet, parts: dict[str, str | bytes]) -> None:
    for name in ("styles", "numbering", "settings", "footnotes"):
        sheet.relations.part(name, f"{name}.xml")
    if sheet.comments:
        sheet.relations.part("comments", "comments.xml")
        sheet.relations.part(_EXTENDED, "commentsExtended.xml")
    parts["word/_rels/document.xml.rels"] = sheet.relations.xml()
    notes = sheet.notes.relations.xml()
    if notes:
        parts["word/_rels/footnotes.xml.rels"] = notes
    parts["docProps/core.xml"] = core_xml(sheet)
    parts["docProps/app.xml"] = app_xml()
    parts["docProps/custom.xml"] = custom_xml(sheet)
