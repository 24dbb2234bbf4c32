"""Files that were made to do harm, or that broke on their way: each is refused with a sentence."""

import io
import random
import warnings
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError

from briefs.importing.docx import elements, package
from briefs.importing.docx.conversion import markdown_of
from briefs.importing.opening import open_file
from briefs.importing.source import MAX_BYTES
from tests.briefs.importing.docx.word_files import (
    NAMESPACES,
    PACKAGE,
    paragraph,
    part,
    plain,
    relations,
    run,
    styled,
    word,
    zipped,
)

DAMAGED = "The Word file is damaged"
TOO_LARGE = "holds far more than a brief has"
TOO_DEEP = "stand inside each other too deeply"
DEFINES = "defines XML of its own"


def refusal(content):
    with pytest.raises(ValidationError) as refused:
        open_file(content)
    [sentence] = refused.value.messages
    return sentence


def document(content):
    return word("", more={"word/document.xml": content})


def archive(*entries, compression=ZIP_DEFLATED):
    file = io.BytesIO()
    with warnings.catch_warnings(), ZipFile(file, "w", compression) as made:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in entries:
            made.writestr(name, content)
    return file.getvalue()


WHOLE = part("document", f"<w:body>{plain('a')}</w:body>")
ENTITIES = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]>'
WORKBOOK = (
    f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.x.spreadsheetml.sheet.main+xml"/></Types>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", DAMAGED),
        (b"PK\x03\x04" + b"\0" * 500, DAMAGED),
        (b"PK\x05\x06" + b"\0" * 18, "This is a ZIP archive and no Word file"),
        (word(plain("a"))[:-30], DAMAGED),
        (archive(("a.txt", "a")), "This is a ZIP archive and no Word file"),
        (archive(("word/document.xml", "a")), DAMAGED),
        (
            archive(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")),
            "This is an OpenDocument file",
        ),
        (
            archive(("[Content_Types].xml", WORKBOOK), ("xl/workbook.xml", "<workbook/>")),
            "This is an Excel workbook",
        ),
        (OLE, "a file of an old Office format. Save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"{\\rtf1 a}", "This is an RTF file"),
        (b"PK\x03\x04" + b"\0" * (20 * 1024 * 1024), "the most that can be imported is 20 MB"),
    ],
)
def test_what_is_no_word_file_says_what_it_is(content, sentence):
    assert sentence in refusal(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<a", DAMAGED),
        ("", DAMAGED),
        (WHOLE[:-20], DAMAGED),
        (WHOLE.replace("a</w:t>", "\0</w:t>"), DAMAGED),
        (WHOLE.replace("a</w:t>", "&#xD800;</w:t>"), DAMAGED),
        (WHOLE.replace("a</w:t>", "&e;</w:t>"), DAMAGED),
        (WHOLE.replace("<w:body>", '<w:body w:a="&#xDC00;">'), DAMAGED),
        (WHOLE.replace("UTF-8", "no-such-encoding"), DAMAGED),
        (WHOLE.replace("UTF-8", "utf-7"), DAMAGED),
        (WHOLE.encode("utf-16")[:-1], DAMAGED),
        (f"<w:document {NAMESPACES}/>", "There is no text in the Word file"),
        (part("styles", ""), DAMAGED),
        (
            WHOLE.replace("<w:document", f"{LAUGHS}<w:document").replace("a</w:t>", "&e9;</w:t>"),
            DEFINES,
        ),
        (
            WHOLE.replace(
                "<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'
            ),
            DEFINES,
        ),
        (
            WHOLE.replace("<w:document", '<!DOCTYPE x SYSTEM "http://a.example/x"><w:document'),
            DEFINES,
        ),
        (part("document", "<w:body>" + "<w:tbl>" * 5_000), TOO_DEEP),
        (part("document", "<w:body>" + "<x>" * 20_000 + "</x>" * 20_000), TOO_DEEP),
    ],
)
def test_xml_that_is_damaged_or_hostile_is_refused(content, sentence):
    assert sentence in refusal(document(content))


@pytest.mark.parametrize("name", ["styles", "numbering", "footnotes", "comments"])
def test_every_part_is_read_with_the_same_care(name):
    body = paragraph(run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    content = f"{LAUGHS}<w:{name} {NAMESPACES}/>"
    assert DEFINES in refusal(word(body, **{name: ""}, more={f"word/{name}.xml": content}))


@pytest.mark.parametrize(
    "name",
    ["../a", "word/../../a", "/etc/passwd", "C:/a", "word\\a", "WORD/document.xml"],
)
def test_names_that_lead_elsewhere_or_stand_twice_are_refused(name):
    entries = [("_rels/.rels", "<x/>"), ("word/document.xml", WHOLE), (name, "a")]
    content = archive(*entries)
    if "\\" in name:
        content = archive(*entries[:2], (name.replace("\\", "?"), "a")).replace(
            b"word?a", b"word\\a"
        )
    assert DAMAGED in refusal(content)


def test_a_name_that_stands_twice_is_refused():
    entries = [("word/document.xml", WHOLE), ("word/document.xml", WHOLE)]
    assert DAMAGED in refusal(archive(*entries))


def test_a_bomb_is_refused_by_what_it_holds_and_not_by_what_it_says():
    bomb = word("", more={"word/document.xml": b" " * (80 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert TOO_LARGE in refusal(bomb)
    size = (80 * 1024 * 1024).to_bytes(4, "little")
    assert size in bomb
    assert DAMAGED in refusal(bomb.replace(size, (100).to_bytes(4, "little")))


def test_parts_that_are_large_together_are_refused(monkeypatch):
    content = word(plain("a"), styles="<w:style/>" * 100, numbering="<w:num/>" * 100)
    monkeypatch.setattr(package, "MOST_BYTES", 2_000)
    assert TOO_LARGE in refusal(content)


def test_an_archive_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(package, "MOST_ENTRIES", 20)
    more = {f"word/{n}.xml": "" for n in range(20)}
    assert TOO_LARGE in refusal(word(plain("a"), more=more))


def test_very_many_elements_are_refused(monkeypatch):
    monkeypatch.setattr(elements, "MOST_ELEMENTS", 50)
    assert TOO_LARGE in refusal(word(plain("a") * 10))


def test_more_text_than_a_file_of_text_may_have_is_refused():
    many = " ".join(f"{n:x}" for n in range(400_000))
    assert len(many) > MAX_BYTES
    assert TOO_LARGE in refusal(word(plain(many)))


def test_a_wide_and_long_table_is_refused_before_it_is_filled_up():
    wide = "<w:tr>" + f"<w:tc>{plain('a')}</w:tc>" * 1_000 + "</w:tr>"
    long = f"<w:tr><w:tc>{plain('a')}</w:tc></w:tr>" * 1_000
    assert TOO_LARGE in refusal(word(f"<w:tbl>{wide}{long}</w:tbl>"))
    spans = (
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999999999"/></w:tcPr>{plain("a")}</w:tc></w:tr>'
    )
    assert TOO_LARGE in refusal(word(f"<w:tbl>{spans * 9_000}</w:tbl>"))


def test_a_way_of_packing_that_word_does_not_know_is_refused():
    content = archive(("word/document.xml", WHOLE * 10), compression=ZIP_BZIP2)
    assert DAMAGED in refusal(content)


def test_an_archive_with_a_password_of_its_own_is_refused():
    content = bytearray(archive(("word/document.xml", WHOLE)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert DAMAGED in refusal(bytes(content))


@pytest.mark.parametrize(
    "target",
    ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://a.example/x", "", "\0"],
)
def test_relations_that_lead_nowhere_or_outside_are_none(target):
    target = target.replace("\0", "%00")
    named = {"r1": ("styles", target), "r2": ("footnotes", target), "r3": ("numbering", "styles")}
    content = word(
        paragraph(run("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        more={"word/_rels/document.xml.rels": relations(named)},
    )
    assert markdown_of(content).text == "a\n"


def test_of_relations_of_a_kind_the_first_within_the_file_is_followed():
    named = {"r1": ("styles", "https://a.example/"), "r2": ("styles", "styles.xml")}
    rows = relations(named | {"r3": ("styles", "document.xml")})
    rows = rows.replace('a.example/"', 'a.example/" TargetMode="External"')
    styles = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="heading 1"/></w:style>'
    content = word(styled("S", "a"), styles=styles, more={"word/_rels/document.xml.rels": rows})
    assert markdown_of(content).text == "# a\n"


def test_a_document_outside_the_file_is_not_followed():
    outside = relations({"r1": ("officeDocument", "http://a.example/x")}).replace(
        "/>", ' TargetMode="External"/>'
    )
    content = word(plain("a"), more={"_rels/.rels": outside})
    assert markdown_of(content).text == "a\n"


def test_a_file_without_any_part_but_its_document_is_read():
    assert markdown_of(zipped({"word/document.xml": WHOLE})).text == "a\n"


def test_an_archive_within_the_archive_stays_closed():
    inner = word("", more={"word/document.xml": b" " * (80 * 1024 * 1024)})
    content = word(plain("a"), more={"word/embeddings/x.docx": inner})
    assert markdown_of(content).text == "a\n"


def test_the_strict_form_of_the_format_is_read_too():
    strict = WHOLE.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert markdown_of(document(strict)).text == "a\n"


def test_other_encodings_of_xml_are_read():
    assert markdown_of(document(WHOLE.replace("UTF-8", "UTF-16").encode("utf-16"))).text == "a\n"


def test_styles_that_are_based_on_each_other_in_a_long_chain_are_read():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(3_000)
    )
    assert markdown_of(word(styled("s0", "a"), styles=styles)).text == "a\n"


def test_what_many_lean_on_is_read_once():
    """Looked at anew for each paragraph, these would take hours."""
    count = 20_000
    big = '<w:style w:styleId="big"><w:pPr/>' + "<x/>" * 200_000 + "<w:name w:val='x'/></w:style>"
    styles = big + "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="big"/></w:style>' for n in range(count)
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1">' + "<x/>" * 50_000 + "</w:abstractNum>"
    ) + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(1, count)
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="s{n}"/><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr>'
        "<w:r><w:t>a</w:t></w:r></w:p>"
        for n in range(1, count)
    )
    text = markdown_of(word(body, styles=styles, numbering=numbering)).text
    assert text == "- a\n" * (count - 1)


def test_ends_of_paragraphs_that_are_deleted_in_thousands_are_joined():
    end = "<w:rPr><w:del/></w:rPr>"
    content = word(paragraph(run("a"), end) * 20_000 + plain("b"))
    assert markdown_of(content).text == f"{'a' * 20_000}b\n"


def test_a_heading_of_signs_is_read():
    signs = "#" * 200_000
    content = word(paragraph(run(f"{signs}x{signs}"), '<w:outlineLvl w:val="0"/>'))
    assert markdown_of(content).text == f"# {signs}x{signs.replace('#', chr(92) + '#')}\n"


def test_a_word_of_a_megabyte_is_text():
    assert markdown_of(word(plain("x*" * 500_000))).text.count("\\*") == 500_000


def test_tables_as_deep_as_xml_may_be_are_read():
    deep = plain("a")
    for _level in range(45):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc><w:tc>{plain('b')}</w:tc></w:tr></w:tbl>"
    assert markdown_of(word(deep)).text.startswith("| a b b")


def test_words_as_deep_as_xml_may_be_are_read():
    deep = run("a")
    for _level in range(190):
        deep = f"<w:smartTag>{deep}</w:smartTag>"
    assert markdown_of(word(paragraph(deep))).text == "a\n"


def test_damage_at_any_place_is_a_sentence_or_nothing_at_all():
    whole = word(
        plain("a") + styled("Heading1", "b"),
        styles='<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>',
        footnotes="<w:footnote/>",
    )
    chance = random.Random(7)
    refused = 0
    for _time in range(1_500):
        content = bytearray(whole)
        for _byte in range(chance.randint(1, 4)):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        try:
            open_file(bytes(content))
        except ValidationError:
            refused += 1
    assert 100 < refused < 1_500
