"""The lists and quotes that are open, and the signs of Markdown that say so in each line."""

from dataclasses import dataclass, field

from briefs.importing.docx.numbering import LARGEST, Item
from briefs.importing.docx.where import Where

_OTHER_CLOSING = {".": ")", ")": "."}


@dataclass(slots=True)
class _Quote:
    """A quote that is open."""

    sign: str = "> "


@dataclass(slots=True)
class _List:
    """A list that is open; `sign` is the blanks before what stands in its last item."""

    item: Item
    sign: str = ""
    closing: str = "."
    is_loose: bool = False

    def goes_on_with(self, item: Item, *, is_exact: bool) -> bool:
        """Whether an item has the number that goes on counting, and in exact files is of the list
        itself."""
        number = self.item.number
        if item.number is None or number is None:
            return True
        is_same = item.list_key == self.item.list_key or not is_exact
        return is_same and item.number == min(number + 1, LARGEST)


@dataclass(slots=True)
class Containers:
    """What is open, the outermost first, such that two lists side by side stay two. `is_exact` says
    that the lists of the file are those of a Markdown text."""

    is_exact: bool = False
    opened: list[_List | _Quote] = field(default_factory=list)

    def around(self, item: Item, quotes: int) -> Where:
        """Where an item stands: in the open lists that are less deep."""
        lists = sum(isinstance(one, _List) and one.item.level < item.level for one in self.opened)
        return Where(lists, quotes)

    def kept(self, where: Where, *, is_item: bool = False) -> int:
        """How many of the open ones are around a block too; of an item, with its own list if that
        is open."""
        lists = where.lists + is_item
        for kept in range(len(self.opened), 0, -1):
            is_quote = [isinstance(one, _Quote) for one in self.opened[:kept]]
            missing_quotes = where.quotes - sum(is_quote)
            missing_lists = lists - kept + sum(is_quote)
            if missing_lists < 0 or missing_quotes < 0:
                continue
            if is_item and not missing_lists and (missing_quotes or is_quote[-1]):
                continue
            is_other = where.innermost == ("list" if is_quote[-1] else "quote")
            if not is_item and not missing_quotes and is_other:
                continue
            return kept
        return 0

    def has_list_of(self, where: Where, kept: int) -> bool:
        """Whether the list of an item there is among those that are kept."""
        return kept - self.quotes(kept) == where.lists + 1

    def is_list(self, kept: int) -> bool:
        """Whether the innermost that is kept is a list."""
        return isinstance(self.opened[kept - 1], _List)

    def is_parted(self, item: Item, kept: int) -> bool:
        """Whether an item of the innermost list that is kept has a blank line before it, as there
        is room below the one before. Below the last item of any list there is."""
        last = self.opened[kept - 1]
        if not isinstance(last, _List):
            return False
        return last.is_loose and last.goes_on_with(item, is_exact=self.is_exact)

    def quotes(self, kept: int) -> int:
        """How many quotes are among those that are kept."""
        return sum(isinstance(one, _Quote) for one in self.opened[:kept])

    def enter(self, where: Where) -> str:
        """Closes and opens what a block asks; gives what its lines begin with. A list is opened
        by its item alone."""
        kept = self.kept(where)
        self._close(kept, where.quotes)
        return self.signs()

    def marker(self, item: Item, where: Where, *, is_loose: bool = False) -> tuple[str, str]:
        """What the first line of an item begins with, and what the others do."""
        kept = self.kept(where, is_item=True)
        has_list = self.has_list_of(where, kept)
        self._close(kept, where.quotes)
        if not has_list:
            self.opened.append(_List(item))
        here = self.opened[-1]
        assert isinstance(here, _List)
        if has_list and not here.goes_on_with(item, is_exact=self.is_exact):
            here.closing = _OTHER_CLOSING[here.closing]
        here.item, here.is_loose = item, is_loose
        sign = "- " if item.number is None else f"{item.number}{here.closing} "
        here.sign = " " * len(sign)
        return self.signs(len(self.opened) - 1) + sign, self.signs()

    def signs(self, count: int | None = None) -> str:
        """What a line within the outermost so many begins with; None for all."""
        return "".join(one.sign for one in self.opened[:count])

    def _close(self, kept: int, quotes: int) -> None:
        del self.opened[kept:]
        self.opened += [_Quote() for _missing in range(quotes - self.quotes(kept))]
