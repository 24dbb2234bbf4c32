from django.urls import reverse

from background.worker import Worker
from briefs.bundling import making
from briefs.bundling.actions import cancel_bundle
from tests.briefs.bundling.asking import asked, work


def test_what_is_cancelled_is_dropped(two, manager, signed_in):
    bundle = asked(two, manager)
    Worker().do_next()
    signed_in(manager).post(reverse("bundle_cancel", args=[bundle.pk]))
    work()
    bundle.refresh_from_db()
    assert bundle.status == "cancelled"
    assert not bundle.parts.exists()
    assert not bundle.items.exclude(content=None).exists()


def test_what_is_cancelled_does_not_wait(two, manager, signed_in):
    bundle = asked(two, manager)
    client = signed_in(manager)
    address = reverse("bundle_detail", args=[bundle.pk])
    assert "waiting" in client.get(address).text
    cancel_bundle(bundle)
    page = client.get(address).text
    assert "This was cancelled." in page
    assert "waiting" not in page


def test_what_is_ready_meanwhile_is_not_told_to_be_cancelled(two, manager, signed_in):
    bundle = asked(two, manager)
    work()
    client = signed_in(manager)
    page = client.post(reverse("bundle_cancel", args=[bundle.pk]), follow=True).text
    assert "Nothing of it is kept" not in page
    assert "it had ended already" in page
    assert "Download the ZIP file" in page


def test_what_is_cancelled_while_a_brief_is_exported_is_not_kept(two, manager, monkeypatch):
    whole = making.export_brief
    bundle = asked(two, manager)

    def cancelled(brief, *args, **kwargs):
        cancel_bundle(bundle)
        return whole(brief, *args, **kwargs)

    monkeypatch.setattr(making, "export_brief", cancelled)
    work()
    assert not bundle.items.exclude(content=None).exists()
