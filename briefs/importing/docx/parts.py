"""Finds the parts of a Word file that are read, by the package's own relations."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefs.importing.docx.elements import Builder, Element
from briefs.importing.docx.package import Package, open_package
from briefs.importing.docx.refusals import damaged, other_kind

_OTHER_KINDS = (
    ("spreadsheetml", gettext_lazy("an Excel workbook")),
    ("presentationml", gettext_lazy("a PowerPoint presentation")),
    ("visio", gettext_lazy("a Visio drawing")),
)


@dataclass(slots=True)
class WordFile:
    """The document and what it leans on; a part that isn't there is None. `links` are the addresses
    of hyperlinks by relation, by the part that has them, and `images` the parts of pictures,
    whose bytes `picture` gives, None for more than so many."""

    document: Element
    picture: Callable[[str, int], bytes | None]
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    comments: Element | None = None
    properties: Element | None = None
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    images: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Relation:
    key: str
    kind: str
    target: str
    is_outside: bool


def word_file(content: bytes) -> WordFile:
    """Reads the parts. Raises `ValidationError` for what is no Word file, is damaged or too large.

    Relations that lead out of the file are never followed, and those that lead nowhere are none.
    """
    package = open_package(content)
    builder = Builder()
    relations = _relations(package, builder, "_rels/.rels", "")
    named = (
        each.target for each in relations if each.kind == "officeDocument" and not each.is_outside
    )
    name = next(named, "word/document.xml")
    document = _tree(package, builder, name)
    if document is None or document.name != "w:document":
        raise _not_word(package, builder)
    file = _with_parts(package, builder, document, name)
    for each in relations:
        if each.kind == "custom-properties" and not each.is_outside:
            file.properties = _tree(package, builder, each.target)
    return file


def _with_parts(package: Package, builder: Builder, document: Element, name: str) -> WordFile:
    relations = _relations(package, builder, *_relations_of(name))
    found: dict[str, Element | None] = {}
    links, images = {"document": _links(relations)}, {"document": _images(relations)}
    for each in relations:
        if each.kind in ("styles", "numbering", "footnotes", "endnotes", "comments"):
            if each.is_outside or each.kind in found:
                continue
            found[each.kind] = _tree(package, builder, each.target)
            if each.kind in ("footnotes", "endnotes"):
                own = _relations(package, builder, *_relations_of(each.target))
                links[each.kind], images[each.kind] = _links(own), _images(own)
    return WordFile(document, package.picture, links=links, images=images, **found)


def _links(relations: list[_Relation]) -> dict[str, str]:
    return {
        each.key: each.target for each in relations if each.is_outside and each.kind == "hyperlink"
    }


def _images(relations: list[_Relation]) -> dict[str, str]:
    return {
        each.key: each.target for each in relations if each.kind == "image" and not each.is_outside
    }


def _relations_of(name: str) -> tuple[str, str]:
    """Where a part's relations stand, and the folder from which their targets are named."""
    folder, _slash, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels"), folder


def _relations(package: Package, builder: Builder, name: str, folder: str) -> list[_Relation]:
    root = _tree(package, builder, name)
    if root is None:
        return []
    return [
        _Relation(
            key=each.get("Id"),
            kind=each.get("Type").rpartition("/")[2],
            target=(
                each.get("Target")
                if each.get("TargetMode") == "External"
                else _inside(each.get("Target"), folder)
            ),
            is_outside=each.get("TargetMode") == "External",
        )
        for each in root.all("rel:Relationship")
    ]


def _inside(target: str, folder: str) -> str:
    """The name of a part that a relation leads to; what leads out of the file is no part's name."""
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


def _tree(package: Package, builder: Builder, name: str) -> Element | None:
    content = package.read(name)
    return None if content is None else builder.tree(content)


def _not_word(package: Package, builder: Builder) -> ValidationError:
    kind = package.read("mimetype") or b""
    if b"opendocument" in kind[:100]:
        return other_kind(_("an OpenDocument file"))
    types = _tree(package, builder, "[Content_Types].xml")
    if types is None:
        return other_kind(_("a ZIP archive"))
    named = " ".join(each.get("ContentType") for each in types.children)
    for word, name in _OTHER_KINDS:
        if word in named:
            return other_kind(str(name))
    return damaged()
