from briefs.brief_templates.table_lines import table_lines

PATH = ("part", "section", "prompt")


def test_tables_are_counted_within_the_table_above_them():
    text = """\
[[part]]
[[part.section]]
[[part.section.prompt]]
[[part.section]]

[[part]]
  [[ part . "section" ]]  # spelt otherwise
[[part.section.prompt]]
[[part.section.prompt]]
"""
    assert table_lines(text, PATH) == {
        (0,): 1,
        (0, 0): 2,
        (0, 0, 0): 3,
        (0, 1): 4,
        (1,): 6,
        (1, 0): 7,
        (1, 0, 0): 8,
        (1, 0, 1): 9,
    }


def test_what_looks_like_a_table_in_a_text_or_a_remark_is_none():
    text = (
        '# [[part]]\na = """\n[[part]]\n\\"""\n[[part]]"""\nb = \'\'\'\n[[part]]\n\'\'\'\n'
        'c = "# \\" """'
        '"\nd = \'x """ y\'\n[[other]]\n[[part]]\n'
    )
    assert table_lines(text, PATH) == {(0,): text.count("\n")}


def test_tables_written_in_line_have_no_line():
    assert table_lines('[[part]]\nsection = [{ key = "a" }]\n', PATH) == {(0,): 1}
