"""How an answer is written into a file with real headings, so that every reader of CommonMark finds
in it what we found: no headings, HTML or link definitions, and no fence that swallows the rest."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence, hr, paragraph, table
from markdown_it.rules_inline import StateInline, backtick, image
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_inline, footnote_ref

from briefs.document.markdown import (
    INTERRUPTS,
    MAX_NESTING,
    BlockRule,
    InlineRule,
    block_at_depth,
    inline_at_depth,
    reader,
)

_NUMBERED = re.compile(r"\[\^([0-9]+)\]")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_BARE_DELIMITER = re.compile(r"-+[ \t]*$")
_CONTAINER = re.compile(
    r"(?P<before>\d{1,9}(?=[.)](?:[ \t]|$))|\[\^[^ \]]+\](?=:))|>|[-+*](?:[ \t]|$)"
)
_DEFINITION = re.compile(r"\[(?!\^[^ \]]+\]:)(?:[^\[\]\\]|\\.)+\]:", re.DOTALL)
_HTML = re.compile(r"<[A-Za-z/!?]")
_REFERENCE = re.compile(r"\[\^[\w.-]+\]")


def escape_structure(text: str, labels: Iterator[int] | None = None) -> str:
    """A normalised answer as it stands in an exported file; it reads there as it reads here.

    Headings of both kinds, HTML, link definitions and references to missing notes are escaped;
    rules of dashes become `***`; a fence left open is closed. Footnotes are labelled anew from
    `labels` in the order of their definitions: hand the same counter to all answers of a file, as
    labels are shared there. None counts from 1. Normalised in, normalised out, and a second
    time changes nothing. Readers are meant that know tables and footnotes, or none of them where
    the text has none: without footnotes, a definition is what they make of it.

    `parse` gives the same blocks for the outcome, except where it shows the label of a note
    (one that refers to itself, a chain deeper than `MAX_NESTING`), and where a link's text would
    read elsewhere as a definition, because a code span in it holds `]:`: there the text wins.
    """
    return _found(text, labels or count(1)).written()


def number_notes(text: str) -> str:
    """A normalised answer with its footnotes labelled from 1, in the order of their definitions,
    and nothing else changed. A number that stands in such brackets and is no note stays free: it
    would become one."""
    if "[^" not in text:
        return text
    found = _found(text, count(1))
    signs = (match.span(1) for match in _NUMBERED.finditer(text))
    no_notes = {text[slice(*sign)] for sign in signs if sign not in found.edits}
    if no_notes:
        found = _found(text, (each for each in count(1) if str(each) not in no_notes))
    for (start, end), written in list(found.edits.items()):
        if not (written.isdigit() and start < end and text[start - 2 : start] == "[^"):
            del found.edits[start, end]
    return found.written()


def _found(text: str, labels: Iterator[int]) -> "_Found":
    found = _Found(text)
    env: MutableMapping[str, Any] = {"found": found, "bases": [0]}
    _READER.block.parse(text, _READER, env, [])
    _name_notes(found, labels)
    for passage in found.passages:
        _escape_inline(passage, env, found)
    return found


@dataclass(slots=True)
class _Line:
    """A later line of a paragraph that must be escaped: by a backslash at `escaped`, or within a
    code span, where that would show, by joining it to the line before with `joint`. Without
    `escaped` it must be only there: elsewhere it is as any HTML."""

    before: int
    begin: int
    joint: str
    escaped: int | None


@dataclass(slots=True)
class _Passage:
    """The content of one inline token, and how its positions map to those of the whole text."""

    token: Token
    place: Callable[[int], int]
    is_paragraph: bool
    lines: list["_Line"] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What must be written differently: stretches of the text and what stands in for each."""

    text: str
    edits: dict[tuple[int, int], str] = field(default_factory=dict)
    definitions: list[tuple[int, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    passages: list[_Passage] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)

    def escape(self, position: int) -> None:
        self.edits[position, position] = "\\"

    def written(self) -> str:
        pieces = []
        position = 0
        for (start, end), replacement in sorted(self.edits.items()):
            pieces += [self.text[position:start], replacement]
            position = end
        return "".join([*pieces, self.text[position:]])


def _name_notes(found: _Found, labels: Iterator[int]) -> None:
    for start, label in sorted(found.definitions):
        name = str(next(labels))
        found.labels.setdefault(label, name)
        found.edits[start + 2, start + 2 + len(label)] = name


# Blocks: each rule of our parser also notes what it matched and where.


def _noting(rule: BlockRule, note: Callable[[StateBlock, int, int], None]) -> BlockRule:
    def noted(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        tokens_before = len(state.tokens)
        matched = rule(state, start_line, end_line, silent)
        if matched and not silent:
            note(state, start_line, tokens_before)
        return matched

    return noted


def _begin(state: StateBlock, line: int) -> int:
    """Where the words of a line begin in the text, after indents and the marks of containers."""
    return state.bMarks[line] + state.tShift[line]


def _note_paragraph(state: StateBlock, start_line: int, tokens_before: int) -> None:
    found: _Found = state.env["found"]
    raw = state.getLines(start_line, state.line, state.blkIndent, False)
    ends = state.eMarks[start_line : state.line]
    lead = len(raw) - len(raw.lstrip())
    place = partial(_place_in_lines, _line_starts(raw), ends, len(raw), lead)
    passage = _Passage(state.tokens[tokens_before + 1], place, is_paragraph=True)
    found.passages.append(passage)
    for line, raw_line in enumerate(raw.split("\n"), start=start_line):
        escaped = _escaped(state, line, is_first=line == start_line)
        begin = _begin(state, line)
        if escaped is not None:
            found.escape(escaped)
        elif not _HTML.match(state.src, begin):
            continue
        if line > start_line:
            joint = " " + raw_line[: len(raw_line) - (state.eMarks[line] - begin)]
            passage.lines.append(_Line(state.eMarks[line - 1], begin, joint, escaped))


def _escaped(state: StateBlock, line: int, *, is_first: bool) -> int | None:
    """Where a line of text needs a backslash so as not to be read as structure, if it does."""
    begin = _begin(state, line)
    words = state.src[begin : state.eMarks[line]]
    if _HEADING.match(words) or (not is_first and _UNDERLINE.match(words)):
        return begin
    if state.env.get("depth", 0) >= MAX_NESTING and (marker := _CONTAINER.match(words)):
        return begin + len(marker["before"] or "")
    return None


def _line_starts(raw: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", raw))]


def _place_in_lines(
    starts: list[int], ends: list[int], length: int, lead: int, position: int
) -> int:
    """Lines are the same from their ends on; at their beginnings, marks and indents are missing."""
    position += lead
    line = bisect_right(starts, position) - 1
    line_end = starts[line + 1] - 1 if line + 1 < len(starts) else length
    return ends[line] - (line_end - position)


def _note_table(state: StateBlock, start_line: int, tokens_before: int) -> None:
    found: _Found = state.env["found"]
    delimiter = _begin(state, start_line + 1)
    if _BARE_DELIMITER.match(state.src[delimiter : state.eMarks[start_line + 1]]):
        found.edits[delimiter, delimiter] = "|"
        end = state.eMarks[start_line + 1]
        found.edits[end, end] = "|"
    rows: dict[int, list[Token]] = {}
    for token in state.tokens[tokens_before:]:
        if token.type == "inline" and token.map:
            rows.setdefault(token.map[0], []).append(token)
    for line, cells in rows.items():
        if (escaped := _escaped(state, line, is_first=True)) is not None:
            found.escape(escaped)
        for token, places in zip(cells, _cells(state, line), strict=False):
            place = partial(_place_in_cell, places)
            found.passages.append(_Passage(token, place, is_paragraph=False))


def _cells(state: StateBlock, line: int) -> list[list[int]]:
    """For each cell of a row, where each of its characters stands in the text, and where it ends.

    As markdown-it splits rows: at each pipe without a backslash; a backslash before a pipe isn't
    in the cell; an empty cell at either end isn't one.
    """
    begin, end = _begin(state, line), state.eMarks[line]
    cells: list[list[int]] = [[]]
    for position in range(begin, end):
        character = state.src[position]
        if character != "|":
            cells[-1].append(position)
        elif position > begin and state.src[position - 1] == "\\":
            cells[-1][-1] = position
        else:
            cells[-1].append(position)
            cells.append([])
    cells[-1].append(end)
    if len(cells[0]) == 1:
        del cells[0]
    return [_trimmed(cell, state.src) for cell in cells]


def _trimmed(cell: list[int], text: str) -> list[int]:
    blanks = 0
    while blanks + 1 < len(cell) and text[cell[blanks]] in " \t":
        blanks += 1
    return cell[blanks:]


def _place_in_cell(places: list[int], position: int) -> int:
    return places[position]


def _note_rule(state: StateBlock, start_line: int, _: int) -> None:
    found: _Found = state.env["found"]
    begin, end = _begin(state, start_line), state.eMarks[start_line]
    if state.src[begin] == "-":
        line_begin = state.src.rfind("\n", 0, begin) + 1
        # Behind the bullet of an item, `***` would make the whole line a rule.
        stars = "___" if "*" in state.src[line_begin:begin] else "***"
        found.edits[begin, end] = stars


def _note_fence(state: StateBlock, start_line: int, tokens_before: int) -> None:
    """Only a fence outside lists and quotes can swallow what follows: their end is its end."""
    found: _Found = state.env["found"]
    last = state.line - 1
    opening = state.tokens[tokens_before].markup
    words = state.src[_begin(state, last) : state.eMarks[last]].rstrip(" \t")
    is_closing = words.startswith(opening) and not words.strip(opening[0])
    is_closed = last > start_line and is_closing and state.sCount[last] < 4
    if state.level == 0 and not is_closed:
        end = len(state.src)
        found.edits[end, end] = f"\n{opening}"


def _note_definition(state: StateBlock, start_line: int, tokens_before: int) -> None:
    found: _Found = state.env["found"]
    label = state.tokens[tokens_before].meta["label"]
    found.definitions.append((_begin(state, start_line), label))


# Inlines: what our parser leaves as text, and another would not.


def _escape_inline(passage: _Passage, env: MutableMapping[str, Any], found: _Found) -> None:
    content = passage.token.content
    if passage.is_paragraph and _DEFINITION.match(content):
        found.escape(passage.place(0))
    found.marks.clear()
    found.code.clear()
    _READER.inline.parse(content, _READER, env, [])
    for position, label in found.marks:
        begin = passage.place(position)
        end = passage.place(position + 2 + len(label))
        if label in found.labels:
            found.edits[begin + 2, end] = found.labels[label]
        else:
            found.escape(begin)
            if label:
                found.escape(end)
    _join_code(passage, found)


def _join_code(passage: _Passage, found: _Found) -> None:
    spans = [(passage.place(begin), passage.place(end)) for begin, end in found.code]
    for line in passage.lines:
        before = bisect_right(spans, (line.begin,)) - 1
        if before >= 0 and line.begin < spans[before][1]:
            if line.escaped is not None:
                del found.edits[line.escaped, line.escaped]
            found.edits[line.before, line.begin] = line.joint


def _note_text(state: StateInline, position: int, label: str) -> None:
    """`label` is that of a reference to a note, blank when HTML would begin at the position."""
    state.env["found"].marks.append((state.env["bases"][-1] + position, label))


def _html(state: StateInline, silent: bool) -> bool:
    if not silent and _HTML.match(state.src, state.pos):
        _note_text(state, state.pos, "")
    return False


def _code(state: StateInline, silent: bool) -> bool:
    begin = state.pos
    matched = backtick(state, silent)
    if matched and not silent and "\n" in state.src[begin : state.pos]:
        base = state.env["bases"][-1]
        state.env["found"].code.append((base + begin, base + state.pos - 1))
    return matched


def _reference(state: StateInline, silent: bool) -> bool:
    position = state.pos
    matched = footnote_ref(state, silent)
    if not silent:
        if matched:
            _note_text(state, position, state.src[position + 2 : state.pos - 1])
        elif missing := _REFERENCE.match(state.src, position):
            _note_text(state, position, missing[0][2:-1])
    return matched


def _based(rule: InlineRule) -> InlineRule:
    """A rule that parses its label, which begins behind two characters, as a text of its own."""

    def based(state: StateInline, silent: bool) -> bool:
        bases = state.env["bases"]
        bases.append(bases[-1] + state.pos + 2)
        try:
            return rule(state, silent)
        finally:
            bases.pop()

    return based


def _noting_reader() -> MarkdownIt:
    parser = reader()
    blocks = parser.block.ruler
    blocks.at("paragraph", _noting(paragraph, _note_paragraph))
    blocks.at("table", _noting(table, _note_table), {"alt": INTERRUPTS})
    blocks.at("fence", _noting(fence, _note_fence), {"alt": [*INTERRUPTS, "blockquote", "list"]})
    blocks.at("hr", _noting(hr, _note_rule), {"alt": [*INTERRUPTS, "blockquote", "list"]})
    noting_definition = _noting(block_at_depth(footnote_def), _note_definition)
    blocks.at("footnote_def", noting_definition, {"alt": INTERRUPTS})
    inlines = parser.inline.ruler
    inlines.at("backticks", _code)
    inlines.at("image", _based(inline_at_depth(image)))
    inlines.at("footnote_inline", _based(inline_at_depth(footnote_inline)))
    inlines.at("footnote_ref", _reference)
    inlines.at("html_inline", _html)
    parser.enable("html_inline")
    return parser


_READER = _noting_reader()
