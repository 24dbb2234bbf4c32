"""Whether every token stands exactly once, in its order, in every page and in the database."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from bench.chaos.run import Played
from bench.chaos.stage import BEGINNING
from briefs.live_text.log import load, text_at
from briefs.live_text.reading import tidy_texts
from briefs.models import LiveEdit, Section
from briefs.prompts import texts_now

_TOKEN = re.compile(r"⟨[^⟨⟩]*⟩")


def mistakes_in(played: Played) -> Iterator[str]:
    """What is wrong, a sentence each."""
    yield from played.mistakes
    for number, (section, texts) in enumerate(played.pages):
        yield from _check_texts(f"the page of person {number}", section, texts, played)
    for section in sorted({section for section, _prompt in played.tokens}):
        yield from _check_section(Section.objects.get(pk=section), played)


def _check_section(section: Section, played: Played) -> Iterator[str]:
    log = load(section.pk)
    texts = log.text.texts()
    yield from _check_texts("the log", section.pk, texts, played)
    if text_at(section, log.seq) != texts:
        yield f"section {section.pk}: its snapshot isn't what its edits give"
    if texts_now(section) != tidy_texts(texts):
        yield f"section {section.pk}: the answers aren't what the log gives"
    numbers = LiveEdit.objects.filter(live_text=section.pk).order_by("seq")
    if list(numbers.values_list("seq", flat=True)) != list(range(1, log.seq + 1)):
        yield f"section {section.pk}: the numbers of its edits have a gap"


def _check_texts(
    where: str, section: int, texts: Mapping[str, str], played: Played
) -> Iterator[str]:
    for prompt, text in texts.items():
        place = f"{where}, section {section}, “{prompt}”"
        found = _TOKEN.findall(text)
        counts = Counter(found)
        for tokens in played.tokens.get((section, prompt), []):
            lost = [token for token in tokens if not counts[token]]
            doubled = [token for token in tokens if counts[token] > 1]
            if lost or doubled:
                what = f"{len(lost)} lost {lost[:9]}, {len(doubled)} doubled {doubled[:9]}"
                yield f"{place}: {what}"
            if [token for token in found if token in set(tokens)] != tokens:
                yield f"{place}: the tokens from {tokens[0]} to {tokens[-1]} are in disorder"
        typed = {token for one in played.tokens.get((section, prompt), []) for token in one}
        rest = _TOKEN.sub("", text).split()
        if rest != BEGINNING.split() or counts.keys() - typed:
            strange = sorted(counts.keys() - typed)
            yield f"{place}: what nobody typed stands there: {strange[:9]} {rest[:9]}"
