"""What one outline says otherwise than another, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from briefs.document.outline import Outline, OutlinePart, OutlinePrompt, OutlineSection, Range
from briefs.models import Prompt


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence about a part or a section, which `place` names. `asks_anew`: what was signed off
    there has to be approved anew when a brief moves to it."""

    place: str
    sentence: str
    asks_anew: bool = False


def differences(old: Outline, new: Outline) -> list[Difference]:
    """In the new outline's order; what is gone comes last."""
    return [
        *_of_template(old, new),
        *_of_parts(old.parts, new.parts),
        *_of_sections(old, new),
    ]


def _of_template(old: Outline, new: Outline) -> Iterator[Difference]:
    if old.title != new.title:
        yield Difference(new.title, _("called “%(title)s” until now") % {"title": old.title})
    if old.language != new.language:
        told = {"old": old.language, "new": new.language}
        yield Difference(new.title, _("language %(new)s instead of %(old)s") % told)
    if old.sign_off_kinds != new.sign_off_kinds:
        names = ", ".join(kind.label for kind in new.sign_off_kinds) or "–"
        yield Difference(new.title, _("kinds of sign-offs: %(names)s") % {"names": names})


def _of_parts(old: Iterable[OutlinePart], new: Iterable[OutlinePart]) -> Iterator[Difference]:
    before = {part.key: part for part in old}
    after = {part.key: part for part in new}
    for key, part in after.items():
        if key not in before:
            yield Difference(_named(part), _("new part"))
        elif part.title != before[key].title:
            told = {"title": _named(before[key])}
            yield Difference(_named(part), _("called “%(title)s” until now") % told)
    kept_before = [key for key in before if key in after]
    kept_after = [key for key in after if key in before]
    if kept_before != kept_after:
        yield Difference(_("Parts"), _("in another order"))
    for key, part in before.items():
        if key not in after:
            yield Difference(_named(part), _("this part goes"))


def _of_sections(old: Outline, new: Outline) -> Iterator[Difference]:
    before = {section.key: (part, section) for part in old.parts for section in part.sections}
    seen = set()
    for part in new.parts:
        for section in part.sections:
            key = section.key if section.key in before else section.was
            if key in before:
                seen.add(key)
                yield from _of_section(*before[key], part, section)
            else:
                yield Difference(section.title, _("new section"))
        yield from _order(part, before)
    for key, (_part, section) in before.items():
        if key not in seen:
            yield Difference(section.title, _("this section goes; its text is parked"))


def _order(
    part: OutlinePart, before: dict[str, tuple[OutlinePart, OutlineSection]]
) -> Iterator[Difference]:
    keys = [section.key if section.key in before else section.was for section in part.sections]
    known = [key for key in keys if key in before and before[key][0].key == part.key]
    if known != [key for key in before if key in known]:
        yield Difference(_named(part), _("its sections are in another order"))


def _of_section(
    old_part: OutlinePart, old: OutlineSection, part: OutlinePart, new: OutlineSection
) -> Iterator[Difference]:
    for sentence, asks_anew in _of_its_own(old, new):
        yield Difference(new.title, sentence, asks_anew)
    if old_part.key != part.key:
        yield Difference(new.title, _("stood in “%(part)s”") % {"part": _named(old_part)})
    for sentence, asks_anew in _of_prompts(old.prompts, new.prompts):
        yield Difference(new.title, sentence, asks_anew)


def _of_its_own(old: OutlineSection, new: OutlineSection) -> Iterator[tuple[str, bool]]:
    if old.title != new.title:
        yield _("called “%(title)s” until now") % {"title": old.title}, False
    if old.key != new.key:
        yield _("its key was %(key)s") % {"key": old.key}, True
    if old.guidance != new.guidance:
        yield _("other guidance"), False
    if old.words != new.words:
        yield _("words: %(new)s instead of %(old)s") % _ranges(old.words, new.words), False
    for sentence in _of_rules(old, new):
        yield sentence, False


def _of_rules(old: OutlineSection, new: OutlineSection) -> Iterator[str]:
    if old.sign_offs_needed != new.sign_offs_needed:
        numbers = {"new": new.sign_offs_needed, "old": old.sign_offs_needed}
        yield _("sign-offs: %(new)s instead of %(old)s") % numbers
    if old.sign_off_kinds != new.sign_off_kinds:
        kinds = {name: ", ".join(of) or "–" for name, of in _kinds(old, new)}
        yield _("kinds of sign-offs: %(new)s instead of %(old)s") % kinds
    if old.sign_offs_in_order != new.sign_offs_in_order:
        in_order = _("sign-offs are given in order")
        yield in_order if new.sign_offs_in_order else _("sign-offs are given in any order")
    if old.is_blind != new.is_blind:
        yield _("review is blind") if new.is_blind else _("review is no longer blind")


def _kinds(old: OutlineSection, new: OutlineSection) -> list[tuple[str, tuple[str, ...]]]:
    return [("new", new.sign_off_kinds), ("old", old.sign_off_kinds)]


def _of_prompts(
    old: Iterable[OutlinePrompt], new: Iterable[OutlinePrompt]
) -> Iterator[tuple[str, bool]]:
    before = {prompt.key: prompt for prompt in old}
    matched = {prompt.key: prompt.key if prompt.key in before else prompt.was for prompt in new}
    for prompt in new:
        earlier = before.get(matched[prompt.key])
        if earlier is None:
            yield _("asks for %(prompt)s besides") % {"prompt": _asked(prompt)}, True
        else:
            for sentence, asks_anew in _of_prompt(earlier, prompt):
                yield f"{_asked(prompt)}: {sentence}", asks_anew
    kept = [key for key in matched.values() if key in before]
    if kept != [key for key in before if key in kept]:
        yield _("asks in another order"), True
    for key, prompt in before.items():
        if key not in kept:
            told = {"prompt": _asked(prompt)}
            yield _("no longer asks for %(prompt)s; its text is parked") % told, True


def _of_prompt(old: OutlinePrompt, new: OutlinePrompt) -> Iterator[tuple[str, bool]]:
    if old.label != new.label:
        yield _("called %(label)s until now") % {"label": _asked(old)}, True
    if old.key != new.key:
        yield _("its key was %(key)s") % {"key": old.key}, True
    if old.form != new.form:
        told = {"new": str(Prompt.Form(new.form).label), "old": str(Prompt.Form(old.form).label)}
        yield _("%(new)s instead of %(old)s") % told, True
    if old.guidance != new.guidance:
        yield _("other guidance"), False
    if old.words != new.words:
        yield _("words: %(new)s instead of %(old)s") % _ranges(old.words, new.words), False
    if old.paragraphs != new.paragraphs:
        told = _ranges(old.paragraphs, new.paragraphs)
        yield _("paragraphs: %(new)s instead of %(old)s") % told, False


def _named(part: OutlinePart) -> str:
    return part.title or _("Opening")


def _asked(prompt: OutlinePrompt) -> str:
    return f"“{prompt.label}”" if prompt.label else _("its text")


def _ranges(old: Range, new: Range) -> dict[str, str]:
    return {"old": _told(old), "new": _told(new)}


def _told(of: Range) -> str:
    if of.least is not None and of.most is not None:
        return f"{of.least}–{of.most}"
    if of.most is not None:
        return _("at most %(most)s") % {"most": of.most}
    return (
        _("at least %(least)s") % {"least": of.least} if of.least is not None else _("any number")
    )
