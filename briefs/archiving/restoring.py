"""A brief comes back from its archive, and is compared with it before that counts."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.archiving.kept import KEPT, Kept
from briefs.archiving.opening import Archive, ArchiveError, open_archive
from briefs.archiving.rows import USER, from_plain, label_of
from briefs.archiving.writing import Names, names_of, rows_of
from briefs.events import publish
from briefs.models import Activity, Brief, BriefTemplate

# What columns and their names raise over a value of another kind than theirs.
_MISFITS = (
    *(KeyError, ValueError, TypeError, AttributeError, OverflowError),
    *(FieldDoesNotExist, ValidationError),
)


@dataclass
class Keys:
    """The primary keys of what was brought back, by kind and number in the archive."""

    of: dict[str, dict[Any, Any]] = field(default_factory=dict)
    gone: dict[tuple[str, Any], int] = field(default_factory=dict)

    def __call__(self, label: str, name: Any, *, may_be_gone: bool = False) -> Any:
        known = self.of.get(label, {})
        if name in known or not may_be_gone:
            return known[name]
        # No row ever has such a key, so nothing is taken for what is gone.
        return self.gone.setdefault((label, name), -1 - len(self.gone))


@dataclass(frozen=True)
class Restored:
    """The brief, how many rows it took, and the names of those for whom accounts were made: they
    can't sign in until an administrator lets them."""

    brief: Brief
    rows: int
    new_people: tuple[str, ...]


def restore_brief(file: IO[bytes], *, by: User | None) -> Restored:
    """Brings a brief back as it was archived: its text, history, decisions, record and files.
    People are told by their e-mail address, a template by key and version. All or nothing: what was
    stored is read again and compared with the archive. Raises `ArchiveError`."""
    archive = open_archive(file)
    with transaction.atomic():
        if Brief.objects.filter(slug=archive.slug).exists():
            raise ArchiveError(
                _("There is a brief “%(slug)s” here already.") % {"slug": archive.slug}
            )
        keys = Keys()
        new_people = _bring_people(archive, keys)
        rows = sum(_bring(archive, kept, keys) for kept in KEPT)
        briefs = [*keys.of[label_of(Brief)].values()]
        if len(briefs) != 1:
            raise ArchiveError(_("The archive doesn't hold one brief but %d.") % len(briefs))
        [key] = briefs
        brief = Brief.objects.select_related("template").get(pk=key)
        _compare(archive, brief)
        publish(Activity.Verb.BRIEF_RESTORED, by=by, brief=brief)
    return Restored(brief, rows, new_people)


def _bring_people(archive: Archive, keys: Keys) -> tuple[str, ...]:
    people = keys.of.setdefault(USER, {})
    new: list[str] = []
    for place, row in archive.rows("people"):
        number, email, name = row.get("id"), row.get("email"), row.get("name")
        if not (isinstance(email, str) and isinstance(name, str) and email and name):
            raise ArchiveError(_("%(place)s can't be read.") % {"place": place})
        with _told(place):
            person = User.objects.filter(email=email.lower()).first()
            if person is None:
                person = User(email=email.lower(), name=name, is_active=False)
                person.set_unusable_password()
                person.save()
                new.append(name)
            people[number] = person.pk
    return tuple(new)


def _bring(archive: Archive, kept: Kept, keys: Keys) -> int:
    known = keys.of.setdefault(label_of(kept.model), {})
    count = 0
    for place, values in archive.rows(kept.name):
        number = values.pop("id", None)
        _check_fields(kept.model, values, place)
        with _told(place):
            row, lists = from_plain(kept.model, _completed(kept.model, values), keys, archive.blob)
            there = _there_already(row) if kept.is_outline else None
            if there is None:
                # As it is: dates and numbers are those of then.
                row.save_base(raw=True, force_insert=True)
                for name, linked in lists.items():
                    getattr(row, name).set(linked)
            known[number] = there or row.pk
        count += 1
    return count


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Whatever a row does that no archive of ours holds ends in a sentence with its place."""
    try:
        yield
    except ArchiveError:
        raise
    except DatabaseError as refused:
        sentence = _("The database refuses %(place)s: %(reason)s")
        raise ArchiveError(sentence % {"place": place, "reason": refused}) from refused
    except _MISFITS as wrong:
        sentence = _("%(place)s doesn't fit the rest of the archive: %(reason)s")
        raise ArchiveError(sentence % {"place": place, "reason": wrong}) from wrong


def _there_already(row: models.Model) -> Any:
    """The key of the same row of an outline that is here, None when there is none. Whether the
    rest of it is the same too, the comparison says."""
    if isinstance(row, BriefTemplate):
        template = BriefTemplate.objects.filter(key=row.key, version=row.version).first()
        if template and template.digest != row.digest:
            sentence = _("“%(template)s” is another outline here than in the archive.")
            raise ArchiveError(sentence % {"template": template})
        return template.pk if template else None
    columns = {each.name for each in row._meta.concrete_fields}
    above = next(name for name in ("template", "part", "section_template") if name in columns)
    same = {name: getattr(row, name) for name in ("position", f"{above}_id")}
    return type(row)._default_manager.filter(**same).values_list("pk", flat=True).first()


def _check_fields(model: type[models.Model], values: dict[str, Any], place: str) -> None:
    for name in values:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist as unknown:
            sentence = _(
                "%(place)s has “%(name)s”, which this version of the program doesn't know."
            )
            raise ArchiveError(sentence % {"place": place, "name": name}) from unknown


def _completed(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """An archive of an older version says nothing of what came later."""
    later = {
        each.name: each.get_default()
        for each in model._meta.concrete_fields
        if each.has_default() and each.name not in values
    }
    lists: dict[str, Any] = {
        each.name: [] for each in model._meta.local_many_to_many if each.name not in values
    }
    return {**later, **lists, **values}


def _compare(archive: Archive, brief: Brief) -> None:
    """What was stored says all that the archive says, row by row."""
    names: Names = names_of(brief)
    with tempfile.TemporaryDirectory() as folder:
        for kept in KEPT:
            stored = rows_of(brief, kept, names, Path(folder))
            for place, wanted in archive.rows(kept.name):
                row = next(stored, {})
                for name, value in wanted.items():
                    # When an outline was loaded is a matter of the installation.
                    if row.get(name) != value and name != "loaded_at":
                        sentence = _("%(place)s came back otherwise than it was: %(name)s.")
                        raise ArchiveError(sentence % {"place": place, "name": name})
            if kept.is_outline:
                continue  # newer versions of the outline may be here
            if extra := next(stored, None):
                sentence = _("There is a row more than the archive holds: %(kind)s %(number)s.")
                raise ArchiveError(sentence % {"kind": kept.name, "number": extra["id"]})
