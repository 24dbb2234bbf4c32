"""How long a section is to be: what its template says of the section, or else of its prompts
together."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from briefs.models import Prompt, Section, SectionQuerySet


@dataclass(frozen=True, slots=True)
class Length:
    """How many words there are and how many are asked for; a None end of the range is open."""

    words: int
    least: int | None
    most: int | None

    @property
    def asked(self) -> str:
        """The range in words, blank when the template asks for none."""
        if self.least and self.most:
            both = {"least": self.least, "most": self.most}
            return _("of %(least)s–%(most)s") % both
        if self.most:
            return _("of %(most)s at most") % {"most": self.most}
        if self.least:
            return _("of %(least)s at least") % {"least": self.least}
        return ""


def with_asked_length(sections: SectionQuerySet) -> SectionQuerySet:
    """Adds what `length_of()` needs, without a query of its own. A section whose prompts don't all
    name an end has none there."""
    prompts = Prompt.objects.filter(section_template=OuterRef("section_template")).order_by()
    return sections.annotate(
        asked_least=Coalesce("section_template__min_words", _total(prompts, "min_words")),
        asked_most=Coalesce("section_template__max_words", _total(prompts, "max_words")),
    )


def length_of(section: Section) -> Length:
    """Needs `with_asked_length()`."""
    annotated = vars(section)
    return Length(section.words, annotated["asked_least"], annotated["asked_most"])


def _total(prompts: QuerySet[Prompt], column: str) -> Subquery:
    totals = (
        prompts.values("section_template")
        .annotate(total=Sum(column), named=Count(column), prompts=Count("pk"))
        .filter(named=F("prompts"))
    )
    return Subquery(totals.values("total"), output_field=IntegerField())
