"""`Section.state`, asked of the database: for lists that filter and count more sections than a page
loads."""

from collections.abc import Collection

from django.db.models import Case, Q, Value, When

from briefs.models import Section, SectionQuerySet, with_sign_offs

State = Section.State
Status = Section.Status
UNFINISHED = [state for state in State if state is not State.APPROVED]


def with_state(sections: SectionQuerySet) -> SectionQuerySet:
    """Adds `state_now`, the value of what `Section.state` says. The tests hold the two together."""
    return with_sign_offs(sections).annotate(
        state_now=Case(
            When(status=Status.IN_REVIEW, then=Value(State.IN_REVIEW)),
            When(is_approved=True, then=Value(State.APPROVED)),
            When(status=Status.CHANGES_REQUESTED, then=Value(State.CHANGES_REQUESTED)),
            When(was_approved=True, then=Value(State.LAPSED)),
            When(Q(words__gt=0) | Q(is_being_written=True), then=Value(State.DRAFTING)),
            default=Value(State.EMPTY),
        )
    )


def in_states(sections: SectionQuerySet, states: Collection[State]) -> SectionQuerySet:
    """Those of the sections that are in one of the states now."""
    return with_state(sections).filter(Q(("state_now__in", states)))
