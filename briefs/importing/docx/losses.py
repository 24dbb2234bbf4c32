"""What of a Word file a Markdown text can't hold, counted while it is read, and said in words."""

from collections import Counter
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Loss(StrEnum):
    """Each in the order in which it is told."""

    INSERTED = "inserted"
    DELETED = "deleted"
    COMMENT = "comment"
    HIDDEN = "hidden"
    PICTURE = "picture"
    TURNED = "turned"
    UNDESCRIBED = "undescribed"
    BOX = "box"
    MERGED = "merged"
    LAYOUT = "layout"
    CELL = "cell"
    NESTED = "nested"
    LETTERED = "lettered"
    LINK = "link"
    NOTE = "note"
    MARKS = "marks"
    SYMBOL = "symbol"
    FORMULA = "formula"
    OTHER_FILE = "other_file"
    CONTENTS = "contents"
    OURS = "ours"


_SENTENCES = {
    Loss.INSERTED: ngettext_lazy(
        "It has tracked changes: %(count)s insertion was taken as text.",
        "It has tracked changes: %(count)s insertions were taken as text.",
        "count",
    ),
    Loss.DELETED: ngettext_lazy(
        "It has tracked changes: %(count)s deletion was carried out.",
        "It has tracked changes: %(count)s deletions were carried out.",
        "count",
    ),
    Loss.COMMENT: ngettext_lazy(
        "%(count)s comment was left out.", "%(count)s comments were left out.", "count"
    ),
    Loss.HIDDEN: ngettext_lazy(
        "%(count)s passage of hidden text was left out.",
        "%(count)s passages of hidden text were left out.",
        "count",
    ),
    Loss.PICTURE: ngettext_lazy(
        "%(count)s picture was left out and is named in brackets: a brief takes 100 PNG or JPEG "
        "pictures of at most 5 MB and 40 million pixels that are in the file itself.",
        "%(count)s pictures were left out and are named in brackets: a brief takes 100 PNG or JPEG "
        "pictures of at most 5 MB and 40 million pixels that are in the file itself.",
        "count",
    ),
    Loss.TURNED: ngettext_lazy(
        "%(count)s drawing was turned in Word; its picture is upright now.",
        "%(count)s drawings were turned in Word; their pictures are upright now.",
        "count",
    ),
    Loss.UNDESCRIBED: ngettext_lazy(
        "%(count)s picture has no description: write what it shows, for whoever can't see it.",
        "%(count)s pictures have no descriptions: write what they show, for whoever can't see "
        "them.",
        "count",
    ),
    Loss.BOX: ngettext_lazy(
        "%(count)s text box stands below the paragraph to which it is anchored.",
        "%(count)s text boxes stand below the paragraphs to which they are anchored.",
        "count",
    ),
    Loss.MERGED: ngettext_lazy(
        "%(count)s merged table cell was divided; its text is in the first of them.",
        "%(count)s merged table cells were divided; their text is in the first of them.",
        "count",
    ),
    Loss.LAYOUT: ngettext_lazy(
        "%(count)s table that only frames text was read as that text.",
        "%(count)s tables that only frame text were read as that text.",
        "count",
    ),
    Loss.CELL: ngettext_lazy(
        "%(count)s table cell with several lines is one line now.",
        "%(count)s table cells with several lines are one line each now.",
        "count",
    ),
    Loss.NESTED: ngettext_lazy(
        "%(count)s table within a table is text in its cell now.",
        "%(count)s tables within tables are text in their cells now.",
        "count",
    ),
    Loss.LETTERED: ngettext_lazy(
        "%(count)s point with a letter or Roman number has an Arabic number now.",
        "%(count)s points with letters or Roman numbers have Arabic numbers now.",
        "count",
    ),
    Loss.LINK: ngettext_lazy(
        "%(count)s link leads to no web or mail address; only its words were kept.",
        "%(count)s links lead to no web or mail address; only their words were kept.",
        "count",
    ),
    Loss.NOTE: ngettext_lazy(
        "%(count)s note to a heading stands as a paragraph below it.",
        "%(count)s notes to headings stand as paragraphs below them.",
        "count",
    ),
    Loss.MARKS: ngettext_lazy(
        "In %(count)s line, bold, italics, code or a link could not be kept as they were.",
        "In %(count)s lines, bold, italics, code or links could not be kept as they were.",
        "count",
    ),
    Loss.SYMBOL: ngettext_lazy(
        "%(count)s character of a symbol font isn't known; \ufffd stands in its place.",
        "%(count)s characters of symbol fonts aren't known; \ufffd stands in their places.",
        "count",
    ),
    Loss.FORMULA: ngettext_lazy(
        "%(count)s formula is only its characters now.",
        "%(count)s formulas are only their characters now.",
        "count",
    ),
    Loss.OTHER_FILE: ngettext_lazy(
        "%(count)s file that the document brings in was left out.",
        "%(count)s files that the document brings in were left out.",
        "count",
    ),
    Loss.CONTENTS: _("The table of contents was left out."),
    Loss.OURS: _(
        "The cover, contents, sources and clearance table that Chancery wrote were left out: they "
        "are made anew."
    ),
}


def sentences(losses: Counter[Loss]) -> tuple[str, ...]:
    """What was lost, a sentence each; of contents that are ours there is no other."""
    if losses[Loss.OURS]:
        losses = losses - Counter({Loss.CONTENTS: losses[Loss.CONTENTS]})
    return tuple(str(_SENTENCES[loss] % {"count": losses[loss]}) for loss in Loss if losses[loss])
