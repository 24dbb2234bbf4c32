"""Reading a page as it is seen."""

import re

_HIDDEN = re.compile(r'<span class="visually-hidden"[^>]*>[^<]*</span>')


def seen(html: str) -> str:
    """A page without what is said only to those who listen."""
    return _HIDDEN.sub("", html)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    [value] = re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    return str(value)
