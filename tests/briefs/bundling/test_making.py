import json
from hashlib import sha256

import pytest
from django.core import mail as outgoing
from django.urls import reverse

from background.models import Job
from briefs.bundling import making
from briefs.export.failures import RenderFailed
from briefs.models import Activity, Bundle
from tests.briefs.bundling.asking import asked, content_of, unpacked, work


def test_many_briefs_become_one_file_with_a_manifest(two, manager):
    bundle = asked(two, manager)
    work()
    files = unpacked(bundle)
    assert set(files) == {"belgium-approved.md", "chad-approved.md", "manifest.json"}
    assert "The port is old." in files["belgium-approved.md"].decode()
    manifest = json.loads(files["manifest.json"])
    assert (manifest["format"], manifest["text"]) == ("markdown", "approved")
    first = manifest["briefs"][0]
    assert first["sha256"] == sha256(files["belgium-approved.md"]).hexdigest()
    assert (first["newest_edition"], first["failed"]) == (1, None)
    assert manifest["briefs"][1]["newest_edition"] is None
    assert bundle.sha256 == sha256(content_of(bundle)).hexdigest()
    exports = Activity.objects.filter(verb="brief_exported")
    assert {act.actor for act in exports} == {manager}


def test_an_email_tells_when_it_is_ready(two, manager):
    bundle = asked(two, manager)
    work()
    [message] = [each for each in outgoing.outbox if "exported" in each.subject]
    assert message.to == [manager.email]
    assert reverse("bundle_detail", args=[bundle.pk]) in message.body


def test_what_fails_is_named_and_the_rest_is_there(two, manager, monkeypatch):
    whole = making.export_brief

    def failing(brief, *args, **kwargs):
        if brief.slug == "chad":
            raise RenderFailed("This brief takes too long.")
        return whole(brief, *args, **kwargs)

    monkeypatch.setattr(making, "export_brief", failing)
    bundle = asked(two, manager)
    work()
    files = unpacked(bundle)
    assert "chad-approved.md" not in files
    failed = json.loads(files["manifest.json"])["briefs"][1]
    assert (failed["file"], failed["failed"]) == (None, "This brief takes too long.")


@pytest.mark.parametrize("times", [1, 9])
def test_what_nobody_foresaw_is_tried_once_more_and_then_given_up(two, manager, monkeypatch, times):
    whole, left = making.export_brief, [times]

    def breaking(brief, *args, **kwargs):
        if brief.slug == "chad" and left[0]:
            left[0] -= 1
            raise RuntimeError("Nobody thought of this.")
        return whole(brief, *args, **kwargs)

    monkeypatch.setattr(making, "export_brief", breaking)
    bundle = asked(two, manager)
    work()
    last = json.loads(unpacked(bundle)["manifest.json"])["briefs"][1]
    assert bool(last["failed"]) == (times == 9)
    assert times == 1 or "begun 2 times and never ended" in last["failed"]


def test_a_bundle_that_breaks_while_it_is_packed_says_so(two, manager, signed_in, monkeypatch):
    def break_(*_):
        raise RuntimeError("Nobody thought of this.")

    monkeypatch.setattr(making, "write_zip", break_)
    bundle = asked(two, manager)
    work()
    bundle.refresh_from_db()
    assert bundle.status == Bundle.Status.FAILED
    page = signed_in(manager).get(reverse("bundle_detail", args=[bundle.pk])).text
    assert "The file could not be made." in page
    assert "begun 2 times and never ended" in page


def test_a_worker_that_died_between_two_briefs_loses_nothing(two, manager, monkeypatch):
    bundle = asked(two, manager)
    Job.objects.filter(kind="make_bundle").delete()
    making.make_bundle(bundle.pk)  # one is done, and its job is there for the next
    assert Job.objects.filter(kind="make_bundle").count() == 1
    making.make_bundle(bundle.pk)  # done twice, as after a lease that passed
    work()
    assert len(unpacked(bundle)) == 3
    assert bundle.items.filter(status="done").count() == 2


def test_a_job_that_two_workers_did_goes_on_once(two, manager, monkeypatch):
    whole = making.export_brief
    bundle = asked(two, manager)
    Job.objects.filter(kind="make_bundle").delete()

    def slow(brief, *args, **kwargs):
        monkeypatch.setattr(making, "export_brief", whole)
        making.make_bundle(bundle.pk)  # another worker, as after a lease that passed
        return whole(brief, *args, **kwargs)

    monkeypatch.setattr(making, "export_brief", slow)
    making.make_bundle(bundle.pk)
    assert Job.objects.filter(kind="make_bundle").count() == 1
    work()
    assert len(unpacked(bundle)) == 3
