"""`manage.py work` in processes of its own: two of them send no mail twice, even when one is
killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from background.models import Job
from briefs.models import NoticeMail
from setup.install import ROOT
from tests.browser.killable_server import database_url
from tests.factories import add_member, make_user, put_in_review, section_of

MAILS = 30
SECONDS = 90
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mails(brief, author, editor, manager) -> int:
    """Many people are asked at once."""
    for number in range(MAILS - 2):
        add_member(brief, make_user(f"Editor {number}"), "editor")
    put_in_review(section_of(brief, "goals/needs"), author)
    assert NoticeMail.objects.count() == MAILS
    return MAILS


@pytest.fixture
def start(tmp_path):
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work", *options],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.work_settings",
                "DATABASE_URL": database_url(),
                "MAIL_FOLDER": str(tmp_path),
            },
            stderr=subprocess.DEVNULL,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def written(folder: Path) -> Counter[str]:
    """How often each mail went out, by its Message-ID."""
    text = "".join(file.read_text() for file in folder.glob("*.log"))
    return Counter(re.findall(r"^Message-ID: (\S+)", text, re.MULTILINE))


def wait_for(condition) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_two_workers_send_each_mail_once_and_stop_when_told(mails, start, tmp_path):
    workers = [start(), start()]
    wait_for(lambda: not Job.objects.exists())
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(SECONDS) for worker in workers] == [0, 0]
    assert set(written(tmp_path).values()) == {1}
    assert len(written(tmp_path)) == mails
    assert not NoticeMail.objects.exclude(status=NoticeMail.Status.SENT).exists()


def test_a_worker_killed_between_sending_and_noting_it_sends_nothing_twice(mails, start, tmp_path):
    hang = tmp_path / "hang"
    hang.touch()
    killed = start()
    wait_for(lambda: len(written(tmp_path)) == 1)
    killed.kill()
    killed.wait()
    hang.unlink()
    assert NoticeMail.objects.get(status=NoticeMail.Status.SENDING)
    Job.objects.exclude(held_until=None).update(held_until=timezone.now() - timedelta(seconds=1))
    assert start("--once").wait(SECONDS) == 0
    assert set(written(tmp_path).values()) == {1}
    assert len(written(tmp_path)) == mails
    assert NoticeMail.objects.filter(status=NoticeMail.Status.UNCLEAR).count() == 1
    assert NoticeMail.objects.filter(status=NoticeMail.Status.SENT).count() == mails - 1


def test_a_worker_that_is_told_to_stop_finishes_what_it_holds(mails, start, tmp_path):
    hang = tmp_path / "hang"
    hang.touch()
    worker = start()
    wait_for(lambda: len(written(tmp_path)) == 1)
    worker.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    assert worker.poll() is None
    hang.unlink()
    assert worker.wait(SECONDS) == 0
    assert NoticeMail.objects.filter(status=NoticeMail.Status.SENT).count() == 1
    assert not NoticeMail.objects.filter(status=NoticeMail.Status.SENDING).exists()
