from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.document.clearance import ANYBODY, ClearanceRule

KINDS = ("desk", "legal", "chief")
rules = st.builds(
    lambda anybody, kinds, in_order: ClearanceRule(
        max(1, anybody + len(kinds)), tuple(kinds), in_order
    ),
    st.integers(0, 3),
    st.lists(st.sampled_from(KINDS), max_size=4),
    st.booleans(),
)
counts = st.dictionaries(st.sampled_from([ANYBODY, *KINDS]), st.integers(0, 4))


def test_one_sign_off_of_anybody_is_the_rule_without_a_rule():
    rule = ClearanceRule()
    assert rule.steps == (ANYBODY,)
    assert rule.to_give({}, ()) == [ANYBODY]


def test_a_kind_is_given_by_who_holds_it():
    rule = ClearanceRule(2, ("legal",))
    assert rule.to_give({}, ()) == [ANYBODY]
    assert rule.to_give({}, {"legal"}) == ["legal"]
    assert rule.to_give({ANYBODY: 1}, ()) == []


def test_in_order_each_waits_for_those_before_it():
    rule = ClearanceRule(2, ("desk", "chief"), in_order=True)
    assert rule.to_give({}, {"chief"}) == []
    assert rule.to_give({"desk": 1}, {"chief"}) == ["chief"]
    assert ClearanceRule(2, ("desk", "chief")).to_give({}, {"chief"}) == ["chief"]


def test_a_kind_too_many_counts_as_anybodys():
    rule = ClearanceRule(2, ("legal",))
    assert rule.missing({"legal": 2}) == []
    assert rule.missing({ANYBODY: 2}) == ["legal"]


@given(rules, counts)
def test_each_sign_off_fills_at_most_one_step(rule, counts_given):
    missing = rule.missing(counts_given)
    assert len(missing) >= len(rule.steps) - sum(counts_given.values())
    assert not Counter(missing) - Counter(rule.steps)
    for kind in KINDS:
        assert missing.count(kind) == max(0, rule.steps.count(kind) - counts_given.get(kind, 0))


@given(rules, st.lists(st.sets(st.sampled_from(KINDS)), min_size=12, max_size=12))
def test_who_may_give_one_brings_the_text_nearer_to_clear(rule, people):
    given_now: Counter[str] = Counter()
    for held in [*people, *[set(KINDS)] * 12]:
        before = len(rule.missing(given_now))
        for kind in rule.to_give(given_now, held):
            after = rule.missing(given_now + Counter([kind]))
            assert len(after) == max(0, before - 1)
        if kinds := rule.to_give(given_now, held):
            given_now[kinds[0]] += 1
    # Whoever holds every kind leaves only steps that nobody in particular may fill.
    assert set(rule.missing(given_now)) <= {ANYBODY}


@pytest.mark.parametrize("in_order", [True, False])
def test_all_steps_are_filled_in_the_end(in_order):
    rule = ClearanceRule(4, ("desk", "legal", "legal"), in_order)
    given_now: Counter[str] = Counter()
    for held in ((), {"desk"}, {"legal"}, {"legal", "chief"}):
        [kind, *_others] = rule.to_give(given_now, held)
        given_now[kind] += 1
    assert rule.missing(given_now) == []
