from datetime import UTC, datetime
from html.parser import HTMLParser

from briefs.document.tree import AnswerNode, DiscussionNode, Fact, PartNode, Reply, TextState
from briefs.export.html import write_html
from tests.briefs.export.documents import make_document, make_section

VOID = {"meta", "br", "hr"}
MARKUP = "<script>alert(1)</script> <b onclick='x'> {{ 1|add:1 }} {% now 'Y' %} &amp;"


class Reader(HTMLParser):
    """Tags with their attributes, the text without styles, and what was not closed in place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text += f" {data}"

    def attributes(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def test_html_of_a_remark_on_a_section_that_is_not_there_names_the_brief():
    reply = Reply("Edith", datetime(2025, 10, 5, tzinfo=UTC), "Why?")
    remark = DiscussionNode("gone/section", None, "", is_resolved=False, replies=(reply,))
    page = write_html(make_document(title="The brief", discussions=(remark,)))
    assert "The brief" in page[page.index('id="discussions"') :]


def test_html_is_one_well_formed_page_in_the_language_of_the_brief():
    page = write_html(make_document())
    reader = Reader(page)
    assert page.startswith("<!DOCTYPE html>\n")
    assert not reader.wrong
    assert not reader.open
    assert ("html", {"lang": "en", "dir": "ltr"}) in reader.tags
    assert "<title>Belgium (DRAFT)</title>" in page


def test_html_of_a_brief_in_arabic_runs_from_right_to_left():
    assert '<html lang="ar" dir="rtl">' in write_html(make_document(language="ar"))


def test_a_sentence_of_ours_keeps_its_order_in_a_language_that_has_none_of_our_words():
    page = write_html(make_document(language="fa"))
    assert "<bdi>1 of 3 sections are approved as they stand here.</bdi>" in page
    assert "<bdi>Nothing is written here yet.</bdi>" in page


def test_html_needs_nothing_from_elsewhere_and_runs_no_script():
    page = write_html(make_document("![x](https://example.org/x.png) [a](https://example.org)"))
    reader = Reader(page)
    assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object"}
    assert not reader.attributes("src")
    assert not [name for _, attributes in reader.tags for name in attributes if name[:2] == "on"]
    assert "url(" not in page
    assert "@import" not in page


def test_html_links_of_the_contents_lead_to_their_headings():
    reader = Reader(write_html(make_document("A[^1]\n\n[^1]: note")))
    identities = reader.attributes("id")
    anchors = [href[1:] for href in reader.attributes("href") if href and href.startswith("#")]
    assert len(identities) == len(set(identities))
    assert len(anchors) >= 6
    assert set(anchors) <= set(identities)


def test_html_has_what_changed_in_its_contents():
    assert '<a href="#changes">What changed</a>' in write_html(make_document(changes=("A word.",)))
    assert "#changes" not in write_html(make_document())


def test_html_headings_skip_no_level():
    reader = Reader(write_html(make_document()))
    levels = [int(tag[1]) for tag, _ in reader.tags if len(tag) == 2 and tag[1].isdigit()]
    assert levels == [1, 2, 2, 2, 2, 3, 4, 4, 3, 2]


def test_html_says_what_the_printed_brief_says():
    text = " ".join(Reader(write_html(make_document())).text.split())
    for words in [
        "Country brief UNCLASSIFIED DRAFT",
        "Kingdom of Belgium",
        "Capital Brussels",
        "Reference CB/2025/014",
        "Date 24 November 2025",
        "Status Draft: working text",
        "Prepared by Ada Author, Ben Author",
        "1.1 Needs 3 Edith Editor, Emil Editor 5 October 2025",
        "1.2 Health – Not yet approved –",
        "1.2 Health Nothing is written here yet.",
    ]:
        assert words in text
    assert "stray line" not in text


def test_html_of_approved_text_is_not_marked_draft():
    page = write_html(make_document(text=TextState.APPROVED))
    assert "draft" not in Reader(page).text.lower()
    assert 'class="draft' not in page
    assert "Approved text" in page


def test_html_does_not_call_approved_what_holds_nothing_approved():
    section = make_section("p/s", "Needs", number="1.1", clearance=None)
    parts = (PartNode("p", 1, "Goals", (section,)),)
    text = Reader(write_html(make_document(text=TextState.APPROVED, parts=parts))).text
    assert "Approved text" not in text
    assert "Status Not yet approved" in " ".join(text.split())


def test_html_shows_markup_as_it_was_typed():
    section = make_section("p/s", MARKUP, AnswerNode("a", MARKUP, MARKUP), number="1.1")
    page = write_html(
        make_document(
            title=MARKUP,
            subject=f"S {MARKUP}",
            marking=MARKUP,
            facts=(Fact(MARKUP, MARKUP),),
            parts=(PartNode("p", 1, MARKUP, (section,)),),
        )
    )
    reader = Reader(page)
    assert not {tag for tag, _ in reader.tags} & {"script", "b onclick"}
    assert reader.text.count(MARKUP) == 13


def test_html_of_the_same_document_is_the_same():
    assert write_html(make_document()) == write_html(make_document())
