import pytest

from briefs.export.docx.direction import direction_of, turns


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12, Words", "ltr"), ("(1) \u0633", "rtl"), ("\u05d0b", "rtl"), ("12 +", None), ("", None)],
)
def test_direction_is_that_of_the_first_letter(text, expected):
    assert direction_of(text) == expected


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
