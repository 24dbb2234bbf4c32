"""`python -m bench --pdf`, with `--help` for what can be changed."""

import argparse
import os
import platform
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bench.ending import run_to_the_end
from setup.programs import find_chromium

if TYPE_CHECKING:
    from bench.printing.engines import Engine

_OTHERS = ["weasyprint", "chromium"]


def read(options: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench --pdf")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is done")
    parser.add_argument("--without", nargs="*", default=[], choices=_OTHERS, help="leaves it out")
    parser.add_argument("--brief", type=int, default=30, help="KB of text in a brief")
    parser.add_argument("--briefs", type=int, default=195, help="how many are set at once")
    parser.add_argument("--jobs", type=int, default=200, help="how many each worker does, then")
    parser.add_argument("--sizes", nargs="*", type=int, default=[10, 100, 500], help="KB of text")
    parser.add_argument("--books", nargs="*", type=int, default=[20, 60], help="briefs in a book")
    parser.add_argument("--book-rounds", type=int, default=1, help="how often each book is set")
    return parser.parse_args(options)


def main(options: Sequence[str] | None = None) -> int:
    given = read(options)
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as name, ExitStack() as ending:
        folder = Path(name)
        os.environ |= {
            "DATABASE_URL": "sqlite:///:memory:",  # which nothing asks
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PDF_WORKERS": "2",
            "PRINTS_DIR": str(folder / "prints"),
        }
        django.setup()
        _measure(given, folder, ending)
    return 0


def _measure(given: argparse.Namespace, folder: Path, ending: ExitStack) -> None:
    # What reads the settings can be imported only now.
    from bench.printing import ours  # noqa: PLC0415
    from bench.printing.comparison import compare  # noqa: PLC0415
    from bench.printing.table import Row, lines_of  # noqa: PLC0415

    def show(title: str, rows: Sequence[Row]) -> None:
        if rows:
            print("\n" + "\n".join(lines_of(title, rows)), flush=True)

    characters = given.brief * 1000
    engines = _engines(given.without, folder, ending)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_load()}.", flush=True)
    show("a new text each time, warm", compare(engines, given.rounds, characters))
    show("by a new process", compare(engines, given.rounds, characters, is_cold=True))
    show("one brief, warm", ours.edit(given.rounds, characters))
    show("two workers", ours.set_many(given.briefs, given.jobs, characters))
    show("with its length", ours.grow(given.sizes, given.rounds))
    show("books", ours.bind(given.books, given.book_rounds, characters))
    print(f"\nAt the end: {_load()}.")


def _engines(without: Sequence[str], folder: Path, ending: ExitStack) -> list["Engine"]:
    """Ours first, and those of the others that are there; the rest is told. All end with
    `ending`."""
    from bench.printing.chromium import Chromium  # noqa: PLC0415
    from bench.printing.engines import Ours  # noqa: PLC0415
    from bench.printing.weasyprint import (  # noqa: PLC0415
        NotThere,
        WeasyPrint,
        WeasyPrintOfTheWebPage,
        install,
    )

    engines: list[Engine] = [Ours()]
    if "weasyprint" not in without:
        try:
            python = install(folder / "weasyprint")
            engines += [WeasyPrint(python), WeasyPrintOfTheWebPage(python)]
        except NotThere as reason:
            print(reason)
    program = find_chromium()
    if program is None:
        print("Chromium is left out, as there is none on the PATH.")
    elif "chromium" not in without:
        engines.append(Chromium(program, folder))
    for engine in engines:
        ending.callback(engine.stop)
    return engines


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    run_to_the_end(main)
