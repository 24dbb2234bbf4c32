"""How much a file is made of: what came in past every check ends in a sentence here, not in a file
that no program opens."""

from django.utils.translation import gettext as _

from briefs.document.text import MAX_PROMPT_BYTES, size
from briefs.document.tree import AnswerNode, Document, SectionNode
from briefs.export.failures import RenderFailed

LARGEST_ANSWER = 2 * MAX_PROMPT_BYTES
"""Bytes. Twice what may be written: an upgrade of the outline can have joined two texts."""

_KILOBYTE = 1024


def check_lengths(document: Document) -> None:
    """Raises `RenderFailed`, which names the section, when one of its texts is too long for any
    file."""
    for section in document.sections:
        for answer in section.answers:
            if size(answer.text) > LARGEST_ANSWER:
                raise RenderFailed(_sentence(section, answer))


def _sentence(section: SectionNode, answer: AnswerNode) -> str:
    place = ", ".join(filter(None, (section.name, answer.label)))
    return _(
        "“%(place)s” holds a text of %(size)d KB. No file can be made with more than %(most)d KB "
        "in one place: shorten it, or move a part of it elsewhere."
    ) % {
        "place": place,
        "size": size(answer.text) // _KILOBYTE,
        "most": LARGEST_ANSWER // _KILOBYTE,
    }
