"""The whole play: everybody types while things break; then all is mended, and everybody waits
until it says “Saved”."""

import asyncio
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connections

from bench.chaos.faults import Faults
from bench.chaos.page import Page
from bench.chaos.postgres import DurablePostgres
from bench.chaos.servers import Server
from bench.chaos.stage import Stage
from bench.chaos.typist import Typist
from briefs.drafting.live import sections_ahead
from setup.install import ROOT

PAUSE = 0.12  # seconds between two strokes of one person, on average
SECONDS_TO_SETTLE = 90
SECONDS_TO_NAME = 60
# What a prompt takes is 64 KB. One stroke in five makes a token, or one does; it has 13 bytes.
BYTES_PER_PROMPT = 50_000
BYTES_PER_STROKE = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """For how long how many people type; what is served, and where the servers' log goes."""

    seconds: float
    seed: int
    typists: int
    application: str
    log: Path
    only_kills: bool


@dataclass(slots=True)
class Played:
    """What must stand, as (section, prompt) and the tokens that stand there in this order; what the
    pages read at the end; what was broken; and what went wrong."""

    tokens: dict[tuple[int, str], list[list[str]]] = field(default_factory=dict)
    pages: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def expect(self, section: int, prompt: str, tokens: list[str]) -> None:
        self.tokens.setdefault((section, prompt), []).append(tokens)


async def play(plan: Plan, stage: Stage, postgres: DurablePostgres | None) -> Played:
    servers = [Server(plan.application, plan.log) for _ in range(2 if postgres else 1)]
    try:
        return await _play(plan, stage, postgres, servers)
    finally:
        for server in servers:
            await server.stop()


async def _play(
    plan: Plan, stage: Stage, postgres: DurablePostgres | None, servers: Sequence[Server]
) -> Played:
    await servers[0].start()
    typists = _typists(plan, stage, servers)
    chance = random.Random(f"{plan.seed} faults")
    faults = Faults(servers, postgres, typists, chance, only_kills=plan.only_kills)
    is_over = asyncio.Event()
    asyncio.get_running_loop().call_later(plan.seconds, is_over.set)
    clerk = _start_clerk(plan, stage) if postgres else None
    played = Played(done=faults.done)
    typing = [asyncio.create_task(typist.work(is_over)) for typist in typists]
    try:
        await faults.work(is_over)
        if clerk:
            await _wait_for(clerk, played)
        await _settle(typists, typing, played)
    finally:
        if clerk:
            clerk.kill()
        for task in typing:
            task.cancel()
        await asyncio.gather(*typing, return_exceptions=True)
    await _wait_for_names(played)
    for typist in typists:
        played.pages.append((typist.section, typist.page.texts()))
        for prompt, count in typist.typed.items():
            tokens = [f"⟨{typist.person}:{number}⟩" for number in range(count)]
            played.expect(typist.section, prompt, tokens)
    return played


def _typists(plan: Plan, stage: Stage, servers: Sequence[Server]) -> list[Typist]:
    """Two neighbours, one of each manner, share a section."""
    sections = list(stage.sections)
    prompts = sum(map(len, stage.sections.values()))
    pause = max(
        PAUSE, plan.seconds * plan.typists * BYTES_PER_STROKE / (prompts * BYTES_PER_PROMPT)
    )

    def addresses() -> list[int]:
        return [one.port for one in servers if one.is_running] or [servers[0].port]

    typists = []
    for person in range(plan.typists):
        section = sections[person // 2 % len(sections)]
        chance = random.Random(f"{plan.seed} {person}")
        place = person % len(stage.sessions)
        seat = (stage.people[place], stage.sessions[place])

        def open_page(
            kept: tuple[bytes, str] | None,
            section: int = section,
            seat: tuple[int, str] = seat,
            chance: random.Random = chance,
        ) -> Page:
            return Page(section, stage.sections[section], seat, addresses, chance, kept)

        typists.append(Typist(person, section, stage.sections[section], open_page, chance, pause))
    return typists


def _start_clerk(plan: Plan, stage: Stage) -> subprocess.Popen[str]:
    who = [str(plan.seed), str(stage.people[0]), *map(str, stage.sections)]
    with plan.log.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bench.chaos.forms", *who],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )


async def _wait_for(clerk: "subprocess.Popen[str]", played: Played) -> None:
    """Lets the clerk end its work, and notes what it has saved."""
    output, _ = await asyncio.to_thread(clerk.communicate, timeout=SECONDS_TO_SETTLE)
    if clerk.returncode:
        played.mistakes.append(f"the process that posts forms ended with {clerk.returncode}")
    saved: dict[tuple[int, str], list[str]] = {}
    for line in output.splitlines():
        section, prompt, token = json.loads(line)
        saved.setdefault((section, prompt), []).append(token)
    for (section, prompt), tokens in saved.items():
        played.done["forms saved"] += len(tokens)
        played.expect(section, prompt, tokens)


async def _settle(
    typists: Sequence[Typist], typing: "Sequence[asyncio.Task[None]]", played: Played
) -> None:
    """Waits until every page is joined and says “Saved”, and all of a section read the same."""
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS_TO_SETTLE
    while loop.time() < end:
        await asyncio.sleep(0.5)
        alive = [one for one, task in zip(typists, typing, strict=True) if not task.done()]
        texts = {typist.section: typist.page.texts() for typist in alive}
        if all(one.is_settled and one.page.texts() == texts[one.section] for one in alive):
            break
    else:
        played.mistakes.append(f"not everybody was joined and saved after {SECONDS_TO_SETTLE} s")
    for typist, task in zip(typists, typing, strict=True):
        if task.done() and (mistake := task.exception()):
            played.mistakes.append(f"person {typist.person}: {mistake!r}")


async def _wait_for_names(played: Played) -> None:
    """Everybody has left, so what was typed gets its revision from the servers."""
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS_TO_NAME
    while await asyncio.to_thread(_is_unnamed):
        if loop.time() > end:
            played.mistakes.append(f"what was typed has no revision after {SECONDS_TO_NAME} s")
            return
        await asyncio.sleep(0.5)


def _is_unnamed() -> bool:
    try:
        return bool(sections_ahead())
    finally:
        connections.close_all()
