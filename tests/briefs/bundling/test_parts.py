"""A bundle's file is in stretches of one MB, and nobody ever holds the whole."""

import io
import tracemalloc
import zipfile
from hashlib import sha256

import pytest
from asgiref.sync import async_to_sync
from django.db import DatabaseError, connection
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.bundling import making
from briefs.bundling.actions import ask_for_bundle, cancel_bundle
from briefs.bundling.making import make_bundle
from briefs.bundling.parts import MOST_OF_A_PART, keep_parts, read_parts
from briefs.document.tree import TextState
from briefs.export.formats import ExportFormat
from briefs.models import Bundle, BundleItem, BundlePart
from tests.briefs.bundling.asking import asked, content_of, work

MB = 1024**2


@pytest.fixture
def ready(brief, manager) -> Bundle:
    """Of three stretches, the last of which is short."""
    bundle = asked([brief], manager)
    work()
    bundle.refresh_from_db()
    bundle.parts.all().delete()
    whole = bytes(range(256)) * (5 * MB // 512)
    bundle.size, bundle.sha256 = keep_parts(bundle, io.BytesIO(whole))
    bundle.save()
    return bundle


def url(bundle: Bundle) -> str:
    return reverse("bundle_file", args=[bundle.pk])


def exported(briefs, by, count: int) -> Bundle:
    """All of it is exported and nothing is packed: PDFs of one MB each."""
    bundle = ask_for_bundle(briefs, ExportFormat.PDF, TextState.WORKING, by=by)
    bundle.items.all().delete()
    for number in range(count):
        BundleItem.objects.create(
            bundle=bundle,
            brief=briefs[0],
            position=number,
            status="done",
            file_name=f"{number}.pdf",
            content=bytes([number]) * MB,
        )
    return bundle


def test_a_file_is_stored_in_stretches_that_follow_each_other(ready):
    whole = content_of(ready)
    sizes = [len(part.content) for part in ready.parts.all()]
    assert sizes == [MOST_OF_A_PART, MOST_OF_A_PART, MOST_OF_A_PART // 2]
    assert (ready.size, ready.sha256) == (len(whole), sha256(whole).hexdigest())


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 1), (MB - 1, MB), (MB - 1, MB + 1), (MB, 2 * MB), (5, 2 * MB + 5), (2 * MB, 5 * MB // 2)],
)
def test_any_bytes_are_read_across_the_stretches(ready, start, end):
    assert b"".join(read_parts(ready, start, end)) == content_of(ready)[start:end]


def test_a_download_reads_the_stretches_that_it_needs_alone(ready, manager, signed_in):
    client = signed_in(manager)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url(ready), headers={"Range": f"bytes={MB + 1}-{MB + 9}"})
        assert answer.getvalue() == content_of(ready)[MB + 1 : MB + 10]
    read = [each["sql"] for each in queries if '"content"' in each["sql"]]
    assert len(read) == 2  # one of them is this test's
    assert answer.headers["Content-Length"] == "9"


def test_asking_for_the_head_reads_nothing_and_tells_the_same(ready, manager, signed_in):
    client = signed_in(manager)
    whole = client.get(url(ready))
    with CaptureQueriesContext(connection) as queries:
        head = client.head(url(ready))
        assert head.getvalue() == b""
    assert not [each["sql"] for each in queries if '"content"' in each["sql"]]
    for name in ("Content-Length", "ETag", "Accept-Ranges", "Content-Type", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    assert head.headers["Content-Length"] == str(ready.size)


def test_a_file_that_was_made_anew_is_sent_from_its_beginning(ready, manager, signed_in):
    headers = {"Range": "bytes=10-", "If-Range": '"of-another"'}
    answer = signed_in(manager).get(url(ready), headers=headers)
    assert answer.status_code == 200
    assert answer.getvalue() == content_of(ready)
    headers["If-Range"] = answer.headers["ETag"]
    assert signed_in(manager).get(url(ready), headers=headers).status_code == 206


@pytest.mark.django_db(transaction=True)
def test_a_download_is_sent_in_stretches_by_the_server_that_is_used(ready, manager):
    async def ask() -> list[bytes]:
        client = AsyncClient()
        await client.aforce_login(manager)
        answer = await client.get(url(ready))
        return [chunk async for chunk in answer]

    chunks = async_to_sync(ask)()
    assert [len(chunk) for chunk in chunks] == [MB, MB, MB // 2]
    assert b"".join(chunks) == content_of(ready)


@pytest.mark.django_db(transaction=True)
def test_a_slow_download_holds_nothing_of_the_database(ready):
    chunks = read_parts(ready, 0, ready.size)
    next(chunks)
    assert connection.connection is None
    assert len(next(chunks)) == MB


def test_a_file_that_goes_while_it_is_sent_is_not_taken_for_whole(ready):
    chunks = read_parts(ready, 0, ready.size)
    next(chunks)
    ready.parts.all().delete()
    with pytest.raises(BundlePart.DoesNotExist):
        next(chunks)


def test_the_same_files_give_the_same_bytes(two, manager):
    first, second = asked(two, manager), asked(two, manager)
    work()
    assert content_of(first) == content_of(second)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_stored_whole_or_not_at_all(two, manager, monkeypatch):
    """As when the database, or the worker, goes in the middle of it."""
    bundle = exported(two, manager, 3)
    whole, stored = BundlePart.objects.create, []

    def create(**values):
        if len(stored) == 2:
            raise DatabaseError("The database is away.")
        stored.append(whole(**values))

    with monkeypatch.context() as broken:
        broken.setattr(BundlePart.objects, "create", create)
        with pytest.raises(DatabaseError):
            make_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.status, bundle.parts.count()) == ("making", 0)
    assert bundle.items.exclude(content=None).count() == 3
    make_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.status == "ready"


def test_what_is_cancelled_while_it_is_packed_is_not_stored(two, manager, monkeypatch):
    bundle = exported(two, manager, 2)
    whole = making.write_zip

    def cancelled(*args):
        whole(*args)
        cancel_bundle(bundle)

    monkeypatch.setattr(making, "write_zip", cancelled)
    make_bundle(bundle.pk)
    assert not BundlePart.objects.exists()
    assert not bundle.items.exclude(content=None).exists()


def test_the_memory_does_not_grow_with_the_file(two, manager, signed_in):
    bundle = exported(two, manager, 40)
    client = signed_in(manager)
    client.get(url(bundle))  # what is loaded once isn't counted
    tracemalloc.start()
    try:
        make_bundle(bundle.pk)
        _now, packed = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        digest = sha256()
        for chunk in client.get(url(bundle)):
            digest.update(chunk)
        _now, sent = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    bundle.refresh_from_db()
    assert bundle.size > 40 * MB
    assert digest.hexdigest() == bundle.sha256
    assert packed < 12 * MB
    assert sent < 12 * MB
    with zipfile.ZipFile(io.BytesIO(content_of(bundle))) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 41
