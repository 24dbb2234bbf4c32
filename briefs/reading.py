"""Rows to the document tree: working text, or approved text. A constant number of queries for any
brief."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Min

from briefs.document.content_hash import content_hash
from briefs.document.tree import (
    AnswerNode,
    Clearance,
    Document,
    Fact,
    LooseKind,
    LooseNode,
    PartNode,
    SectionNode,
    TemplateName,
    TextState,
)
from briefs.live_text.reading import Typed, typed_texts
from briefs.models import (
    Answer,
    Brief,
    LooseText,
    Prompt,
    Revision,
    Section,
    SignOff,
    with_sign_offs,
)
from briefs.revisions import OWN_BODY, AskedThen, asked_then, texts_of_many


@dataclass(frozen=True, slots=True)
class _Text:
    """Which words of a section go into the document, and who cleared them. A null `revision` with
    words: they are in none yet. `asked` is how the section was asked for them, None as it is
    now."""

    answers: Mapping[str, str]
    revision: int | None
    written_at: datetime | None
    clearance: Clearance | None
    asked: AskedThen | None = None


def read_document(brief: Brief, text: TextState, *, unapproved: Collection[str] = ()) -> Document:
    """The whole brief as plain data.

    Working text is what stands now, with what is typed and in no revision yet. Approved text is,
    section by section, what last got every sign-off; a section that never did is there without
    answers, or, when its key is in `unapproved`, with its newest revision. Text that waits for a
    place is in `loose`, never in an answer.
    """
    sections = list(
        with_sign_offs(brief.sections.in_outline_order()).select_related("part", "section_template")
    )
    prompts = _prompts_by_section_template(sections)
    sign_offs = _clearing_sign_offs(brief)
    typed = typed_texts(sections)
    answers = _answers(brief)
    texts = (
        {section.pk: _working(section, answers, typed, sign_offs) for section in sections}
        if text is TextState.WORKING
        else _approved(sections, answers, sign_offs, unapproved)
    )
    parts = tuple(_parts(sections, prompts, texts, brief))
    written = [found.written_at for found in texts.values() if found.written_at]
    return Document(
        slug=brief.slug,
        title=brief.title,
        subject=brief.subject,
        country=str(brief.country.code or ""),
        language=brief.language,
        reference=brief.reference,
        marking=brief.marking,
        date=brief.date,
        modified_at=max(written, default=None),
        facts=tuple(Fact(label, value) for label, value in brief.facts),
        prepared_by=tuple(_writers(texts)),
        template=TemplateName(brief.template.key, brief.template.version, brief.template.title),
        text=text,
        parts=parts,
        loose=tuple(_loose(brief)),
    )


def read_section(document: Document, key: str) -> SectionNode:
    """One section of a document. Raises `KeyError` when there is none of that key."""
    for section in document.sections:
        if section.key == key:
            return section
    raise KeyError(key)


def part_numbers(sections: Iterable[Section]) -> dict[int, int | None]:
    """The computed number of each part, by primary key, from sections in the outline's order; parts
    without a title have none."""
    numbers: dict[int, int | None] = {}
    for section in sections:
        if section.part_id not in numbers:
            titled = sum(number is not None for number in numbers.values())
            numbers[section.part_id] = titled + 1 if section.part.title else None
    return numbers


def section_numbers(sections: Iterable[Section]) -> dict[int, str]:
    """The computed number of each section ("2.1"), by primary key, from sections in the outline's
    order; blank in a part that has none."""
    sections = list(sections)
    of_part = part_numbers(sections)
    numbers: dict[int, str] = {}
    for part_id, members in groupby(sections, key=lambda section: section.part_id):
        number = of_part[part_id]
        for place, section in enumerate(members, start=1):
            numbers[section.pk] = f"{number}.{place}" if number is not None else ""
    return numbers


def _parts(
    sections: list[Section],
    prompts: Mapping[int, list[Prompt]],
    texts: Mapping[int, _Text],
    brief: Brief,
) -> Iterable[PartNode]:
    of_part = part_numbers(sections)
    of_section = section_numbers(sections)
    for _part_id, members in groupby(sections, key=lambda section: section.part_id):
        rows = list(members)
        part = rows[0].part
        nodes = tuple(
            _section(row, of_section[row.pk], prompts, texts[row.pk], brief) for row in rows
        )
        yield PartNode(part.key, of_part[part.pk], part.title, nodes)


def _section(
    row: Section, number: str, prompts: Mapping[int, list[Prompt]], text: _Text, brief: Brief
) -> SectionNode:
    asked = text.asked or _asked_now(row, prompts)
    answers = tuple(
        AnswerNode(prompt.key, prompt.label, text.answers.get(key, ""))
        for key, prompt in asked.prompts
    )
    if asked.is_own:
        answers = (AnswerNode(OWN_BODY, "", text.answers.get(OWN_BODY, "")),)
    pairs = [(answer.key, answer.text) for answer in answers]
    return SectionNode(
        key=row.key,
        number=number,
        title=row.title,
        status=row.state.value,
        is_own=row.is_own,
        content_hash=content_hash(
            asked.section_key, (brief.template.key, asked.asked_since), pairs
        ),
        revision=text.revision,
        clearance=text.clearance,
        answers=answers,
        asked_as="" if asked.section_key == row.key else asked.section_key,
        asked_since=asked.asked_since,
    )


def _asked_now(row: Section, prompts: Mapping[int, list[Prompt]]) -> AskedThen:
    own = prompts.get(row.section_template_id, []) if row.section_template_id else []
    asked = tuple((prompt.key, prompt) for prompt in own)
    return AskedThen(row.key, row.asked_since, row.is_own, asked)


def _answers(brief: Brief) -> dict[int, dict[str, str]]:
    texts: dict[int, dict[str, str]] = {}
    rows = Answer.objects.filter(section__brief=brief).order_by()
    for section_id, key, text in rows.values_list("section_id", "prompt__key", "text"):
        texts.setdefault(section_id, {})[key or OWN_BODY] = text
    return texts


def _clearing_sign_offs(brief: Brief) -> dict[int, list[SignOff]]:
    """Each section's approvals, newest first."""
    approvals: dict[int, list[SignOff]] = {}
    rows = (
        SignOff.objects.standing_approvals()
        .filter(section__brief=brief)
        .select_related("revision", "countersignature")
        .order_by("-pk")
    )
    for sign_off in rows:
        approvals.setdefault(sign_off.section_id, []).append(sign_off)
    return approvals


def _working(
    section: Section,
    answers: Mapping[int, dict[str, str]],
    typed: Mapping[int, Typed],
    sign_offs: Mapping[int, list[SignOff]],
) -> _Text:
    if section.pk in typed:
        return _Text(typed[section.pk].texts, None, section.edited_at, None)
    approvals = _of_text(sign_offs.get(section.pk, []), section.content_hash)
    return _Text(
        answers.get(section.pk, {}),
        section.version or None,
        section.edited_at,
        _clearance(approvals, section.brief) if section.is_approved else None,
    )


def _approved(
    sections: list[Section],
    answers: Mapping[int, dict[str, str]],
    sign_offs: Mapping[int, list[SignOff]],
    unapproved: Collection[str],
) -> dict[int, _Text]:
    """Where the text now is approved, that; otherwise the last text that got every sign-off, from
    its revision. It is told by the revision that was approved, so drafting on changes nothing."""
    cleared = _last_cleared(section for section in sections if not section.is_approved)
    approvals: dict[int, list[SignOff]] = {}
    for section in sections:
        given = sign_offs.get(section.pk, [])
        if section.is_approved:
            approvals[section.pk] = _of_text(given, section.content_hash)
        elif section.pk in cleared:
            approvals[section.pk] = _of_text(given, cleared[section.pk])
    earlier = [
        approvals[section.pk][0].revision
        for section in sections
        if section.pk in approvals and not section.is_approved
    ]
    texts, asked = texts_of_many(earlier), asked_then(earlier)
    found: dict[int, _Text] = {}
    for section in sections:
        if section.pk not in approvals:
            found[section.pk] = (
                _Text(answers.get(section.pk, {}), section.version or None, section.edited_at, None)
                if section.key in unapproved
                else _Text({}, None, None, None)
            )
            continue
        revision = approvals[section.pk][0].revision
        words = answers.get(section.pk, {}) if section.is_approved else texts[revision.pk]
        clearance = _clearance(approvals[section.pk], section.brief)
        found[section.pk] = _Text(
            words, revision.number, revision.created_at, clearance, asked.get(revision.pk)
        )
    return found


def _last_cleared(sections: Iterable[Section]) -> dict[int, str]:
    """By section, the hash of the newest revision whose text got every sign-off. Not of the newest
    sign-off: a text that was changed back to an older approved one is that one."""
    revisions = Revision.objects.cleared().filter(section__in=list(sections)).order_by("number")
    return dict(revisions.values_list("section_id", "content_hash"))


def _of_text(sign_offs: list[SignOff], content_hash: str) -> list[SignOff]:
    return [sign_off for sign_off in sign_offs if sign_off.content_hash == content_hash]


def _clearance(approvals: list[SignOff], brief: Brief) -> Clearance:
    """Who signed a text off, in the order in which they did, each with the kind of sign-off if it
    was of one; `approvals` are newest first."""
    names = dict.fromkeys(_signature(sign_off, brief) for sign_off in reversed(approvals))
    clearing = next((sign_off for sign_off in approvals if sign_off.clears_section), None)
    override = clearing if clearing and clearing.is_override else None
    second = getattr(override, "countersignature", None)
    return Clearance(
        approvals[0].revision.number,
        tuple(names),
        approvals[0].decided_at,
        override.comment if override else "",
        second.signed_by_name if second else "",
    )


def _signature(sign_off: SignOff, brief: Brief) -> str:
    kind = brief.name_of_kind(sign_off.kind) if sign_off.kind else ""
    return f"{sign_off.decided_by_name} ({kind})" if kind else sign_off.decided_by_name


def _prompts_by_section_template(sections: list[Section]) -> dict[int, list[Prompt]]:
    wanted = {section.section_template_id for section in sections if section.section_template_id}
    prompts: dict[int, list[Prompt]] = {}
    for prompt in Prompt.objects.filter(section_template_id__in=wanted).order_by("position"):
        prompts.setdefault(prompt.section_template_id, []).append(prompt)
    return prompts


def _writers(texts: Mapping[int, _Text]) -> list[str]:
    """Those whose words came into these texts, by the first revision that they wrote. Who wrote
    only after the text of a section isn't one of them."""
    first_words = (
        Revision.contributors.through.objects.filter(revision__section__in=list(texts))
        .values_list("revision__section_id", "user__name")
        .annotate(Min("revision__number"), Min("revision_id"))
    )
    names = [
        (revision_id, name)
        for section_id, name, number, revision_id in first_words
        if number <= (texts[section_id].revision or 0)
    ]
    return list(dict.fromkeys(name for _revision_id, name in sorted(names)))


def _loose(brief: Brief) -> Iterable[LooseNode]:
    rows = LooseText.objects.filter(brief=brief, settled_at=None).select_related("section")
    for row in rows:
        key = row.section.key if row.section else None
        yield LooseNode(LooseKind(row.kind), key, row.text, row.line)
