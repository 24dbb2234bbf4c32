"""Word files as LibreOffice reads and writes them."""

import shutil
import subprocess
from pathlib import Path

import pytest

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed"
)


def saved_by_libreoffice(folder: Path, form: str = "docx:MS Word 2007 XML") -> Path:
    """The folder with every Word file of this one as LibreOffice writes it, in one run."""
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            form,
            "--outdir",
            folder / "saved",
            *sorted(folder.glob("*.docx")),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return folder / "saved"
