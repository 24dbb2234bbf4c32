"""What a section's text needs to be clear: how many sign-offs, of which kinds, and in which order.

Plain data. A kind is named by its key, such as `legal`; `ANYBODY` is a sign-off that whoever
decides on reviews may give.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

ANYBODY = ""
MOST_SIGN_OFFS = 9  # of one text


@dataclass(frozen=True, slots=True)
class SignOffKind:
    """A kind of sign-off that a template knows, such as that of the legal adviser."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ClearanceRule:
    """`needed` sign-offs by as many people, at least one. Those of `kinds` are among them, one for
    each time that it stands there, in the order in which they are to be given; the others are
    anybody's, and come first. `in_order`: each waits for those before it. `is_blind`: nobody sees
    another's decision until all have decided."""

    needed: int = 1
    kinds: tuple[str, ...] = ()
    in_order: bool = False
    is_blind: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        """The kind of each sign-off needed, in order."""
        return (ANYBODY,) * (self.needed - len(self.kinds)) + self.kinds

    def missing(self, given: Mapping[str, int]) -> list[str]:
        """The kinds of the sign-offs that are still missing, in order. `given` is how many there
        are of each kind; those that no step asks for count as anybody's."""
        left = Counter(given)
        open_steps = []
        for step in self.steps:
            if left[step] > 0:
                left[step] -= 1
            else:
                open_steps.append(step)
        spare = sum(left.values())
        return [step for step in open_steps if step != ANYBODY or (spare := spare - 1) < 0]

    def open(self, given: Mapping[str, int]) -> list[str]:
        """The kinds that may be given now, each once."""
        missing = list(dict.fromkeys(self.missing(given)))
        return missing[:1] if self.in_order else missing

    def to_give(self, given: Mapping[str, int], held: Collection[str]) -> list[str]:
        """Which kinds somebody who holds these may give now, the one that they would give first in
        front: one of their own before one that anybody could give. Where none is missing, their
        sign-off is one more of anybody's."""
        if not self.missing(given):
            return [ANYBODY]
        open_now = self.open(given)
        own = [kind for kind in open_now if kind in held]
        return own or [kind for kind in open_now if kind == ANYBODY]
