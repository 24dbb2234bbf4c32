"""What a manifest says of each of many briefs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a brief, as a manifest has it. `file` is the name of its file, None when it
    `failed`."""

    slug: str
    title: str
    file: str | None
    sha256: str | None
    newest_edition: int | None
    failed: str | None
    notes: str
