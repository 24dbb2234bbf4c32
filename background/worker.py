"""The loop that does the jobs: in a process of its own, or in a thread of the demo's server."""

import logging
import os
import secrets
import socket
import traceback
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.module_loading import import_string

from background.keeping import kept
from background.models import Job
from background.queue import MOST_ATTEMPTS, fail, finish, plan_timed_jobs, take

IDLE_SECONDS = 1.0
SECONDS_WITHOUT_DATABASE = 5.0

logger = logging.getLogger(__name__)


class Worker:
    """Does one job after the other until it is told to stop; then it finishes what it holds."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        # An event has a lock, for which a signal would wait that comes while another sets it.
        self._stops: SimpleQueue[None] = SimpleQueue()

    def stop(self) -> None:
        """May be called from a signal's handler and from another thread."""
        self._stops.put(None)

    def run(self) -> None:
        """Returns once it was told to stop. A database that is away is waited for."""
        is_planned = False
        while self._stops.empty():
            try:
                if not is_planned:
                    plan_timed_jobs()
                    is_planned = True
                if not self.do_next():
                    self._rest(IDLE_SECONDS)
            except (DatabaseError, InterfaceError):
                logger.exception("The database can't be reached or refuses; trying again.")
                self._rest(SECONDS_WITHOUT_DATABASE)
            close_old_connections()
        connection.close()

    def run_due(self) -> None:
        """Does all that is due now."""
        plan_timed_jobs()
        while self._stops.empty() and self.do_next():
            pass

    def _rest(self, seconds: float) -> None:
        """Until then, or until it is told to stop."""
        with suppress(Empty):
            self._stops.put(self._stops.get(timeout=seconds))

    def do_next(self) -> bool:
        """Does one job, if one is due; says whether it was."""
        job = take(self.name)
        if job is None:
            return False
        if job.every_seconds is None and job.attempts > MOST_ATTEMPTS:
            fail(job, job.last_error or "Its worker died each time.")
            return True
        try:
            with kept(job):
                _function_of(job)(**job.arguments)
        except Exception:
            # Whatever a job dies of, the others are done; its reason is kept for staff.
            logger.warning("Job %s failed, attempt %s.", job, job.attempts, exc_info=True)
            fail(job, traceback.format_exc())
        else:
            finish(job)
        return True


def _function_of(job: Job) -> Callable[..., Any]:
    function: Callable[..., Any] = import_string(settings.JOBS[job.kind])
    return function
