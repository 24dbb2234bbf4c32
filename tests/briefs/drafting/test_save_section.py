import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import skipUnlessDBFeature
from django.test.utils import CaptureQueriesContext

from briefs.document.text import MAX_PROMPT_BYTES
from briefs.drafting.actions import EditConflict, save_section
from briefs.models import Activity, Answer, Revision
from briefs.prompts import texts_now
from briefs.review.actions import approve_section, request_changes
from briefs.revisions import texts_of
from tests.factories import approve, put_in_review, section_of, write


@pytest.fixture
def needs(brief):
    """A section with the prompts `past` and `future`."""
    return section_of(brief, "goals/needs")


def test_a_save_stores_the_text_and_records_who_wrote_it(needs, author):
    saved = save_section(needs, {"past": "One.\r\n\r\n"}, by=author, started_from=0)

    assert texts_now(needs) == {"past": "One."}
    assert saved.revision.number == 1
    assert saved.revision.created_by_name == "Ada Author"
    assert list(saved.revision.contributors.all()) == [author]
    assert texts_of(saved.revision) == {"past": "One."}
    section = section_of(needs.brief, needs.key)
    assert (section.version, section.words, section.state) == (1, 1, "drafting")
    act = Activity.objects.get(verb=Activity.Verb.SECTION_SAVED)
    assert (act.actor, act.section, act.revision) == (author, section, saved.revision)


def test_saving_nothing_new_records_nothing(needs, author):
    write(needs, author, past="One.")
    before = section_of(needs.brief, needs.key)

    saved = save_section(needs, {"past": "One.  \n", "future": ""}, by=author, started_from=1)

    assert saved.revision is None
    assert Revision.objects.count() == 1
    assert Activity.objects.filter(verb=Activity.Verb.SECTION_SAVED).count() == 1
    assert section_of(needs.brief, needs.key).edited_at == before.edited_at


def test_saving_an_approved_text_unchanged_keeps_its_approval(needs, author, editor):
    section = approve(needs, author, editor, "Approved words.")
    save_section(section, {"past": "Approved words."}, by=author, started_from=section.version)
    assert section_of(needs.brief, needs.key).state == "approved"


def test_text_changed_back_is_approved_again_without_a_click(needs, author, editor):
    section = approve(needs, author, editor, "Approved words.")
    section = write(section, author, past="Other words.")
    assert section.state == "lapsed"
    assert write(section, author, past="Approved words.").state == "approved"


def test_edits_of_two_prompts_are_both_kept(needs, author, second_author):
    write(needs, author, past="Past.", future="Future.")
    save_section(needs, {"past": "Past, longer."}, by=author, started_from=1)
    stale_form = {"past": "Past.", "future": "Future, longer."}

    saved = save_section(needs, stale_form, by=second_author, started_from=1)

    assert texts_now(needs) == {"past": "Past, longer.", "future": "Future, longer."}
    assert list(saved.revision.contributors.all()) == [second_author]


def test_edits_of_two_sentences_of_one_paragraph_are_merged(needs, author, second_author):
    write(needs, author, past="The port is old. The road is new.")
    save_section(
        needs, {"past": "The port is very old. The road is new."}, by=author, started_from=1
    )

    saved = save_section(
        needs,
        {"past": "The port is old. The road is quite new."},
        by=second_author,
        started_from=1,
    )

    assert texts_now(needs)["past"] == "The port is very old. The road is quite new."
    assert saved.merged == ("past",)


def test_edits_of_the_same_words_are_shown_side_by_side_and_nothing_is_stored(
    needs, author, second_author
):
    write(needs, author, past="The port is old.", future="Same.")
    save_section(needs, {"past": "The port is ancient."}, by=author, started_from=1)

    with pytest.raises(EditConflict) as conflict:
        save_section(
            needs,
            {"past": "The port is modern.", "future": "Same, and more."},
            by=second_author,
            started_from=1,
        )

    assert conflict.value.theirs == {"past": "The port is ancient."}
    assert conflict.value.texts == {"past": "The port is modern.", "future": "Same, and more."}
    assert conflict.value.version == 2
    assert texts_now(needs) == {"past": "The port is ancient.", "future": "Same."}


def test_a_save_from_an_unknown_version_overwrites_nothing(needs, author, second_author):
    write(needs, author, past="Their words.")
    with pytest.raises(EditConflict):
        save_section(needs, {"past": "My words."}, by=second_author, started_from=99)
    assert texts_now(needs) == {"past": "Their words."}


@pytest.mark.parametrize("who", ["author", "second_author", "editor", "manager", "superuser"])
def test_who_may_write(needs, request, who):
    save_section(needs, {"past": "Words."}, by=request.getfixturevalue(who), started_from=0)
    assert texts_now(needs) == {"past": "Words."}


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_who_may_not_write(needs, request, who):
    with pytest.raises(PermissionDenied, match="can read this brief but not write"):
        save_section(needs, {"past": "Words."}, by=request.getfixturevalue(who), started_from=0)
    assert not Answer.objects.exists()


def test_a_section_in_review_is_read_only_for_everyone(needs, author, manager):
    section = put_in_review(needs, author, "Frozen.")
    with pytest.raises(PermissionDenied, match="is in review, so its text can't change"):
        save_section(section, {"past": "Late."}, by=manager, started_from=section.version)
    assert texts_now(needs)["past"] == "Frozen."


def test_a_prompt_takes_64_kb(needs, author):
    save_section(needs, {"past": "a" * MAX_PROMPT_BYTES}, by=author, started_from=0)
    with pytest.raises(ValidationError) as refusal:
        save_section(needs, {"future": "é" * MAX_PROMPT_BYTES}, by=author, started_from=1)
    assert "128 KB; a prompt takes 64 KB at most" in refusal.value.message_dict["future"][0]
    assert "future" not in texts_now(needs)


def test_a_brief_takes_500_kb(brief, needs, author, monkeypatch):
    monkeypatch.setattr("briefs.drafting.writing.MAX_BRIEF_BYTES", 1000)
    write(section_of(brief, "opening/preface"), author, "é" * 300)
    with pytest.raises(ValidationError, match="would pass 500 KB"):
        save_section(needs, {"past": "a" * 401}, by=author, started_from=0)
    save_section(needs, {"past": "a" * 400}, by=author, started_from=0)


def test_an_unknown_prompt_is_refused(needs, author):
    with pytest.raises(ValidationError, match="no prompt “nothing”"):
        save_section(needs, {"nothing": "Words."}, by=author, started_from=0)


def test_nothing_stands_when_the_record_fails(needs, author, monkeypatch):
    monkeypatch.setattr("briefs.drafting.actions.publish", lambda *_args, **_fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save_section(needs, {"past": "Words."}, by=author, started_from=0)
    assert not Answer.objects.exists()
    assert not Revision.objects.exists()
    assert section_of(needs.brief, needs.key).version == 0


def test_an_old_request_for_changes_does_not_come_back(needs, author, editor):
    section = approve(needs, author, editor, "Approved words.")
    section = put_in_review(section, author, "Worse words.")
    request_changes(section, by=editor, revision=2, comment="Why?")
    assert write(section, author, past="Approved words.").state == "approved"
    assert write(section, author, past="New words.").state == "lapsed"


def test_words_approved_again_by_their_hash_count_as_the_last_approved(needs, author, editor):
    approve(needs, author, editor, "One.")
    write(needs, editor, past="Two.")
    write(needs, editor, past="One.")
    section = put_in_review(needs, author, "Three.")
    approve_section(section, by=editor, revision=section.version)


@skipUnlessDBFeature("has_select_for_update_of")
def test_a_save_locks_its_brief_and_nothing_that_other_briefs_share(needs, author):
    with CaptureQueriesContext(connection) as queries:
        save_section(needs, {"past": "Words."}, by=author, started_from=0)
    locks = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    locked = re.findall(r'FOR NO KEY UPDATE OF "(\w+)"', "\n".join(locks))
    assert len(locked) == len(locks)
    assert list(dict.fromkeys(locked)) == ["briefs_brief", "briefs_section", "briefs_livetext"]
