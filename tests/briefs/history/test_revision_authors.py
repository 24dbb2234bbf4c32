import pytest
from django.urls import reverse

from briefs.models import Authorship, Revision, Section
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write

KEY = "goals/needs"


@pytest.fixture
def section(brief, author, second_author) -> Section:
    section = write(section_of(brief, KEY), author, past="Most of the words. End.")
    type_into(section, second_author, past="Most of the words. <b>Two.</b> End.")
    return write(section, author, future="More.")


def page(client, section: Section, number: int):
    return client.get(reverse("revision_authors", args=[section.brief.slug, section.key, number]))


def test_revision_authors_names_who_wrote_which_words(section, viewer, signed_in):
    html = page(signed_in(viewer), section, 2).content.decode()
    assert (
        '<span class="visually-hidden" dir="auto">Ben Author: </span>'
        "&lt;b&gt;Two.&lt;/b&gt; </span>" in html
    )
    assert "66 % of the characters" in html
    assert "Ben Author" not in page(signed_in(viewer), section, 1).content.decode()


def test_revision_authors_is_told_once_and_kept(section, viewer, signed_in):
    client = signed_in(viewer)
    page(client, section, 3)
    section.live_text.edits.all().delete()
    assert "Ben Author" in page(client, section, 3).content.decode()
    assert Authorship.objects.count() == 1


def test_revision_authors_of_a_revision_older_than_the_log_says_so(section, viewer, signed_in):
    Revision.objects.filter(section=section, number=1).update(log_seq=None)
    html = page(signed_in(viewer), section, 1).content.decode()
    assert "older than the record" in html


def test_revision_authors_by_a_stranger_is_not_found(section, stranger, signed_in):
    assert page(signed_in(stranger), section, 1).status_code == 404


def test_revision_authors_of_a_missing_revision_is_not_found(section, viewer, signed_in):
    assert page(signed_in(viewer), section, 9).status_code == 404
