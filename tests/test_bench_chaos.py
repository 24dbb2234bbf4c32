"""A short run of the proof that live drafting loses nothing; `python -m bench.chaos` is the long
one. And that the proof fails when it should."""

import os
import re
import subprocess
import sys

import pytest
from django.db import connection

from setup.install import ROOT
from setup.programs import find_postgres


def run_chaos(*options: str) -> tuple[int, str]:
    """The exit code and the output. It makes a database of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-m", "bench.chaos", *options],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    return run.returncode, run.stdout


def test_nothing_is_lost_or_doubled_while_servers_are_killed():
    if connection.vendor != "sqlite":
        pytest.skip("the other test kills servers, too")
    code, said = run_chaos("--minutes", "0.4", "--sqlite", "--only-kills")
    assert code == 0, said
    assert re.search(r"^[1-9]\d* kills of a server$", said, re.MULTILINE), said
    assert "Every token stands exactly once." in said


def test_nothing_is_lost_or_doubled_while_postgresql_is_stopped():
    if connection.vendor == "sqlite":
        pytest.skip("asked for with PostgreSQL")
    if find_postgres() is None:
        pytest.skip("no PostgreSQL programs found")
    code, said = run_chaos("--minutes", "0.7")
    assert code == 0, said
    assert re.search(r"^[1-9]\d* forms saved$", said, re.MULTILINE), said
    assert "Every token stands exactly once." in said


def test_a_server_that_says_saved_before_it_is_gets_found_out():
    if connection.vendor != "sqlite":
        pytest.skip("the same on either database")
    # Whether a kill falls into the half second is chance: some of a few runs meet it.
    runs = (
        run_chaos(
            *("--minutes", "0.25", "--sqlite", "--only-kills", "--seed", str(seed)),
            *("--application", "tests.too_early:application"),
        )
        for seed in range(6)
    )
    found = next((said for code, said in runs if code == 1), "it was never found out")
    assert "was typed in" in found or " lost " in found, found
