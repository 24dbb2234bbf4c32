"""Which sections in review wait for somebody: what the rules ask of one, asked of the database."""

from collections import Counter

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from briefs.models import (
    Membership,
    Revision,
    Section,
    SectionQuerySet,
    SignOff,
    SignOffRight,
    reviewed_by,
    with_sign_offs,
)


def sections_to_decide(user: User) -> SectionQuerySet:
    """The sections in review on which somebody may decide and to which they didn't contribute, and
    those of which they are a reviewer; not those that wait for another person's sign-off beside
    theirs.

    It asks the database what `briefs.review.actions.check_can_approve` asks of one section; the
    tests hold them together.
    """
    last_vouched = (
        Revision.objects.vouched()
        .filter(section=OuterRef(OuterRef("pk")))
        .order_by("-number")
        .values("number")[:1]
    )
    contributed = Revision.contributors.through.objects.filter(
        user=user,
        revision__section=OuterRef("pk"),
        revision__number__gt=Coalesce(Subquery(last_vouched), 0),
    )
    signed_off = SignOff.objects.counting().filter(
        section=OuterRef("pk"), content_hash=OuterRef("content_hash"), decided_by=user
    )
    sealed = SignOff.objects.filter(
        section=OuterRef("pk"),
        content_hash=OuterRef("content_hash"),
        review_round=OuterRef("review_round"),
        is_blind=True,
        decided_by=user,
    )
    deciding = Membership.objects.filter(
        brief=OuterRef("brief"), user=user, role__in=Membership.DECIDING
    )
    sections = (
        with_sign_offs(
            Section.objects.filter(status=Section.Status.IN_REVIEW, brief__archived_at=None)
        )
        .filter(Exists(deciding))
        .filter(~Exists(signed_off) | Q(approvals__gte=F("sign_offs_needed")))
        .filter(~Exists(sealed))
        .filter(~Exists(contributed) | reviewed_by(user))
        .annotate(has_contributed=Exists(contributed))
    )
    return sections.exclude(pk__in=_waiting_for_others(sections, user))


def _waiting_for_others(sections: SectionQuerySet, user: User) -> list[int]:
    """The primary keys of those sections in review that ask for kinds of sign-offs, and now for
    none that this person gives. Three queries for any number of sections."""
    asked = (~Q(section_template=None) & ~Q(section_template__sign_off_kinds=[])) | ~Q(
        own_clearance=None
    )
    rows = list(
        sections.filter(asked).select_related("section_template", "own_clearance").order_by()
    )
    rights = SignOffRight.objects.filter(
        membership__user=user, membership__brief__in={row.brief_id for row in rows}
    )
    held: dict[int, set[str]] = {}
    for brief, kind in rights.order_by().values_list("membership__brief_id", "kind"):
        held.setdefault(brief, set()).add(kind)
    given: dict[int, dict[int, str]] = {}
    decided = SignOff.objects.filter(
        Q(pk__in=SignOff.objects.counting().values("pk"))
        | Q(pk__in=SignOff.objects.sealed().values("pk")),
        section__in=[row.pk for row in rows],
        content_hash=F("section__content_hash"),
    )
    for section, by, kind in decided.order_by("pk").values_list(
        "section_id", "decided_by_id", "kind"
    ):
        given.setdefault(section, {})[by] = kind
    return [
        row.pk
        for row in rows
        if not row.rule.to_give(
            Counter(given.get(row.pk, {}).values()), held.get(row.brief_id, set())
        )
    ]
