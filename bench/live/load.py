"""One server, and a number of pages that type into a number of its sections."""

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from bench.chaos.servers import Server
from bench.chaos.stage import Stage
from bench.live.process import cpu_seconds, memory_mb
from briefs.live_text.log import load
from setup.install import NODE_WHEEL, ROOT

NODE = NODE_WHEEL / "bin" / "node"
TYPISTS = Path(__file__).with_name("typists.mjs")
PER_SECOND = 5
WARM_UP = 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Case:
    pages: int
    sections: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """Milliseconds as (median, 99th percentile); `seen` is null where each page is alone in its
    section; `cpu` and `own_cpu`, of the server and of the
    pages, as shares of one core; of the pages' own delay
    the 99th percentile, too; memory in MB, before and after; the machine's load when it began."""

    case: Case
    seen: tuple[float, float] | None
    acknowledged: tuple[float, float]
    cpu: float
    own_cpu: float
    own_delay: float
    memory: tuple[float, float]
    machine: float
    made: int
    mistakes: tuple[str, ...]


async def measure(case: Case, stage: Stage, seconds: float) -> Loaded:
    """Starts a new server and lets the pages type. Raises when the pages end early."""
    server = Server()
    await server.start()
    try:
        return await asyncio.to_thread(_measured, case, stage, seconds, server)
    finally:
        await server.stop()


def _measured(case: Case, stage: Stage, seconds: float, server: Server) -> Loaded:
    machine = os.getloadavg()[0]
    plan = {
        "port": server.port,
        "seats": _seats(case, stage),
        "seconds": seconds,
        "warmUp": WARM_UP,
        "perSecond": PER_SECOND,
    }
    with subprocess.Popen(
        [NODE, TYPISTS, json.dumps(plan)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as pages:
        try:
            _wait_for("begin", pages)
            start, used, memory = time.monotonic(), cpu_seconds(server.pid), memory_mb(server.pid)
            _wait_for("end", pages)
            cpu = (cpu_seconds(server.pid) - used) / (time.monotonic() - start)
            memory_after = memory_mb(server.pid)
            figures = _wait_for("figures", pages)
        finally:
            pages.kill()
    mistakes = tuple(_mistakes(figures))
    connections.close_all()  # of this thread
    return Loaded(
        case,
        seen=tuple(figures["seen"][:2]) if case.pages > case.sections else None,
        acknowledged=tuple(figures["acknowledged"][:2]),
        cpu=cpu,
        own_cpu=figures["ownCpu"],
        own_delay=figures["ownDelay"],
        memory=(memory, memory_after),
        machine=machine,
        made=figures["made"],
        mistakes=mistakes,
    )


def _seats(case: Case, stage: Stage) -> Sequence[dict[str, Any]]:
    sections = list(stage.sections.items())[: case.sections]
    return [
        {
            "section": sections[page % len(sections)][0],
            "prompt": sections[page % len(sections)][1][0],
            "person": stage.people[page % len(stage.sessions)],
            "session": stage.sessions[page % len(stage.sessions)],
        }
        for page in range(case.pages)
    ]


def _mistakes(figures: dict[str, Any]) -> Sequence[str]:
    found = []
    if figures["unacknowledged"]:
        found.append(f"{figures['unacknowledged']} changes were never acknowledged")
    if not figures["isEqual"]:
        found.append("the pages of a section read differently")
    for section, text in figures["texts"].items():
        if text not in load(int(section)).text.texts().values():
            found.append(f"section {section}: the log reads differently from its pages")
    return found


def _wait_for(event: str, pages: "subprocess.Popen[str]") -> dict[str, Any]:
    line = pages.stdout.readline() if pages.stdout else ""
    if not line:
        raise RuntimeError("The pages ended early.")
    told: dict[str, Any] = json.loads(line)
    if told["event"] != event:
        raise RuntimeError(f"The pages told {told['event']}, not {event}.")
    return told
