import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from briefs.commissioning.actions import add_own_section, archive_brief
from briefs.drafting.actions import save_section
from briefs.history.actions import restore_revision
from briefs.history.authorship import who_wrote
from briefs.live_text.log import load as load_log
from briefs.live_text.reading import tidy_texts
from briefs.models import Activity, LiveText, LooseText, Revision, Section, SignOff
from briefs.placing.actions import place_text
from briefs.prompts import texts_now
from briefs.releasing.verification import check_stored
from briefs.review.actions import approve_section, request_review
from briefs.revisions import texts_of
from briefs.upgrading.actions import undo_upgrade, upgrade_brief
from briefs.upgrading.plan import Approval, plan_upgrade
from tests.briefs.live_text.typing import type_into
from tests.briefs.upgrading.versions import FIRST, TRADE, load, without
from tests.factories import approve, put_in_review, release, section_of, write

NEEDS = "goals/needs"
PAST = '[[part.section.prompt]]\nkey = "past"\n'
HEALTH = '[[part.section]]\nkey = "goals/health"\n'


def outline_now(brief) -> list[str]:
    return [row.title for row in brief.sections.in_outline_order()]


def waiting(brief) -> list[str]:
    return [row.text for row in brief.loose_texts.filter(settled_at=None)]


def state(brief, key: str) -> str:
    return section_of(brief, key).state


def test_what_is_asked_the_same_keeps_its_sign_off(desk, author, editor, manager):
    approve(section_of(desk, NEEDS), author, editor)
    approve(section_of(desk, "opening/preface"), author, editor)
    before = section_of(desk, NEEDS)
    target = load(FIRST.replace('title = "Needs"', 'title = "What they need"') + TRADE)
    plan = plan_upgrade(desk, target)
    assert [step.title for step in plan.holding] == ["Preface", "What they need"]
    upgrade_brief(desk, target, by=manager, seen=plan.digest)
    after = section_of(desk, NEEDS)
    assert (after.state, after.version, after.content_hash) == (
        "approved",
        before.version,
        before.content_hash,
    )
    assert outline_now(desk) == ["Preface", "What they need", "Health", "Trade"]
    assert after.brief.template == target


@pytest.mark.parametrize(
    "change",
    [
        ('label = "Past"', 'label = "Times past"'),
        ('key = "past"', 'key = "history"\nwas = "past"'),
        ('label = "Past"\nform = "points"', 'label = "Past"\nform = "prose"'),
        (f'{PAST}label = "Past"\nform = "points"\n\n', ""),
    ],
    ids=["label", "key", "form", "gone"],
)
def test_what_is_asked_otherwise_has_to_be_approved_anew(change, desk, author, editor, manager):
    section = write(section_of(desk, NEEDS), author, past="Was.", future="Will be.")
    request_review(section, by=author, revision=section.version)
    approve_section(section, by=editor, revision=section.version)
    assert change[0] in FIRST
    target = load(FIRST.replace(*change))
    assert plan_upgrade(desk, target).lapsing[0].title == "Needs"
    upgrade_brief(desk, target, by=manager)
    section = section_of(desk, NEEDS)
    assert section.state == Section.State.LAPSED
    newest = section.revisions.first()
    assert (newest.kind, newest.number) == (Revision.Kind.UPGRADE, 2)
    assert newest.content_hash == section.content_hash
    # Whose words the lapsed approval was of doesn't approve them alone now.
    assert list(newest.contributors.all()) == [author]
    # A decision on it names the new hash.
    request_review(section, by=author, revision=2)
    approve_section(section, by=editor, revision=2)
    assert state(desk, NEEDS) == "approved"


def test_a_text_whose_prompt_is_gone_is_parked_in_sight_and_comes_back(
    desk, author, editor, manager
):
    section = write(section_of(desk, NEEDS), author, past="Was.", future="Will be.")
    request_review(section, by=author, revision=section.version)
    approve_section(section, by=editor, revision=section.version)
    upgrade_brief(desk, load(without(FIRST, PAST)), by=manager)
    assert texts_now(section_of(desk, NEEDS)) == {"future": "Will be."}
    [loose] = desk.loose_texts.all()
    assert (loose.text, loose.section, loose.prompt.key) == ("Was.", section, "past")
    undo_upgrade(desk, by=manager)
    section = section_of(desk, NEEDS)
    assert texts_now(section) == {"past": "Was.", "future": "Will be."}
    assert (section.state, waiting(desk)) == ("approved", [])
    assert desk.upgrades.get().undone_at
    verbs = list(desk.activities.values_list("verb", flat=True)[:2])
    assert verbs == ["upgrade_undone", "brief_upgraded"]


def test_a_section_that_goes_leaves_its_text_and_its_history(
    desk, author, editor, manager, signed_in
):
    approve(section_of(desk, "goals/health"), author, editor, "Healthy.")
    upgrade_brief(desk, load(without(FIRST, HEALTH)), by=manager)
    assert outline_now(desk) == ["Preface", "Needs"]
    [loose] = desk.loose_texts.all()
    assert (loose.text, loose.section) == ("Healthy.", None)
    client = signed_in(author)
    for page in ("history", "drafting"):
        assert client.get(f"/briefs/{desk.slug}/{page}/goals/health/").status_code == 200
    gone = Section.with_retired.get(brief=desk, key="goals/health")
    with pytest.raises(PermissionDenied, match="no longer in the outline"):
        save_section(gone, {"body": "More."}, by=author, started_from=1)
    response = client.post(
        f"/briefs/{desk.slug}/drafting/goals/health/",
        {"started_from": "1", "text-body": "Typed too late."},
    )
    assert response.status_code == 403
    assert "Typed too late." in response.text
    undo_upgrade(desk, by=manager)
    assert outline_now(desk) == ["Preface", "Needs", "Health"]
    assert (state(desk, "goals/health"), waiting(desk)) == ("approved", [])
    assert section_of(desk, "goals/health").version == 1


def test_what_was_placed_or_written_since_is_kept_when_the_move_is_undone(desk, author, manager):
    write(section_of(desk, "goals/health"), author, "Healthy.")
    upgrade_brief(desk, load(without(FIRST, HEALTH) + TRADE), by=manager)
    loose = desk.loose_texts.get()
    place_text(loose, section_of(desk, NEEDS), "past", "Healthy.", by=manager)
    write(section_of(desk, "goals/trade"), author, "Trading.")
    undo_upgrade(desk, by=manager)
    assert texts_now(section_of(desk, NEEDS)) == {"past": "Healthy."}
    assert waiting(desk) == ["Trading."]
    assert texts_now(section_of(desk, "goals/health")) == {}


def test_placed_words_stay_those_of_who_wrote_them(desk, author, manager):
    write(section_of(desk, "goals/health"), author, "Healthy.")
    upgrade_brief(desk, load(without(FIRST, HEALTH)), by=manager)
    placed = place_text(
        desk.loose_texts.get(), section_of(desk, NEEDS), "past", "Healthy.", by=manager
    )
    assert set(placed.revision.contributors.all()) == {author, manager}


def test_a_renamed_section_and_prompt_keep_their_text_and_history(desk, author, manager):
    section = write(section_of(desk, NEEDS), author, past="Was.")
    target = load(
        FIRST.replace('key = "goals/needs"', 'key = "goals/wants"\nwas = "goals/needs"').replace(
            'key = "past"', 'key = "history"\nwas = "past"'
        )
    )
    upgrade_brief(desk, target, by=manager)
    moved = section_of(desk, "goals/wants")
    assert moved.pk == section.pk
    assert texts_now(moved) == {"history": "Was."}
    assert texts_of(moved.revisions.get(number=1)) == {"history": "Was."}
    moved = write(moved, author, history="Now.")
    restore_revision(moved, moved.revisions.get(number=1), by=author, started_from=moved.version)
    assert texts_now(moved) == {"history": "Was."}
    # A later version that no longer says what it was called is still the same.
    again = load(FIRST.replace(NEEDS, "goals/wants").replace('key = "past"', 'key = "history"'))
    upgrade_brief(desk, again, by=manager)
    assert texts_now(section_of(desk, "goals/wants")) == {"history": "Was."}


def test_restoring_leaves_what_was_not_asked_then(desk, author, manager):
    section = write(section_of(desk, NEEDS), author, past="Was.", future="Will be.")
    more = FIRST.replace(
        PAST, '[[part.section.prompt]]\nkey = "now"\nlabel = "Now"\nform = "points"\n\n' + PAST
    )
    upgrade_brief(desk, load(without(more, PAST)), by=manager)
    section = write(section_of(desk, NEEDS), author, now="Is.", future="Other.")
    restore_revision(
        section, section.revisions.get(number=1), by=author, started_from=section.version
    )
    assert texts_now(section) == {"now": "Is.", "future": "Will be."}


def test_the_history_shows_texts_whose_prompt_is_gone(desk, author, manager, signed_in):
    write(section_of(desk, NEEDS), author, past="Was so.", future="Will be.")
    upgrade_brief(desk, load(without(FIRST, PAST)), by=manager)
    client, at = signed_in(author), f"/briefs/{desk.slug}/history/goals/needs/"
    assert "Was so." in client.get(f"{at}1/").text
    assert "Was so." in client.get(f"{at}compare/?from=1&to=2").text
    revision = section_of(desk, NEEDS).revisions.get(number=1)
    runs = who_wrote(section_of(desk, NEEDS), revision)
    assert [prompt.question.label for prompt in runs.prompts] == ["Past", "Future"]
    assert client.get(f"{at}replay/").status_code == 200
    assert "Was so." not in client.get(f"/briefs/{desk.slug}/history/goals/needs/1/restore/").text


def test_own_sections_keep_their_place_and_their_sign_off(desk, author, editor, manager):
    needs = section_of(desk, NEEDS)
    own = add_own_section(desk, "Fishing", part=needs.part, after=needs, by=manager)
    approve(section_of(desk, own.key), author, editor)
    last = add_own_section(desk, "Mining", part=needs.part, by=manager)
    health = without(FIRST, HEALTH)
    upgrade_brief(desk, load(health + TRADE), by=manager)
    assert outline_now(desk) == ["Preface", "Needs", "Fishing", "Mining", "Trade"]
    assert state(desk, own.key) == "approved"
    undo_upgrade(desk, by=manager)
    assert outline_now(desk) == ["Preface", "Needs", "Fishing", "Mining", "Health"]
    assert state(desk, own.key) == "approved"
    assert state(desk, last.key) == "empty"


def test_an_own_section_whose_part_goes_stands_behind_what_it_stood_behind(desk, manager):
    part = section_of(desk, NEEDS).part
    add_own_section(desk, "Fishing", part=part, by=manager)
    smaller = FIRST.partition('[[part]]\nkey = "goals"')[0]
    upgrade_brief(desk, load(smaller), by=manager)
    assert outline_now(desk) == ["Preface", "Fishing"]


def test_an_own_section_makes_way_for_one_of_the_template(desk, author, manager):
    part = section_of(desk, NEEDS).part
    own = add_own_section(desk, "Trade", part=part, by=manager)
    write(section_of(desk, own.key), author, "Ours.")
    upgrade_brief(desk, load(FIRST + TRADE), by=manager)
    rows = {row.key: row for row in desk.sections.all()}
    assert rows["goals/trade"].section_template
    assert rows["goals/trade-2"].pk == own.pk
    assert texts_now(rows["goals/trade-2"]) == {"body": "Ours."}


def test_what_is_typed_just_now_is_named_and_kept(desk, author, manager):
    section = section_of(desk, NEEDS)
    type_into(section, author, past="Typed.")
    plan = plan_upgrade(desk, load(FIRST + TRADE))
    assert not plan.obstacles
    upgrade_brief(desk, plan.target, by=manager)
    section = section_of(desk, NEEDS)
    assert texts_now(section) == {"past": "Typed."}
    assert tidy_texts(load_log(section.pk).text.texts()) == {"past": "Typed."}


def test_a_section_that_is_typed_in_and_asked_otherwise_holds_the_move_up(desk, author, manager):
    type_into(section_of(desk, NEEDS), author, past="Typed.")
    target = load(without(FIRST, PAST))
    with pytest.raises(ValidationError, match="Ada Author wrote in “Needs”"):
        upgrade_brief(desk, target, by=manager)
    desk.refresh_from_db()
    assert desk.template.version == 1


def test_the_log_says_what_the_answers_say_and_pages_begin_anew(desk, author, manager):
    section = write(section_of(desk, NEEDS), author, past="Was.", future="Will be.")
    document = LiveText.objects.get(pk=section.pk).document
    upgrade_brief(desk, load(without(FIRST, PAST)), by=manager)
    log = load_log(section.pk)
    assert log.document != document
    assert log.text.texts() == {"future": "Will be."}
    undo_upgrade(desk, by=manager)
    assert load_log(section.pk).text.texts() == {"past": "Was.", "future": "Will be."}


def test_a_review_that_is_not_touched_goes_on(desk, author, editor, manager):
    section = put_in_review(section_of(desk, NEEDS), author)
    upgrade_brief(desk, load(FIRST + TRADE), by=manager)
    approve_section(section, by=editor, revision=section.version)
    assert state(desk, NEEDS) == "approved"


@pytest.mark.parametrize("start", [PAST, '[[part.section]]\nkey = "goals/needs"\n'])
def test_a_section_in_review_that_is_asked_otherwise_holds_the_move_up(
    start, desk, author, manager
):
    put_in_review(section_of(desk, NEEDS), author)
    with pytest.raises(ValidationError, match="“Needs” is in review"):
        upgrade_brief(desk, load(without(FIRST, start)), by=manager)
    assert not LooseText.objects.exists()


def test_what_changed_since_the_preview_is_looked_at_again(desk, author, manager):
    target = load(without(FIRST, PAST))
    seen = plan_upgrade(desk, target).digest
    write(section_of(desk, NEEDS), author, past="Came since.")
    with pytest.raises(ValidationError, match="has changed since this was shown"):
        upgrade_brief(desk, target, by=manager, seen=seen)


@pytest.mark.parametrize("who", ["viewer", "author", "editor", "stranger"])
def test_only_a_manager_moves_a_brief(who, desk, request):
    with pytest.raises(PermissionDenied, match="Only a manager"):
        upgrade_brief(desk, load(FIRST + TRADE), by=request.getfixturevalue(who))


def test_an_archived_brief_stays_at_its_version(desk, manager):
    archive_brief(desk, by=manager)
    with pytest.raises(PermissionDenied, match="archived"):
        upgrade_brief(desk, load(FIRST + TRADE), by=manager)


def test_a_brief_moves_to_newer_versions_of_its_own_template_only(desk, manager):
    other = load(FIRST.replace('key = "desk"', 'key = "other"'))
    for target in (desk.template, other):
        with pytest.raises(ValidationError, match="can't be moved"):
            upgrade_brief(desk, target, by=manager)


def test_there_is_nothing_to_undo_before_a_move_and_after_its_undoing(desk, manager):
    with pytest.raises(PermissionDenied, match="no move"):
        undo_upgrade(desk, by=manager)
    upgrade_brief(desk, load(FIRST + TRADE), by=manager)
    undo_upgrade(desk, by=manager)
    with pytest.raises(PermissionDenied, match="no move"):
        undo_upgrade(desk, by=manager)


def test_moves_are_undone_one_after_the_other(desk, author, manager):
    write(section_of(desk, NEEDS), author, past="Was.", future="Will be.")
    upgrade_brief(desk, load(without(FIRST, PAST)), by=manager)
    upgrade_brief(desk, load(FIRST + TRADE), by=manager)
    assert texts_now(section_of(desk, NEEDS)) == {"past": "Was.", "future": "Will be."}
    undo_upgrade(desk, by=manager)
    assert texts_now(section_of(desk, NEEDS)) == {"future": "Will be."}
    undo_upgrade(desk, by=manager)
    assert texts_now(section_of(desk, NEEDS)) == {"past": "Was.", "future": "Will be."}
    assert waiting(desk) == []


def test_editions_stay_what_they_are_and_new_ones_hold_the_approved_text(
    desk, author, editor, manager
):
    section = write(section_of(desk, NEEDS), author, past="Was.", future="Will be.")
    request_review(section, by=author, revision=section.version)
    approve_section(section, by=editor, revision=section.version)
    first = release(desk, manager)
    target = load(
        without(FIRST, PAST).replace(NEEDS + '"', 'goals/wants"\nwas = "goals/needs"') + TRADE
    )
    upgrade_brief(desk, target, by=manager)
    desk.refresh_from_db()
    second = release(desk, manager)
    for edition in (first, second):
        assert [finding.is_true for finding in check_stored(edition)] == [True] * 5
    # What was approved goes out as it was approved, under the prompts of then.
    assert "Was." in bytes(second.files.get(kind="md").content).decode()


def test_nothing_that_was_decided_is_changed(desk, author, editor, manager):
    approve(section_of(desk, NEEDS), author, editor)
    before = list(SignOff.objects.values())
    upgrade_brief(desk, load(without(FIRST, PAST)), by=manager)
    undo_upgrade(desk, by=manager)
    assert list(SignOff.objects.values()) == before


def test_the_plan_says_the_approval_of_each_section(desk, author, editor):
    approve(section_of(desk, NEEDS), author, editor)
    plan = plan_upgrade(desk, load(without(FIRST, PAST)))
    told = {step.title: step.approval for step in plan.steps}
    assert told == {
        "Preface": Approval.NONE,
        "Needs": Approval.LAPSES,
        "Health": Approval.NONE,
    }


def test_the_act_is_on_the_record(desk, author, manager):
    write(section_of(desk, "goals/health"), author, "Healthy.")
    upgrade_brief(desk, load(without(FIRST, HEALTH) + TRADE), by=manager)
    act = Activity.objects.filter(brief=desk).first()
    assert act.actor == manager
    assert (act.detail["before"], act.detail["version"]) == (1, 2)
    assert (act.detail["new"], act.detail["gone"], act.detail["parked"]) == (
        ["Trade"],
        ["Health"],
        ["Health"],
    )


def test_planning_takes_the_same_queries_for_any_brief(desk, author, django_assert_num_queries):
    target = load(FIRST + TRADE)
    plan_upgrade(desk, target)
    with django_assert_num_queries(7) as few:
        plan_upgrade(desk, target)
    for row in desk.sections.all():
        write(section_of(desk, row.key), author)
    with django_assert_num_queries(len(few.captured_queries)):
        plan_upgrade(desk, target)


def test_a_form_that_was_open_gives_back_what_has_no_place_any_more(
    desk, author, manager, signed_in
):
    write(section_of(desk, NEEDS), author, past="Was.", future="Will be.")
    upgrade_brief(desk, load(without(FIRST, PAST)), by=manager)
    client, at = signed_in(author), f"/briefs/{desk.slug}/drafting/goals/needs/"
    sent = {"started_from": "1", "text-past": "Was.", "text-future": "Will be, soon."}
    assert client.post(at, sent).status_code == 302
    assert texts_now(section_of(desk, NEEDS)) == {"future": "Will be, soon."}
    response = client.post(at, sent | {"text-past": "Was, long ago.", "text-future": "Sooner."})
    assert response.status_code == 409
    for text in ("moved to another version", "Was, long ago.", "Sooner."):
        assert text in response.text
    assert texts_now(section_of(desk, NEEDS)) == {"future": "Will be, soon."}
