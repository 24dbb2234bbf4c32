"""What changed in a section since somebody last knew it, short enough for a mail."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.compare import Change, ChangeKind
from briefs.drafting.comparison import compare_texts
from briefs.drafting.record import last_approved_by, last_cleared
from briefs.models import Revision, Section
from briefs.prompts import questions_of
from briefs.revisions import texts_of

MOST_PASSAGES = 6
MOST_OF_A_RUN = 240  # characters
CONTEXT = 60


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """What stands before and after it is cut short; `runs` are in order."""

    label: str
    runs: tuple[Change, ...]

    @property
    def plain(self) -> str:
        """For a mail without markup: what went in [-brackets-], what came in {+braces+}."""
        marks = {ChangeKind.EQUAL: "{}", ChangeKind.DELETE: "[-{}-]", ChangeKind.INSERT: "{{+{}+}}"}
        return "".join(marks[run.kind].format(run.text) for run in self.runs)


@dataclass(frozen=True, slots=True)
class Changes:
    """`since` says in a sentence what is compared; `more` counts the passages that are left out."""

    since: str
    passages: tuple[ChangedPassage, ...]
    more: int


def changes_for(user: User, section: Section, revision: Revision) -> Changes:
    """The change up to `revision` from the newest revision that this person approved or wrote
    before it, else from the last approved one, else all of it. The caller knows that they may read
    the section."""
    base, since = _known(user, section, revision)
    if base == revision:
        return Changes(since, (), 0)
    old = texts_of(base) if base else {}
    comparison = compare_texts(questions_of(section), old, texts_of(revision))
    passages = [
        ChangedPassage(prompt.question.label, tuple(_shortened(passage.runs)))
        for prompt in comparison.changed_prompts
        for passage in prompt.passages
        if passage.number
    ]
    return Changes(since, tuple(passages[:MOST_PASSAGES]), max(0, len(passages) - MOST_PASSAGES))


def _known(user: User, section: Section, revision: Revision) -> tuple[Revision | None, str]:
    earlier = section.revisions.filter(number__lte=revision.number)
    theirs = Q(created_by=user) | Q(contributors=user)
    wrote = earlier.filter(theirs).order_by("-number").first()
    approved = last_approved_by(section, user)
    if (
        approved
        and approved.number < revision.number
        and not (wrote and wrote.number > approved.number)
    ):
        return approved, _told(
            _("What changed since revision %(number)s, which you approved"), approved
        )
    if wrote == revision:
        return revision, _("It is the text that you wrote.")
    if wrote:
        return wrote, _told(_("What changed since revision %(number)s, in which you wrote"), wrote)
    cleared = last_cleared(section)
    if cleared and cleared.number < revision.number:
        return cleared, _told(
            _("What changed since revision %(number)s, which was approved"), cleared
        )
    return None, _("All of it is new to you. It begins")


def _told(sentence: str, revision: Revision) -> str:
    return sentence % {"number": revision.number}


def _shortened(runs: tuple[Change, ...]) -> Iterator[Change]:
    """What stays is context: of the first its end, of the last its beginning."""
    for place, run in enumerate(runs):
        text = run.text
        if run.kind is not ChangeKind.EQUAL:
            yield Change(run.kind, _cut(text, MOST_OF_A_RUN))
        elif place == 0:
            yield Change(run.kind, text if len(text) <= CONTEXT else f"…{text[-CONTEXT:]}")
        elif place == len(runs) - 1:
            yield Change(run.kind, _cut(text, CONTEXT))
        else:
            is_long = len(text) > 2 * CONTEXT
            yield Change(run.kind, f"{text[:CONTEXT]} … {text[-CONTEXT:]}" if is_long else text)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
