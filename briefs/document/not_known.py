"""How an answer that says that something isn't known reads in the language of its brief.

It is stored in the words of `briefs.document.text`, whatever the language. Files for readers say it
in ours for the brief's language, and what is read back from them is brought to the stored words.
"""

import re
from functools import cache

from django.utils import translation

from briefs.document.language import Language, direction_of
from briefs.document.text import NOT_KNOWN, not_known, not_known_reason
from briefs.document.translation import gettext as _
from briefs.document.words import plain

_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK = "\u200e\u200f"
_MARKS = "[\u200e\u200f]*"
_BLANKS = r"[^\S\n]*"  # what follows on another line may be a block of its own
_COLONS = ":\N{FULLWIDTH COLON}"
_FULL_STOPS = ".\N{IDEOGRAPHIC FULL STOP}"


def said(text: str, language: Language) -> str:
    """A normalised text as readers of the language see it; any other answer as it is.

    Where we have no words of the language the label stays English. The paragraph runs as what
    follows the label, or else as the language, all the same: by a RIGHT-TO-LEFT MARK before it.
    """
    reason = not_known_reason(text)
    if reason is None or language.code == "en":
        return text
    label, alone = _labels(language.locale)
    if label == _labels("en")[0]:
        direction = direction_of(plain(reason)) or language.direction
        return text if direction == "ltr" else f"{_RIGHT_TO_LEFT_MARK}{text}{_end(reason)}"
    return label + text.partition(":")[2].strip() if reason else alone


def stored(text: str, language: Language) -> str:
    """The stored words for a normalised text that is what `said()` makes of them, if perhaps with
    other blanks or another colon; any other text as it is."""
    match = _pattern(language.locale).fullmatch(text)
    if match is None or not_known_reason(text) is not None:
        return text
    answer = f"{NOT_KNOWN}: {match['reason']}" if match["reason"] else not_known("")
    return text if not_known_reason(answer) is None else answer


def _end(reason: str) -> str:
    """What keeps the full stop behind a label that stands alone."""
    return "" if reason else _LEFT_TO_RIGHT_MARK


@cache
def _labels(locale: str) -> tuple[str, str]:
    """What stands before a reason, and what stands alone where there is none."""
    with translation.override(locale):
        return _("Not known: %(reason)s") % {"reason": ""}, _("Not known.")


@cache
def _pattern(locale: str) -> re.Pattern[str]:
    label = _labels(locale)[0].rstrip(f"{_COLONS} \u00a0").split()
    words = r"\s+".join(map(re.escape, label))
    return re.compile(
        rf"{_MARKS}{words}"
        rf"(?:{_BLANKS}[{_COLONS}](?:{_BLANKS}(?P<reason>\S.*))?|[{_FULL_STOPS}]?{_MARKS})",
        re.DOTALL | re.IGNORECASE,
    )
