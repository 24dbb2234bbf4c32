"""What the printed brief and the web page say besides the brief's own text."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from unicodedata import category, east_asian_width

from briefs.document.language import Language, language_of, list_of, long_date
from briefs.document.translation import gettext as _
from briefs.document.translation import ngettext
from briefs.document.tree import AnswerNode, Clearance, DiscussionNode, Document, SectionNode

_RUNNING_TITLE = 46  # letters, of which a Chinese character takes two


@dataclass(frozen=True, slots=True)
class ClearanceRow:
    """One line of the clearance table, ready to be read."""

    section: str
    revision: str
    approved_by: str
    date: str
    is_cleared: bool


def draft_mark(document: Document) -> str:
    """What stands on every page of working text; blank for approved text."""
    return _("DRAFT") if document.is_draft else ""


def subject_line(document: Document) -> str:
    """The subject where it says more than the title."""
    return document.subject if document.subject != document.title else ""


def imprint(document: Document) -> list[tuple[str, str]]:
    """Reference, date, status and writers with their labels; what isn't known is left out. The date
    is that of `date_of()`."""
    language = language_of(document.language)
    lines = [
        (_("Reference"), document.reference),
        (_("Edition"), str(document.edition.number) if document.edition else ""),
        (_("Date"), long_date(date_of(document), language)),
        (_("Status"), _status(document)),
        (_("Excerpt"), _excerpt(document)),
        (_("Prepared by"), list_of(document.prepared_by, language)),
    ]
    return [(label, value) for label, value in lines if value]


def _excerpt(document: Document) -> str:
    if not document.excerpt_of:
        return ""
    told = {"count": sum(1 for _section in document.sections), "whole": document.excerpt_of}
    return _("%(count)s of the brief's %(whole)s sections") % told


def date_of(document: Document) -> date | None:
    """The brief's own date, or that of its newest revision; None for one never written in."""
    return document.date or (document.modified_at.date() if document.modified_at else None)


def edition_name(document: Document) -> str:
    """ "Edition 2", blank for what wasn't released."""
    if document.edition is None:
        return ""
    return _("Edition %(number)s") % {"number": document.edition.number}


def running(line: str) -> str:
    """A title as it fits into the head of a page: cut after a word where that leaves enough of it,
    else, as in scripts without blanks, after a letter with its marks."""
    line = " ".join(line.split())
    widths = list(accumulate(map(_width, line)))
    if not widths or widths[-1] <= _RUNNING_TITLE:
        return line
    kept = line[: bisect_right(widths, _RUNNING_TITLE - 1)]  # with the marks of its last letter
    before, blank, _rest = kept.rpartition(" ")
    ends_here = line[len(kept)] == " " or not blank or len(before) < len(kept) / 2
    return f"{(kept if ends_here else before).rstrip()}…"


def _width(letter: str) -> int:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def references(document: Document) -> list[str]:
    """Reference, edition and date, as they are repeated on every page."""
    said = dict(imprint(document))
    values = [said.get(_("Reference"), ""), edition_name(document), said.get(_("Date"), "")]
    return [value for value in values if value]


def _status(document: Document) -> str:
    if document.is_draft:
        return _("Draft: working text")
    if any(section.released_because for section in document.sections):
        return _("Released; not all of it is approved, see “Clearance”")
    if document.edition:
        return _("Released")
    is_any_approved = any(section.clearance for section in document.sections)
    return _("Approved text") if is_any_approved else _("Not yet approved")


def released_sentence(section: SectionNode) -> str:
    """Which text of a section is in an edition although the section wasn't clear, and why."""
    if section.clearance:
        sentence = _(
            "This is the approved text of revision %(revision)s; later changes are not approved "
            "and left out. Reason: %(reason)s"
        )
    elif section.is_empty:
        sentence = _("Nothing approved stands here, so nothing is released. Reason: %(reason)s")
    else:
        sentence = _(
            "Not approved: this is the text of revision %(revision)s, released all the same. "
            "Reason: %(reason)s"
        )
    return sentence % {"revision": section.revision, "reason": section.released_because}


def section_note(document: Document, section: SectionNode) -> str:
    """What stands above a section that wasn't clear, or in the place of one without text."""
    if section.released_because:
        return released_sentence(section)
    if not section.is_empty:
        return ""
    return _("Nothing is written here yet.") if document.is_draft else _("Not yet approved.")


def answers_shown(document: Document, section: SectionNode) -> list[tuple[AnswerNode, str]]:
    """The answers in reading order, each with what stands in its place when it has no text.

    A draft shows which prompts are still open. The body comes first, or it would be read as part of
    the label above it.
    """
    shown = [
        (answer, "" if answer.text else _("Nothing is written here yet."))
        for answer in section.answers
        if answer.text or (answer.label and document.is_draft and not section.is_empty)
    ]
    return sorted(shown, key=lambda pair: bool(pair[0].label))


def clearance_sentence(document: Document) -> str:
    sections = list(document.sections)
    cleared = sum(section.clearance is not None for section in sections)
    return ngettext(
        "%(cleared)s of %(count)s section is approved as it stands here.",
        "%(cleared)s of %(count)s sections are approved as they stand here.",
        len(sections),
    ) % {"cleared": cleared, "count": len(sections)}


def approved_by(clearance: Clearance, language: Language) -> str:
    """Who approved a text; an override says so, with its reason and who countersigned it."""
    names = list_of(clearance.approved_by, language)
    if not clearance.override:
        return names
    sentence = (
        _("%(names)s. By override, without all sign-offs: %(reason)s (countersigned by %(second)s)")
        if clearance.countersigned_by
        else _("%(names)s. By override, without all sign-offs: %(reason)s (not countersigned)")
    )
    return sentence % {
        "names": names,
        "reason": " ".join(clearance.override.split()),
        "second": clearance.countersigned_by,
    }


def clearance_rows(document: Document) -> Iterator[ClearanceRow]:
    """Who approved exactly this text, section by section."""
    language = language_of(document.language)
    for section in document.sections:
        clearance = section.clearance
        revision = clearance.revision if clearance else section.revision
        yield ClearanceRow(
            section=section.name,
            revision="–" if revision is None else str(revision),
            approved_by=approved_by(clearance, language) if clearance else _("Not yet approved"),
            date=long_date(clearance.approved_at.date(), language) if clearance else "–",
            is_cleared=clearance is not None,
        )


def about(document: Document, node: DiscussionNode) -> str:
    """Which text a discussion is about: "1.2 Health, Past"; the brief's title when none of its
    sections is."""
    section = next((each for each in document.sections if each.key == node.section), None)
    if section is None:
        return document.title
    labels = [each.label for each in section.answers if each.key == node.answer and each.label]
    return list_of([section.name, *labels], language_of(document.language))


def state_of(node: DiscussionNode) -> str:
    return _("Resolved") if node.is_resolved else _("Open")
