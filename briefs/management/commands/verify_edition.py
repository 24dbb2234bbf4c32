"""`manage.py verify_edition`: whether a file is an edition, and whether the edition is intact."""

import json
from argparse import ArgumentParser
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from briefs.export.failures import RenderFailed
from briefs.models import Edition
from briefs.releasing.verification import (
    Finding,
    TamperedError,
    check_in_hand,
    check_made_again,
    check_stored,
    other_makers,
)


class Command(BaseCommand):
    help = (
        "Says whether a file is an edition of a brief, and whether what is stored of the edition "
        "is what was released. Ends with 1 when something isn't."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the brief, as its address names it")
        parser.add_argument("number", metavar="NUMBER", type=int, help="of the edition")
        parser.add_argument("file", metavar="FILE", nargs="?", help="a file in hand")
        parser.add_argument("--json", action="store_true", help="the findings as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        editions = Edition.objects.filter(brief__slug=options["slug"], number=options["number"])
        edition = editions.select_related("brief").first()
        if edition is None:
            raise CommandError(
                _("“%(slug)s” has no edition %(number)s.")
                % {"slug": options["slug"], "number": options["number"]}
            )
        findings = self._findings(edition, options["file"])
        is_intact = all(finding.is_true is not False for finding in findings)
        if options["json"]:
            self.stdout.write(_as_json(edition, findings, is_intact=is_intact))
        else:
            for finding in findings:
                self.stdout.write(f"{_MARKS[finding.is_true]} {finding.sentence}")
        if not is_intact:
            raise SystemExit(1)

    def _findings(self, edition: Edition, path: str | None) -> list[Finding]:
        in_hand = [check_in_hand(edition, _digest_of(Path(path)))] if path else []
        try:
            made_again = check_made_again(edition)
        except (RenderFailed, TamperedError) as failed:
            made_again = [Finding(is_true=None, sentence=str(failed))]
        return [*in_hand, *check_stored(edition), *made_again]


_MARKS = {True: "yes", False: "NO ", None: "?  "}


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CommandError(
            _("%(path)s can't be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from error


def _as_json(edition: Edition, findings: list[Finding], *, is_intact: bool) -> str:
    told = {
        "brief": edition.brief.slug,
        "edition": edition.number,
        "is_intact": is_intact,
        "findings": [{"is_true": each.is_true, "sentence": each.sentence} for each in findings],
        "made_by_other_versions": other_makers(edition),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
