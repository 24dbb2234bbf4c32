"""The numbers fit each other."""

from briefs.collaboration import limits
from briefs.collaboration.closing import CloseCode, sentences
from briefs.document.text import MAX_BRIEF_BYTES, MAX_PROMPT_BYTES
from briefs.live_text.updates import MAX_UPDATE_BYTES


def test_whoever_loses_a_right_is_out_within_three_seconds():
    assert limits.POLL < 3


def test_a_full_section_fits_through_every_limit():
    assert MAX_PROMPT_BYTES < MAX_BRIEF_BYTES < MAX_UPDATE_BYTES < limits.MAX_MESSAGE_BYTES
    assert limits.MAX_MESSAGE_BYTES < limits.MAX_OUTBOX_BYTES
    assert limits.MAX_MESSAGE_BYTES / limits.BYTES_PER_MESSAGE < limits.MESSAGES_AT_ONCE


def test_a_page_that_waits_45_seconds_has_heard_twice():
    assert limits.SILENT_FOR * 2 < 45


def test_every_code_has_a_sentence_and_says_whether_to_try_again():
    assert set(sentences()) == set(CloseCode)
    assert all(sentence.endswith(".") for sentence in sentences().values())
    assert [code for code in CloseCode if code.may_retry] == [4503, 4508, 4510, 4512]
