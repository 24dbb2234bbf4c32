"""The process that sets web pages with WeasyPrint: it reads them from its input and answers each
with a PDF, of the standard that its argument names, or of none when that is `pdf`. It runs in an
environment that has WeasyPrint, and nothing of ours but the messages."""

import logging
import sys

from weasyprint import HTML

from briefs.export.pdf.frames import read_frame, write_frame


def main() -> None:
    # It warns of each rule of the stylesheet that is for screens only.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    [standard] = sys.argv[1:]
    variant = None if standard == "pdf" else standard
    while (page := read_frame(sys.stdin.buffer)) is not None:
        write_frame(sys.stdout.buffer, HTML(string=page.decode()).write_pdf(pdf_variant=variant))


if __name__ == "__main__":
    main()
