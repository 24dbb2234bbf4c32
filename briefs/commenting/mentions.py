"""Who is named in a remark: `@` and the name, or the e-mail address, of a member of the brief."""

import re
from collections.abc import Iterable

from accounts.models import User


def mentions_in(text: str, people: Iterable[User]) -> list[User]:
    """The people whom a text mentions, each once. The longest name counts where one begins with
    another; of two people of one name both are meant, unless the address says which."""
    named: dict[str, list[User]] = {}
    for user in people:
        for name in (user.get_full_name(), user.email):
            named.setdefault(name.casefold(), []).append(user)
    names = sorted(filter(None, named), key=len, reverse=True)
    if not names:
        return []
    pattern = re.compile(rf"(?<!\w)@({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    found: dict[int, User] = {}
    for name in pattern.findall(text.casefold()):
        for user in named[name]:
            found.setdefault(user.pk, user)
    return list(found.values())
