"""Who is asking, and how a long answer reaches them. Every page but a few needs somebody signed in,
which the middleware sees to before a view runs."""

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from accounts.models import User

Chunk = TypeVar("Chunk", str, bytes)


def person(request: HttpRequest) -> User:
    """The signed-in person behind a request. Raises `TypeError` in a view that is open to
    everybody."""
    if not isinstance(request.user, User):
        raise TypeError("This view is open to people who haven't signed in.")
    return request.user


def in_turn(
    request: HttpRequest, chunks: Iterator[Chunk]
) -> Iterator[Chunk] | AsyncIterator[Chunk]:
    """For a `StreamingHttpResponse`: each stretch is read when the one before it was sent, by
    whichever kind of server. Under ASGI Django would gather them all first."""
    return _one_by_one(chunks) if isinstance(request, ASGIRequest) else chunks


async def _one_by_one(chunks: Iterator[Chunk]) -> AsyncIterator[Chunk]:
    def take() -> Chunk | None:
        return next(chunks, None)

    while (chunk := await sync_to_async(take)()) is not None:
        yield chunk
