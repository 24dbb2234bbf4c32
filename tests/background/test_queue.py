"""Jobs exist once their transaction is committed, and are held by one worker at a time."""

import datetime as dt
import time
from threading import Thread, Timer

import pytest
from django.db import transaction
from django.utils import timezone

from background import queue
from background.models import Job
from background.worker import Worker
from tests.reentrance import within_itself

DONE: list[int] = []


def note(number):
    DONE.append(number)


def break_down():
    raise RuntimeError("The mail server is away.")


@pytest.fixture(autouse=True)
def jobs(settings, db):
    DONE.clear()
    settings.JOBS = {
        "note": "tests.background.test_queue.note",
        "break": "tests.background.test_queue.break_down",
        "timed": "tests.background.test_queue.break_down",
    }
    settings.TIMED_JOBS = {}


def make_due(**changes):
    Job.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1), **changes)


def test_a_job_is_done_and_gone():
    queue.enqueue("note", number=3)
    Worker().run_due()
    assert DONE == [3]
    assert not Job.objects.exists()


def test_a_job_of_an_act_that_is_undone_never_was():
    with transaction.atomic():
        queue.enqueue("note", number=3)
        transaction.set_rollback(True)
    Worker().run_due()
    assert DONE == []


def test_an_unknown_kind_is_refused():
    with pytest.raises(LookupError):
        queue.enqueue("nothing of the kind")


def test_a_job_that_is_held_is_nobody_elses():
    queue.enqueue("note", number=3)
    assert queue.take("one")
    assert queue.take("other") is None


def test_what_a_dead_worker_held_is_taken_after_its_time():
    queue.enqueue("note", number=3)
    held = queue.take("one")
    Job.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    again = queue.take("other")
    assert again.pk == held.pk
    # The first turns out to live: it can't take away what is the other's by now.
    queue.finish(held)
    queue.fail(held, "too late")
    job = Job.objects.get()
    assert (job.held_by, job.last_error) == ("other", "")


def test_a_failed_job_waits_longer_each_time_and_at_last_is_left_for_staff():
    queue.enqueue("break")
    waits = []
    for _attempt in range(queue.MOST_ATTEMPTS):
        make_due()
        before = timezone.now()
        assert Worker().do_next()
        job = Job.objects.get()
        waits.append(round((job.due_at - before).total_seconds() / 60))
    assert waits == [1, 4, 16, 64, 256, 360, 360, 360]
    assert job.gave_up_at is not None
    assert "The mail server is away." in job.last_error
    make_due()
    assert not Worker().do_next()
    assert queue.try_again(Job.objects.all()) == 1
    assert Worker().do_next()


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    queue.enqueue("note", number=3)
    Job.objects.update(attempts=queue.MOST_ATTEMPTS)
    assert Worker().do_next()
    assert DONE == []
    assert Job.objects.get().gave_up_at


def test_a_timed_job_is_one_row_comes_again_and_never_dies(settings):
    settings.TIMED_JOBS = {"timed": 60}
    queue.plan_timed_jobs()
    queue.plan_timed_jobs()
    job = Job.objects.get()
    for _attempt in range(queue.MOST_ATTEMPTS + 2):
        make_due()
        assert Worker().do_next()
    job.refresh_from_db()
    assert job.gave_up_at is None
    settings.JOBS = {"timed": "background.queue.sweep"}
    make_due()
    Worker().do_next()
    job.refresh_from_db()
    assert (job.attempts, job.last_error) == (0, "")
    assert job.due_at > timezone.now()
    settings.TIMED_JOBS = {}
    queue.plan_timed_jobs()
    assert not Job.objects.exists()


def test_dead_jobs_are_swept_after_a_month():
    queue.enqueue("break")
    queue.enqueue("break")
    old = Job.objects.first()
    now = timezone.now()
    Job.objects.update(gave_up_at=now)
    Job.objects.filter(pk=old.pk).update(gave_up_at=now - dt.timedelta(days=31))
    queue.sweep()
    assert Job.objects.exclude(pk=old.pk).get()


def test_a_worker_that_is_told_twice_at_once_stops():
    """A second signal in the middle of the first: it waited for itself and never ended."""
    worker = Worker()
    thread = Thread(target=within_itself, args=[worker.stop], daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    queue.enqueue("note", number=3)
    make_due()
    worker.run_due()
    assert DONE == []


def test_a_worker_that_rests_stops_at_once():
    worker = Worker()
    Timer(0.2, worker.stop).start()
    begun = time.monotonic()
    worker._rest(60)
    assert time.monotonic() - begun < 30
