"""Whatever changes something in a brief begins by locking the brief's row."""

from briefs.models import Brief


def lock_brief(brief: Brief) -> Brief:
    """The brief as it is now, locked until the transaction ends; nothing beside it is."""
    return (
        Brief.objects.select_for_update(of=("self",), no_key=True)
        .select_related("template")
        .get(pk=brief.pk)
    )
