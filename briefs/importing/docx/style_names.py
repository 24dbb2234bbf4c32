"""What a paragraph style is for by its name, in the languages in which people name styles.

Word itself writes the built-in names in English whatever it shows, other programs don't.
"""

import re
import unicodedata
from enum import StrEnum


class Role(StrEnum):
    """What the paragraphs of a style are; levels count from 1. A caption, a subtitle or the head of
    a table is an aside: a text whose style alone sets it in italics or bold. What is continued is a
    further paragraph of a list's item."""

    TITLE = "title"
    HEADING = "heading"
    QUOTE = "quote"
    CODE = "code"
    CONTENTS = "contents"
    ASIDE = "aside"
    CONTINUED = "continued"
    BULLET = "bullet"
    NUMBER = "number"


_HEADINGS = (
    "heading|überschrift|titre|título|encabezado|titolo|intestazione|cabeçalho|kop|rubrik|"
    "overskrift|otsikko|nagłówek|nadpis|címsor|titlu|başlık|заголовок|επικεφαλίδα|כותרת|العنوان|"
    "عنوان|標題|标题|見出し|제목"
)
_TITLES = "title|titel|titre|título|titolo|tittel|otsikko|tytuł|název|názov|cím|titlu|konu başlığı"
_TITLES += "|название|τίτλος|כותרת טקסט|العنوان|標題|标题|表題|제목"
_QUOTES = (
    "quote|intense quote|quotations|block text|zitat|intensives zitat|citation|citation intense"
)
_QUOTES += "|cita|cita destacada|citazione|citazione intensa|citação|citat|citaat|sitaatti|cytat"
_QUOTES += "|цитата|引用文|引用|인용"
_ASIDES = "caption|beschriftung|légende|epígrafe|leyenda|didascalia|legenda|bijschrift|beskrivning"
_ASIDES += "|subtitle|untertitel|sous-titre|subtítulo|sottotitolo|ondertitel|undertitel|underrubrik"
_ASIDES += "|editorial note|table heading(?: small| tiny)?"
_CODES = "code|html preformatted|preformatted text|source code"
_WORDS_OF_CODE = re.compile(
    "(?:inline |source |html )?code(?: char)?|source text|verbatim(?: char)?|quelltext"
    "|html (?:keyboard|sample|typewriter|preformatted char)"
)

_ROLES = [
    (Role.CONTENTS, re.compile(r"(?:toc|contents|inhaltsverzeichnis|verzeichnis) ?\d|toc heading")),
    (Role.HEADING, re.compile(rf"(?:{_HEADINGS}) ?(?P<level>[1-9])")),
    (Role.TITLE, re.compile(_TITLES)),
    (Role.QUOTE, re.compile(_QUOTES)),
    (Role.CODE, re.compile(_CODES)),
    (Role.ASIDE, re.compile(_ASIDES)),
    (Role.CONTINUED, re.compile(r"list continue ?(?P<level>[2-5])?")),
    (Role.BULLET, re.compile(r"list bullet ?(?P<level>[2-5])?")),
    (Role.NUMBER, re.compile(r"list number ?(?P<level>[2-5])?")),
]
_ID = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")


def role_of_name(name: str) -> tuple[Role, int] | None:
    """The role that a style's name says, and its level; None for any other name."""
    said = _said(name)
    for role, pattern in _ROLES:
        match = pattern.fullmatch(said)
        if match:
            level = match.groupdict().get("level")
            return role, int(level or 1)
    return None


def names_code(name: str) -> bool:
    """Whether a style of words by that name is one for code."""
    return _WORDS_OF_CODE.fullmatch(_said(name)) is not None


def role_of_id(key: str) -> tuple[Role, int] | None:
    """The same by a style's key, such as `ListBullet2`, for a file that names no styles."""
    return role_of_name(_ID.sub(" ", key))


def _said(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()
