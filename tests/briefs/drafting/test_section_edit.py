import re

import pytest
from django.urls import reverse

from accounts.actions import set_plain_text_box
from briefs.models import Section
from briefs.prompts import texts_now
from tests.factories import (
    add_member,
    approve,
    make_brief,
    make_user,
    put_in_review,
    section_of,
    send_back,
    write,
)


@pytest.fixture
def needs(brief):
    return section_of(brief, "goals/needs")


def address(section: Section) -> str:
    return reverse("section_edit", args=[section.brief.slug, section.key])


def test_it_shows_each_prompt_with_its_guidance_and_text(needs, author, signed_in):
    write(needs, author, past="Old ties.")
    page = signed_in(author).get(address(needs)).content.decode()
    assert "Guidance for Past." in page
    assert "Guidance for Future." in page
    assert "Old ties.</textarea>" in page
    assert "2.1" not in page  # the opening has no number, so Goals is part 1
    assert "1.1" in page


def test_a_text_without_a_label_is_named_by_the_heading_alone(brief, author, signed_in):
    page = signed_in(author).get(address(section_of(brief, "opening/preface"))).content.decode()
    form = page[page.index('id="section-form"') : page.index("</form>", page.index("section-form"))]
    assert '<h1 id="section-title" dir="auto">Preface</h1>' in page
    assert 'aria-labelledby="section-title"' in form
    assert "Preface" not in form


def test_what_the_reviewer_asked_for_stands_above_the_text_until_it_is_put_forward_again(
    needs, author, editor, signed_in
):
    send_back(needs, author, editor)
    asked_for = needs.sign_offs.get().comment
    assert asked_for in signed_in(author).get(address(needs)).content.decode()
    put_in_review(needs, author, "Better.")
    assert asked_for not in signed_in(author).get(address(needs)).content.decode()


def test_it_says_what_a_save_does_to_an_approval(needs, author, editor, signed_in):
    approve(needs, author, editor, "Agreed.")
    warning = "it has to be approved anew"
    assert warning in signed_in(author).get(address(needs)).content.decode()
    write(needs, author, "Changed.")
    page = signed_in(author).get(address(needs)).content.decode()
    assert warning not in page
    assert "was approved and has changed since" in page


def test_it_saves_and_says_so(needs, author, signed_in):
    answer = signed_in(author).post(
        address(needs), {"started_from": 0, "text-past": "Words.", "text-future": ""}, follow=True
    )
    assert "Saved as revision 1." in answer.content.decode()
    assert texts_now(needs) == {"past": "Words."}


def test_saving_nothing_new_says_so(needs, author, signed_in):
    write(needs, author, past="Words.")
    answer = signed_in(author).post(
        address(needs), {"started_from": 1, "text-past": "Words."}, follow=True
    )
    assert "Nothing new to save" in answer.content.decode()


def test_a_conflict_shows_both_texts_and_the_next_save_wins_on_purpose(
    needs, author, second_author, signed_in
):
    write(needs, author, past="The port is old.")
    write(needs, author, past="The port is ancient.")
    client = signed_in(second_author)

    answer = client.post(address(needs), {"started_from": 1, "text-past": "The port is modern."})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The port is modern.</textarea>" in page
    assert "The port is ancient." in page
    assert "Ada Author changed the same words." in page
    assert "What Ada Author wrote, revision 2," in page
    assert 'name="started_from" value="2"' in page
    client.post(address(needs), {"started_from": 2, "text-past": "The port is modern."})
    assert texts_now(needs) == {"past": "The port is modern."}


def test_a_conflict_names_who_wrote_these_words_not_who_saved_last(
    needs, author, second_author, editor, signed_in
):
    write(needs, author, past="The port is old.")
    write(needs, author, past="The port is ancient.")
    write(needs, editor, past="The port is ancient.", future="More ships.")
    answer = signed_in(second_author).post(
        address(needs), {"started_from": 1, "text-past": "The port is modern."}
    )
    page = answer.content.decode()
    assert "What Ada Author wrote, revision 2," in page
    assert "What Edith Editor wrote" not in page


def test_a_conflict_with_a_version_that_never_was_names_nobody(needs, author, signed_in):
    write(needs, author, past="The port is old.")
    answer = signed_in(author).post(address(needs), {"started_from": 9, "text-past": "It is new."})
    assert answer.status_code == 409
    assert "What your colleague wrote" in answer.content.decode()


def test_a_merge_names_the_prompt(needs, author, second_author, signed_in):
    write(needs, author, past="The port is old. The road is new.")
    write(needs, author, past="The port is very old. The road is new.")
    answer = signed_in(second_author).post(
        address(needs),
        {"started_from": 1, "text-past": "The port is old. The road is quite new."},
        follow=True,
    )
    assert "joined with yours under: Past." in answer.content.decode()


def test_a_late_save_is_refused_and_its_text_kept_to_copy(needs, author, signed_in):
    put_in_review(needs, author, "Frozen.")
    answer = signed_in(author).post(address(needs), {"started_from": 1, "text-past": "Late words."})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "is in review, so its text" in page
    assert "Late words.</textarea>" in page
    assert texts_now(needs) == {"past": "Frozen."}


def test_too_long_a_text_is_refused_beside_its_field_and_kept(needs, author, signed_in):
    answer = signed_in(author).post(
        address(needs), {"started_from": 0, "text-past": "a" * 70_000, "text-future": "Short."}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "a prompt takes 64 KB at most" in page
    assert "a" * 70_000 in page
    assert "Short.</textarea>" in page


def test_not_known_needs_a_reason(needs, author, signed_in):
    client = signed_in(author)
    answer = client.post(address(needs), {"started_from": 0, "text-past": "Not known:"})
    assert answer.status_code == 422
    assert "Say why it is not known" in answer.content.decode()
    client.post(
        address(needs), {"started_from": 0, "text-past": "Not known: no census since 1990."}
    )
    assert texts_now(needs) == {"past": "Not known: no census since 1990."}


def test_a_form_without_its_version_is_refused(needs, author, signed_in):
    answer = signed_in(author).post(address(needs), {"text-past": "Words."})
    assert answer.status_code == 422
    assert "Words.</textarea>" in answer.content.decode()


def test_a_viewer_reads_and_is_told_why_not_more(needs, author, viewer, signed_in):
    write(needs, author, past="Old **ties**.")
    client = signed_in(viewer)
    page = client.get(address(needs)).content.decode()
    assert "<strong>ties</strong>" in page
    assert all("readonly" in box for box in re.findall("<textarea[^>]*>", page))
    assert "<form" not in page.split("<main", 1)[1].split("</main>")[0]
    assert "can read this brief but not write in it" in page
    assert client.post(address(needs), {"started_from": 1, "text-past": "x"}).status_code == 403
    assert texts_now(needs) == {"past": "Old **ties**."}


def test_a_stranger_finds_nothing(needs, stranger, signed_in):
    client = signed_in(stranger)
    assert client.get(address(needs)).status_code == 404
    assert client.post(address(needs), {"started_from": 0, "text-past": "x"}).status_code == 404


def test_an_unknown_section_is_not_found(brief, author, signed_in):
    missing = reverse("section_edit", args=[brief.slug, "goals/nothing"])
    assert signed_in(author).get(missing).status_code == 404


def test_user_text_is_never_markup(needs, author, viewer, signed_in):
    write(needs, author, past="<script>alert(1)</script> [x](javascript:alert(1))")
    for user in (author, viewer):
        page = signed_in(user).get(address(needs)).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page


def test_its_queries_do_not_grow(
    brief, needs, author, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    client = signed_in(author)
    client.get(address(needs))
    with django_assert_max_num_queries(14) as first:
        client.get(address(needs))
    for number in range(15):
        write(section_of(brief, "goals/needs"), author, past=f"Text {number}.")
    for number in range(10):
        other = make_brief(brief.template, title=f"Country {number}")
        add_member(other, author, "author")
        add_member(brief, make_user(f"Member {number}"), "viewer")
    with django_assert_num_queries(len(first)):
        client.get(address(needs))


def test_the_preview_shows_unsaved_text_and_stores_nothing(needs, author, signed_in):
    preview = reverse("section_preview", args=[needs.brief.slug, needs.key])
    client = signed_in(author)
    page = client.post(preview, {"started_from": 0, "text-past": "Some *new* words."})
    assert "Some <em>new</em> words." in page.content.decode()
    assert texts_now(needs) == {}
    assert client.get(preview).status_code == 405


def test_a_prompt_that_the_request_lacks_is_neither_emptied_nor_shown_empty(
    needs, author, second_author, signed_in
):
    write(needs, author, past="Old.", future="Keep me.")
    write(needs, author, past="Older.")
    answer = signed_in(second_author).post(address(needs), {"started_from": 1, "text-past": "New."})
    assert answer.status_code == 409
    assert "Keep me.</textarea>" in answer.content.decode()


def test_the_preview_of_too_long_a_text_is_refused(needs, author, signed_in):
    preview = reverse("section_preview", args=[needs.brief.slug, needs.key])
    answer = signed_in(author).post(preview, {"started_from": 0, "text-past": "[" * 70_000})
    assert answer.status_code == 422
    assert "a prompt takes 64 KB at most" in answer.content.decode()


def test_the_editor_s_styles_come_by_a_nonce_on_this_page_alone(needs, author, signed_in):
    client = signed_in(author)
    answer = client.get(address(needs))
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"style-src 'self' 'nonce-([^']+)'", policy)
    assert nonce is not None
    assert f'js/section_editor.js" nonce="{nonce[1]}"' in answer.content.decode()
    assert "unsafe-inline" not in policy
    assert "nonce" not in client.get(reverse("home")).headers["Content-Security-Policy"]


def test_no_editor_is_loaded_for_plain_text_boxes(needs, author, signed_in):
    set_plain_text_box(by=author, is_plain=True)
    page = signed_in(author).get(address(needs)).content.decode()
    assert "js/section_plain.js" in page
    assert "section_editor" not in page
    assert 'name="box" value="editor"' in page
