"""Storing what was read: as a new brief, or into one that exists. All of it, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_countries import countries

from accounts.models import User
from briefs.brief_templates.outlines import outline_of
from briefs.commissioning.actions import (
    BriefData,
    add_own_section,
    create_brief,
    wait_for_other_new_briefs,
)
from briefs.document.look import Look
from briefs.drafting.actions import hold_live_texts
from briefs.drafting.pictures import keep_encoded
from briefs.drafting.writing import lock_section, write_answers
from briefs.events import publish
from briefs.importing.comparing import Found, Outcome, compare_with_brief
from briefs.importing.once import check_is_new
from briefs.importing.reading import check_can_be_stored
from briefs.importing.report import OwnSection, Reading
from briefs.locks import lock_brief
from briefs.models import (
    Activity,
    Brief,
    BriefTemplate,
    LooseText,
    Membership,
    Revision,
    Section,
)
from briefs.revisions import OWN_BODY


@dataclass(frozen=True, slots=True)
class NewBrief:
    """What is said of a brief beside the file, and goes before what the file says. `country` is
    ISO 3166-1 alpha-2; `source` names the file, and `upload` this sending of it, which is stored
    once."""

    template: BriefTemplate
    country: str = ""
    title: str = ""
    subject: str = ""
    source: str = ""
    upload: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The brief that was made, and how many of its sections have text."""

    brief: Brief
    sections: int


@transaction.atomic
def import_brief(
    reading: Reading, new: NewBrief, *, by: User | None, member: User | None = None
) -> Imported:
    """Makes a brief of what was read. Raises `ValidationError`, by field where it is of one, and
    `AlreadyStored` for an upload of which a brief was made before.

    Whoever imports becomes its manager and contributor. From the command line nobody does, unless
    `member` names somebody: the command line needs no right to add briefs.
    """
    wait_for_other_new_briefs()
    check_is_new(new.upload, by=by)
    check_can_be_stored(reading, outline_of(new.template))
    brief = create_brief(brief_data(reading, new), new.template, by=by)
    if member and member != by:
        Membership.objects.create(brief=brief, user=member, role=Membership.Role.MANAGER)
    person = member or by
    writer = _Writer(brief, by, [person] if person else [])
    sections = {section.key: section for section in brief.sections.all()}
    _print_as(brief, reading.look)
    _keep_pictures(brief, reading, by)
    newest: _Newest = {}
    for own in reading.own_sections:
        sections[own.key] = newest[_place(own)] = _add_own(brief, own, sections, newest, by)
    written = sum(
        writer.write(sections[key], texts) for key, texts in _texts_by_section(reading).items()
    )
    LooseText.objects.bulk_create(
        LooseText(
            brief=brief,
            section=sections[loose.section] if loose.section else None,
            kind=loose.kind.value,
            text=loose.text,
            original=loose.text,
            source=_source(new.source, loose.origin),
            imported_by=person,
            line=loose.line,
        )
        for loose in reading.loose
    )
    publish(
        Activity.Verb.BRIEF_IMPORTED,
        by=by,
        brief=brief,
        source=new.source,
        upload=new.upload,
        sections=written,
        lines=reading.counts(),
        pictures=len(reading.pictures),
    )
    return Imported(brief, written)


@transaction.atomic
def import_into(
    brief: Brief,
    reading: Reading,
    *,
    by: User | None,
    source: str,
    upload: str = "",
    member: User | None = None,
) -> tuple[Found, ...]:
    """Puts what was read where the brief has no text yet, and says what became of each text.

    What the brief answers already stays as it is: the file's text is parked beside its section, as
    is what may not be written now. `member` is the contributor when the command line imports.
    Raises `AlreadyStored` for an upload that was stored before.
    """
    brief = lock_brief(brief)
    check_is_new(upload, by=by)
    check_can_be_stored(reading, outline_of(brief.template))
    hold_live_texts(brief)
    found = compare_with_brief(brief, reading, by=by)
    person = member or by
    writer = _Writer(brief, by, [person] if person else [])
    sections = {section.key: section for section in brief.sections.all()}
    _keep_pictures(brief, reading, by)
    newest: _Newest = {}
    for each in found:
        if each.outcome is Outcome.NEW_SECTION and each.own:
            section = _add_own(brief, each.own, sections, newest, by)
            sections[each.own.key] = newest[_place(each.own)] = section
            writer.write(section, {OWN_BODY: each.text})
        elif each.own and each.section:
            sections[each.own.key] = newest[_place(each.own)] = each.section
    filled: dict[str, dict[str, str]] = {}
    for each in found:
        if each.outcome is Outcome.FILLED and each.section:
            filled.setdefault(each.section.key, {})[each.prompt] = each.text
    for key, texts in filled.items():
        writer.write(sections[key], texts)
    parked = _park(brief, found, reading, sections, source, person)
    publish(
        Activity.Verb.BRIEF_IMPORTED,
        by=by,
        brief=brief,
        source=source,
        upload=upload,
        sections=len(filled),
        parked=parked,
        lines=reading.counts(),
        pictures=len(reading.pictures),
    )
    return found


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes imported text into sections of one brief, in somebody's name."""

    brief: Brief
    by: User | None
    contributors: list[User]

    def write(self, section: Section, texts: Mapping[str, str]) -> bool:
        """Whether there was anything to write."""
        revision = write_answers(
            lock_section(section),
            texts,
            by=self.by,
            kind=Revision.Kind.IMPORT,
            contributors=self.contributors,
        )
        return revision is not None


def brief_data(reading: Reading, new: NewBrief) -> BriefData:
    """What a new brief is called and is on. Raises `ValidationError`, by field."""
    header = reading.header
    country = (new.country or header.country).upper()
    name = countries.name(country) if country else ""
    if country and not name:
        raise ValidationError(
            {
                "country": _(
                    "“%(code)s” is no country of ISO 3166. Give its two letters, such as BE."
                )
                % {"code": new.country or header.country}
            }
        )
    title = new.title or header.title or name or new.subject or header.subject
    if not title:
        raise ValidationError(
            {"title": _("The file names no title. Say which country or subject the brief is on.")}
        )
    return BriefData(
        title=title,
        subject=new.subject or header.subject or name or title,
        country=country,
        language=header.language or new.template.language,
        reference=header.reference,
        marking=header.marking,
        date=header.date,
        facts=[list(fact) for fact in header.facts],
    )


def _texts_by_section(reading: Reading) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for answer in reading.answers:
        texts.setdefault(answer.section, {})[answer.prompt] = answer.text
    for own in reading.own_sections:
        texts[own.key] = {OWN_BODY: own.text}
    return texts


_Newest: TypeAlias = dict[tuple[str, str | None], Section]


def _place(own: OwnSection) -> tuple[str, str | None]:
    """Where a section stands, but for those of the brief's own before it."""
    return own.part, own.after


def _add_own(
    brief: Brief,
    own: OwnSection,
    sections: Mapping[str, Section],
    newest: _Newest,
    by: User | None,
) -> Section:
    """`newest` is the file's section of its own before this one, by what it stands behind."""
    part = brief.template.parts.get(key=own.part)
    after: Section | Literal["nothing"] | None = None
    if own.after:
        after = newest.get(_place(own), sections[own.after])
    elif own.is_first:
        after = newest.get(_place(own), "nothing")
    return add_own_section(brief, own.title, part=part, after=after, key=own.brief_key, by=by)


def _print_as(brief: Brief, look: Look | None) -> None:
    """What the brief itself says of its pages; the house is the installation's."""
    if look is None:
        return
    brief.paper = look.paper.value
    brief.has_contents = look.has_contents
    brief.has_clearance = look.has_clearance
    brief.save()


def _keep_pictures(brief: Brief, reading: Reading, by: User | None) -> None:
    for encoded in reading.pictures:
        keep_encoded(brief, encoded, by=by)


def _source(file: str, origin: str) -> str:
    return (f"{file}: {origin}" if origin else file)[:255]


def _park(
    brief: Brief,
    found: Iterable[Found],
    reading: Reading,
    sections: Mapping[str, Section],
    source: str,
    person: User | None,
) -> int:
    """Keeps in sight what found no place; what is parked there already isn't parked twice."""
    parked = LooseText.Kind.PARKED.value
    rows = [
        LooseText(
            section=each.section, kind=parked, text=each.text, source=each.name, line=each.line
        )
        for each in found
        if each.outcome in (Outcome.BESIDE, Outcome.REFUSED)
    ]
    rows += [
        LooseText(
            section=sections.get(loose.section or ""),
            kind=loose.kind.value,
            text=loose.text,
            source=loose.origin,
            line=loose.line,
        )
        for loose in reading.loose
    ]
    waiting = {
        (text.section_id, text.text)
        for text in LooseText.objects.filter(brief=brief, settled_at=None)
    }
    new = [row for row in rows if (row.section_id, row.text) not in waiting]
    for row in new:
        row.brief = brief
        row.original = row.text
        row.imported_by = person
        row.source = _source(source, row.source)
    LooseText.objects.bulk_create(new)
    return len(new)
