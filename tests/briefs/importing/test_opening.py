import pytest
from django.core.exceptions import ValidationError

from briefs.importing.opening import MAX_WORD_BYTES, check_file_size, open_file
from briefs.importing.source import MAX_BYTES
from tests.briefs.importing.docx.word_files import plain, run, styled, word


def test_markdown_is_text_as_it_is():
    opened = open_file(b"# A\r\n")
    assert (opened.text, opened.is_converted, opened.remarks) == ("# A\n", False, ())


def test_a_word_file_is_told_by_its_bytes_and_becomes_markdown():
    opened = open_file(word(styled("Heading1", "A") + f"<w:p><w:ins>{run('b')}</w:ins></w:p>"))
    assert (opened.text, opened.is_converted) == ("# A\n\nb\n", True)
    assert opened.remarks == ("It has tracked changes: 1 insertion was taken as text.",)


def test_text_of_more_lines_than_a_brief_has_is_refused_from_word_too():
    with pytest.raises(ValidationError, match="more than 50,000 lines"):
        open_file(word(plain("a") * 26_000))


@pytest.mark.parametrize(
    ("beginning", "most"),
    [(b"# A", MAX_BYTES), (b"PK\x03\x04", MAX_WORD_BYTES), (b"", MAX_BYTES)],
)
def test_a_file_may_be_as_large_as_its_kind(beginning, most):
    check_file_size(most, beginning)
    with pytest.raises(ValidationError, match="the most that can be imported is"):
        check_file_size(most + 1, beginning)
