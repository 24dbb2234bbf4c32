"""One line of a paragraph as Markdown, read back to see that it says what it should."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markdown_it.token import Token

from briefs.document.blocks import is_safe
from briefs.document.markdown import reader
from briefs.document.pictures import SCHEME, picture_markdown
from briefs.importing.docx.code import code_span
from briefs.importing.docx.escaping import escape_words
from briefs.importing.docx.inlines import InLine, Marks, NoteMark, Shown, Words, plain_text
from briefs.importing.docx.marks import EACH_MARK, Piece, pieces_of

LONGEST_LINK = 2_000
LONGEST_READ_BACK = 64 * 1024
"""Characters of a line that is set in marks and read back; no prompt takes a longer one."""

_SIGNS = {Marks.BOLD: "**", Marks.ITALIC: "*", Marks.STRIKE: "~~"}
_TOKENS = {"strong": Marks.BOLD, "em": Marks.ITALIC, "s": Marks.STRIKE}
_TEXTS = ("text", "text_special", "code_inline")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\s\"'`()<>\[\]\\^{|}]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_READER = reader()

Labels = Mapping[NoteMark, str]
Thing = Marks | str
"""What is opened and closed: one mark, or a link by its address."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the line: words to be escaped, or signs as they are."""

    text: str
    is_words: bool = False
    in_link: bool = False


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line of Markdown; `is_whole` says that it has all marks that it should have."""

    text: str
    is_whole: bool


def is_good_link(href: str) -> bool:
    """Whether an address is kept: for the web or mail, and not too long."""
    return len(href) <= LONGEST_LINK and is_safe(href)


def inline_markdown(line: list[InLine], labels: Labels, kept: Marks) -> WrittenLine:
    """The line with its marks, or with as many of them as Markdown can say at these places.
    `labels` has every note of the line."""
    if len(plain_text(line)) > LONGEST_READ_BACK:
        bare = [Words(each.text) if isinstance(each, Words) else each for each in line]
        return WrittenLine(_written(pieces_of(bare, Marks.NONE), labels), is_whole=bare == line)
    text = ""
    for fewer in (kept, kept & (Marks.BOLD | Marks.CODE), kept & Marks.CODE, Marks.NONE):
        pieces = pieces_of(line, fewer)
        text = _written(pieces, labels)
        if _is_simple(pieces, text) or _says(text, pieces, labels):
            return WrittenLine(text, is_whole=fewer is kept)
    return WrittenLine(text, is_whole=False)


def _is_simple(pieces: list[Piece], text: str) -> bool:
    return len(pieces) == 1 and pieces[0] == Piece(text, Marks.NONE, "") and "\\" not in text


def _written(pieces: list[Piece], labels: Labels) -> str:
    tokens = _tokens(pieces, labels)
    written: list[str] = []
    for at, token in enumerate(tokens):
        if not token.is_words:
            written.append(token.text)
        else:
            before = tokens[at - 1].text[-1] if at else ""
            after = tokens[at + 1].text[0] if at + 1 < len(tokens) else ""
            written.append(escape_words(token.text, before, after, in_link=token.in_link))
    return "".join(written)


def _tokens(pieces: list[Piece], labels: Labels) -> list[_Token]:
    """Signs open the longest stretch first, so that they nest."""
    tokens: list[_Token] = []
    opened: list[Thing] = []
    ends = _ends(pieces)
    for at, piece in enumerate(pieces):
        wanted = _things(piece)
        _close(opened, wanted, tokens)
        fresh = [each for each in wanted if each not in opened]
        for thing in sorted(fresh, key=lambda each: -ends[at][each]):
            tokens.append(_Token("[" if isinstance(thing, str) else _SIGNS[thing]))
            opened.append(thing)
        if piece.sign:
            tokens.append(_Token(_sign(piece.sign, labels)))
        elif Marks.CODE in piece.marks:
            tokens.append(_Token(code_span(piece.text)))
        else:
            tokens.append(_Token(piece.text, is_words=True, in_link=bool(piece.link)))
    _close(opened, [], tokens)
    return tokens


def _sign(sign: NoteMark | Shown, labels: Labels) -> str:
    if isinstance(sign, NoteMark):
        return f"[^{labels[sign]}]"
    # A bar has its escape from the table that it stands in, if it stands in one.
    return picture_markdown(sign.sha256, sign.alt).replace("\\|", "|")


def _close(opened: list[Thing], wanted: list[Thing], tokens: list[_Token]) -> None:
    kept = next((at for at, each in enumerate(opened) if each not in wanted), len(opened))
    for thing in reversed(opened[kept:]):
        sign = f"]({_address(thing)})" if isinstance(thing, str) else _SIGNS[thing]
        tokens.append(_Token(sign))
    del opened[kept:]


def _things(piece: Piece) -> list[Thing]:
    marks: list[Thing] = [mark for mark in EACH_MARK if mark in piece.marks]
    return [*marks, piece.link] if piece.link else marks


def _ends(pieces: list[Piece]) -> list[dict[Thing, int]]:
    """For each piece, where what is open in it ends."""
    ends: list[dict[Thing, int]] = []
    later: dict[Thing, int] = {}
    for at in range(len(pieces) - 1, -1, -1):
        later = {thing: later.get(thing, at + 1) for thing in _things(pieces[at])}
        ends.append(later)
    ends.reverse()
    return ends


def _address(href: str) -> str:
    safe = _UNSAFE.sub(lambda match: quote(match[0], safe=""), href)
    return _ENTITY.sub("&amp;", safe)


def _says(text: str, pieces: list[Piece], labels: Labels) -> bool:
    """Whether Markdown reads in a line what was to be written."""
    notes = (piece.sign for piece in pieces if isinstance(piece.sign, NoteMark))
    known = {f":{labels[note]}": -1 for note in notes}
    env = {"footnotes": {"refs": known, "list": {}}}
    children = _READER.parseInline(text, env)[0].children or []
    meant = ((_meant(piece, labels), piece.marks, bool(piece.link)) for piece in pieces)
    return _merged(_read(children)) == _merged(meant)


def _meant(piece: Piece, labels: Labels) -> str:
    match piece.sign:
        case NoteMark():
            return f"[^{labels[piece.sign]}]"
        case Shown():
            return f"<image {SCHEME}{piece.sign.sha256}>"
    return piece.text


def _read(tokens: list[Token]) -> "Iterable[tuple[str, Marks, bool]]":
    marks: list[Marks] = []
    in_link = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            in_link = token.nesting == 1
        elif token.nesting == 1:
            marks.append(_TOKENS[token.tag])
        elif token.nesting == -1:
            marks.pop()
        else:
            set_so = Marks.NONE
            for mark in marks:
                set_so |= mark
            is_code = token.type == "code_inline"
            yield _shown(token), set_so | Marks.CODE if is_code else set_so, in_link


def _shown(token: Token) -> str:
    if token.type == "footnote_ref" and "label" in token.meta:
        return f"[^{token.meta['label']}]"
    if token.type == "image":
        return f"<image {token.attrs['src']}>"
    return token.content if token.type in _TEXTS else f"<{token.type}>"


def _merged(read: "Iterable[tuple[str, Marks, bool]]") -> list[list[str | Marks | bool]]:
    merged: list[list[str | Marks | bool]] = []
    for text, marks, in_link in read:
        if not text:
            continue
        if merged and merged[-1][1:] == [marks, in_link]:
            merged[-1][0] = f"{merged[-1][0]}{text}"
        else:
            merged.append([text, marks, in_link])
    return merged
