"""Files that another program made, with everything that it makes of its own accord."""

import io

from docx import Document
from docx.shared import Inches
from PIL import Image

from briefs.importing.docx.conversion import markdown_of


def test_a_file_with_something_of_everything():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Header"
    document.sections[0].footer.paragraphs[0].text = "Footer"
    document.add_heading("Belgium", level=0)
    document.add_heading("Goals", level=1)
    words = document.add_paragraph("Some ").add_run("bold")
    words.bold = True
    document.add_comment(words, text="Really?", author="A")
    document.add_paragraph("One", style="List Number")
    document.add_paragraph("Two", style="List Number")
    document.add_paragraph("Deep", style="List Bullet 2")
    document.add_paragraph("Said", style="Intense Quote")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), "ABCD", strict=True):
        cell.text = text
    document.add_page_break()
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    document.add_picture(picture, width=Inches(1))
    file = io.BytesIO()
    document.save(file)

    found = markdown_of(file.getvalue())
    [kept] = found.pictures
    assert found.text == (
        "# Belgium\n\n## Goals\n\nSome **bold**\n\n1. One\n2. Two\n   - Deep\n\n> Said\n\n"
        "| A | B |\n| --- | --- |\n| C | D |\n\n"
        f"![](picture:{kept.sha256})\n"
    )
    assert found.remarks == (
        "1 comment was left out.",
        "1 picture has no description: write what it shows, for whoever can't see it.",
    )
