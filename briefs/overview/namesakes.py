"""What tells briefs of one title apart in a list."""

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.models import Brief
from briefs.overview.times import day


class Namesakes:
    """The titles that several of the briefs have which somebody may see; one query at most."""

    def __init__(self, user: User) -> None:
        self.user = user

    def apart(self, brief: Brief) -> str:
        """The brief's language, the day on which it was made and its address; blank when it is the
        only one of its title."""
        if brief.title not in self._shared:
            return ""
        return _("%(language)s, made on %(day)s, address %(slug)s") % {
            "language": _language(brief.language),
            "day": day(localdate(brief.created_at)),
            "slug": brief.slug,
        }

    @cached_property
    def _shared(self) -> set[str]:
        titles = Brief.objects.visible_to(self.user).order_by().values("title")
        shared = titles.annotate(briefs=Count("pk")).filter(briefs__gt=1)
        return set(shared.values_list("title", flat=True))


def _language(code: str) -> str:
    """A language by its name; by its code when nobody has named it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
