"""Headings with the numbers of the tree, each with the bookmark that the contents lead to."""

from collections.abc import Sequence

from briefs.export.docx.changes import Changes
from briefs.export.docx.characters import one_line
from briefs.export.docx.comments import Thread
from briefs.export.docx.contents import Entry
from briefs.export.docx.direction import own_order
from briefs.export.docx.markup import element, run, value
from briefs.export.docx.outline import Heading
from briefs.export.docx.pages import Pages
from briefs.export.docx.place import Line, paragraph
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.text import Setting
from briefs.export.docx.tracking import Fate

_ON_A_NEW_PAGE = {"pageBreakBefore": "", "spacing": 'w:before="0" w:after="220"'}
_LEFT_TO_RIGHT = run('<w:t xml:space="preserve">\u200e</w:t>')
"""A LEFT-TO-RIGHT MARK on either side, which the import takes off again."""
_NO_NUMBER = {"numPr": element("numId", value(0)), "ind": 'w:left="0" w:firstLine="0"'}


class Headings:
    """Sets headings one after another. `entries` are those for the contents so far."""

    def __init__(self, sheet: Sheet, pages: Pages) -> None:
        self.sheet = sheet
        self.pages = pages
        self.entries: list[Entry] = []
        self.is_first = True

    def both(self, old: Heading | None, new: Heading | None, threads: Sequence[Thread] = ()) -> str:
        """A heading that stayed, came or went; one that went has its old number as text, so that
        the others keep theirs."""
        if new is None:
            return self.gone(old) if old else ""
        number = self.number_of(new)
        typed = f"{new.number}\t" if new.number and number is None else ""
        fate = Fate.SAME if old else Fate.ADDED
        line = self.line(fate)
        setting = Setting(self.sheet)
        title = one_line(new.title)
        if old and old.title != new.title:
            runs = Changes(setting).runs([one_line(old.title)], [title], line)
        else:
            runs = setting.inlines.text(typed + title, line)
        return self.set(new, runs, number, threads, fate)

    def gone(self, old: Heading) -> str:
        line = self.line(Fate.REMOVED)
        title = one_line(f"{old.number} {old.title}")
        runs = Setting(self.sheet).inlines.text(title, line)
        mark = self.sheet.tracking.mark(Fate.REMOVED)
        properties = {**_NO_NUMBER, **self.begun()}
        return paragraph(runs, f"Heading{old.level}", line.direction, properties, mark)

    def begun(self) -> dict[str, str]:
        """The first heading of all is on a new page, when something stands before it."""
        look = self.sheet.document.look
        is_first, self.is_first = self.is_first, False
        has_front = look.has_cover or look.has_contents
        return _ON_A_NEW_PAGE if is_first and has_front else {}

    def plain(self, title: str) -> str:
        """A heading of level 1 that is ours, on a new page."""
        self.pages.turn()
        heading = Heading("", 1, "", title)
        runs = Setting(self.sheet).inlines.text(title, self.line(Fate.SAME))
        return self.set(heading, runs, None, (), Fate.SAME, _ON_A_NEW_PAGE)

    def set(
        self,
        heading: Heading,
        runs: str,
        number: int | None,
        threads: Sequence[Thread],
        fate: Fate,
        properties: dict[str, str] | None = None,
    ) -> str:
        properties = {**(properties or {}), **self.begun()}
        if number is None:
            properties |= _NO_NUMBER
        elif number != 1:
            level = element("ilvl", value(heading.level - 1))
            properties["numPr"] = level + element("numId", value(number))
        identity = next(self.sheet.identities)
        bookmark = f"_Toc{100_000 + len(self.entries)}"
        page = self.pages.heading(heading.level, heading.title)
        title = one_line(heading.title)
        self.entries.append(Entry(heading.level, heading.number, title, bookmark, page))
        direction = self.sheet.language.direction
        is_apart = own_order(title, direction) != title
        side = self.sheet.tracking.around(_LEFT_TO_RIGHT, fate) if is_apart else ""
        inside = "".join(
            [
                f'<w:bookmarkStart w:id="{identity}" w:name="{bookmark}"/>',
                *(thread.begin for thread in threads),
                *(side, runs, side),
                *(thread.end for thread in threads),
                f'<w:bookmarkEnd w:id="{identity}"/>',
            ]
        )
        mark = self.sheet.tracking.mark(fate)
        return paragraph(inside, f"Heading{heading.level}", direction, properties, mark)

    def number_of(self, heading: Heading) -> int | None:
        """What counts a heading; None for one without a number, or with one that Word can't
        make."""
        if not heading.number:
            return None
        if heading.section is None:
            return self.sheet.numbering.heading_of_part(int(heading.number))
        if heading.level == 1:
            return None
        return self.sheet.numbering.heading_of_section(heading.number)

    def line(self, fate: Fate) -> Line:
        return Line(self.sheet.language.direction, self.sheet.text_width, fate)
