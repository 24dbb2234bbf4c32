"""Jobs are made, taken, done, or tried again later. No two workers hold one at a time."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from background.models import Job, JobQuerySet

# What is held so long, and isn't renewed (keeping.py), is of a worker that died.
LEASE = dt.timedelta(minutes=5)
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=6)
MOST_ATTEMPTS = 8  # over about 17 hours
DEAD_ARE_KEPT = dt.timedelta(days=30)
MOST_OF_AN_ERROR = 2000  # characters


def enqueue(kind: str, **arguments: Any) -> None:
    """Has something done soon, once the running transaction is committed, and never if it isn't.
    `arguments` are plain JSON. Raises `LookupError` for a kind that `settings.JOBS` doesn't
    name."""
    enqueue_many(kind, [arguments])


def enqueue_many(kind: str, arguments: Iterable[dict[str, Any]]) -> None:
    """The same for many of a kind at once."""
    if kind not in settings.JOBS:
        raise LookupError(f"There is no job “{kind}” in settings.JOBS.")
    now = timezone.now()
    Job.objects.bulk_create(Job(kind=kind, arguments=each, due_at=now) for each in arguments)


def plan_timed_jobs() -> None:
    """Makes the timed jobs what `settings.TIMED_JOBS` says; several workers may do so at once."""
    timed = Job.objects.filter(every_seconds__isnull=False)
    timed.exclude(kind__in=settings.TIMED_JOBS).delete()
    now = timezone.now()
    Job.objects.bulk_create(
        [
            Job(kind=kind, every_seconds=seconds, due_at=now)
            for kind, seconds in settings.TIMED_JOBS.items()
        ],
        ignore_conflicts=True,
    )
    for kind, seconds in settings.TIMED_JOBS.items():
        timed.filter(kind=kind).exclude(every_seconds=seconds).update(every_seconds=seconds)


def take(worker: str) -> Job | None:
    """The next job that is due, held by that worker from now on; None when there is none.

    PostgreSQL passes over the rows that others are just taking; SQLite lets one transaction write
    at a time, and it is not opened for nothing.
    """
    if not _free().exists():
        return None
    with transaction.atomic():
        job = _free().select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.held_by = worker
        job.held_until = timezone.now() + LEASE
        job.attempts += 1
        job.save(update_fields=["held_by", "held_until", "attempts"])
    return job


def renew(job: Job) -> bool:
    """Its worker lives and keeps it. False when it is no longer that worker's."""
    return bool(_held(job).update(held_until=timezone.now() + LEASE))


def finish(job: Job) -> None:
    """It went well: it is gone, or due again if it is timed."""
    if job.every_seconds is None:
        _held(job).delete()
        return
    _held(job).update(
        due_at=timezone.now() + dt.timedelta(seconds=job.every_seconds),
        held_by="",
        held_until=None,
        attempts=0,
        last_error="",
    )


def fail(job: Job, error: str) -> None:
    """It didn't: it waits, longer each time, and at last is left for staff."""
    now = timezone.now()
    is_dead = is_last_attempt(job)
    _held(job).update(
        due_at=now + wait_after(job.attempts),
        held_by="",
        held_until=None,
        last_error=error[-MOST_OF_AN_ERROR:],
        gave_up_at=now if is_dead else None,
    )


def is_last_attempt(job: Job) -> bool:
    return job.every_seconds is None and job.attempts >= MOST_ATTEMPTS


def wait_after(attempts: int) -> dt.timedelta:
    """How long a job waits after so many attempts that failed: four times as long each time."""
    longer: int = 4 ** min(attempts - 1, 10)
    return min(FIRST_WAIT * longer, LONGEST_WAIT)


def try_again(jobs: JobQuerySet) -> int:
    """Has dead jobs done anew; says how many."""
    return jobs.dead().update(gave_up_at=None, attempts=0, due_at=timezone.now())


def sweep() -> None:
    """Takes away what has been dead for a month."""
    Job.objects.dead().filter(gave_up_at__lt=timezone.now() - DEAD_ARE_KEPT).delete()


def _free() -> JobQuerySet:
    now = timezone.now()
    return Job.objects.filter(gave_up_at=None, due_at__lte=now).filter(
        Q(held_until=None) | Q(held_until__lt=now)
    )


def _held(job: Job) -> JobQuerySet:
    """The job, if it is still this worker's: one that was held too long may be another's by now."""
    return Job.objects.filter(pk=job.pk, held_by=job.held_by, attempts=job.attempts)
