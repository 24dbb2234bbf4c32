import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from briefs.export.pdf.content import content_of
from briefs.export.pdf.glyphs import Glyphs
from briefs.export.pdf.worker import Limits, RenderFailed, Worker
from tests.briefs.export.documents import make_document

PATIENT = Limits(seconds=90)
TABLE = "| a | b | c | d |\n|---|---|---|---|\n| some | words | in | it |"


def content(answer: str = "Some words.") -> bytes:
    fonts = Path(settings.PDF_FONTS_DIR)
    return json.dumps(content_of(make_document(answer), Glyphs(fonts))).encode()


@pytest.fixture(scope="module")
def huge() -> bytes:
    """One table of 40,000 rows, which is more than a brief may hold."""
    values = json.loads(content(TABLE))
    values["parts"][0]["sections"][0]["answers"][0]["blocks"][0]["rows"] *= 40_000
    return json.dumps(values).encode()


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker(Path(settings.PDF_FONTS_DIR), PATIENT)
    yield worker
    worker.stop()


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ends_within(seconds: float, pid: int) -> bool:
    deadline = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(pid)


def test_worker_stops_what_takes_too_long_and_does_the_next_job(worker, huge):
    worker.run(content(), 0)
    worker.limits = Limits(seconds=1)
    with pytest.raises(RenderFailed, match="took longer than 1 seconds"):
        worker.run(huge, 0)
    worker.limits = PATIENT
    assert worker.run(content(), 0)[0].startswith(b"%PDF")


def test_worker_stops_what_takes_too_much_memory_and_does_the_next_job(worker, huge):
    worker.limits = Limits(seconds=90, memory=600 * 1024 * 1024)
    with pytest.raises(RenderFailed, match="more memory than it may take"):
        worker.run(huge, 0)
    assert worker.run(content(), 0)[0].startswith(b"%PDF")


def test_worker_killed_in_the_middle_of_a_job_does_the_next_one(worker, huge):
    worker.run(content(), 0)
    child = worker._child
    assert child
    timer = threading.Timer(0.5, os.kill, (child.pid, signal.SIGKILL))
    timer.start()
    with pytest.raises(RenderFailed, match="export it as a web page"):
        worker.run(huge, 0)
    timer.join()
    assert worker.run(content(), 0)[0].startswith(b"%PDF")


def test_worker_killed_between_two_jobs_is_not_noticed(worker):
    worker.run(content(), 0)
    child = worker._child
    assert child
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert worker.run(content(), 0)[0].startswith(b"%PDF")


def test_worker_is_replaced_after_its_jobs(worker):
    worker.limits = Limits(seconds=90, jobs=2)
    children = []
    for _ in range(3):
        worker.run(content(), 0)
        assert worker._child
        children.append(worker._child.pid)
    assert children[0] == children[1] != children[2]
    assert not is_running(children[0])


def test_worker_gives_each_of_many_threads_its_own_pdf(worker):
    texts = [f"Brief number {number}." for number in range(8)]
    alone = [worker.run(content(text), 0) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: worker.run(content(text), 0), texts))
    assert together == alone
    assert len({pdf for pdf, _ in alone}) == 8


def test_worker_that_is_busy_for_long_says_so(worker):
    worker.limits = Limits(seconds=0.05)
    with worker._lock, pytest.raises(RenderFailed, match="Other PDFs are being made"):
        worker.run(content(), 0)


def test_worker_says_why_a_content_is_refused(worker):
    broken = json.loads(content())
    del broken["title"]
    with pytest.raises(RenderFailed, match="could not be set: dictionary does not contain key"):
        worker.run(json.dumps(broken).encode(), 0)


def test_worker_makes_a_pdf_without_marks_of_what_no_standard_takes(worker):
    """Characters are replaced before; should one be missed, the export isn't lost."""
    odd = json.loads(content())
    odd["parts"][0]["sections"][0]["answers"][0]["blocks"][0]["inlines"] = ["\ue000"]
    pdf, conformance = worker.run(json.dumps(odd).encode(), 0)
    assert pdf.startswith(b"%PDF")
    assert conformance == ()


SCRIPT = """
import os, signal, sys, django
django.setup()
from pathlib import Path
from django.conf import settings
from briefs.export.pdf import render
from tests.briefs.export.documents import make_document
render.render_pdf(make_document())
print(render.worker_for(Path(settings.PDF_FONTS_DIR))._child.pid, flush=True)
"""


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_worker_leaves_no_process_behind(end, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT + end],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "CHANCERY_TEST_FOLDER": str(tmp_path)},
        capture_output=True,
        check=not end,
    )
    assert ends_within(10, int(run.stdout))
