import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from briefs.commissioning.actions import archive_brief
from briefs.commissioning.people import change_role, remove_member
from briefs.drafting.actions import save_section
from briefs.drafting.writing import lock_section, write_answers
from briefs.history.actions import restore_revision
from briefs.models import Activity, Revision, Section, SignOff
from briefs.overview.work import sections_to_decide
from briefs.review.actions import (
    approve_section,
    request_changes,
    request_review,
    withdraw_review,
)
from tests.factories import (
    add_member,
    approve,
    make_user,
    put_in_review,
    section_of,
    send_back,
    write,
)


def now(section: Section) -> Section:
    return section_of(section.brief, section.key)


def test_a_request_freezes_the_text_and_names_who_asked(preface, author, second_author):
    before = timezone.now()
    section = put_in_review(preface, author, "Text.")
    assert section.review_requested_by == author
    assert section.review_requested_at >= before
    with pytest.raises(PermissionDenied, match="in review, so its text can't change"):
        save_section(section, {"body": "Late."}, by=second_author, started_from=1)
    assert now(section).version == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda section, by: request_changes(section, by=by, revision=1, comment="Why?"),
        lambda section, by: approve_section(section, by=by, revision=1),
    ],
)
def test_a_decision_on_an_older_revision_is_refused(act, preface, author, editor):
    write(preface, author, "One.")
    put_in_review(preface, author, "Two.")
    with pytest.raises(PermissionDenied, match="now at revision 2"):
        act(preface, editor)
    assert not SignOff.objects.exists()
    assert now(preface).state == "in_review"


def test_a_request_for_an_older_revision_is_refused(preface, author, second_author):
    write(preface, author, "One.")
    write(preface, second_author, "Two.")
    with pytest.raises(PermissionDenied, match="now at revision 2"):
        request_review(preface, by=author, revision=1)
    assert now(preface).state == "drafting"


def test_a_withdrawal_of_an_older_request_is_refused(preface, author, manager):
    put_in_review(preface, author, "One.")
    withdraw_review(preface, by=author, revision=1)
    put_in_review(preface, author, "Two.")
    with pytest.raises(PermissionDenied, match="now at revision 2"):
        withdraw_review(preface, by=manager, revision=1)
    assert now(preface).state == "in_review"


@pytest.mark.parametrize("comment", ["", "  \n"])
def test_a_request_for_changes_wants_a_comment(comment, preface, author, editor):
    put_in_review(preface, author)
    with pytest.raises(ValidationError, match="Say what must change"):
        request_changes(preface, by=editor, revision=1, comment=comment)
    assert now(preface).state == "in_review"


def test_a_request_for_changes_opens_the_text_again(preface, author, editor):
    section = send_back(preface, author, editor)
    assert section.sign_offs.get().comment == "Give the source."
    assert write(section, author, "With a source.").state == "changes_requested"


def test_the_sections_author_may_withdraw_what_another_asked_for(preface, author, second_author):
    preface.author = second_author
    preface.save(update_fields=["author"])
    put_in_review(preface, author)
    withdraw_review(preface, by=second_author, revision=1)
    assert now(preface).state == "drafting"


def test_an_approval_holds_the_text_its_giver_and_their_name(preface, author, editor):
    section = approve(preface, author, editor, "Text.")
    sign_off = section.sign_offs.get()
    assert sign_off.content_hash == section.content_hash
    assert (sign_off.decided_by, sign_off.decided_by_name) == (editor, "Edith Editor")
    assert sign_off.revision.number == 1
    assert sign_off.clears_section


# Who contributed.


def test_nobody_approves_what_they_wrote(preface, editor):
    section = put_in_review(preface, editor, "Mine.")
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(section, by=editor, revision=1)


def test_a_writer_may_still_request_changes(preface, editor):
    section = put_in_review(preface, editor, "Mine.")
    request_changes(section, by=editor, revision=1, comment="On second thoughts.")
    assert now(preface).state == "changes_requested"


def test_writing_over_does_not_wash_a_contribution_away(preface, author, editor):
    write(preface, author, "Old.")
    write(preface, editor, "Mine.")
    section = write(preface, author, "Old.")
    request_review(section, by=author, revision=3)
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(section, by=editor, revision=3)


def test_who_restores_contributes(preface, author, editor, manager):
    write(preface, author, "Old.")
    section = write(preface, author, "New.")
    restore_revision(section, section.revisions.get(number=1), by=editor, started_from=2)
    request_review(section, by=author, revision=3)
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(section, by=editor, revision=3)
    approve_section(section, by=manager, revision=3)


def test_who_is_named_as_the_writer_of_an_import_contributed(preface, author, editor, manager):
    write_answers(
        lock_section(preface),
        {"body": "Imported."},
        by=None,
        kind=Revision.Kind.IMPORT,
        contributors=[editor],
    )
    request_review(preface, by=author, revision=1)
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(preface, by=editor, revision=1)
    approve_section(preface, by=manager, revision=1)


def test_whose_words_were_merged_contributed(brief, author, editor, manager):
    needs = section_of(brief, "goals/needs")
    write(needs, author, past="The port is old.")
    save_section(needs, {"past": "The port is old.", "future": "x"}, by=author, started_from=1)
    saved = save_section(needs, {"past": "The harbour is old."}, by=editor, started_from=1)
    assert saved.revision.number == 3
    request_review(needs, by=author, revision=3)
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(needs, by=editor, revision=3)
    approve_section(needs, by=manager, revision=3)


def test_a_contribution_counts_only_until_the_text_is_approved(preface, author, editor, manager):
    write(preface, editor, "Mine.")
    approve(preface, author, manager, "Ours.")
    section = approve(preface, author, editor, "Newer.")
    assert section.state == "approved"
    assert section.sign_offs.first().decided_by == editor


# What an approval holds for.


def test_an_approval_counts_again_when_the_text_changes_back(preface, author, editor):
    approve(preface, author, editor, "Approved.")
    assert write(preface, author, "Changed.").state == "lapsed"
    section = write(preface, author, "Approved.")
    assert section.state == "approved"
    assert section.version == 3
    assert section.sign_offs.count() == 1
    with pytest.raises(PermissionDenied, match="approved already"):
        request_review(section, by=author, revision=3)


def test_saving_an_approved_text_unchanged_resets_nothing(preface, author, editor):
    approve(preface, author, editor, "Approved.")
    assert write(preface, author, "Approved.  ").state == "approved"
    assert now(preface).version == 1


def test_sending_newer_words_back_leaves_the_approval_of_the_older_ones(preface, author, editor):
    approve(preface, author, editor, "Words.")
    write(preface, author, "Other words.")
    request_review(preface, by=author, revision=2)
    request_changes(preface, by=editor, revision=2, comment="The older was better.")
    section = write(preface, author, "Words.")
    assert section.state == "approved"


# Two sign-offs.


def test_two_sign_offs_need_two_people(strict, author, editor, manager):
    put_in_review(strict, author)
    first = approve_section(strict, by=editor, revision=1)
    assert not first.clears_section
    assert now(strict).state == "in_review"
    with pytest.raises(PermissionDenied, match="another person's sign-off"):
        approve_section(strict, by=editor, revision=1)
    assert approve_section(strict, by=manager, revision=1).clears_section
    assert now(strict).state == "approved"


def test_who_goes_back_on_a_sign_off_no_longer_counts(strict, author, editor, manager):
    put_in_review(strict, author)
    approve_section(strict, by=editor, revision=1)
    request_changes(strict, by=editor, revision=1, comment="I overlooked a name.")
    request_review(strict, by=author, revision=1)
    assert not approve_section(strict, by=manager, revision=1).clears_section
    assert now(strict).state == "in_review"
    approve_section(strict, by=editor, revision=1)
    assert now(strict).state == "approved"


def test_a_sign_off_of_other_words_does_not_count(strict, author, editor, manager):
    put_in_review(strict, author, "One.")
    approve_section(strict, by=editor, revision=1)
    withdraw_review(strict, by=author, revision=1)
    put_in_review(strict, author, "Two.")
    assert not approve_section(strict, by=manager, revision=2).clears_section


# Whose sign-off counts while another is missing.


def removed(brief, editor, manager):
    remove_member(brief.memberships.get(user=editor), by=manager)


def made_an_author(brief, editor, manager):
    change_role(brief.memberships.get(user=editor), "author", by=manager)


def deactivated(brief, editor, manager):
    editor.is_active = False
    editor.save()


@pytest.fixture
def third(brief) -> User:
    una = make_user("Una Editor")
    add_member(brief, una, "editor")
    return una


@pytest.mark.parametrize("leave", [removed, made_an_author, deactivated])
def test_a_sign_off_of_who_may_no_longer_decide_does_not_count(
    leave, strict, author, editor, manager, third
):
    put_in_review(strict, author)
    approve_section(strict, by=editor, revision=1)
    leave(strict.brief, editor, manager)
    assert now(strict).approvals == 0
    assert not approve_section(strict, by=manager, revision=1).clears_section
    assert now(strict).state == "in_review"
    assert approve_section(strict, by=third, revision=1).clears_section
    assert now(strict).state == "approved"


@pytest.mark.parametrize("leave", [removed, made_an_author, deactivated])
def test_a_complete_approval_stays_when_its_givers_leave(leave, strict, author, editor, manager):
    put_in_review(strict, author)
    approve_section(strict, by=editor, revision=1)
    approve_section(strict, by=manager, revision=1)
    leave(strict.brief, editor, manager)
    assert now(strict).state == "approved"


def test_a_sign_off_of_who_wrote_afterwards_does_not_count(strict, author, editor, manager, third):
    put_in_review(strict, author, "Words.")
    approve_section(strict, by=editor, revision=1)
    withdraw_review(strict, by=author, revision=1)
    write(strict, editor, "Mine.")
    put_in_review(strict, author, "Words.")
    assert not approve_section(strict, by=manager, revision=3).clears_section
    with pytest.raises(PermissionDenied, match="You wrote in this section"):
        approve_section(strict, by=editor, revision=3)
    assert approve_section(strict, by=third, revision=3).clears_section


def test_all_sign_offs_that_are_there_again_still_need_a_decision(strict, author, editor, manager):
    """The editor signs and leaves, the manager signs, the editor comes back."""
    put_in_review(strict, author)
    approve_section(strict, by=editor, revision=1)
    removed(strict.brief, editor, manager)
    approve_section(strict, by=manager, revision=1)
    add_member(strict.brief, editor, "editor")
    assert now(strict).state == "in_review"
    assert not now(strict).is_approved
    assert sections_to_decide(editor).exists()
    assert approve_section(strict, by=editor, revision=1).clears_section
    assert now(strict).state == "approved"


# What is written down, and where nothing moves.


def test_every_move_is_one_act_on_its_revision(preface, author, editor):
    put_in_review(preface, author)
    withdraw_review(preface, by=author, revision=1)
    request_review(preface, by=author, revision=1)
    request_changes(preface, by=editor, revision=1, comment="Why?")
    request_review(preface, by=author, revision=1)
    approve_section(preface, by=editor, revision=1)
    acts = preface.activities.order_by("pk").exclude(verb=Activity.Verb.SECTION_SAVED)
    assert list(acts.values_list("verb", "actor_name", "revision__number")) == [
        ("review_requested", "Ada Author", 1),
        ("review_withdrawn", "Ada Author", 1),
        ("review_requested", "Ada Author", 1),
        ("changes_requested", "Edith Editor", 1),
        ("review_requested", "Ada Author", 1),
        ("section_approved", "Edith Editor", 1),
    ]


def test_nothing_moves_in_an_archived_brief(preface, author, editor, manager):
    section = put_in_review(preface, author)
    archive_brief(preface.brief, by=manager)
    for move in (
        lambda: withdraw_review(section, by=manager, revision=1),
        lambda: approve_section(section, by=editor, revision=1),
        lambda: request_changes(section, by=editor, revision=1, comment="Why?"),
    ):
        with pytest.raises(PermissionDenied, match="archived"):
            move()
    assert now(preface).state == "in_review"


def test_a_superuser_decides_only_as_a_member(preface, author, superuser):
    section = put_in_review(preface, author)
    with pytest.raises(PermissionDenied, match="Only editors and managers"):
        approve_section(section, by=superuser, revision=1)
    add_member(preface.brief, superuser, "editor")
    assert approve_section(section, by=superuser, revision=1).clears_section


def test_the_name_of_a_decision_stays_as_it_was(preface, author, brief):
    una = make_user("Una Editor")
    add_member(brief, una, "editor")
    section = approve(preface, author, una)
    una.name = "Una Married"
    una.save()
    assert section.sign_offs.get().decided_by_name == "Una Editor"
