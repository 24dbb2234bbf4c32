"""What sets a brief's pages: ours, and what it is compared with. All get the same brief."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from django.conf import settings

from briefs.document.tree import Document
from briefs.export.pdf.pool import pool_for
from briefs.export.pdf.render import render_pdf
from briefs.export.pdf.worker import COMPILER

Act = Callable[[], object]


class Engine(Protocol):
    """`command` is in the command line of each process that sets its pages; `is_shared` when they
    are several, which share memory. Both ways to set a document prepare what isn't timed."""

    name: str
    is_shared: bool

    @property
    def command(self) -> str: ...

    def warm(self, document: Document) -> Act:
        """Sets it in a process that runs and has set others."""

    def cold(self, document: Document) -> Act:
        """Sets it in a process that isn't there yet."""

    def stop(self) -> None:
        """Ends its processes."""


class Ours:
    """From the document to the PDF, with the reading of its Markdown."""

    name = "Chancery"
    command = COMPILER
    is_shared = False

    def warm(self, document: Document) -> Act:
        return partial(render_pdf, document, is_anew=True)

    def cold(self, document: Document) -> Act:
        self.stop()
        return self.warm(document)

    def stop(self) -> None:
        pool_for(Path(settings.PDF_FONTS_DIR)).stop()
