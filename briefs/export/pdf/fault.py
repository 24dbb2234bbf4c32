"""Which section keeps a brief from being printed, where it is one."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from briefs.document.look import Look
from briefs.document.tree import Document, SectionNode
from briefs.export.failures import RenderFailed, TooLarge, Unwanted

_SECONDS = 4  # for one try: a section that is no trouble takes a small part of one

Run = Callable[[Document, float], None]


def name_fault(failed: TooLarge, document: Document, run: Run) -> RenderFailed:
    """The failure, with the name of the section that can't be set even by itself. `run` sets a
    document in so many seconds and raises `TooLarge` when it can't."""
    sections = [node for node in document.sections if not node.is_empty]
    try:
        section = _find(sections, document, run)
    except Unwanted as unwanted:
        return unwanted
    except RenderFailed:  # of another kind, such as a queue that is too long: it isn't found now
        return failed
    if section is None:
        return failed
    sentence = _("%(failure)s It is the section “%(name)s” that can't be set, even by itself.")
    return TooLarge(sentence % {"failure": failed, "name": section.name})


def _find(sections: Sequence[SectionNode], document: Document, run: Run) -> SectionNode | None:
    """By halves. None when what fails together doesn't fail in any half: then it is the sum."""
    if len(sections) == 1:
        return sections[0] if _fails(sections, document, run) else None
    while len(sections) > 1:
        middle = len(sections) // 2
        halves = (sections[:middle], sections[middle:])
        failing = next((half for half in halves if _fails(half, document, run)), None)
        if failing is None:
            return None
        sections = failing
    return sections[0] if sections else None


def _fails(sections: Sequence[SectionNode], document: Document, run: Run) -> bool:
    part = replace(document.parts[0], sections=tuple(sections))
    look = Look(has_cover=False, has_contents=False, has_clearance=False)
    excerpt = replace(document, parts=(part,), look=look, discussions=(), changes=())
    try:
        run(excerpt, _SECONDS)
    except TooLarge:
        return True
    return False
