import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from briefs.history.replay import MOST_STEPS, _one_change, steps_of
from briefs.models import LiveEdit, Section
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.fixture
def section(brief, author, second_author) -> Section:
    section = write(section_of(brief, KEY), author, past="One. 😀 Three.")
    type_into(section, second_author, past="One. Two. 😀 Three.")
    return write(section, author, future="More.")


def page(client, section: Section):
    return client.get(reverse("section_replay", args=[section.brief.slug, section.key]))


def replayed(steps) -> dict[str, str]:
    texts: dict[str, bytes] = {}
    for step in steps:
        for key, (start, end, insert) in step["changes"].items():
            before = texts.get(key, b"")
            texts[key] = before[: 2 * start] + insert.encode("utf-16-le") + before[2 * end :]
    return {key: text.decode("utf-16-le") for key, text in texts.items()}


def test_section_replay_goes_from_the_first_word_to_the_text_now(section):
    steps = steps_of(section)
    assert [(step["name"], step["revision"]) for step in steps] == [
        ("Ada Author", 1),
        ("Ben Author", 2),
        ("Ada Author", 3),
    ]
    assert replayed(steps) == {"past": "One. Two. 😀 Three.", "future": "More."}
    assert steps[1]["changes"] == {"past": (5, 5, "Two. ")}


def test_section_replay_joins_what_one_person_types_without_a_pause(section, author):
    for number in range(5):
        type_into(section, author, future="More." + "." * number)
    assert len(steps_of(section)) == 4


def test_section_replay_of_a_long_log_has_longer_steps(section, author):
    for number in range(4):
        type_into(section, author, past="x" * number)
    head = section.live_text
    start = LiveEdit.objects.latest("pk").at
    empty = b"\x00\x00"
    LiveEdit.objects.bulk_create(
        LiveEdit(live_text=head, seq=head.seq + 5 + number, user=author, update=empty)
        for number in range(MOST_STEPS + 50)
    )
    for number, edit in enumerate(LiveEdit.objects.order_by("seq")):
        edit.at = start + dt.timedelta(seconds=8 * number)
        edit.save(update_fields=["at"])
    steps = steps_of(section)
    assert len(steps) <= MOST_STEPS
    assert replayed(steps)["past"] == "xxx"


def test_section_replay_of_a_section_without_text_says_so(brief, viewer, signed_in):
    html = page(signed_in(viewer), section_of(brief, KEY)).content.decode()
    assert "Nothing was written here" in html


def test_section_replay_keeps_hostile_words_out_of_the_page(section, author, viewer, signed_in):
    write(section, author, past="</script><script>alert(1)</script>")
    assert "<script>alert" not in page(signed_in(viewer), section).content.decode()


def test_section_replay_by_a_stranger_is_not_found(section, stranger, signed_in):
    assert page(signed_in(stranger), section).status_code == 404


@given(st.text(max_size=12), st.text(max_size=12))
def test_one_change_makes_one_text_of_the_other(before, after):
    start, end, insert = _one_change(before, after)
    old = before.encode("utf-16-le")
    new = old[: 2 * start] + insert.encode("utf-16-le") + old[2 * end :]
    assert new.decode("utf-16-le") == after
