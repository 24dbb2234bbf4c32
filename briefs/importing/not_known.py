"""Answers of a file that say in its language that something isn't known."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from briefs.document.language import Language
from briefs.document.not_known import stored
from briefs.importing.report import Oddity, OddityKind, Reading


def in_stored_words(reading: Reading, languages: Sequence[Language], *, is_told: bool) -> Reading:
    """The reading with these answers in the words in which they are stored; `is_told` has each
    remarked on."""
    answers = tuple(replace(each, text=_stored(each.text, languages)) for each in reading.answers)
    own = tuple(replace(each, text=_stored(each.text, languages)) for each in reading.own_sections)
    lines = [was.line for was, now in zip(reading.answers, answers, strict=True) if was != now]
    lines += [was.line for was, now in zip(reading.own_sections, own, strict=True) if was != now]
    told = [Oddity(line, OddityKind.NOT_KNOWN, _sentence()) for line in lines if is_told]
    return replace(reading, answers=answers, own_sections=own, oddities=(*reading.oddities, *told))


def _stored(text: str, languages: Sequence[Language]) -> str:
    found = (stored(text, language) for language in languages)
    return next((each for each in found if each != text), text)


def _sentence() -> str:
    return _(
        "This says in the brief's language that something isn't known. It is kept as “Not known:”, "
        "and files to be read say it in that language again."
    )
