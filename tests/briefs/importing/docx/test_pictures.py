"""Pictures that a Word file carries come with it, as a brief keeps them."""

import io
from random import Random
from zipfile import ZIP_STORED, ZipFile

import pytest
from PIL import ExifTags, Image

from briefs.drafting.picture_file import MAX_BYTES, MOST_SCANS, encode
from briefs.drafting.pictures import MAX_PICTURES
from briefs.importing.docx import media, package
from briefs.importing.docx.conversion import FromWord, markdown_of
from tests.briefs.export.word import parts_of
from tests.briefs.importing.docx.word_files import paragraph, run, styled, word
from tests.pictures import jpeg, png

LEFT_OUT = "1 picture was left out and is named in brackets: a brief takes 100 PNG or JPEG"


def filled(relation: str, cut: str = "") -> str:
    return f'<a:fill><a:blip r:embed="{relation}"/><a:srcRect {cut}/></a:fill>'


def drawing(relation: str, alt: str = "", cut: str = "", more: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="{alt}"/><a:graphic>'
        f'<a:graphicData uri="x/picture">{filled(relation, cut)}{more}</a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def word_with(file: bytes) -> bytes:
    """A file that shows one picture, which is stored as it is."""
    parts = parts_of(word(paragraph(drawing("i0", "A")), images={"i0": "media/0.bin"}))
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_STORED) as archive:
        for name, each in {**parts, "word/media/0.bin": file}.items():
            archive.writestr(name, each)
    return content.getvalue()


def found(body: str, *files: bytes, **more) -> FromWord:
    """A file with these pictures, by the relations i0, i1 and so on."""
    images = {f"i{number}": f"media/{number}.bin" for number in range(len(files))}
    parts = {f"word/media/{number}.bin": file for number, file in enumerate(files)}
    return markdown_of(word(body, images=images, more=parts), **more)


def test_a_picture_stands_where_it_stood_and_is_written_anew():
    body = paragraph(run("a ") + drawing("i0", "A map | of [it]") + run(" b"))
    result = found(body, png())
    [kept] = result.pictures
    assert kept == encode(png())
    assert result.text == f"a ![A map | of \\[it\\]](picture:{kept.sha256}) b\n"
    assert result.remarks == ()


def test_the_same_picture_twice_is_one():
    result = found(paragraph(drawing("i0", "A")) + paragraph(drawing("i1", "B")), png(), png())
    assert len(result.pictures) == 1
    assert result.text.count(result.pictures[0].sha256) == 2


def test_an_old_picture_comes_too():
    old = '<w:r><w:pict><v:shape alt="A map"><v:imagedata r:id="i0"/></v:shape></w:pict></w:r>'
    result = found(paragraph(old), jpeg())
    assert result.text == f"![A map](picture:{result.pictures[0].sha256})\n"


def test_one_without_a_description_is_told():
    result = found(paragraph(drawing("i0")), png())
    assert result.text == f"![](picture:{result.pictures[0].sha256})\n"
    assert result.remarks == (
        "1 picture has no description: write what it shows, for whoever can't see it.",
    )


def test_one_in_a_heading_stands_below_it():
    heading = styled("Heading1", "Preface").replace("</w:p>", drawing("i0", "A") + "</w:p>")
    result = found(heading, png())
    assert result.text == f"# Preface\n\n![A](picture:{result.pictures[0].sha256})\n"


def test_one_in_a_table_stays_in_its_cell():
    cells = f"<w:tc>{paragraph(run('a'))}</w:tc><w:tc>{paragraph(drawing('i0', 'x | y'))}</w:tc>"
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    result = found(table, png())
    named = f"![x \\| y](picture:{result.pictures[0].sha256})"
    assert result.text.splitlines()[0] == f"| a | {named} |"


def test_one_in_a_note_comes_by_the_relations_of_the_notes():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph(drawing("n1", "A"))}</w:footnote>'
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="n1" Type="x/image" Target="media/n.png"/></Relationships>'
    )
    more = {"word/_rels/footnotes.xml.rels": relation, "word/media/n.png": png()}
    result = markdown_of(word(paragraph(run("a") + reference), footnotes=note, more=more))
    assert f"[^1]: ![A](picture:{result.pictures[0].sha256})" in result.text


def test_all_pictures_of_a_group_come():
    group = drawing("i0", "A", more=filled("i1") + filled("i2"))
    result = found(paragraph(group), png(), jpeg(), b"none")
    assert len(result.pictures) == 2
    assert result.text.endswith("[picture: A]\n")
    assert LEFT_OUT in result.remarks[0]


def test_one_beside_a_text_box_comes_and_one_in_it_comes_once():
    box = f"<w:txbxContent>{paragraph(run('Words') + drawing('i1', 'B'))}</w:txbxContent>"
    result = found(paragraph(run("a ") + drawing("i0", "A", more=box)), png(), jpeg())
    first, second = result.pictures
    assert result.text == (
        f"a ![A](picture:{first.sha256})\n\nWords![B](picture:{second.sha256})\n"
    )


def test_what_is_cut_off_in_word_does_not_come():
    result = found(paragraph(drawing("i0", "A", 'l="50000" b="10000" t="-5"')), png((40, 30)))
    [kept] = result.pictures
    assert (kept.width, kept.height) == (20, 27)


@pytest.mark.parametrize("cut", ['l="60000" r="40000"', 'l="a"', 'l="99999999999"'])
def test_what_is_cut_off_and_cannot_be_told_is_left_out_whole(cut):
    result = found(paragraph(drawing("i0", "A", cut)), png())
    assert (result.text, result.pictures) == ("[picture: A]\n", ())


def test_a_turned_one_that_was_cut_is_left_out_whole():
    file = io.BytesIO()
    image = Image.open(io.BytesIO(jpeg()))
    image.getexif()[ExifTags.Base.Orientation] = 6
    image.save(file, "JPEG", exif=image.getexif())
    result = found(paragraph(drawing("i0", "A", 'l="50000"')), file.getvalue())
    assert result.pictures == ()
    assert found(paragraph(drawing("i0", "A")), file.getvalue()).pictures


def test_one_that_was_turned_in_word_is_told():
    shape = '<a:xfrm rot="5400000"/>'
    result = found(paragraph(drawing("i0", "A", more=shape)), png())
    assert result.remarks == ("1 drawing was turned in Word; its picture is upright now.",)


def test_a_hidden_one_is_told():
    hidden = drawing("i0", "A").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    result = found(paragraph(run("a") + hidden), png())
    assert (result.text, result.pictures) == ("a\n", ())
    assert result.remarks == ("1 passage of hidden text was left out.",)


def test_one_of_very_many_scans_is_left_out():
    file = jpeg()
    at = file.index(b"\xff\xda")
    scans = file[:-2] + (MOST_SCANS + 1) * file[at:-2] + file[-2:]
    result = found(paragraph(drawing("i0", "A")), scans)
    assert result.pictures == ()


def test_a_deleted_one_does_not_come():
    result = found(paragraph(run("a") + f"<w:del>{drawing('i0', 'A')}</w:del>"), png())
    assert (result.text, result.pictures) == ("a\n", ())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        png()[:60],
        b"<svg/>",
        b"GIF89a" + bytes(20),
        png() + bytes(MAX_BYTES),
        png() + Random(1).randbytes(MAX_BYTES),
    ],
)
def test_what_no_brief_can_keep_is_its_description(content):
    result = found(paragraph(drawing("i0", "A map")), content)
    assert (result.text, result.pictures) == ("[picture: A map]\n", ())
    assert LEFT_OUT in result.remarks[0]


@pytest.mark.parametrize("target", ["https://example.org/a.png", "../../etc/passwd", "none.png"])
def test_nothing_outside_the_file_is_a_picture(target):
    more = {"word/https:/example.org/a.png": png()}
    result = markdown_of(word(paragraph(drawing("i0", "A")), images={"i0": target}, more=more))
    assert (result.text, result.pictures) == ("[picture: A]\n", ())


def test_more_than_a_brief_takes_are_their_descriptions():
    count = MAX_PICTURES + 2
    files = [png((2, number + 1)) for number in range(count)]
    result = found("".join(paragraph(drawing(f"i{n}", "A")) for n in range(count)), *files)
    assert len(result.pictures) == MAX_PICTURES
    assert result.text.count("[picture: A]") == 2


def test_more_pixels_than_somebody_can_wait_for_are_their_descriptions(monkeypatch):
    monkeypatch.setattr(media, "MOST_PIXELS", 2_400)
    result = found(paragraph(drawing("i0", "A") + drawing("i1", "B")), png(), png((41, 31)))
    assert len(result.pictures) == 1
    assert result.text.endswith("[picture: B]\n")


def test_a_picture_that_the_brief_has_is_not_written_anew():
    kept = encode(jpeg())
    have = {kept.sha256: kept}
    result = found(paragraph(drawing("i0", "A")), kept.content, known=have.get)
    assert result.pictures == (kept,)
    again = found(paragraph(drawing("i0", "A")), kept.content)
    assert encode(again.pictures[0].content).mime_type == kept.mime_type


def test_one_whose_bytes_are_damaged_is_its_description():
    whole = word_with(jpeg())
    at = whole.index(b"JFIF")
    file = bytearray(whole)
    file[at : at + 40] = bytes(40)
    result = markdown_of(bytes(file))
    assert (result.text, result.pictures) == ("[picture: A]\n", ())


def test_pictures_are_unpacked_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(package, "MOST_BYTES_OF_PICTURES", len(png()))
    result = found(paragraph(drawing("i0", "A") + drawing("i1", "B")), png(), png((41, 31)))
    assert len(result.pictures) == 1
    assert result.text.endswith("[picture: B]\n")


def test_a_picture_is_decoded_once_however_often_it_stands_there(monkeypatch):
    decoded = []

    def encode_and_count(content, crop):
        decoded.append(content)
        return encode(content, crop)

    monkeypatch.setattr(media, "encode", encode_and_count)
    found(paragraph(3 * drawing("i0", "A")), png())
    assert decoded == [png()]
