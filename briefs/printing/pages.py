"""Pages of the PDF as pictures, for looking at: made once, and then shown one by one to whoever had
them made."""

from collections.abc import Mapping
from dataclasses import replace

from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from briefs.document.tree import Document, SectionNode, TextState
from briefs.export.dressing import dressed
from briefs.export.options import ExportOptions
from briefs.export.pdf.kept import kept_page
from briefs.export.pdf.pool import Watch
from briefs.export.pdf.render import render_pages
from briefs.locks import lock_brief
from briefs.models import Brief, Section
from briefs.reading import read_document

PPI = 110  # of a page that is seven inches wide on the screen
_signer = signing.Signer(salt="pages")


def brief_pages(brief: Brief, text: TextState, user: User, watch: Watch) -> list[str]:
    """The addresses of the pages of a brief, as its PDF has them. Raises as `render_pages`."""
    return addresses_of(_read(brief, text), user, watch, brief)


def section_pages(
    section: Section, texts: Mapping[str, str], user: User, watch: Watch
) -> list[str]:
    """The same of one section, with texts that are typed and perhaps saved nowhere, by the keys of
    its answers."""
    whole = read_document(section.brief, TextState.WORKING)
    return addresses_of(excerpt_of(whole, section, texts), user, watch, section.brief)


@transaction.atomic
def _read(brief: Brief, text: TextState) -> Document:
    """Under the brief's lock, as an export reads it, so that both show the same."""
    brief = lock_brief(brief)
    return dressed(read_document(brief, text), brief)


def excerpt_of(whole: Document, section: Section, texts: Mapping[str, str]) -> Document:
    """One section of a document, without cover and the like, with other texts. An answer that isn't
    among these stays as it is."""
    parts = tuple(
        replace(
            part,
            sections=tuple(
                _with_texts(node, texts) if node.key == section.key else node
                for node in part.sections
            ),
        )
        for part in whole.parts
    )
    options = ExportOptions(sections=frozenset([section.key]))
    document = dressed(replace(whole, parts=parts), section.brief, options)
    look = replace(document.look, has_cover=False, has_contents=False, has_clearance=False)
    return replace(document, look=look)


def addresses_of(
    document: Document, user: User, watch: Watch, brief: Brief | None = None
) -> list[str]:
    """The addresses of a document's pages, for whoever had them made and, of a `brief`, as long as
    they see it. Each names what is on the page: a page that is the same has the same one."""
    of = [user.pk, brief.pk if brief else None]
    return [
        reverse("page_picture", args=[_signer.sign_object([name, *of])])
        for name in render_pages(document, PPI, watch)
    ]


def page_picture(token: str, user: User) -> bytes | None:
    """One page as PNG, by the token in its address; None for what there isn't, isn't theirs to see,
    or isn't kept any more."""
    try:
        name, owner, brief = _signer.unsign_object(token)
    except signing.BadSignature:
        return None
    if owner != user.pk:
        return None
    if brief is not None and not Brief.objects.visible_to(user).filter(pk=brief).exists():
        return None
    return kept_page(name)


def _with_texts(node: SectionNode, texts: Mapping[str, str]) -> SectionNode:
    answers = (replace(each, text=texts.get(each.key, each.text)) for each in node.answers)
    return replace(node, answers=tuple(answers))
