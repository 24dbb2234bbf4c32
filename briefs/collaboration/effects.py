"""What a change would do to a section's text, tried on a copy: a shared text takes nothing back."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from briefs.collaboration.limits import WORTH_NAMING
from briefs.document.text import normalise, size
from briefs.live_text.shared_text import NOTHING, SharedText


class Panicked(Exception):  # noqa: N818 - what the decoder did
    """The decoder gave up in the middle; the text that it worked on can't be trusted any more."""


@contextmanager
def panics_told() -> Iterator[None]:
    """Makes an ordinary exception of a panic in Rust, which would otherwise pass every handler and
    end the task that it meets."""
    try:
        yield
    except BaseException as raised:
        if type(raised).__name__ != "PanicException":
            raise
        raise Panicked(str(raised)) from raised


@dataclass(frozen=True, slots=True)
class Effect:
    """The texts by prompt key as they would be stored, before and after; `is_new` when anything at
    all is new in it."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    is_new: bool

    def growth(self, key: str) -> int:
        """By how many bytes a prompt grows; less than 0 when it shrinks."""
        return size(self.after[key]) - size(self.before[key])

    def loses_much(self, most: Mapping[str, int]) -> bool:
        """Whether a prompt, which had `most` so many characters, would have less than half."""
        return any(
            most[key] > WORTH_NAMING and len(text) * 2 < most[key]
            for key, text in self.after.items()
        )


def effect_of(state: bytes, prompts: Collection[str], update: bytes) -> Effect:
    """Tries a checked change on a text that is given as its state. Raises `Panicked`."""
    with panics_told():
        copy = SharedText(prompts)
        copy.apply(state)
        before = _tidy(copy)
        is_new = copy.apply(update) != NOTHING
        return Effect(before, _tidy(copy), is_new)


def _tidy(text: SharedText) -> dict[str, str]:
    return {key: normalise(typed) for key, typed in text.texts().items()}
