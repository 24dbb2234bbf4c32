"""Pages of the PDF as pictures, for looking at: made once, and then shown one by one to whoever had
them made."""

from collections.abc import Mapping
from dataclasses import replace

from django.core import signing
from django.urls import reverse

from accounts.models import User
from briefs.document.tree import Document, SectionNode, TextState
from briefs.export.dressing import dressed
from briefs.export.options import ExportOptions
from briefs.export.pdf.kept import kept_by
from briefs.export.pdf.pool import Watch
from briefs.export.pdf.render import render_pages
from briefs.models import Brief, Section
from briefs.reading import read_document

PPI = 110  # of a page that is seven inches wide on the screen
_SALT = "pages"
_KEPT_FOR = 3600  # seconds, as the cache keeps them


def brief_pages(brief: Brief, text: TextState, user: User, watch: Watch) -> list[str]:
    """The addresses of the pages of a brief, as its PDF has them. Raises as `render_pages`."""
    return _addresses(dressed(read_document(brief, text), brief), user, watch)


def section_pages(
    section: Section, texts: Mapping[str, str], user: User, watch: Watch
) -> list[str]:
    """The same of one section, with texts that are typed and perhaps saved nowhere, by the keys of
    its answers."""
    whole = read_document(section.brief, TextState.WORKING)
    return _addresses(excerpt_of(whole, section, texts), user, watch)


def excerpt_of(
    whole: Document, section: Section, texts: Mapping[str, str], *, is_all: bool = False
) -> Document:
    """One section of a document, without cover and the like, with other texts. An answer that isn't
    among these stays as it is, or is empty where they are `is_all`."""
    parts = tuple(
        replace(
            part,
            sections=tuple(
                _with_texts(node, texts, is_all=is_all) if node.key == section.key else node
                for node in part.sections
            ),
        )
        for part in whole.parts
    )
    options = ExportOptions(sections=frozenset([section.key]))
    document = dressed(replace(whole, parts=parts), section.brief, options)
    look = replace(document.look, has_cover=False, has_contents=False, has_clearance=False)
    return replace(document, look=look)


def document_pages(document: Document, user: User, watch: Watch) -> list[str]:
    return _addresses(document, user, watch)


def page_picture(token: str, number: int, user: User) -> bytes | None:
    """One page as PNG, by the token in its address and from 1; None for what there isn't, isn't
    theirs, or isn't kept any more."""
    try:
        key, owner = signing.loads(token, salt=_SALT, max_age=_KEPT_FOR)
    except signing.BadSignature:
        return None
    answer = kept_by(key) if owner == user.pk else None
    if answer is None or not 1 <= number <= len(answer.outputs):
        return None
    return answer.outputs[number - 1]


def _with_texts(node: SectionNode, texts: Mapping[str, str], *, is_all: bool) -> SectionNode:
    answers = (
        replace(each, text=texts.get(each.key, "" if is_all else each.text))
        for each in node.answers
    )
    return replace(node, answers=tuple(answers))


def _addresses(document: Document, user: User, watch: Watch) -> list[str]:
    key, count = render_pages(document, PPI, watch)
    token = signing.dumps([key, user.pk], salt=_SALT)
    return [reverse("page_picture", args=[token, number]) for number in range(1, count + 1)]
