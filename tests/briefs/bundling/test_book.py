import datetime as dt
import io

import pikepdf
import pytest
from django.core import mail as outgoing
from django.urls import reverse
from django.utils import timezone

from background.models import Job
from background.worker import Worker
from briefs.bundling import book
from briefs.bundling.actions import ask_for_bundle, cancel_bundle
from briefs.document.tree import TextState
from briefs.export.failures import RenderFailed, TooLarge
from briefs.models import Activity, Bundle
from tests.briefs.bundling.asking import content_of, work
from tests.factories import section_of, write


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
