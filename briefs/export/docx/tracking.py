"""Changes that Word shows as its own, to be accepted or rejected: `w:ins` and `w:del`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

AUTHOR = "Chancery"


class Fate(StrEnum):
    """What became of words between two documents; the value is Word's element."""

    SAME = ""
    ADDED = "ins"
    REMOVED = "del"


def moment(value: datetime) -> str:
    """A time as Word writes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


@dataclass(frozen=True, slots=True)
class Tracking:
    """`when` is when the newer text was written, None when nobody knows; `identities` are those of
    everything in the file that needs one of its own."""

    when: datetime | None
    identities: Iterator[int]

    def around(self, runs: str, fate: Fate) -> str:
        """Runs as they came, stayed or went."""
        if fate is Fate.SAME or not runs:
            return runs
        if fate is Fate.REMOVED:
            runs = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
            runs = runs.replace("<w:instrText ", "<w:delInstrText ")
            runs = runs.replace("</w:instrText>", "</w:delInstrText>")
        return f"<w:{fate} {self._said()}>{runs}</w:{fate}>"

    def mark(self, fate: Fate) -> str:
        """For the properties of a paragraph's end or of a table's row; blank for what stayed."""
        return "" if fate is Fate.SAME else f"<w:{fate} {self._said()}/>"

    def _said(self) -> str:
        date = f' w:date="{moment(self.when)}"' if self.when else ""
        return f'w:id="{next(self.identities)}" w:author="{AUTHOR}"{date}'
