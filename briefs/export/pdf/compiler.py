"""The process that sets briefs: it reads jobs from its input and writes an answer to each.

It knows nothing of Django and of the database, so that it starts fast and can be killed at any
time.
"""

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import typst

from briefs.export.pdf.frames import read_frame, write_frame

STANDARDS = ["a-2a", "ua-1"]


def main() -> None:
    """Arguments: the template, the folder of fonts, the most memory in bytes, seconds for a job."""
    template, fonts, memory, seconds = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = Path(template).read_bytes()
    # Not typed as what it is: the stubs don't know that it takes several files.
    compiler: Any = typst.Compiler(
        root=Path(template).parent,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
        ),
    )
    while (job := read_frame(sys.stdin.buffer)) is not None:
        # Ends this process if its parent is gone or no longer watches the clock.
        signal.setitimer(signal.ITIMER_REAL, float(seconds))
        answer, pdf = compiled(compiler, source, job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_frame(sys.stdout.buffer, json.dumps(answer).encode())
        write_frame(sys.stdout.buffer, pdf)


def compiled(compiler: Any, source: bytes, job: bytes) -> tuple[dict[str, Any], bytes]:
    """The PDF and what is true of it; without a standard when the text can't meet it."""
    head, _, content = job.partition(b"\n")
    refusal = ""
    for standards in (STANDARDS, []):
        try:
            pdf = compiler.compile(
                input={"main.typ": source, "brief.json": content},
                format="pdf",
                pdf_standards=standards,
                timestamp=int(head),
            )
        except typst.TypstError as error:
            refusal = error.message
        else:
            return {"conformance": standards, "refusal": refusal}, pdf
    return {"conformance": [], "refusal": refusal}, b""


if __name__ == "__main__":
    main()
