from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from accounts.models import User
from briefs.notices.reading import unread_count

if TYPE_CHECKING:
    from django.http import HttpRequest


def unread_notices(request: "HttpRequest") -> dict[str, Callable[[], int]]:
    """How many notices the person hasn't read. Asked only by pages that show it, and once."""

    @cache
    def count() -> int:
        user = getattr(request, "user", None)
        return unread_count(user) if isinstance(user, User) else 0

    return {"unread_notices": count}
