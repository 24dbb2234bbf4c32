"""A server in a process of its own, on the test's database, that can be killed and started again
at the same address."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import uvicorn
from django.conf import settings
from django.db import connection

from setup.install import ROOT

SECONDS_TO_START = 60


def database_url() -> str:
    """The test's own database, for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    login = f"{found['USER']}:{found['PASSWORD']}".rstrip(":")
    host = str(found["HOST"]).replace("/", "%2F")
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgresql://{login}@{host}{port}/{found['NAME']}"


class KillableServer:
    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.killable_server", str(self.port)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url()},
        )
        end = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self._process.poll() is None, "the server ended by itself"
            assert time.monotonic() < end
            time.sleep(0.05)

    def kill(self) -> None:
        """Without a warning: nothing can be finished."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As a deployment does it."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(SECONDS_TO_START)
            self._process = None

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


def serve(port: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler  # noqa: PLC0415

    from config.asgi import application  # noqa: PLC0415 - needs the settings named first

    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.LIVE_WRITING = True
    uvicorn.run(
        ASGIStaticFilesHandler(application),
        port=port,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="error",
    )


if __name__ == "__main__":
    serve(int(sys.argv[1]))
