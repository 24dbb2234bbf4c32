"""Which of a file's headings are which of the template's titles, when both are in order."""

import unicodedata
from collections.abc import Sequence

from briefs.importing.matching import Likeness, bare


def pair(written: Sequence[str], titles: Sequence[str], likeness: Likeness) -> dict[int, int]:
    """The place in `titles` for each place in `written` that has one.

    Equal titles are paired so that as many as possible keep their order: a section of the brief's
    own may have the title of one of the template's. What is left over is paired by likeness.
    """
    wanted = [" ".join(unicodedata.normalize("NFC", title).split()) for title in titles]
    found = _in_order(written, wanted)
    missing = [place for place in range(len(titles)) if place not in found.values()]
    for at, title in enumerate(written):
        if at in found or not missing:
            continue
        candidates = [(bare(titles[place]), place) for place in missing]
        nearest = likeness.closest(bare(title), candidates)
        if nearest:
            found[at] = nearest[1]
            missing.remove(nearest[1])
    return found


def _in_order(written: Sequence[str], titles: Sequence[str]) -> dict[int, int]:
    """The longest common subsequence, by its usual table."""
    known = set(titles)
    places = [at for at, title in enumerate(written) if title in known]
    rows = [[0] * (len(titles) + 1) for _row in range(len(places) + 1)]
    for row in range(len(places) - 1, -1, -1):
        for column in range(len(titles) - 1, -1, -1):
            rows[row][column] = (
                rows[row + 1][column + 1] + 1
                if written[places[row]] == titles[column]
                else max(rows[row + 1][column], rows[row][column + 1])
            )
    found = {}
    row = column = 0
    while row < len(places) and column < len(titles):
        if written[places[row]] == titles[column]:
            found[places[row]] = column
            row, column = row + 1, column + 1
        elif rows[row + 1][column] >= rows[row][column + 1]:
            row += 1
        else:
            column += 1
    return found
