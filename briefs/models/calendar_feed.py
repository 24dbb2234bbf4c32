"""Where somebody's calendar reads their dates."""

import uuid

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """Somebody has a feed of their dates. `serial` is in its address: with another one, the address
    before leads nowhere. Without a row there is no feed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    serial = models.UUIDField(default=uuid.uuid4)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.user_id)
