"""Imports a Markdown, Word or JSON file as a new brief, or into one, and reports on every line."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.brief_templates.outlines import outline_of, outline_of_brief
from briefs.drafting.picture_file import none_known
from briefs.drafting.pictures import known_in
from briefs.importing.actions import NewBrief, import_brief, import_into
from briefs.importing.comparing import Found, Outcome
from briefs.importing.opening import Opened, open_file
from briefs.importing.reading import read_opened
from briefs.importing.refusals import sentences_of
from briefs.importing.report import Reading
from briefs.models import Brief, BriefTemplate

NEWEST_SHIPPED = "the newest version of the shipped template"


@dataclass(frozen=True, slots=True)
class _Import:
    """What was asked for. `into` is None for a new brief."""

    source: str
    country: str
    into: Brief | None
    template: BriefTemplate
    member: User | None


class Command(BaseCommand):
    help = "Imports a brief from a Markdown, Word or JSON file and says where every line went."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="Markdown, .docx or JSON, or -")
        parser.add_argument("--country", default="", metavar="CODE", help="ISO 3166, such as BE")
        parser.add_argument("--dry-run", action="store_true", help="report only, store nothing")
        parser.add_argument("--json", action="store_true", help="report as JSON")
        parser.add_argument("--into", metavar="SLUG", help="fill the empty prompts of this brief")
        parser.add_argument("--by", metavar="EMAIL", help="the manager and first contributor")
        parser.add_argument("--template", metavar="KEY", help=f"by default {NEWEST_SHIPPED}")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        into = _brief(options["into"]) if options["into"] else None
        asked = _Import(
            source=_readable(Path(file).name) if file != "-" else "",
            country=options["country"],
            into=into,
            template=into.template if into else _template(options["template"]),
            member=_member(options["by"]) if options["by"] else None,
        )
        try:
            known = known_in(into) if into else none_known
            opened = open_file(_content(file), known)
            outline = outline_of_brief(into) if into else outline_of(asked.template)
            reading = read_opened(opened, outline, known)
            with transaction.atomic():
                stored, found = _store(asked, reading)
                # A dry run stores all of it and takes it back: it refuses what storing refuses.
                transaction.set_rollback(options["dry_run"])
        except ValidationError as error:
            raise CommandError("\n".join(sentences_of(error))) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        slug = None if options["dry_run"] else stored
        if options["json"]:
            report = {**_as_json(slug, reading, found), **_of_word(opened)}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            lines = [*_said_of_word(opened), *_as_text(slug, reading, found)]
            self.stdout.write("\n".join(lines))


def _content(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(
            _("“%(file)s” can't be read: %(reason)s.") % {"file": file, "reason": error.strerror}
        ) from error


def _readable(name: str) -> str:
    """A file's name as text; one that isn't keeps its place with question marks."""
    return name.encode(errors="replace").decode()


def _template(key: str | None) -> BriefTemplate:
    key = key or read_outline(SHIPPED_FILE.read_text(encoding="utf-8")).key
    template = BriefTemplate.objects.newest_versions().filter(key=key).first()
    if template is None:
        raise CommandError(
            _("No template “%(key)s” is loaded. Run manage.py load_brief_template first.")
            % {"key": key}
        )
    return template


def _brief(slug: str) -> Brief:
    brief = Brief.objects.filter(slug=slug).select_related("template").first()
    if brief is None:
        raise CommandError(_("There is no brief “%(slug)s”.") % {"slug": slug})
    return brief


def _member(email: str) -> User:
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(
            _("Nobody active has the address “%(email)s”. Add that person first.")
            % {"email": email}
        )
    return user


def _store(asked: _Import, reading: Reading) -> tuple[str, tuple[Found, ...]]:
    if asked.into:
        found = import_into(asked.into, reading, by=None, source=asked.source, member=asked.member)
        return asked.into.slug, found
    new = NewBrief(asked.template, asked.country, source=asked.source)
    return import_brief(reading, new, by=None, member=asked.member).brief.slug, ()


def _as_json(slug: str | None, reading: Reading, found: tuple[Found, ...]) -> dict[str, Any]:
    counts = reading.counts()
    return {
        "slug": slug,
        **counts,
        "lines": counts,
        "oddities": [
            {"line": oddity.line, "kind": oddity.kind.value, "sentence": oddity.sentence}
            for oddity in reading.oddities
        ],
        "texts": [
            {"line": each.line, "name": each.name, "outcome": each.outcome.value} for each in found
        ],
    }


def _of_word(opened: Opened) -> dict[str, Any]:
    """The text that was made of a Word file, to which the report's lines belong."""
    return {"remarks": opened.remarks, "text": opened.text} if opened.is_converted else {}


def _said_of_word(opened: Opened) -> list[str]:
    if not opened.is_converted:
        return []
    sentence = _(
        "The Word file was turned into a text first, which --json shows; line numbers are its."
    )
    return [sentence, *opened.remarks]


def _as_text(slug: str | None, reading: Reading, found: tuple[Found, ...]) -> list[str]:
    lines = [
        _(
            "%(answer)s lines are answers, %(structure)s structure, %(set_aside)s set aside, "
            "%(parked)s parked."
        )
        % reading.counts()
    ]
    lines += [
        _("Line %(line)s: %(sentence)s") % {"line": oddity.line, "sentence": oddity.sentence}
        for oddity in reading.oddities
    ]
    lines += [_side_by_side(each) for each in found if each.outcome is not Outcome.SAME]
    lines.append(_("Stored as “%(slug)s”.") % {"slug": slug} if slug else _("Nothing was stored."))
    return lines


def _side_by_side(each: Found) -> str:
    name = {"line": each.line, "name": each.name}
    if each.outcome is Outcome.BESIDE:
        sentence = _("Line %(line)s: %(name)s has a text already; the file's is parked beside it.")
        ours, theirs = _("In the brief:"), _("In the file:")
        return "\n".join([sentence % name, ours, each.ours, theirs, each.text])
    if each.outcome is Outcome.REFUSED:
        sentence = _("Line %(line)s: %(name)s can't be written: %(reason)s It is parked.")
        return sentence % {**name, "reason": each.reason}
    return _("Line %(line)s: %(name)s was empty; the file's text fills it.") % name
