"""Finding briefs by words in titles and text. Every word must occur, each of them anywhere in the
brief."""

import re
import unicodedata

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Collate
from django.db.models.lookups import IContains

from briefs.live_text.reading import typed_texts
from briefs.models import Answer, Section, with_sign_offs
from briefs.models.brief import BriefQuerySet

MOST_WORDS = 12


def words_of(query: str) -> list[str]:
    """The words of a query, each once, in the form in which texts are stored."""
    words = unicodedata.normalize("NFC", query).split()
    return list({word.casefold(): word for word in words}.values())


def search_briefs(briefs: BriefQuerySet, query: str) -> BriefQuerySet:
    """Those of the briefs that hold every word: in title, subject or reference, in the title of a
    section of their own, or in their working text. Capitals don't matter, and no character has a
    meaning of its own."""
    words = words_of(query)
    typed = _typed_in(briefs) if words else {}
    answers = Answer.objects.exclude(section__in=typed)
    for word in words:
        in_answers = answers.filter(_holds("text", word), section__brief=OuterRef("pk"))
        in_typed = Section.objects.filter(
            pk__in=[key for key, text in typed.items() if word.casefold() in text],
            brief=OuterRef("pk"),
        )
        in_own_titles = Section.objects.filter(_holds("own_title", word), brief=OuterRef("pk"))
        briefs = briefs.filter(
            _holds("title", word)
            | _holds("subject", word)
            | _holds("reference", word)
            | Exists(in_own_titles)
            | Exists(in_answers)
            | Exists(in_typed)
        )
    return briefs


def _typed_in(briefs: BriefQuerySet) -> dict[int, str]:
    """What is being written in these briefs just now, by section, without capitals."""
    sections = Section.objects.filter(brief__in=briefs.order_by()).being_written()
    typed = typed_texts(with_sign_offs(sections))
    return {key: "\n".join(found.texts.values()).casefold() for key, found in typed.items()}


def _holds(field: str, word: str) -> Q:
    """Words beyond ASCII need more than LIKE: SQLite knows no capitals there, and PostgreSQL those
    of the cluster's locale, which may know none. Django's REGEXP on SQLite is Python's, and slower;
    the collation is in every PostgreSQL that was built with ICU, as they are by default."""
    if word.isascii():
        return Q((f"{field}__icontains", word))
    if connection.vendor == "sqlite":
        return Q((f"{field}__iregex", re.escape(word)))
    return Q(IContains(Collate(field, "und-x-icu"), word.upper()))
