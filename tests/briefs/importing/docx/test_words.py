import pytest

from briefs.importing.docx.conversion import markdown_of
from tests.briefs.importing.docx.word_files import paragraph, plain, read_blocks, run, word

EITHER = "<mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>"
BOLD, ITALIC, STRIKE, HIDDEN = "<w:b/>", "<w:i/>", "<w:strike/>", "<w:vanish/>"


def found(content, **parts):
    return markdown_of(word(paragraph(content), **parts))


def text_of(content, **parts):
    return found(content, **parts).text.removesuffix("\n")


def one(element):
    return f"<w:r>{element}</w:r>"


def field(instruction, result):
    return (
        one('<w:fldChar w:fldCharType="begin"/>')
        + one(f"<w:instrText>{instruction}</w:instrText>")
        + one('<w:fldChar w:fldCharType="separate"/>')
        + result
        + one('<w:fldChar w:fldCharType="end"/>')
    )


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([("a ", ""), ("b", BOLD), (" c", "")], "a **b** c"),
        ([("a", ITALIC)], "*a*"),
        ([("a", BOLD + ITALIC)], "***a***"),
        ([("a", STRIKE), ("b", "<w:dstrike/>")], "~~ab~~"),
        ([("a", BOLD), (" ", ""), ("b", BOLD)], "**a b**"),
        ([(" a ", BOLD), ("b", "")], "**a** b"),
        ([("Past:", BOLD), (" old", "")], "**Past:** old"),
        ([("Past:", BOLD), ("old", "")], "**Past**:old"),
        ([("a", ""), ("(b)", BOLD)], "a(**b)**"),
        ([("a ", BOLD), ("b", BOLD + ITALIC), (" c", BOLD)], "**a *b* c**"),
        ([("a", '<w:b w:val="0"/>'), ("b", '<w:b w:val="false"/>')], "ab"),
        ([("a", '<w:b w:val="true"/>')], "**a**"),
        ([("a", "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>")], "a"),
        ([("a", "<w:caps/>"), ("b", '<w:vertAlign w:val="superscript"/>')], "ab"),
        ([(" . ", BOLD)], "**.**"),
        ([("a\tb", "")], "a b"),
        ([("2 * 3, snake_case, R&D, a < b, [x]!", "")], "2 * 3, snake_case, R&D, a < b, [x]!"),
    ],
)
def test_marks_are_as_few_as_a_careful_person_would_type(runs, text):
    assert text_of("".join(run(*each) for each in runs)) == text


def test_styles_of_words_and_of_their_paragraph_cancel_each_other():
    styles = (
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="S"><w:rPr><w:b/></w:rPr></w:style>'
    )
    strong = run("a", '<w:rStyle w:val="S"/>')
    body = paragraph(run("b ") + strong, '<w:pStyle w:val="P"/>') + paragraph(strong)
    assert markdown_of(word(body, styles=styles)).text == "**b** a\n\n**a**\n"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<w:tab/>", "a b"),
        ("<w:br/>", "a  \nb"),
        ("<w:cr/>", "a  \nb"),
        ('<w:br w:type="page"/>', "ab"),
        ("<w:lastRenderedPageBreak/>", "ab"),
        ("<w:noBreakHyphen/>", "a\u2011b"),
        ("<w:softHyphen/>", "ab"),
        ('<w:sym w:char="F0AE" w:font="Symbol"/>', "a→b"),
        ('<w:sym w:char="F061" w:font="Symbol"/>', "a\u03b1b"),
        ('<w:sym w:char="F0FC" w:font="Wingdings"/>', "a✓b"),
        ('<w:sym w:char="00E9" w:font="Arial"/>', "aéb"),
        ('<w:sym w:char="F0FF" w:font="Webdings"/>', "a\ufffdb"),
        ('<w:sym w:char="D800" w:font="Arial"/>', "a\ufffdb"),
        ('<w:sym w:char="zz" w:font="Arial"/>', "a\ufffdb"),
        ("<w:sym/>", "a\ufffdb"),
        (f"<w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('y')}</w:rubyBase></w:ruby>", "ay(x)b"),
        (f"<w:ruby><w:rubyBase>{run('y')}</w:rubyBase></w:ruby>", "ayb"),
        (f"<mc:AlternateContent>{EITHER.format('<w:t>c</w:t>')}</mc:AlternateContent>", "acb"),
        ("<w:instrText>HYPERLINK</w:instrText>", "ab"),
        ("<w:delText>gone</w:delText>", "ab"),
        ("<w:unheardOf>x</w:unheardOf>", "ab"),
    ],
)
def test_what_stands_between_words(element, text):
    assert text_of(run("a") + one(element) + run("b")) == text


def test_an_unknown_symbol_is_said():
    element = '<w:sym w:char="F0FF" w:font="Webdings"/>'
    assert "1 character of symbol fonts" not in found(one(element)).remarks[0]
    assert "1 character of a symbol font isn't known" in found(one(element)).remarks[0]


@pytest.mark.parametrize(
    ("around", "text"),
    [
        ("<w:ins>{}</w:ins>", "a b c"),
        ("<w:moveTo>{}</w:moveTo>", "a b c"),
        ("<w:del>{}</w:del>", "a  c"),
        ("<w:moveFrom>{}</w:moveFrom>", "a  c"),
        ("<w:smartTag>{}</w:smartTag>", "a b c"),
        ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "a b c"),
        ("<w:dir>{}</w:dir>", "a b c"),
        (f"<mc:AlternateContent>{EITHER}</mc:AlternateContent>", "a b c"),
        ('<w:fldSimple w:instr="DATE">{}</w:fldSimple>', "a b c"),
        ('<w:fldSimple w:instr="PAGE">{}</w:fldSimple>', "a  c"),
        ('<w:fldSimple w:instr="HYPERLINK http://x.y">{}</w:fldSimple>', "a [b](http://x.y) c"),
        ("<w:unheardOf>{}</w:unheardOf>", "a  c"),
    ],
)
def test_what_stands_around_words(around, text):
    assert text_of(run("a ") + around.format(run("b")) + run(" c")) == text


def test_tracked_changes_are_said():
    content = f"<w:ins>{run('a')}</w:ins><w:del>{run('b')}</w:del><w:del>{run('c')}</w:del>"
    assert found(content).remarks == (
        "It has tracked changes: 1 insertion was taken as text.",
        "It has tracked changes: 2 deletions were carried out.",
    )


def test_whatever_is_deleted_or_hidden_is_gone():
    box = one(f"<w:pict><w:txbxContent>{plain('x')}</w:txbxContent></w:pict>")
    gone = run("x") + box + drawing("picture") + "<m:oMath><m:t>x</m:t></m:oMath>"
    assert text_of(f"{run('a')}<w:del>{gone}</w:del>") == "a"
    hidden = box.replace("<w:r>", f"<w:r><w:rPr>{HIDDEN}</w:rPr>")
    assert text_of(run("a") + hidden) == "a"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    end = "<w:rPr><w:del/></w:rPr>"
    body = paragraph(run("a "), end) + paragraph(run("b"), '<w:pStyle w:val="Heading1"/>')
    assert markdown_of(word(body)).text == "# a b\n"
    assert markdown_of(word(plain("a") + paragraph(run("b"), end))).text == "a\n\nb\n"


def test_comments_are_counted_and_left_out():
    comment = f'<w:comment w:id="1">{plain("Really?")}</w:comment>'
    mark = '<w:r><w:commentReference w:id="1"/></w:r>'
    result = found(run("a") + mark, comments=comment * 2)
    assert (result.text, result.remarks) == ("a\n", ("2 comments were left out.",))


def test_hidden_text_is_left_out_and_said():
    result = found(run("a") + run("b", HIDDEN) + run("c", '<w:vanish w:val="0"/>'))
    assert (result.text, result.remarks) == ("ac\n", ("1 passage of hidden text was left out.",))


@pytest.mark.parametrize(
    ("instruction", "text"),
    [
        ("DATE \\@ x", "a b c"),
        (" PAGE ", "a  c"),
        ("NUMPAGES", "a  c"),
        ('HYPERLINK "https://x.y/z" \\h', "a [b](https://x.y/z) c"),
        ('HYPERLINK \\l "_Toc1"', "a b c"),
        ('HYPERLINK "file:///etc/passwd"', "a b c"),
        ("", "a b c"),
    ],
)
def test_a_field_shows_its_result_and_never_what_it_is_told(instruction, text):
    assert text_of(run("a ") + field(instruction, run("b")) + run(" c")) == text


def test_fields_within_fields_show_the_result_of_the_outer():
    inner = field("PAGE", run("7"))
    assert text_of(field(f"IF</w:instrText></w:r>{inner}<w:r><w:instrText>", run("b"))) == "b"


@pytest.mark.parametrize("kind", ["begin", "end", "separate"])
def test_a_field_that_does_not_match_takes_no_text_with_it(kind):
    broken = one(f'<w:fldChar w:fldCharType="{kind}"/>') + one("<w:instrText>TOC</w:instrText>")
    assert text_of(run("a ") + broken + run("b")) == "a b"


def test_a_field_that_is_partly_deleted_takes_no_text_with_it():
    start = one('<w:fldChar w:fldCharType="begin"/>') + one("<w:instrText>DATE</w:instrText>")
    rest = one('<w:fldChar w:fldCharType="separate"/>') + run("b")
    end = one('<w:fldChar w:fldCharType="end"/>')
    assert text_of(f"{start}{rest}<w:del>{end}</w:del>{run(' c')}") == "b c"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("https://example.org/", "[a](https://example.org/)"),
        ("mailto:a@example.org", "[a](mailto:a@example.org)"),
        ("https://example.org/a b(c)|d", "[a](https://example.org/a%20b%28c%29%7Cd)"),
        ("https://example.org/?a&copy;=1", "[a](https://example.org/?a&amp;copy;=1)"),
        ("javascript:alert(1)", "a"),
        ("file:///etc/passwd", "a"),
        ("\\\\server\\share", "a"),
        ("http://[", "a"),
        ("https://example.org/" + "x" * 2000, "a"),
    ],
)
def test_links_lead_to_web_and_mail_addresses_alone(address, text):
    content = f'<w:hyperlink r:id="r9">{run("a")}</w:hyperlink>'
    result = found(content, links={"r9": address})
    assert result.text == f"{text}\n"
    assert result.remarks == (
        ()
        if "](" in text
        else ("1 link leads to no web or mail address; only its words were kept.",)
    )


def test_a_link_that_leads_nowhere_is_its_words():
    content = f'<w:hyperlink r:id="r7" w:anchor="x">{run("a [b]")}</w:hyperlink>'
    assert text_of(content) == "a [b]"
    linked = content.replace("r7", "r9")
    assert text_of(linked, links={"r9": "http://x.y"}) == "[a \\[b\\]](http://x.y)"


def drawing(uri, description="", inside=""):
    return one(
        f'<w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{description}"/>'
        f'<a:graphic><a:graphicData uri="x/{uri}">{inside}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def test_a_picture_that_is_not_in_the_file_is_its_description():
    result = found(run("a ") + drawing("picture", "A map") + run(" b ") + drawing("picture"))
    assert result.text == "a [picture: A map] b [picture]\n"
    assert result.remarks[0].startswith("2 pictures were left out")
    assert result.pictures == ()


def test_an_old_picture_and_an_object_are_pictures_too():
    old = '<w:pict><v:shape alt="A map"><v:imagedata/></v:shape></w:pict>'
    assert text_of(one(old) + one("<w:object/>")) == "[picture: A map][picture]"


def test_a_line_that_is_drawn_is_nothing():
    assert text_of(run("a") + drawing("wordprocessingShape")) == "a"


def test_the_text_of_a_box_stands_below_its_paragraph_once():
    inside = f"<w:txbxContent>{plain('In the box')}</w:txbxContent>"
    old = f"<w:pict><v:textbox>{inside}</v:textbox></w:pict>"
    modern = drawing("wordprocessingShape", "", f"<wps:txbx>{inside}</wps:txbx>")
    content = (
        f"<mc:AlternateContent><mc:Choice>{modern}</mc:Choice>"
        f"<mc:Fallback>{one(old)}</mc:Fallback></mc:AlternateContent>"
    )
    result = found(run("a") + content + run(" b"))
    assert result.text == "a b\n\nIn the box\n"
    assert result.remarks == ("1 text box stands below the paragraph to which it is anchored.",)
    assert text_of(run("a") + one(old)) == "a\n\nIn the box"


def test_a_formula_is_its_characters():
    result = found(run("a ") + "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>")
    assert result.text == "a x+1\n"
    assert result.remarks == ("1 formula is only its characters now.",)


def test_a_file_that_is_brought_in_is_left_out_and_said():
    result = markdown_of(word(plain("a") + '<w:altChunk r:id="r5"/>'))
    assert (result.text, result.remarks) == (
        "a\n",
        ("1 file that the document brings in was left out.",),
    )


def test_marks_that_markdown_cannot_say_are_left_off_and_said():
    runs = run("a", ITALIC) + run("b", BOLD + STRIKE) + run("c", "")
    result = found(runs)
    assert result.text == "a**b**c\n"
    assert result.remarks == (
        "In 1 line, bold, italics, code or a link could not be kept as they were.",
    )


CODE = '<w:rStyle w:val="C"/>'


def code_style(name, kind="character"):
    return f'<w:style w:type="{kind}" w:styleId="C"><w:name w:val="{name}"/></w:style>'


@pytest.mark.parametrize(
    "name", ["Code", "Source Code", "HTML Code", "Verbatim Char", "Inline Code", "Source Text"]
)
def test_words_in_a_style_for_code_are_code(name):
    body = run("a ") + run("*b*", CODE) + run(" c")
    assert text_of(body, styles=code_style(name)) == "a `*b*` c"


def test_a_style_of_words_that_is_based_on_one_for_code_is_for_code():
    based = (
        '<w:style w:type="character" w:styleId="D"><w:name w:val="KeywordTok"/>'
        '<w:basedOn w:val="C"/></w:style>'
    )
    styles = code_style("Verbatim Char") + based
    assert text_of(run("a", '<w:rStyle w:val="D"/>'), styles=styles) == "`a`"


def test_words_in_another_style_or_font_are_no_code():
    font = '<w:rFonts w:ascii="Consolas"/>'
    assert text_of(run("a", font) + run("b", CODE), styles=code_style("Codename")) == "ab"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("a``b", "`a``b`"),
        (" a ", "`  a  `"),
        (" a", "` a`"),
        ("a\\", "`a\\`"),
        ("&amp;", "`&amp;`"),
        ("[^1]", "`[^1]`"),
    ],
)
def test_code_stands_as_it_is_between_signs_that_are_not_in_it(words, written):
    text = text_of(run("x ") + run(words, CODE) + run(" y"), styles=code_style("Code"))
    assert text == f"x {written} y"
    [block] = read_blocks(text)
    assert block["inlines"] == ["x ", {"kind": "code", "text": words}, " y"]


def test_code_may_be_bold_and_linked():
    link = f'<w:hyperlink r:id="r9">{run("b", CODE + BOLD)}</w:hyperlink>'
    body = run("a ", BOLD) + link + run("c", CODE)
    text = text_of(body, styles=code_style("Code"), links={"r9": "http://x.y"})
    assert text == "**a [`b`](http://x.y)**`c`"


def test_code_that_cannot_be_bold_beside_a_word_stays_code():
    body = run("a") + run("code", CODE + BOLD) + run("b", BOLD)
    assert text_of(body, styles=code_style("Code")) == "a`code`**b**"


def test_code_in_a_cell_keeps_its_bars():
    cells = f"<w:tc>{paragraph(run('a|b', CODE))}</w:tc><w:tc>{plain('c')}</w:tc>"
    result = markdown_of(word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", styles=code_style("Code")))
    [table] = read_blocks(result.text)
    assert table["head"] == [[{"kind": "code", "text": "a|b"}], ["c"]]
