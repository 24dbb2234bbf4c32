"""The scripts of the world in a PDF."""

import json
import re
import subprocess
from pathlib import Path
from unicodedata import category

import pikepdf
import pytest
from babel import Locale, localedata
from django.conf import settings

from briefs.document.tree import Document
from briefs.export.pdf.content import Book, Content
from briefs.export.pdf.glyphs import drawable_in
from briefs.export.pdf.render import Rendered, render_book, render_pdf
from tests.briefs.export.documents import make_document
from tests.briefs.export.test_pdf import needs_pdftotext, opened, pages_of, text_of

FONTS = Path(settings.PDF_FONTS_DIR)
# Those of CLDR's languages that no shipped font draws: Coptic, Deseret, Shavian, Sunuwar and the
# newer script of the Hmong.
NOT_DRAWN = {"cop", "en_Dsrt", "en_Shaw", "hnj", "mww", "suz"}


def written_in(locale: Locale) -> str:
    """The names of countries, languages, months and currencies in a language."""
    months = locale.months["format"]["wide"].values()
    names = [*locale.territories.values(), *locale.languages.values(), *months]
    return " ".join([*names, *locale.currencies.values(), *locale.currency_symbols.values()])


def fonts_of(rendered: Rendered) -> set[str]:
    """The names of the fonts in a PDF, such as `NotoSansSC-Regular`."""
    found = set()
    with opened(rendered) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and "/FontName" in one:
                found.add(str(one.FontName).split("+")[-1])
    return found


def brief_in(language: str, text: str) -> Document:
    return make_document(text, language=language, title="T")


def test_fonts_draw_every_language_that_cldr_knows_but_for_a_few_scripts():
    drawable = drawable_in(FONTS)
    missed = set()
    for name in localedata.locale_identifiers():
        if any(ord(letter) not in drawable for letter in written_in(Locale.parse(name))):
            missed.add(name)
    assert missed
    assert {re.sub(r"_(?:Hmnp|Sunu)|_[A-Z]{2}$", "", name) for name in missed} == NOT_DRAWN


@pytest.mark.parametrize(
    "language",
    [
        "am",
        "bn",
        "ckb",
        "dz",
        "ff-Adlm",
        "hi",
        "iu",
        "ja",
        "km",
        "ko",
        "lo",
        "my",
        "nqo",
        "si",
        "syr",
        "ta",
        "ti",
        "ur",
        "vai",
        "zgh",
        "zh",
    ],
)
def test_pdf_in_any_script_keeps_both_standards(language):
    names = written_in(Locale.parse(language, sep="-"))[:2_000]
    rendered = render_pdf(make_document(names, title=names[:20], language=language))
    assert rendered.replaced == ()
    assert rendered.conformance == ("a-2a", "ua-1")


@pytest.mark.parametrize(
    ("language", "shapes"),
    [
        ("zh", "SC"),
        ("zh-TW", "TC"),
        ("zh-Hant", "TC"),
        ("yue", "TC"),
        ("nan-Hant", "TC"),
        ("jpn", "JP"),
        ("kor", "KR"),
        ("ja", "JP"),
        ("ko", "KR"),
        ("en", "SC"),
    ],
)
def test_pdf_shapes_chinese_characters_as_its_language_does(language, shapes):
    fonts = fonts_of(render_pdf(brief_in(language, "直骨 **返令**")))
    han = {name for name in fonts if re.search(r"Sans(?:SC|TC|JP|KR)-", name)}
    assert han == {f"NotoSans{shapes}-Regular", f"NotoSans{shapes}-Bold"}


@needs_pdftotext
@pytest.mark.parametrize("style", ["{}", "**{}**", "*{}*", "# {}\n\n`{}`"])
def test_words_in_arabic_letters_are_found_in_a_pdf(style):
    told = "وثيقة منذ تمهيد وزير باريس نزدیک"
    words = text_of(render_pdf(make_document(style.replace("{}", told), language="ar")))
    found = "".join(one for one in words if category(one) != "Cf")
    assert [word for word in told.split() if word not in found] == []


def test_markings_of_a_book_keep_their_own_order():
    briefs = [make_document(marking="SECRET"), make_document(marking="سري"), make_document()]
    content = Content(briefs, FONTS, Book("Three"))
    marking = json.loads(content.text)["book"]["marking"]
    assert marking == "\u2068SECRET\u2069 / \u2068سري\u2069 / \u2068UNCLASSIFIED\u2069"
    one = Content(briefs[:1], FONTS, Book("One"))
    assert json.loads(one.text)["book"]["marking"] == "SECRET"


@needs_pdftotext
@pytest.mark.parametrize("count", [1, 3, 6, 20, 60])
def test_no_marking_of_a_book_is_cut_off(count, tmp_path):
    signs = [
        f"FOR N{number:02} AND FOR THE EYES OF NOBODY ELSE ON EARTH" for number in range(count)
    ]
    rendered = render_book([make_document(marking=sign) for sign in signs], Book("All"))
    file = tmp_path / "book.pdf"
    file.write_bytes(rendered.pdf)
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, check=True)
    contents = next(
        page for page in boxes.stdout.decode().split("<page ")[1:] if ">Contents<" in page
    )
    height = float(re.findall(r'height="([0-9.]+)"', contents)[0])
    found = re.findall(r'yMin="(-?[0-9.]+)".* yMax="([0-9.]+)">(N[0-9]{2})<', contents)
    seen = [sign for top, foot, sign in found if 20 < float(top) < float(foot) < height - 20]
    assert sorted(seen) == sorted(2 * [sign[4:7] for sign in signs])


@needs_pdftotext
def test_code_runs_from_left_to_right_in_any_brief():
    code = "def f(x):\n    if x > 1:"
    pages = pages_of(render_pdf(make_document(f"```\n{code}\n```", language="ar")))
    lines = [line.rstrip() for page in pages for line in page.splitlines()]
    assert [line.strip() for line in lines if "f(x)" in line or "if x" in line] == [
        "def f(x):",
        "if x > 1:",
    ]


def test_an_address_in_a_line_from_right_to_left_keeps_its_own_order():
    content = Content([make_document("انظر <https://example.org/a/> الآن")], FONTS)
    paragraph = json.loads(content.text)["briefs"][0]["parts"][0]["sections"][0]["answers"][0]
    [link] = [each for each in paragraph["blocks"][0]["inlines"] if isinstance(each, dict)]
    assert link["inlines"] == ["\u2066", "https://example.org/a/", "\u2069"]


def test_briefs_of_a_book_have_the_shapes_of_their_own_languages():
    briefs = [brief_in("ja", "骨"), brief_in("zh", "直"), brief_in("fr", "骨")]
    fonts = fonts_of(render_book(briefs, Book("Two"), lambda: True))
    assert {"NotoSansJP-Regular", "NotoSansSC-Regular"} <= fonts


def test_every_kind_of_text_finds_a_font():
    told = "Ɓɛn ₼ ₽ ∑ ≤ ☑ ✅ 📌 Ѯ ǂ ŵ *ɛ* **≤** `₼` 𝑥 ⅓"
    assert render_pdf(make_document(told)).replaced == ()


@pytest.mark.parametrize("style", ["{}", "**{}**", "*{}*"], ids=["plain", "bold", "italic"])
def test_pdf_of_everything_that_can_be_drawn_keeps_both_standards(style):
    drawable = sorted(drawable_in(FONTS))
    letters = "".join(chr(code) for code in drawable if code > 0x7F)
    words = [letters[start : start + 20] for start in range(0, len(letters), 20)]
    lines = [" ".join(words[start : start + 60]) for start in range(0, len(words), 60)]
    for part in (lines[:25], lines[25:]):
        text = "\n\n".join(style.format(f"x {line} x") for line in part)
        rendered = render_pdf(make_document(text))
        assert rendered.replaced == ()
        assert rendered.conformance == ("a-2a", "ua-1")


@pytest.mark.parametrize("odd", ["\ue000", "\ufffd", "\ufffc", "\U000fe4e5", "\U0010fffd"])
def test_pdf_replaces_what_only_one_font_or_nobody_can_read(odd):
    rendered = render_pdf(make_document(f"a {odd} b"))
    assert rendered.replaced == (odd,)
    assert rendered.conformance == ("a-2a", "ua-1")
