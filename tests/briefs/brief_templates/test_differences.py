import pytest

from briefs.brief_templates.differences import differences
from briefs.brief_templates.outline_file import read_outline
from tests.briefs.upgrading.versions import FIRST, TRADE, without

CHANGES = [
    ('title = "Desk brief"', 'title = "Paper"', "Paper: called “Desk brief” until now", False),
    ('language = "en"', 'language = "fr"', "Desk brief: language fr instead of en", False),
    ('title = "Goals"', 'title = "Aims"', "Aims: called “Goals” until now", False),
    ('title = "Needs"', 'title = "Wants"', "Wants: called “Needs” until now", False),
    ('"goals/needs"', '"goals/wants"\nwas = "goals/needs"', "Needs: its key was goals/needs", True),
    ('"Needs"', '"Needs"\nguidance = "Look."', "Needs: other guidance", False),
    (
        '"Needs"',
        '"Needs"\nwords = { least = 5, most = 9 }',
        "Needs: words: 5–9 instead of any number",
        False,
    ),
    ('"Needs"', '"Needs"\nsign_offs_needed = 2', "Needs: sign-offs: 2 instead of 1", False),
    ('label = "Past"', 'label = "Then"', "Needs: “Then”: called “Past” until now", True),
    ('key = "past"', 'key = "then"\nwas = "past"', "Needs: “Past”: its key was past", True),
    (
        'label = "Past"\nform = "points"',
        'label = "Past"\nform = "prose"',
        "Needs: “Past”: full sentences instead of points",
        True,
    ),
    (
        'label = "Past"',
        'label = "Past"\nwords = { most = 9 }',
        "Needs: “Past”: words: at most 9 instead of any number",
        False,
    ),
    (
        'label = "Past"',
        'label = "Past"\nparagraphs = { least = 2 }',
        "Needs: “Past”: paragraphs: at least 2 instead of any number",
        False,
    ),
]


def told(old: str, new: str) -> list[tuple[str, bool]]:
    found = differences(read_outline(old), read_outline(new))
    return [(f"{each.place}: {each.sentence}", each.asks_anew) for each in found]


@pytest.mark.parametrize(("old", "new", "sentence", "asks_anew"), CHANGES)
def test_each_change_is_said_in_words(old, new, sentence, asks_anew):
    assert told(FIRST, FIRST.replace(old, new, 1)) == [(sentence, asks_anew)]


def test_what_comes_and_goes_is_said():
    smaller = without(FIRST, '[[part.section.prompt]]\nkey = "past"\n')
    assert told(FIRST, smaller) == [("Needs: no longer asks for “Past”; its text is parked", True)]
    assert told(smaller, FIRST) == [("Needs: asks for “Past” besides", True)]
    assert told(FIRST, FIRST + TRADE) == [("Trade: new section", False)]
    assert told(FIRST + TRADE, FIRST) == [("Trade: this section goes; its text is parked", False)]


def test_an_outline_is_not_otherwise_than_itself():
    assert told(FIRST, FIRST) == []
