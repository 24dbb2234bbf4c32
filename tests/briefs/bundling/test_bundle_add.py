from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from background.models import Job
from briefs.bundling import actions
from briefs.bundling.actions import ask_for_bundle, cancel_bundle
from briefs.export.formats import ExportFormat
from briefs.models import Bundle
from tests.briefs.bundling.asking import APPROVED, asked, work


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


def test_somebody_without_briefs_is_told_so(stranger, brief, signed_in):
    page = signed_in(stranger).get(reverse("bundle_add")).text
    assert "There is no brief for you yet." in page
    assert "Take a word or a filter away." not in page


def test_a_book_needs_a_title(two, manager, signed_in):
    said = {"file_format": "book", "text": "working", "title": " "}
    answer = signed_in(manager).post(reverse("bundle_add"), said)
    assert answer.status_code == 422
    assert "A book needs a title" in answer.text
    assert not Bundle.objects.exists()


def test_a_form_that_is_sent_twice_asks_once(two, manager, signed_in):
    client = signed_in(manager)
    said = {"file_format": "json", "text": "working", "token": str(uuid4())}
    answers = [client.post(reverse("bundle_add"), said) for _press in range(2)]
    [bundle] = Bundle.objects.all()
    assert {answer.url for answer in answers} == {reverse("bundle_detail", args=[bundle.pk])}
    assert "This was asked for already" in client.get(answers[1].url).text
    assert Job.objects.filter(kind="make_bundle").count() == 1


def test_whoever_goes_back_to_the_form_may_ask_for_another_format(two, manager, signed_in):
    said = {"text": "working", "token": str(uuid4())}
    for file_format in ("json", "docx"):
        signed_in(manager).post(reverse("bundle_add"), said | {"file_format": file_format})
    assert Bundle.objects.count() == 2


def test_each_page_asks_for_itself(two, manager, signed_in):
    pages = [signed_in(manager).get(reverse("bundle_add")) for _look in range(2)]
    tokens = {page.context["form"]["token"].value() for page in pages}
    assert len(tokens) == 2
