"""One table of a template file: values are asked for by kind, mistakes noted with their place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from briefs.brief_templates.table_lines import Index
from briefs.document.outline import Range
from briefs.document.text import normalise

MOST_THAT_MAKES_SENSE = 100_000

_WRAP = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One fault of an outline. `line`, from 1, is the head's of the table in a file; None if
    unknown. `index` is the table's place, such as (2, 0) for the third part's first section, and
    `field` the key that is wrong, blank when it is about the whole table."""

    line: int | None
    place: str
    sentence: str
    index: Index = ()
    field: str = ""

    def __str__(self) -> str:
        line = _("line %(line)s") % {"line": self.line} if self.line else ""
        place = ", ".join(part for part in (line, self.place) if part)
        return f"{place}: {self.sentence}" if place else self.sentence


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its place. All tables of a file share `mistakes` and `lines`."""

    values: Mapping[str, object]
    mistakes: list[Mistake]
    lines: Mapping[Index, int]
    index: Index = ()
    place: str = ""
    range_of: str = ""

    def wrong(self, sentence: str, *, field: str = "", **about: object) -> None:
        """Notes a mistake in this table; reading goes on, so that all are reported at once."""
        ends = (self.index[:end] for end in range(len(self.index), 0, -1))
        line = next((self.lines[end] for end in ends if end in self.lines), None)
        place = self.place or _("top of the file")
        field = self.range_of or field
        self.mistakes.append(Mistake(line, place, sentence % about, self.index, field))

    def check_keys(self, *known: str) -> None:
        """A key that nobody asks for is a typing error, or a wish that would go unheard."""
        for key in self.values:
            if key not in known:
                self.wrong(
                    _("“%(key)s” is not a key here; use %(known)s."),
                    key=key,
                    known=", ".join(known),
                )

    def text(self, key: str, longest: int, *, is_optional: bool = False) -> str:
        """A text, normalised; blank when it is wrong, or when it is optional and absent."""
        value = self.values.get(key)
        if value is None:
            if not is_optional:
                self.wrong(_("“%(key)s” is missing."), field=key, key=key)
            return ""
        if not isinstance(value, str):
            self.wrong(_("“%(key)s” must be a text in quotation marks."), field=key, key=key)
            return ""
        text = normalise(value).strip()
        if not text:
            sentence = _("“%(key)s” is empty; write a text or leave the line out.")
            self.wrong(sentence, field=key, key=key)
        if len(text) > longest:
            self.wrong(
                _("“%(key)s” has %(length)s characters; at most %(longest)s fit."),
                field=key,
                key=key,
                length=len(text),
                longest=longest,
            )
        return text

    def line(self, key: str, longest: int, *, is_optional: bool = False) -> str:
        """A text of one line, such as a title."""
        text = self.text(key, longest, is_optional=is_optional)
        if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
            sentence = _("“%(key)s” must be one line without control characters.")
            self.wrong(sentence, field=key, key=key)
        return text

    def paragraphs(self, key: str, longest: int) -> str:
        """A text whose line breaks within a paragraph only wrap it; blank when absent."""
        return _WRAP.sub(" ", self.text(key, longest, is_optional=True))

    def key(self, longest: int, pattern: re.Pattern[str], shape: str, *, field: str = "key") -> str:
        """The table's own `key`, or `was`, the one before, which may be absent; `shape` says in
        words what `pattern` asks."""
        key = self.text(field, longest, is_optional=field != "key")
        if key and not pattern.fullmatch(key):
            sentence = _("The key “%(key)s” must be %(shape)s.")
            self.wrong(sentence, field=field, key=key, shape=shape)
        return key

    def count(self, key: str, least: int, most: int) -> int | None:
        """A whole number; None when absent or wrong."""
        value = self.values.get(key)
        if value is None:
            return None
        # To Python, true and false are whole numbers too.
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.wrong(
                _("“%(key)s” must be a whole number from %(least)s to %(most)s."),
                field=key,
                key=key,
                least=least,
                most=most,
            )
            return None
        return value

    def is_so(self, key: str) -> bool:
        """A yes or no; no when absent or wrong."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(_("“%(key)s” must be true or false."), field=key, key=key)
            return False
        return value

    def keys(self, key: str, most: int) -> tuple[str, ...]:
        """A list of keys such as `["desk", "legal"]`; empty when absent or wrong."""
        value = self.values.get(key, [])
        if (
            not isinstance(value, list | tuple)
            or len(value) > most
            or not all(isinstance(each, str) for each in value)
        ):
            sentence = _("“%(key)s” must be a list of at most %(most)s keys in quotation marks.")
            self.wrong(sentence, field=key, key=key, most=most)
            return ()
        return tuple(value)

    def range(self, key: str) -> Range:
        """A range such as `{ least = 80, most = 300 }`; open at both ends when absent."""
        value = self.values.get(key)
        if value is None:
            return Range()
        if not isinstance(value, dict) or not value:
            sentence = _("“%(key)s” must be a range such as { least = 80, most = 300 }.")
            self.wrong(sentence, field=key, key=key)
            return Range()
        place = ", ".join(part for part in (self.place, f"“{key}”") if part)
        table = Table(value, self.mistakes, self.lines, self.index, place, range_of=key)
        table.check_keys("least", "most")
        least = table.count("least", 0, MOST_THAT_MAKES_SENSE)
        most = table.count("most", 1, MOST_THAT_MAKES_SENSE)
        if least is not None and most is not None and least > most:
            table.wrong(
                _("The range is upside down: least is %(least)s, most is %(most)s."),
                least=least,
                most=most,
            )
        return Range(least, most)

    def tables(self, key: str, kind: str, named_by: str) -> "Iterator[Table]":
        """The tables under `[[key]]`; a place calls them by `kind` and their name or number."""
        value = self.values.get(key)
        if not value:
            sentence = _("There is no [[%(key)s]] here; at least one is needed.")
            self.wrong(sentence, field=key, key=key)
            return
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(_("“%(key)s” must be tables, each under a head of its own."), key=key)
            return
        for number, item in enumerate(value):
            name = item.get(named_by)
            is_named = isinstance(name, str) and name.strip()
            called = f"{kind} “{name.strip()[:60]}”" if is_named else f"{kind} {number + 1}"
            place = ", ".join(part for part in (self.place, called) if part)
            yield Table(item, self.mistakes, self.lines, (*self.index, number), place)
