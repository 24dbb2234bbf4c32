"""What makes our files: with the same, the same document gives the same bytes."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from briefs import document, export

# Those whose work is in the bytes of a file.
_LIBRARIES = ("Babel", "Django", "fonttools", "markdown-it-py", "mdit-py-plugins", "typst")


@cache
def made_with() -> dict[str, str]:
    """By name: the version of each library, and the SHA-256 of our own writers and of each font."""
    found = {name: version(name) for name in _LIBRARIES}
    found["writers"] = _digest_of_writers()
    for font in sorted(Path(settings.PDF_FONTS_DIR).glob("*.ttf")):
        found[f"font {font.name}"] = sha256(font.read_bytes()).hexdigest()
    return found


def _digest_of_writers() -> str:
    digest = sha256()
    for package in (document, export):
        folder = Path(package.__path__[0])
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.typ")]):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
