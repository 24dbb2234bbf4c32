"""How many wrong passwords are too many: for one account from one address, for one account from
everywhere, and from one address for every account. django-axes counts all three alike, by one
limit, so that anybody could keep a person out, and one person a whole office."""

from typing import TYPE_CHECKING, Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.db.models import Sum

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIRequest


class SignInLimits(AxesDatabaseHandler):  # type: ignore[misc]
    """Measures each count of `AXES_LOCKOUT_PARAMETERS` by its own limit in `SIGN_IN_LIMITS`."""

    def get_failures(
        self, request: "WSGIRequest", credentials: dict[str, Any] | None = None
    ) -> int:
        """How many limits are reached. One is enough to wait: that is `AXES_FAILURE_LIMIT`."""
        limits = settings.SIGN_IN_LIMITS.values()
        counted = zip(self.get_user_attempts(request, credentials), limits, strict=True)
        return sum(
            (attempts.aggregate(failures=Sum("failures_since_start"))["failures"] or 0) >= limit
            for attempts, limit in counted
        )
