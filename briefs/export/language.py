"""What an output says of the language that it is in."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from django.utils.translation import check_for_language

Direction = Literal["ltr", "rtl"]
Han = Literal["SC", "TC", "JP", "KR"]

_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}))?(?:-.*)?\Z")
_RIGHT_TO_LEFT = frozenset(["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"])
_BRITISH = Locale("en", "GB")  # "24 November 2025"


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its ISO 639 code, a script by ISO 15924 and a region by ISO 3166-1, the latter
    two blank where the tag leaves them open."""

    code: str
    script: str = ""
    region: str = ""

    @property
    def tag(self) -> str:
        return "-".join(filter(None, [self.code, self.script, self.region]))

    @property
    def direction(self) -> Direction:
        locale = _locale(self.tag)
        is_rtl = locale.text_direction == "rtl" if locale else self.script in _RIGHT_TO_LEFT
        return "rtl" if is_rtl else "ltr"

    @property
    def han(self) -> Han:
        """Whose shapes its Chinese characters have: those of simplified or traditional Chinese, of
        Japanese or Korean."""
        if self.code == "ja":
            return "JP"
        if self.code == "ko":
            return "KR"
        locale = _locale(self.tag)
        script = self.script or (locale.script if locale else "") or _usual_script(self.code)
        return "TC" if script == "Hant" else "SC"

    @property
    def locale(self) -> str:
        """The name by which Django finds its words, such as `zh-hant`; "en" when it has none."""
        if self.code == "zh":
            return "zh-hant" if self.han == "TC" else "zh-hans"
        code = "nb" if self.code == "no" else self.code
        name = "-".join(filter(None, [code, self.script or self.region])).lower()
        return name if check_for_language(name) else "en"


def language_of(tag: str) -> Language:
    """Reads a tag of BCP 47 such as `pt-BR`; what isn't one counts as English."""
    match = _TAG.match(tag.replace("_", "-"))
    if not match:
        return Language("en")
    code, script, region = (part or "" for part in match.groups())
    return Language(code.lower(), script.title(), region.upper())


def long_date(value: date | None, language: Language) -> str:
    """ "24 November 2025", as the language writes it by Unicode's CLDR; blank for None."""
    if value is None:
        return ""
    locale = _locale(language.tag)
    return format_date(value, "long", locale if locale and _has_months(locale) else _BRITISH)


@lru_cache
def _locale(tag: str) -> Locale | None:
    if tag == "en":
        return _BRITISH
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _usual_script(code: str) -> str:
    likely: str = get_global("likely_subtags").get(code, "")  # such as yue_Hant_HK
    return likely.partition("_")[2][:4]


def _has_months(locale: Locale) -> bool:
    """Of some languages CLDR knows no months, and numbers them: M01."""
    return bool(locale.months["format"]["wide"][1] != "M01")
