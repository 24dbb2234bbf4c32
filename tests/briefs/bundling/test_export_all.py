import json
import time
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command

from briefs.bundling import at_once
from briefs.commissioning.actions import archive_brief
from briefs.export.failures import RenderFailed
from briefs.models import Activity
from tests.factories import add_member, approve, make_brief, release, section_of


@pytest.fixture
def briefs(brief, template, author, editor, manager):
    for title in ["Chad", "Chile", "Cuba"]:
        make_brief(template, title=title)
    gone = make_brief(template, title="Gone")
    add_member(gone, manager, "manager")
    archive_brief(gone, by=manager)
    approve(section_of(brief, "goals/needs"), author, editor, "The port is old.")
    release(brief, manager)
    return brief


def export(folder, *options: str) -> None:
    call_command("export_brief", "--all", "--output", str(folder), *options)


@pytest.mark.django_db(transaction=True)
def test_export_all_writes_every_brief_in_use_and_a_manifest(briefs, tmp_path, capsys):
    export(tmp_path / "out", "--format", "pdf", "--jobs", "3")
    folder = tmp_path / "out"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [each["slug"] for each in manifest["briefs"]] == ["belgium", "chad", "chile", "cuba"]
    assert (manifest["format"], manifest["text"]) == ("pdf", "approved")
    for each in manifest["briefs"]:
        content = (folder / each["file"]).read_bytes()
        assert content.startswith(b"%PDF")
        assert sha256(content).hexdigest() == each["sha256"]
        assert each["failed"] is None
    assert [each["newest_edition"] for each in manifest["briefs"]] == [1, None, None, None]
    told = capsys.readouterr().err.splitlines()
    assert told[3].startswith("4 of 4: ")


@pytest.mark.django_db(transaction=True)
def test_export_all_goes_on_past_a_failure_and_says_so_at_the_end(briefs, tmp_path, monkeypatch):
    whole = at_once.export_brief

    def failing(brief, *args, **kwargs):
        if brief.slug == "chile":
            raise RenderFailed("It is too large.")
        return whole(brief, *args, **kwargs)

    monkeypatch.setattr(at_once, "export_brief", failing)
    with pytest.raises(CommandError, match="1 brief could not be exported"):
        export(tmp_path, "--format", "markdown")
    files = {path.name for path in tmp_path.iterdir()}
    assert "cuba-approved.md" in files
    assert "chile-approved.md" not in files
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["briefs"][2]["failed"] == "It is too large."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name one brief, or say --all"),
        (["belgium", "--all"], "Name one brief, or say --all"),
        (["--all"], "Say with --output"),
        (["--all", "--output", "x", "--jobs", "0"], "at least 1"),
        (["--all", "--output", "/dev/null/x"], "can't be written"),
    ],
)
def test_export_all_says_what_is_missing(db, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("export_brief", *arguments, "--format", "json")


@pytest.mark.django_db(transaction=True)
def test_export_all_goes_on_past_a_file_that_cannot_be_written(briefs, tmp_path):
    (tmp_path / "chad-approved.md").mkdir()
    with pytest.raises(CommandError, match="1 brief could not be exported"):
        export(tmp_path, "--format", "markdown", "--overwrite")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert "can't be written" in manifest["briefs"][1]["failed"]
    assert (tmp_path / "cuba-approved.md").is_file()


@pytest.mark.django_db(transaction=True)
def test_export_all_that_is_interrupted_begins_nothing_more(briefs, tmp_path, monkeypatch):
    export(tmp_path, "--format", "markdown")
    whole, begun = at_once.export_brief, []

    def slow(brief, *args, **kwargs):
        begun.append(brief.slug)
        time.sleep(0.3)
        return whole(brief, *args, **kwargs)

    def interrupt(_running):
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(at_once, "export_brief", slow)
        stopped.setattr(at_once, "as_completed", interrupt)
        with pytest.raises(CommandError, match="there is no manifest") as told:
            export(tmp_path, "--format", "json", "--jobs", "1", "--overwrite")
    assert told.value.returncode == 130
    assert len(begun) == 1
    assert [path.name for path in tmp_path.glob("*.json")] == ["belgium-approved.json"]
    export(tmp_path, "--format", "json", "--overwrite")
    assert (tmp_path / "manifest.json").is_file()


@pytest.mark.django_db(transaction=True)
def test_export_all_replaces_what_is_there_only_when_told_to(briefs, tmp_path):
    (tmp_path / "chad-approved.md").write_text("of somebody")
    with pytest.raises(CommandError, match="isn't empty"):
        export(tmp_path, "--format", "markdown")
    assert [path.name for path in tmp_path.iterdir()] == ["chad-approved.md"]
    assert not Activity.objects.filter(verb="brief_exported", actor=None).exists()
    export(tmp_path, "--format", "markdown", "--overwrite")
    assert "of somebody" not in (tmp_path / "chad-approved.md").read_text()
