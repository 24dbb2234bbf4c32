"""Moving a brief to another version of its template, and back: lock, check, change, record,
publish."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.drafting.actions import hold_live_texts
from briefs.drafting.recording import Origin, record_texts
from briefs.events import publish
from briefs.live_text.freezing import set_frozen_throughout
from briefs.live_text.log import ask_anew, lock_head, put
from briefs.locks import lock_brief
from briefs.models import (
    Activity,
    Answer,
    Brief,
    BriefTemplate,
    LooseText,
    Revision,
    Section,
    TemplateUpgrade,
    actor_name,
)
from briefs.permissions import check_can_upgrade, check_is_in_use
from briefs.prompts import questions_of
from briefs.revisions import latest_revision, note_log_seq, writers_of
from briefs.upgrading.plan import (
    Approval,
    GoneStep,
    Parked,
    Plan,
    SectionStep,
    free_key,
    plan_upgrade,
    who_writes,
)


@transaction.atomic
def upgrade_brief(
    brief: Brief, target: BriefTemplate, *, by: User | None, seen: str | None = None
) -> TemplateUpgrade:
    """Moves a brief to a newer version of its template. `seen` is the digest of the plan that was
    looked at. `by` is None for the command line.

    Raises `PermissionDenied`, and `ValidationError` when something has changed since, or stands in
    the way; then nothing is changed.
    """
    brief = _lock(brief, by)
    if target.key != brief.template.key or target.version <= brief.template.version:
        raise ValidationError(
            _("“%(brief)s” is at “%(template)s”, so it can't be moved to “%(target)s”.")
            % {"brief": brief, "template": brief.template, "target": target}
        )
    before = brief.template
    plan = _checked(brief, target, seen)
    _carry_out(plan, by)
    upgrade = TemplateUpgrade.objects.create(
        brief=brief, before=before, after=target, done_by=by, done_by_name=actor_name(by)
    )
    _publish(Activity.Verb.BRIEF_UPGRADED, plan, before, by)
    return upgrade


@transaction.atomic
def undo_upgrade(brief: Brief, *, by: User | None, seen: str | None = None) -> TemplateUpgrade:
    """Moves a brief back to the version that it had before its last move. All that was written
    since is kept, and parked where that version has no place for it; what the move had parked and
    nobody has touched stands where it stood. Raises as above."""
    brief = _lock(brief, by)
    upgrade = last_upgrade(brief)
    if upgrade is None:
        raise PermissionDenied(_("There is no move to another version to be undone."))
    plan = _checked(brief, upgrade.before, seen)
    _carry_out(plan, by)
    upgrade.undone_at = timezone.now()
    upgrade.save(update_fields=["undone_at"])
    _publish(Activity.Verb.UPGRADE_UNDONE, plan, upgrade.after, by)
    return upgrade


def last_upgrade(brief: Brief) -> TemplateUpgrade | None:
    """The move that can be undone, None when there is none."""
    return (
        brief.upgrades.filter(undone_at=None, after=brief.template_id)
        .select_related("before", "after")
        .first()
    )


def _lock(brief: Brief, by: User | None) -> Brief:
    brief = lock_brief(brief)
    if by:
        check_can_upgrade(by, brief)
    else:
        check_is_in_use(brief)
    return brief


def _checked(brief: Brief, target: BriefTemplate, seen: str | None) -> Plan:
    """What is to be done, with everything typed by now in it and nobody's typing taken until the
    end."""
    writing = who_writes(brief)
    hold_live_texts(brief)
    plan = plan_upgrade(brief, target, writing=writing)
    if seen is not None and seen != plan.digest:
        raise ValidationError(
            _(
                "“%(brief)s” has changed since this was shown, so nothing was moved. Look through "
                "it again."
            )
            % {"brief": brief}
        )
    if plan.obstacles:
        raise ValidationError(list(plan.obstacles))
    return plan


def _carry_out(plan: Plan, by: User | None) -> None:
    _free_keys(plan)
    for gone in plan.gone:
        _retire(plan, gone)
    plan.brief.template = plan.target
    plan.brief.save(update_fields=["template", "updated_at"])
    for step in plan.steps:
        if step.section is None:
            _make(plan.brief, step)
        else:
            step.section.brief = plan.brief
            _move(step, step.section, plan, by)
    set_frozen_throughout(plan.brief)


def _free_keys(plan: Plan) -> None:
    """Two sections may change keys with each other, so those that change have none in between."""
    moving = [step for step in plan.steps if step.section and step.section.key != step.key]
    for step in moving:
        assert step.section is not None
        Section.with_retired.filter(pk=step.section.pk).update(key=f"~{step.section.pk}")
    wanted = {step.key for step in plan.steps}
    staying = {step.section.pk for step in plan.steps if step.section}
    others = Section.with_retired.filter(brief=plan.brief, key__in=wanted).exclude(pk__in=staying)
    taken = set(Section.with_retired.filter(brief=plan.brief).values_list("key", flat=True))
    for section in others:
        section.key = free_key(section.key, taken | wanted)
        taken.add(section.key)
        section.save(update_fields=["key"])


def _make(brief: Brief, step: SectionStep) -> None:
    Section.objects.create(
        brief=brief,
        section_template=step.target,
        part=step.place.part,
        position=step.place.position,
        key=step.key,
        asked_since=step.asked_since,
        content_hash=step.content_hash,
    )


def _retire(plan: Plan, gone: GoneStep) -> None:
    """Takes a section out of the brief as it stands, so that it can come back as it was."""
    section = gone.section
    _park(plan, section, gone.parked, beside=None)
    section.answers.all().delete()
    section.retired_at = timezone.now()
    section.save(update_fields=["retired_at"])


def _move(step: SectionStep, section: Section, plan: Plan, by: User | None) -> None:
    newest = latest_revision(section)
    writers = _writers(step, newest)
    has_other_keys = step.has_other_keys
    _park(plan, section, step.parked, beside=section)
    _settle(step, section, plan, by)
    revision = None
    if step.content_hash != section.content_hash:
        if newest is None and not any(step.texts.values()):
            section.content_hash = step.content_hash
            section.save(update_fields=["content_hash"])
        else:
            origin = Origin(by, writers, Revision.Kind.UPGRADE, comment=str(plan.target))
            revision = record_texts(section, questions_of(section), {}, origin)
    _write_log(step, section, revision)
    if has_other_keys:
        _begin_log_anew(section)


def _writers(step: SectionStep, newest: Revision | None) -> list[User]:
    """Whose words have no approval any more, or come back without one: nobody may be the only one
    to approve their own."""
    people: set[int] = set()
    if step.approval is Approval.LAPSES and newest:
        people |= writers_of(newest)
    for loose, _prompt in step.returning:
        if loose.parked_from:
            people |= writers_of(loose.parked_from)
    return list(User.objects.filter(pk__in=people))


def _settle(step: SectionStep, section: Section, plan: Plan, by: User | None) -> None:
    """The row and its answers stand where the version has them."""
    if step.target:
        kept = {old.pk: new for old, new in step.pairs}
        for answer in section.answers.all():
            if answer.prompt_id in kept:
                answer.prompt = kept[answer.prompt_id]
                answer.save(update_fields=["prompt"])
            else:
                answer.delete()
        for old, new in step.pairs:
            if old.key != new.key:
                section.comments.filter(prompt_key=old.key).update(prompt_key=new.key)
        for loose, prompt in step.returning:
            Answer.objects.create(section=section, prompt=prompt, text=loose.text)
            _settle_loose(loose, plan.target, by)
        section.section_template = step.target
    section.part, section.position = step.place.part, step.place.position
    section.key, section.asked_since = step.key, step.asked_since
    section.retired_at = None
    section.save()


def _settle_loose(loose: LooseText, target: BriefTemplate, by: User | None) -> None:
    loose.settled_at = timezone.now()
    loose.settled_by = by
    loose.dismissal_reason = _("Stands in its place again, as “%(template)s” asks for it.") % {
        "template": target
    }
    loose.save()


def _park(plan: Plan, section: Section, texts: Iterable[Parked], beside: Section | None) -> None:
    newest = latest_revision(section)
    for parked in texts:
        LooseText.objects.create(
            brief=plan.brief,
            section=beside,
            kind=LooseText.Kind.PARKED,
            text=parked.text,
            original=parked.text,
            source=f"{parked.place} ({plan.before})"[:255],
            parked_from=newest,
            prompt=parked.prompt,
        )


def _write_log(step: SectionStep, section: Section, revision: Revision | None) -> None:
    """What the log holds under the keys of now is what the answers say. Words under a key that is
    gone stay in it, for the history. Words that come under another key are in nobody's name there;
    whose they are, the revisions before say."""
    head = lock_head(section)
    if head is None:
        return
    keys = [question.key for question in questions_of(section)]
    put(head, section, {key: step.texts.get(key, "") for key in keys}, by=None)
    if revision:
        note_log_seq(revision, head.seq)


def _begin_log_anew(section: Section) -> None:
    head = lock_head(section)
    if head:
        ask_anew(head)


def _publish(verb: Activity.Verb, plan: Plan, before: BriefTemplate, by: User | None) -> None:
    publish(
        verb,
        by=by,
        brief=plan.brief,
        template=plan.target.key,
        before=before.version,
        version=plan.target.version,
        new=[step.title for step in plan.new],
        gone=[gone.section.title for gone in plan.gone],
        parked=[parked.place for parked in plan.parked],
        returned=len(plan.returning),
        approvals_lapsed=[step.title for step in plan.lapsing],
    )
