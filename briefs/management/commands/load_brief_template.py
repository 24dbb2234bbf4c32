"""Loads an outline from a file, or verifies that it is loaded."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from briefs.brief_templates.actions import Loaded, Outcome, load_brief_template
from briefs.brief_templates.outline_file import (
    SHIPPED_FILE,
    OutlineError,
    digest,
    read_outline,
)
from briefs.document.outline import Outline
from briefs.models import BriefTemplate


class Command(BaseCommand):
    help = "Loads a brief template from a TOML file; without FILE, the one that is shipped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED_FILE, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            outline = read_outline(_text_of(file))
            if file == SHIPPED_FILE and _has_gone_on_from(outline):
                self.stdout.write(_("The shipped outline has newer versions here; they stay."))
                return
            loaded = load_brief_template(outline, by=None)
        except OutlineError as error:
            raise CommandError(
                _("Nothing was loaded. Mend “%(file)s”:\n%(mistakes)s")
                % {"file": file, "mistakes": error}
            ) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(_report(loaded))


def _has_gone_on_from(outline: Outline) -> bool:
    """Whether the shipped outline is an older version here. The demo and deployments load it at
    each start: that must not undo what was published since."""
    known = BriefTemplate.objects.filter(key=outline.key, digest=digest(outline)).first()
    newer = BriefTemplate.objects.filter(key=outline.key, version__gt=known.version if known else 0)
    return known is not None and newer.exists()


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CommandError(
            _("“%(file)s” can't be read: %(reason)s.") % {"file": file, "reason": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise CommandError(
            _("“%(file)s” is not UTF-8 text (byte %(byte)s). Save it as UTF-8 and load it again.")
            % {"file": file, "byte": error.start + 1}
        ) from error


def _report(loaded: Loaded) -> str:
    sentences = {
        Outcome.LOADED: _("Loaded “%(template)s”."),
        Outcome.NEW_VERSION: _(
            "Loaded “%(template)s”; briefs keep the version they were made from."
        ),
        Outcome.UNCHANGED: _("“%(template)s” is loaded already and unchanged."),
    }
    return sentences[loaded.outcome] % {"template": loaded.template}
