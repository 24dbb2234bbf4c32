"""Which bytes of a file a download asks for (RFC 9110, section 14)."""

import re

_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


def wanted_range(asked: str, size: int) -> range | None:
    """Of a file of so many bytes. None when `asked`, a header `Range`, is none that we read, as
    several at once: then all of it is meant. Empty when the file ends before it."""
    wanted = _RANGE.fullmatch(asked)
    if wanted is None or not any(wanted.groups()):
        return None
    first, last = wanted.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(size, int(last) + 1) if last else size)
