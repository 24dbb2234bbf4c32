from hypothesis import given
from hypothesis import strategies as st

from briefs.document.blocks import parse
from briefs.document.html import to_html
from briefs.document.pictures import Shown, picture_markdown, sha256s_in
from briefs.document.text import normalise

NAME = "0123456789abcdef" * 4
PICTURES = {NAME: Shown("/here/", 40, 30)}


@given(st.text(min_size=1, max_size=60) | st.text("![](){}<>&\\`*_~^|:/ \n\"'a#", max_size=60))
def test_no_description_is_read_as_anything_else(alt):
    said = normalise(alt)
    text = normalise(picture_markdown(NAME, said))
    [paragraph] = parse(text)
    assert paragraph["kind"] == "paragraph"
    assert paragraph["inlines"] == [
        {"kind": "image", "source": f"picture:{NAME}", "alt": " ".join(said.split())}
    ]
    assert sha256s_in([text]) == {NAME}
    html = to_html([paragraph], "p", PICTURES)
    assert html.count("<") == 3
    assert html.startswith('<p dir="auto"><img src="/here/" alt="')


def test_a_picture_has_its_size_so_that_nothing_jumps():
    html = to_html(parse(f"![Exports](picture:{NAME})"), "p", PICTURES)
    assert 'alt="Exports" loading="lazy" width="40" height="30">' in html


def test_a_picture_that_is_not_there_is_its_description():
    assert "<img" not in to_html(parse(f"![Exports](picture:{NAME})"), "p", {})
    assert "Exports" in to_html(parse(f"![Exports](picture:{NAME})"), "p", {})


def test_no_other_address_is_ever_loaded():
    for source in (
        f"picture:{NAME}0",
        f"PICTURE:{NAME}",
        f"https://example.org/{NAME}",
        f"//{NAME}",
    ):
        assert "<img" not in to_html(parse(f"![Exports]({source})"), "p", PICTURES)
