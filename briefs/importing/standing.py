"""Where in the outline the reader stands, and what is odd about how it came there."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from briefs.importing.captions import Caption, Style
from briefs.importing.gathering import Gathered, Slot
from briefs.importing.known import Known, KnownOutline, KnownPart, KnownPrompt, KnownSection
from briefs.importing.matching import Likeness, bare
from briefs.importing.report import Fate, OddityKind
from briefs.importing.survey import Survey

OWN_BODY = "body"


@dataclass(slots=True)
class Standing:
    """The current part, section (the template's, or the key of one of the brief's own) and prompt.

    `level` is that of the heading which opened the section, 0 when it wasn't a heading.
    """

    names: KnownOutline
    survey: Survey
    gathered: Gathered
    likeness: Likeness = field(default_factory=Likeness)
    part: KnownPart | None = None
    section: KnownSection | None = None
    own: str | None = None
    prompt: str | None = None
    level: int = 0
    has_part_heading: bool = False
    entered: set[str] = field(default_factory=set)
    entered_parts: set[str] = field(default_factory=set)
    prompted: set[tuple[str, str]] = field(default_factory=set)
    last_in_part: dict[int, KnownSection] = field(default_factory=dict)

    @property
    def has_begun(self) -> bool:
        """Whether any part or section was met."""
        return self.part is not None

    @property
    def section_key(self) -> str | None:
        """The section in which text now stands."""
        return self.own or (self.section.key if self.section else None)

    @property
    def slot(self) -> Slot:
        """Where text goes now."""
        if self.own:
            return Slot(Fate.ANSWER, self.own, OWN_BODY)
        if self.section is None:
            return Slot(Fate.PARKED)
        prompt = self.prompt or self.names.bodies.get(self.section.key)
        return Slot(Fate.ANSWER if prompt else Fate.PARKED, self.section.key, prompt or "")

    def enter(self, found: Known, caption: Caption) -> None:
        """Goes to what a caption means, and notes what is odd about it."""
        if isinstance(found, KnownPrompt):
            self._enter_prompt(found, caption)
        elif isinstance(found, KnownSection):
            self._enter_section(found, caption)
        else:
            self._enter_part(found, caption)

    def open_own(self, caption: Caption) -> None:
        """Begins a section that the template doesn't know, behind the one before it."""
        part = self.part or self.names.parts[0]
        last = self.last_in_part.get(part.place)
        self.part, self.section, self.prompt = part, None, None
        self.level = caption.level
        after = last.key if last else None
        self.own = self.gathered.own_section(caption.title, part.key, after, caption.start)
        sentence = _(
            "The template has no section “%(title)s”; it becomes a section of the brief's own."
        )
        self._note(caption, OddityKind.OWN_SECTION, sentence, title=caption.title)
        self._note_number(caption, "")

    def _enter_part(self, part: KnownPart, caption: Caption) -> None:
        self._note_caption(caption, part.title, str(part.number or ""))
        self.part, self.section, self.own, self.prompt = part, None, None, None
        self.has_part_heading = True
        self.level = 0
        self.entered_parts.add(part.key)

    def _enter_section(self, found: KnownSection, caption: Caption) -> None:
        self._note_caption(caption, found.section.title, found.number)
        self._note_level(caption, found)
        self._note_order(caption, found)
        if found.key in self.entered:
            sentence = _("Section “%(title)s” stands in the file twice; its texts were joined.")
            self._note(caption, OddityKind.ASKED_TWICE, sentence, title=found.section.title)
        self.part = self.names.parts[found.part]
        self.section, self.own, self.prompt = found, None, None
        self.level = caption.level
        self.entered.add(found.key)
        self.last_in_part[found.part] = found
        self.gathered.found.append(found.key)

    def _enter_prompt(self, found: KnownPrompt, caption: Caption) -> None:
        self._note_name(caption, found.label)
        self._note_number(caption, "")
        self.prompt = found.key
        if (found.section, found.key) in self.prompted:
            sentence = _("“%(label)s” is asked twice in this section; both texts are under it.")
            self._note(caption, OddityKind.ASKED_TWICE, sentence, label=found.label)
        self.prompted.add((found.section, found.key))

    def _note(self, caption: Caption, kind: OddityKind, sentence: str, **words: str) -> None:
        self.gathered.note(caption.start, kind, sentence % words if words else sentence)

    def _note_caption(self, caption: Caption, title: str, number: str) -> None:
        if caption.style is Style.BOLD:
            sentence = _("“%(title)s” is a bold line and no heading; it was taken as one.")
            self._note(caption, OddityKind.BOLD_HEADING, sentence, title=title or caption.title)
        elif caption.style is not Style.HEADING:
            sentence = _("“%(title)s” is a plain line and no heading; it was taken as one.")
            self._note(caption, OddityKind.PLAIN_HEADING, sentence, title=title or caption.title)
        self._note_name(caption, title)
        self._note_number(caption, number)

    def _note_name(self, caption: Caption, name: str) -> None:
        if not name or bare(caption.title) == bare(name):
            return
        sentence = _("“%(written)s” was taken as “%(name)s”, as the template has it.")
        self._note(caption, OddityKind.RENAMED, sentence, written=caption.title, name=name)

    def _note_number(self, caption: Caption, number: str) -> None:
        if not caption.number:
            return
        if number and caption.number != number:
            sentence = _(
                "“%(typed)s” was typed before this heading and doesn't fit: it is %(number)s in "
                "the template, where numbers come from."
            )
        else:
            sentence = _(
                "“%(typed)s” was typed before this heading; numbers come from the template, so it "
                "was left off."
            )
        kind = OddityKind.TYPED_NUMBER
        self._note(caption, kind, sentence, typed=caption.number, number=number)

    def _note_level(self, caption: Caption, found: KnownSection) -> None:
        is_in_opening = self.names.parts[found.part].number is None
        if caption.style is not Style.HEADING or is_in_opening:
            return
        if self.survey.part_level and caption.level <= self.survey.part_level:
            sentence = _(
                "This heading has the level of a part, but “%(title)s” is section %(number)s."
            )
        elif self.survey.is_unusual_level(caption.level):
            sentence = _(
                "This heading has another level than the file's other sections; it was taken as "
                "section %(number)s, “%(title)s”."
            )
        else:
            return
        words = {"title": found.section.title, "number": found.number}
        self._note(caption, OddityKind.HEADING_LEVEL, sentence, **words)

    def _note_order(self, caption: Caption, found: KnownSection) -> None:
        last = self.last_in_part.get(found.part)
        is_elsewhere = self.has_part_heading and self.part and self.part.place != found.part
        is_behind = last is not None and last.place > found.place
        if not is_elsewhere and not is_behind:
            return
        sentence = _("“%(title)s” stands elsewhere in the file than in the template's order.")
        self._note(caption, OddityKind.OUT_OF_ORDER, sentence, title=found.section.title)
