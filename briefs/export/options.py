"""What somebody chooses for one file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from briefs.document.look import Paper


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """None is as the brief has it. `sections` are the keys of those that go into the file, in any
    order; none of them is all."""

    paper: Paper | None = None
    marking: str | None = None
    has_contents: bool | None = None
    has_clearance: bool | None = None
    has_discussions: bool = False
    sections: frozenset[str] = frozenset()

    def as_detail(self) -> Mapping[str, object]:
        """What the record says of them: what isn't as the brief has it."""
        said = {name: value for name, value in asdict(self).items() if value not in (None, False)}
        sections = sorted(said.pop("sections"))
        return {**said, "sections": sections} if sections else said


AS_THE_BRIEF = ExportOptions()
