"""Adding a picture to a text, and which pictures a text shows: only those of its own brief."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.pictures import Shown, picture_markdown, sha256s_in
from briefs.drafting.picture_file import Encoded, Known, encode
from briefs.drafting.writing import lock_section, write_answers
from briefs.events import publish
from briefs.models import Activity, Brief, Picture, Revision, Section
from briefs.permissions import check_can_edit
from briefs.prompts import texts_now

MAX_PICTURES = 100
MAX_BYTES_OF_A_BRIEF = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: `revision` has the picture at the end of the prompt's text; null, it stands
    in no text yet."""

    picture: Picture
    revision: Revision | None
    is_smaller: bool


def add_picture(section: Section, prompt_key: str, file: bytes, alt: str, *, by: User) -> Added:
    """Puts a picture at the end of a prompt's text; everybody who writes there sees it at once.

    `alt` says what it shows. Raises `PermissionDenied` when the section can't be written in, and
    `ValidationError` for a file that is no good, a description that is missing, a prompt that there
    isn't and a brief that is full; then nothing is stored.
    """
    encoded = _accepted(section, file, alt, by=by)
    with transaction.atomic():
        section = lock_section(section)
        check_can_edit(by, section)
        picture = keep_encoded(section.brief, encoded, by=by)
        before = texts_now(section).get(prompt_key, "")
        text = f"{before}\n\n{picture_markdown(picture.sha256, alt)}".lstrip("\n")
        revision = write_answers(section, {prompt_key: text}, by=by, kind=Revision.Kind.SAVE)
        publish(
            Activity.Verb.PICTURE_ADDED,
            by=by,
            section=section,
            revision=revision,
            sha256=picture.sha256,
        )
    return Added(picture, revision, encoded.is_smaller)


def keep_picture(section: Section, file: bytes, alt: str, *, by: User) -> Added:
    """Keeps a picture for somebody who writes in the section, and puts it nowhere: their editor
    puts its Markdown where the cursor is, and that is an edit like any other.

    Raises as `add_picture` does; then nothing is stored.
    """
    encoded = _accepted(section, file, alt, by=by)
    with transaction.atomic():
        section = lock_section(section)
        check_can_edit(by, section)
        picture = keep_encoded(section.brief, encoded, by=by)
        publish(Activity.Verb.PICTURE_ADDED, by=by, section=section, sha256=picture.sha256)
    return Added(picture, None, encoded.is_smaller)


def _accepted(section: Section, file: bytes, alt: str, *, by: User) -> Encoded:
    """The picture as it will be kept. Before the brief is locked: nobody waits for the decoding."""
    check_can_edit(by, section)
    if not alt.strip():
        raise ValidationError(_("Say what the picture shows."))
    return encode(file)


def pictures_in(brief: Brief, texts: Iterable[str]) -> dict[str, Shown]:
    """The pictures of this brief that texts name, by SHA-256: one query, none when there are no
    names."""
    named = sha256s_in(texts)
    if not named:
        return {}
    rows = brief.pictures.filter(sha256__in=named).values_list("sha256", "width", "height")
    return {
        sha256: Shown(reverse("picture_detail", args=[brief.slug, sha256]), width, height)
        for sha256, width, height in rows
    }


def known_in(brief: Brief) -> Known:
    """The pictures that a brief has: names in one query, each picture when it is asked for."""
    names = set(brief.pictures.values_list("sha256", flat=True))

    def known(sha256: str) -> Encoded | None:
        if sha256 not in names:
            return None
        picture = brief.pictures.get(sha256=sha256)
        mime_type = Picture.MimeType(picture.mime_type)
        content = bytes(picture.content)
        return Encoded(content, mime_type, picture.width, picture.height, is_smaller=False)

    return known


def keep_encoded(brief: Brief, encoded: Encoded, *, by: User | None) -> Picture:
    """The row of a picture in a brief that is locked: the one that is there, or a new one. Nobody
    (`by`) is the command line. Raises `ValidationError` when the brief is full."""
    name = encoded.sha256
    known = brief.pictures.defer("content").filter(sha256=name).first()
    if known:
        return known
    kept = brief.pictures.aggregate(count=Count("pk"), bytes=Sum("size"))
    if kept["count"] >= MAX_PICTURES:
        raise ValidationError(
            _("This brief has 100 pictures, the most a brief takes. No further one can be added.")
        )
    if (kept["bytes"] or 0) + len(encoded.content) > MAX_BYTES_OF_A_BRIEF:
        raise ValidationError(
            _(
                "With this picture the pictures of this brief would pass 50 MB, the most a brief "
                "takes. Choose a smaller one."
            )
        )
    return brief.pictures.create(
        sha256=name,
        mime_type=encoded.mime_type,
        width=encoded.width,
        height=encoded.height,
        size=len(encoded.content),
        content=encoded.content,
        uploaded_by=by,
    )
