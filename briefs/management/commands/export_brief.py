"""`manage.py export_brief`: a brief as a file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from briefs.document.tree import TextState
from briefs.export.actions import Exported, export_brief
from briefs.export.formats import ExportFormat
from briefs.export.pdf.worker import RenderFailed
from briefs.models import Brief


class Command(BaseCommand):
    help = "Writes a brief to a file, or to the standard output; what else to know goes to stderr."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the brief, as its address names it")
        parser.add_argument("--format", choices=ExportFormat.values, required=True)
        parser.add_argument(
            "--text", choices=[state.value for state in TextState], default=TextState.APPROVED.value
        )
        parser.add_argument("--output", metavar="FILE", default="-", help="“-” is standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        brief = Brief.objects.filter(slug=options["slug"]).first()
        if brief is None:
            raise CommandError(
                _("There is no brief “%(slug)s”. Its name is the last part of its address.")
                % {"slug": options["slug"]}
            )
        exported = self._exported(brief, options)
        if options["output"] == "-":
            sys.stdout.buffer.write(exported.content)
            sys.stdout.buffer.flush()
        else:
            self._write(Path(options["output"]), exported.content)
        for note in exported.notes:
            self.stderr.write(note)

    def _exported(self, brief: Brief, options: dict[str, Any]) -> Exported:
        try:
            return export_brief(
                brief, ExportFormat(options["format"]), TextState(options["text"]), by=None
            )
        except RenderFailed as failed:
            raise CommandError(str(failed)) from failed

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("%(path)s can't be written: %(reason)s.")
                % {"path": path, "reason": error.strerror}
            ) from error
