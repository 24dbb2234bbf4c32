import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.brief_templates.outline_file import (
    SHIPPED_FILE,
    OutlineError,
    digest,
    read_outline,
)
from briefs.document.outline import (
    Outline,
    OutlinePart,
    OutlinePrompt,
    OutlineSection,
    PromptForm,
    Range,
)

SHIPPED = SHIPPED_FILE.read_text("utf-8")
SMALL = """\
key = "small"
title = "Small brief"
language = "en"

[[part]]
key = "opening"

[[part.section]]
key = "opening/preface"
title = "Preface"

[[part.section.prompt]]
key = "body"
form = "prose"

[[part]]
key = "goals"
title = "Goals"

[[part.section]]
key = "goals/needs"
title = "Needs"
guidance = '''
One
sentence.

Another.'''
words = { least = 10 }
sign_offs_needed = 2

[[part.section.prompt]]
key = "list"
label = "What. All of it."
form = "complete_list"
words = { least = 5, most = 50 }
paragraphs = { most = 4 }

[[part.section.prompt]]
key = "why"
label = "Why"
form = "points"
"""
SECTION = '\n[[part.section]]\nkey = "%s"\ntitle = "%s"\n[[part.section.prompt]]\nkey = "a"\n'

MISTAKES = [
    ('title = "Goals"', "title = Goals", "line 18: This can't be read as TOML: Invalid value"),
    ('title = "Small brief"\n', "", "top of the file: “title” is missing."),
    ('title = "Small', 'titel = "Small', "top of the file: “titel” is not a key here; use key,"),
    ('"small"', '"Small"', "top of the file: The key “Small” must be small letters,"),
    ('"en"', '"English"', "top of the file: “language” must be a language tag"),
    ('"opening"\n', '"op--en"\n', "line 5, part 1: The key “op--en” must be"),
    ('"opening"\n', '"' + 51 * "o" + '"\n', "line 5, part 1: “key” has 51 characters; at most 50"),
    ('key = "goals"\n', 'key = "opening"\n', "line 16, part “Goals”: The key “opening” is another"),
    ('title = "Goals"\n', "", "line 16, part 2: Only the first part, the opening, may have no"),
    ('"Goals"', '" "', "line 16, part 2: “title” is empty; write a text or leave the line out."),
    ('"Preface"', "7", "line 8, part 1, section 1: “title” must be a text in quotation marks."),
    ('"Preface"', '""', "line 8, part 1, section 1: “title” is empty"),
    ('"Preface"', '"a\\nb"', "“title” must be one line without control characters."),
    ('"Preface"', '"' + 201 * "x" + '"', "“title” has 201 characters; at most 200 fit."),
    ('title = "Preface"', 'title = "Preface"\nwords = 5', "“words” must be a range such as"),
    ("{ least = 10 }", "{ }", "line 20, part “Goals”, section “Needs”: “words” must be a range"),
    ("{ least = 10 }", "{ min = 1 }", "section “Needs”, “words”: “min” is not a key here; use"),
    ("{ least = 10 }", "{ least = true }", "“words”: “least” must be a whole number from 0 to"),
    ("{ least = 10 }", "{ most = 0 }", "“words”: “most” must be a whole number from 1 to"),
    (
        "{ least = 5, most = 50 }",
        "{ least = 50, most = 5 }",
        "prompt “What. All of it.”, “words”: The range is upside down: least is 50, most is 5.",
    ),
    ("needed = 2", "needed = 0", "“sign_offs_needed” must be a whole number from 1 to 9."),
    ('"goals/needs"', '"opening/preface"', "section “Needs”: The key “opening/preface” is another"),
    ('"goals/needs"', '"goals//needs"', "The key “goals//needs” must be two steps of small"),
    (
        'form = "prose"',
        'form = "poem"',
        "line 12, part 1, section “Preface”, prompt 1: “form” must",
    ),
    ('form = "prose"', "", 'prompt 1: “form” must be one of "prose", "points", "complete_list".'),
    ('label = "Why"\n', 'guidance = ["a"]\n', "line 38, part “Goals”, section “Needs”, prompt 2: "),
    ('label = "Why"', 'label = "what. all OF it."', "There are two prompts “what. all OF it.” in"),
    ('key = "why"', 'key = "list"', "prompt “Why”: The key “list” is another prompt's here."),
    (
        '[[part.section.prompt]]\nkey = "body"\nform = "prose"\n',
        "",
        "line 8, part 1, section “Preface”: There is no [[prompt]] here; at least one is needed.",
    ),
    (
        "[[part.section]]",
        "[[part.sections]]",
        "line 5, part 1: “sections” is not a key here; use key, title, section.",
    ),
    (
        '[[part.section.prompt]]\nkey = "body"\nform = "prose"\n',
        "prompt = [1]\n",
        "section “Preface”: “prompt” must be tables, each under a head of its own.",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), MISTAKES)
def test_a_mistake_is_reported_with_its_place(right, wrong, sentence):
    assert right in SMALL
    with pytest.raises(OutlineError) as caught:
        read_outline(SMALL.replace(right, wrong))
    assert [str(one) for one in caught.value.mistakes if sentence in str(one)] != []
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (SECTION % ("goals/more", "needs"), "There are two sections “needs” in this part."),
        ('\n[[part]]\nkey = "x"\ntitle = "Goals"\n', "There are two parts “Goals”."),
        ('[[part.section.prompt]]\nkey = "x"\n[[part.section.prompt]]\nkey = "y"', "no label"),
        ("\nx = " + 5_000 * "[", "nested too deeply"),
        ("#" * 500 * 1024, "over 500 KB"),
    ],
)
def test_more_that_is_wrong(more, sentence):
    with pytest.raises(OutlineError, match=sentence):
        read_outline(SMALL + more)


@pytest.mark.parametrize("text", ["", 'key = "a"\ntitle = "A"\nlanguage = "en"\npart = []\n'])
def test_a_file_without_parts_is_refused(text):
    with pytest.raises(OutlineError, match=r"There is no \[\[part\]\] here"):
        read_outline(text)


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file():
    text = SMALL.replace("least = 10", "least = -1").replace('"Preface"', '""')
    text = text.replace('form = "points"', "colour = 3").replace('"small"', '"-"')
    with pytest.raises(OutlineError) as caught:
        read_outline(text)
    assert [mistake.line for mistake in caught.value.mistakes] == [None, 8, 20, 38, 38]


def test_a_file_is_read_as_it_says():
    assert read_outline(SMALL) == Outline(
        key="small",
        title="Small brief",
        language="en",
        parts=(
            OutlinePart(
                "opening",
                "",
                (
                    OutlineSection(
                        "opening/preface",
                        "Preface",
                        "",
                        (OutlinePrompt("body", "", PromptForm.PROSE),),
                    ),
                ),
            ),
            OutlinePart(
                "goals",
                "Goals",
                (
                    OutlineSection(
                        "goals/needs",
                        "Needs",
                        "One sentence.\n\nAnother.",
                        (
                            OutlinePrompt(
                                "list",
                                "What. All of it.",
                                PromptForm.COMPLETE_LIST,
                                words=Range(5, 50),
                                paragraphs=Range(None, 4),
                            ),
                            OutlinePrompt("why", "Why", PromptForm.POINTS),
                        ),
                        words=Range(10, None),
                        sign_offs_needed=2,
                    ),
                ),
            ),
        ),
    )


def test_line_ends_and_the_order_of_keys_make_no_other_outline():
    otherwise = SMALL.replace('key = "why"\nlabel = "Why"\n', 'label = "Why"\nkey = "why"\n')
    assert digest(read_outline(otherwise.replace("\n", "\r\n"))) == digest(read_outline(SMALL))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Small brief", "A small brief"),
        ('"en"', '"de"'),
        ("Another.", "Others."),
        ("least = 10", "least = 11"),
        ("needed = 2", "needed = 3"),
        ('"points"', '"prose"'),
        ('"why"', '"why-not"'),
    ],
)
def test_the_digest_follows_every_word(old, new):
    assert digest(read_outline(SMALL.replace(old, new))) != digest(read_outline(SMALL))


def test_the_digest_follows_the_order_of_sections():
    outline = read_outline(SHIPPED)
    turned = dataclasses.replace(outline, parts=outline.parts[::-1])
    assert digest(turned) != digest(outline)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_its_mistakes(data):
    start = data.draw(st.integers(0, len(SMALL)))
    end = data.draw(st.integers(start, min(len(SMALL), start + 30)))
    instead = data.draw(
        st.sampled_from(["", '"', "[[part]]\n", "= 1\n", "\x00", "'''", "{", "é\n"])
    )
    try:
        outline = read_outline(SMALL[:start] + instead + SMALL[end:])
    except OutlineError as error:
        has_said_why = all(mistake.sentence for mistake in error.mistakes) and str(error) != ""
    else:
        has_said_why = all(section.prompts for part in outline.parts for section in part.sections)
    assert has_said_why
