"""Answers of all kinds of blocks, in each other, as somebody would type them."""

from hypothesis import strategies as st

_WORDS = st.sampled_from(["alpha", "Beta 2", "a|b", "1. x", "# y", "- z", "中文", "a * b_c"])
_INLINE = st.one_of(
    _WORDS.map(lambda words: words.replace("|", "\\|") if "|" in words else words),
    st.sampled_from(
        [
            *("`code *x*`", "`` a`b ``", "**bold**", "*em*", "~~gone~~", "**`both`**"),
            *("[link](https://a.example/b)", "[`code`](https://a.example/c)", "***two***"),
        ]
    ),
)
_CELL = st.lists(_INLINE, min_size=1, max_size=4).map(" ".join)
# Where a table's words stand depends on their direction; it is left out there.
LINE = st.one_of(_CELL, _CELL, st.just("العلاقات وثيقة"))
_SIDES = st.sampled_from(["---", ":--", ":-:", "--:"])


def _indented(text: str, first: str, later: str) -> str:
    head, *rest = text.split("\n")
    return "\n".join([first + head, *(f"{later}{line}".rstrip() for line in rest)])


@st.composite
def _table(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=3))
    sides = draw(st.lists(_SIDES, min_size=width, max_size=width))
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, f"| {' | '.join(sides)} |", *body])


@st.composite
def _list(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> str:
    start = draw(st.sampled_from([None, 1, 3, 31_766, 40_000]))
    items = draw(st.lists(inside, min_size=1, max_size=3))
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    found = []
    for number, item in enumerate(items):
        sign = "- " if start is None else f"{start + number}. "
        found.append(_indented(item, sign, " " * len(sign)))
    return gap.join(found)


def _joined(blocks: list[str]) -> str:
    """One below another; with words between two that a Word file can't part."""
    text = blocks[0]
    for each in blocks[1:]:
        is_alike = each[0] in ">-`" and any(line[:1] == each[0] for line in text.split("\n"))
        text += f"\n\nBetween\n\n{each}" if is_alike else f"\n\n{each}"
    return text


def _led(parts: tuple[str, str, bool]) -> str:
    """A block below a line, right below it where that line doesn't swallow it."""
    line, text, is_close = parts
    return f"{line}\n{text}" if is_close and text.startswith(("> ", "- ")) else f"{line}\n\n{text}"


_LEAVES = st.one_of(
    LINE,
    LINE,
    st.tuples(LINE, LINE).map("\\\n".join),
    st.sampled_from(["```\nx = *1*\n\n  y\n```", "```python\nx\n```", "***"]),
    _table(),
)


def _more(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inside, min_size=1, max_size=3).map(_joined)
    led = st.tuples(LINE, inside, st.booleans()).map(_led)
    quoted = several.map(lambda text: _indented(text, "> ", "> "))
    return st.one_of(_list(st.one_of(several, led)), quoted)


ANSWERS = st.lists(st.recursive(_LEAVES, _more, max_leaves=6), min_size=1, max_size=4).map(_joined)
