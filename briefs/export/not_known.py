"""A document in which what isn't known is said in the language of its readers."""

from dataclasses import replace

from briefs.document.language import Language
from briefs.document.not_known import said
from briefs.document.text import NOT_KNOWN
from briefs.document.tree import DiscussionNode, Document, Passage, SectionNode
from briefs.document.words import letters_in

Texts = dict[tuple[str, str | None], str]


def as_read(document: Document, language: Language) -> Document:
    """The document as a file for readers of the language shows it; what was said about such an
    answer stays with its words."""
    texts: Texts = {
        (section.key, answer.key): answer.text
        for section in document.sections
        for answer in section.answers
        if said(answer.text, language) != answer.text
    }
    if not texts:
        return document
    parts = [
        replace(part, sections=tuple(_section(each, language) for each in part.sections))
        for part in document.parts
    ]
    discussions = [_discussion(each, texts, language) for each in document.discussions]
    return replace(document, parts=tuple(parts), discussions=tuple(discussions))


def _section(section: SectionNode, language: Language) -> SectionNode:
    answers = [replace(each, text=said(each.text, language)) for each in section.answers]
    return replace(section, answers=tuple(answers))


def _discussion(node: DiscussionNode, texts: Texts, language: Language) -> DiscussionNode:
    text = texts.get((node.section, node.answer))
    if text is None:
        return node
    passage = node.passage and _moved(node.passage, text, said(text, language))
    return replace(node, quote=said(node.quote, language), passage=passage)


def _moved(passage: Passage, text: str, shown: str) -> Passage:
    """The same words behind another label. A part of the label is the whole of it."""
    old = letters_in(NOT_KNOWN)
    longer = letters_in(shown) - letters_in(text)
    start = passage.start + longer if passage.start >= old else 0
    return replace(passage, start=start, end=max(passage.end, old) + longer)
