"""Word files as LibreOffice saves them."""

import shutil
import subprocess
from pathlib import Path

import pytest

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="soffice (LibreOffice) is not installed"
)


def saved_by_libreoffice(folder: Path) -> Path:
    """The folder with every file of this one, by the same names, in one run."""
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            folder / "saved",
            *sorted(folder.glob("*.docx")),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return folder / "saved"
