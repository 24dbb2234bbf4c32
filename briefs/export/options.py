"""What somebody chooses for one file."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from briefs.document.look import Paper
from briefs.export.formats import ExportFormat
from briefs.export.markdown_options import ONE_FILE, MarkdownOptions


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
    markdown: MarkdownOptions = ONE_FILE

    def heeded_by(self, export_format: ExportFormat) -> "ExportOptions":
        """Without what a format has no place for."""
        if export_format is not ExportFormat.MARKDOWN:
            return replace(self, markdown=ONE_FILE)
        return replace(
            self, paper=None, has_contents=None, has_clearance=None, has_discussions=False
        )

    def as_detail(self) -> dict[str, Any]:
        """What the record says of them: what isn't as the brief has it."""
        said = asdict(self) | {"sections": sorted(self.sections)}
        del said["markdown"]
        if not self.has_discussions:
            del said["has_discussions"]
        told = {name: value for name, value in said.items() if value not in (None, [])}
        return told | self.markdown.as_detail()


AS_THE_BRIEF = ExportOptions()
