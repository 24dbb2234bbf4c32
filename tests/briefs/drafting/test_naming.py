"""What is typed live and what is saved by a form are one text with one history."""

import pytest
from django.db import transaction

from briefs.drafting.actions import save_section
from briefs.drafting.writing import lock_section
from briefs.live_text.log import load
from briefs.models import Activity, LiveText, Revision, Section
from briefs.prompts import texts_now
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.fixture
def section(brief) -> Section:
    return section_of(brief, KEY)


def name(section: Section) -> Section:
    with transaction.atomic():
        return lock_section(section)


def test_typed_text_gets_a_revision_with_all_who_typed(section, author, second_author):
    write(section, author, past="One.")
    type_into(section, second_author, past="One. Two.  ")
    type_into(section, author, past="One. Two. \n\nThree.\n")
    named = name(section)
    revision = named.revisions.get(number=2)
    assert revision.kind == Revision.Kind.LIVE
    assert (revision.created_by, set(revision.contributors.all())) == (
        author,
        {author, second_author},
    )
    assert texts_now(named)["past"] == "One. Two.\n\nThree."
    assert named.content_hash == revision.content_hash
    assert Activity.objects.filter(revision=revision, actor=author).count() == 1


def test_typed_text_that_comes_to_nothing_gets_none(section, author):
    write(section, author, past="One.")
    type_into(section, author, past="One. Two.")
    type_into(section, author, past="One. ")
    assert name(section).version == 1
    assert not LiveText.objects.ahead().exists()
    assert name(section).version == 1


def test_a_save_over_typed_text_keeps_both(section, author, second_author):
    section = write(section, author, past="First. Last.")
    type_into(section, second_author, past="First. Typed. Last.")
    saved = save_section(section, {"future": "Formed."}, by=author, started_from=1)
    assert saved.revision.number == 3
    assert [row.kind for row in section.revisions.order_by("number")] == ["save", "live", "save"]
    assert texts_now(section) == {"past": "First. Typed. Last.", "future": "Formed."}
    assert load(section.pk).text.texts() == texts_now(section)
    assert list(saved.revision.contributors.all()) == [author]


def test_a_save_reaches_those_who_type_as_a_small_change(section, author, second_author):
    """Words typed at the same time on a device that is offline stand beside the saved ones."""
    section = write(section, author, past="First. Last.")
    before = load(section.pk).text
    offline = before.put({"past": "First. Last. Offline."})
    save_section(section, {"past": "Zeroth. First. Last."}, by=second_author, started_from=1)
    after = load(section.pk).text
    after.apply(offline)
    assert after.texts()["past"] == "Zeroth. First. Last. Offline."


def test_blanks_that_somebody_is_typing_stay_when_another_prompt_is_saved(section, author):
    section = write(section, author, past="One.")
    type_into(section, author, past="One. And ")
    save_section(section, {"future": "Two."}, by=author, started_from=1)
    assert load(section.pk).text.texts()["past"] == "One. And "
    assert texts_now(section)["past"] == "One. And"
