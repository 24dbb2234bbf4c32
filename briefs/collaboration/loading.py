"""What a room begins with, read from the database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from briefs.drafting.live import bytes_beside, open_live_text
from briefs.live_text.log import load


@dataclass(frozen=True, slots=True)
class Loaded:
    """A section's log as it stood at edit `seq`: its text as a Yjs state, as documents stay in the
    thread that made them. The newest snapshot is of edit `snapshot_seq`. `owners` says whose each
    client number is; `others_bytes` is the size of the brief without this section."""

    section: int
    document: UUID
    prompts: Collection[str]
    state: bytes
    seq: int
    snapshot_seq: int
    is_frozen: bool
    owners: Mapping[int, int | None]
    others_bytes: int


def load_section(section: int) -> Loaded:
    """Reads a section's log, and begins it where there is none. Raises `Section.DoesNotExist`."""
    open_live_text(section)
    log = load(section)
    return Loaded(
        section=section,
        document=log.document,
        prompts=log.text.prompts,
        state=log.text.state(),
        seq=log.seq,
        snapshot_seq=log.snapshot_seq,
        is_frozen=log.is_frozen,
        owners=log.owners,
        others_bytes=bytes_beside(section),
    )
