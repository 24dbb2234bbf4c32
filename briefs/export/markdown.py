"""A document as a Markdown file: CommonMark with real headings, read back by `briefs.importing`.

Written with its front matter, imported and written again it has the same bytes. So headings of
empty sections and prompts stay: they show what is missing, and a text editor finds its places.
"""

from collections.abc import Iterator
from itertools import count

from briefs.document.escape import escape_structure
from briefs.document.front_matter import draft_line, write_pair, write_scalar
from briefs.document.language import language_of
from briefs.document.titles import escape_title
from briefs.document.tree import AnswerNode, Document, PartNode, SectionNode
from briefs.export.limits import check_lengths


def write_markdown(document: Document, *, has_front_matter: bool = True) -> str:
    """The whole brief, with LF line ends and one at the end.

    Parked and set-aside text, guidance, sign-offs and the names of people are not in it. What is
    true of an edition stands in the front matter, and an import leaves it off. Only the
    brief's own date is: that of its newest revision would change by being imported. Notes are
    numbered through the whole file, as their labels are shared there. Raises `RenderFailed` when
    a text is too long for any file.
    """
    check_lengths(document)
    title = escape_title(document.title)
    blocks = top(document, title, has_front_matter=has_front_matter)
    labels = count(1)
    for part in document.parts:
        blocks.extend(_part(part, labels))
    return "\n\n".join(blocks) + "\n"


def top(document: Document, heading: str, *, has_front_matter: bool) -> list[str]:
    """What a file begins with, as blocks: what it is of, its heading, and its marks. No file goes
    without the marking."""
    blocks = [_front_matter(document)] if has_front_matter else []
    blocks.append(f"# {heading}")
    if document.marking and not has_front_matter:
        blocks.append(f"**{escape_title(document.marking)}**")
    if document.is_draft:
        blocks.append(draft_line(language_of(document.language).locale))
    return blocks


def header_lines(document: Document) -> list[str]:
    """What the front matter says of the brief and its template, not of the file."""
    written = {
        "title": document.title,
        "subject": document.subject,
        "country": document.country,
        "language": document.language,
        "reference": document.reference,
        "marking": document.marking,
    }
    lines = [f"{name}: {write_scalar(value)}" for name, value in written.items() if value]
    if document.date:
        lines.append(f"date: {document.date.isoformat()}")
    if document.facts:
        lines.append("facts:")
        lines.extend(f"  - {write_pair(fact.label, fact.value)}" for fact in document.facts)
    return [*lines, f"template: {document.template.key} {document.template.version}"]


def _front_matter(document: Document) -> str:
    lines = header_lines(document)
    lines.append(f"text: {document.text.value}")
    if document.edition:
        lines.append(f"edition: {document.edition.number}")
    for name, entries in (
        ("unapproved", _unapproved(document)),
        ("changes", [write_scalar(line) for line in document.changes]),
    ):
        if entries:
            lines += [f"{name}:", *(f"  - {entry}" for entry in entries)]
    return "\n".join(["---", *lines, "---"])


def _unapproved(document: Document) -> list[str]:
    """The sections that weren't clear, each with the reason for releasing it."""
    return [
        write_pair(section.name, section.released_because)
        for section in document.sections
        if section.released_because
    ]


def _part(part: PartNode, labels: Iterator[int]) -> Iterator[str]:
    level = 2
    if part.number is not None:
        yield f"## {part.number}. {escape_title(part.title)}"
        level = 3
    for section in part.sections:
        yield from _section(section, level, labels)


def _section(section: SectionNode, level: int, labels: Iterator[int]) -> Iterator[str]:
    yield f"{'#' * level} {section_heading(section)}"
    yield from answers(section, level + 1, labels)


def section_heading(section: SectionNode) -> str:
    """Number and title, so that nothing in it reads as a mark."""
    number = f"{section.number} " if section.number else ""
    return number + escape_title(section.title)


def answers(section: SectionNode, level: int, labels: Iterator[int]) -> Iterator[str]:
    """The texts of a section as blocks, their labels as headings of that level."""
    # The body has no heading of its own, so behind a label it would be read as that label's.
    for answer in sorted(section.answers, key=lambda answer: bool(answer.label)):
        yield from _answer(answer, level, labels)


def _answer(answer: AnswerNode, level: int, labels: Iterator[int]) -> Iterator[str]:
    if answer.label:
        yield f"{'#' * level} {escape_title(answer.label)}"
    if answer.text:
        yield escape_structure(answer.text, labels)
