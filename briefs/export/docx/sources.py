"""The list of sources behind the sections, each with the sections that cite it."""

from briefs.document.blocks import Block, Inline, List
from briefs.document.language import Language
from briefs.document.translation import gettext as _
from briefs.document.tree import Document
from briefs.export.docx.changes import Changes
from briefs.export.docx.headings import Headings
from briefs.export.docx.outline import Heading
from briefs.export.docx.place import Place
from briefs.export.docx.sheet import Sheet
from briefs.export.docx.text import Setting
from briefs.export.sources import Source, names_of, sources_of


def sources(sheet: Sheet, since: Document | None, headings: Headings) -> str:
    """Blank when there are none."""
    new = _list(sources_of(sheet.document), sheet.language)
    old = new if since is None else _list(sources_of(since), sheet.language)
    found = headings.both(_heading(old), _heading(new))
    setting, place = Setting(sheet), Place(sheet.text_width, sheet.language.direction)
    headings.pages.blocks(new)
    if since is None:
        return found + setting.blocks(new, place)
    return found + Changes(setting).blocks(old, new, place)


def _heading(items: list[Block]) -> Heading | None:
    return Heading("sources", 1, "", _("Sources")) if items else None


def _list(found: list[Source], language: Language) -> list[Block]:
    if not found:
        return []
    items = [_item(source, language) for source in found]
    block: List = {"kind": "ordered_list", "items": items, "tight": True, "start": 1}
    return [block]


def _item(source: Source, language: Language) -> list[Block]:
    names = names_of(source, language)
    cited = f" ({names})"
    first, *rest = source.blocks
    if first["kind"] == "paragraph":
        inlines: list[Inline] = [*first["inlines"], cited]
        return [{"kind": "paragraph", "inlines": inlines}, *rest]
    return [*source.blocks, {"kind": "paragraph", "inlines": [cited.strip()]}]
