"""Text of no meaning that is shaped like a brief's: the same seed gives the same words."""

import tomllib
from pathlib import Path
from random import Random

_VOCABULARY = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
_ADDRESS = "https://statistics.example/tables"


class Words:
    """Makes sentences, one after another."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def title(self) -> str:
        quality, thing, other = self._quality(), self._thing(), self._thing()
        return f"{quality.capitalize()} {thing} and {other}"

    def name(self) -> str:
        return self._one_of("names")

    def figure(self) -> str:
        return f"{self.random.uniform(0.1, 9_999):,.1f}"

    def phrase(self) -> str:
        return f"the {self._quality()} {self._thing()}"

    def sentence(self) -> str:
        """Of ten to thirty words; in some of them a few are marked."""
        act = self._one_of("acts")
        sentence = f"{self.phrase()} {act} {self._marked(self.phrase())}"
        if self.random.random() < 0.6:
            sentence += f", which was {self.figure()} in {self.random.randint(1990, 2025)}"
        if self.random.random() < 0.5:
            sentence += f", and {self.phrase()} of {self.name()} {act} {self.phrase()}"
        if self.random.random() < 0.4:
            opening = self._one_of("openings")
            return f"{opening} {sentence}."
        return f"{sentence[0].upper()}{sentence[1:]}."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 5)))

    def _marked(self, words: str) -> str:
        mark = self.random.random()
        if mark < 0.08:
            return f"**{words}**"
        if mark < 0.14:
            return f"*{words}*"
        if mark < 0.17:
            return f"[{words}]({_ADDRESS}/{self.random.randint(1, 999)})"
        return words

    def _one_of(self, kind: str) -> str:
        chosen: str = self.random.choice(_VOCABULARY[kind])
        return chosen

    def _thing(self) -> str:
        return self._one_of("things")

    def _quality(self) -> str:
        return self._one_of("qualities")
