"""Word files written by hand, part by part, so that a test says exactly what is in them."""

import io
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from briefs.document.blocks import parse
from briefs.document.text import normalise

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def read_blocks(text: str) -> list[Any]:
    """The blocks of a Markdown text as an answer's are read, without their types."""
    return list(parse(normalise(text)))


def run(text: str, properties: str = "") -> str:
    """Words that are set alike."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def styled(style: str, text: str) -> str:
    """A paragraph of plain words in a style."""
    return paragraph(run(text), f'<w:pStyle w:val="{style}"/>')


def plain(text: str) -> str:
    """A paragraph of plain words."""
    return paragraph(run(text))


def part(root: str, content: str) -> str:
    """A whole part of the file."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Relations by their keys: the kind, and the target, which is outside unless it is a part."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}'
        + (
            ' TargetMode="External"'
            if kind == "hyperlink" or (kind == "image" and "://" in target)
            else ""
        )
        + "/>"
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(
    body: str,
    *,
    links: Mapping[str, str] | None = None,
    images: Mapping[str, str] | None = None,
    more: Mapping[str, str | bytes] = {},
    **parts: str,
) -> bytes:
    """A Word file with that body. `parts` are the contents of its other parts by name, `links` its
    addresses and `images` its pictures by relation, `more` whole files."""
    targets = {name: (name, f"{name}.xml") for name in parts}
    targets |= {key: ("hyperlink", address) for key, address in (links or {}).items()}
    targets |= {key: ("image", name) for key, name in (images or {}).items()}
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(targets),
            **{f"word/{name}.xml": part(name, content) for name, content in parts.items()},
            **more,
        }
    )
