"""`manage.py archive_brief`: all of a brief as one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from briefs.archiving.writing import archive_brief
from briefs.export.whole_file import OF_THE_OWNER, whole_file
from briefs.models import Brief


class Command(BaseCommand):
    help = "Writes everything of a brief to one file, from which restore_brief brings it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the brief, as its address names it")
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        brief = Brief.objects.filter(slug=options["slug"]).first()
        if brief is None:
            raise CommandError(
                _("There is no brief “%(slug)s”. Its name is the last part of its address.")
                % {"slug": options["slug"]}
            )
        path: Path = options["file"]
        if path.exists():
            raise CommandError(_("%(path)s is there already.") % {"path": path})
        try:
            with whole_file(path, OF_THE_OWNER) as file:
                digest = archive_brief(brief, file, by=None)
        except OSError as error:
            sentence = _("%(path)s can't be written: %(reason)s.")
            raise CommandError(sentence % {"path": path, "reason": error.strerror}) from error
        self.stdout.write(f"{digest}  {path}")
