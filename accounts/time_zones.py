"""Which time zones a person may choose, and the zone that a name stands for."""

from collections.abc import Iterator
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def time_zone_choices() -> Iterator[tuple[str, str | list[tuple[str, str]]]]:
    """UTC first, then the places of the time-zone database, grouped by region for a select field.

    The database's other names ("EST", "US/Pacific") are old spellings of the same zones.
    """
    yield "UTC", "UTC"
    names = sorted(available_timezones())
    for region in REGIONS:
        places = [name for name in names if name.startswith(f"{region}/")]
        if places:
            yield region, [(name, _place(name)) for name in places]


def check_time_zone(name: str) -> None:
    """Refuse a name that the time-zone database does not know."""
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone from the list."))


def zone_of(name: str) -> tzinfo:
    """The zone of that name; the site's own when an update of the database dropped the name."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return timezone.get_default_timezone()


def _place(name: str) -> str:
    return name.split("/", 1)[1].replace("_", " ").replace("/", ", ")
