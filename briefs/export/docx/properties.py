"""What a file says of itself, and how Word treats it."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from briefs.document.tree import Document
from briefs.document.word_marks import LONGEST_PROPERTY, PROPERTY
from briefs.export.docx.direction import language_attributes
from briefs.export.docx.markup import DECLARATION, element, part
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.tracking import AUTHOR, moment
from briefs.export.markdown import header_lines

_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_APP = f"{_OFFICE}/extended-properties"
_CUSTOM = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
_OF_USERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core_xml(sheet: Sheet) -> str:
    """Title, writers and dates. The time is that of the newest revision, or else the day printed:
    no clock is read."""
    document = sheet.document
    said = [
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        ("dc:creator", "; ".join(document.prepared_by)),
        ("cp:keywords", document.reference),
        ("cp:category", document.template.title),
        ("dc:language", sheet.language.tag),
    ]
    inside = "".join(
        f"<{name}>{sheet.characters.line(value)}</{name}>" for name, value in said if value
    )
    when = _when(document)
    if when:
        inside += "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment(when)}</dcterms:{name}>'
            for name in ("created", "modified")
        )
    return f"{DECLARATION}<cp:coreProperties {_CORE}>{inside}</cp:coreProperties>"


def app_xml() -> str:
    """Which program made the file."""
    return (
        f'{DECLARATION}<Properties xmlns="{_APP}"><Application>{AUTHOR}</Application></Properties>'
    )


def custom_xml(sheet: Sheet) -> str:
    """The lines of the front matter of a Markdown file, by which an import knows the brief."""
    # Word counts properties from 2.
    inside = "".join(
        f'<property fmtid="{_OF_USERS}" pid="{identity}" name="{name}">'
        f"<vt:lpwstr>{sheet.characters.text(said)}</vt:lpwstr></property>"
        for identity, (name, said) in enumerate(_header(sheet.document), start=2)
    )
    return f"{DECLARATION}<Properties {_CUSTOM}>{inside}</Properties>"


def _header(document: Document) -> Iterator[tuple[str, str]]:
    """Names of properties with what they hold."""
    for number, line in enumerate(header_lines(document), start=1):
        name = f"{PROPERTY} {number:02}"
        yield name, line[:LONGEST_PROPERTY]
        further = range(LONGEST_PROPERTY, len(line), LONGEST_PROPERTY)
        for place, start in enumerate(further, start=1):
            yield f"{name}.{place}", line[start : start + LONGEST_PROPERTY]


def settings_xml(sheet: Sheet) -> str:
    """Nothing here asks Word to compute fields when it opens the file, as it would ask the reader
    first."""
    notes = "".join(f'<w:footnote w:id="{identity}"/>' for identity in (-1, 0))
    mode = (
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    return part(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"{element('footnotePr', notes)}{element('compat', mode)}"
        f"{element('themeFontLang', language_attributes(sheet.language))}"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


def _when(document: Document) -> datetime | None:
    if document.modified_at:
        return document.modified_at
    return datetime.combine(document.date, time(), UTC) if document.date else None
