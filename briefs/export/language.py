"""What an output says of the language that it is in."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.formats import date_format

Direction = Literal["ltr", "rtl"]

_TAG = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-.*)?\Z")
_RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its ISO 639 code, and a region by ISO 3166-1 or blank."""

    code: str
    region: str

    @property
    def tag(self) -> str:
        return f"{self.code}-{self.region}" if self.region else self.code

    @property
    def direction(self) -> Direction:
        return "rtl" if self.code in _RIGHT_TO_LEFT else "ltr"


def language_of(tag: str) -> Language:
    """Reads a tag of BCP 47 such as `pt-BR`; what isn't one counts as English."""
    match = _TAG.match(tag.replace("_", "-"))
    if not match:
        return Language("en", "")
    return Language(match[1].lower(), (match[2] or "").upper())


def long_date(value: date | None) -> str:
    """ "24 November 2025", in the language that is active; blank for None."""
    return date_format(value, "j F Y") if value else ""
