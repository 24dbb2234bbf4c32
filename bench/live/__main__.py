"""`python -m bench.live`, with `--help` for what can be changed."""

import argparse
import asyncio
import os
import platform
from collections.abc import Iterator, Sequence

import django

from bench.chaos.database import durable_database
from bench.ending import run_to_the_end

CASES = ["10x1", "50x1", "200x1", "10x10", "50x50", "200x50"]
SESSIONS_PER_PERSON = 20


def read(options: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.live")
    parser.add_argument("--cases", nargs="*", default=CASES, help="pages x sections, as 50x1")
    parser.add_argument("--seconds", type=float, default=20, help="how long each is measured")
    parser.add_argument("--edits", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--sqlite", action="store_true", help="not on a PostgreSQL of its own")
    return parser.parse_args(options)


def main(options: Sequence[str] | None = None) -> int:
    given = read(options)
    cases = [tuple(map(int, case.split("x"))) for case in given.cases]
    with durable_database(on_sqlite=given.sqlite) as (url, _postgres):
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        django.setup()
        # Models can be imported only now.
        from django.db import connections  # noqa: PLC0415

        from bench.chaos.stage import set_stage  # noqa: PLC0415
        from bench.live.growth import grow  # noqa: PLC0415
        from bench.live.load import Case, measure  # noqa: PLC0415
        from bench.live.table import growth_lines, load_lines  # noqa: PLC0415

        wanted = [Case(*case) for case in cases]
        sections = max([case.sections for case in wanted], default=0) + len(given.edits)
        people = -(-max([case.pages for case in wanted], default=1) // SESSIONS_PER_PERSON)
        stage = set_stage(sections, people, beginning="Here.")
        print(_where("SQLite" if given.sqlite else "PostgreSQL"), flush=True)
        loaded = [asyncio.run(measure(case, stage, given.seconds)) for case in wanted]
        _print(load_lines(loaded))
        last = list(stage.sections.items())[-len(given.edits) :]
        grown = [
            grow(section, prompts[0], stage.people[0], edits)
            for (section, prompts), edits in zip(last, given.edits, strict=False)
        ]
        _print(growth_lines(grown))
        connections.close_all()
    return 1 if _tell([mistake for one in loaded for mistake in one.mistakes]) else 0


def _print(lines: Iterator[str]) -> None:
    print("\n" + "\n".join(lines), flush=True)


def _tell(mistakes: Sequence[str]) -> bool:
    for mistake in mistakes:
        print(mistake)
    return bool(mistakes)


def _where(database: str) -> str:
    return (
        f"{database}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}. Ratios are to the first row."
    )


if __name__ == "__main__":
    run_to_the_end(main)
