"""A text becomes a section's answers, and a revision."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from briefs.document.content_hash import content_hash
from briefs.document.words import count_words
from briefs.models import Answer, Revision, Section
from briefs.prompts import Question, answers_by_key
from briefs.revisions import contributors_since_cleared, is_cleared, record_revision


@dataclass(frozen=True, slots=True)
class Origin:
    """How a text came about: who recorded it (None is the command line), whose words these are, in
    what way, a word on it, and when it was written (None is now)."""

    by: User | None
    contributors: Collection[User]
    kind: Revision.Kind
    comment: str = ""
    at: dt.datetime | None = None


def record_texts(
    section: Section, questions: Iterable[Question], changed: Mapping[str, str], origin: Origin
) -> Revision:
    """Stores normalised texts that differ from the answers, counts, hashes, and records the
    revision. The caller holds the section's lock; no rule and no limit is asked here."""
    by_key = {question.key: question for question in questions}
    answers = dict(answers_by_key(section))
    for key, text in changed.items():
        answers[key] = _store(section, by_key[key], answers.get(key), text)
    _count(section, by_key, answers)
    revision = record_revision(
        section,
        answers.values(),
        by=origin.by,
        contributors={*origin.contributors, *_earlier_writers(section)},
        kind=origin.kind,
        comment=origin.comment,
    )
    section.edited_at = origin.at or timezone.now()
    if origin.at:
        revision.created_at = origin.at
        revision.save(update_fields=["created_at"])
    if is_cleared(section):
        # An older request for changes was of other words: it must not come back with the next edit.
        section.status = Section.Status.DRAFTING
    section.save(update_fields=["version", "content_hash", "words", "edited_at", "status"])
    section.brief.save(update_fields=["updated_at"])
    return revision


def _earlier_writers(section: Section) -> QuerySet[User]:
    """Whose words these were when the section had this very text before, as far as they weren't
    approved then: they still are, whoever brings them back."""
    earlier = (
        section.revisions.filter(content_hash=section.content_hash).order_by("-number").first()
    )
    writers = contributors_since_cleared(section, up_to=earlier.number) if earlier else set()
    return User.objects.filter(pk__in=writers)


def changes_to(section: Section, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the normalised texts that aren't what the answers say already."""
    rows = answers_by_key(section)
    return {key: text for key, text in texts.items() if text != _text(rows.get(key))}


def _text(answer: Answer | None) -> str:
    return answer.text if answer else ""


def _store(section: Section, question: Question, row: Answer | None, text: str) -> Answer:
    answer = row or Answer(section=section, prompt=question.prompt)
    answer.text = text
    answer.save()
    return answer


def _count(
    section: Section, questions: Mapping[str, Question], answers: Mapping[str, Answer]
) -> None:
    in_order = [(key, _text(answers.get(key))) for key in questions]
    template = section.brief.template
    section.content_hash = content_hash(section.key, (template.key, section.asked_since), in_order)
    section.words = sum(count_words(text) for _key, text in in_order)
