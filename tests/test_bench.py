"""The measurement runs, from an empty database to its tables, and leaves nothing behind."""

import re
import subprocess
import sys

import pytest

from bench.snapshots import current
from bench.table import lines_of
from bench.timing import Act, Measured, measure
from setup.install import ROOT


def test_measuring_prints_a_row_for_everything_that_people_wait_for():
    options = ["--briefs", "1", "2", "--revisions", "4"]
    options += ["--acts", "200", "--comments", "1", "2", "--notices", "5", "--runs", "1"]
    run = subprocess.run(
        [sys.executable, "-m", "bench", *options],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    *tables, record, comments, notices = re.split(r"\n\n", run.stdout)[1:]
    for name in ["activity  ", "activity, last page", "activity as CSV", "activity as JSON lines"]:
        assert re.search(rf"^{name}.* ms", record, re.MULTILINE), name
    for name in ["review  ", "review, as typed", "review, all of the text", "comments  "]:
        assert re.search(rf"^{name}.* ms", comments, re.MULTILINE), name
    assert re.search(r"^notices .* ms", notices, re.MULTILINE), notices
    for table in tables:
        rows = {line[:30].split("  ")[0]: line for line in table.splitlines()}
        for name in ["brief", "section", "history", "compare, newest two", "save with a revision"]:
            assert re.search(r"\d ms .* \d+$", rows[name]), rows[name]
        for name in ["import of a file as a brief", "Markdown, working text", "PDF, the first"]:
            assert " ms " in rows[name]
    assert "1 briefs" in run.stdout
    assert "4 revisions" in run.stdout


@pytest.mark.django_db
def test_acts_take_turns_and_queries_are_those_of_one_run(brief):
    done = []

    def act(name: str, times: int) -> Act:
        def run() -> None:
            done.append(name)
            for _ in range(times):
                brief.sections.count()

        return Act(name, run)

    results = measure([current()], [[act("one", 1), act("two", 2)]], 4)
    assert results["one"][0].queries == 1
    assert results["two"][0].queries == 2
    assert len(results["one"][0].runs) == 4
    assert done == ["one"] * 2 + ["two"] * 2 + ["one", "two"] * 4


def test_a_ratio_is_of_the_fastest_runs_and_a_time_the_median():
    row = [Measured(3, [0.010, 0.020, 0.060]), Measured(4, [0.015, 0.030, 0.090])]
    _head, line = lines_of("Title", "briefs", [1, 10], {"home": row})
    assert line.split() == ["home", "20.0", "ms", "30.0", "ms", "1.50", "3", "→", "4"]
