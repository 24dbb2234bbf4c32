"""What makes our files: with the same, the same document gives the same bytes."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

_BRIEFS = Path(__file__).resolve().parent.parent
# Those whose work is in the bytes of a file.
_LIBRARIES = ("Babel", "Django", "fonttools", "markdown-it-py", "mdit-py-plugins", "typst")


@cache
def made_with() -> dict[str, str]:
    """By name: the version of each library, and the SHA-256 of our own writers, of the words that
    they say in each language, and of each font."""
    found = {name: version(name) for name in _LIBRARIES}
    found["writers"] = _digest(["document", "export"], "*.py", "*.typ")
    found["words"] = _digest(["locale"], "*.mo")
    for font in sorted(Path(settings.PDF_FONTS_DIR).glob("*.ttf")):
        found[f"font {font.name}"] = sha256(font.read_bytes()).hexdigest()
    return found


def _digest(folders: list[str], *patterns: str) -> str:
    digest = sha256()
    for folder in folders:
        root = _BRIEFS / folder
        for path in sorted(found for pattern in patterns for found in root.rglob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
