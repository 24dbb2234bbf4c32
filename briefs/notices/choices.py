"""What people chose to be told by e-mail."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.core import signing
from django.db import transaction

from accounts.models import User
from briefs.models.notice import Delivery, NoticeChoice
from briefs.notices.kinds import BY_KEY, KINDS

ALL_DAILY = "daily"  # in a link: whatever comes in the daily mail
SALT = "briefs.notices.unsubscribe"


def choices_of(people: Collection[int]) -> Mapping[int, Mapping[str, Delivery]]:
    """By person and kind, with the defaults, in one query."""
    default = {kind.key: kind.default for kind in KINDS}
    chosen: dict[int, dict[str, Delivery]] = defaultdict(lambda: dict(default))
    for choice in NoticeChoice.objects.filter(user__in=people, kind__in=BY_KEY):
        chosen[choice.user_id][choice.kind] = Delivery(choice.delivery)
    return chosen


@transaction.atomic
def choose(user: User, wanted: Mapping[str, Delivery]) -> None:
    """Remembers what somebody wants of some kinds."""
    NoticeChoice.objects.bulk_create(
        [NoticeChoice(user=user, kind=kind, delivery=wanted[kind]) for kind in wanted],
        update_conflicts=True,
        update_fields=["delivery"],
        unique_fields=["user", "kind"],
    )


def unsubscribe_token(user_id: int, kind: str) -> str:
    """What a link holds by which somebody ends the mails of a kind without signing in. It can do
    nothing else, and works for as long as the mail is kept."""
    return signing.dumps([user_id, kind], salt=SALT, compress=True)


def read_token(token: str) -> tuple[User, str] | None:
    """Whose link it is and of which kind, or `ALL_DAILY`; None for one that isn't ours."""
    try:
        meant = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    match meant:
        case [int(user_id), str(kind)] if kind == ALL_DAILY or kind in BY_KEY:
            user = User.objects.filter(pk=user_id).first()
            return (user, kind) if user else None
    return None


def unsubscribe(user: User, kind: str) -> None:
    """Ends the mails of a kind, or of all that come in the daily mail. The notices stay in the
    list."""
    choose(user, dict.fromkeys(_kinds_meant(user, kind), Delivery.NONE))


def _kinds_meant(user: User, kind: str) -> Iterable[str]:
    if kind != ALL_DAILY:
        return [kind]
    return [key for key, how in choices_of([user.pk])[user.pk].items() if how == Delivery.DAILY]
