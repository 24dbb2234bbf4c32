import dataclasses
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from briefs.brief_templates.actions import Outcome, load_brief_template
from briefs.brief_templates.outline_file import SHIPPED_FILE, digest, read_outline
from briefs.brief_templates.outlines import outline_of
from briefs.models import Activity, Brief, BriefTemplate, Part, Prompt, SectionTemplate

SHIPPED = SHIPPED_FILE.read_text("utf-8")
OUTLINE = read_outline(SHIPPED)
CHANGED = read_outline(SHIPPED.replace('title = "Crises"', 'title = "Crises and Conflicts"'))


@pytest.fixture
def user(db) -> User:
    return User.objects.create_user("uma@example.org", "a long enough secret", name="Uma")


def rows() -> list[object]:
    """Every row of every template, to tell whether anything changed."""
    models = (BriefTemplate, Part, SectionTemplate, Prompt, Activity)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.django_db
def test_load_brief_template_stores_the_outline_as_it_is():
    loaded = load_brief_template(OUTLINE, by=None)
    assert loaded.outcome is Outcome.LOADED
    assert str(loaded.template) == "Country brief, version 1"
    assert loaded.template.digest == digest(OUTLINE)
    assert outline_of(loaded.template) == OUTLINE


@pytest.mark.django_db
def test_load_brief_template_again_changes_nothing():
    template = load_brief_template(OUTLINE, by=None).template
    before = rows()
    loaded = load_brief_template(OUTLINE, by=None)
    assert (loaded.template, loaded.outcome) == (template, Outcome.UNCHANGED)
    assert rows() == before


@pytest.mark.django_db
def test_load_brief_template_is_recorded(user):
    user.user_permissions.add(Permission.objects.get(codename="add_brieftemplate"))
    load_brief_template(OUTLINE, by=user)
    activity = Activity.objects.get()
    assert activity.verb == Activity.Verb.TEMPLATE_LOADED
    assert (activity.actor, activity.actor_name) == (user, "Uma")
    assert activity.detail == {"template": "country-brief", "version": 1, "title": "Country brief"}


@pytest.mark.django_db
def test_load_brief_template_without_the_right_is_refused(user):
    with pytest.raises(PermissionDenied, match="Ask an administrator"):
        load_brief_template(OUTLINE, by=user)
    assert not BriefTemplate.objects.exists()


@pytest.mark.django_db
def test_a_changed_outline_becomes_the_next_version_and_the_used_one_stays():
    first = load_brief_template(OUTLINE, by=None).template
    brief = Brief.objects.create(template=first, slug="b", title="B", subject="B")
    loaded = load_brief_template(CHANGED, by=None)
    assert (loaded.outcome, loaded.template.version) == (Outcome.NEW_VERSION, 2)
    assert outline_of(loaded.template) == CHANGED
    brief.refresh_from_db()
    assert brief.template == first
    assert outline_of(first) == OUTLINE
    assert list(BriefTemplate.objects.newest_versions()) == [loaded.template]


@pytest.mark.django_db
def test_an_outline_turned_back_is_a_version_of_its_own():
    for outline in (OUTLINE, CHANGED, OUTLINE, OUTLINE):
        newest = load_brief_template(outline, by=None).template
    assert newest.version == 3
    assert outline_of(newest) == OUTLINE


@pytest.mark.django_db
def test_another_key_is_another_template():
    load_brief_template(OUTLINE, by=None)
    other = load_brief_template(dataclasses.replace(OUTLINE, key="other"), by=None)
    assert (other.outcome, other.template.version) == (Outcome.LOADED, 1)


@pytest.mark.django_db
def test_rows_that_were_changed_in_the_database_are_reported():
    template = load_brief_template(OUTLINE, by=None).template
    SectionTemplate.objects.filter(key="opening/crises").update(guidance="Nothing.")
    with pytest.raises(ValidationError, match=r"were changed after .* \(opening/crises\)"):
        load_brief_template(OUTLINE, by=None)
    Part.objects.filter(template=template, key="overview").update(title="View")
    SectionTemplate.objects.filter(key="opening/crises").update(
        guidance=OUTLINE.parts[0].sections[1].guidance
    )
    with pytest.raises(ValidationError, match=r"\(title, language, parts or order\)"):
        load_brief_template(OUTLINE, by=None)
    assert load_brief_template(CHANGED, by=None).template.version == 2


@pytest.mark.django_db
def test_outline_of_takes_three_queries(django_assert_num_queries):
    template = load_brief_template(OUTLINE, by=None).template
    with django_assert_num_queries(3):
        outline_of(template)


@pytest.mark.django_db(transaction=True)
def test_loads_at_the_same_moment_make_one_version():
    start = Barrier(4)

    def load(_number: int) -> Outcome:
        start.wait(timeout=30)
        try:
            return load_brief_template(OUTLINE, by=None).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(load, range(4)))
    assert outcomes == [Outcome.LOADED, *3 * [Outcome.UNCHANGED]]
    assert outline_of(BriefTemplate.objects.get()) == OUTLINE
    assert Activity.objects.count() == 1


@pytest.mark.django_db
def test_the_command_loads_then_verifies_the_shipped_outline():
    said = StringIO()
    call_command("load_brief_template", stdout=said)
    call_command("load_brief_template", stdout=said)
    assert said.getvalue().splitlines() == [
        "Loaded “Country brief, version 1”.",
        "“Country brief, version 1” is loaded already and unchanged.",
    ]


@pytest.mark.django_db
def test_the_command_loads_a_changed_file_with_a_byte_order_mark_as_the_next_version(tmp_path):
    call_command("load_brief_template", stdout=StringIO())
    file = tmp_path / "changed.toml"
    file.write_text(SHIPPED.replace('"Crises"', '"Conflicts"'), encoding="utf-8-sig")
    said = StringIO()
    call_command("load_brief_template", file, stdout=said)
    assert said.getvalue().startswith("Loaded “Country brief, version 2”;")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (SHIPPED.replace('title = "Crises"', 'titel = "Crises"').encode(), "section 2: “titel” is"),
        (b"key = ", "line 1: This can't be read as TOML"),
        (b"key = '\xff'", "is not UTF-8 text \\(byte 8\\)"),
        (None, "can't be read: No such file"),
    ],
)
def test_the_command_with_a_bad_file_loads_nothing(tmp_path, content, sentence):
    file = tmp_path / "bad.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("load_brief_template", file)
    assert not BriefTemplate.objects.exists()


@pytest.mark.django_db
def test_the_command_reports_changed_rows():
    call_command("load_brief_template", stdout=StringIO())
    Prompt.objects.filter(key="milestones").delete()
    with pytest.raises(CommandError, match="overview/history"):
        call_command("load_brief_template")


def test_the_shipped_outline_does_not_undo_what_was_published_since(db):
    call_command("load_brief_template", stdout=StringIO())
    outline = read_outline(SHIPPED_FILE.read_text("utf-8"))
    load_brief_template(dataclasses.replace(outline, title="Ours"), by=None)
    out = StringIO()
    call_command("load_brief_template", stdout=out)
    assert "newer versions" in out.getvalue()
    assert BriefTemplate.objects.count() == 2
