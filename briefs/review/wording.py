"""What a step of the review has done, in a sentence."""

from django.utils.translation import gettext as _

from briefs.models import Section, SignOff

Status = Section.Status


def what_was_done(done: Section | SignOff) -> str:
    if isinstance(done, SignOff):
        return _of_decision(done) % {"number": done.revision.number}
    if done.status == Status.IN_REVIEW:
        return _("Put forward for review. Its text rests until somebody decides.")
    return _("The request is withdrawn. The section can be written in again.")


def _of_decision(given: SignOff) -> str:
    if given.is_blind and given.section.status == Status.IN_REVIEW:
        return _("Your decision is recorded. Nobody sees it until all have decided.")
    if given.section.status == Status.CHANGES_REQUESTED:
        if given.is_blind:
            return _("All have decided, and changes are asked for: the section goes back.")
        return _("Sent back with your words. The section can be written in again.")
    if given.is_override:
        return _(
            "Revision %(number)s is approved by your override. It stays marked until somebody "
            "countersigns it."
        )
    if given.clears_section:
        return _("Revision %(number)s is approved.")
    return _("Your sign-off of revision %(number)s is recorded; it needs another person's too.")
