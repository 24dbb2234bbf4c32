"""What is asked of the process that sets pages, and what it answers, as messages."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from briefs.export.pdf.frames import read_frame, write_frame


@dataclass(frozen=True, slots=True)
class Job:
    """Pages to be set. `content` is JSON, as `pages/main.typ` reads it, `files` the pictures that
    it names, and `timestamp` seconds since 1970. Without a `ppi` they become a PDF; with one, one
    PNG for each page, of so many pixels per inch."""

    content: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    timestamp: int = 0
    ppi: float | None = None

    def frames(self) -> Iterator[bytes]:
        head = {"timestamp": self.timestamp, "ppi": self.ppi, "files": list(self.files)}
        yield json.dumps(head).encode()
        yield self.content.encode()
        yield from self.files.values()


@dataclass(frozen=True, slots=True)
class Answer:
    """`outputs` are the PDF, or the pages; none when `refusal` says why there are none.
    `conformance` names the standards that a PDF meets."""

    outputs: tuple[bytes, ...]
    conformance: tuple[str, ...]
    refusal: str


def send_job(stream: IO[bytes], job: Job) -> None:
    """Raises `OSError` when the other side is gone."""
    for frame in job.frames():
        write_frame(stream, frame)


def read_job(stream: IO[bytes]) -> Job | None:
    """The next job; None when the other side is gone."""
    head = read_frame(stream)
    content = read_frame(stream)
    if head is None or content is None:
        return None
    said = json.loads(head)
    files = {name: read_frame(stream) or b"" for name in said["files"]}
    return Job(content.decode(), files, said["timestamp"], said["ppi"])


def send_answer(stream: IO[bytes], answer: Answer) -> None:
    head = {
        "count": len(answer.outputs),
        "conformance": answer.conformance,
        "refusal": answer.refusal,
    }
    write_frame(stream, json.dumps(head).encode())
    for output in answer.outputs:
        write_frame(stream, output)


def read_answer(stream: IO[bytes]) -> Answer | None:
    """The answer to a job; None when the other side died over it."""
    head = read_frame(stream)
    if head is None:
        return None
    said: dict[str, Any] = json.loads(head)
    outputs = []
    for _number in range(said["count"]):
        output = read_frame(stream)
        if output is None:
            return None
        outputs.append(output)
    return Answer(tuple(outputs), tuple(said["conformance"]), said["refusal"])
