from hypothesis import given
from hypothesis import strategies as st

from briefs.live_text.shared_text import NOTHING, SharedText, merged

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SENTENCES = st.lists(
    st.sampled_from(["One. ", "Two! ", "Drei; ", "quatre\n", "😀 ", "é", "- five\n"]), max_size=8
).map("".join)


def copy_of(text: SharedText) -> SharedText:
    copy = SharedText(text.prompts)
    copy.apply(text.state())
    return copy


@given(TEXT, TEXT)
def test_put_makes_the_prompt_read_so(before, after):
    text = SharedText(["past"])
    text.put({"past": before})
    text.put({"past": after})
    assert text.texts() == {"past": after}


def test_putting_what_is_there_changes_nothing():
    text = SharedText(["past"])
    text.put({"past": "Some words."})
    assert text.put({"past": "Some words."}) == NOTHING


def test_applying_a_change_twice_changes_nothing():
    text, other = SharedText(["past"]), SharedText(["past"])
    change = text.put({"past": "Some words."})
    assert other.apply(change) == change
    assert other.apply(change) == NOTHING


def test_what_others_wrote_between_the_changed_words_stays():
    text = SharedText(["past"])
    text.put({"past": "First sentence. Last sentence."})
    other = copy_of(text)
    change = other.put({"past": "First sentence. A new one. Last sentence."})
    text.put({"past": "First sentence. Last sentence, improved."})
    text.apply(change)
    assert text.texts() == {"past": "First sentence. A new one. Last sentence, improved."}


@given(SENTENCES, st.lists(SENTENCES, min_size=2, max_size=4), st.randoms())
def test_changes_made_apart_give_one_text_in_whatever_order_they_arrive(base, edits, random):
    first = SharedText(["past"])
    first.put({"past": base})
    copies = [copy_of(first) for _ in edits]
    changes = [copy.put({"past": edit}) for copy, edit in zip(copies, edits, strict=True)]
    for copy in copies:
        for change in random.sample(changes, len(changes)):
            copy.apply(change)
    assert len({copy.texts()["past"] for copy in copies}) == 1


@given(SENTENCES, SENTENCES)
def test_the_state_beyond_what_somebody_has_brings_them_up_to_date(before, after):
    text = SharedText(["past"])
    text.put({"past": before})
    behind = copy_of(text)
    text.put({"past": after})
    behind.apply(text.state(beyond=behind.clocks()))
    assert behind.texts() == text.texts()


def test_merged_changes_do_what_they_did_one_after_the_other():
    text, other = SharedText(["past"]), SharedText(["past"])
    changes = [text.put({"past": words}) for words in ("One.", "One. Two.", "Two.")]
    other.apply(merged(changes))
    assert other.texts() == {"past": "Two."}
    assert merged(changes[:1]) == changes[0]
