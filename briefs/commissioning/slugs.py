"""A brief's address: readable, unique, and short enough."""

from django.utils import translation
from django.utils.text import slugify
from django_countries import countries

from briefs.models import Brief


def free_slug(title: str, country: str) -> str:
    """A slug from the title that no brief has: `belgium`, then `belgium-2`. From the country's
    English name, by its code, where the title has no Latin letter. The caller is in a transaction;
    the column's unique constraint decides a race."""
    with translation.override("en"):
        words = next(filter(None, map(slugify, (title, countries.name(country)))), "brief")
    base = words[:100].strip("-")
    taken = set(Brief.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
