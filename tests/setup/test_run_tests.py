from pathlib import Path

import pytest

from setup.run_tests import (
    Outcome,
    postgres_url,
    read_report,
    read_script_report,
    report_all,
    run_scripts,
)

GOOD = [Outcome("SQLite", passed=7), Outcome("PostgreSQL", passed=7), Outcome("Browser", passed=2)]


def test_a_whole_run_is_good_and_its_last_line_counts_it(capsys: pytest.CaptureFixture[str]):
    assert report_all(GOOD)
    assert capsys.readouterr().out.splitlines()[-1] == "16 passed, 0 failed, 0 skipped"


def test_what_did_not_run_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("REQUIRE_ALL", raising=False)

    assert report_all([GOOD[0], Outcome("PostgreSQL", "no programs"), Outcome("Browser", "none")])
    assert (
        "Did not run: PostgreSQL (no programs); Browser (none)"
        in capsys.readouterr().out.splitlines()
    )


def test_what_did_not_run_is_a_failure_where_all_is_required(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REQUIRE_ALL", "1")

    assert report_all(GOOD)
    assert not report_all([*GOOD[:2], Outcome("Browser", "no Chromium found")])


@pytest.mark.parametrize(
    "broken",
    [Outcome("SQLite", passed=6, failed=1, is_broken=True), Outcome("SQLite", is_broken=True)],
)
def test_a_part_that_failed_or_never_began_fails_the_run(
    broken: Outcome, capsys: pytest.CaptureFixture[str]
):
    assert not report_all([broken, *GOOD[1:]])
    assert "Failed: SQLite" in capsys.readouterr().out
    assert not report_all([broken])


def test_a_run_of_no_test_is_not_good():
    assert not report_all([])


def test_a_report_counts_errors_as_failures(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="2" skipped="1"/></testsuites>'
    )

    outcome = read_report("SQLite", report, code=1)

    assert (outcome.passed, outcome.failed, outcome.skipped) == (5, 3, 1)
    assert outcome.is_broken


def test_a_report_of_node_is_read(tmp_path: Path):
    report = tmp_path / "report.tap"
    report.write_text("# tests 9\n# pass 5\n# fail 2\n# cancelled 1\n# skipped 1\n# todo 0\n")

    outcome = read_script_report("Scripts", report, code=1)

    assert (outcome.passed, outcome.failed, outcome.skipped) == (5, 3, 1)
    assert outcome.is_broken


def test_a_run_of_node_without_a_test_is_broken(tmp_path: Path):
    report = tmp_path / "report.tap"
    assert read_script_report("Scripts", report, code=0).is_broken
    report.write_text("# tests 0\n# pass 0\n")
    assert read_script_report("Scripts", report, code=0).is_broken


def test_the_scripts_have_tests_and_they_pass():
    outcome = run_scripts()

    assert outcome.passed > 50
    assert not outcome.is_broken


def test_a_run_that_left_no_report_is_broken(tmp_path: Path):
    assert read_report("SQLite", tmp_path / "none.xml", code=0).is_broken


def test_the_server_named_is_the_one_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://user@host/name")

    with postgres_url() as url:
        assert url == "postgresql://user@host/name"


def test_a_server_that_is_no_postgres_is_refused_in_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "sqlite:///tests.sqlite3")

    with pytest.raises(SystemExit, match="must be the address of a PostgreSQL server"):
        postgres_url().__enter__()
