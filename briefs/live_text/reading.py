"""Text that is committed and in no revision yet: what somebody is typing just now."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from briefs.document.text import normalise
from briefs.live_text.log import prompt_keys, read_heads
from briefs.models import LiveEdit, LiveText, Section

JUST_NOW = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Typed:
    """A section's text by prompt key, normalised, up to edit `seq` of its log."""

    texts: dict[str, str]
    seq: int


def typed_texts(sections: Iterable[Section]) -> dict[int, Typed]:
    """By section's primary key: what is typed where somebody is writing. The sections come with
    their sign-offs, which say where that is; there is no query when nobody is."""
    heads = list(
        LiveText.objects.ahead()
        .filter(section__in=[section.pk for section in sections if section.is_being_written])
        .select_related("section")
    )
    shared = read_heads(heads, prompt_keys([head.section for head in heads])) if heads else {}
    return {head.pk: Typed(tidy_texts(shared[head.pk].texts()), head.seq) for head in heads}


def writing_now(sections: Iterable[Section]) -> dict[int, list[str]]:
    """By section's primary key: the names of those who typed there within `JUST_NOW`, whoever typed
    last first. No query when nobody is writing; the sections come as above."""
    being_written = [section.pk for section in sections if section.is_being_written]
    if not being_written:
        return {}
    edits = LiveEdit.objects.filter(
        live_text__in=being_written, at__gt=timezone.now() - JUST_NOW, user__isnull=False
    )
    names: dict[int, dict[str, None]] = {}
    for section, name in edits.order_by("-pk").values_list("live_text_id", "user__name"):
        names.setdefault(section, {})[name] = None
    return {section: list(found) for section, found in names.items()}


def tidy_texts(texts: dict[str, str]) -> dict[str, str]:
    """Typed texts as they are stored and read; prompts without text are missing."""
    tidy = {key: normalise(text) for key, text in texts.items()}
    return {key: text for key, text in tidy.items() if text}
