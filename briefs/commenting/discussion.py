"""What is said of one section, in the order of its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import User
from briefs.document.anchors import Place, find_passage, start_on_page, words_of
from briefs.models import Comment, Membership, Section
from briefs.permissions import check_can_comment, check_can_settle, refusal
from briefs.prompts import Question

LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with its replies, oldest first. `label` names its prompt, blank for the whole
    section. `place` is None where it is on no passage, and where its passage `is_gone`; `passage`
    is what stands there now, from the character `start` of the words on the page. `refusal` says
    why the reader can't settle it, blank where they can.
    """

    comment: Comment
    replies: list[Comment] = field(default_factory=list)
    label: str = ""
    place: Place | None = None
    passage: str = ""
    start: int = 0
    refusal: str = ""

    @property
    def is_gone(self) -> bool:
        return bool(self.comment.quote) and self.place is None


class Discussion:
    """All remarks on a section for one reader, in three queries. `texts` are the section's by
    prompt key, as the page shows them."""

    def __init__(
        self, section: Section, user: User, questions: Sequence[Question], texts: Mapping[str, str]
    ) -> None:
        self.section = section
        self.user = user
        self.questions = questions
        self._texts = texts
        self._words = {key: words_of(text) for key, text in texts.items()}
        members = section.brief.memberships.select_related("user").order_by("user__name", "pk")
        self.members: list[Membership] = [row for row in members if row.user.is_active]
        rows = Comment.objects.filter(section=section).select_related(
            "created_by", "task_for", "revision"
        )
        self._threads = self._read(list(rows))

    @cached_property
    def refusal(self) -> str:
        """Why the reader can't comment, blank where they can."""
        return refusal(check_can_comment, self.user, self.section.brief)

    @cached_property
    def open(self) -> list[Thread]:
        return [thread for thread in self._threads if not thread.comment.is_resolved]

    @cached_property
    def resolved(self) -> list[Thread]:
        """Those settled last come first."""
        threads = [thread for thread in self._threads if thread.comment.is_resolved]
        return sorted(threads, key=lambda thread: thread.comment.pk, reverse=True)

    def _read(self, comments: list[Comment]) -> list[Thread]:
        labels = {question.key: question.label for question in self.questions}
        order = {question.key: number for number, question in enumerate(self.questions)}
        threads: dict[int, Thread] = {}
        for comment in comments:
            comment.section = self.section
            if comment.parent_id is None:
                words = self._words.get(comment.prompt_key, "")
                place = find_passage(comment.anchor, words)
                threads[comment.pk] = Thread(
                    comment,
                    label=labels.get(comment.prompt_key, ""),
                    place=place,
                    passage=words[place.start : place.end].strip() if place else "",
                    start=self._start(comment, place) if place else 0,
                    refusal=refusal(check_can_settle, self.user, comment),
                )
            else:
                threads[comment.parent_id].replies.append(comment)

        def where(thread: Thread) -> tuple[int, int, int]:
            comment = thread.comment
            start = thread.place.start if thread.place else LAST if comment.quote else -1
            return order.get(comment.prompt_key, -1), start, comment.pk

        return sorted(threads.values(), key=where)

    def _start(self, comment: Comment, place: Place) -> int:
        return start_on_page(self._texts[comment.prompt_key], place.start)
