"""What the printed brief has besides its text, and can do without."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from briefs.document.look import House, Look, Paper
from briefs.document.tree import DiscussionNode, PictureNode, Reply
from briefs.export.pdf.render import render_pdf
from tests.briefs.export.documents import make_document
from tests.briefs.export.test_pdf import needs_pdftotext, opened, pages_of, text_of
from tests.pictures import jpeg, png

AT = datetime(2025, 10, 5, 9, 30, tzinfo=UTC)


def picture_node(content: bytes, mime_type: str = "image/png", size=(40, 30)) -> PictureNode:
    width, height = size
    return PictureNode(hashlib.sha256(content).hexdigest(), mime_type, width, height, content)


def shown(node: PictureNode, alt: str) -> str:
    return f"![{alt}](picture:{node.sha256})"


def elements(pdf: pikepdf.Pdf, kind: str):
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind
    ]


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, (595.28, 841.89)), (Paper.LETTER, (612, 792))]
)
def test_pdf_is_on_the_paper_that_was_asked_for(paper, size):
    with opened(render_pdf(make_document(look=Look(paper=paper)))) as pdf:
        for page in pdf.pages:
            assert [float(edge) for edge in page.mediabox[2:]] == pytest.approx(size, abs=0.1)


@needs_pdftotext
def test_pdf_can_do_without_contents_and_clearance():
    whole = text_of(render_pdf(make_document()))
    bare = text_of(render_pdf(make_document(look=Look(has_contents=False, has_clearance=False))))
    for title in ["Contents", "Clearance"]:
        assert title in whole
        assert title not in bare
    assert "Relations are close." in bare


def test_pdf_shows_pictures_with_what_they_are_said_to_show():
    first, second = picture_node(png()), picture_node(jpeg(), "image/jpeg")
    text = (
        f"{shown(first, 'Exports fell')}\n\nIn a line {shown(second, 'A port')} too.\n\n"
        f"| a | b |\n|---|---|\n| {shown(first, 'In a cell')} | x |"
    )
    rendered = render_pdf(make_document(text, pictures=(first, second)))
    assert rendered.conformance == ("a-2a", "ua-1")
    with opened(rendered) as pdf:
        figures = elements(pdf, "/Figure")
        told = {str(figure.Alt) for figure in figures}
        kinds = {
            str(each.get("/Filter"))
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        }
    assert told == {"Exports fell", "A port", "In a cell"}
    assert "/DCTDecode" in kinds  # a JPEG stays one


@needs_pdftotext
def test_pdf_names_a_picture_that_the_brief_does_not_have():
    text = f"![Gone](picture:{'0' * 64}) and ![Elsewhere](https://example.org/x.png)"
    assert "[Gone] and [Elsewhere]" in text_of(render_pdf(make_document(text)))


@pytest.mark.parametrize("size", [(2400, 20), (20, 2400), (1, 1)])
def test_pdf_keeps_pictures_of_any_shape_on_the_page(size):
    node = picture_node(png(size), size=size)
    text = f"{shown(node, 'Odd')}\n\n- {shown(node, 'Odd')}\n\n> {shown(node, 'Odd')}"
    rendered = render_pdf(make_document(text, pictures=(node,)))
    assert rendered.conformance == ("a-2a", "ua-1")
    with opened(rendered) as pdf:
        assert len(pdf.pages) < 12


@needs_pdftotext
def test_pdf_is_in_the_name_of_the_house():
    logo = picture_node(png((300, 100)), size=(300, 100))
    house = House("Ministry of Foreign Affairs", "Directorate for Europe", "#7a1f3d", logo.sha256)
    rendered = render_pdf(make_document(look=Look(house=house), pictures=(logo,)))
    assert rendered.conformance == ("a-2a", "ua-1")
    cover = pages_of(rendered)[0]
    assert re.search(r"Ministry of Foreign Affairs\n+\s*Directorate for Europe", cover)
    with opened(rendered) as pdf:
        [figure] = elements(pdf, "/Figure")
        assert str(figure.Alt) == "Ministry of Foreign Affairs"


@needs_pdftotext
def test_pdf_lists_its_sources_once_with_the_sections_that_cite_them():
    text = "One.[^1] Two.[^2] Three.[^3]\n\n[^1]: World Bank.\n[^2]: OECD.\n[^3]: World Bank."
    words = text_of(render_pdf(make_document(text)))
    assert re.search(r"Sources 1\. World Bank\. \(Preface\) 2\. OECD\. \(Preface\)", words)
    assert "Sources" not in text_of(render_pdf(make_document("No note.")))


@needs_pdftotext
def test_pdf_has_the_comments_as_an_annex():
    node = DiscussionNode(
        "goals/needs",
        "past",
        "Steel",
        is_resolved=True,
        replies=(Reply("Edith Editor", AT, "Is it *so*?\n\nSay more."), Reply("Ada", AT, "Yes.")),
    )
    rendered = render_pdf(make_document(discussions=(node,)))
    assert rendered.conformance == ("a-2a", "ua-1")
    annex = " ".join(pages_of(rendered)[-1].split())
    assert "1.1 Needs, Past · Resolved Steel Edith Editor, 5 October 2025 Is it *so*?" in annex
    assert "Comments" not in text_of(render_pdf(make_document()))


@needs_pdftotext
@pytest.mark.parametrize("lines", range(1, 6))
def test_pdf_never_leaves_the_name_of_who_commented_alone_at_the_foot(lines):
    reply = Reply("Edith Editor", AT, "\n".join(["A line."] * lines))
    node = DiscussionNode("goals/needs", "past", "", is_resolved=False, replies=(reply, reply))
    for page in pages_of(render_pdf(make_document(discussions=(node,) * 12))):
        *_body, last, _footer = [line for line in page.splitlines() if line.strip()]
        assert "5 October 2025" not in last or "Approved" in page


@needs_pdftotext
def test_pdf_prints_an_override_as_such_in_the_clearance_table():
    document = make_document()
    needs = document.parts[1].sections[0]
    assert needs.clearance
    clearance = replace(needs.clearance, override="The minister travels.", countersigned_by="Ed")
    goals = replace(
        document.parts[1],
        sections=(replace(needs, clearance=clearance), *document.parts[1].sections[1:]),
    )
    page = pages_of(render_pdf(replace(document, parts=(document.parts[0], goals))))[-1]
    assert {"override,", "minister", "countersigned"} <= set(re.findall(r"[\w]+,?", page))


@needs_pdftotext
def test_pdf_gives_the_reason_of_an_override_more_room_than_the_title_of_its_section():
    document = make_document()
    needs = document.parts[1].sections[0]
    assert needs.clearance
    reason = (
        "The minister travels tonight; the second editor is not to be reached before the flight."
    )
    clearance = replace(needs.clearance, approved_by=("Maria Manager",), override=reason)
    goals = replace(document.parts[1], sections=(replace(needs, clearance=clearance),))
    page = pages_of(render_pdf(replace(document, parts=(document.parts[0], goals))))[-1]
    assert "1.1 Needs" in page
    row = page[page.index("1.1 Needs") : page.index("countersigned")]
    assert row.count("\n") <= 4
