import pytest
from django.test import Client

from accounts.actions import create_account
from accounts.models import User

PASSWORD = "quiet paper 2026"


@pytest.fixture(autouse=True)
def _stand_in_pages(settings):
    settings.ROOT_URLCONF = "tests.accounts.urls"


@pytest.fixture
def person(db) -> User:
    return create_account(email="margit@example.org", name="Margit Aaltonen", password=PASSWORD)


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def staff(db) -> User:
    user = create_account(email="stella@example.org", name="Stella Staff", password=PASSWORD)
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def superuser(db) -> User:
    return User.objects.create_superuser("rita@example.org", PASSWORD, name="Rita Root")
