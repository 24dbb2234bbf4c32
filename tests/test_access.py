"""Every address and every role: who gets in, by reading and by acting.

An address that isn't in the table fails. 302 is the door for those who aren't signed in. Acting is a
POST with an empty form: where it is allowed, the answer is a refusal of the *form* (422) or a
redirect; where it isn't, 403; for a stranger always 404.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from briefs.models import LooseText, Placement
from briefs.placing.actions import place_text
from tests.factories import section_of, write

ROLES = ["anonymous", "stranger", "viewer", "author", "editor", "manager"]
NOBODY = [405] * 6
DOOR_THEN_NOBODY = [302] + [405] * 5
MEMBERS_READ = [302, 404, 200, 200, 200, 200]

# name: (GET, POST), each by role in the order of ROLES.
TABLE: dict[str, tuple[list[int], list[int]]] = {
    "home": ([302, 200, 200, 200, 200, 200], DOOR_THEN_NOBODY),
}


def all_names() -> set[str]:
    def walk(resolver: URLResolver) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield entry.name or str(entry.pattern)
            elif str(entry.pattern) != "admin/":  # the admin's addresses: tests/briefs/admin
                yield from walk(entry)

    return set(walk(get_resolver()))


def test_every_address_is_in_the_table():
    assert all_names() == TABLE.keys()


@pytest.fixture
def known(brief, author) -> dict[str, object]:
    """What an address may name: all of it exists, in a brief with text in a section."""
    section = write(section_of(brief, "goals/needs"), author, past="Words.")
    text = "Loose words.\n\nMore."
    loose = LooseText.objects.create(
        brief=brief, section=section, kind="parked", text=text, original=text, line=1
    )
    place_text(loose, section, "future", "More.", by=author)
    return {
        "brief_slug": brief.slug,
        "section_key": section.key,
        "number": 1,
        "loose_text_id": loose.pk,
        "placement_id": Placement.objects.get().pk,
    }


def address(name: str, known: dict[str, object]) -> str:
    candidates = get_resolver().reverse_dict.getlist(name)
    wanted = {parameter for entry in candidates for parameter in entry[0][0][1]}
    return reverse(name, kwargs={key: known[key] for key in wanted})


@pytest.mark.parametrize("name", sorted(TABLE))
@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
def test_who_gets_in(name, place, known, request):
    client = Client(raise_request_exception=True)
    if ROLES[place] != "anonymous":
        client.force_login(request.getfixturevalue(ROLES[place]))
    reading, acting = TABLE[name]
    where = address(name, known)
    assert client.get(where).status_code == reading[place]
    assert client.post(where).status_code == acting[place]
