import pytest

from briefs.export.docx.direction import turns

ARABIC, HEBREW = "\u0633\u0644", "\u05d0\u05d1"


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("", "ltr", []),
        ("Words, 12.", "ltr", [("ltr", "Words, 12.")]),
        (f"a {ARABIC} b", "ltr", [("ltr", "a "), ("rtl", ARABIC), ("ltr", " b")]),
        (f"{ARABIC} {HEBREW}", "ltr", [("rtl", f"{ARABIC} {HEBREW}")]),
        (f"({ARABIC})", "ltr", [("ltr", "("), ("rtl", ARABIC), ("ltr", ")")]),
        (f"({ARABIC})", "rtl", [("rtl", f"({ARABIC})")]),
        (
            f"{ARABIC} Article 5 {ARABIC}",
            "rtl",
            [("rtl", f"{ARABIC} "), ("ltr", "Article 5"), ("rtl", f" {ARABIC}")],
        ),
        (f"{ARABIC} 2024", "ltr", [("rtl", f"{ARABIC} 2024")]),
        ("2024", "rtl", [("rtl", "2024")]),
    ],
)
def test_turns_part_a_text_where_its_direction_changes(text, around, expected):
    assert list(turns(text, around)) == expected
    assert "".join(piece for _side, piece in turns(text, around)) == text
