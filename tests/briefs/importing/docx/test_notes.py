import pytest

from briefs.importing.docx.conversion import markdown_of
from tests.briefs.importing.docx.word_files import paragraph, plain, read_blocks, run, styled, word


def mark(key, kind="footnote"):
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


def note(key, *content, kind="footnote", properties=""):
    return f'<w:{kind} w:id="{key}" {properties}>{"".join(content)}</w:{kind}>'


def found(body, **parts):
    return markdown_of(word(body, **parts))


def test_notes_stand_below_the_paragraph_that_refers_to_them():
    body = paragraph(run("a") + mark(5)) + paragraph(run("b") + mark(2, "endnote")) + plain("c")
    result = found(
        body,
        footnotes=note(-1, plain("line"), properties='w:type="separator"')
        + note(5, paragraph("<w:r><w:footnoteRef/></w:r>" + run(" First."))),
        endnotes=note(2, plain("Second."), kind="endnote"),
    )
    assert result.text == "a[^1]\n\n[^1]: First.\n\nb[^2]\n\n[^2]: Second.\n\nc\n"
    assert result.remarks == ()


@pytest.mark.parametrize(
    ("bookmark", "text"),
    [("N1", "a[^1] b[^1]"), ('"N1"', "a[^1] b[^1]"), ("N2", "a[^1] b1"), ("", "a[^1] b1")],
)
def test_a_field_that_refers_to_a_note_again_is_a_mark_too(bookmark, text):
    named = (
        f'<w:bookmarkStart w:id="7" w:name="N1"/>{mark(1)}<w:bookmarkEnd w:id="7"/>'
        '<w:bookmarkStart w:id="8" w:name="N2"/><w:bookmarkEnd w:id="8"/>'
    )
    told = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> NOTEREF {bookmark} \\h </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    footnotes = note(1, plain("N"))
    body = paragraph(run("a") + named + run(" b") + told)
    assert found(body, footnotes=footnotes).text == f"{text}\n\n[^1]: N\n"
    quoted = bookmark.replace('"', "&quot;")
    simple = f'<w:fldSimple w:instr="NOTEREF {quoted}">{run("1")}</w:fldSimple>'
    body = paragraph(run("a") + named + run(" b") + simple)
    assert found(body, footnotes=footnotes).text == f"{text}\n\n[^1]: N\n"


def test_notes_in_thousands_are_read():
    count = 3_000
    body = "".join(paragraph(run("*a*") + mark(n)) for n in range(count))
    footnotes = "".join(note(n, plain("*N*")) for n in range(count))
    text = found(body, footnotes=footnotes).text
    assert text.count("\\*a\\*[^") == text.count("]: \\*N\\*") == count


def test_a_note_that_is_referred_to_twice_is_one_note():
    body = paragraph(run("a") + mark(1) + run("b") + mark(1))
    assert found(body, footnotes=note(1, plain("N"))).text == "a[^1]b[^1]\n\n[^1]: N\n"


def test_a_note_of_several_paragraphs_is_one_note():
    body = paragraph(run("a") + mark(1)) + plain("b")
    result = found(body, footnotes=note(1, plain("N"), plain("M"), styled("ListBullet", "P")))
    assert result.text == "a[^1]\n\n[^1]: N\n\n    M\n\n    - P\n\nb\n"
    first, _second = read_blocks(result.text)
    assert [each["kind"] for each in first["inlines"][1]["blocks"]] == [
        "paragraph",
        "paragraph",
        "bullet_list",
    ]


def test_a_note_that_begins_with_a_list_begins_with_its_words():
    body = paragraph(run("a") + mark(1))
    result = found(body, footnotes=note(1, styled("ListBullet", "N"), plain("M")))
    assert result.text == "a[^1]\n\n[^1]: N\n\n    M\n"


@pytest.mark.parametrize("footnotes", ["", note(1), note(1, plain(" "))])
def test_a_mark_without_a_note_is_left_out(footnotes):
    assert found(paragraph(run("a") + mark(1)), footnotes=footnotes).text == "a\n"
    assert found(paragraph(run("a") + mark(1))).text == "a\n"


def test_a_note_in_a_list_or_a_table_stands_below_it():
    points = paragraph(run("a") + mark(1), '<w:pStyle w:val="ListBullet"/>') + styled(
        "ListBullet", "b"
    )
    footnotes = note(1, plain("N"))
    assert found(points, footnotes=footnotes).text == "- a[^1]\n- b\n\n[^1]: N\n"
    table = (
        f"<w:tbl><w:tr><w:tc>{paragraph(mark(1))}</w:tc><w:tc>{plain('b')}</w:tc></w:tr></w:tbl>"
    )
    assert found(table, footnotes=footnotes).text == "| [^1] | b |\n| --- | --- |\n\n[^1]: N\n"


def test_a_note_in_a_quote_stands_below_all_of_it():
    quotes = paragraph(run("a") + mark(1), '<w:pStyle w:val="Quote"/>') + styled("Quote", "b")
    text = found(quotes, footnotes=note(1, plain("N"))).text
    assert text == "> a[^1]\n>\n> b\n\n[^1]: N\n"


def test_a_note_to_a_heading_is_a_paragraph_below_it():
    heading = paragraph(run("Goals") + mark(1), '<w:pStyle w:val="Heading1"/>')
    result = found(heading + plain("a"), footnotes=note(1, plain("N")))
    assert result.text == "# Goals\n\nN\n\na\n"
    assert result.remarks == ("1 note to a heading stands as a paragraph below it.",)


def test_notes_within_notes_are_left_out():
    body = paragraph(run("a") + mark(1))
    footnotes = note(1, paragraph(run("N") + mark(1) + mark(2))) + note(2, plain("M"))
    assert found(body, footnotes=footnotes).text == "a[^1]\n\n[^1]: N\n"


def test_links_of_notes_are_those_of_their_part():
    body = paragraph(run("a") + mark(1))
    linked = f'<w:hyperlink r:id="r1">{run("N")}</w:hyperlink>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/hyperlink" Target="http://x.y" TargetMode="External"/>'
        "</Relationships>"
    )
    result = found(
        body,
        footnotes=note(1, paragraph(linked)),
        more={"word/_rels/footnotes.xml.rels": relations},
    )
    assert result.text == "a[^1]\n\n[^1]: [N](http://x.y)\n"
