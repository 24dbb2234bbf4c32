"""A sample brief in an outline: each prompt with a text of the asked form, or with that of a brief
that somebody chose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from briefs.document.blocks import parse
from briefs.document.html import to_html
from briefs.document.outline import Outline, OutlinePrompt, OutlineSection, PromptForm
from briefs.document.tree import TextState
from briefs.document.words import count_words
from briefs.models import Brief
from briefs.reading import read_document

_MOST_WORDS = 120


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    label: str
    html: str


@dataclass(frozen=True, slots=True)
class SampleSection:
    number: str
    title: str
    answers: list[SampleAnswer]


@dataclass(frozen=True, slots=True)
class SamplePart:
    """A chapter; the opening has no number and no title."""

    number: int | None
    title: str
    sections: list[SampleSection]


def sample_of(outline: Outline, brief: Brief | None = None) -> list[SamplePart]:
    """The whole outline as a brief in it would read. `brief` is one that the reader may see."""
    texts = _texts_of(brief) if brief else None
    parts: list[SamplePart] = []
    for part in outline.parts:
        number = 1 + sum(bool(each.number) for each in parts) if part.title else None
        sections = [
            SampleSection(
                f"{number}.{place}" if number else "",
                section.title,
                list(_answers(section, texts)),
            )
            for place, section in enumerate(part.sections, start=1)
        ]
        parts.append(SamplePart(number, part.title, sections))
    return parts


def _texts_of(brief: Brief) -> dict[tuple[str, str], str]:
    document = read_document(brief, TextState.WORKING)
    return {
        (section.key, answer.key): answer.text
        for section in document.sections
        for answer in section.answers
    }


def _answers(
    section: OutlineSection, texts: Mapping[tuple[str, str], str] | None
) -> Iterator[SampleAnswer]:
    for place, prompt in enumerate(section.prompts):
        if texts is None:
            text = _sample_text(prompt)
        else:
            text = texts.get((section.was or section.key, prompt.was or prompt.key), "")
        yield SampleAnswer(prompt.label, to_html(parse(text), f"s-{place}", {}))


def _sample_text(prompt: OutlinePrompt) -> str:
    if prompt.form is PromptForm.PROSE:
        return _prose(prompt)
    points = [
        _("Sample point: what is so, in a line."),
        _("Sample point: since when, and on what source."),
        _("Sample point: what follows from it for us."),
    ]
    if prompt.form is PromptForm.COMPLETE_LIST:
        points = [
            _("First entry of the list"),
            _("Second entry"),
            _("Last entry; nothing is missing"),
        ]
    return "\n".join(f"- {point}" for point in points)


def _prose(prompt: OutlinePrompt) -> str:
    """As many paragraphs as are asked, of as many words as the sample takes to show the length."""
    sentences = [
        _("This is sample text, so that the outline can be seen with something in it."),
        _("A real brief says here what is known, since when, and how it bears on our own aims."),
        _("It names the source of each claim, and says so where something is not known."),
    ]
    paragraphs = max(1, min(prompt.paragraphs.least or 1, 6))
    wanted = min(prompt.words.least or 30, _MOST_WORDS) // paragraphs
    text = []
    for number in range(paragraphs):
        words: list[str] = []
        while not words or (count_words(" ".join(words)) < wanted):
            words.append(sentences[(number + len(words)) % len(sentences)])
        text.append(" ".join(words))
    return "\n\n".join(text)
