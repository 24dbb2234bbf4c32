"""The parts of a Word file, what each refers to, and the ZIP file of them all."""

import io
import zipfile
from collections.abc import Iterable, Mapping

from briefs.export.docx.markup import DECLARATION
from briefs.export.zip_entry import zip_entry

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DEFAULTS = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}
_KINDS = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/footnotes.xml": f"{_WORD}.footnotes+xml",
    "word/comments.xml": f"{_WORD}.comments+xml",
    "word/commentsExtended.xml": f"{_WORD}.commentsExtended+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/header2.xml": f"{_WORD}.header+xml",
    "word/header3.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "word/footer2.xml": f"{_WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_OF_THE_FILE = (
    (f"{_RELATIONSHIPS}/officeDocument", "word/document.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{_RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
    (f"{_RELATIONSHIPS}/custom-properties", "docProps/custom.xml"),
)


class Relations:
    """What one part refers to: other parts and addresses, each once."""

    def __init__(self) -> None:
        self._identities: dict[tuple[str, str, str], str] = {}

    def part(self, kind: str, target: str) -> str:
        """The identity of a part of the file, such as `media/x.png`, by its kind, such as
        `image`."""
        kind = kind if "/" in kind else f"{_RELATIONSHIPS}/{kind}"
        return self._identity(kind, target, "")

    def address(self, target: str) -> str:
        """The identity of an address outside the file; `target` is escaped."""
        return self._identity(f"{_RELATIONSHIPS}/hyperlink", target, ' TargetMode="External"')

    def xml(self) -> str:
        """Blank when it refers to nothing."""
        return _relations(
            f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"{mode}/>'
            for (kind, target, mode), identity in self._identities.items()
        )

    def _identity(self, kind: str, target: str, mode: str) -> str:
        return self._identities.setdefault((kind, target, mode), f"rId{len(self._identities) + 1}")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """The file of its parts, by name. The same parts in the same order give the same bytes."""
    everything = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(_OF_THE_FILE, start=1)
        ),
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in everything.items():
            archive.writestr(zip_entry(name), content)
    return stream.getvalue()


def _content_types(parts: Mapping[str, str | bytes]) -> str:
    defaults = "".join(
        f'<Default Extension="{suffix}" ContentType="{kind}"/>'
        for suffix, kind in _DEFAULTS.items()
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_KINDS[name]}"/>'
        for name in parts
        if name in _KINDS
    )
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(each: Iterable[str]) -> str:
    inside = "".join(each)
    if not inside:
        return ""
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
