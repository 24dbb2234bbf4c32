"""While a job is being done its worker keeps it, however long that takes, within a bound."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DatabaseError, InterfaceError, connection

from background.models import Job
from background.queue import renew

RENEWED_EVERY = dt.timedelta(minutes=1)  # several times in a lease, as one may fail
MOST_RENEWALS = 30  # then it hangs, and is another's once the lease has passed

logger = logging.getLogger(__name__)


@contextmanager
def kept(job: Job) -> Iterator[None]:
    """Renews the lease of a job until its block ends. A worker that is killed renews no more."""
    ends = Event()
    thread = Thread(target=_renew, args=(job, ends), name=f"lease of {job}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()


def _renew(job: Job, ends: Event) -> None:
    for _renewal in range(MOST_RENEWALS):
        if ends.wait(RENEWED_EVERY.total_seconds()):
            return
        try:
            if not renew(job):
                return
        except (DatabaseError, InterfaceError):
            logger.exception("The lease of job %s could not be renewed; trying again.", job)
        finally:
            connection.close()  # this thread's own
