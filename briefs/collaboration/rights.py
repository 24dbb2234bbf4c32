"""Who may be on a socket and may write there, asked when it opens and again while it is open:
sessions end, people leave, roles change.

Reads sessions from the database, as `SESSION_ENGINE` says by default.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from briefs.collaboration.closing import CloseCode
from briefs.models import Brief, Section
from briefs.permissions import check_can_view, check_can_write, refusal


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody wants to be: the key of the session and the primary key of a section, or of a
    brief to look at as a whole; the other is 0."""

    session: str
    section: int = 0
    brief: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may there. With a `code` the connection ends; all else is then of no
    meaning."""

    person: int = 0
    name: str = ""
    brief: int = 0
    may_write: bool = False
    code: CloseCode | None = None


def ask(seats: Sequence[Seat]) -> list[Standing]:
    """The standing of each seat, in their order; two queries for the people, two for the sections
    and briefs, and one for the roles in each brief."""
    people = _people({seat.session for seat in seats})
    briefs = _briefs(seats)
    return [_standing(people.get(seat.session), briefs.get(seat)) for seat in seats]


def _standing(person: User | None, brief: Brief | None) -> Standing:
    if person is None:
        return Standing(code=CloseCode.SIGNED_OUT)
    if brief is None:
        return Standing(code=CloseCode.NO_SECTION)
    if refusal(check_can_view, person, brief):
        return Standing(code=CloseCode.NOT_ALLOWED)
    may_write = not refusal(check_can_write, person, brief)
    return Standing(person.pk, person.get_full_name(), brief.pk, may_write)


def _people(keys: Iterable[str]) -> dict[str, User]:
    """Who is signed in, by session key."""
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    contents = {session.session_key: session.get_decoded() for session in sessions}
    users = User.objects.filter(is_active=True).in_bulk(
        [int(content[SESSION_KEY]) for content in contents.values() if SESSION_KEY in content]
    )
    found = {key: users.get(int(content.get(SESSION_KEY, 0))) for key, content in contents.items()}
    return {
        key: user
        for key, user in found.items()
        if user and _is_of_this_password(user, contents[key].get(HASH_SESSION_KEY, ""))
    }


def _is_of_this_password(user: User, digest: str) -> bool:
    """Whether the session began with the password that the user has now."""
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(digest, known) for known in hashes)


def _briefs(seats: Iterable[Seat]) -> dict[Seat, Brief]:
    """The brief of each seat, where there is one. One instance for each brief, so that its roles
    are read once."""
    sections = {seat.section for seat in seats if seat.section}
    of_section = dict(Section.objects.filter(pk__in=sections).values_list("pk", "brief_id"))
    of_seat = {seat: of_section.get(seat.section) if seat.section else seat.brief for seat in seats}
    briefs = Brief.objects.in_bulk({brief for brief in of_seat.values() if brief})
    return {seat: briefs[brief] for seat, brief in of_seat.items() if brief in briefs}
