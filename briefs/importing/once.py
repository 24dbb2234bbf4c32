"""An upload is stored once, however often its report is confirmed: by a double click, from a second
tab, or after going back. The record of the import names the upload that it was of."""

from accounts.models import User
from briefs.models import Activity, Brief


class AlreadyStored(Exception):  # noqa: N818 - an answer, not an error in the program
    """This upload was stored before; `brief` is where its text went."""

    def __init__(self, brief: Brief) -> None:
        super().__init__(f"Stored in {brief.slug} before.")
        self.brief = brief


def check_is_new(upload: str, *, by: User | None) -> None:
    """Raises `AlreadyStored`. Every further import of this person waits here until the transaction
    ends, into whichever brief it goes.

    A blank upload is the command line's, where the same file may be stored as often as one says.
    """
    if not upload or by is None:
        return
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    stored = Activity.objects.filter(
        verb=Activity.Verb.BRIEF_IMPORTED, actor=by, detail__upload=upload
    )
    act = stored.select_related("brief").first()
    if act and act.brief:
        raise AlreadyStored(act.brief)
