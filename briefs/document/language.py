"""The language of a text: its tag, its direction, its dates and lists, and our words for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from django.utils.translation import check_for_language

Direction = Literal["ltr", "rtl"]
Han = Literal["SC", "TC", "JP", "KR"]

_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}))?(?:-.*)?\Z")
_RIGHT_TO_LEFT = frozenset(["Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"])
# The scripts of which U+060C is the comma, by Unicode's Script_Extensions: CLDR doesn't know it of
# all their languages.
_ARABIC_COMMA = frozenset(["Arab", "Aran", "Nkoo", "Rohg", "Syrc", "Thaa"])
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
    def usual_script(self) -> str:
        """The script that the tag says, or else the usual one there by CLDR; blank if unknown."""
        return self.script or _likely_script(self.code, self.region)

    @property
    def unusual_script(self) -> str:
        """The script where it must be told, as it isn't the usual one."""
        return "" if self.script == _likely_script(self.code, self.region) else self.script

    @property
    def direction(self) -> Direction:
        return "rtl" if self.usual_script in _RIGHT_TO_LEFT else "ltr"

    @property
    def han(self) -> Han:
        """Whose shapes its Chinese characters have: those of simplified or traditional Chinese, of
        Japanese or Korean."""
        if self.code == "ja":
            return "JP"
        if self.code == "ko":
            return "KR"
        return "TC" if self.usual_script in ("Hant", "Hanb") else "SC"

    @property
    def locale(self) -> str:
        """The name by which Django finds its words, such as `zh-hant`; "en" when it has none."""
        if self.code == "zh":
            return "zh-hant" if self.han == "TC" else "zh-hans"
        code = "nb" if self.code == "no" else self.code
        name = "-".join(filter(None, [code, self.unusual_script or self.region])).lower()
        return name if check_for_language(name) else "en"


def language_of(tag: str) -> Language:
    """Reads a tag of BCP 47 such as `pt-BR`, and an old or longer code, such as `iw` or `fra`, as
    the one that is used today; what is no tag counts as English."""
    match = _TAG.match(tag.replace("_", "-"))
    if not match:
        return Language("en")
    code, script, region = (part or "" for part in match.groups())
    today = get_global("language_aliases").get(code.lower(), code.lower()).split("_")
    for part in today[1:]:
        script, region = (script or part, region) if len(part) == 4 else (script, region or part)
    return Language(today[0], script.title(), region.upper())


def long_date(value: date | None, language: Language) -> str:
    """ "24 November 2025", by the language's pattern in Unicode's CLDR, in Latin digits; blank for
    None."""
    return format_date(value, "long", _locale(language)) if value else ""


def list_of(items: Iterable[str], language: Language) -> str:
    """The items in a line, with the comma of the language between them: "A, B", "甲、乙"."""
    return comma_of(language).join(items)


def comma_of(language: Language) -> str:
    """With the blank behind it where it has one. CLDR's lists of "and" have that word in the place
    of a comma in some languages, of which those of "or" have the comma."""
    if language.usual_script in _ARABIC_COMMA:
        return "، "
    between: str = _locale(language).list_patterns["or"]["middle"][len("{0}") : -len("{1}")]
    return ", " if any(map(str.isalpha, between)) else between


def direction_of(text: str) -> Direction | None:
    """The direction of the first letter that has one, as a browser takes it for `dir="auto"`."""
    return next(filter(None, map(direction_of_letter, text)), None)


def direction_of_letter(character: str) -> Direction | None:
    side = bidirectional(character)
    if side == "L":
        return "ltr"
    return "rtl" if side in ("R", "AL") else None


def _likely_script(code: str, region: str) -> str:
    likely = get_global("likely_subtags")  # such as yue_Hant_HK
    found: str = likely.get(f"{code}_{region}") or likely.get(code, "")
    return found.partition("_")[2][:4]


@lru_cache
def _locale(language: Language) -> Locale:
    """That of the language as it is nearest to the tag, of which CLDR knows the months; else that
    of English."""
    code, script, region = language.code, language.script, language.region
    if (code, region) == ("en", ""):
        return _BRITISH
    for parts in [(code, script, region), (code, script), (code, "", region), (code,)]:
        try:
            locale = Locale.parse("_".join(filter(None, parts)))
        except (UnknownLocaleError, ValueError):
            continue
        if locale.months["format"]["wide"][1] != "M01":  # so CLDR numbers months that it can't name
            return locale
    return _BRITISH
