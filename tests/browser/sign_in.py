"""How a test gets past the door: with a session from the server, as the door has its own tests."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from accounts.models import User


def let_in(context: BrowserContext, address: str, user: User) -> None:
    """Sign somebody in at the server under test."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
