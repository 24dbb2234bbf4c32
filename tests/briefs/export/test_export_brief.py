import json
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from briefs.document.tree import TextState
from briefs.export.actions import export_brief
from briefs.export.failures import RenderFailed
from briefs.export.formats import ExportFormat
from briefs.management.commands import export_brief as command
from briefs.models import Activity, LooseText
from tests.factories import section_of, write


@pytest.mark.parametrize("export_format", [one.value for one in ExportFormat])
def test_export_brief_writes_the_file_that_the_page_sends(brief, author, tmp_path, export_format):
    write(section_of(brief, "opening/preface"), author, "Words.")
    path = tmp_path / "out"
    call_command("export_brief", "belgium", format=export_format, text="working", output=str(path))
    same = export_brief(brief, ExportFormat(export_format), TextState.WORKING, by=author)
    assert path.read_bytes() == same.content
    assert Activity.objects.filter(verb="brief_exported").count() == 2


def test_export_brief_writes_only_the_file_to_standard_output(brief, capfdbinary):
    LooseText.objects.create(brief=brief, kind="parked", text="x", original="x")
    call_command("export_brief", "belgium", "--format=json", "--output=-")
    out, err = capfdbinary.readouterr()
    assert json.loads(out)["text"] == "approved"
    assert err.decode() == "1 text has no place yet; it is in the list “parked”.\n"


def test_export_brief_of_an_unknown_slug_says_so(db):
    with pytest.raises(CommandError, match="There is no brief “atlantis”"):
        call_command("export_brief", "atlantis", format="pdf", output="-")


def test_export_brief_of_an_unknown_format_or_text_says_which_there_are(brief):
    for wrong in [["--format=odt"], ["--format=pdf", "--text=secret"], []]:
        with pytest.raises(CommandError, match=r"invalid choice|required"):
            call_command("export_brief", "belgium", *wrong)


def test_export_brief_into_a_folder_that_is_not_there_says_so(brief, tmp_path):
    path = tmp_path / "nowhere" / "out"
    with pytest.raises(CommandError, match="can't be written: No such file"):
        call_command("export_brief", "belgium", format="json", output=str(path))


def test_export_brief_replaces_a_file_only_when_told_to(brief, tmp_path):
    path = tmp_path / "out"
    path.write_text("of somebody")
    arguments = ["export_brief", "belgium", "--format=json", f"--output={path}"]
    with pytest.raises(CommandError, match="is there already"):
        call_command(*arguments)
    assert path.read_text() == "of somebody"
    assert not Activity.objects.filter(verb="brief_exported").exists()
    call_command(*arguments, "--overwrite")
    assert json.loads(path.read_text())["text"] == "approved"
    assert list(tmp_path.iterdir()) == [path]


def test_export_brief_that_fails_says_why_and_writes_nothing(brief, tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise RenderFailed("The PDF took longer than 20 seconds.")

    monkeypatch.setattr(command, "export_brief", fail)
    path = tmp_path / "out"
    with pytest.raises(CommandError, match="took longer"):
        call_command("export_brief", "belgium", format="pdf", output=str(path), stderr=StringIO())
    assert not path.exists()


def test_export_brief_of_markdown_as_one_wants_it(brief, capfdbinary):
    call_command("export_brief", "belgium", "--format=markdown", "--no-front-matter")
    out, _err = capfdbinary.readouterr()
    assert out.startswith(b"# Belgium\n")
    call_command("export_brief", "belgium", "--format=markdown", "--per-section")
    out, _err = capfdbinary.readouterr()
    with zipfile.ZipFile(BytesIO(out)) as files:
        assert files.read("index.md").startswith(b"---\n")


@pytest.mark.parametrize("option", ["--no-front-matter", "--per-section"])
def test_export_brief_of_another_format_has_no_options_of_markdown(brief, option):
    with pytest.raises(CommandError, match="go with --format markdown"):
        call_command("export_brief", "belgium", "--format=json", option)
    with pytest.raises(CommandError, match="of one brief"):
        call_command("export_brief", "--all", "--format=markdown", "--output=x", option)
