"""Chancery's server in processes of its own, at one address each, to be killed and started again.

A child inherits the environment, in which bench.settings has put the database and the secret.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from setup.install import ROOT

APPLICATION = "config.asgi:application"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


class Server:
    """One address. `application` is what uvicorn is told to serve; `log` is the file to which the
    server writes what it has to say."""

    def __init__(self, application: str = APPLICATION, log: Path = Path(os.devnull)) -> None:
        self._application, self._log = application, log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process.pid

    async def start(self) -> None:
        process = self._process = self._launched()
        async with asyncio.timeout(SECONDS_TO_START):
            while not await self._answers():
                if process.poll() is not None:
                    raise RuntimeError("The server ended by itself.")
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """Without a warning: nothing can be finished."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """As a deployment does it."""
        await self._end(signal.SIGTERM)

    async def pause(self, seconds: float) -> None:
        """As a machine that is out of breath does it."""
        os.kill(self.pid, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        os.kill(self.pid, signal.SIGCONT)

    def _launched(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "uvicorn", self._application, "--port", str(self.port)]
        options = ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false"]
        quiet = ["--log-level", "critical", "--no-access-log", "--no-proxy-headers"]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [*command, *options, *quiet],
                cwd=ROOT,
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            await asyncio.to_thread(process.wait, SECONDS_TO_STOP)

    async def _answers(self) -> bool:
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.close()
            return True
        return False
