"""Whoever does a job keeps it, and no longer than half an hour."""

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.db import DatabaseError
from django.utils import timezone

from background import keeping, queue
from background.models import Job
from background.worker import Worker

RENEWED_EVERY = keeping.RENEWED_EVERY
SEEN: list[object] = []


def until(is_so: Callable[[], bool]) -> bool:
    """Waits for it, on a slow machine, too."""
    ends = time.monotonic() + 20
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.01)
    return is_so()


def is_held() -> bool:
    return Job.objects.get().held_until > timezone.now()


def outlast_the_lease():
    Job.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    SEEN.append(until(is_held))
    SEEN.append(queue.take("other"))


def be_taken_by_another():
    Job.objects.update(held_by="other", held_until=timezone.now() - dt.timedelta(seconds=1))
    time.sleep(0.1)
    SEEN.append(is_held())


@pytest.fixture(autouse=True)
def jobs(settings, monkeypatch):
    SEEN.clear()
    settings.JOBS = {
        "long": "tests.background.test_keeping.outlast_the_lease",
        "lost": "tests.background.test_keeping.be_taken_by_another",
    }
    monkeypatch.setattr(keeping, "RENEWED_EVERY", dt.timedelta(milliseconds=10))


@pytest.fixture
def renewed(monkeypatch) -> list[Job]:
    """What was renewed, without a database."""
    jobs: list[Job] = []

    def renew(job: Job) -> bool:
        jobs.append(job)
        return True

    monkeypatch.setattr(keeping, "renew", renew)
    return jobs


@pytest.mark.django_db(transaction=True)
def test_a_job_that_outlasts_its_lease_is_done_by_one_worker():
    queue.enqueue("long")
    assert Worker().do_next()
    assert SEEN == [True, None]
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_another_holds_is_not_renewed():
    queue.enqueue("lost")
    assert Worker().do_next()
    assert SEEN == [False]
    assert Job.objects.get().held_by == "other"


def test_a_job_that_hangs_is_not_kept_for_ever(monkeypatch, renewed):
    monkeypatch.setattr(keeping, "MOST_RENEWALS", 3)
    with keeping.kept(Job(pk=1)):
        assert until(lambda: len(renewed) == 3)
        time.sleep(0.1)
    assert len(renewed) == 3


def test_a_database_that_is_away_for_a_moment_does_not_lose_the_job(monkeypatch, caplog):
    answers = [DatabaseError("It is away."), True, False]

    def renew(_job):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(keeping, "renew", renew)
    with keeping.kept(Job(pk=1)):
        assert until(lambda: not answers)
    assert "could not be renewed" in caplog.text


def test_nothing_is_renewed_once_the_job_is_done(renewed):
    with keeping.kept(Job(pk=1)):
        assert until(lambda: bool(renewed))
    count = len(renewed)
    time.sleep(0.1)
    assert len(renewed) == count


def test_a_lease_lasts_some_renewals():
    assert 3 * RENEWED_EVERY < queue.LEASE < keeping.MOST_RENEWALS * RENEWED_EVERY
