import datetime as dt
import io
import json
from hashlib import sha256

import pikepdf
import pytest
from django.core import mail as outgoing
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from background.models import Job
from background.worker import Worker
from briefs.bundling import actions, book, making
from briefs.bundling.actions import ask_for_bundle, cancel_bundle, forget_bundles
from briefs.document.tree import TextState
from briefs.export.failures import RenderFailed, TooLarge
from briefs.export.formats import ExportFormat
from briefs.models import Activity, Bundle, BundlePart
from tests.briefs.bundling.asking import (
    APPROVED,
    MARKDOWN,
    asked,
    content_of,
    unpacked,
    work,
)
from tests.factories import section_of, write


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


def test_what_is_cancelled_while_a_brief_is_exported_is_not_kept(two, manager, monkeypatch):
    whole = making.export_brief
    bundle = asked(two, manager)

    def cancelled(brief, *args, **kwargs):
        cancel_bundle(bundle)
        return whole(brief, *args, **kwargs)

    monkeypatch.setattr(making, "export_brief", cancelled)
    work()
    assert not bundle.items.exclude(content=None).exists()


def test_files_are_forgotten_after_some_days(two, manager, signed_in):
    bundle = asked(two, manager)
    work()
    Bundle.objects.update(made_at=timezone.now() - dt.timedelta(days=8))
    forget_bundles()
    bundle.refresh_from_db()
    assert bundle.status == "expired"
    assert not BundlePart.objects.exists()
    page = signed_in(manager).get(reverse("bundle_detail", args=[bundle.pk])).content.decode()
    assert "The file is no longer kept." in page


@pytest.mark.parametrize(
    ("wanted", "status", "content_range", "part"),
    [
        ("bytes=0-9", 206, "bytes 0-9/{size}", slice(0, 10)),
        ("bytes=10-", 206, "bytes 10-{last}/{size}", slice(10, None)),
        ("bytes=-5", 206, "bytes {from_end}-{last}/{size}", slice(-5, None)),
        ("bytes=99999999-", 416, "bytes */{size}", slice(0, 0)),
        ("lines=1-2", 200, None, slice(None)),
    ],
)
def test_a_download_goes_on_where_it_broke_off(
    two, manager, signed_in, wanted, status, content_range, part
):
    bundle = asked(two, manager)
    work()
    bundle.refresh_from_db()
    whole = content_of(bundle)
    address = reverse("bundle_file", args=[bundle.pk])
    answer = signed_in(manager).get(address, headers={"Range": wanted})
    assert answer.status_code == status
    assert answer.getvalue() == whole[part]
    size = len(whole)
    if content_range:
        told = content_range.format(size=size, last=size - 1, from_end=size - 5)
        assert answer.headers["Content-Range"] == told


def test_the_page_of_a_large_file_does_not_read_it(two, manager, signed_in):
    bundle = asked(two, manager)
    work()
    client = signed_in(manager)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("bundle_detail", args=[bundle.pk])).status_code == 200
    assert not [each["sql"] for each in queries if '"content"' in each["sql"]]


def test_nobody_gets_anothers(two, manager, editor, signed_in):
    bundle = asked(two, manager)
    work()
    for name in ("bundle_detail", "bundle_file"):
        assert signed_in(editor).get(reverse(name, args=[bundle.pk])).status_code == 404


def test_there_is_a_limit_to_how_many_at_once(two, manager):
    for _each in range(actions.MOST_AT_ONCE):
        asked(two, manager)
    with pytest.raises(ValidationError, match="still being made"):
        asked(two, manager)
    cancel_bundle(Bundle.objects.first())
    asked(two, manager)


def test_what_was_asked_for_before_is_listed_by_its_format(two, manager, signed_in):
    asked(two, manager, ExportFormat.DOCX)
    ask_for_bundle(two, Bundle.BOOK, APPROVED, by=manager, title="For the visit")
    page = " ".join(signed_in(manager).get(reverse("bundle_add")).text.split())
    assert "· Word · being made" in page
    assert "· One PDF of all, as a book: <bdi>For the visit</bdi> · being made" in page


def test_the_filter_of_the_list_chooses(two, manager, signed_in):
    client = signed_in(manager)
    address = reverse("bundle_add") + "?q=Chad"
    assert "1 brief fits." in client.get(address).content.decode()
    client.post(address, {"file_format": "json", "text": "working"})
    [bundle] = Bundle.objects.all()
    assert [item.brief.slug for item in bundle.items.all()] == ["chad"]
    page = client.get(reverse("bundle_detail", args=[bundle.pk])).content.decode()
    assert "0 of 1 done." in page
    work()
    page = client.get(reverse("bundle_detail", args=[bundle.pk])).content.decode()
    assert "Download the ZIP file" in page


def test_no_brief_is_said(manager, brief, signed_in):
    answer = signed_in(manager).post(
        reverse("bundle_add") + "?q=nothingofthekind", {"file_format": "pdf", "text": "approved"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No brief fits." in page
    assert "Export 0" not in page


def test_a_book_has_all_briefs_behind_common_contents(two, manager, signed_in):
    bundle = ask_for_bundle(two, Bundle.BOOK, TextState.WORKING, by=manager, title="For the visit")
    work()
    bundle.refresh_from_db()
    assert bundle.status == "ready"
    answer = signed_in(manager).get(reverse("bundle_file", args=[bundle.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert f"briefs-{bundle.pk}.pdf" in answer.headers["Content-Disposition"]
    content = answer.getvalue()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "For the visit"
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
    assert titles == ["Contents", "Belgium", "Chad"]
    assert Activity.objects.filter(verb="brief_exported", detail__format="book").count() == 2


def test_a_book_that_cannot_be_made_says_why(two, manager, signed_in, monkeypatch):
    def fail(*_):
        raise RenderFailed("It took too long.")

    monkeypatch.setattr(book, "render_book", fail)
    bundle = ask_for_bundle(two, Bundle.BOOK, TextState.WORKING, by=manager, title="For the visit")
    work()
    bundle.refresh_from_db()
    assert (bundle.status, bundle.sentence) == ("failed", "It took too long.")
    page = signed_in(manager).get(reverse("bundle_detail", args=[bundle.pk])).text
    assert "It took too long." in page
    [message] = [each for each in outgoing.outbox if "could not be exported" in each.subject]
    assert "It took too long." in message.body


def test_a_book_needs_a_title(two, manager, signed_in):
    said = {"file_format": "book", "text": "working", "title": " "}
    answer = signed_in(manager).post(reverse("bundle_add"), said)
    assert answer.status_code == 422
    assert "A book needs a title" in answer.text
    assert not Bundle.objects.exists()


def test_a_book_says_what_to_know_of_it_and_leaves_out_who_is_not_theirs(two, manager, author):
    write(section_of(two[0], "opening/preface"), author, "An odd \U00013000 sign.")
    bundle = ask_for_bundle(two, Bundle.BOOK, TextState.WORKING, by=manager, title="For the visit")
    for _brief in two:
        Worker().do_next()
        Job.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    two[1].memberships.all().delete()
    work()
    bundle.refresh_from_db()
    assert "U+13000" in bundle.sentence
    with (
        pikepdf.open(io.BytesIO(content_of(bundle))) as pdf,
        pdf.open_outline() as outline,
    ):
        assert [str(item.title) for item in outline.root] == ["Contents", "Belgium"]


@pytest.mark.django_db(transaction=True)
def test_a_book_that_is_cancelled_while_it_is_set_is_not_made(two, manager, monkeypatch):
    monkeypatch.setattr(book, "_LOOKS_EVERY", -1)
    bundle = ask_for_bundle(two, Bundle.BOOK, TextState.WORKING, by=manager, title="For the visit")
    cancel_bundle(bundle)
    assert not book._is_wanted(bundle)()


def test_a_book_that_is_too_large_says_to_take_fewer_briefs(two, manager, monkeypatch):
    def fail(*_):
        raise TooLarge("It took too long.")

    monkeypatch.setattr(book, "render_book", fail)
    bundle = ask_for_bundle(two, Bundle.BOOK, TextState.WORKING, by=manager, title="For the visit")
    work()
    bundle.refresh_from_db()
    assert "Take fewer briefs" in bundle.sentence
