"""Reads a brief that Chancery wrote as JSON: nothing is guessed, as every text names its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.lines import readable_line
from briefs.document.outline import Outline, OutlineSection
from briefs.document.text import normalise
from briefs.document.tree import AnswerNode, Document, LooseKind, PartNode, SectionNode
from briefs.drafting.picture_file import Known, none_known
from briefs.importing.json_header import check_is_of_bearable_size, read_header
from briefs.importing.json_pictures import read_pictures
from briefs.importing.json_values import Read, line_of, read_values
from briefs.importing.own_file import LONGEST_TITLE, MOST_OWN_SECTIONS, OWN_BODY
from briefs.importing.report import (
    Fate,
    FoundAnswer,
    FoundLoose,
    Oddity,
    OddityKind,
    OwnSection,
    Reading,
)


def read_json(text: str, outline: Outline, known: Known = none_known) -> Reading:
    """Where every text of the file belongs, in a brief that has the `known` pictures. Raises
    `ValidationError` for what is no brief.

    Sections and prompts are told by their keys. What the outline doesn't know of them becomes
    parked text. Lines are those of the file, but of a text without a place: that keeps its own.
    """
    read = read_values(text)
    check_is_of_bearable_size(read.document)
    document, pictures, notes = read_pictures(read.document, known)
    gathering = _Gathering(document, outline, oddities=notes)
    gathering.note_what_stays_behind(read)
    header, facts = read_header(document, gathering.oddities)
    gathering.loose.extend(facts)
    for part in document.parts:
        gathering.part(part)
    gathering.loose_texts()
    return Reading(
        header=header,
        answers=tuple(gathering.answers),
        own_sections=tuple(gathering.own),
        loose=tuple(gathering.loose),
        oddities=tuple(sorted(gathering.oddities, key=lambda oddity: oddity.line)),
        fates=tuple(_fates(text, gathering.fates)),
        found=tuple(gathering.found),
        pictures=pictures,
        look=document.look,
    )


@dataclass(slots=True)
class _Gathering:
    """Everything found so far. `keys` are the keys of this reading by those of the file."""

    document: Document
    outline: Outline
    oddities: list[Oddity]
    answers: list[FoundAnswer] = field(default_factory=list)
    own: list[OwnSection] = field(default_factory=list)
    loose: list[FoundLoose] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    fates: dict[int, Fate] = field(default_factory=dict)

    def note(self, line: int, kind: OddityKind, sentence: str) -> None:
        self.oddities.append(Oddity(line, kind, sentence))

    def note_what_stays_behind(self, read: Read) -> None:
        """What an import can't vouch for, and what this version doesn't know."""
        if self.document.template.key != self.outline.key:
            sentence = _(
                "The file was written from another template, “%(key)s”; only what has the same "
                "keys in both finds its place."
            )
            sentence %= {"key": readable_line(self.document.template.key)[:200]}
            self.note(1, OddityKind.OTHER_TEMPLATE, sentence)
        if read.unknown:
            sentence = _("The file holds keys that no brief has; they were left off: %(keys)s.")
            self.note(1, OddityKind.UNKNOWN_KEY, sentence % {"keys": ", ".join(read.unknown)})
        approved = sum(section.clearance is not None for section in self.document.sections)
        if approved:
            sentence = ngettext(
                "%(count)s section is approved in the file; an import can't vouch for that, so it "
                "has to be approved anew.",
                "%(count)s sections are approved in the file; an import can't vouch for that, so "
                "they have to be approved anew.",
                approved,
            )
            self.note(1, OddityKind.LEFT_BEHIND, sentence % {"count": approved})
        if self.document.discussions:
            count = len(self.document.discussions)
            sentence = ngettext(
                "%(count)s discussion of the file was left off.",
                "%(count)s discussions of the file were left off.",
                count,
            )
            self.note(1, OddityKind.LEFT_BEHIND, sentence % {"count": count})

    def part(self, part: PartNode) -> None:
        known = next((each for each in self.outline.parts if each.key == part.key), None)
        after: str | None = None
        for node in part.sections:
            section = None if node.is_own else self.section(node.key)
            if section:
                is_here = known is not None and section in known.sections
                after = section.key if is_here else after
                self.known_section(node, section)
            elif node.is_own and known and self.own_section(node, known.key, after):
                continue
            else:
                self.unknown_section(node)

    def section(self, key: str) -> OutlineSection | None:
        """The outline's section of that key, or the one that had it in the version before."""
        sections = [section for part in self.outline.parts for section in part.sections]
        same = [section for section in sections if section.key == key]
        return next(iter(same or [each for each in sections if each.was == key]), None)

    def known_section(self, node: SectionNode, section: OutlineSection) -> None:
        if section.key not in self.found:
            self.found.append(section.key)
        self.keys.setdefault(node.key, section.key)
        prompts = {prompt.was: prompt.key for prompt in section.prompts if prompt.was}
        prompts |= {prompt.key: prompt.key for prompt in section.prompts}
        for answer in node.answers:
            self.answer(node, answer, section.key, prompts.get(answer.key))

    def answer(
        self, node: SectionNode, answer: AnswerNode, section: str, prompt: str | None
    ) -> None:
        text, line = normalise(answer.text), line_of(answer.text)
        if not text:
            return
        is_taken = prompt is not None and (section, prompt) in self.taken
        if prompt and not is_taken:
            self.taken.add((section, prompt))
            self.answers.append(FoundAnswer(section, prompt, text, line))
            self.fates[line] = Fate.ANSWER
            return
        words = {"label": _name(answer.label or answer.key)}
        if is_taken:
            kind = OddityKind.ASKED_TWICE
            sentence = _("“%(label)s” is answered twice in this section; this text is parked.")
        else:
            kind = OddityKind.UNKNOWN_LABEL
            sentence = _("The section has no prompt “%(label)s”; its text is parked beside it.")
        self.note(line, kind, sentence % words)
        self.park(section, node, answer)

    def own_section(self, node: SectionNode, part: str, after: str | None) -> bool:
        """Whether it can be one of the brief's own."""
        title = " ".join(readable_line(normalise(node.title)).split())
        bodies = [answer for answer in node.answers if answer.key == OWN_BODY]
        is_full = len(self.own) >= MOST_OWN_SECTIONS
        if not 0 < len(title) <= LONGEST_TITLE or is_full or node.key in self.keys:
            return False
        key = self.keys[node.key] = f"own-{len(self.own) + 1}"
        line = line_of(bodies[0].text if bodies else node.title)
        text = normalise(bodies[0].text) if bodies else ""
        brief_key = str(node.key)
        self.own.append(OwnSection(key, title, part, after, text, line, after is None, brief_key))
        if text:
            self.fates[line] = Fate.ANSWER
        for answer in node.answers:
            if answer not in bodies[:1] and normalise(answer.text):
                sentence = _("A section of the brief's own has one text; this one is parked.")
                self.note(line_of(answer.text), OddityKind.NO_PLACE, sentence)
                self.park(key, node, answer)
        return True

    def unknown_section(self, node: SectionNode) -> None:
        line = line_of(node.title)
        written = [answer for answer in node.answers if normalise(answer.text)]
        sentence = (
            _("The template has no section “%(title)s”; its text is parked beside the brief.")
            if written
            else _("The template has no section “%(title)s”. It holds no text, so it was left off.")
        )
        self.note(line, OddityKind.NO_PLACE, sentence % {"title": _name(node.title)})
        for answer in written:
            self.park(None, node, answer)

    def park(self, section: str | None, node: SectionNode, answer: AnswerNode) -> None:
        origin = ", ".join(_name(name) for name in (node.title, answer.label) if name)
        line = line_of(answer.text)
        found = FoundLoose(LooseKind.PARKED, section, normalise(answer.text), line, origin)
        self.loose.append(found)
        self.fates[line] = Fate.PARKED

    def loose_texts(self) -> None:
        """What had no place in the brief that was exported still has none."""
        for node in self.document.loose:
            text, line = normalise(node.text), line_of(node.text)
            if not text:
                continue
            section = self.keys.get(node.section) if node.section else None
            if node.section and section is None:
                sentence = _("This text stood beside a section that isn't there; it is parked.")
                self.note(line, OddityKind.NO_PLACE, sentence)
            self.loose.append(FoundLoose(node.kind, section, text, node.line or None))
            is_parked = node.kind is LooseKind.PARKED
            self.fates.setdefault(line, Fate.PARKED if is_parked else Fate.SET_ASIDE)


def _name(text: str) -> str:
    """A title or label in a sentence."""
    return readable_line(" ".join(text.split()))[:LONGEST_TITLE]


def _fates(text: str, of: dict[int, Fate]) -> Iterator[Fate | None]:
    """What isn't text is the file's own structure."""
    for number, line in enumerate(text.split("\n"), start=1):
        yield of.get(number, Fate.STRUCTURE) if line.strip() else None
