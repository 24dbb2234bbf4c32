"""Footnotes of a file whose notes stand together at its end: each goes to the text that refers to
it, since an answer is read by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefs.importing.gathering import Slot

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\](?!:)")
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,100})\]:")


@dataclass(slots=True)
class Notes:
    """Where each label was last referred to, and where the note that was read last went."""

    referred: dict[str, Slot] = field(default_factory=dict)
    last: Slot | None = None

    def refer(self, slot: Slot, text: str) -> None:
        """Remembers the references in a text."""
        for match in _REFERENCE.finditer(text):
            self.referred[match[1]] = slot

    def definitions(
        self, lines: Sequence[str], start: int, end: int, here: Slot
    ) -> Iterator[tuple[int, int, Slot]]:
        """The notes of a paragraph by their lines, and where each belongs; none if it has other
        text first."""
        if not _DEFINITION.match(lines[start]):
            return
        begins = [at for at in range(start, end) if _DEFINITION.match(lines[at])]
        for at, stop in zip(begins, [*begins[1:], end], strict=True):
            match = _DEFINITION.match(lines[at])
            yield at, stop, self.referred.get(match[1], here) if match else here
