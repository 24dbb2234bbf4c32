"""The words of a paragraph as Word shows them: without instructions, deletions and hidden text."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from briefs.document.pictures import MAX_ALT
from briefs.drafting.picture_file import Encoded
from briefs.importing.docx.elements import Element
from briefs.importing.docx.fields import Fields, Instruction
from briefs.importing.docx.inline_markdown import is_good_link
from briefs.importing.docx.inlines import NOTES, Inline, LineBreak, Marks, NoteMark, Shown, Words
from briefs.importing.docx.losses import Loss
from briefs.importing.docx.media import Leads
from briefs.importing.docx.pictures import alternatives, boxes_in, description, is_turned
from briefs.importing.docx.style_names import Role
from briefs.importing.docx.styles import Style, Styles, toggles_of
from briefs.importing.docx.symbols import UNKNOWN, symbol

_AROUND = frozenset(
    {"w:sdtContent", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:rubyBase", "m:oMathPara"}
)
_DRAWINGS = frozenset({"w:drawing", "w:pict", "w:object"})
_CHARACTERS = {"w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "\u2011"}
_LINE_ENDS = str.maketrans("\n\r", "  ")
_BLANKS = str.maketrans("\t\n\r", "   ")


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set by what stands around them. `is_gone` says that they are deleted."""

    style: Style
    link: str = ""
    is_gone: bool = False


@dataclass(slots=True)
class Runs:
    """Reads paragraphs of one text, whose relations `leads` follows; `boxes` are the text boxes
    that were met and not yet taken. Words in `code_font` are code; blank for no font."""

    styles: Styles
    leads: Leads
    fields: Fields
    losses: Counter[Loss]
    code_font: str = ""
    boxes: list[Element] = field(default_factory=list)
    _found: list[Inline] = field(default_factory=list)

    def inlines(self, paragraph: Element, style: Style) -> list[Inline]:
        """What stands in a paragraph of that style."""
        self._found = []
        self._read_all(paragraph.children, Setting(style))
        return self._found

    def _read_all(self, elements: list[Element], setting: Setting) -> None:
        for each in elements:
            self._read(each, setting)

    def _read(self, element: Element, setting: Setting) -> None:
        name = element.name
        if name == "w:r":
            self._run(element, setting)
        elif name in _AROUND:
            self._read_all(element.children, setting)
        elif reader := _READERS.get(name):
            reader(self, element, setting)

    def content(self, element: Element, setting: Setting) -> None:
        for each in element.all("w:sdtContent"):
            self._read_all(each.children, setting)

    def inserted(self, element: Element, setting: Setting) -> None:
        self.losses[Loss.INSERTED] += bool(element.children)
        self._read_all(element.children, setting)

    def deleted(self, element: Element, setting: Setting) -> None:
        self.losses[Loss.DELETED] += bool(element.children)
        self._read_all(element.children, replace(setting, is_gone=True))

    def hyperlink(self, element: Element, setting: Setting) -> None:
        link = self._good(self.leads.links.get(element.get("r:id"), ""))
        self._read_all(element.children, replace(setting, link=link or setting.link))

    def _good(self, link: str) -> str:
        link = link.strip()
        if is_good_link(link):
            return link
        self.losses[Loss.LINK] += bool(link)
        return ""

    def simple_field(self, element: Element, setting: Setting) -> None:
        told = self.fields.read(element.get("w:instr"))
        self._note(told, setting)
        if not told.is_left_out:
            link = self._good(told.link) or setting.link
            self._read_all(element.children, replace(setting, link=link))

    def _note(self, told: Instruction | None, setting: Setting) -> None:
        self.losses[Loss.CONTENTS] += bool(told and told.makes_contents)
        if told and told.note and not setting.is_gone:
            self._found.append(told.note)

    def alternatives(self, element: Element, setting: Setting) -> None:
        self._read_all(alternatives(element), setting)

    def formula(self, element: Element, setting: Setting) -> None:
        if not setting.is_gone and self.fields.shows_text:
            self.losses[Loss.FORMULA] += 1
            self._add("".join(each.text for each in element.within("m:t")), Marks.NONE, setting)

    def _run(self, run: Element, setting: Setting) -> None:
        own = run.child("w:rPr")
        marks, is_hidden = self._marks(own, setting.style)
        hidden = replace(setting, is_gone=setting.is_gone or is_hidden)
        counted = len(self._found)
        for each in run.children:
            if each.name == "w:fldChar":
                told = self.fields.character(each.get("w:fldCharType"))
                self._note(told, hidden)
                if told and told.link and not is_good_link(told.link):
                    self.losses[Loss.LINK] += 1
            elif each.name == "w:instrText":
                self.fields.tell(each.text)
            elif self.fields.shows_text:
                self._character(each, marks, hidden)
        is_shown = any(each.name in _DRAWINGS for each in run.children)
        if hidden.is_gone and (is_shown or len(self._found) > counted):
            del self._found[counted:]
            self.losses[Loss.HIDDEN] += not setting.is_gone

    def _marks(self, own: Element | None, style: Style) -> tuple[Marks, bool]:
        key = own.value("w:rStyle") if own else None
        named = self.styles.style(key) if key else None
        of_words = named.said if named else {}
        around = style.said
        said = {
            name: around.get(name, False) != of_words.get(name, False)
            for name in (*around, *of_words)
        }
        said |= toggles_of(own)
        marks = Marks.NONE
        if said.get("w:b"):
            marks |= Marks.BOLD
        if said.get("w:i"):
            marks |= Marks.ITALIC
        if said.get("w:strike") or said.get("w:dstrike"):
            marks |= Marks.STRIKE
        if (named and named.is_code) or self._has_code_font(own):
            marks |= Marks.CODE
        return marks, said.get("w:vanish", False)

    def _has_code_font(self, own: Element | None) -> bool:
        fonts = own.child("w:rFonts") if own and self.code_font else None
        return fonts is not None and fonts.get("w:ascii") == self.code_font

    def _character(self, element: Element, marks: Marks, setting: Setting) -> None:
        name = element.name
        if name == "w:t":
            is_code = setting.style.role is Role.CODE
            blanks = _LINE_ENDS if is_code else _BLANKS
            self._add(element.text.translate(blanks), marks, setting)
        elif name == "w:tab" and setting.style.role is Role.CODE:
            self._add("\t", marks, setting)
        elif name in _CHARACTERS:
            self._add(_CHARACTERS[name], marks, setting)
        elif name in ("w:br", "w:cr"):
            is_of_line = element.get("w:type", "textWrapping") == "textWrapping"
            self._found += [LineBreak()] if is_of_line else []
        elif name in NOTES:
            self._found.append(NoteMark(NOTES[name], element.get("w:id")))
        elif name == "mc:AlternateContent":
            for each in alternatives(element):
                self._character(each, marks, setting)
        else:
            self._object(element, marks, setting)

    def _object(self, element: Element, marks: Marks, setting: Setting) -> None:
        match element.name:
            case "w:sym":
                found = symbol(element.get("w:char"), element.get("w:font"))
                self.losses[Loss.SYMBOL] += found == UNKNOWN
                self._add(found, marks, setting)
            case "w:ruby":
                self._ruby(element, setting)
            case name if name in _DRAWINGS:
                self._drawing(element, setting)

    def _ruby(self, element: Element, setting: Setting) -> None:
        """Characters with their reading, which stands behind them in brackets."""
        self._read_all(element.all("w:rubyBase"), setting)
        reading = "".join(each.text for side in element.all("w:rt") for each in side.within("w:t"))
        if reading:
            self._add(f"({reading})", Marks.NONE, setting)

    def _drawing(self, element: Element, setting: Setting) -> None:
        if setting.is_gone:
            return
        boxes = boxes_in(element)
        self.boxes += boxes
        pictures = self.leads.pictures_in(element)
        words = description(element)
        if not pictures and (boxes or words is None):
            return
        self.losses[Loss.TURNED] += is_turned(element)
        for picture in pictures or [None]:
            self._picture(picture, words or "", setting)

    def _picture(self, picture: Encoded | None, words: str, setting: Setting) -> None:
        if picture:
            self.losses[Loss.UNDESCRIBED] += not words
            self._found.append(Shown(picture.sha256, words[:MAX_ALT]))
            return
        self.losses[Loss.PICTURE] += 1
        shown = _("[picture: %(words)s]") % {"words": words} if words else _("[picture]")
        self._add(shown, Marks.NONE, setting)

    def _add(self, text: str, marks: Marks, setting: Setting) -> None:
        if not text:
            return
        of_field = self.fields.link
        link = of_field if is_good_link(of_field) else setting.link
        self._found.append(Words(text, marks, link))


_READERS: dict[str, Callable[[Runs, Element, Setting], None]] = {
    "w:sdt": Runs.content,
    "w:ins": Runs.inserted,
    "w:moveTo": Runs.inserted,
    "w:del": Runs.deleted,
    "w:moveFrom": Runs.deleted,
    "w:hyperlink": Runs.hyperlink,
    "w:fldSimple": Runs.simple_field,
    "mc:AlternateContent": Runs.alternatives,
    "m:oMath": Runs.formula,
}
