"""Briefs with something of every kind under their prompts, to go out as Word files and come in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import cycle

from briefs.document.look import House, Look
from briefs.document.outline import Outline
from briefs.document.tree import Document, EditionMark, Fact, TextState
from briefs.importing.reading import read_brief
from tests.briefs.export.documents import CLEARED, make_picture
from tests.briefs.importing.seed import outline, seed
from tests.briefs.importing.stored import OUTLINE, document_of

PICTURE = make_picture(60, 40)
NOTED = """\
Relations are *close*.[^1] Again.[^1]

- one
  - deeper

    further
- two

3. three
4. four

[^1]: *World Bank*, Data, https://example.org/data.

    - with a list"""
QUOTED = """\
> quoted, and
> on.

| Year | Exports |
|---|--:|
| 2024 | 55 \\| 6[^a] |

[^a]: Short."""
CODE = """\
```
code
  # more

- of `it`
```

**Ends in bold**

1. **One point alone**

# Not one"""
NESTED = """\
> quoted[^1]
>
> > deeper
> > - in a list
> >   1. and its own
>
> and back

[^1]: - in a note

    ```
    code()
    ```

- a point
  > quoted in it
  > - with a list
  > - of two
- ```python
  code()
  ```
  ```js
  more()
  ```
- and `code` with a [`link`](https://a.example/b)

***

40000. too high
40001. to be counted

| Year | Sum | All |
| :-: | --: | --: |
| 2024 | **1** | `2` |"""
TEXTS = (
    NOTED,
    QUOTED,
    CODE,
    f"Not known: no figures.\n\n![Two colours](picture:{PICTURE.sha256})",
    "العلاقات وثيقة منذ عام 1949، كما في Treaty 7.\n\n- بروكسل\n- لييج",
    "Nothing is written here yet.",
    "1.2 begins with a number\\\nand is broken [here](https://example.org/a?b=1&c=2). 中文",
)


WIDE = "\n".join(
    ["| Phytosanitary certificates " * 9 + "|", "|---" * 9 + "|", "| Rehabilitation " * 9 + "|"]
)


def answered(outline: Outline, texts: Iterable[str], language: str = "en") -> Document:
    """Its prompts answered by the texts, one after another, again and again."""
    document = document_of(read_brief("# Belgium\n\n## Preface\n", outline), outline)
    left = cycle(texts)
    parts = [
        replace(
            part,
            sections=tuple(
                replace(
                    section,
                    clearance=CLEARED,
                    answers=tuple(replace(each, text=next(left)) for each in section.answers),
                )
                for section in part.sections
            ),
        )
        for part in document.parts
    ]
    return replace(
        document,
        title="Belgium: the “near” & 1. other",
        subject="Kingdom of Belgium",
        language=language,
        country="BE",
        reference="CB/2025/014",
        marking="RESTRICTED",
        date=date(2025, 11, 24),
        facts=(Fact("Capital: seat", "Brussels"), Fact("العاصمة", "بروكسل"), Fact("C", "D" * 290)),
        look=Look(house=House("Ministry", "Unit", "#7a1f3d", PICTURE.sha256)),
        changes=("Since edition 1, the text of 1 section has changed.", "Preface: 3 words added."),
        pictures=(PICTURE,),
        parts=tuple(parts),
    )


def full(outline: Outline, language: str = "en") -> Document:
    return answered(outline, TEXTS, language)


def partly(outline: Outline) -> Document:
    """Every other answer is missing, so that sentences of ours stand in their places."""
    return answered(outline, [found for text in TEXTS for found in (text, "")])


def released(document: Document) -> Document:
    """An edition whose sections were not clear, which a sentence above each says."""
    parts = [
        replace(
            part,
            sections=tuple(replace(each, released_because="In haste") for each in part.sections),
        )
        for part in document.parts
    ]
    edition = EditionMark(2, date(2025, 11, 24))
    return replace(document, text=TextState.APPROVED, edition=edition, parts=tuple(parts))


@cache
def from_seed() -> Document:
    return document_of(read_brief(seed(), outline()), outline())


DOCUMENTS = {
    "small": lambda: (full(OUTLINE), OUTLINE),
    "arabic": lambda: (full(OUTLINE, "ar"), OUTLINE),
    "french": lambda: (full(OUTLINE, "fr"), OUTLINE),
    "chinese": lambda: (full(OUTLINE, "zh-Hant"), OUTLINE),
    "whole": lambda: (full(outline()), outline()),
    "partly": lambda: (partly(outline()), outline()),
    "approved": lambda: (replace(partly(OUTLINE), text=TextState.APPROVED), OUTLINE),
    "released": lambda: (released(partly(OUTLINE)), OUTLINE),
    "bare": lambda: (
        replace(full(OUTLINE), look=Look(has_cover=False, has_contents=False), changes=()),
        OUTLINE,
    ),
    "across": lambda: (
        answered(OUTLINE, [WIDE, f"Before.\n\n{WIDE}\n\n{WIDE}", "Words."]),
        OUTLINE,
    ),
    "nested": lambda: (answered(OUTLINE, [NESTED]), OUTLINE),
    "seed": lambda: (from_seed(), outline()),
}
