"""`manage.py restore_brief`: a brief comes back from its archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from briefs.archiving.opening import ArchiveError
from briefs.archiving.restoring import restore_brief


class Command(BaseCommand):
    help = "Brings a brief back from the file that archive_brief wrote."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                restored = restore_brief(file, by=None)
        except OSError as error:
            sentence = _("%(path)s can't be read: %(reason)s.")
            raise CommandError(sentence % {"path": path, "reason": error.strerror}) from error
        except ArchiveError as refused:
            raise CommandError(str(refused)) from refused
        told = {"brief": restored.brief.slug, "rows": restored.rows}
        self.stdout.write(
            _("“%(brief)s” is back: %(rows)s rows, the same as in the archive.") % told
        )
        for name in restored.new_people:
            self.stdout.write(
                _("%(name)s had no account here; one was made that can't sign in yet.")
                % {"name": name}
            )
