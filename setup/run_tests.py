"""Runs the suite on SQLite, what asks a database on PostgreSQL, too, what needs a browser in
Chromium, and the scripts' own tests in Node; says at the end what did not run.

PostgreSQL is the server at TEST_DATABASE_URL, or else a throw-away cluster; never one that merely
answers.
With REQUIRE_ALL=1 a part that did not run is a failure.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree as ET

from setup.install import NODE_WHEEL, ROOT
from setup.programs import find_chromium, find_postgres
from setup.throwaway_postgres import throwaway_postgres

NODE = NODE_WHEEL / "bin" / "node"
NO_TESTS = 5
COVERAGE = ["--cov", "--cov-report=term"]


@dataclass
class Outcome:
    """What one part of the run came to; `reason` says why it did not run."""

    part: str
    reason: str = ""
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    is_broken: bool = False


@contextmanager
def postgres_url() -> Iterator[str | None]:
    given = os.environ.get("TEST_DATABASE_URL")
    if given and not given.startswith(("postgres://", "postgresql://")):
        sys.exit("TEST_DATABASE_URL must be the address of a PostgreSQL server: postgresql://…")
    programs = find_postgres()
    if given or not programs:
        yield given
    else:
        with throwaway_postgres(programs) as url:
            yield url


def run_part(part: str, database_url: str | None, *options: str) -> Outcome:
    """Run pytest in a process of its own; without a database URL, on SQLite."""
    print(f"\n{part}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    with tempfile.TemporaryDirectory(prefix="chancery-tests-") as folder:
        # Given to tests/settings.py, so that it is gone even when pytest is killed.
        environment["CHANCERY_TEST_FOLDER"] = folder
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-n", "2", f"--junit-xml={report}", *options]
        code = subprocess.run(command, cwd=ROOT, check=False, env=environment).returncode
        if code == NO_TESTS:
            return Outcome(part, "there is no such test")
        return read_report(part, report, code)


def read_report(part: str, report: Path, code: int) -> Outcome:
    if not report.exists():
        return Outcome(part, is_broken=True)
    counts = dict.fromkeys(["tests", "failures", "errors", "skipped"], 0)
    for suite in ET.parse(report).getroot().iter("testsuite"):
        for name in counts:
            counts[name] += int(suite.get(name, 0))
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    return Outcome(part, "", passed, failed, counts["skipped"], is_broken=code != 0)


def run_scripts() -> Outcome:
    """Run the tests of static/js that need no browser, with the Node of the lock."""
    print("\nScripts", flush=True)
    with tempfile.TemporaryDirectory(prefix="chancery-tests-") as folder:
        report = Path(folder) / "report.tap"
        reporters = ["--test-reporter=dot", "--test-reporter-destination=stdout"]
        reporters += ["--test-reporter=tap", f"--test-reporter-destination={report}"]
        command: list[str | Path] = [NODE, "--test", *reporters, "tests/js/*.test.mjs"]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        return read_script_report("Scripts", report, code)


def read_script_report(part: str, report: Path, code: int) -> Outcome:
    """The counts at the end of Node's own report, "# pass 87" and so on."""
    text = report.read_text() if report.exists() else ""
    counts = {
        name: int(count) for name, count in re.findall(r"^# (\w+) (\d+)$", text, re.MULTILINE)
    }
    if not counts.get("tests"):
        return Outcome(part, is_broken=True)
    failed = counts["fail"] + counts["cancelled"]
    skipped = counts["skipped"] + counts["todo"]
    return Outcome(part, "", counts["pass"], failed, skipped, is_broken=code != 0)


def run_all() -> Iterator[Outcome]:
    yield run_scripts()
    yield run_part("SQLite", None, "-m", "not browser", *COVERAGE)
    with postgres_url() as url:
        if url:
            # What asks no database was run above, and isn't otherwise here.
            yield run_part("PostgreSQL", url, "-m", "not browser and not no_database")
        else:
            yield Outcome(
                "PostgreSQL", "no server programs found; set TEST_DATABASE_URL or install them"
            )
        if find_chromium():
            yield run_part("Browser", url, "-m", "browser")
        else:
            yield Outcome("Browser", "no Chromium found")


def report_all(outcomes: list[Outcome]) -> bool:
    """Print the closing lines; return whether the run counts as good."""
    print()
    left_out = [outcome for outcome in outcomes if outcome.reason]
    if left_out:
        print(
            "Did not run:", "; ".join(f"{outcome.part} ({outcome.reason})" for outcome in left_out)
        )
    broken = [outcome.part for outcome in outcomes if outcome.is_broken]
    if broken:
        print("Failed:", ", ".join(broken))
    passed, failed, skipped = (
        sum(getattr(outcome, name) for outcome in outcomes)
        for name in ("passed", "failed", "skipped")
    )
    # A part that broke before its tests, or beside them, must not read as "0 failed".
    failed += sum(outcome.is_broken and not outcome.failed for outcome in outcomes)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    is_complete = not left_out or os.environ.get("REQUIRE_ALL") != "1"
    return failed == 0 and passed > 0 and is_complete


def stop(_signal: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does, so that the throw-away cluster is taken down."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        sys.exit(0 if report_all(list(run_all())) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
