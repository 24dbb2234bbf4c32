import shutil
import subprocess
from pathlib import Path

import pytest

from setup import install


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "stamps").mkdir()
    (tmp_path / "source").write_text("one")
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "STAMPS", tmp_path / "stamps")
    return tmp_path


def run_step(folder: Path) -> list[bool]:
    """Run a step that copies `source`; return what each call of its maker was told."""
    calls: list[bool] = []

    def make(may_be_half_made: bool) -> None:
        calls.append(may_be_half_made)
        shutil.copy(folder / "source", folder / "result")
        shutil.copy(folder / "source", folder / "other")

    install.step("copy", [folder / "source"], [folder / "result", folder / "other"], make)
    return calls


def test_a_step_done_before_does_nothing(folder: Path):
    assert run_step(folder) == [True]
    assert run_step(folder) == []


def test_a_step_is_done_again_when_its_source_changes(folder: Path):
    run_step(folder)
    (folder / "source").write_text("two")

    assert run_step(folder) == [False]
    assert (folder / "result").read_text() == "two"


@pytest.mark.parametrize("name", ["result", "other"])
def test_a_step_is_done_again_when_any_of_its_results_is_gone(folder: Path, name: str):
    run_step(folder)
    (folder / name).unlink()

    assert run_step(folder) == [False]


def test_a_step_cut_short_is_done_again_as_half_made(folder: Path):
    run_step(folder)
    (folder / "source").write_text("two")

    def fail(_may_be_half_made: bool) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        install.step("copy", [folder / "source"], [folder / "result"], fail)

    assert run_step(folder) == [True]


def find_python(path: Path) -> subprocess.CompletedProcess[str]:
    """Run it with nothing on PATH but what the test laid there."""
    script = Path(__file__).parents[2] / "setup" / "find-python"
    return subprocess.run(
        ["/bin/sh", script],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


def lay_python(path: Path, name: str, *, version: str = "3.11", has_venv: bool = True) -> None:
    """Lay down a program that answers as such a Python does."""
    answers = f'case "$2" in *ensurepip*) exit {0 if has_venv else 1};; *) echo {version};; esac'
    (path / name).write_text(f"#!/bin/sh\n{answers}\n")
    (path / name).chmod(0o755)


def test_python3_is_taken_where_python3_11_has_no_such_name(tmp_path: Path):
    lay_python(tmp_path, "python3")

    assert find_python(tmp_path).stdout == "python3\n"


def test_another_python_is_passed_over(tmp_path: Path):
    lay_python(tmp_path, "python3", version="3.13")
    lay_python(tmp_path, "python3.11")

    assert find_python(tmp_path).stdout == "python3.11\n"


@pytest.mark.parametrize("version", [None, "3.10", "3.13"])
def test_without_python_3_11_one_sentence_says_what_to_install(tmp_path: Path, version: str | None):
    if version:
        lay_python(tmp_path, "python3", version=version)

    found = find_python(tmp_path)

    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.startswith("Chancery needs Python 3.11: install it")
    assert found.stderr.count("\n") == 1


def test_without_the_venv_module_one_sentence_says_what_to_install(tmp_path: Path):
    lay_python(tmp_path, "python3", has_venv=False)

    found = find_python(tmp_path)

    assert found.returncode == 1
    assert "python3.11-venv" in found.stderr
    assert found.stderr.count("\n") == 1
