"""A file's text read against an outline, and whether it can be stored."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from briefs.document.language import language_of
from briefs.document.outline import Outline, OutlineSection
from briefs.document.pictures import sha256s_in
from briefs.document.text import MAX_BRIEF_BYTES, MAX_PROMPT_BYTES, size
from briefs.drafting.picture_file import Encoded, Known, none_known
from briefs.importing.hand_written import read_hand_written
from briefs.importing.header import read_front_matter
from briefs.importing.json_file import read_json
from briefs.importing.not_known import in_stored_words
from briefs.importing.opening import Opened, open_file
from briefs.importing.own_file import read_own_file
from briefs.importing.report import Oddity, OddityKind, Reading
from briefs.importing.source import is_json


def read_file(content: bytes, outline: Outline) -> Reading:
    """What a file, of Markdown, Word or JSON, holds, to be stored as it is. Raises
    `ValidationError` with one or more sentences for what is no text, no brief, or too long."""
    return read_opened(open_file(content), outline)


def read_opened(file: Opened, outline: Outline, known: Known = none_known) -> Reading:
    """The same for a file that was opened, into a brief that has the `known` pictures; what was
    converted is Markdown, whatever it looks like."""
    if is_json(file.text) and not file.is_converted:
        reading = read_json(file.text, outline, known)
    else:
        reading = _with_pictures(read_brief(file.text, outline), file.pictures)
        is_ours = _is_ours(file.text, outline)
        if file.is_converted or not is_ours:
            reading = _in_stored_words(reading, outline, is_told=not is_ours)
    check_can_be_stored(reading, outline)
    return reading


def _is_ours(source: str, outline: Outline) -> bool:
    """Whether a text is one of ours on this outline, which has every answer as it is stored."""
    return read_front_matter(source.split("\n")).template == outline.key


def _in_stored_words(reading: Reading, outline: Outline, *, is_told: bool) -> Reading:
    """That something isn't known may be said in the language of the file or, where it names none or
    another, of the outline."""
    tags = filter(None, (reading.header.language, outline.language))
    return in_stored_words(reading, [language_of(tag) for tag in tags], is_told=is_told)


def _with_pictures(reading: Reading, pictures: Sequence[Encoded]) -> Reading:
    """With those of its pictures that the texts name, and a remark on each text that names another:
    pictures don't come with a file of text."""
    texts = [(each.line, each.text) for each in reading.answers]
    texts += [(each.line, each.text) for each in reading.own_sections]
    named = sha256s_in(text for _line, text in texts)
    named |= sha256s_in(loose.text for loose in reading.loose)
    kept = {picture.sha256: picture for picture in pictures if picture.sha256 in named}
    sentence = _(
        "Pictures don't come with this file. One that the brief doesn't have is printed by its "
        "description: add it in the section."
    )
    told = [
        Oddity(at, OddityKind.PICTURE, sentence)
        for at, text in texts
        if sha256s_in([text]) - kept.keys()
    ]
    oddities = (*reading.oddities, *told)
    return replace(reading, oddities=oddities, pictures=tuple(kept.values()))


def read_brief(source: str, outline: Outline) -> Reading:
    """Where every line of a text belongs. Any text can be read; nothing of it is dropped."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front = read_front_matter(lines)
    if front.template == outline.key:
        return read_own_file(lines, front, outline)
    if front.template:
        sentence = _("The file was written from another template, “%(key)s”, and is read freely.")
        sentence %= {"key": front.template}
        front.oddities.append(Oddity(1, OddityKind.OTHER_TEMPLATE, sentence))
    return read_hand_written(lines, front, outline)


def check_can_be_stored(reading: Reading, outline: Outline) -> None:
    """Refuses what has nothing of the outline, and more than a prompt or a brief takes."""
    if not reading.found:
        titles = [section.title for section in _sections(outline).values()][:2]
        raise ValidationError(
            _(
                "This doesn't look like a brief: none of its headings is one of “%(template)s”, "
                "such as “%(titles)s”. Check that it is the right file and the right template."
            )
            % {"template": outline.title, "titles": _("” or “").join(titles)}
        )
    mistakes = [*_too_long_answers(reading, outline), *_too_long_brief(reading, outline)]
    if mistakes:
        raise ValidationError(mistakes)


def title_of(reading: Reading, outline: Outline, key: str) -> str:
    """The title of a section of the template or of the reading's own; `key` as in the reading."""
    for own in reading.own_sections:
        if own.key == key:
            return own.title
    return _sections(outline)[key].title


def _sections(outline: Outline) -> dict[str, OutlineSection]:
    return {section.key: section for part in outline.parts for section in part.sections}


def _texts(reading: Reading) -> list[tuple[str, int, str]]:
    """Section, line and text of everything that becomes an answer, in the order of the lines."""
    answers = [(answer.section, answer.line, answer.text) for answer in reading.answers]
    own = [(section.key, section.line, section.text) for section in reading.own_sections]
    return sorted([*answers, *own], key=lambda text: text[1])


def _too_long_answers(reading: Reading, outline: Outline) -> list[str]:
    return [
        _(
            "The text in “%(section)s” from line %(line)s has %(size)s KB; a prompt takes 64 KB at "
            "most. Shorten it, or divide it among prompts."
        )
        % {
            "section": title_of(reading, outline, key),
            "line": line,
            "size": -(-size(text) // 1024),
        }
        for key, line, text in _texts(reading)
        if size(text) > MAX_PROMPT_BYTES
    ]


def _too_long_brief(reading: Reading, outline: Outline) -> list[str]:
    total = 0
    for key, line, text in _texts(reading):
        total += size(text)
        if total > MAX_BRIEF_BYTES:
            sentence = _(
                "With the text in “%(section)s” from line %(line)s the brief passes 500 KB, the "
                "most a brief takes. Shorten it first."
            )
            return [sentence % {"section": title_of(reading, outline, key), "line": line}]
    return []
