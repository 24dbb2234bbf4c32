"""What somebody chooses for a brief as Markdown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """`per_section` is a ZIP file with one file for each section, and one that lists them."""

    has_front_matter: bool = True
    per_section: bool = False

    def as_detail(self) -> dict[str, bool]:
        """What the record says of them: what isn't as it is without a choice."""
        said = {}
        if not self.has_front_matter:
            said["has_front_matter"] = False
        if self.per_section:
            said["per_section"] = True
        return said


ONE_FILE = MarkdownOptions()
