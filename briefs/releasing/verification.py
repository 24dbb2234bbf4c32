"""Whether a file in hand is an edition, and whether what is stored of it is what was released."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from briefs.document.content_hash import content_hash
from briefs.document.plain import read_tree
from briefs.document.tree import Document
from briefs.export.markdown import write_markdown
from briefs.export.pdf.render import render_pdf
from briefs.export.renderer import made_with
from briefs.models import Edition, EditionFile, Revision
from briefs.releasing.record import details_of

Kind = EditionFile.Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `is_true` is None for what couldn't be told."""

    is_true: bool | None
    sentence: str


class TamperedError(Exception):
    """The document of an edition isn't what was released; its sentence says so."""


def document_of(edition: Edition) -> Document:
    """What an edition holds. Raises `TamperedError`, as nothing may be shown for it that isn't."""
    stored = edition.files.filter(kind=Kind.DOCUMENT).first()
    finding = _stored(stored, Kind.DOCUMENT)
    if stored is None or not finding.is_true:
        raise TamperedError(finding.sentence)
    return read_tree(bytes(stored.content).decode())


def check_in_hand(edition: Edition, digest: str) -> Finding:
    """Whether a file is this edition, by its SHA-256 as hexadecimal digits."""
    of = EditionFile.objects.filter(sha256=digest.lower(), edition__brief=edition.brief_id)
    found = list(of.select_related("edition").defer("content"))
    told = {"edition": edition, "brief": edition.brief, "digest": digest.lower()}
    for file in found:
        if file.edition_id == edition.pk:
            told["kind"] = file.get_kind_display()
            return Finding(
                is_true=True,
                sentence=_("The file in hand is %(edition)s of “%(brief)s” as %(kind)s.") % told,
            )
    if found:
        told["other"] = found[0].edition
        sentence = _("The file in hand is not %(edition)s: it is %(other)s of “%(brief)s”.")
        return Finding(is_true=False, sentence=sentence % told)
    sentence = _(
        "The file in hand is not %(edition)s of “%(brief)s”, nor any other edition of it. Its "
        "SHA-256 is %(digest)s."
    )
    return Finding(is_true=False, sentence=sentence % told)


def check_stored(edition: Edition) -> list[Finding]:
    """What is stored, against the hashes of then, the record and the revisions."""
    files = {Kind(file.kind): file for file in edition.files.all()}
    findings = [_stored(files.get(kind), kind) for kind in Kind]
    findings.append(_recorded(edition, files))
    if findings[0].is_true:
        findings.append(_revisions(edition, document_of(edition)))
    return findings


def check_made_again(edition: Edition) -> list[Finding]:
    """Whether its files can be made again as they were, which takes what made them then. Raises
    `TamperedError` when there is no document to make them from, and `RenderFailed`."""
    document = document_of(edition)
    others = other_makers(edition)
    if others:
        sentence = _(
            "The files can't be compared with new ones, as other versions make them now "
            "(%(names)s). What is stored was compared with the hashes of then."
        )
        return [Finding(is_true=None, sentence=sentence % {"names": ", ".join(others)})]
    makers: dict[EditionFile.Kind, Callable[[], bytes]] = {
        Kind.MARKDOWN: lambda: write_markdown(document).encode(),
        Kind.PDF: lambda: render_pdf(document, is_anew=True).pdf,
    }
    return [
        _made(file, makers[Kind(file.kind)]())
        for file in edition.files.all()
        if file.kind in makers
    ]


def other_makers(edition: Edition) -> list[str]:
    """What makes files now and isn't what made this edition."""
    then, now = edition.made_with, made_with()
    return sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))


def _stored(file: EditionFile | None, kind: EditionFile.Kind) -> Finding:
    if file is None:
        sentence = _("%(kind)s: the stored file is missing.")
    elif file.sha256_now == file.sha256 and file.size == len(file.content):
        sentence = _("%(kind)s: the stored file has the SHA-256 that it was released with.")
        return Finding(is_true=True, sentence=sentence % {"kind": kind.label})
    else:
        sentence = _(
            "%(kind)s: the stored file was changed in the database after the release; it is not "
            "what was released."
        )
    return Finding(is_true=False, sentence=sentence % {"kind": kind.label})


def _recorded(edition: Edition, files: dict[EditionFile.Kind, EditionFile]) -> Finding:
    digests = {kind.value: file.sha256 for kind, file in files.items()}
    if [detail.get("sha256") for detail in details_of(edition)] == [digests]:
        return Finding(is_true=True, sentence=_("The hashes are those in the record of activity."))
    sentence = _("The hashes are not those that the record of activity has of this release.")
    return Finding(is_true=False, sentence=sentence)


def _revisions(edition: Edition, document: Document) -> Finding:
    wrong = list(_unlike_their_revisions(edition, document))
    if not wrong:
        sentence = _("Each section has the text and the hash of the revision that it names.")
        return Finding(is_true=True, sentence=sentence)
    sentence = _("These sections are not what their revisions hold: %(titles)s.")
    return Finding(is_true=False, sentence=sentence % {"titles": ", ".join(wrong)})


def _unlike_their_revisions(edition: Edition, document: Document) -> Iterator[str]:
    rows = Revision.objects.filter(section__brief=edition.brief_id)
    # The hash names the section: by the key of then, which a later version may have changed.
    hashes = set(rows.values_list("number", "content_hash"))
    template = document.template
    for node in document.sections:
        pairs = [(answer.key, answer.text) for answer in node.answers]
        asked = (template.key, node.asked_since or template.version)
        is_its_text = content_hash(node.asked_as or node.key, asked, pairs) == node.content_hash
        is_its_revision = node.revision is None or (node.revision, node.content_hash) in hashes
        if not (is_its_text and is_its_revision):
            yield node.title


def _made(file: EditionFile, content: bytes) -> Finding:
    if sha256(content).hexdigest() == file.sha256:
        sentence = _("%(kind)s: made again from the document, it has the same bytes.")
        return Finding(is_true=True, sentence=sentence % {"kind": file.get_kind_display()})
    sentence = _("%(kind)s: made again from the document, it is another file.")
    return Finding(is_true=False, sentence=sentence % {"kind": file.get_kind_display()})
