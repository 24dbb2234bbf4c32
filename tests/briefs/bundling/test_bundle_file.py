import datetime as dt

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from briefs.bundling.actions import forget_bundles
from briefs.models import Bundle, BundlePart
from tests.briefs.bundling.asking import asked, content_of, work

MB = 1024**2


def url(bundle: Bundle) -> str:
    return reverse("bundle_file", args=[bundle.pk])


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


def test_nobody_gets_anothers(two, manager, editor, signed_in):
    bundle = asked(two, manager)
    work()
    for name in ("bundle_detail", "bundle_file"):
        assert signed_in(editor).get(reverse(name, args=[bundle.pk])).status_code == 404


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
