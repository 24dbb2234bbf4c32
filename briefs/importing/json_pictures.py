"""The pictures of a brief as JSON: each is decoded and written anew, as those are that somebody
uploads, and the texts name them by what they are then."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from briefs.document.pictures import renamed, sha256s_in
from briefs.document.tree import Document, PictureNode
from briefs.drafting.picture_file import (
    MOST_PIXELS,
    Encoded,
    Known,
    encode,
    none_known,
    pixels_of,
)
from briefs.drafting.pictures import MAX_PICTURES
from briefs.importing.json_values import Placed, line_of
from briefs.importing.report import Oddity, OddityKind


def read_pictures(
    document: Document, known: Known = none_known
) -> tuple[Document, tuple[Encoded, ...], list[Oddity]]:
    """The document with its texts naming the pictures that will be kept, these, and what is odd.

    One that is `known` stays as it is. A PNG that we wrote is written again with the same bytes, so
    it keeps its name. A JPEG isn't: writing it anew changes a few pixels a little. Raises
    `ValidationError` for what is no picture, or isn't the one that it is called, and for more than
    a brief takes.
    """
    named = sha256s_in(_texts(document))
    wanted = {node.sha256: node for node in document.pictures if node.sha256 in named}
    if len(wanted) > MAX_PICTURES:
        raise ValidationError(
            _("The file has %(count)s pictures; a brief takes 100 at most.")
            % {"count": len(wanted)}
        )
    fresh = (node.content for name, node in wanted.items() if not known(name))
    if sum(map(pixels_of, fresh)) > MOST_PIXELS:
        raise ValidationError(
            _("The pictures of this file have more than 600 million pixels. Make them smaller.")
        )
    kept = {name: _encoded(node, known) for name, node in wanted.items()}
    names = {old: new.sha256 for old, new in kept.items() if new.sha256 != old}
    return _renamed(document, names), tuple(kept.values()), list(_notes(document, names, kept))


def _texts(document: Document) -> Iterator[str]:
    for section in document.sections:
        for answer in section.answers:
            yield answer.text
    for loose in document.loose:
        yield loose.text


def _encoded(node: PictureNode, known: Known) -> Encoded:
    place = {"line": line_of(node.sha256)}
    if sha256(node.content).hexdigest() != node.sha256:
        raise ValidationError(
            _(
                "The picture in line %(line)s is damaged: it isn't the one that its SHA-256 names. "
                "Export the brief again."
            )
            % place
        )
    try:
        return known(node.sha256) or encode(node.content)
    except ValidationError as refusal:
        sentence = _("The picture in line %(line)s: %(reason)s")
        raise ValidationError(
            sentence % {**place, "reason": " ".join(refusal.messages)}
        ) from refusal


def _notes(document: Document, names: dict[str, str], kept: dict[str, Encoded]) -> Iterator[Oddity]:
    if names:
        sentence = ngettext(
            "%(count)s picture was written anew and looks a little different for it, if at all; "
            "the texts name it by its new SHA-256.",
            "%(count)s pictures were written anew and look a little different for it, if at all; "
            "the texts name them by their new SHA-256.",
            len(names),
        )
        yield Oddity(1, OddityKind.PICTURE, sentence % {"count": len(names)})
    for node in document.pictures:
        if node.sha256 not in kept and node.sha256 != document.look.house.logo:
            sentence = _("No text shows this picture, so it was left off.")
            yield Oddity(line_of(node.sha256), OddityKind.PICTURE, sentence)


def _renamed(document: Document, names: dict[str, str]) -> Document:
    """Where nothing is renamed, the same document, with the lines of its texts."""
    if not names:
        return document
    parts = [
        replace(
            part,
            sections=tuple(
                replace(
                    section,
                    answers=tuple(
                        replace(answer, text=_placed(answer.text, names))
                        for answer in section.answers
                    ),
                )
                for section in part.sections
            ),
        )
        for part in document.parts
    ]
    loose = [replace(each, text=_placed(each.text, names)) for each in document.loose]
    return replace(document, parts=tuple(parts), loose=tuple(loose))


def _placed(text: str, names: dict[str, str]) -> str:
    new = Placed(renamed(text, names))
    new.line = line_of(text)
    return new
