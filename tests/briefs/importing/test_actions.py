import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError

from briefs.brief_templates.outlines import outline_of
from briefs.document.tree import TextState
from briefs.export.markdown import write_markdown
from briefs.importing import actions
from briefs.importing.actions import NewBrief, import_brief, import_into
from briefs.importing.comparing import Outcome
from briefs.importing.reading import read_brief
from briefs.models import Activity, Brief, LooseText, Membership, Revision, Section
from briefs.prompts import texts_now
from briefs.reading import read_document
from briefs.review.actions import request_review
from tests.factories import make_brief, put_in_review, section_of, write


@pytest.fixture
def reading(template, text):
    return read_brief(text, outline_of(template))


def store(reading, template, by=None, **fields):
    return import_brief(reading, NewBrief(template, source="belgium.md", **fields), by=by).brief


def test_everything_lands_where_the_report_says(reading, template, manager):
    brief = store(reading, template, by=manager)
    assert (brief.title, brief.subject, brief.country.code) == ("Belgium", "Belgium", "BE")
    assert texts_now(section_of(brief, "opening/preface")) == {"body": "The preface."}
    needs = section_of(brief, "goals/needs")
    assert texts_now(needs) == {"past": "Old needs.", "future": "New needs."}
    own = section_of(brief, "goals/football")
    assert (own.title, own.is_own, texts_now(own)) == ("Football", True, {"body": "The match."})
    assert section_of(brief, "goals/health").version == 0
    loose = [
        (text.kind, text.section and text.section.key, text.text, text.source, text.line)
        for text in brief.loose_texts.all()
    ]
    assert loose == [
        ("parked", None, "Before all.", "belgium.md", 6),
        ("set_aside", "opening/preface", "*Guidance that was left in.*", "belgium.md", 12),
    ]


def test_who_imports_is_manager_and_contributor(reading, template, manager):
    brief = store(reading, template, by=manager)
    assert brief.roles == {manager.pk: Membership.Role.MANAGER}
    revision = section_of(brief, "goals/needs").revisions.get()
    assert (revision.kind, revision.number) == (Revision.Kind.IMPORT, 1)
    assert list(revision.contributors.all()) == [manager]


def test_from_the_command_line_nobody_is_a_member_but_who_is_named(reading, template, author):
    assert store(reading, template).roles == {}
    new = NewBrief(template, source="x")
    brief = import_brief(reading, new, by=None, member=author).brief
    assert brief.roles == {author.pk: Membership.Role.MANAGER}
    revision = section_of(brief, "goals/needs").revisions.get()
    assert list(revision.contributors.all()) == [author]
    assert revision.created_by is None


def test_it_is_one_row_of_the_record_with_its_counts(reading, template, manager):
    brief = store(reading, template, by=manager)
    row = Activity.objects.get(brief=brief, verb=Activity.Verb.BRIEF_IMPORTED)
    assert row.actor == manager
    assert row.detail["lines"] == reading.counts()
    assert (row.detail["source"], row.detail["sections"]) == ("belgium.md", 3)


def test_who_may_not_add_briefs_may_not_import_one(reading, template, author):
    with pytest.raises(PermissionDenied, match="You may not make briefs"):
        store(reading, template, by=author)
    assert not Brief.objects.exists()


@pytest.mark.parametrize(
    ("fields", "title", "country"),
    [
        ({}, "Belgium", "BE"),
        ({"country": "fr"}, "Belgium", "FR"),
        ({"title": "Ours", "subject": "Trade"}, "Ours", "BE"),
    ],
)
def test_what_is_said_goes_before_what_the_file_says(reading, template, fields, title, country):
    brief = store(reading, template, **fields)
    assert (brief.title, brief.country.code) == (title, country)
    assert brief.subject == fields.get("subject") or brief.country.name


def test_a_file_without_a_title_is_called_after_its_country(template):
    reading = read_brief("## Preface\n\nA.\n", outline_of(template))
    assert store(reading, template, country="BE").title == "Belgium"
    with pytest.raises(ValidationError, match="names no title"):
        store(reading, template)


def test_a_country_that_does_not_exist_is_refused(reading, template):
    with pytest.raises(ValidationError, match="“XX” is no country"):
        store(reading, template, country="XX")
    assert not Brief.objects.exists()


def test_what_is_no_brief_is_refused(template):
    with pytest.raises(ValidationError, match="doesn't look like a brief"):
        store(read_brief("# B\n\nWords.\n", outline_of(template)), template)
    assert not Brief.objects.exists()


def test_a_failure_leaves_nothing(reading, template, manager, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr(actions, "publish", fail)
    with pytest.raises(DatabaseError):
        store(reading, template, by=manager)
    for model in (Brief, Section, LooseText, Revision, Activity, Membership):
        assert not model.objects.exists()


def test_what_was_stored_is_exported_imported_and_exported_with_the_same_bytes(
    reading, template, manager
):
    once = write_markdown(read_document(store(reading, template, by=manager), TextState.WORKING))
    assert "### 1.2 Football\n\nThe match.\n\n### 1.3 Health\n" in once
    again = store(read_brief(once, outline_of(template)), template, by=manager)
    assert again.slug != "belgium"
    assert write_markdown(read_document(again, TextState.WORKING)) == once
    assert not again.loose_texts.exists()


def outcomes(found):
    return {each.name: each.outcome for each in found}


def test_into_a_brief_only_what_is_empty_is_filled(reading, brief, author, second_author):
    write(section_of(brief, "goals/needs"), second_author, past="Ours.")
    write(section_of(brief, "opening/preface"), second_author, "The preface.")
    found = import_into(brief, reading, by=author, source="belgium.md")
    assert outcomes(found) == {
        "Preface": Outcome.SAME,
        "Needs, Past": Outcome.BESIDE,
        "Needs, Future": Outcome.FILLED,
        "Football": Outcome.REFUSED,
    }
    needs = section_of(brief, "goals/needs")
    assert texts_now(needs) == {"past": "Ours.", "future": "New needs."}
    assert list(needs.revisions.get(number=2).contributors.all()) == [author]
    assert section_of(brief, "opening/preface").version == 1
    parked = {(text.section and text.section.key, text.text) for text in brief.loose_texts.all()}
    assert parked == {
        ("goals/needs", "Old needs."),
        (None, "The match."),
        (None, "Before all."),
        ("opening/preface", "*Guidance that was left in.*"),
    }
    beside = brief.loose_texts.get(text="Old needs.")
    assert (beside.source, beside.line) == ("belgium.md: Needs, Past", 18)


def test_into_a_brief_a_manager_adds_the_files_own_sections(reading, brief, manager):
    import_into(brief, reading, by=manager, source="x")
    assert texts_now(section_of(brief, "goals/football")) == {"body": "The match."}


def test_into_a_brief_twice_parks_nothing_twice_and_adds_nothing_twice(reading, brief, manager):
    write(section_of(brief, "goals/needs"), manager, past="Ours.")
    import_into(brief, reading, by=manager, source="x")
    sections, parked = brief.sections.count(), brief.loose_texts.count()
    found = import_into(brief, reading, by=manager, source="x")
    assert set(outcomes(found).values()) == {Outcome.SAME, Outcome.BESIDE}
    assert (brief.sections.count(), brief.loose_texts.count()) == (sections, parked)


def test_into_a_section_in_review_nothing_is_written(reading, brief, author):
    section = section_of(brief, "goals/needs")
    write(section, author, past="Ours.")
    put_in_review(section_of(brief, "opening/preface"), author, "Theirs.")
    section = section_of(brief, "goals/needs")
    request_review(section, by=author, revision=section.version)
    found = import_into(brief, reading, by=author, source="x")
    [refused] = [each for each in found if each.name == "Needs, Future"]
    assert refused.outcome is Outcome.REFUSED
    assert "is in review" in refused.reason
    assert texts_now(section_of(brief, "goals/needs")) == {"past": "Ours."}
    assert brief.loose_texts.filter(text="New needs.").exists()


def test_into_a_brief_by_who_may_not_write_in_it(reading, brief, viewer, stranger):
    for person in (viewer, stranger):
        with pytest.raises(PermissionDenied, match="not write in it"):
            import_into(brief, reading, by=person, source="x")
    assert not brief.loose_texts.exists()


def test_into_a_brief_from_the_command_line_needs_no_role(reading, template):
    brief = make_brief(template)
    found = import_into(brief, reading, by=None, source="x")
    assert set(outcomes(found).values()) == {Outcome.FILLED, Outcome.NEW_SECTION}


def test_into_a_brief_a_failure_leaves_nothing(reading, brief, manager, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr(actions, "publish", fail)
    with pytest.raises(DatabaseError):
        import_into(brief, reading, by=manager, source="x")
    assert not brief.loose_texts.exists()
    assert not Revision.objects.exists()
