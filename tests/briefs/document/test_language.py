"""Languages: their dates, directions and lists."""

from datetime import date

import pytest

from briefs.document.language import direction_of, language_of, list_of, long_date

DATES = {
    "": "24 November 2025",
    "en-US": "November 24, 2025",
    "xx": "24 November 2025",
    "dv": "24 November 2025",
    "de": "24. November 2025",
    "pt-BR": "24 de novembro de 2025",
    "ru": "24 ноября 2025\u202f\u0433.",
    "zh-Hant": "2025年11月24日",
    "ko": "2025년 11월 24일",
    "fr-US": "24 novembre 2025",
    "no-NO": "24. november 2025",
    "fra": "24 novembre 2025",
    "jpn": "2025年11月24日",
    "sr-Latn": "24. novembar 2025.",
}


@pytest.mark.parametrize(("tag", "expected"), DATES.items())
def test_dates_are_written_as_the_language_does(tag, expected):
    assert long_date(date(2025, 11, 24), language_of(tag)) == expected


def test_no_date_is_blank():
    assert long_date(None, language_of("en")) == ""


@pytest.mark.parametrize(
    ("tag", "direction", "locale"),
    [
        ("ar-EG", "rtl", "ar-eg"),
        ("pa-Arab", "rtl", "pa-arab"),
        ("ff-Adlm", "rtl", "en"),
        ("no", "ltr", "nb"),
        ("zh-HK", "ltr", "zh-hant"),
        ("zh", "ltr", "zh-hans"),
        ("sr-Latn-RS", "ltr", "sr-latn"),
        ("pt-BR", "ltr", "pt-br"),
        ("xx", "ltr", "en"),
        ("xx-Arab", "rtl", "en"),
        ("fa-DE", "rtl", "fa-de"),
        ("ar-US", "rtl", "ar-us"),
        ("he-GB", "rtl", "he-gb"),
        ("ky-Arab", "rtl", "ky-arab"),
        ("arz", "rtl", "en"),
        ("pt-Latn-BR", "ltr", "pt-br"),
    ],
)
def test_a_tag_says_direction_and_words(tag, direction, locale):
    language = language_of(tag)
    assert language.tag == tag
    assert (language.direction, language.locale) == (direction, locale)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "A, B, C"),
        ("xx", "A, B, C"),
        ("fr", "A, B, C"),
        ("to", "A, B, C"),
        ("zh", "A、B、C"),
        ("zh-HK", "A、B、C"),
        ("ja", "A、B、C"),
        ("ko", "A, B, C"),
        ("ar", "A، B، C"),
        ("ar-EG", "A، B، C"),
        ("fa", "A، B، C"),
        ("ug", "A، B، C"),
        ("dv", "A، B، C"),
        ("he", "A, B, C"),
        ("am", "A፣ B፣ C"),
        ("my", "A၊ B၊ C"),
    ],
)
def test_a_list_has_the_comma_of_its_language(tag, expected):
    assert list_of(["A", "B", "C"], language_of(tag)) == expected


def test_a_list_of_one_or_none_has_no_comma():
    assert list_of(["A"], language_of("ja")) == "A"
    assert list_of([], language_of("ja")) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12, Words", "ltr"), ("(1) \u0633", "rtl"), ("\u05d0b", "rtl"), ("12 +", None), ("", None)],
)
def test_direction_is_that_of_the_first_letter(text, expected):
    assert direction_of(text) == expected
