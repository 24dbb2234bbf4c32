"""Which text somebody had before their eyes when they began to write."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartedFrom:
    """The number of the newest revision (0 for none), and where somebody had typed on since, the
    last edit of the log that was shown, else None."""

    version: int
    seq: int | None = None

    def __str__(self) -> str:
        return str(self.version) if self.seq is None else f"{self.version}.{self.seq}"
