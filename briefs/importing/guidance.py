"""What in a hand-written file isn't meant for its readers: guidance left in, and authors' notes."""

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefs.document.outline import OutlineSection
from briefs.importing.matching import Likeness, bare
from briefs.importing.report import OddityKind

LONGEST = 5_000
"""Characters of a paragraph that is looked at; guidance is shorter."""

_MAYBE_ITALIC = re.compile(r"\\?[*_].*[*_]\Z", re.DOTALL)
_COMMENT = re.compile(r"<!--.*-->\Z", re.DOTALL)
_NOTE = re.compile(r"[\\*_(\[\s]*(?:author\W?s\s+)?(?:note|nb|n\.b\.|todo)\b", re.IGNORECASE)
_PARSER = MarkdownIt("commonmark", {"html": False})


def kind_of_note(
    text: str, section: OutlineSection | None, likeness: Likeness
) -> OddityKind | None:
    """Whether a paragraph is guidance or an author's note, None for text.

    Guidance is what stands wholly in italics, also with its asterisks half escaped, or reads like
    what the template says of this section. A note says of itself that it is one, or is a comment.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if _COMMENT.match(text):
        return OddityKind.AUTHORS_NOTE
    if _MAYBE_ITALIC.match(text) and _is_italic(text):
        return OddityKind.AUTHORS_NOTE if _NOTE.match(text) else OddityKind.GUIDANCE
    if section and likeness.closest(bare(text), ((each, 0) for each in _guidance(section))):
        return OddityKind.GUIDANCE
    return None


def _guidance(section: OutlineSection) -> Iterable[str]:
    said = [section.guidance, *(prompt.guidance for prompt in section.prompts)]
    for text in said:
        paragraphs = re.split(r"\n\s*\n", text)
        yield from (bare(paragraph) for paragraph in paragraphs if paragraph.strip())


def _is_italic(text: str) -> bool:
    tokens = [
        token
        for token in _PARSER.parseInline(text)[0].children or []
        if not (token.type in ("text", "text_special") and not token.content.strip("*_ "))
    ]
    if len(tokens) < 3 or tokens[0].type != "em_open" or tokens[-1].type != "em_close":
        return False
    is_strong = tokens[1].type == "strong_open" and tokens[-2].type == "strong_close"
    return not is_strong and _closing(tokens) == len(tokens) - 1


def _closing(tokens: list[Token]) -> int:
    depth = 0
    for place, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            return place
    return len(tokens)
