"""Which part, section or prompt a caption means where it stands."""

from collections.abc import Iterator
from dataclasses import replace

from briefs.importing.captions import Caption, Label, Style
from briefs.importing.known import Known, KnownPart, KnownPrompt, KnownSection, closest
from briefs.importing.matching import bare, split_letter
from briefs.importing.standing import Standing


def meant(standing: Standing, caption: Caption) -> Known | None:
    """What a whole line names: first what has exactly that name, then what nearly has.

    The same title may stand in two parts: it is that of the part in which one stands.
    """
    for title in _readings(caption):
        found = _exactly(standing, title, caption)
        if found:
            return found
    if caption.style not in (Style.HEADING, Style.BOLD):
        return None
    return closest(standing.likeness, bare(caption.title), list(_nearby(standing, caption)))


def meant_by_label(standing: Standing, label: Label) -> Known | None:
    """What a label before a text names: a prompt of this section, or a section of this part.

    A label without a colon could be the first words of a sentence, which then goes on in small
    letters.
    """
    caption = label.caption
    may_be_words = caption.style is Style.ITALIC or label.rest[:1].islower()
    if not caption.has_colon and may_be_words:
        return None
    title = bare(caption.title)
    prompt = _prompt(standing, title)
    if prompt or caption.style is not Style.BOLD or not caption.has_colon:
        return prompt
    here = _sections_here(standing, title)
    return here[0] if here else _near_prompt(standing, title)


def meant_by_item(standing: Standing, caption: Caption) -> KnownPrompt | None:
    """The prompt that an item of a list names, if that is all its first line says."""
    title = bare(caption.title)
    if caption.style is Style.PLAIN:
        return _prompt(standing, title)
    return _prompt(standing, title) or _near_prompt(standing, title)


def meant_by_item_of_part(standing: Standing, caption: Caption) -> KnownSection | None:
    """The section that an item of a list names where a part lists its sections."""
    here = _sections_here(standing, bare(caption.title))
    return here[0] if here else None


def meant_by_numbered_line(standing: Standing, caption: Caption) -> Known | None:
    """The part or section that a numbered line names exactly."""
    title = bare(caption.title)
    if not caption.number or not title:
        return None
    here = _sections_here(standing, title)
    return here[0] if here else _part(standing, title, replace(caption, style=Style.BOLD))


def _readings(caption: Caption) -> Iterator[str]:
    yield bare(caption.title)
    letter, rest = split_letter(caption.title)
    if letter:
        yield bare(rest)
    number, _, rest = bare(caption.title).partition(" ")
    if number.isdecimal() and rest:
        yield rest


def _exactly(standing: Standing, title: str, caption: Caption) -> Known | None:
    if not title:
        return None
    prompt = _prompt(standing, title)
    here = _sections_here(standing, title)
    if prompt and (not here or _is_deeper(standing, caption)):
        return prompt
    if here:
        return here[0]
    if caption.style in (Style.PLAIN, Style.ITALIC):
        return None
    return _part(standing, title, caption) or _section_elsewhere(standing, title)


def _prompt(standing: Standing, title: str) -> KnownPrompt | None:
    if standing.section is None:
        return None
    return standing.names.prompts[standing.section.key].get(title)


def _near_prompt(standing: Standing, title: str) -> KnownPrompt | None:
    found = closest(standing.likeness, title, list(_unused_prompts(standing)))
    return found if isinstance(found, KnownPrompt) else None


def _sections_here(standing: Standing, title: str) -> list[KnownSection]:
    part = standing.part.place if standing.part else 0
    named = standing.names.titled.get(title, [])
    return [each for each in named if isinstance(each, KnownSection) and each.part == part]


def _part(standing: Standing, title: str, caption: Caption) -> KnownPart | None:
    """A bold line isn't a part of which there is a heading; nor is a heading within a section."""
    headings = standing.survey.headings[title]
    if caption.style is Style.BOLD and headings:
        return None
    for each in standing.names.titled.get(title, []):
        if isinstance(each, KnownPart):
            is_elsewhere = headings > 1 or each.key in standing.entered_parts
            return None if _is_deeper(standing, caption) and is_elsewhere else each
    return None


def _section_elsewhere(standing: Standing, title: str) -> KnownSection | None:
    """A section of another part that wasn't met yet, of the parts to come before those gone by."""
    part = standing.part.place if standing.part else 0
    unused = [
        each
        for each in standing.names.titled.get(title, [])
        if isinstance(each, KnownSection) and each.key not in standing.entered
    ]
    return min(unused, key=lambda each: (each.part < part, each.part), default=None)


def _is_deeper(standing: Standing, caption: Caption) -> bool:
    """Whether a caption stands within the current section rather than beside it."""
    if caption.style is Style.HEADING:
        return 0 < standing.level < caption.level
    return standing.level > 0


def _nearby(standing: Standing, caption: Caption) -> Iterator[Known]:
    """What is still missing, and named exactly nowhere in the file."""
    captions = standing.survey.captions
    part = standing.part.place if standing.part else 0
    missing = [
        each
        for each in standing.names.sections
        if each.key not in standing.entered and not captions[bare(each.section.title)]
    ]
    yield from (each for each in missing if each.part == part)
    yield from _unused_prompts(standing)
    if caption.style is Style.HEADING:
        for each in standing.names.parts:
            if each.title and each.key not in standing.entered_parts:
                yield each
    yield from (each for each in missing if each.part != part)


def _unused_prompts(standing: Standing) -> Iterator[KnownPrompt]:
    if standing.section:
        for prompt in standing.names.prompts[standing.section.key].values():
            if (prompt.section, prompt.key) not in standing.prompted:
                yield prompt
