import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.commissioning.people import remove_member
from briefs.models import Section
from briefs.review.actions import approve_section, request_review, withdraw_review
from tests.factories import approve, put_in_review, section_of, send_back, write
from tests.pages import seen


def address(section: Section) -> str:
    return reverse("section_review", args=[section.brief.slug, section.key])


def page_of(client, section: Section, **query) -> str:
    """The page's words: one blank between any two."""
    return " ".join(client.get(address(section), query).content.decode().split())


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("role", ["viewer", "author", "editor", "manager", "superuser"])
def test_everybody_who_sees_the_brief_reads_it(role, preface, author, signed_in, request):
    put_in_review(preface, author, "The words.")
    assert "The words." in page_of(signed_in(request.getfixturevalue(role)), preface)


def test_a_stranger_finds_nothing(preface, author, stranger, signed_in):
    put_in_review(preface, author)
    assert signed_in(stranger).get(address(preface)).status_code == 404


def test_a_section_that_is_not_there_is_not_found(brief, editor, signed_in):
    assert signed_in(editor).get(f"/briefs/{brief.slug}/review/no/such/").status_code == 404


def test_it_is_only_read(preface, editor, signed_in):
    assert signed_in(editor).post(address(preface)).status_code == 405


def test_it_says_what_waits_and_who_asked(preface, author, editor, signed_in):
    put_in_review(preface, author)
    page = page_of(signed_in(editor), preface)
    assert "Revision 1 waits for a decision. Ada Author asked for it on" in page
    assert "so all of it is to be read" in page


def test_the_buttons_say_what_they_will_do(preface, author, editor, signed_in):
    put_in_review(preface, author)
    page = page_of(signed_in(editor), preface)
    assert "Approve revision 1</button>" in page
    assert "The section is then approved." in page
    assert "2 sections of Belgium then remain to be approved." in page
    assert 'aria-disabled="true" aria-describedby="withdraw-refusal"' in page


def test_the_last_section_makes_the_brief_clear(brief, preface, author, editor, signed_in):
    for key in ("goals/needs", "goals/health"):
        approve(section_of(brief, key), author, editor)
    put_in_review(preface, author)
    page = page_of(signed_in(editor), preface)
    assert "It is the last one: Belgium is then clear." in page


def test_it_says_which_of_two_sign_offs_this_is(strict, author, editor, manager, signed_in):
    put_in_review(strict, author)
    assert "1 more sign-off is needed then" in page_of(signed_in(editor), strict)
    client = signed_in(editor)
    client.post(reverse("review_approve", args=[strict.brief.slug, strict.key]), {"revision": 1})
    assert "Yours is the last of 2 sign-offs" in page_of(signed_in(manager), strict)
    assert "You have approved this text already." in page_of(client, strict)


def test_a_writer_is_told_why_somebody_else_approves(preface, editor, signed_in):
    put_in_review(preface, editor)
    page = page_of(signed_in(editor), preface)
    assert 'type="button" aria-disabled="true" aria-describedby="approve-refusal"' in page
    assert "You wrote in this section since it was last approved" in page
    assert 'aria-describedby="request-changes-refusal"' not in page


def test_an_author_is_told_who_decides(preface, author, signed_in):
    put_in_review(preface, author)
    page = page_of(signed_in(author), preface)
    assert page.count("Only editors and managers of this brief decide on a review.") == 2
    assert 'id="comment"' not in page
    assert 'aria-describedby="withdraw-refusal"' not in page


@pytest.mark.parametrize(
    ("reader", "order"),
    [
        ("author", ["withdraw", "approve", "request-changes"]),
        ("editor", ["approve", "request-changes", "withdraw"]),
        ("manager", ["request-changes", "withdraw", "approve", "override"]),
    ],
)
def test_what_the_reader_may_do_comes_first(
    reader, order, preface, author, manager, signed_in, request
):
    write(preface, manager, "Words.")
    put_in_review(preface, author, "More words.")
    page = page_of(signed_in(request.getfixturevalue(reader)), preface)
    assert re.findall(r'<button class="btn[^>]* id="([a-z-]+)"', page) == order


def test_it_says_whose_sign_off_has_ceased_to_count(strict, author, editor, manager, signed_in):
    put_in_review(strict, author)
    approve_section(strict, by=editor, revision=1)
    assert "1 of the 2 sign-offs needed is given." in page_of(signed_in(author), strict)
    remove_member(strict.brief.memberships.get(user=editor), by=manager)
    page = page_of(signed_in(manager), strict)
    assert "0 of the 2 sign-offs needed are given." in page
    assert (
        "The sign-off of Edith Editor does not count: "
        "Edith Editor no longer decides on reviews in this brief."
    ) in page
    assert "Approved by Edith Editor, no longer counts" in page
    assert "1 more sign-off is needed then" in page


def test_it_says_that_the_giver_wrote_afterwards(strict, author, editor, manager, signed_in):
    put_in_review(strict, author, "Words.")
    approve_section(strict, by=editor, revision=1)
    withdraw_review(strict, by=author, revision=1)
    write(strict, editor, "Mine.")
    put_in_review(strict, author, "Words.")
    assert "Edith Editor wrote in the section afterwards." in page_of(signed_in(manager), strict)


def test_who_was_asked_for_changes_and_changed_nothing_is_seen(
    preface, author, editor, manager, signed_in
):
    section = send_back(preface, author, editor)
    page = page_of(signed_in(author), preface)
    assert "The text is as it was when Edith Editor requested changes." in page
    request_review(section, by=author, revision=1)
    page = page_of(signed_in(manager), preface)
    assert (
        "The text is as it was when Edith Editor requested changes:"
        ' <q dir="auto">Give the source.</q>'
    ) in page
    withdraw_review(section, by=author, revision=1)
    put_in_review(preface, author, "With a source.")
    assert "requested changes" not in main_of(page_of(signed_in(manager), preface))


# What is compared.


def test_it_compares_with_what_i_last_approved(preface, author, editor, manager, signed_in):
    approve(preface, author, editor, "One two three.")
    approve(preface, author, manager, "One two three four.")
    put_in_review(preface, author, "One two three four five.")
    page = page_of(signed_in(editor), preface)
    assert "Since you approved revision 1: 2 words added, 0 removed, in 1 place." in page
    assert "<ins> four five</ins>" in seen(page)


def test_who_approved_nothing_compares_with_what_was_last_approved(
    preface, author, editor, manager, signed_in
):
    approve(preface, author, editor, "One two three.")
    put_in_review(preface, author, "One two.")
    page = page_of(signed_in(manager), preface)
    assert "Since revision 1: 0 words added, 1 removed, in 1 place." in page
    assert "<del> three</del>" in seen(page)
    assert "Revision 1, last approved" in page


def test_it_compares_with_any_revision_asked_for(preface, author, editor, signed_in):
    approve(preface, author, editor, "One.")
    write(preface, author, "One. Two.")
    put_in_review(preface, author, "One. Two. Three.")
    client = signed_in(editor)
    assert "Since revision 2: 1 word added" in page_of(client, preface, **{"from": 2})
    whole = page_of(client, preface, **{"from": 0})
    assert "You see all of the text." in whole
    assert "<ins>" not in seen(main_of(whole))


@pytest.mark.parametrize("wanted", ["99", "-1", "x", "1" * 30, "²"])
def test_a_revision_that_is_not_there_is_said_so(wanted, preface, author, editor, signed_in):
    put_in_review(preface, author)
    answer = signed_in(editor).get(address(preface), {"from": wanted})
    assert answer.status_code == 422
    assert "Give a number from 1 to 1." in answer.content.decode()


def test_text_that_changed_back_is_shown_as_it_reads(preface, author, editor, signed_in):
    approve(preface, author, editor, "One.")
    write(preface, author, "Two.")
    write(preface, author, "One.")
    page = page_of(signed_in(editor), preface)
    assert "Revision 3 is approved: these very words are signed off." in page
    assert '<p dir="auto">One.</p>' in page
    assert "Approved by Edith Editor, " in page
    assert ", as revision 1" in page


# When nothing is in review.


def test_an_empty_section_says_that_there_is_nothing(preface, author, signed_in):
    page = page_of(signed_in(author), preface)
    assert "there is nothing to review" in page
    assert "There is nothing to review yet. Write something first." in page


def test_a_draft_offers_to_ask(preface, author, viewer, signed_in):
    write(preface, author)
    page = page_of(signed_in(author), preface)
    assert "Nobody has asked for review yet." in page
    assert '<input type="hidden" name="revision" value="1">' in page
    assert "Revision 1 is put forward as it stands." in page
    assert "You can read this brief but not write in it." in page_of(signed_in(viewer), preface)


def test_what_was_sent_back_shows_the_comment(preface, author, editor, signed_in):
    send_back(preface, author, editor)
    page = page_of(signed_in(author), preface)
    assert "Edith Editor sent revision 1 back:" in page
    assert page.count("Give the source.") == 2


def test_a_lapsed_sign_off_says_that_it_no_longer_counts(preface, author, editor, signed_in):
    approve(preface, author, editor, "One.")
    write(preface, author, "Two.")
    page = page_of(signed_in(author), preface)
    assert "The text has changed since it was approved" in page
    assert "Approved by Edith Editor, no longer counts" in page


def test_markup_in_a_text_or_a_comment_is_shown_not_run(preface, author, editor, signed_in):
    section = approve(preface, author, editor, "<b>One</b>")
    section = write(section, author, "<script>two</script>")
    request_review(section, by=author, revision=2)
    main = main_of(page_of(signed_in(editor), preface))
    assert "<script>" not in main
    assert "&lt;" in main


def test_the_number_of_queries_does_not_grow_with_the_history(
    preface, author, editor, manager, signed_in
):
    approve(preface, author, editor, "Text 0.")
    for number in range(9):
        write(preface, author, f"Text {number + 1}.")
    client = signed_in(editor)
    page_of(client, preface)
    with CaptureQueriesContext(connection) as few:
        page_of(client, preface)
    for number in range(190):
        write(preface, author if number % 2 else manager, f"More {number}.")
    with CaptureQueriesContext(connection) as many:
        page_of(client, preface)
    assert len(many) == len(few)
    assert len(few) < 33


LONG = "Exports to the region fell by five percent in the last year of the plan."
MIDDLE = "Something else stands between the two, and it is a paragraph of some length, too."


def test_changes_are_shown_as_they_are_read_and_as_they_were_typed(
    preface, author, editor, signed_in
):
    approve(preface, author, editor, f"{MIDDLE} **Old** ties.")
    put_in_review(preface, author, f"{MIDDLE} **New** ties.")
    client = signed_in(editor)
    read = page_of(client, preface)
    assert "<del><strong>Old</strong></del>" in read
    typed = client.get(address(preface), {"as": "source"}).text
    assert "**<span" in typed
    assert "<strong>" not in typed.split("diff", 1)[1].split("</article>")[0]


def test_a_paragraph_that_moved_is_said_to_have_moved(preface, author, editor, signed_in):
    approve(preface, author, editor, f"{LONG}\n\n{MIDDLE} {MIDDLE}")
    put_in_review(preface, author, f"{MIDDLE} {MIDDLE}\n\n{LONG}")
    page = page_of(signed_in(editor), preface)
    assert "Moved here from further up:" in page
    assert "A paragraph stood here; it is further down now." in page


def test_marks_typed_in_another_way_are_said_to_read_the_same(preface, author, editor, signed_in):
    approve(preface, author, editor, "Old *ties* hold.")
    put_in_review(preface, author, "Old _ties_ hold.")
    assert "It reads the same" in page_of(signed_in(editor), preface)


def test_each_change_can_be_commented_on(preface, author, editor, signed_in):
    approve(preface, author, editor, "Old ties hold here.")
    put_in_review(preface, author, "Old ties break here.")
    client = signed_in(editor)
    page = page_of(client, preface)
    found = re.search(r'href="(/[^"]*commenting[^"]*quote=[^"]*)"', page)
    assert found
    link = found[1].replace("&amp;", "&")
    form = client.get(link).context["comment_form"]
    assert form.initial == {"prompt_key": "body", "quote": "Old ties break here."}


def test_the_next_section_in_review_is_a_link(preface, brief, author, editor, signed_in):
    put_in_review(preface, author, "Words.")
    client = signed_in(editor)
    assert "Next section in review" not in page_of(client, preface)
    other = put_in_review(section_of(brief, "goals/health"), author, "Words.")
    assert "Next section in review: Health" in page_of(client, preface)
    assert "Next section in review: Preface" in page_of(client, other)


def test_what_somebody_typed_is_no_markup_among_changes(preface, author, editor, signed_in):
    approve(preface, author, editor, "Hello <script>alert(1)</script> there, said the office.")
    put_in_review(preface, author, "Hello <img src=x onerror=a()> there, said the office.")
    page = page_of(signed_in(editor), preface)
    assert "<img src=x" not in page
    assert "<script>alert" not in page
