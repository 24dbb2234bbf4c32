"""Messages between the web process and the one that sets briefs: a length, then so many bytes."""

import struct
from typing import IO

_LENGTH = struct.Struct(">Q")


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; None when the other side is gone, even in the middle of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Raises `OSError` when the other side is gone."""
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()
