"""A process beside the servers: posts forms, by the same action as a page, and takes snapshots.

`python -m bench.chaos.forms SEED PERSON SECTION…` goes on until its input ends; it prints one line
of JSON for each token that it has saved: the section, the prompt and the token.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import django
from django.db import DatabaseError, InterfaceError, connections

django.setup()

from accounts.models import User  # noqa: E402 - Django first
from briefs.drafting.actions import EditConflict, save_section  # noqa: E402
from briefs.drafting.desk import Desk  # noqa: E402
from briefs.live_text.log import take_snapshot  # noqa: E402
from briefs.models import Section  # noqa: E402
from briefs.prompts import texts_now  # noqa: E402

_T = TypeVar("_T")

PLACE = "\n\nBehind."
LONGEST_WRITING = 1.5  # seconds from the page to the post
SNAPSHOTS = 0.2  # how many of the turns take one


class Clerk:
    """Writes in the middle of each text, and never in two pages at once."""

    def __init__(self, person: int, sections: list[int], chance: random.Random) -> None:
        self._person, self._sections, self._chance = person, sections, chance
        self._written: dict[tuple[int, str], int] = {}

    def take_turn(self) -> None:
        section = self._chance.choice(self._sections)
        if self._chance.random() < SNAPSHOTS:
            _insist(lambda: take_snapshot(section))
        else:
            self._write(section)

    def _write(self, section: int) -> None:
        prompt = str(_insist(lambda: self._choose_prompt(section)))
        number = self._written.get((section, prompt), 0)
        token = f"⟨F:{number}⟩"
        # An error may hide that it was saved: so it is looked for before it is written again.
        while not _insist(lambda: _stands(section, prompt, token)):
            _try(lambda: self._post(section, prompt, token))
        self._written[section, prompt] = number + 1
        print(json.dumps([section, prompt, token]), flush=True)

    def _choose_prompt(self, section: int) -> str:
        questions = Desk(_section(section)).questions
        return self._chance.choice([question.key for question in questions])

    def _post(self, section: int, prompt: str, token: str) -> None:
        desk = Desk(_section(section))
        before, place, after = desk.texts[prompt].partition(PLACE)
        texts = {**desk.texts, prompt: f"{before} {token}{place}{after}"}
        time.sleep(self._chance.uniform(0, LONGEST_WRITING))
        save_section(
            desk.section,
            texts,
            by=User.objects.get(pk=self._person),
            started_from=desk.started_from.version,
            typed_up_to=desk.started_from.seq,
        )


def _section(section: int) -> Section:
    return Section.objects.select_related("brief__template", "section_template").get(pk=section)


def _stands(section: int, prompt: str, token: str) -> bool:
    return token in texts_now(_section(section)).get(prompt, "")


def _insist(act: Callable[[], _T]) -> _T:
    """Again and again, while the database is away."""
    while True:
        try:
            return act()
        except (DatabaseError, InterfaceError):
            time.sleep(0.2)
        finally:
            connections.close_all()


def _try(act: Callable[[], None]) -> None:
    try:
        act()
    except (EditConflict, DatabaseError, InterfaceError):
        time.sleep(0.2)
    finally:
        connections.close_all()


def _wait_for_the_end(is_over: threading.Event) -> None:
    sys.stdin.read()
    is_over.set()


def main() -> None:
    seed, person, *sections = sys.argv[1:]
    chance = random.Random(seed)
    clerk = Clerk(int(person), [int(section) for section in sections], chance)
    is_over = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=[is_over], daemon=True).start()
    while not is_over.wait(chance.uniform(0, 1)):
        clerk.take_turn()


if __name__ == "__main__":
    main()
