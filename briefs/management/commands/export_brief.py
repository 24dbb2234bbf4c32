"""`manage.py export_brief`: a brief as a file, or all of them."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefs.bundling.at_once import export_all
from briefs.document.tree import TextState
from briefs.export.actions import Exported, export_brief
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.export.markdown_options import ONE_FILE, MarkdownOptions
from briefs.export.options import ExportOptions
from briefs.export.whole_file import whole_file
from briefs.models import Brief

STOPPED = 130  # what a shell says of a program that Ctrl-C ended


class Command(BaseCommand):
    help = (
        "Writes a brief to a file, or to the standard output; what else to know goes to stderr. "
        "With --all, writes every brief in use into a folder, with a manifest.json."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "slug", metavar="SLUG", nargs="?", help="the brief, as its address names it"
        )
        parser.add_argument("--all", action="store_true", help="every brief that isn't archived")
        parser.add_argument("--format", choices=ExportFormat.values, required=True)
        parser.add_argument(
            "--text", choices=[state.value for state in TextState], default=TextState.APPROVED.value
        )
        parser.add_argument(
            "--no-front-matter", action="store_true", help="Markdown without the lines at its top"
        )
        parser.add_argument(
            "--per-section", action="store_true", help="Markdown as a ZIP, a file for each section"
        )
        parser.add_argument(
            "--output",
            metavar="FILE",
            default="-",
            help="“-” is standard output; with --all a folder",
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="replace files that are there already"
        )
        parser.add_argument(
            "--jobs", type=int, default=2, metavar="N", help="with --all: so many at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["slug"]) == options["all"]:
            raise CommandError(_("Name one brief, or say --all."))
        markdown = _markdown(options)
        if options["all"]:
            self._export_all(options)
            return
        brief = Brief.objects.filter(slug=options["slug"]).first()
        if brief is None:
            raise CommandError(
                _("There is no brief “%(slug)s”. Its name is the last part of its address.")
                % {"slug": options["slug"]}
            )
        path = None if options["output"] == "-" else Path(options["output"])
        if path and path.exists() and not options["overwrite"]:
            raise CommandError(
                _("%(path)s is there already. Say --overwrite to replace it.") % {"path": path}
            )
        exported = self._exported(brief, options, markdown)
        if path is None:
            sys.stdout.buffer.write(exported.content)
            sys.stdout.buffer.flush()
        else:
            self._write(path, exported.content)
        for note in exported.notes:
            self.stderr.write(note)

    def _exported(
        self, brief: Brief, options: dict[str, Any], markdown: MarkdownOptions
    ) -> Exported:
        try:
            return export_brief(
                brief,
                ExportFormat(options["format"]),
                TextState(options["text"]),
                by=None,
                options=ExportOptions(markdown=markdown),
            )
        except RenderFailed as failed:
            raise CommandError(str(failed)) from failed

    def _export_all(self, options: dict[str, Any]) -> None:
        if options["output"] == "-":
            raise CommandError(_("Say with --output into which folder."))
        if options["jobs"] < 1:
            raise CommandError(_("--jobs is at least 1."))
        folder = _open_folder(Path(options["output"]), overwrites=options["overwrite"])
        briefs = list(Brief.objects.unarchived())
        wanted, text = ExportFormat(options["format"]), TextState(options["text"])
        try:
            made = export_all(
                briefs, wanted, text, folder, options["jobs"], tell=self._tell(len(briefs))
            )
        except OSError as error:
            raise CommandError(_cannot_write(folder, error)) from error
        except KeyboardInterrupt as stopped:
            raise CommandError(
                _("Stopped. The files that were made are whole, but there is no manifest.json."),
                returncode=STOPPED,
            ) from stopped
        for each in made:
            if each.notes:
                self.stderr.write(f"{each.slug}: {each.notes}")
        if failed := sum(each.file is None for each in made):
            raise CommandError(
                ngettext(
                    "%(count)s brief could not be exported; manifest.json says why.",
                    "%(count)s briefs could not be exported; manifest.json says why.",
                    failed,
                )
                % {"count": failed}
            )

    def _tell(self, count: int) -> Any:
        def tell(done: int, slug: str) -> None:
            self.stderr.write(
                _("%(done)s of %(count)s: %(slug)s") % {"done": done, "count": count, "slug": slug}
            )

        return tell

    def _write(self, path: Path, content: bytes) -> None:
        try:
            with whole_file(path) as file:
                file.write(content)
        except OSError as error:
            raise CommandError(_cannot_write(path, error)) from error


def _open_folder(folder: Path, *, overwrites: bool) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise CommandError(_cannot_write(folder, error)) from error
    if not (is_empty or overwrites):
        raise CommandError(
            _("%(path)s isn't empty. Say --overwrite to replace files of the same names.")
            % {"path": folder}
        )
    return folder


def _cannot_write(path: Path, error: OSError) -> str:
    return _("%(path)s can't be written: %(reason)s.") % {"path": path, "reason": error.strerror}


def _markdown(options: dict[str, Any]) -> MarkdownOptions:
    """Raises `CommandError` where there is nothing to choose."""
    asked = MarkdownOptions(not options["no_front_matter"], options["per_section"])
    is_of_one = options["format"] == ExportFormat.MARKDOWN and not options["all"]
    if asked != ONE_FILE and not is_of_one:
        raise CommandError(
            _("--no-front-matter and --per-section go with --format markdown of one brief.")
        )
    return asked
