import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User

EVERY_RIGHT = ("view", "add", "change", "delete")


@pytest.fixture
def on_staff():
    """A session in the admin with every Django permission there is, or with those named:
    `on_staff(author)`, `on_staff(author, "view_section")`."""

    def open_admin(user: User, *codenames: str) -> Client:
        user.is_staff = True
        user.save()
        every = Permission.objects.all()
        user.user_permissions.set(every.filter(codename__in=codenames) if codenames else every)
        client = Client()
        client.force_login(user)
        return client

    return open_admin
