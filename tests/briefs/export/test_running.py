"""Titles in the heads of pages."""

from unicodedata import combining

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.export.wording import running


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("", ""),
        ("Belgium", "Belgium"),
        ("a" * 46, "a" * 46),
        ("a" * 47, "a" * 45 + "…"),
        ("  Economic \n interests ", "Economic interests"),
        (
            "Economic interests of the country and of its partners",
            "Economic interests of the country and of its…",
        ),
        ("1.2 " + "a" * 60, "1.2 " + "a" * 41 + "…"),
        ("双边关系" * 8, "双边关系" * 5 + "双边…"),
        ("é" * 30 + " " + "e\u0301" * 30, "é" * 30 + "…"),
        ("e\u0301" * 50, "e\u0301" * 45 + "…"),
    ],
)
def test_a_title_is_cut_where_it_can_be_read(title, short):
    assert running(title) == short


@given(st.text())
def test_any_title_is_cut_to_its_beginning(title):
    short = running(title)
    line = " ".join(title.split())
    if short != line:
        assert short.endswith("…")
        kept = short[:-1]
        assert line.startswith(kept)
        assert not combining(line[len(kept)])
