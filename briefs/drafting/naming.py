"""What was typed live gets a revision: a number by which it can be read, compared and signed off.

Typed text is committed long before; a revision gives it a name. So there are two moments: every
action on a section begins with this, inside its own transaction; and pages that show revisions do
it first, so that the number that they show is that of the words that they show.
"""

from briefs.drafting.recording import Origin, changes_to, record_texts
from briefs.events import publish
from briefs.live_text.log import lock_head, prompt_keys, read_heads, writers_since
from briefs.live_text.reading import tidy_texts
from briefs.models import Activity, LiveText, Revision, Section
from briefs.prompts import questions_of
from briefs.revisions import latest_revision, note_log_seq


def name_typed_text(section: Section) -> Revision | None:
    """Records what was typed since the newest revision as the next one, in the name of whoever
    typed last; all who typed are its contributors. None when that is nothing.

    The caller holds the section's lock. No rule is asked: the words were taken when they were
    committed.
    """
    head = lock_head(section)
    if head is None or head.seq == head.named_seq:
        return None
    keys = prompt_keys([section])
    shared = read_heads([head], keys)[section.pk]
    typed = tidy_texts(shared.texts())
    changed = changes_to(section, {key: typed.get(key, "") for key in keys[section.pk]})
    revision = _record(section, head, changed) if changed else None
    if revision:
        note_log_seq(revision, head.seq)
    head.named_seq = head.seq
    head.save(update_fields=["named_seq"])
    return revision


def _record(section: Section, head: LiveText, changed: dict[str, str]) -> Revision:
    # Since the newest revision, not since the last naming: what somebody typed may have come to
    # nothing then, and be back by an undo of somebody else's.
    newest = latest_revision(section)
    edits = writers_since(head, (newest.log_seq if newest else None) or 0)
    writers = [edit.user for edit in edits if edit.user]
    by = writers[-1] if writers else None
    origin = Origin(by, writers, Revision.Kind.LIVE, at=edits[-1].at if edits else None)
    revision = record_texts(section, questions_of(section), changed, origin)
    publish(Activity.Verb.SECTION_SAVED, by=by, section=section, revision=revision, live=True)
    return revision
