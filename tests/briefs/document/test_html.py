import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefs.document.blocks import parse
from briefs.document.html import to_html
from briefs.document.words import plain
from tests.briefs.document.markdownish import TEXT

ALLOWED = {
    "p": {"dir"}, "ul": {"dir"}, "ol": {"dir", "start", "class"}, "li": {"dir", "id"},
    "blockquote": {"dir"}, "pre": {"dir"}, "code": set(), "hr": set(), "br": set(),
    "div": {"class", "tabindex"}, "table": {"dir"}, "thead": set(), "tbody": set(), "tr": set(),
    "th": {"dir", "scope", "class"}, "td": {"dir", "class"}, "strong": set(), "em": set(),
    "s": set(), "sup": {"class"}, "a": {"href", "rel", "id", "class"},
}  # fmt: skip
VOID = {"hr", "br"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "a" or "a" not in self.open
        assert {name for name, _ in attrs} <= ALLOWED[tag]
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* ~~d~~ `<e>`", ('<p dir="auto">a <strong>b</strong> <em>c</em> <s>d</s> '
            "<code>&lt;e&gt;</code></p>\n")),
        ('<script>alert("1")</script>',
            '<p dir="auto">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>\n'),
        ("[a](http://b.example/?c&d)",
            ('<p dir="auto"><a href="http://b.example/?c&amp;d" '
            'rel="noopener noreferrer nofollow">a</a></p>\n')),
        ("![a](b.png) ![](c.png)", '<p dir="auto">a c.png</p>\n'),
        ("- a\n- b", '<ul dir="ltr">\n<li dir="ltr">a</li>\n<li dir="ltr">b</li>\n</ul>\n'),
        ("3. a\n\n4. b", ('<ol dir="ltr" start="3">\n<li dir="ltr"><p dir="auto">a</p></li>\n'
            '<li dir="ltr"><p dir="auto">b</p></li>\n</ol>\n')),
        ("> a\n\n---", '<blockquote dir="ltr">\n<p dir="auto">a</p>\n</blockquote>\n<hr>\n'),
        ("    a < b", '<pre dir="auto"><code>a &lt; b\n</code></pre>\n'),
        ("a  \nb", '<p dir="auto">a<br>\nb</p>\n'),
        ("|a|b|\n|-|-:|\n|c|d|", ('<div class="table-wrap" tabindex="0" '
            'dir="ltr">\n<table dir="ltr">\n'
            '<thead>\n<tr>\n<th dir="auto" scope="col">a</th>\n'
            '<th dir="auto" scope="col" class="align-right">b</th>\n</tr>\n</thead>\n'
            '<tbody>\n<tr>\n<td dir="auto">c</td>\n<td dir="auto" class="align-right">d</td>\n'
            "</tr>\n</tbody>\n</table>\n</div>\n")),
        ("a[^n] b[^n]\n\n[^n]: c", ('<p dir="auto">a<sup class="footnote-ref">'
            '<a href="#p-note-1" id="p-ref-1">1</a></sup> b<sup class="footnote-ref">'
            '<a href="#p-note-1">1</a></sup></p>\n<ol class="footnotes">\n'
            '<li dir="ltr" id="p-note-1"><p dir="auto">c</p> '
            '<a class="footnote-back" href="#p-ref-1">↩</a></li>\n</ol>\n')),
    ],
)  # fmt: skip
def test_html(text: str, html: str) -> None:
    assert to_html(parse(text), "p") == html


def test_a_reference_to_a_note_that_says_nothing_leads_to_it():
    html = to_html(parse("[^1]:\n> alpha\n[^1]:"), "p")
    assert 'href="#p-note-1"' in html
    assert 'id="p-note-1"' in html


# Notes that refer to each other before they are read, and links around what is a link itself.
BRAIDED = st.lists(
    st.sampled_from(
        [
            "a[^1] b[^2]",
            "c[^3]",
            "d[^1]",
            "[e[^2]](http://a.example)",
            "[<http://b.example>](http://a.example)",
            "[![l](http://c.example)](http://a.example)",
            "^[k[^4]]",
            "[^1]: f[^2] g[^3]",
            "[^2]: h[^3]",
            "[^3]: i[^1] j[^4]",
            "[^4]:",
        ]
    ),
    max_size=9,
).map("\n\n".join)


@given(TEXT | BRAIDED)
@example("a[^1] b[^3]\n\n[^1]: c[^2]\n\n[^2]: d[^3]\n\n[^3]: e[^4]\n\n[^4]: f")
@example("[a[^1]](http://b.example)\n\n[^1]: c")
@example("[![a](http://b.example)](http://c.example)")
def test_any_text_becomes_sound_html_with_all_its_words(text: str) -> None:
    reader = Reader()
    reader.feed(to_html(parse(text), "p"))
    reader.close()
    assert not reader.open
    ids = [value for name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = [value for name, value in reader.attributes if name == "href"]
    assert all(target[1:] in ids for target in targets if target.startswith("#"))
    assert all(re.match(r"#|https?:|mailto:", target) for target in targets)
    shown = "".join(reader.words)
    wanted = re.findall(r"alpha|Ünï|中文", plain(text)) if parse(text) else []
    assert all(shown.count(word) >= wanted.count(word) for word in set(wanted))


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("- مرحبا\n- two", '<ul dir="rtl">\n<li dir="rtl">'),
        ("- one\n- مرحبا", '<ul dir="ltr">\n<li dir="ltr">'),
        ('> "مرحبا"', '<blockquote dir="rtl">\n<p dir="auto">'),
        ("1. 2026", "<ol>\n<li>"),
    ],
)
def test_lists_and_quotes_run_as_their_words_do(text: str, opening: str) -> None:
    assert to_html(parse(text), "p").startswith(opening)
