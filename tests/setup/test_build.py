import re
from pathlib import Path

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from setup.install import LOCALE, ROOT

# In a script, `data:` may be the name of a property.
DATA_ADDRESS = re.compile(r"""["'`(]\s*data:|\bdata:[a-z]+/""")
# The editor's own styles have a picture for tabs that are shown as arrows, which we don't.
NEVER_SHOWN = re.compile(r"cm-highlightTab\W+backgroundImage:`[^`]*`")

STATIC = ROOT / "build" / "static"
FONTS = ROOT / "build" / "fonts"


def test_no_stylesheet_or_script_holds_a_data_address():
    built = [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]

    assert STATIC / "css" / "chancery.css" in built
    for file in built:
        assert not DATA_ADDRESS.search(NEVER_SHOWN.sub("", file.read_text())), file.name


def test_every_script_of_static_js_is_built():
    sources = {file.name for file in (ROOT / "static" / "js").glob("*.js")}

    assert sources
    assert {file.name for file in STATIC.glob("js/*.js")} == sources


def test_every_file_that_the_stylesheet_names_is_built():
    sheet = STATIC / "css" / "chancery.css"
    named = {address.strip("\"'") for address in re.findall(r"url\(([^)]+)\)", sheet.read_text())}

    assert any(address.endswith(".woff2") for address in named)
    assert any(address.endswith(".svg") for address in named)
    assert [name for name in named if not (sheet.parent / name).is_file()] == []


def test_the_build_leaves_no_source_map():
    assert list(STATIC.rglob("*.map")) == []
    assert "sourceMappingURL" not in (STATIC / "css" / "chancery.css").read_text()


def test_collectstatic_takes_the_build_under_hashed_names(tmp_path: Path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

    call_command("collectstatic", verbosity=0, interactive=False)

    assert (tmp_path / "staticfiles.json").is_file()
    assert len(list((tmp_path / "css").glob("chancery.*.css"))) == 1


@pytest.mark.parametrize("family", ["SourceSerif4", "SourceSans3"])
@pytest.mark.parametrize("style", ["400Regular", "600SemiBold", "700Bold"])
@pytest.mark.parametrize("slant", ["", "_Italic"])
def test_the_pdf_has_each_style_of_its_fonts(family: str, style: str, slant: str):
    font = TTFont(FONTS / f"{family}_{style}{slant}.ttf")

    assert {ord(letter) for letter in "Aéß€“—"} <= set(font.getBestCmap())
    assert bool(font["post"].italicAngle) is bool(slant)


def test_every_font_is_one_that_the_pages_name():
    scripts = (ROOT / "briefs" / "export" / "pdf" / "pages" / "scripts.typ").read_text()
    named = set(re.findall(r'"([^"]+)"', scripts))
    for font in FONTS.glob("*_400Regular.ttf"):
        with TTFont(font, lazy=True) as read:
            name = read["name"].getDebugName(1)
        assert {name, name.removeprefix("Noto "), name.removeprefix("Noto Sans ")} & named, name


def test_every_catalog_is_compiled():
    for catalog in LOCALE.rglob("*.po"):
        assert catalog.with_suffix(".mo").stat().st_size > 1000, catalog


def test_every_font_comes_with_its_licence():
    licences = sorted(FONTS.glob("*-LICENSE.txt"))

    families = {font.name.split("_")[0] for font in FONTS.glob("*.ttf")}
    assert len(licences) == len(families)
    assert all("Open Font License" in file.read_text() for file in licences)
