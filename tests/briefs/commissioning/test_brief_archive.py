"""Archiving hides a brief and makes it read-only; a manager brings it back."""

import pytest
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.models import Activity, Brief


def url(brief, name="brief_archive") -> str:
    return reverse(name, args=[brief.slug])


def test_brief_archive_asks_first(brief, manager, signed_in):
    page = signed_in(manager).get(url(brief))
    assert "Archive this brief?" in page.content.decode()
    assert not Brief.objects.get().is_archived


def test_brief_archive_and_unarchive(brief, manager, signed_in):
    client = signed_in(manager)
    client.post(url(brief))
    assert Brief.objects.get().archived_by == manager
    assert "Bring this brief back?" in client.get(url(brief, "brief_unarchive")).content.decode()
    client.post(url(brief, "brief_unarchive"))
    assert not Brief.objects.get().is_archived
    verbs = list(Activity.objects.values_list("verb", flat=True)[:2])
    assert verbs == ["brief_unarchived", "brief_archived"]


@pytest.mark.parametrize("name", ["brief_archive", "brief_unarchive"])
def test_brief_archive_twice_records_once(brief, manager, signed_in, name):
    if name == "brief_unarchive":
        archive_brief(brief, by=manager)
    before = Activity.objects.count()
    for _ in range(2):
        assert signed_in(manager).post(url(brief, name)).status_code == 302
    assert Activity.objects.count() == before + 1


@pytest.mark.parametrize("name", ["brief_archive", "brief_unarchive"])
@pytest.mark.parametrize("person", ["viewer", "author", "editor"])
def test_brief_archive_wants_a_manager(request, brief, person, signed_in, name):
    client = signed_in(request.getfixturevalue(person))
    for answer in (client.get(url(brief, name)), client.post(url(brief, name))):
        assert answer.status_code == 403
        assert "Only a manager of this brief can do that." in answer.content.decode()
    assert not Brief.objects.get().is_archived


@pytest.mark.parametrize("name", ["brief_archive", "brief_unarchive"])
def test_brief_archive_by_a_stranger_is_not_found(brief, stranger, signed_in, name):
    assert signed_in(stranger).post(url(brief, name)).status_code == 404


@pytest.mark.parametrize("name", ["brief_archive", "brief_unarchive"])
def test_brief_archive_takes_no_delete(brief, manager, signed_in, name):
    assert signed_in(manager).delete(url(brief, name)).status_code == 405


@pytest.mark.parametrize("step", ["archive", "unarchive"])
def test_brief_archive_of_no_brief_is_not_found(manager, signed_in, step):
    assert signed_in(manager).post(f"/briefs/nowhere/commissioning/{step}/").status_code == 404


def test_brief_archive_by_a_superuser(brief, superuser, signed_in):
    signed_in(superuser).post(url(brief))
    assert Brief.objects.get().is_archived
