"""The load benchmark of live drafting runs: so the stock yjs and y-protocols speak with the server,
nothing is unacknowledged at the end, and pages and log read the same."""

import re
import subprocess
import sys

from setup.install import ROOT


def test_pages_on_the_stock_yjs_type_and_agree():
    options = ["--live", "--sqlite", "--cases", "4x1", "4x2", "--seconds", "2", "--edits", "300"]
    run = subprocess.run(
        [sys.executable, "-m", "bench", *options],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"^4 in 1 .* \d+% ", run.stdout, re.MULTILINE), run.stdout
    assert re.search(r"^4 in 2 .* \d+% ", run.stdout, re.MULTILINE), run.stdout
    assert re.search(r"^300 .* ms .* ms", run.stdout, re.MULTILINE), run.stdout
