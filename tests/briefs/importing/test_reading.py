"""The seed, and the same brief in every other style: the same words under the same prompts."""

import re

import pytest
from django.core.exceptions import ValidationError

from briefs.document.tree import LooseKind
from briefs.importing.reading import read_brief, read_file
from briefs.importing.report import Fate, OddityKind
from tests.briefs.importing.seed import outline, seed, words_by_prompt
from tests.briefs.importing.stored import OUTLINE

OUTLINE_SHIPPED = outline()
SEED = read_brief(seed(), OUTLINE_SHIPPED)


def lines_of(reading, kind):
    return [oddity.line for oddity in reading.oddities if oddity.kind is kind]


def test_the_seed_loses_and_parks_nothing():
    fates = dict(enumerate(SEED.fates, start=1))
    assert [line for line, fate in fates.items() if fate is Fate.SET_ASIDE] == [30, 38, 180]
    assert SEED.counts()["parked"] == 0
    filled = [line for line, text in enumerate(seed().split("\n"), start=1) if text.strip()]
    assert [line for line, fate in fates.items() if fate] == filled
    assert len(SEED.found) == 40
    assert not SEED.own_sections


def test_every_prompt_of_the_template_gets_its_text_from_the_seed():
    asked = {
        (section.key, prompt.key)
        for part in OUTLINE_SHIPPED.parts
        for section in part.sections
        for prompt in section.prompts
    }
    assert set(words_by_prompt(SEED)) == asked


def test_the_answers_of_the_seed_hold_its_words_once():
    source = [
        word
        for text, fate in zip(seed().split("\n"), SEED.fates, strict=True)
        if fate is Fate.ANSWER
        for word in re.findall(r"\w+", text)
    ]
    landed = [word for answer in SEED.answers for word in re.findall(r"\w+", answer.text)]
    labels = {
        word
        for part in OUTLINE_SHIPPED.parts
        for section in part.sections
        for prompt in section.prompts
        for word in re.findall(r"\w+", prompt.label)
    }
    gone = list(source)
    for word in landed:
        gone.remove(word)
    assert set(gone) <= labels


def test_a_label_of_the_seed_leaves_ordinary_markdown():
    texts = {(answer.section, answer.prompt): answer.text for answer in SEED.answers}
    trade = texts["strategic-importance/economy", "trade"]
    assert [line[:2] for line in trade.split("\n")] == ["- "] * 3
    assert not texts["policy-goals/public-health", "assessment"].startswith(("-", "*"))
    assert "\n    1.  **" in texts["policy-goals/proposal", "body"]


def test_the_oddities_of_the_seed_are_named_with_their_lines():
    assert lines_of(SEED, OddityKind.FRONT_MATTER) == [2, 8]
    assert lines_of(SEED, OddityKind.GUIDANCE) == [30, 38]
    assert lines_of(SEED, OddityKind.AUTHORS_NOTE) == [180]
    assert lines_of(SEED, OddityKind.TYPED_NUMBER) == [48, 89, 123, 178, 186, 198]
    assert lines_of(SEED, OddityKind.HEADING_LEVEL) == [178, 186]
    assert lines_of(SEED, OddityKind.BOLD_HEADING)[:2] == [36, 50]
    assert SEED.header.title == "Belgium"


def no_fences(text):
    """Without front matter and fences."""
    body = text[text.index("# **Belgium") :]
    return "\n".join(line for line in body.split("\n") if line != "---")


def bold_as_heading(text, level="###"):
    return re.sub(r"^\*\*([^*]+?):?\*\*$", rf"{level} \1", text, flags=re.MULTILINE)


def labels_as_headings(text):
    """Each label that stands alone becomes a heading, and its list moves left."""
    lines = []
    for line in bold_as_heading(text).split("\n"):
        label = re.fullmatch(r"- \*\*([^*]+?):?\*\*", line)
        lines += ["", f"#### {label[1]}", ""] if label else [line]
    text = "\n".join(lines)
    return re.sub(r"^  - ", "- ", text, flags=re.MULTILINE)


def labels_as_paragraphs(text):
    return re.sub(r"^- (\*\*[^*]+?:\*\*) (.*)$", r"\n\1 \2\n", text, flags=re.MULTILINE)


def underlined_parts(text):
    return re.sub(r"^## (\d\. .*)$", r"\1\n-------", text, flags=re.MULTILINE)


def last_section_first(text):
    """The sections of the last part in the opposite order."""
    head, mark, body = text.partition("## 4. Policy Goals\n")
    sections = re.split(r"(?=^\*\*[^*]+\*\*$)", body.replace("\n---\n", "\n"), flags=re.MULTILINE)
    return head + mark + "\n" + "\n".join(reversed(sections[1:]))


def flat(text):
    """No parts at all; every section is a heading of one level."""
    text = bold_as_heading(no_fences(text), "##")
    text = re.sub(r"^### \**(.*?)\**$", r"## \1", text, flags=re.MULTILINE)
    gone = {f"## {n}. {part.title}" for n, part in enumerate(OUTLINE_SHIPPED.parts)}
    return "\n".join(line for line in text.split("\n") if line not in gone)


STYLES = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no front matter, no fences": no_fences,
    "tabs": lambda text: text.replace("\n  - ", "\n\t-\t").replace("\n- ", "\n-\t"),
    "four blanks": lambda text: text.replace("\n  - ", "\n    - "),
    "wide bullets": lambda text: text.replace("\n  - ", "\n    -   ").replace("\n- ", "\n-   "),
    "asterisks": lambda text: re.sub(r"^( *)- ", r"\1* ", text, flags=re.MULTILINE),
    "plus signs": lambda text: re.sub(r"^( *)- ", r"\1+ ", text, flags=re.MULTILINE),
    "other quotes and hyphens": lambda text: text.replace("’", "'").replace("\u2011", "-"),
    "no colons": lambda text: text.replace(":**", "**"),
    "colons outside": lambda text: text.replace(":**", "**:"),
    "underscores": lambda text: re.sub(r"\*\*([^*\n]+?:)\*\*", r"__\1__", text),
    "one level deeper": lambda text: re.sub(r"^#", "##", text, flags=re.MULTILINE),
    "headings for bold lines": bold_as_heading,
    "headings for labels": labels_as_headings,
    "paragraphs for labels": labels_as_paragraphs,
    "underlined headings": underlined_parts,
    "numbered lines": lambda text: re.sub(r"^## (\d\. .*)$", r"\1", text, flags=re.MULTILINE),
    "numbers without points": lambda text: re.sub(
        r"^## (\d)\. ", r"## \1 ", text, flags=re.MULTILINE
    ),
    "parts by name": lambda text: re.sub(
        r"^## (\d)\. (?=[OSCP])", r"## Part \1: ", text, flags=re.MULTILINE
    ),
    "parts by name and dash": lambda text: re.sub(
        r"^## (\d)\. (?=[OSCP])", "## Part \\1 \u2013 ", text, flags=re.MULTILINE
    ),
    "a heading for the opening": lambda text: text.replace(
        "### **Preface**", "## I. Opening\n\n### Preface"
    ),
    "labels in italics": lambda text: re.sub(r"\*\*([^*\n]+?:)\*\* ", r"*\1* ", text),
    "capitals": lambda text: re.sub(
        r"^(#.*|\*\*.*\*\*)$", lambda match: match[0].upper(), text, flags=re.MULTILINE
    ).replace('TITLE: "', 'title: "'),
    "opposite order": last_section_first,
    "no parts": flat,
    "renamed": lambda text: (
        text.replace("**Country Profile:**", "**Country Profiles**")
        .replace("Immigration to USA Report", "Immigration to the USA: Report")
        .replace("**Security & Defense:**", "**Security and Defence:**")
        .replace("- **Assessment:**", "- **Assessments:**")
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_the_same_brief_in_another_style_lands_the_same(style):
    source = STYLES[style](seed())
    assert source != seed()
    reading = read_brief(source, OUTLINE_SHIPPED)
    assert words_by_prompt(reading) == words_by_prompt(SEED)
    assert reading.counts()["parked"] == 0
    assert reading.counts()["set_aside"] == 3
    assert not reading.own_sections
    assert sorted(reading.found) == sorted(SEED.found)


def read(text):
    return read_brief(text, OUTLINE)


def texts(reading):
    return {(answer.section, answer.prompt): answer.text for answer in reading.answers}


def kinds(reading):
    return [oddity.kind for oddity in reading.oddities]


def test_an_unknown_heading_becomes_a_section_behind_the_one_before_it():
    reading = read("# B\n\n## Goals\n\n### Public Health\n\nA.\n\n### 2.7 Football\n\nBall.\n")
    [own] = reading.own_sections
    assert (own.title, own.part, own.after) == ("Football", "goals", "goals/health")
    assert (own.text, own.line) == ("Ball.", 9)
    assert kinds(reading) == [OddityKind.OWN_SECTION, OddityKind.TYPED_NUMBER]


def test_an_unknown_bold_line_is_a_section_where_sections_are_bold_lines():
    bold = (
        "## Goals\n\n**Public Health**\n\nA.\n\n**Mixed Matters**\n\nB.\n\n**Football**\n\nBall.\n"
    )
    assert [own.title for own in read(bold).own_sections] == ["Football"]
    headed = bold.replace("**Public Health**", "### Public Health").replace(
        "**Mixed Matters**", "### Mixed Matters"
    )
    assert read(headed).own_sections == ()
    assert "**Football**" in texts(read(headed))["goals/mixed", "body"]


def test_a_deeper_unknown_heading_stays_in_the_answer():
    reading = read("## Goals\n\n### Public Health\n\nA.\n\n#### Costs\n\nB.\n")
    assert texts(reading) == {("goals/health", "body"): "A.\n\n#### Costs\n\nB."}
    assert kinds(reading) == [OddityKind.HEADING_IN_ANSWER]


def test_text_before_any_heading_is_parked_on_the_brief():
    reading = read("# B\n\nFirst words.\n\n## Preface\n\nA.\n")
    [loose] = reading.loose
    assert (loose.kind, loose.section, loose.text, loose.line) == (
        LooseKind.PARKED,
        None,
        "First words.",
        3,
    )
    assert kinds(reading) == [OddityKind.NO_PLACE]


def test_text_without_a_label_is_parked_on_a_section_that_asks_by_labels():
    reading = read("## Goals\n\n### Needs & Wants\n\nLoose.\n\n- **Past:** Old.\n")
    [loose] = reading.loose
    assert (loose.kind, loose.section, loose.text) == (LooseKind.PARKED, "goals/needs", "Loose.")
    assert texts(reading) == {("goals/needs", "past"): "Old."}


def test_text_without_a_label_is_the_body_where_there_is_one():
    reading = read("### Mixed Matters\n\nBody.\n\n**Risks:** Few.\n\nMore.\n")
    assert texts(reading) == {
        ("goals/mixed", "body"): "Body.",
        ("goals/mixed", "risks"): "Few.\n\nMore.",
    }


def test_an_unknown_label_stays_content_of_the_point_before_it():
    reading = read("### Needs & Wants\n\n- **Past:** Old.\n- **Beyond:** Far.\n")
    assert texts(reading) == {("goals/needs", "past"): "Old.\n\n- **Beyond:** Far."}
    assert kinds(reading) == [OddityKind.UNKNOWN_LABEL]


@pytest.mark.parametrize("sentence", ["**Risks** are few.", "*Risks* Inc. is a firm."])
def test_the_words_of_a_sentence_are_no_label(sentence):
    reading = read(f"### Mixed Matters\n\n{sentence}\n")
    assert texts(reading) == {("goals/mixed", "body"): sentence}


def test_a_prompt_that_is_asked_twice_has_both_texts():
    reading = read("### Needs & Wants\n\n- **Past:** One.\n- **Past:** Two.\n")
    assert texts(reading) == {("goals/needs", "past"): "One.\n\nTwo."}
    assert kinds(reading) == [OddityKind.ASKED_TWICE]


def test_a_section_that_stands_twice_has_both_texts():
    reading = read("## Preface\n\nOne.\n\n## Preface\n\nTwo.\n")
    assert texts(reading) == {("opening/preface", "body"): "One.\n\nTwo."}
    assert kinds(reading) == [OddityKind.ASKED_TWICE]


def test_one_title_in_two_parts_is_that_of_the_part_in_which_it_stands():
    reading = read(
        "### How Can They Help?\n\nA.\n\n## 2. Ends\n\n### How can they help\n\n**Past:** B.\n"
    )
    assert texts(reading) == {("opening/help", "body"): "A.", ("ends/help", "past"): "B."}


def test_several_labels_in_one_paragraph_are_told_apart():
    reading = read("### Needs & Wants\n**Past:** One\ntwo.\n**Future plans:** Three.\n")
    assert texts(reading) == {
        ("goals/needs", "past"): "One\ntwo.",
        ("goals/needs", "future-plans"): "Three.",
    }


def test_a_plain_line_is_a_label_only_by_its_exact_name():
    reading = read("### Needs & Wants\n\nPast:\n\nOld.\n\nFuture plan:\n\nNew.\n")
    assert texts(reading) == {("goals/needs", "past"): "Old.\n\nFuture plan:\n\nNew."}
    assert OddityKind.UNKNOWN_LABEL not in kinds(reading)


def test_guidance_of_the_template_is_set_aside_where_it_was_left_in():
    reading = read("### Public Health\n\nGuidance for the section: Public Health\n\nA.\n")
    assert [(loose.kind, loose.section) for loose in reading.loose] == [
        (LooseKind.SET_ASIDE, "goals/health")
    ]
    assert texts(reading) == {("goals/health", "body"): "A."}


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("*All of it in italics, with **strong** words.*", OddityKind.GUIDANCE),
        ("_All of it._", OddityKind.GUIDANCE),
        ("\\**Half escaped.*\\*", OddityKind.GUIDANCE),
        ("*(Note: check this.)*", OddityKind.AUTHORS_NOTE),
        ("<!-- check this -->", OddityKind.AUTHORS_NOTE),
    ],
)
def test_what_is_not_meant_for_readers_is_set_aside(paragraph, kind):
    reading = read(f"## Preface\n\nA.\n\n{paragraph}\n\nB.\n")
    [loose] = reading.loose
    assert (loose.kind, loose.text, loose.line) == (LooseKind.SET_ASIDE, paragraph, 5)
    assert texts(reading) == {("opening/preface", "body"): "A.\n\nB."}
    assert kinds(reading) == [kind]


@pytest.mark.parametrize(
    "paragraph",
    ["*One* and *two*", "**Strong.**", "***Both.***", "*Open", "Words *in italics*"],
)
def test_what_is_partly_in_italics_is_text(paragraph):
    reading = read(f"## Preface\n\nA.\n\n{paragraph}\n")
    assert texts(reading) == {("opening/preface", "body"): f"A.\n\n{paragraph}"}


def test_a_fence_right_below_a_paragraph_makes_no_heading():
    reading = read("## Preface\n\nThe last sentence.\n---\n\n## Goals\n\n### Public Health\n\nB.\n")
    assert texts(reading)["opening/preface", "body"] == "The last sentence."
    assert reading.fates[3] is Fate.STRUCTURE


def test_a_line_drawn_within_a_text_stays_in_it():
    reading = read("## Preface\n\nA.\n\n---\n\nB.\n")
    assert texts(reading) == {("opening/preface", "body"): "A.\n\n---\n\nB."}


def test_a_list_indented_like_code_is_read_as_a_list():
    reading = read("### Needs & Wants\n\n    - **Past:** Old.\n    - **Future plans:** New.\n")
    assert texts(reading) == {
        ("goals/needs", "past"): "Old.",
        ("goals/needs", "future-plans"): "New.",
    }
    assert kinds(reading) == [OddityKind.INDENTED_LIST]


def test_code_that_never_ends_does_not_take_the_brief_with_it():
    reading = read("## Preface\n\n```\ncode\n\n## Goals\n\n### Public Health\n\nB.\n")
    assert texts(reading) == {
        ("opening/preface", "body"): "```\ncode",
        ("goals/health", "body"): "B.",
    }
    assert kinds(reading) == [OddityKind.OPEN_FENCE]


def test_a_part_that_lists_its_sections_is_read_by_them():
    reading = read(
        "## Goals\n\n- **Public Health:** A.\n- **Mixed Matters**\n    - B.\n    - C.\n"
        "- **Unknown:** D.\n\n## Ends\n\n- Unknown.\n- Visa Rules for U.S. Citizens: E.\n"
    )
    assert texts(reading) == {
        ("goals/health", "body"): "A.",
        ("goals/mixed", "body"): "- B.\n- C.\n\n- **Unknown:** D.",
        ("ends/visas", "body"): "E.",
    }
    assert [(loose.section, loose.text) for loose in reading.loose] == [(None, "- Unknown.")]


def test_notes_at_the_end_go_to_the_texts_that_refer_to_them():
    reading = read(
        "## Preface\n\nA[^1].\n\n## Goals\n\n### Needs & Wants\n\n- **Past:** B[^b].\n\n"
        "### Public Health\n\nC.\n\n[^1]: One\nmore.\n[^b]: Two.\n\n    Further.\n\n[^c]: Three.\n"
    )
    assert texts(reading) == {
        ("opening/preface", "body"): "A[^1].\n\n[^1]: One\nmore.",
        ("goals/needs", "past"): "B[^b].\n\n[^b]: Two.\n\n    Further.",
        ("goals/health", "body"): "C.\n\n[^c]: Three.",
    }
    assert kinds(reading) == [OddityKind.NOTE_MOVED, OddityKind.NOTE_MOVED]


def test_headings_in_quotes_lists_and_code_are_text():
    text = "> # Goals\n\n- ## Ends\n\n```\n## Goals\n```"
    reading = read(f"## Preface\n\n{text}\n")
    assert texts(reading) == {("opening/preface", "body"): text}


def test_sections_of_another_part_are_found_and_said_to_stand_elsewhere():
    reading = read("## Goals\n\n### Visa Rules for US citizens\n\nA.\n\n### Public Health\n\nB.\n")
    assert texts(reading) == {("ends/visas", "body"): "A.", ("goals/health", "body"): "B."}
    assert OddityKind.OUT_OF_ORDER in kinds(reading)


def test_a_near_name_is_taken_only_where_the_exact_one_is_missing():
    reading = read("## Goals\n\n### Public Healths\n\nA.\n\n### Public Health\n\nB.\n")
    assert texts(reading) == {("goals/health", "body"): "B."}
    assert [own.title for own in reading.own_sections] == ["Public Healths"]


def test_more_own_sections_than_a_brief_can_have_stay_text():
    topics = "\n".join(f"### Topic number {number} of many\n" for number in range(150))
    reading = read(f"## Goals\n\n### Public Health\n\n{topics}")
    assert len(reading.own_sections) == 100
    assert "### Topic number 149" in reading.own_sections[-1].text


def test_a_file_that_is_no_brief_is_refused():
    with pytest.raises(ValidationError, match=r"doesn't look like a brief.*“Preface”"):
        read_file(b"# Shopping\n\n- Milk\n", OUTLINE)


def test_an_answer_over_64_kb_is_refused_with_its_section_and_line():
    with pytest.raises(ValidationError, match=r"“Preface” from line 3 has 65 KB"):
        read_file(b"## Preface\n\n" + b"word " * 13_200, OUTLINE)


def test_a_brief_over_500_kb_is_refused_with_the_section_where_it_passes():
    topics = "".join(f"## Topic {number}\n\n{'word ' * 12_500}\n\n" for number in range(9))
    with pytest.raises(ValidationError, match=r"“Topic 8” from line 37 the brief passes 500 KB"):
        read_file(f"## Preface\n\nA.\n\n{topics}".encode(), OUTLINE)


def test_a_text_that_names_pictures_says_that_they_do_not_come_with_it():
    source = f"## Preface\n\n![A port](picture:{'0' * 64})\n"
    reading = read_file(source.encode(), OUTLINE)
    [oddity] = [each for each in reading.oddities if each.kind is OddityKind.PICTURE]
    assert "Pictures don't come with this file." in oddity.sentence
    assert oddity.line == reading.answers[0].line
