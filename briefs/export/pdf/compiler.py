"""The process that sets pages: it reads jobs from its input and writes an answer to each.

It knows nothing of Django and of the database, so that it starts fast and can be killed at any
time.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import typst

from briefs.export.pdf.confinement import confine
from briefs.export.pdf.jobs import Answer, Job, read_job, send_answer

STANDARDS = ["a-2a", "ua-1"]
_LONG_CONTENT = 250_000  # characters; that of a usual brief has a third of it


def main() -> None:
    """Arguments: the folder of the pages, that of the fonts, the most memory in bytes, seconds for
    a job."""
    # Ctrl-C and the stop of a service reach all their processes: whoever finishes what it holds
    # needs its pages for that, and kills this one itself.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    pages, fonts, memory, seconds = sys.argv[1:]
    sources = {path.name: path.read_bytes() for path in Path(pages).glob("*.typ")}
    if not confine(int(memory)):
        print("Pages are set by a process that could open sockets.", file=sys.stderr)  # noqa: T201
    # Not typed as what it is: the stubs don't know that it takes several files. No package is ever
    # found, as the folder that they would be in is none.
    compiler: Any = typst.Compiler(
        root=pages,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
        ),
        package_path=os.devnull,
        package_cache_path=os.devnull,
    )
    while (job := read_job(sys.stdin.buffer)) is not None:
        # Ends this process if its parent is gone or no longer watches the clock.
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
        answer = compiled(compiler, sources, job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send_answer(sys.stdout.buffer, answer)
        forget(compiler, job)


def compiled(compiler: Any, sources: dict[str, bytes], job: Job) -> Answer:
    """The PDF and what is true of it, without a standard when the text can't meet it; or pages."""
    files = {**sources, **job.files, "data.json": job.content.encode()}
    refusal = ""
    for standards in ([],) if job.ppi else (STANDARDS, []):
        asked = {"format": "png", "ppi": job.ppi} if job.ppi else {"format": "pdf"}
        try:
            made = compiler.compile(
                input=files, pdf_standards=standards, timestamp=job.timestamp, **asked
            )
        except typst.TypstError as error:
            refusal = error.message
        else:
            outputs = (made,) if isinstance(made, bytes) else tuple(made)
            return Answer(outputs, tuple(standards), refusal)
    return Answer((), (), refusal)


def forget(compiler: Any, done: Job) -> None:
    """Leaves what was remembered of the last three or four jobs, and of long ones, of the last.
    Typst counts in compilations, and keeps what was used in the last ten: 300 MiB with usual
    briefs, and more than there is with the longest. Empty ones count, too, and take a millisecond
    each."""
    for _number in range(5 if len(done.content) > _LONG_CONTENT else 2):
        compiler.compile(input={"main.typ": b""}, format="pdf")


if __name__ == "__main__":
    main()
