import io
import json

import pytest
from django.core.management import CommandError, call_command

from briefs.brief_templates.actions import load_brief_template
from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.commissioning.actions import archive_brief
from briefs.models import Activity, Brief, LooseText
from tests.briefs.importing.seed import SEED_FILE
from tests.factories import section_of, write


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("import_brief", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def shipped(db):
    return load_brief_template(
        read_outline(SHIPPED_FILE.read_text(encoding="utf-8")), by=None
    ).template


def test_the_seed_is_imported_and_accounted_for_as_json(shipped):
    report = json.loads(run(SEED_FILE, "--country", "BE", "--json"))
    assert report["slug"] == "belgium"
    counts = {name: report[name] for name in ("answer", "structure", "set_aside", "parked")}
    assert (
        counts == report["lines"] == {"answer": 143, "structure": 76, "set_aside": 3, "parked": 0}
    )
    assert {"line", "kind", "sentence"} == set(report["oddities"][0])
    brief = Brief.objects.get(slug="belgium")
    assert (brief.country.code, brief.template) == ("BE", shipped)
    assert brief.sections.filter(version=1).count() == 40
    assert list(brief.loose_texts.values_list("line", flat=True)) == [30, 38, 180]
    assert not brief.memberships.exists()


def test_a_dry_run_reports_the_same_and_stores_nothing(shipped):
    report = json.loads(run(SEED_FILE, "--country", "BE", "--json", "--dry-run"))
    assert report["slug"] is None
    assert report["answer"] == 143
    assert not Brief.objects.exists()
    assert not LooseText.objects.exists()
    assert not Activity.objects.exclude(verb="template_loaded").exists()


def test_the_report_for_people_says_every_oddity(template, file):
    text = run(file, "--template", "small")
    assert "4 lines are answers, 8 structure, 1 set aside, 1 parked." in text
    assert "Line 12: This reads like guidance" in text
    assert "Stored as “belgium”." in text
    assert "Nothing was stored." in run(file, "--template", "small", "--dry-run")


def test_standard_input_is_read(template, file, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(file.read_bytes())

    monkeypatch.setattr("sys.stdin", Stdin())
    run("-", "--template", "small")
    assert Brief.objects.get().title == "Belgium"


def test_a_person_is_named_manager_and_contributor_without_the_right_to_add(template, file, author):
    run(file, "--template", "small", "--by", author.email.upper())
    brief = Brief.objects.get()
    assert brief.roles == {author.pk: "manager"}
    assert list(section_of(brief, "opening/preface").revisions.get().contributors.all()) == [author]


def test_into_a_brief_it_fills_and_shows_the_rest_side_by_side(brief, author, file):
    write(section_of(brief, "goals/needs"), author, past="Ours.")
    report = json.loads(run(file, "--into", brief.slug, "--json"))
    assert report["slug"] == brief.slug
    assert {(each["name"], each["outcome"]) for each in report["texts"]} == {
        ("Preface", "filled"),
        ("Needs, Past", "beside"),
        ("Needs, Future", "filled"),
        ("Football", "new_section"),
    }
    text = run(file, "--into", brief.slug)
    assert "In the brief:\nOurs.\nIn the file:\nOld needs." in text
    assert brief.loose_texts.filter(text="Old needs.").count() == 1


def test_into_a_brief_as_a_dry_run(brief, file):
    assert "was empty; the file's text fills it" in run(file, "--into", brief.slug, "--dry-run")
    assert not brief.loose_texts.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--country", "XX", "--template", "small"], "“XX” is no country"),
        (["--country", "XX", "--template", "small", "--dry-run"], "“XX” is no country"),
        (["--into", "nowhere"], "no brief “nowhere”"),
        (["--by", "no@example.org", "--template", "small"], "Nobody active has the address"),
        (["--template", "large"], "No template “large” is loaded.*load_brief_template"),
        ([], "No template “country-brief” is loaded.*load_brief_template"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_stored(template, file, arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(file, *arguments)
    assert refusal.value.returncode == 1
    assert not Brief.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"# A\n\xff", r"not UTF-8 text \(line 2\)"),
        (b"x" * (2 * 1024 * 1024 + 1), "at most|the most that can be imported is 2 MB"),
        (b"# Shopping\n\n- Milk\n", "doesn't look like a brief"),
        (b"## Preface\n\n" + b"word " * 14_000, "“Preface” from line 3 has 69 KB"),
    ],
)
def test_a_file_that_cannot_be_stored_is_refused(template, tmp_path, content, sentence):
    path = tmp_path / "x.md"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run(path, "--template", "small", "--country", "BE")
    assert not Brief.objects.exists()


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_data_that_do_not_fit_are_refused_by_their_name(template, tmp_path, options):
    path = tmp_path / "x.md"
    path.write_text(f"---\ntitle: A\nreference: {'x' * 61}\n---\n## Preface\n\nB.\n")
    with pytest.raises(CommandError, match=r"Reference: .*at most 60 characters"):
        run(path, "--template", "small", *options)
    assert not Brief.objects.exists()


def test_a_file_that_is_not_there_is_said(template, tmp_path):
    with pytest.raises(CommandError, match="can't be read: No such file"):
        run(tmp_path / "x.md", "--template", "small")


def test_an_archived_brief_is_refused(brief, manager, file):
    archive_brief(brief, by=manager)
    with pytest.raises(CommandError, match="This brief is archived"):
        run(file, "--into", brief.slug)
