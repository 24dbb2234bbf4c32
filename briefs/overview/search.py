"""Finding briefs by words in titles and text. Every word must occur, each of them anywhere in the
brief."""

import re
import unicodedata

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Collate
from django.db.models.lookups import IContains

from briefs.models import Answer, Section
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
    for word in words_of(query):
        in_answers = Answer.objects.filter(_holds("text", word), section__brief=OuterRef("pk"))
        in_own_titles = Section.objects.filter(_holds("own_title", word), brief=OuterRef("pk"))
        briefs = briefs.filter(
            _holds("title", word)
            | _holds("subject", word)
            | _holds("reference", word)
            | Exists(in_own_titles)
            | Exists(in_answers)
        )
    return briefs


def _holds(field: str, word: str) -> Q:
    """Words beyond ASCII need more than LIKE: SQLite knows no capitals there, and PostgreSQL those
    of the cluster's locale, which may know none. Django's REGEXP on SQLite is Python's, and slower;
    the collation is in every PostgreSQL that was built with ICU, as they are by default."""
    if word.isascii():
        return Q((f"{field}__icontains", word))
    if connection.vendor == "sqlite":
        return Q((f"{field}__iregex", re.escape(word)))
    return Q(IContains(Collate(field, "und-x-icu"), word.upper()))
