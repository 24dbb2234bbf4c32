"""The signs of lists in Markdown, such that two lists side by side stay two."""

from dataclasses import dataclass, field

from briefs.importing.docx.numbering import Item


@dataclass(slots=True)
class _Open:
    """A list that is open. `indent` is where its signs stand, `inside` where its words do."""

    level: int
    indent: int
    inside: int = 0
    number: int | None = None
    closing: str = "."

    @property
    def next(self) -> int | None:
        """The number that goes on counting."""
        return None if self.number is None else self.number + 1


@dataclass(slots=True)
class Lists:
    """The lists that are open, the outermost first."""

    opened: list[_Open] = field(default_factory=list)

    def marker(self, item: Item) -> tuple[list[str], str]:
        """The lines before an item, and the sign with which its first line begins."""
        while len(self.opened) > 1 and self.opened[-1].level > item.level:
            self.opened.pop()
        is_deeper = bool(self.opened) and self.opened[-1].level < item.level
        if is_deeper or not self.opened:
            indent = self.opened[-1].inside if self.opened else 0
            self.opened.append(_Open(item.level, indent))
        here = self.opened[-1]
        here.level = item.level
        if not is_deeper and None not in (item.number, here.number) and item.number != here.next:
            here.closing = ")" if here.closing == "." else "."
        here.number = item.number
        sign = "- " if item.number is None else f"{item.number}{here.closing} "
        here.inside = here.indent + len(sign)
        # A number other than 1 begins no list right below a line of text.
        before = [""] if is_deeper and item.number not in (None, 1) else []
        return before, " " * here.indent + sign
