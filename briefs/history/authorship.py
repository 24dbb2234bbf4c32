"""Who wrote which words of a revision."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from briefs.live_text.authorship import authorship_at
from briefs.models import Authorship, Revision, Section
from briefs.prompts import Question, questions_then
from briefs.revisions import OWN_BODY

HUES = 5


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody with words in the text: `number` marks them there, from 1 for who wrote most;
    `percent` of its characters are theirs."""

    number: int
    name: str
    percent: int

    @property
    def hue(self) -> str:
        """The class of their colour."""
        return f"p{(self.number - 1) % HUES + 1}"


@dataclass(frozen=True, slots=True)
class WrittenPrompt:
    question: Question
    runs: list[tuple[Writer, str]]


@dataclass(frozen=True, slots=True)
class Written:
    writers: list[Writer]
    prompts: list[WrittenPrompt]


def who_wrote(section: Section, revision: Revision) -> Written | None:
    """Told once for each revision, then kept. None for a revision that is older than the log."""
    if revision.log_seq is None:
        return None
    questions = questions_then(section, revision)
    kept = Authorship.objects.filter(revision=revision).first()
    if kept is None:
        told = authorship_at(section, revision.log_seq, _keys(questions))
        kept, _made = Authorship.objects.get_or_create(revision=revision, defaults={"runs": told})
    writers = _writers(kept.runs)
    prompts = [
        WrittenPrompt(question, [(writers[person], text) for person, text in runs])
        for question, key in zip(questions, _keys(questions), strict=True)
        if (runs := kept.runs.get(key))
    ]
    return Written(list(writers.values()), prompts)


def _keys(questions: list[Question]) -> list[str]:
    """By which the log knew them then."""
    return [question.prompt.key if question.prompt else OWN_BODY for question in questions]


def _writers(runs: dict[str, list[tuple[int | None, str]]]) -> dict[int | None, Writer]:
    lengths: Counter[int | None] = Counter()
    for of_prompt in runs.values():
        for person, text in of_prompt:
            lengths[person] += len(text)
    people = User.objects.in_bulk([person for person in lengths if person])
    total = lengths.total()
    return {
        person: Writer(
            number,
            people[person].get_full_name() if person else _("Before live writing, or imported"),
            round(100 * length / total),
        )
        for number, (person, length) in enumerate(lengths.most_common(), start=1)
    }
