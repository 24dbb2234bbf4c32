"""Who wrote what, character by character: each edit of the log is somebody's, so what it put in is
theirs for as long as it stands."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from briefs.live_text.log import prompt_keys
from briefs.live_text.shared_text import SharedText
from briefs.models import LiveEdit, Section


class Run(NamedTuple):
    """Neighbouring characters of one person; None is the command line, or text that was there
    before the log."""

    person: int | None
    text: str


def authorship_at(
    section: Section, seq: int, prompts: Collection[str] | None = None
) -> dict[str, list[Run]]:
    """The text up to an edit of the log in runs, by prompt key, as it was typed; `prompts` are the
    keys of then, by default those of now. Takes as long as there are edits, so keep what it
    gives."""
    if prompts is None:
        prompts = prompt_keys([section])[section.pk]
    owned = {key: _Owned() for key in prompts}
    text = SharedText(prompts)
    edits = LiveEdit.objects.filter(live_text=section.pk, seq__lte=seq).order_by("seq")
    for person, update in edits.values_list("user_id", "update").iterator():
        for key, delta in text.apply_and_tell(bytes(update)):
            owned[key].change(delta, person)
    return {key: owned[key].runs() for key in prompts}


class _Owned:
    """One prompt's text as UTF-8, in which pycrdt counts, and for each byte whose it is."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._people: list[int | None] = []

    def change(self, delta: Iterable[dict[str, Any]], person: int | None) -> None:
        place = 0
        for step in delta:
            if "insert" in step:
                new = step["insert"].encode()
                self._bytes[place:place] = new
                self._people[place:place] = [person] * len(new)
                place += len(new)
            elif "delete" in step:
                del self._bytes[place : place + step["delete"]]
                del self._people[place : place + step["delete"]]
            else:
                place += step["retain"]

    def runs(self) -> list[Run]:
        runs = []
        start = 0
        for place in range(1, len(self._people) + 1):
            if place == len(self._people) or self._people[place] != self._people[start]:
                runs.append(Run(self._people[start], self._bytes[start:place].decode()))
                start = place
        return runs
