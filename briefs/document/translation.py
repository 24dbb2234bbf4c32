"""What an output says by itself, in its brief's language.

These words stand in the catalogs of `briefs/locale` under a context of their own. So they mix
neither with what the application says nor with what Django has words for: in a language without a
catalog all of them are English. The language is the one that is active.
"""

from functools import cache
from pathlib import Path

from django.utils.translation import npgettext, pgettext, to_language

CONTEXT = "output"

_CATALOGS = Path(__file__).resolve().parent.parent / "locale"


@cache
def locales() -> tuple[str, ...]:
    """The languages in which outputs speak, English first, by the names that Django has for
    them."""
    found = (folder.parent.name for folder in _CATALOGS.glob("*/LC_MESSAGES"))
    return ("en", *sorted(map(to_language, found)))


def gettext(words: str) -> str:
    return pgettext(CONTEXT, words)


def ngettext(one: str, many: str, count: int) -> str:
    return npgettext(CONTEXT, one, many, count)
