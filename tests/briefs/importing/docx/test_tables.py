import pytest

from briefs.importing.docx.conversion import markdown_of
from tests.briefs.importing.docx.word_files import paragraph, plain, run, styled, word


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def simple(*rows):
    return table(*(row(*(cell(plain(each)) for each in texts)) for texts in rows))


def found(body, **parts):
    return markdown_of(word(body, **parts))


def test_the_first_row_is_the_head():
    text = found(plain("a") + simple(["Year", "Sum"], ["2024", "a|b"]) + plain("b")).text
    assert text == "a\n\n| Year | Sum |\n| --- | --- |\n| 2024 | a\\|b |\n\nb\n"


def test_bold_in_the_head_goes_without_saying():
    body = table(
        row(cell(paragraph(run("A", "<w:b/>"))), cell(plain("B"))),
        row(cell(paragraph(run("C", "<w:b/>"))), cell(plain(""))),
    )
    assert found(body).text == "| A | B |\n| --- | --- |\n| **C** |  |\n"


def test_short_rows_are_filled_up():
    assert found(simple(["A"], ["B", "C"])).text == "| A |  |\n| --- | --- |\n| B | C |\n"


def test_merged_cells_are_divided_and_that_is_said():
    body = table(
        row(
            cell(plain("A"), properties='<w:gridSpan w:val="2"/>'),
            cell(plain("B"), properties='<w:vMerge w:val="restart"/>'),
        ),
        row(cell(plain("C")), cell(plain("D")), cell(plain(""), properties="<w:vMerge/>")),
    )
    result = found(body)
    assert result.text == "| A |  | B |\n| --- | --- | --- |\n| C | D |  |\n"
    assert result.remarks == (
        "2 merged table cells were divided; their text is in the first of them.",
    )


def test_a_cell_is_one_line_with_the_signs_of_its_lists():
    body = table(
        row(cell(plain("A")), cell(plain("B"))),
        row(
            cell(plain("C"), styled("ListBullet", "D"), styled("ListBullet", "E")),
            cell(paragraph(f"{run('F')}<w:r><w:br/></w:r>{run('G')}")),
        ),
    )
    result = found(body)
    assert result.text.splitlines()[2] == "| C • D • E | F G |"
    assert result.remarks == ("2 table cells with several lines are one line each now.",)


def test_a_table_in_a_table_is_text():
    body = table(
        row(cell(plain("A")), cell(plain("B"))),
        row(cell(plain("C")), cell(simple(["1", "2"], ["3", "4"]))),
    )
    result = found(body)
    assert result.text.splitlines()[2] == "| C | 1 2 3 4 |"
    assert result.remarks == ("1 table within a table is text in its cell now.",)


def test_a_table_that_only_frames_text_is_that_text():
    one = table(row(cell(plain("A"), styled("ListBullet", "B"))))
    result = found(one + plain("C"))
    assert result.text == "A\n\n- B\n\nC\n"
    assert result.remarks == ("1 table that only frames text was read as that text.",)
    laid_out = table(row(cell(styled("Heading2", "Goals")), cell(plain("A"))))
    assert found(laid_out).text == "## Goals\n\nA\n"


def test_a_deleted_row_and_cell_are_left_out():
    body = table(
        row(cell(plain("A")), cell(plain("B"), properties="<w:cellDel/>")),
        row(cell(plain("C")), properties="<w:del/>"),
    )
    result = found(body)
    assert result.text == "| A |  |\n| --- | --- |\n"
    assert result.remarks == ("It has tracked changes: 2 deletions were carried out.",)


def test_rows_and_cells_in_controls_are_read():
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = table(
        control.format(row(cell(plain("A")), control.format(cell(plain("B"))))),
        row(cell(plain("C")), cell(plain("D"))),
    )
    assert found(body).text == "| A | B |\n| --- | --- |\n| C | D |\n"


def test_an_empty_table_is_none():
    assert found(table() + simple(["", ""], ["", ""]) + plain("A")).text == "A\n"


def test_a_table_of_twenty_thousand_rows_is_read():
    text = found(simple(*([["1", "2"]] * 20_000))).text
    assert text.count("\n") == 20_001


def sided(*rows, bidi=""):
    return table(
        *(
            row(
                *(
                    cell(paragraph(run(text), bidi + (f'<w:jc w:val="{jc}"/>' if jc else "")))
                    for text, jc in cells
                )
            )
            for cells in rows
        )
    )


HEAD = [("A", ""), ("B", ""), ("C", "")]


@pytest.mark.parametrize(
    ("rows", "delimiters"),
    [
        ([HEAD, [("1", "left"), ("2", "center"), ("3", "right")]], ":-- | :-: | --:"),
        ([HEAD, [("1", "start"), ("2", "both"), ("3", "end")]], ":-- | --- | --:"),
        ([HEAD, [("1", ""), ("2", "left"), ("3", "")]], "--- | :-- | ---"),
        ([HEAD, [("1", ""), ("2", ""), ("", "")], [("", ""), ("2", "right")]], "--- | --- | ---"),
        ([HEAD, [("1", "right"), ("", ""), ("", "right")]], "--: | --- | ---"),
        ([[("A", "left"), ("B", "left")], [("1", "left"), ("2", "left")]], "--- | ---"),
        ([[("A", "left"), ("B", "left")], [("1", "left"), ("2", "right")]], ":-- | --:"),
        ([[("A", "center"), ("B", "right")]], ":-: | --:"),
    ],
)
def test_a_column_stands_where_its_cells_do(rows, delimiters):
    assert found(sided(*rows)).text.splitlines()[1] == f"| {delimiters} |"


def test_left_and_right_are_turned_in_cells_from_right_to_left():
    body = sided(HEAD, [("1", "left"), ("2", "center"), ("3", "right")], bidi="<w:bidi/>")
    assert found(body).text.splitlines()[1] == "| --: | :-: | :-- |"


def test_a_cell_whose_paragraphs_disagree_stands_nowhere():
    divided = paragraph(run("1"), '<w:jc w:val="right"/>') + plain("2")
    body = table(row(cell(plain("A"))), row(cell(divided)), row(cell(plain("B")), cell(plain(""))))
    assert found(body).text.splitlines()[1] == "| --- | --- |"
