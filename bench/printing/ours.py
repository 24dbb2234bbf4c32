"""What our own printing costs: edits, many briefs at once, longer texts, and books."""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bench.printing.comparison import seconds_of
from bench.printing.documents import make_brief, with_a_word_changed
from bench.printing.engines import Ours
from bench.printing.memory import watched
from bench.printing.table import Row, Target
from briefs.document.tree import Document
from briefs.export.pdf.content import Book
from briefs.export.pdf.render import render_book, render_pdf

WORKERS = 2

_WARM = Target("under 0.5 s", 0.5)
_EDITED = Target("under 0.2 s", 0.2)
_MANY = Target("under 70 s", 70)
_MEMORY = Target("under 350 MiB", 350)
_KILOBYTE = 1000  # characters


def edit(rounds: int, characters: int) -> list[Row]:
    """One brief, the same once more, and the same with another word in it."""
    new, kept, edited = [], [], []
    for number in range(rounds + 1):
        brief = make_brief(f"edited {number}", characters)
        changed = with_a_word_changed(brief, "nonetheless")
        new.append(seconds_of(partial(render_pdf, brief, is_anew=True)))
        kept.append(seconds_of(partial(render_pdf, brief)))
        edited.append(seconds_of(partial(render_pdf, changed, is_anew=True)))
    one, same, other = (statistics.median(runs[1:]) for runs in (new, kept, edited))
    return [
        Row("another brief", one, None, _WARM.judged(one)),
        Row("the same, unchanged: as it was kept", same),
        Row("the same, one word edited", other, None, _EDITED.judged(other)),
    ]


def set_many(briefs: int, jobs: int, characters: int) -> list[Row]:
    """So many different briefs at once, and then more, until there were so many `jobs` for each
    worker: processes are replaced by new ones meanwhile, and the most that one of them held
    counts."""
    documents = [
        make_brief(f"many {number}", characters) for number in range(max(briefs, WORKERS * jobs))
    ]
    ours = Ours()
    ours.stop()
    with watched(ours.command) as peaks:
        seconds = seconds_of(partial(_set_all, documents[:briefs]))
        _set_all(documents[briefs:])
    processes = len(peaks.by_process)
    return [
        Row(f"{briefs} different briefs", seconds, None, _MANY.judged(seconds)),
        Row(
            f"{len(documents)} of them, by {processes} processes, two at a time",
            None,
            peaks.highest,
            _MEMORY.judged(peaks.highest),
        ),
    ]


def grow(sizes: Sequence[int], rounds: int) -> list[Row]:
    """A brief of so many KB of text, by a process that has set one of this size."""
    runs: dict[int, list[float]] = defaultdict(list)
    most: dict[int, float] = defaultdict(float)
    ours = Ours()
    for number in range(rounds):
        for size in sizes:
            # What a process has taken for a larger text it keeps.
            ours.stop()
            ours.warm(make_brief(f"before {number}", size * _KILOBYTE))()
            brief = make_brief(f"size {number}", size * _KILOBYTE)
            with watched(ours.command) as peaks:
                runs[size].append(seconds_of(ours.warm(brief)))
            most[size] = max(most[size], peaks.highest)
    return [Row(f"{size} KB", statistics.median(runs[size]), most[size]) for size in sizes]


def bind(books: Sequence[int], rounds: int, characters: int) -> list[Row]:
    """A book of so many briefs, which is set by a process of its own."""
    runs: dict[int, list[float]] = defaultdict(list)
    most: dict[int, float] = defaultdict(float)
    for number in range(rounds):
        for size in books:
            briefs = [make_brief(f"book {number}, {place}", characters) for place in range(size)]
            with watched(Ours.command) as peaks:
                runs[size].append(
                    seconds_of(partial(render_book, briefs, Book("Briefs of Ruritania")))
                )
            most[size] = max(most[size], peaks.highest)
    return [
        Row(f"a book of {size} briefs", statistics.median(runs[size]), most[size]) for size in books
    ]


def _set_all(documents: Sequence[Document]) -> None:
    with ThreadPoolExecutor(WORKERS) as people:
        for _set in people.map(partial(render_pdf, is_anew=True), documents):
            pass
