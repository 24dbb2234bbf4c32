"""A brief's address: readable, unique, and short enough."""

from django.utils.text import slugify

from briefs.models import Brief


def free_slug(title: str) -> str:
    """A slug from the title that no brief has: `belgium`, then `belgium-2`. The caller is in a
    transaction; the column's unique constraint decides a race."""
    base = slugify(title)[:100].strip("-") or "brief"
    taken = set(Brief.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
