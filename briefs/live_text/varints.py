"""Numbers as lib0 writes them: seven bits to a byte, the lowest first, the top bit set on all but
the last.

Source: lib0 `encoding.writeVarUint` and `decoding.readVarUint`, on which Yjs stands.
"""

LARGEST = 2**53 - 1  # JavaScript's largest safe integer
_LONGEST = 8  # bytes that LARGEST takes


class BadBytes(ValueError):  # noqa: N818 - it says what was sent, not what went wrong here
    """Bytes that are not what the format says."""


class Reader:
    """Walks through bytes once, from the first to the last. Everything raises `BadBytes` at the
    end."""

    __slots__ = ("data", "place")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    @property
    def is_at_end(self) -> bool:
        return self.place == len(self.data)

    def byte(self) -> int:
        if self.place >= len(self.data):
            raise BadBytes("the bytes end too early")
        self.place += 1
        return self.data[self.place - 1]

    def number(self) -> int:
        """From 0 to `LARGEST`."""
        value = 0
        for index in range(_LONGEST):
            byte = self.byte()
            value |= (byte & 127) << (7 * index)
            if byte < 128:
                if value > LARGEST:
                    break
                return value
        raise BadBytes("a number is too large")

    def counted(self) -> bytes:
        """Bytes behind a number that says how many there are."""
        length = self.number()
        end = self.place + length
        if end > len(self.data):
            raise BadBytes("the bytes end too early")
        piece = self.data[self.place : end]
        self.place = end
        return piece

    def text(self) -> str:
        try:
            return self.counted().decode()
        except UnicodeDecodeError:
            raise BadBytes("a text is not UTF-8") from None


def written(number: int) -> bytes:
    """A number from 0 to `LARGEST` as bytes."""
    out = bytearray()
    while number > 127:
        out.append(128 | number & 127)
        number >>= 7
    out.append(number)
    return bytes(out)


def counted(piece: bytes) -> bytes:
    """Bytes behind the number that says how many there are."""
    return written(len(piece)) + piece
