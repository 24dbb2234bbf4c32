"""A document with all that its files need besides its text: how it is printed, its pictures, and,
for whoever wants them, its discussions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from briefs.document.anchors import find_passage, words_of
from briefs.document.look import House, Look, Paper
from briefs.document.pictures import sha256s_in
from briefs.document.tree import (
    DiscussionNode,
    Document,
    PartNode,
    Passage,
    PictureNode,
    Reply,
    SectionNode,
)
from briefs.document.words import letters_in
from briefs.export.options import AS_THE_BRIEF, ExportOptions
from briefs.models import Brief, Comment, HouseStyle
from briefs.revisions import OWN_BODY


def dressed(document: Document, brief: Brief, options: ExportOptions = AS_THE_BRIEF) -> Document:
    """The document as it goes out. The clearance table is left out only where nothing in it must be
    told: no override, no text that is out without approval. Raises `ValidationError` when the
    sections that were chosen are none of its own."""
    if options.sections:
        document = _selected(document, options.sections)
    house = HouseStyle.objects.first()
    return replace(
        document,
        marking=document.marking if options.marking is None else options.marking,
        look=Look(
            paper=options.paper or Paper(brief.paper),
            has_contents=_chosen(options.has_contents, brief.has_contents),
            has_clearance=_chosen(options.has_clearance, brief.has_clearance)
            or _must_be_told(document),
            house=house_of(house),
        ),
        pictures=(*_pictures(document, brief), *logo_of(house)),
        discussions=tuple(_discussions(document, brief)) if options.has_discussions else (),
    )


def _must_be_told(document: Document) -> bool:
    return any(
        section.released_because or (section.clearance and section.clearance.override)
        for section in document.sections
    )


def house_of(style: HouseStyle | None) -> House:
    if style is None:
        return House()
    return House(style.organisation, style.unit, style.colour, style.logo_sha256)


def logo_of(style: HouseStyle | None) -> tuple[PictureNode, ...]:
    if style is None or not style.logo:
        return ()
    size = style.logo_width, style.logo_height
    return (PictureNode(style.logo_sha256, style.logo_mime_type, *size, bytes(style.logo)),)


def _chosen(wish: bool | None, own: bool) -> bool:
    return own if wish is None else wish


def _selected(document: Document, keys: frozenset[str]) -> Document:
    """The sections of these keys, with the numbers that they have in the whole."""
    parts = [
        replace(part, sections=tuple(node for node in part.sections if node.key in keys))
        for part in document.parts
    ]
    kept: list[PartNode] = [part for part in parts if part.sections]
    count = sum(1 for _section in document.sections)
    if not kept:
        raise ValidationError(_("These sections aren't in the brief any more. Choose again."))
    loose = tuple(node for node in document.loose if node.section in keys)
    return replace(document, parts=tuple(kept), loose=loose, excerpt_of=count)


def _pictures(document: Document, brief: Brief) -> Iterator[PictureNode]:
    answers = (answer.text for section in document.sections for answer in section.answers)
    named = sha256s_in([*answers, *(loose.text for loose in document.loose)])
    if not named:
        return
    for row in brief.pictures.filter(sha256__in=named).order_by("sha256"):
        size = row.width, row.height
        yield PictureNode(row.sha256, row.mime_type, *size, bytes(row.content))


def _discussions(document: Document, brief: Brief) -> Iterator[DiscussionNode]:
    """In two queries: every remark on a section of the document, in the order of its sections."""
    remarks = (
        Comment.objects.threads()
        .filter(section__brief=brief)
        .select_related("section")
        .prefetch_related("replies")
        .order_by("pk")
    )
    by_section: dict[str, list[Comment]] = {}
    for remark in remarks:
        by_section.setdefault(remark.section.key, []).append(remark)
    for node in document.sections:
        keys = {answer.key for answer in node.answers}
        for remark in by_section.get(node.key, ()):
            answer = remark.prompt_key or (OWN_BODY if OWN_BODY in keys and node.is_own else None)
            words = _words_asked(remark, node)
            # Approved text must not bring others along.
            is_told = document.is_draft or remark.quote in words
            yield DiscussionNode(
                section=node.key,
                answer=answer if answer in keys else None,
                quote=remark.quote if is_told else "",
                is_resolved=remark.is_resolved,
                replies=tuple(_replies([remark, *remark.replies.all()])),
                passage=_passage(remark, words) if is_told else None,
            )


def _words_asked(remark: Comment, node: SectionNode) -> str:
    texts = [answer.text for answer in node.answers if answer.key == remark.prompt_key]
    return words_of("\n\n".join(texts))


def _passage(remark: Comment, words: str) -> Passage | None:
    place = find_passage(remark.anchor, words)
    if place is None:
        return None
    start, end = letters_in(words[: place.start]), letters_in(words[: place.end])
    return Passage(start, end, is_changed=place.is_changed)


def _replies(comments: Iterable[Comment]) -> Iterator[Reply]:
    for comment in comments:
        yield Reply(comment.created_by_name, comment.created_at, comment.text)
