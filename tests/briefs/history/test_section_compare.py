import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from briefs.models import Section
from tests.briefs.live_text.typing import type_into
from tests.factories import approve, write
from tests.pages import seen


def address(section: Section) -> str:
    return reverse("section_compare", args=[section.brief.slug, section.key])


def page_of(client, section: Section, **query) -> str:
    answer = client.get(address(section), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_any_two_are_compared_word_by_word(preface, author, second_author, signed_in):
    write(preface, author, "The port is old.")
    write(preface, author, "The port was old.")
    write(preface, second_author, "The harbour is old.")
    page = page_of(signed_in(author), preface, **{"from": 1, "to": 3})
    assert "From revision 1 by Ada Author," in page
    assert "to revision 3 by Ben Author," in page
    assert "1 word added, 1 removed, in 1 place." in page
    assert "The <del>port</del><ins>harbour</ins> is old." in seen(page)


def test_the_newest_two_are_compared_unless_asked(preface, author, signed_in):
    for text in ("One.", "Two.", "Three."):
        write(preface, author, text)
    page = page_of(signed_in(author), preface)
    assert "<del>Two</del><ins>Three</ins>" in seen(page)


def test_the_first_is_compared_with_the_empty_section(preface, author, signed_in):
    write(preface, author, "One.")
    page = page_of(signed_in(author), preface)
    assert "From the empty section" in page
    assert "<ins>One.</ins>" in seen(page)


def test_what_i_last_approved_is_compared_with_now(preface, author, editor, manager, signed_in):
    approve(preface, author, editor, "Mine.")
    approve(preface, author, manager, "Theirs.")
    write(preface, author, "Now.")
    page = page_of(signed_in(editor), preface, **{"from": "approved"})
    assert "<del>Mine</del><ins>Now</ins>" in seen(page)
    assert re.search(
        r'<option value="1" selected>Revision 1, [^<]*, Ada Author: approved then<', page
    )
    page = page_of(signed_in(editor), preface, **{"from": "cleared"})
    assert "<del>Theirs</del><ins>Now</ins>" in seen(page)


def test_each_choice_says_when_who_and_what_was_decided(
    preface, author, editor, second_author, signed_in
):
    approve(preface, author, editor, "One.")
    write(preface, second_author, "Two.")
    write(preface, author, "One.")
    page = page_of(signed_in(author), preface, **{"from": 0, "to": 3})
    today = date_format(timezone.localdate(), "j M Y")
    assert f'<option value="3" selected>Revision 3, {today}, Ada Author: approved</option>' in page
    assert f'<option value="2">Revision 2, {today}, Ben Author</option>' in page
    assert '<option value="0" selected>The empty section, before anything was written<' in page
    assert "inputmode" not in page


def test_who_approved_nothing_is_told_so(preface, author, signed_in):
    write(preface, author)
    answer = signed_in(author).get(address(preface), {"from": "approved"})
    assert answer.status_code == 422
    assert "You have not approved any text of this section yet." in answer.content.decode()


def test_two_of_the_same_words_say_so(preface, author, signed_in):
    for text in ("One.", "Two.", "One."):
        write(preface, author, text)
    page = page_of(signed_in(author), preface, **{"from": 1, "to": 3})
    assert "Not a word differs." in page


def test_each_prompt_is_compared_under_its_label(needs, author, signed_in):
    write(needs, author, past="Same.", future="Old.")
    write(needs, author, past="Same.", future="New.")
    page = page_of(signed_in(author), needs)
    past, future = page.index(">Past</h2>"), page.index(">Future</h2>")
    assert past < page.index("Same.") < future < page.index("<ins>New</ins>")


def test_long_unchanged_text_is_folded_and_short_text_is_not(preface, author, signed_in):
    long = "word " * 60 + "end."
    write(preface, author, f"{long}\n\n{long}\n\nOld.\n\nShort.")
    write(preface, author, f"{long}\n\n{long}\n\nNew.\n\nShort.")
    page = page_of(signed_in(author), preface)
    assert "2 paragraphs unchanged, 122 words" in page
    assert page.count('<details class="fold">') == 1


@pytest.mark.parametrize("wanted", ["4", "-1", "x", "1.5", "9" * 20])
@pytest.mark.parametrize("side", ["from", "to"])
def test_a_revision_that_is_not_there_is_said_at_its_field(
    side, wanted, preface, author, signed_in
):
    write(preface, author)
    answer = signed_in(author).get(address(preface), {side: wanted})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="{side}-mistake"' in page
    assert "Give a number from 1 to 1." in page


def test_an_empty_section_has_nothing_to_compare(preface, author, signed_in):
    page = page_of(signed_in(author), preface)
    assert "there is nothing to compare" in page


def test_markup_is_shown_not_run(preface, author, signed_in):
    write(preface, author, "<script>alert(1)</script>")
    write(preface, author, "<script>alert(2)</script>")
    page = page_of(signed_in(author), preface)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(<del>1</del><ins>2</ins>" in seen(page)


def test_a_stranger_finds_nothing(preface, stranger, signed_in):
    assert signed_in(stranger).get(address(preface)).status_code == 404


def test_a_viewer_reads_it(preface, author, viewer, signed_in):
    write(preface, author)
    page_of(signed_in(viewer), preface)


def test_it_is_only_read(preface, author, signed_in):
    assert signed_in(author).post(address(preface)).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_history(preface, author, signed_in):
    for number in range(10):
        write(preface, author, f"Text {number}.")
    client = signed_in(author)
    page_of(client, preface)
    with CaptureQueriesContext(connection) as few:
        page_of(client, preface, **{"from": 1})
    for number in range(190):
        write(preface, author, f"More {number}.")
    with CaptureQueriesContext(connection) as many:
        page_of(client, preface, **{"from": 1})
    assert len(many) == len(few)


def test_what_is_typed_now_is_compared(preface, author, viewer, signed_in):
    write(preface, author, "The port is old.")
    type_into(preface, author, body="The harbour is old.")
    client = signed_in(viewer)
    page = page_of(client, preface, **{"from": 1, "to": "typed"})
    assert "to what is typed now, which is in no revision yet:" in page
    assert "1 word added, 1 removed, in 1 place." in page
    assert "The <del>port</del><ins>harbour</ins> is old." in seen(page)
    assert '<option value="typed" selected>What is typed now, in no revision yet</option>' in page
    assert preface.revisions.count() == 1
    type_into(preface, author, body="The quay is old.")
    page = page_of(client, preface, **{"from": 1, "to": "typed"})
    assert "<del>port</del><ins>quay</ins>" in seen(page)


def test_a_comparison_of_revisions_says_that_more_is_typed(preface, author, viewer, signed_in):
    write(preface, author, "One.")
    write(preface, author, "Two.")
    type_into(preface, author, body="Three.")
    page = page_of(signed_in(viewer), preface)
    assert "<del>One</del><ins>Two</ins>" in seen(page)
    assert "Text was typed since revision 2 that is in no revision yet." in page
    assert "?from=2&amp;to=typed" in page
    assert '<option value="typed">What is typed now, in no revision yet</option>' in page


def test_all_that_is_typed_may_be_that_everything_went(preface, author, viewer, signed_in):
    write(preface, author, "One.")
    type_into(preface, author, body="")
    page = page_of(signed_in(viewer), preface, **{"from": 1, "to": "typed"})
    assert "<del>One.</del>" in seen(page)


def test_what_is_typed_before_any_revision_is_compared_with_nothing(
    preface, author, viewer, signed_in
):
    type_into(preface, author, body="First words.")
    page = page_of(signed_in(viewer), preface)
    assert "From the empty section" in page
    assert "<ins>First words.</ins>" in seen(page)


def test_what_was_typed_and_has_a_number_by_now_is_that_revision(
    preface, author, viewer, signed_in
):
    write(preface, author, "One.")
    write(preface, author, "Two.")
    page = page_of(signed_in(viewer), preface, **{"from": 1, "to": "typed"})
    assert "to revision 2 by Ada Author," in page
    assert "<del>One</del><ins>Two</ins>" in seen(page)
    assert "What is typed now" not in page


def test_nothing_is_compared_from_what_is_typed(preface, author, viewer, signed_in):
    write(preface, author, "One.")
    type_into(preface, author, body="Two.")
    answer = signed_in(viewer).get(address(preface), {"from": "typed"})
    assert answer.status_code == 422
    assert "There is no revision “typed”." in answer.content.decode()


def test_of_very_many_the_newest_and_the_chosen_are_listed(preface, author, signed_in, monkeypatch):
    monkeypatch.setattr("briefs.history.views.MOST_LISTED", 2)
    for number in range(5):
        write(preface, author, f"The port is {number} years old.")
    page = page_of(signed_in(author), preface, **{"from": 1, "to": 5})
    listed = {int(each) for each in re.findall(r'<option value="(\d+)"', page)}
    assert listed - {0} == {1, 4, 5}
