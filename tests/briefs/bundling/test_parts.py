"""A bundle's file is in stretches of one MB, and nobody ever holds the whole."""

import io
import tracemalloc
import zipfile
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from briefs.bundling import making
from briefs.bundling.actions import ask_for_bundle, cancel_bundle
from briefs.bundling.making import make_bundle
from briefs.bundling.parts import MOST_OF_A_PART, read_parts
from briefs.document.tree import TextState
from briefs.export.formats import ExportFormat
from briefs.models import Bundle, BundleItem, BundlePart
from tests.briefs.bundling.asking import asked, content_of, work

MB = 1024**2


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
    file = reverse("bundle_file", args=[bundle.pk])
    client.get(file)  # what is loaded once isn't counted
    tracemalloc.start()
    try:
        make_bundle(bundle.pk)
        _now, packed = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        digest = sha256()
        for chunk in client.get(file):
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
