"""What the room of a section asks of drafting: a text to begin with, and revisions."""

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce

from briefs.drafting.writing import ByteLength, lock_section
from briefs.live_text.log import open_head
from briefs.models import Answer, LiveText, Section
from briefs.prompts import texts_now


@transaction.atomic
def open_live_text(section: int) -> None:
    """Makes a section's log, where it has none, with the text that the section has. Raises
    `Section.DoesNotExist`."""
    if not LiveText.objects.filter(pk=section).exists():
        locked = lock_section(Section.objects.select_related("brief").get(pk=section))
        open_head(locked, texts_now(locked))


@transaction.atomic
def name_typed_text_of(section: int) -> int | None:
    """Gives what was typed in a section since its newest revision the next number, and returns it;
    None when nothing was typed, or it came to nothing."""
    before = Section.with_retired.select_related("brief").get(pk=section)
    is_ahead = LiveText.objects.ahead().filter(pk=section).exists()
    after = lock_section(before) if is_ahead else before
    return after.version if after.version > before.version else None


def newest_revision_of(section: int) -> int:
    """Its number, 0 before the first."""
    return Section.with_retired.values_list("version", flat=True).get(pk=section)


def sections_ahead() -> list[int]:
    """Primary keys of the sections with typed text that no revision holds."""
    return list(LiveText.objects.ahead().order_by("pk").values_list("pk", flat=True))


def bytes_beside(section: int) -> int:
    """How many bytes the answers of the brief's other sections take."""
    beside = Answer.objects.filter(section__brief__sections=section).exclude(section=section)
    total = beside.aggregate(bytes=Coalesce(Sum(ByteLength("text")), 0))
    return int(total["bytes"])
