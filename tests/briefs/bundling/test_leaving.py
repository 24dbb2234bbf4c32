import pytest
from django.urls import reverse

from briefs.bundling import making
from briefs.bundling.actions import ask_for_bundle
from briefs.document.tree import TextState
from briefs.models import Bundle
from tests.briefs.bundling.asking import MARKDOWN, asked, unpacked, work


def test_who_is_removed_meanwhile_gets_nothing_of_the_brief(two, manager):
    bundle = asked(two, manager)
    two[1].memberships.all().delete()
    work()
    assert set(unpacked(bundle)) == {"belgium-approved.md", "manifest.json"}


@pytest.mark.parametrize("file_format", [MARKDOWN, Bundle.BOOK])
def test_who_is_removed_after_a_brief_was_exported_does_not_get_it(two, manager, file_format):
    bundle = ask_for_bundle(two, file_format, TextState.WORKING, by=manager, title="Two")
    for _brief in two:
        making.make_bundle(bundle.pk)
    assert bundle.items.filter(status="done").count() == 2
    two[1].memberships.all().delete()
    work()
    left = bundle.items.get(brief=two[1])
    assert (left.status, left.sentence) == ("failed", "You are not a member of this brief.")
    bundle.refresh_from_db()
    assert bundle.status == "ready"
    if file_format == MARKDOWN:
        assert set(unpacked(bundle)) == {"belgium-working.md", "manifest.json"}


def test_who_leaves_a_brief_later_no_longer_gets_the_file(two, manager, signed_in):
    bundle = asked(two, manager)
    work()
    client = signed_in(manager)
    page, file = (reverse(name, args=[bundle.pk]) for name in ("bundle_detail", "bundle_file"))
    assert client.get(file).status_code == 200
    two[1].memberships.all().delete()
    assert client.get(file).status_code == 403
    shown = client.get(page).text
    assert "no longer a member of every brief in this file" in shown
    assert file not in shown
