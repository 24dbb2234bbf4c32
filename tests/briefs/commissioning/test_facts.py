"""The cover's facts as text and back: saving them unchanged changes nothing."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from briefs.commissioning.actions import BriefData, brief_data, change_brief, create_brief
from briefs.commissioning.facts import (
    LONGEST_FACT,
    MOST_FACTS,
    check_facts,
    read_facts,
    tidy_fact,
    write_facts,
)
from briefs.commissioning.forms.brief import BriefForm, initial_of
from briefs.document.front_matter import write_pair
from briefs.importing.header import read_front_matter
from briefs.models import Brief

HALF = st.text(st.one_of(st.sampled_from(":\\ \n\r\t\"'-"), st.characters()), max_size=30)
FACTS = st.lists(st.tuples(HALF, HALF), max_size=5)


@given(FACTS)
def test_facts_that_the_cover_takes_are_read_as_they_were_written(facts):
    tidy = [list(tidy_fact(*fact)) for fact in facts]
    tidy = [fact for fact in tidy if all(fact)]
    check_facts(tidy)
    assert read_facts(write_facts(tidy)) == tidy


@given(FACTS)
def test_what_an_import_stores_is_saved_unchanged_by_the_form(facts):
    lines = ["---", "facts:", *(f"  - {write_pair(*fact)}" for fact in facts), "---", ""]
    imported = [list(fact) for fact in read_front_matter(lines).header.facts]
    assume(imported)
    shown = initial_of(BriefData(title="Belgium", subject="Belgium", facts=imported))
    form = BriefForm({**shown, "date": ""})
    assert form.is_valid(), form.errors
    assert form.brief_data.facts == imported


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("Capital: Brussels", ["Capital", "Brussels"]),
        (" Time :UTC+1: summer ", ["Time", "UTC+1: summer"]),
        (r"Ratio 1\:2: yes", ["Ratio 1:2", "yes"]),
        (r"AC\DC: a band", [r"AC\DC", "a band"]),
        (r"Ends in a stroke\\: yes", ["Ends in a stroke\\", "yes"]),
        ("A: two\u2028lines", ["A", "two\u2028lines"]),
    ],
)
def test_a_line_is_a_label_a_colon_and_a_value(line, fact):
    assert read_facts(line) == [fact]
    assert read_facts(write_facts([fact])) == [fact]


@pytest.mark.parametrize("line", ["Brussels", ": Brussels", "Capital:", r"Capital\: Brussels"])
def test_a_line_without_both_is_refused(line):
    with pytest.raises(ValidationError, match="as a label, a colon and a value"):
        read_facts(line)


def test_a_fact_with_an_unseen_character_is_refused():
    with pytest.raises(ValidationError, match=r"U\+0007"):
        read_facts("Capital: Bru\x07ssels")


def test_the_limits_are_of_what_the_cover_shows():
    longest = ["a:b", "c" * (LONGEST_FACT - 5)]
    assert read_facts(write_facts([longest] * MOST_FACTS)) == [longest] * MOST_FACTS
    for facts in ([["a", "b"]] * (MOST_FACTS + 1), [[longest[0], longest[1] + "c"]]):
        with pytest.raises(ValidationError, match="fit on the cover"):
            check_facts(facts)


def test_no_way_in_goes_past_the_limits(template, brief, manager):
    too_many = [["a", "b"]] * (MOST_FACTS + 1)
    with pytest.raises(ValidationError) as refused:
        create_brief(BriefData("Estonia", "Estonia", facts=too_many), template, by=None)
    assert "facts" in refused.value.message_dict
    with pytest.raises(ValidationError, match="fit on the cover"):
        change_brief(brief, BriefData("Belgium", "Belgium", facts=too_many), by=manager)
    assert not Brief.objects.get().facts


def test_a_label_with_a_colon_survives_saving_the_data_unchanged(brief, manager, signed_in):
    Brief.objects.update(facts=[["Time: summer", "UTC+2"]])
    shown = initial_of(brief_data(Brief.objects.get()))
    said = {**shown, "date": "", "marking": "Official"}
    signed_in(manager).post(reverse("brief_change", args=[brief.slug]), said)
    brief = Brief.objects.get()
    assert (brief.marking, brief.facts) == ("Official", [["Time: summer", "UTC+2"]])
