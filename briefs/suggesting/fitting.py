"""Whether suggested words still have their place in the text."""

from briefs.document.text import normalise
from briefs.drafting.merging import Conflict, merge
from briefs.models import Suggestion
from briefs.revisions import texts_of


class Misfit(Exception):  # noqa: N818 - a fact about two texts, not an error in the program
    """The passage was changed meanwhile. Nothing was stored; both texts are in here: the prompt's
    text `as_suggested`, on the revision that the suggestion was made on, and `now`."""

    def __init__(self, as_suggested: str, now: str) -> None:
        super().__init__(as_suggested, now)
        self.as_suggested = as_suggested
        self.now = now


def with_suggestion(suggestion: Suggestion, now: str) -> str:
    """The prompt's text of now with the suggested words in it, normalised. Raises `Misfit` where
    the passage, or what touches it, was changed since the revision that it was made on."""
    base = texts_of(suggestion.revision).get(suggestion.prompt_key, "")
    suggested = normalise(base[: suggestion.start] + suggestion.new + base[suggestion.end :])
    outcome = merge(base, suggested, now)
    if isinstance(outcome, Conflict):
        raise Misfit(suggested, now)
    return normalise(outcome.text)
