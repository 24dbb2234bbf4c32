"""The cast: one person for each role in one brief, and a stranger."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from briefs.models import Brief, BriefTemplate
from tests.factories import add_member, make_brief, make_template, make_user


@pytest.fixture
def viewer(db) -> User:
    return make_user("Vic Viewer")


@pytest.fixture
def author(db) -> User:
    return make_user("Ada Author")


@pytest.fixture
def second_author(db) -> User:
    return make_user("Ben Author")


@pytest.fixture
def editor(db) -> User:
    return make_user("Edith Editor")


@pytest.fixture
def manager(db) -> User:
    """May make briefs and outlines and change the house style, too."""
    user = make_user("Mia Manager")
    rights = ["add_brief", "add_brieftemplate", "change_housestyle"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return user


@pytest.fixture
def stranger(db) -> User:
    return make_user("Sam Stranger")


@pytest.fixture
def superuser(db) -> User:
    return make_user("Rita Root", is_staff=True, is_superuser=True)


@pytest.fixture
def template(db) -> BriefTemplate:
    return make_template()


@pytest.fixture
def brief(template, viewer, author, second_author, editor, manager) -> Brief:
    """A brief on the small outline with a member of every role (two authors)."""
    brief = make_brief(template)
    for user, role in [
        (viewer, "viewer"),
        (author, "author"),
        (second_author, "author"),
        (editor, "editor"),
        (manager, "manager"),
    ]:
        add_member(brief, user, role)
    return brief


@pytest.fixture
def signed_in():
    """A browser session of somebody's: `signed_in(author).get(…)`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
