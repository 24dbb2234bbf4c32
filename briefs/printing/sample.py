"""A few pages that show a house style."""

import datetime as dt

from django.utils.translation import gettext as _

from briefs.document.look import Look
from briefs.document.tree import (
    AnswerNode,
    Clearance,
    Document,
    Fact,
    PartNode,
    SectionNode,
    TemplateName,
    TextState,
)
from briefs.export.dressing import house_of, logo_of
from briefs.models import HouseStyle

_DAY = dt.date(2026, 1, 15)


def sample_in(style: HouseStyle) -> Document:
    """A short brief on no country, in the style."""
    opening = PartNode("opening", None, "", (_section("opening/preface", "", _("Preface")),))
    part = PartNode(
        "trade",
        1,
        _("Trade"),
        (
            _section("trade/exports", "1.1", _("Exports")),
            _section("trade/imports", "1.2", _("Imports")),
        ),
    )
    return Document(
        slug="sample",
        title=_("A country"),
        subject=_("How a brief looks in this style"),
        country="",
        language="en",
        reference="CB/2026/001",
        marking=_("Official"),
        date=_DAY,
        modified_at=None,
        facts=(Fact(_("Capital"), _("A city")), Fact(_("Population"), _("11 million"))),
        prepared_by=(_("An author"),),
        template=TemplateName("sample", 1, _("Country brief")),
        text=TextState.APPROVED,
        parts=(opening, part),
        loose=(),
        look=Look(house=house_of(style)),
        pictures=logo_of(style),
    )


def _section(key: str, number: str, title: str) -> SectionNode:
    text = _(
        "This is how a paragraph reads. It has a [link](https://example.org) and a note.[^1]\n\n"
        "- A point of a list\n- Another point\n\n"
        "| Year | Share |\n|---|--:|\n| 2024 | 61 |\n| 2025 | 64 |\n\n"
        "[^1]: The source of a statement."
    )
    at = dt.datetime.combine(_DAY, dt.time(12), dt.UTC)
    return SectionNode(
        key=key,
        number=number,
        title=title,
        status="approved",
        is_own=False,
        content_hash="",
        revision=1,
        clearance=Clearance(1, (_("An editor"),), at),
        answers=(AnswerNode("body", "", text),),
    )
