"""`python -m bench.chaos --minutes 10`, with `--help` for what can be changed."""

import argparse
import asyncio
import os
import secrets
import time
from pathlib import Path

import django

from bench.chaos.database import durable_database
from bench.chaos.servers import APPLICATION
from bench.ending import run_to_the_end

SECTIONS = 4
SESSIONS = 4


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="how long people type")
    parser.add_argument("--typists", type=int, default=12, help="how many they are")
    parser.add_argument("--seed", type=int, help="which faults come when; printed at the start")
    parser.add_argument("--sqlite", action="store_true", help="one process on SQLite")
    parser.add_argument("--only-kills", action="store_true", help="nothing but kill -9 of servers")
    parser.add_argument("--application", default=APPLICATION, help="what the servers serve")
    parser.add_argument("--log", type=Path, default=Path(os.devnull), help="of the servers")
    return parser.parse_args()


def main() -> int:
    given = options()
    seed = secrets.randbelow(10**6) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    with durable_database(on_sqlite=given.sqlite) as (url, postgres):
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        django.setup()
        from django.db import connections  # noqa: PLC0415

        from bench.chaos.run import Plan, play  # noqa: PLC0415 - Django first
        from bench.chaos.stage import set_stage  # noqa: PLC0415
        from bench.chaos.verdict import mistakes_in  # noqa: PLC0415

        seconds = given.minutes * 60
        who = (given.typists, given.application, given.log)
        plan = Plan(seconds, seed, *who, only_kills=given.only_kills)
        stage = set_stage(SECTIONS, SESSIONS)
        connections.close_all()  # it would not outlive the first stop
        start = time.monotonic()
        played = asyncio.run(play(plan, stage, postgres))
        tokens = sum(len(one) for all_of in played.tokens.values() for one in all_of)
        print(f"{tokens} tokens in {time.monotonic() - start:.0f} s")
        for what, count in sorted(played.done.items()):
            print(f"{count} {what}")
        mistakes = list(mistakes_in(played))
        connections.close_all()
    for mistake in mistakes:
        print(mistake)
    print(f"{len(mistakes)} mistakes" if mistakes else "Every token stands exactly once.")
    return 1 if mistakes else 0


if __name__ == "__main__":
    run_to_the_end(main)
