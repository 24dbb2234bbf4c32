"""The words of a section that remarks are made on: what somebody reads now, typed just now
included."""

from collections.abc import Mapping

from briefs.document.anchors import Anchor, anchor_of, words_of
from briefs.document.text import normalise
from briefs.live_text.reading import typed_texts
from briefs.models import Section, with_sign_offs
from briefs.prompts import texts_now


def working_texts(section: Section) -> dict[str, str]:
    """The section's text by prompt key, as it stands at this moment."""
    section = with_sign_offs(Section.objects.filter(pk=section.pk)).get()
    typed = typed_texts([section])
    return typed[section.pk].texts if section.pk in typed else texts_now(section)


def anchor_in(texts: Mapping[str, str], prompt_key: str, quote: str, before: str) -> Anchor:
    """The anchor of a quote in a prompt's text; of a quote that is gone meanwhile, one without a
    place. The quote is as it is read, or as it is written in the editor, with its marks."""
    words = words_of(texts.get(prompt_key, ""))
    if " ".join(quote.split()) not in words:
        quote, before = words_of(normalise(quote)) or quote, words_of(normalise(before))
    return anchor_of(words, quote, before=before)
