"""A document as Markdown in one file for each section, packed as a ZIP file: for reading in an
editor or a repository, where one brief is a folder. An import reads the one file of
`briefs.export.markdown`."""

import io
import re
from collections.abc import Iterator, Mapping
from itertools import count
from zipfile import ZIP_STORED, ZipFile

from django.utils.text import slugify

from briefs.document.pictures import SCHEME, sha256s_in
from briefs.document.titles import escape_title
from briefs.document.tree import Document, PartNode, PictureNode, SectionNode
from briefs.export.encoding import encoded
from briefs.export.limits import check_lengths
from briefs.export.markdown import answers, section_heading, top
from briefs.export.zip_entry import zip_entry

INDEX = "index.md"
LONGEST_NAME = 60

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
_PICTURE = re.compile(rf"(?<=\]\(){SCHEME}([0-9a-f]{{64}})(?=[\s)])")
_NUMBER = re.compile(r"[0-9]+\.[0-9]+")


def write_markdown_files(document: Document, *, has_front_matter: bool = True) -> bytes:
    """The same document gives the same bytes.

    `index.md` has the title and links to the sections in their order, each in a file such as
    `02-1.1-needs.md`. Pictures that the texts show are in `pictures/`, and the texts link to them
    there. The mark of a draft stands in every file, as each may go its own way. Raises
    `RenderFailed` when a text is too long for any file.
    """
    check_lengths(document)
    names = _names(document)
    pictures = _pictures(document)
    places = {sha256: f"pictures/{sha256}.{_ENDINGS[of.mime_type]}" for sha256, of in pictures}
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        index = "\n\n".join(_index(document, names, has_front_matter=has_front_matter))
        archive.writestr(zip_entry(INDEX), encoded(f"{index}\n")[0])
        for section in document.sections:
            text = "\n\n".join(_section(document, section, places))
            archive.writestr(zip_entry(names[section.key]), encoded(f"{text}\n")[0])
        for sha256, picture in pictures:
            archive.writestr(zip_entry(places[sha256], ZIP_STORED), picture.content)
    return file.getvalue()


def _names(document: Document) -> dict[str, str]:
    """The file of each section by its key: its place, its number if it has one, and its title in
    letters that every system takes."""
    sections = list(document.sections)
    digits = max(2, len(str(len(sections))))
    return {
        section.key: "-".join(
            [
                f"{place:0{digits}}",
                *([section.number] if _NUMBER.fullmatch(section.number) else []),
                _word(section),
            ]
        )
        + ".md"
        for place, section in enumerate(sections, start=1)
    }


def _word(section: SectionNode) -> str:
    """A title in another script has no such letters, but its section's key has."""
    words = slugify(section.title) or slugify(section.key.rpartition("/")[2])
    return words[:LONGEST_NAME].strip("-_") or "section"


def _pictures(document: Document) -> list[tuple[str, PictureNode]]:
    """Those that the texts name, by their SHA-256 and in its order."""
    shown = sha256s_in(answer.text for node in document.sections for answer in node.answers)
    found = {node.sha256: node for node in document.pictures if node.mime_type in _ENDINGS}
    return [(sha256, found[sha256]) for sha256 in sorted(shown & found.keys())]


def _index(
    document: Document, names: Mapping[str, str], *, has_front_matter: bool
) -> Iterator[str]:
    title = escape_title(document.title)
    yield from top(document, title, has_front_matter=has_front_matter)
    for part in document.parts:
        if part.number is not None:
            yield f"## {part.number}. {escape_title(part.title)}"
        if part.sections:
            yield _links(part, names)


def _links(part: PartNode, names: Mapping[str, str]) -> str:
    return "\n".join(
        f"- [{section_heading(section)}]({names[section.key]})" for section in part.sections
    )


def _section(document: Document, section: SectionNode, places: Mapping[str, str]) -> Iterator[str]:
    yield from top(document, section_heading(section), has_front_matter=False)
    for block in answers(section, 2, count(1)):
        yield _PICTURE.sub(lambda named: places.get(named[1], named[0]), block)
