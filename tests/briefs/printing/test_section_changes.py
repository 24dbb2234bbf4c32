from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from briefs.export import limits
from briefs.models import Activity, Section
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.fixture
def twice(brief, author):
    write(section_of(brief, KEY), author, past="Steel and coal were needed.")
    write(section_of(brief, KEY), author, past="Steel and lithium were needed.")
    return brief


def ask(client, brief, old, new):
    address = reverse("section_changes", args=[brief.slug, KEY])
    return client.post(address, {"from": old, "to": new})


def words(document, *kinds: str) -> str:
    runs = document.element.body.iter(*(qn(f"w:{kind}") for kind in kinds))
    return "".join(run.text for run in runs)


def marked(document, kind: str) -> str:
    found = document.element.body.iter(qn(f"w:{kind}"))
    return "".join(
        text.text for change in found for text in change.iter(qn("w:t"), qn("w:delText"))
    )


def test_section_changes_are_marked_as_words_own(twice, viewer, signed_in):
    answer = ask(signed_in(viewer), twice, "1", "2")
    assert answer.status_code == 200
    assert "belgium-goals-needs-1-2.docx" in answer.headers["Content-Disposition"]
    document = Document(BytesIO(answer.content))
    assert marked(document, "del") == "coal"
    assert marked(document, "ins") == "lithium"
    assert "Steel and " in words(document, "t")
    act = Activity.objects.get(verb="brief_exported")
    assert (act.actor, act.section.key, act.detail["since"]) == (viewer, KEY, 1)


def test_section_changes_since_nothing_are_the_whole_text(twice, author, signed_in):
    document = Document(BytesIO(ask(signed_in(author), twice, "0", "1").content))
    assert "Steel and coal were needed." in marked(document, "ins")
    assert marked(document, "del") == "Nothing is written here yet."


def test_section_changes_in_too_long_a_text_say_so(twice, author, signed_in, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_ANSWER", 10)
    client = signed_in(author)
    answer = ask(client, twice, "1", "2")
    assert answer.status_code == 302
    assert "No file can be made with more than" in client.get(answer.url).text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1", "9"),
        ("7", "1"),
        ("", "1"),
        ("1", "x"),
        ("²", "1"),
        pytest.param("1", "9" * 5000, id="far too long"),
    ],
)
def test_section_changes_between_revisions_that_are_not_there_say_so(
    twice, author, signed_in, old, new
):
    client = signed_in(author)
    answer = ask(client, twice, old, new)
    assert answer.status_code == 302
    assert "There is no such revision" in client.get(answer["Location"]).text
    assert not Activity.objects.filter(verb="brief_exported").exists()


def test_section_changes_are_offered_where_two_revisions_are_compared(twice, author, signed_in):
    page = signed_in(author).get(reverse("section_compare", args=[twice.slug, KEY])).text
    assert "Word file with these changes marked" in page


def test_section_changes_of_a_section_that_left_the_brief_are_there(twice, author, signed_in):
    Section.objects.filter(key=KEY).update(retired_at=timezone.now())
    answer = ask(signed_in(author), twice, "1", "2")
    assert answer.status_code == 200
    assert marked(Document(BytesIO(answer.content)), "ins") == "lithium"
