"""An answer that says that something isn't known, in the language of its brief."""

import pytest
from django.utils import translation

from briefs.document.language import language_of
from briefs.document.not_known import said, stored
from briefs.document.text import normalise, not_known_reason
from setup.words import CONTEXT, catalogs

TAGS = [path.parent.parent.name.replace("_", "-") for path, _catalog in catalogs()]
RLM = "\u200f"
REASONS = [
    "no census.",
    "5 %",
    "*none* given",
    "[a](https://example.org)",
    "a  \nb",
    "- a",
    "**“a”**",
]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("reason", REASONS)
def test_what_is_said_in_a_language_is_stored_as_it_was(tag, reason):
    language = language_of(tag)
    text = f"Not known: {reason}"
    told = said(text, language)
    assert told.endswith(reason)
    assert "Not known" not in told
    assert not_known_reason(told) is None
    assert stored(told, language) == text


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("text", ["Not known.", "Not known", "Not known:"])
def test_without_a_reason(tag, text):
    language = language_of(tag)
    told = said(text, language)
    assert "Not known" not in told
    assert ":" not in told
    assert stored(told, language) == "Not known."


@pytest.mark.parametrize("tag", TAGS)
def test_the_reason_stands_behind_the_label_in_every_language(tag):
    [message] = (
        catalog.get("Not known: %(reason)s", CONTEXT)
        for path, catalog in catalogs()
        if path.parent.parent.name.replace("_", "-") == tag
    )
    assert message.string.endswith("%(reason)s")


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("fr", "Not known: aucun chiffre.", "Non connu\u00a0: aucun chiffre."),
        ("fr-CA", "Not known.", "Non connu."),
        ("zh", "Not known: 没有数字。", "不详：没有数字。"),
        ("zh-Hant", "Not known: 沒有數字。", "不詳：沒有數字。"),
        ("ja", "Not known: 数字なし。", "不明：数字なし。"),
        ("ar", "Not known: لا أرقام.", "غير معروف: لا أرقام."),
        ("ar-EG", "not known:  لا أرقام.", "غير معروف: لا أرقام."),
        ("en", "not known:none", "not known:none"),
        ("en", "Not known: אין", "Not known: אין"),
        ("fr", "Not known to many, the port is large.", "Not known to many, the port is large."),
        ("fr", "Not known: a\n\nMore.", "Not known: a\n\nMore."),
    ],
)
def test_how_it_is_said(tag, text, expected):
    assert said(text, language_of(tag)) == expected


@pytest.mark.parametrize(
    ("tag", "reason", "mark"),
    [
        ("fa", "آماری نیست.", RLM),
        ("fa", "**آماری** نیست.", RLM),
        ("fa", "[آماری](https://example.org)", RLM),
        ("fa", "2024?", RLM),
        ("fa", "Eurostat says nothing.", ""),
        ("el", "Κανένα στοιχείο.", ""),
        ("el", "2024?", ""),
        ("el", "אין", RLM),
    ],
)
def test_in_a_language_without_words_of_ours_the_reason_keeps_its_direction(tag, reason, mark):
    language = language_of(tag)
    text = f"Not known: {reason}"
    assert said(text, language) == f"{mark}{text}"
    assert stored(f"{mark}{text}", language) == text


def test_a_full_stop_stays_behind_a_label_from_left_to_right():
    assert said("Not known.", language_of("fa")) == f"{RLM}Not known.\u200e"
    assert said("Not known.", language_of("el")) == "Not known."
    assert stored(f"{RLM}Not known.\u200e", language_of("fa")) == "Not known."


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("fr", "Non connu: a", "Not known: a"),
        ("fr", "non connu\u202f: a", "Not known: a"),
        ("fr", "Non\u00a0connu : a", "Not known: a"),
        ("fr", "Non connu", "Not known."),
        ("fr", "Non connu :", "Not known."),
        ("ja", "不明: a", "Not known: a"),
        ("ja", "不明。", "Not known."),
        ("ar", f"{RLM}غير معروف : أ", "Not known: أ"),
        ("fr", "Non connu : a\n\nMore.", "Non connu : a\n\nMore."),
        ("fr", "Non connu : a\n- b", "Non connu : a\n- b"),
        ("fr", "Non connu de tous, le port est grand.", "Non connu de tous, le port est grand."),
        ("fr", "Le port. Non connu : a", "Le port. Non connu : a"),
        ("fr", "不明：a", "不明：a"),
        ("en", "Non connu : a", "Non connu : a"),
        ("fr", "not known: a", "not known: a"),
        ("en", "not known:a", "not known:a"),
        ("en", "", ""),
    ],
)
def test_what_was_read_is_stored(tag, text, expected):
    assert stored(text, language_of(tag)) == expected


def test_the_language_that_is_active_is_no_matter():
    with translation.override("de"):
        assert said("Not known: a", language_of("it")) == "Non noto: a"
        assert stored("Nicht bekannt: a", language_of("it")) == "Nicht bekannt: a"


@pytest.mark.parametrize("block", ["> quote", "| a |\n|---|", "- one", "***", "We asked."])
@pytest.mark.parametrize(("tag", "label"), [("en", "Not known:"), ("de", "Nicht bekannt:")])
def test_what_stands_below_a_label_without_a_reason_is_left_as_it_is(tag, label, block):
    for between in ("\n", "\n\n"):
        text = normalise(f"{label}{between}{block}")
        assert stored(text, language_of(tag)) == text
