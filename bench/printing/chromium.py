"""Chromium's print-to-PDF, of the brief as a web page."""

import subprocess
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.printing.engines import Act
from briefs.document.tree import Document
from briefs.export.html import write_html

_SANDBOX = "--no-sandbox"  # which root can't have; it opens nothing but our own page


class Chromium:
    """`program` is its path; `folder` is for the files of a run."""

    name = "Chromium"
    command = "chrom"
    is_shared = True

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=program, args=[_SANDBOX])
        self._page = self._browser.new_page()

    def warm(self, document: Document) -> Act:
        return partial(self._print, write_html(document))

    def cold(self, document: Document) -> Act:
        page = self._folder / "brief.html"
        page.write_text(write_html(document), encoding="utf-8")
        pdf = self._folder / "brief.pdf"
        options = ["--headless", _SANDBOX, "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
        command = [self._program, *options, page.as_uri()]
        return partial(subprocess.run, command, check=True, capture_output=True)

    def stop(self) -> None:
        self._browser.close()
        self._playwright.stop()

    def _print(self, page: str) -> None:
        self._page.set_content(page)
        self._page.pdf(prefer_css_page_size=True)
