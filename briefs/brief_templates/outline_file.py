"""What a template file says: the outline, or every mistake in it with its place."""

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from briefs.brief_templates.file_table import Mistake, Table
from briefs.brief_templates.table_lines import Index, table_lines
from briefs.document.clearance import MOST_SIGN_OFFS, SignOffKind
from briefs.document.outline import (
    Outline,
    OutlinePart,
    OutlinePrompt,
    OutlineSection,
    PromptForm,
)
from briefs.document.text import normalise, size

SHIPPED_FILE = Path(__file__).with_name("country_brief.toml")

MAX_FILE_BYTES = 500 * 1024
MAX_TITLE = 200
MAX_GUIDANCE = 4_000
MAX_KINDS = 20
MAX_KIND_KEY = 50
MAX_KIND_LABEL = 60

# What came into outlines later, as it is where it isn't said.
_LATER: Mapping[str, object] = {
    "was": "",
    "sign_off_kinds": (),
    "sign_offs_in_order": False,
    "is_blind": False,
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Two steps, as in the address of a section.
_PATH = re.compile(rf"{_SLUG.pattern}/{_SLUG.pattern}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class OutlineError(ValueError):
    """A template file with mistakes: all of them, in the order of the file."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


def read_outline(text: str) -> Outline:
    """The outline that a template file holds. Raises `OutlineError` with every mistake found."""
    outline, mistakes = check_outline(
        _parse(text), table_lines(text, ("part", "section", "prompt"))
    )
    if mistakes:
        raise OutlineError(sorted(mistakes, key=lambda mistake: mistake.line or 0))
    return outline


def check_outline(
    values: Mapping[str, object], lines: Mapping[Index, int] | None = None
) -> tuple[Outline, list[Mistake]]:
    """What the values of a template file say, and all that is wrong with them; with mistakes, the
    outline holds what could be read."""
    table = Table(values, [], lines or {})
    return _outline(table), table.mistakes


def digest(outline: Outline) -> str:
    """SHA-256, in hexadecimal, of everything an outline says, as canonical JSON. What came into
    outlines later counts only where it is said, so that older ones keep theirs."""
    canonical = json.dumps(
        _said(asdict(outline)), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _said(each)
            for name, each in value.items()
            if name not in _LATER or each != _LATER[name]
        }
    return [_said(each) for each in value] if isinstance(value, list | tuple) else value


def _parse(text: str) -> dict[str, object]:
    if size(text) > MAX_FILE_BYTES:
        sentence = _("The file is over %(limit)s KB; that is no outline.")
        raise OutlineError([Mistake(None, "", sentence % {"limit": MAX_FILE_BYTES // 1024})])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        sentence = _("This can't be read as TOML: %(reason)s.") % {"reason": error}
        raise OutlineError([Mistake(line, "", sentence)]) from error
    except RecursionError as error:
        raise OutlineError([Mistake(None, "", _("The file is nested too deeply."))]) from error


def _outline(table: Table) -> Outline:
    table.check_keys("key", "title", "language", "sign_off_kinds", "part")
    key = _slug(table, 50)
    title = table.line("title", MAX_TITLE)
    language = table.line("language", 12)
    if language and not _LANGUAGE.fullmatch(language):
        table.wrong(_("“language” must be a language tag such as en or pt-BR."), field="language")
    kinds = _kinds(table)
    keys: set[str] = set()
    titles: set[str] = set()
    sections: list[tuple[Table, OutlineSection]] = []
    parts: list[OutlinePart] = []
    for part_table in table.tables("part", _("part"), "title"):
        part = _part(part_table, sections)
        if not part.title and parts and "title" not in part_table.values:
            sentence = _("Only the first part, the opening, may have no title.")
            part_table.wrong(sentence, field="title")
        _check_once(part_table, "key", keys, _("The key “%(value)s” is another part's."))
        _check_once(part_table, "title", titles, _("There are two parts “%(value)s”."))
        parts.append(part)
    _check_former_keys(sections)
    for section_table, section in sections:
        _check_kinds(section_table, section, {kind.key for kind in kinds})
    return Outline(key, title, language, tuple(parts), kinds)


def _kinds(table: Table) -> tuple[SignOffKind, ...]:
    """The kinds of sign-offs, as `sign_off_kinds = [["legal", "Legal adviser"]]`."""
    value: Any = table.values.get("sign_off_kinds", [])
    if not isinstance(value, list | tuple) or not all(_is_pair(each) for each in value):
        sentence = _(
            "“sign_off_kinds” must be pairs of a key and a name, as in "
            '[["legal", "Legal adviser"]].'
        )
        table.wrong(sentence, field="sign_off_kinds")
        return ()
    named = dict(value)
    if len(named) < len(value) or len(value) > MAX_KINDS:
        sentence = _("There may be %(most)s kinds of sign-offs, each once.")
        table.wrong(sentence, field="sign_off_kinds", most=MAX_KINDS)
    inner = Table(named, table.mistakes, table.lines, table.index, table.place, "sign_off_kinds")
    for key in named:
        if not _SLUG.fullmatch(key) or len(key) > MAX_KIND_KEY:
            inner.wrong(
                _("The kind “%(key)s” must be called by small letters, digits and hyphens."),
                key=key,
            )
    return tuple(SignOffKind(key, inner.line(key, MAX_KIND_LABEL)) for key in named)


def _is_pair(value: Any) -> bool:
    is_list = isinstance(value, list | tuple) and len(value) == 2
    return bool(is_list and all(isinstance(each, str) for each in value))


def _check_kinds(table: Table, section: OutlineSection, known: Collection[str]) -> None:
    """Each kind that a section asks for is one of the template's, and there is room for it."""
    for kind in section.sign_off_kinds:
        if kind not in known:
            table.wrong(
                _("“%(kind)s” is not among the kinds of sign-offs of the template."),
                field="sign_off_kinds",
                kind=kind,
            )
    if len(section.sign_off_kinds) > section.sign_offs_needed:
        table.wrong(
            _("The kinds are %(kinds)s, but only %(needed)s sign-offs are needed."),
            field="sign_offs_needed",
            kinds=len(section.sign_off_kinds),
            needed=section.sign_offs_needed,
        )


def _part(table: Table, all_sections: list[tuple[Table, OutlineSection]]) -> OutlinePart:
    table.check_keys("key", "title", "section")
    key = _slug(table, 50)
    title = table.line("title", MAX_TITLE, is_optional=True)
    titles: set[str] = set()
    section_keys = {section.key.casefold() for _table, section in all_sections}
    sections = []
    for section_table in table.tables("section", _("section"), "title"):
        section = _section(section_table)
        _check_once(
            section_table,
            "key",
            section_keys,
            _("The key “%(value)s” is another section's."),
        )
        _check_once(
            section_table,
            "title",
            titles,
            _("There are two sections “%(value)s” in this part."),
        )
        sections.append(section)
        all_sections.append((section_table, section))
    return OutlinePart(key, title, tuple(sections))


def _section(table: Table) -> OutlineSection:
    table.check_keys(
        *("key", "was", "title", "guidance", "words", "sign_offs_needed", "sign_off_kinds"),
        *("sign_offs_in_order", "is_blind", "prompt"),
    )
    path = _("two steps of small letters, digits and hyphens, parted by /")
    key = table.key(120, _PATH, path)
    was = table.key(120, _PATH, path, field="was")
    title = table.line("title", MAX_TITLE)
    guidance = table.paragraphs("guidance", MAX_GUIDANCE)
    words = table.range("words")
    sign_off_kinds = table.keys("sign_off_kinds", MOST_SIGN_OFFS)
    at_least = max(1, len(sign_off_kinds))
    sign_offs_needed = table.count("sign_offs_needed", 1, MOST_SIGN_OFFS) or at_least
    keys: set[str] = set()
    labels: set[str] = set()
    prompts: list[tuple[Table, OutlinePrompt]] = []
    for prompt_table in table.tables("prompt", _("prompt"), "label"):
        prompt = _prompt(prompt_table)
        _check_once(prompt_table, "key", keys, _("The key “%(value)s” is another prompt's here."))
        if prompt.label:
            _check_once(
                prompt_table,
                "label",
                labels,
                _("There are two prompts “%(value)s” in this section."),
            )
        elif (
            any(not earlier.label for _table, earlier in prompts)
            and "label" not in prompt_table.values
        ):
            sentence = _("Only one prompt of a section, its body, may have no label.")
            prompt_table.wrong(sentence, field="label")
        prompts.append((prompt_table, prompt))
    _check_former_keys(prompts)
    asked = tuple(prompt for _table, prompt in prompts)
    return OutlineSection(
        key,
        title,
        guidance,
        asked,
        words,
        sign_offs_needed,
        was,
        sign_off_kinds,
        table.is_so("sign_offs_in_order"),
        table.is_so("is_blind"),
    )


def _prompt(table: Table) -> OutlinePrompt:
    table.check_keys("key", "was", "label", "form", "guidance", "words", "paragraphs")
    key = _slug(table, 120)
    was = _slug(table, 120, field="was")
    label = table.line("label", MAX_TITLE, is_optional=True)
    guidance = table.paragraphs("guidance", MAX_GUIDANCE)
    words = table.range("words")
    paragraphs = table.range("paragraphs")
    return OutlinePrompt(key, label, _form(table), guidance, words, paragraphs, was)


def _form(table: Table) -> PromptForm:
    value = table.values.get("form")
    if isinstance(value, str) and value in list(PromptForm):
        return PromptForm(value)
    table.wrong(
        _("“form” must be one of %(forms)s."),
        field="form",
        forms=", ".join(f'"{form}"' for form in PromptForm),
    )
    return PromptForm.PROSE


def _slug(table: Table, longest: int, *, field: str = "key") -> str:
    shape = _("small letters, digits and single hyphens")
    return table.key(longest, _SLUG, shape, field=field)


def _check_once(table: Table, field: str, seen: set[str], sentence: str) -> None:
    """Two of the same make a place ambiguous, whatever their capitals."""
    value = table.values.get(field)
    value = normalise(value).strip() if isinstance(value, str) else ""
    if value and value.casefold() in seen:
        table.wrong(sentence, field=field, value=value)
    seen.add(value.casefold())


def _check_former_keys(
    named: Sequence[tuple[Table, OutlineSection]] | Sequence[tuple[Table, OutlinePrompt]],
) -> None:
    """Text goes by these keys, so each leads to one place."""
    keys = {one.key for _table, one in named}
    seen: set[str] = set()
    for table, one in named:
        if one.was in keys:
            sentence = _("“was” names “%(value)s”, and that is still the key of another one.")
            table.wrong(sentence, field="was", value=one.was)
        _check_once(table, "was", seen, _("“was” names “%(value)s” a second time."))
