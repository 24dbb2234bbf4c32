import json
import os
import re
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

from bench.printing.documents import make_brief
from briefs.export.failures import RenderFailed, Unwanted
from briefs.export.pdf.content import Content
from briefs.export.pdf.jobs import Answer, Job
from briefs.export.pdf.pool import Pool, Watch
from briefs.export.pdf.worker import Limits, Worker
from tests.briefs.export.documents import make_document

PATIENT = Limits(seconds=90)
TABLE = "| a | b | c | d |\n|---|---|---|---|\n| some | words | in | it |"


def job(answer: str = "Some words.") -> Job:
    return Job(Content([make_document(answer)], Path(settings.PDF_FONTS_DIR)).text)


def pdf_of(answer: Answer) -> bytes:
    return answer.outputs[0]


@pytest.fixture(scope="module")
def huge() -> Job:
    """One table of 40,000 rows, which is more than a brief may hold."""
    values = json.loads(job(TABLE).content)
    values["briefs"][0]["parts"][0]["sections"][0]["answers"][0]["blocks"][0]["rows"] *= 40_000
    return Job(json.dumps(values))


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
    worker.run(job())
    with pytest.raises(RenderFailed, match="took longer than 1 seconds"):
        worker.run(huge, seconds=1)
    assert pdf_of(worker.run(job())).startswith(b"%PDF")


def test_worker_stops_what_takes_too_much_memory_and_does_the_next_job(worker, huge):
    worker.limits = Limits(seconds=90, memory=600 * 1024 * 1024)
    with pytest.raises(RenderFailed, match="more memory than it may take"):
        worker.run(huge)
    assert pdf_of(worker.run(job())).startswith(b"%PDF")


def test_worker_stops_what_is_not_wanted_any_more_and_does_the_next_job(worker, huge):
    worker.run(job())
    wanted = iter([True, True, False])
    with pytest.raises(Unwanted):
        worker.run(huge, is_wanted=lambda: next(wanted))
    assert pdf_of(worker.run(job())).startswith(b"%PDF")


def test_worker_killed_in_the_middle_of_a_job_does_the_next_one(worker, huge):
    worker.run(job())
    child = worker._child
    assert child
    timer = threading.Timer(0.5, os.kill, (child.pid, signal.SIGKILL))
    timer.start()
    with pytest.raises(RenderFailed, match="export it as a web page"):
        worker.run(huge)
    timer.join()
    assert pdf_of(worker.run(job())).startswith(b"%PDF")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_worker_finishes_its_job_when_all_processes_are_told_to_stop(worker, stop):
    worker.run(job())
    child = worker._child
    assert child
    os.kill(child.pid, stop)
    assert pdf_of(worker.run(job("Some more."))).startswith(b"%PDF")
    assert worker._child is child


def test_worker_killed_between_two_jobs_is_not_noticed(worker):
    worker.run(job())
    child = worker._child
    assert child
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert pdf_of(worker.run(job())).startswith(b"%PDF")


def test_worker_is_replaced_after_its_jobs(worker):
    worker.limits = Limits(seconds=90, jobs=2)
    children = []
    for _ in range(3):
        worker.run(job())
        assert worker._child
        children.append(worker._child.pid)
    assert children[0] == children[1] != children[2]
    assert not is_running(children[0])


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(Path(settings.PDF_FONTS_DIR), PATIENT, 2)
    yield pool
    pool.stop()


def test_pool_gives_each_of_many_threads_its_own_pdf(pool):
    texts = [f"Brief number {number}." for number in range(8)]
    alone = [pool.run(job(text)) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: pool.run(job(text)), texts))
    assert together == alone
    assert len({pdf_of(answer) for answer in alone}) == 8


def test_pool_says_how_many_are_ahead_and_leaves_out_who_gave_up(pool, huge):
    """Both workers are busy: who waits is told so, and is let go at once when unwanted."""
    is_busy = threading.Event()
    stop = threading.Event()

    def keep_busy() -> None:
        with pytest.raises(Unwanted):
            pool.run(huge, Watch(None, lambda: not stop.is_set(), lambda _ahead: is_busy.set()))

    with ThreadPoolExecutor(2) as threads:
        busy = [threads.submit(keep_busy) for _ in range(2)]
        is_busy.wait(30)
        while pool._free:
            time.sleep(0.01)
        told: list[int] = []
        with pytest.raises(Unwanted):
            pool.run(job(), Watch(None, lambda: not told, told.append))
        stop.set()
        for each in busy:
            each.result()
    assert told == [1]
    assert pdf_of(pool.run(job())).startswith(b"%PDF")
    assert not pool._queue


def test_worker_never_gives_one_job_the_answer_to_another(worker, monkeypatch):
    """What breaks while an answer is read leaves it in the pipe: that process does nothing more."""

    def fail(*_):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr("briefs.export.pdf.worker.read_answer", fail)
        with pytest.raises(MemoryError):
            worker.run(job("A secret."))
    other = Worker(worker.fonts, PATIENT)
    assert worker.run(job("Another.")) == other.run(job("Another."))
    other.stop()


def test_pool_lets_nobody_take_all_of_it(pool):
    mine = Watch(7)
    for _number in range(3):
        pool._enter(mine.owner)
    with pytest.raises(RenderFailed, match="Other files are being made for you"):
        pool.run(job(), mine)
    assert pool.run(job(), Watch(8)).outputs
    assert pool.run(job()).outputs


def test_pool_that_is_busy_for_long_says_so(pool):
    pool.limits = Limits(seconds=0.05)
    pool._free.clear()
    with pytest.raises(RenderFailed, match="Other PDFs are being made"):
        pool.run(job())


def test_worker_says_why_a_content_is_refused(worker):
    broken = json.loads(job().content)
    del broken["briefs"][0]["title"]
    with pytest.raises(RenderFailed, match="could not be set: dictionary does not contain key"):
        worker.run(Job(json.dumps(broken)))


def test_worker_makes_a_pdf_without_marks_of_what_no_standard_takes(worker):
    """Characters are replaced before; should one be missed, the export isn't lost."""
    odd = json.loads(job().content)
    blocks = odd["briefs"][0]["parts"][0]["sections"][0]["answers"][0]["blocks"]
    blocks[0]["inlines"] = ["\ue000"]
    answer = worker.run(Job(json.dumps(odd)))
    assert pdf_of(answer).startswith(b"%PDF")
    assert answer.conformance == ()


CONFINED = """
import errno, socket, subprocess, sys
from briefs.export.pdf.confinement import confine
is_filtered = confine(1 << 30)
for attempt in (
    lambda: socket.socket(),
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.socketpair(),
    lambda: subprocess.run(["/bin/true"]),
):
    try:
        attempt()
    except OSError as error:
        print(is_filtered, error.errno == errno.EPERM)
    else:
        print(is_filtered, "allowed")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")
def test_confined_process_has_neither_sockets_nor_programs():
    run = subprocess.run(
        [sys.executable, "-c", CONFINED], cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert run.stdout.decode().split("\n")[:4] == ["True True"] * 4


def test_worker_hands_nothing_of_the_environment_on(worker, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not-for-others")
    worker.run(job())
    assert worker._child
    environment = Path(f"/proc/{worker._child.pid}/environ").read_bytes()
    assert b"PYTHONPATH" in environment
    assert b"not-for-others" not in environment
    assert b"DATABASE_URL" not in environment


SCRIPT = """
import os, signal, sys, django
django.setup()
from pathlib import Path
from django.conf import settings
from briefs.export.pdf import pool, render
from tests.briefs.export.documents import make_document
render.render_pdf(make_document(), is_anew=True)
workers = pool.pool_for(Path(settings.PDF_FONTS_DIR))._all
print(next(worker._child.pid for worker in workers if worker._child), flush=True)
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


@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's books in /proc")
def test_worker_remembers_few_of_the_briefs_that_it_set(worker):
    def most_after(names: range) -> int:
        for name in names:
            brief = make_brief(f"remembered {name}")
            worker.run(Job(Content([brief], Path(settings.PDF_FONTS_DIR)).text))
        status = Path(f"/proc/{worker._child.pid}/status").read_text()
        [kibibytes] = re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
        return int(kibibytes) // 1024

    # With all that Typst would keep, each brief more takes some 30 MiB.
    first = most_after(range(5))
    assert most_after(range(5, 10)) - first < 75
