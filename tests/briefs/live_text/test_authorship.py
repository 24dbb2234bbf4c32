import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.live_text.authorship import Run, authorship_at
from briefs.live_text.shared_text import SharedText
from briefs.models import LiveText, Section
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.fixture
def section(brief) -> Section:
    return section_of(brief, KEY)


def test_each_character_is_of_who_typed_it(section, author, second_author):
    type_into(section, author, past="Élan one. three.")
    type_into(section, second_author, past="Élan one. 😀 two. three.")
    type_into(section, author, past="Élan one. 😀 two. four.")
    seq = LiveText.objects.get().seq
    assert authorship_at(section, seq)["past"] == [
        Run(author.pk, "Élan one. "),
        Run(second_author.pk, "😀 two. "),
        Run(author.pk, "four."),
    ]
    assert authorship_at(section, 1)["past"] == [Run(author.pk, "Élan one. three.")]


def test_a_saved_form_is_of_its_sender_word_by_word(section, author, second_author):
    section = write(section, author, past="One two.")
    write(section, second_author, past="One and two.")
    runs = authorship_at(section, section.revisions.get(number=2).log_seq)["past"]
    assert runs == [
        Run(author.pk, "One "),
        Run(second_author.pk, "and "),
        Run(author.pk, "two."),
    ]


WORDS = st.lists(st.sampled_from(["a ", "é ", "😀 ", "\n"]), max_size=6).map("".join)


@given(st.lists(WORDS, max_size=5))
def test_what_is_told_of_each_change_makes_the_text(texts):
    writer, reader = SharedText(["past"]), SharedText(["past"])
    told = b""
    for text in texts:
        for _key, delta in reader.apply_and_tell(writer.put({"past": text})):
            place = 0
            for step in delta:
                new = step.get("insert", "").encode()
                told = told[:place] + new + told[place + step.get("delete", 0) :]
                place += step.get("retain", 0) + len(new)
        assert told.decode() == text == reader.texts()["past"]
