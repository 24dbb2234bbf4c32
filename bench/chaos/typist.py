"""Somebody who types numbered tokens, in one section, and knows what must stand there.

A token is “⟨person:number⟩”, numbered by prompt. Half of the people type theirs letter by letter,
with a slip now and then, each behind their own last one; the others put whole ones to the end of
the text, all at the same place.
"""

import asyncio
import random
from collections.abc import Callable
from enum import Enum

from bench.chaos.page import Page

SLIP = "~"
SLIPS = 0.04  # as shares of strokes
NAMES = 0.01

Open = Callable[[tuple[bytes, str] | None], Page]


class Lost(Exception):  # noqa: N818 - a fact about the text, not about this program
    """What was typed here, and not taken back, isn't there."""


class Manner(Enum):
    LETTERS = "letters"
    WHOLE = "whole"


class Typist:
    """`pause` is the mean number of seconds between strokes. `typed` counts the tokens by prompt;
    `open_page` opens a page, with the copy that the device has kept."""

    def __init__(
        self,
        person: int,
        section: int,
        prompts: tuple[str, ...],
        open_page: Open,
        chance: random.Random,
        pause: float,
    ) -> None:
        self.person, self.section = person, section
        self.manner = Manner.LETTERS if person % 2 else Manner.WHOLE
        self.typed = dict.fromkeys(prompts, 0)
        self._open, self._chance, self._pause = open_page, chance, pause
        self.page = open_page(None)
        self._staying: asyncio.Task[None] | None = None
        self._begun: tuple[str, str, int] | None = None  # prompt, token, letters there
        self._has_slipped = False
        self._must_read_first = True

    @property
    def is_settled(self) -> bool:
        """Whether the last token is whole and its page has it saved."""
        return self.page.is_synced and self.page.is_saved and not self._begun

    async def work(self, is_over: asyncio.Event) -> None:
        """Types until it is over and the token that was begun is whole, then stays. Raises `Lost`
        and `TurnedAway`."""
        self._staying = asyncio.create_task(self.page.stay())
        try:
            while not is_over.is_set() or self._begun:
                await asyncio.sleep(self._chance.expovariate(1 / self._pause))
                self._raise_if_turned_away()
                self._must_read_first = self._must_read_first and not self.page.is_synced
                if not self._must_read_first:
                    self._stroke()
            while True:
                await asyncio.sleep(0.1)
                self._raise_if_turned_away()
        finally:
            self._staying.cancel()

    def come_back(self, *, with_copy: bool) -> None:
        """Closes the page and opens it again, with what the device has kept or with nothing: then
        all that is in it must have been saved."""
        kept = self.page.copy if with_copy else None
        if self._staying is not None:
            self._staying.cancel()
        self.page = self._open(kept)
        self._must_read_first = self._must_read_first or not with_copy
        self._staying = asyncio.create_task(self.page.stay())

    def _raise_if_turned_away(self) -> None:
        if self._staying is not None and self._staying.done():
            self._staying.result()

    def _stroke(self) -> None:
        if self._chance.random() < NAMES:
            self.page.name()
        if self._begun:
            self._go_on(*self._begun)
            return
        prompt = self._chance.choice(list(self.typed))
        token = f"⟨{self.person}:{self.typed[prompt]}⟩"
        if self.manner is Manner.WHOLE:
            self._find_last(prompt)
            self.page.insert(prompt, len(self.page.text(prompt)), f" {token}")
            self.typed[prompt] += 1
        elif not self.typed[prompt]:
            self.page.insert(prompt, 0, f"{token} ")
            self.typed[prompt] += 1
        else:
            start = self._find_last(prompt)
            first = token[: token.index(":") + 1]
            self.page.insert(prompt, start, f" {first}")
            self._begun = (prompt, token, len(first))

    def _go_on(self, prompt: str, token: str, letters: int) -> None:
        at = self.page.text(prompt).rfind(f"⟨{self.person}:") + letters
        stands = self.page.text(prompt)[at - letters : at + 1]
        slip = SLIP if self._has_slipped else ""
        if stands[:letters] != token[:letters] or not stands[letters:].startswith(slip):
            raise Lost(f"{token[:letters]}{slip} was typed in “{prompt}”; {stands!r} is there")
        if self._has_slipped:
            self.page.delete(prompt, at, SLIP)
        elif self._chance.random() < SLIPS:
            self.page.insert(prompt, at, SLIP)
        else:
            self.page.insert(prompt, at, token[letters])
            self._begun = (prompt, token, letters + 1)
            if letters + 1 == len(token):
                self._begun = None
                self.typed[prompt] += 1
            return
        self._has_slipped = not self._has_slipped

    def _find_last(self, prompt: str) -> int:
        """The place behind this person's last token."""
        if not self.typed[prompt]:
            return 0
        last = f"⟨{self.person}:{self.typed[prompt] - 1}⟩"
        at = self.page.text(prompt).find(last)
        if at < 0:
            raise Lost(f"{last} was typed in “{prompt}” and isn't there")
        return at + len(last)
