"""Rows that are written once: no way through Django, and none past it."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from briefs.models import (
    Activity,
    AppendOnlyError,
    Edition,
    EditionFile,
    Suggestion,
    SuggestionDecision,
)
from briefs.models.append_only import AppendOnly
from briefs.suggesting.actions import Proposal, decline_suggestion, make_suggestion
from tests.factories import (
    add_member,
    make_brief,
    make_user,
    put_in_review,
    release,
    section_of,
    write,
)

GUARDED = [model for model in AppendOnly.__subclasses__() if not model._meta.abstract]


@pytest.fixture
def rows(brief, author, editor, manager) -> dict[type[models.Model], models.Model]:
    write(section_of(brief, "goals/needs"), author)
    edition = release(brief, manager)
    health = put_in_review(section_of(brief, "goals/health"), author, "Words.")
    suggestion = make_suggestion(
        health, Proposal("body", 0, "Words", "Others"), by=editor, revision=1
    )
    decline_suggestion(suggestion, by=author)
    return {
        Activity: Activity.objects.latest("pk"),
        Edition: edition,
        Suggestion: suggestion,
        SuggestionDecision: suggestion.decision,
        EditionFile: edition.files.get(kind="pdf"),
    }


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except IntegrityError as error:
        return "written once" in str(error)
    return False


def test_every_model_that_is_written_once_is_tried(rows):
    assert set(rows) == set(GUARDED)


@pytest.mark.parametrize("model", GUARDED)
def test_a_row_that_is_written_once_is_refused_by_django(model, rows):
    row = rows[model]
    for act in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(pk=1),
        lambda: model.objects.bulk_update([row], [model._meta.fields[1].name]),
    ):
        with pytest.raises(AppendOnlyError):
            act()


@pytest.mark.parametrize("model", GUARDED)
def test_a_row_that_is_written_once_is_refused_by_the_database(model, rows):
    table = model._meta.db_table
    column = model._meta.fields[1].column
    before = list(model.objects.order_by("pk").values())
    assert refused(f"UPDATE {table} SET {column} = {column}")
    assert refused(f"DELETE FROM {table}")
    assert refused(f"DELETE FROM {table} WHERE id = {rows[model].pk}")
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        # PostgreSQL empties no table that has something left to check at the end.
        connection.check_constraints()
        assert refused(f"TRUNCATE {table} CASCADE")
    assert list(model.objects.order_by("pk").values()) == before


def test_nothing_that_an_act_names_can_be_deleted_from_under_it(brief, author):
    section = write(section_of(brief, "goals/needs"), author)
    for named in (author, brief, section, section.revisions.get()):
        with pytest.raises(models.ProtectedError):
            named.delete()


def test_a_member_who_leaves_and_is_renamed_keeps_their_name_in_the_record(template):
    brief = make_brief(template)
    person = make_user("Nadia Former")
    membership = add_member(brief, person, "author")
    write(section_of(brief, "goals/needs"), person)
    membership.delete()
    person.name, person.is_active = "Somebody Else", False
    person.save()
    assert brief.activities.first().actor_name == "Nadia Former"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_guards_stand_again_after_the_suite_emptied_the_database(turn, brief):
    assert refused("DELETE FROM briefs_activity")
