"""The house style is changed."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.drafting.picture_file import encode
from briefs.events import publish
from briefs.models import Activity, HouseStyle
from briefs.models.house_style import COLOUR
from briefs.permissions import check_can_change_house_style


@dataclass(frozen=True, slots=True)
class HouseWish:
    """What somebody wants the house style to be. `seen` is the version that they looked at; a null
    `logo` leaves the logo as it is, an empty one takes it away."""

    seen: int
    organisation: str
    unit: str
    colour: str
    logo: bytes | None = None


def house_style() -> HouseStyle:
    """The house style, or one that says nothing and isn't stored; its version is 0 then."""
    return HouseStyle.objects.first() or HouseStyle(version=0, colour=COLOUR)


def as_wished(style: HouseStyle, wish: HouseWish) -> HouseStyle:
    """The style with what is wished, unsaved. Raises `ValidationError` by field for a logo that is
    no picture."""
    style.organisation, style.unit, style.colour = wish.organisation, wish.unit, wish.colour
    if wish.logo == b"":
        style.logo, style.logo_sha256, style.logo_mime_type = None, "", ""
        style.logo_width = style.logo_height = 0
    elif wish.logo is not None:
        try:
            encoded = encode(wish.logo)
        except ValidationError as refused:
            raise ValidationError({"logo": refused.messages}) from refused
        style.logo, style.logo_mime_type = encoded.content, encoded.mime_type.value
        style.logo_sha256 = sha256(encoded.content).hexdigest()
        style.logo_width, style.logo_height = encoded.width, encoded.height
    return style


@transaction.atomic
def change_house_style(wish: HouseWish, *, by: User) -> HouseStyle:
    """Stores it, if it differs: a press repeated changes nothing. Raises `PermissionDenied`, and
    `ValidationError` by field, or without one when somebody else changed it meanwhile."""
    check_can_change_house_style(by)
    style = HouseStyle.objects.select_for_update().first() or house_style()
    before = _said(style)
    moved = _changed_meanwhile(style) if wish.seen != style.version else ""
    style = as_wished(style, wish)
    changed = {name: value for name, value in _said(style).items() if value != before[name]}
    if not changed:
        return style
    if moved:
        raise ValidationError(moved)
    style.pk, style.version, style.changed_by = 1, style.version + 1, by
    style.full_clean(validate_unique=False)  # the database decides that, below
    try:
        with transaction.atomic():
            style.save(force_insert=style.version == 1)
    except IntegrityError as error:  # the first two at once
        raise ValidationError(_changed_meanwhile(HouseStyle.objects.get())) from error
    publish(Activity.Verb.HOUSE_STYLE_CHANGED, by=by, changed=changed)
    return style


def _said(style: HouseStyle) -> dict[str, str]:
    """As the record tells it: of the logo, its SHA-256."""
    return {
        "organisation": style.organisation,
        "unit": style.unit,
        "colour": style.colour,
        "logo": style.logo_sha256,
    }


def _changed_meanwhile(style: HouseStyle) -> str:
    told = {"name": style.changed_by, "now": style.organisation or "–", "unit": style.unit or "–"}
    return (
        _(
            "%(name)s changed the house style while you were at it: it is now “%(now)s”, "
            "“%(unit)s”. Save again to put yours in its place."
        )
        % told
    )
