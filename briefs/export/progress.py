"""How far an export is that somebody waits for, and that they don't want it any more. It is kept in
the cache that all processes of a machine share, under a token of the page that waits."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.core.cache import BaseCache, caches
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from briefs.export.pdf.pool import Watch

_SECONDS = 600

logger = logging.getLogger(__name__)


class Stage(StrEnum):
    READING = "reading"
    WAITING = "waiting"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Progress:
    """`ahead` are the files that are made before it."""

    stage: Stage
    ahead: int = 0

    @property
    def sentence(self) -> str:
        if self.stage is Stage.WAITING:
            return ngettext(
                "Waiting: %(count)s file is made before yours.",
                "Waiting: %(count)s files are made before yours.",
                self.ahead,
            ) % {"count": self.ahead}
        return _("Setting the pages.") if self.stage is Stage.SETTING else _("Reading the brief.")


def token_of(header: str | None) -> UUID | None:
    """The token of the page that waits, from its `X-Token`; None for one without a script."""
    try:
        return UUID(header or "")
    except ValueError:
        return None


def watch_of(user: User, token: UUID | None) -> Watch:
    """The watch over an export, told to whoever asks by its token; over nothing without one."""
    if token is None:
        return Watch(user.pk)
    _tell(user, token, Stage.READING, 0)
    return Watch(user.pk, _is_wanted(user, token), _teller(user, token))


def progress_of(user: User, token: UUID) -> Progress | None:
    """None for what was never begun, or ended long ago."""
    found = _runs().get(_key("progress", user, token))
    return Progress(Stage(found[0]), found[1]) if found else None


def cancel(user: User, token: UUID) -> None:
    """Has an export ended that was begun. What is done already stays."""
    if progress_of(user, token):
        _keep(_key("unwanted", user, token), True)


def _is_wanted(user: User, token: UUID) -> Callable[[], bool]:
    key = _key("unwanted", user, token)
    return lambda: not _runs().get(key)


def _teller(user: User, token: UUID) -> Callable[[int], None]:
    def tell(ahead: int) -> None:
        _tell(user, token, Stage.WAITING if ahead else Stage.SETTING, ahead)

    return tell


def _tell(user: User, token: UUID, stage: Stage, ahead: int) -> None:
    _keep(_key("progress", user, token), (stage.value, ahead))


def _keep(key: str, value: object) -> None:
    """A full disk costs what would be told here, not the file: it is made to its end, and who
    cancelled it has gone on."""
    try:
        _runs().set(key, value, _SECONDS)
    except OSError as error:
        logger.warning("How far an export is can't be told: %s", error)


def _runs() -> BaseCache:
    return caches["runs"]


def _key(what: str, user: User, token: UUID) -> str:
    return f"{what}-{user.pk}-{token.hex}"
