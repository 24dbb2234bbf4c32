"""Who is asking. Every page but a few needs somebody signed in, which the middleware sees to before
a view runs."""

from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person behind a request. Raises `TypeError` in a view that is open to
    everybody."""
    if not isinstance(request.user, User):
        raise TypeError("This view is open to people who haven't signed in.")
    return request.user
