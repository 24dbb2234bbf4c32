"""The pages of a release and of its editions."""

import io
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from briefs.commissioning.actions import add_own_section, archive_brief
from briefs.models import Activity, Edition, EditionFile, LooseText, Section
from briefs.releasing import views
from tests.briefs.export.word import Resolved
from tests.factories import approve, make_brief, release, section_of, write

NEEDS = "goals/needs"


def url(name, brief, *args) -> str:
    return reverse(name, args=[brief.slug, *args])


def filled(page, **changes) -> dict[str, object]:
    """What a browser would post of the page's form."""
    form = page.context["form"]
    return {"seen": form["seen"].value(), "token": str(form["token"].value()), **changes}


def reason_of(brief, key) -> str:
    return f"reason_{section_of(brief, key).pk}"


@pytest.fixture
def part(brief, author, editor):
    """One section approved, one changed since, one never approved."""
    approve(section_of(brief, "opening/preface"), author, editor)
    write(approve(section_of(brief, NEEDS), author, editor), author)
    write(section_of(brief, "goals/health"), author)
    return brief


def test_brief_release_says_what_is_clear_and_what_is_not(part, manager, signed_in):
    LooseText.objects.create(brief=part, kind="parked", text="x", original="x", line=1)
    page = signed_in(manager).get(url("brief_release", part))
    text = page.text
    assert "1 of 3 sections is clear." in text
    assert "revision 1, approved by Edith Editor" in text
    assert "The approved text of revision 1 is released." in text
    assert "Only its heading is released." in text
    assert "1 imported text has no place yet and is not in the edition." in text
    assert len(list(page.context["form"].rows)) == 2


def test_brief_release_makes_the_edition_and_shows_it(part, manager, signed_in):
    client = signed_in(manager)
    page = client.get(url("brief_release", part))
    given = {reason_of(part, NEEDS): "The visit is tomorrow.", "for_all": "Not needed yet."}
    answer = client.post(url("brief_release", part), filled(page, **given), follow=True)
    assert answer.redirect_chain[-1][0] == url("edition_detail", part, 1)
    assert "Edition 1 is released." in answer.text
    assert "The visit is tomorrow." in answer.text
    assert "Not needed yet." in answer.text
    assert section_of(part, NEEDS).content_hash not in answer.text
    assert Edition.objects.get().files.get(kind="pdf").sha256 in answer.text


def test_brief_release_pressed_twice_leads_to_the_one_edition(part, manager, signed_in):
    client = signed_in(manager)
    given = filled(client.get(url("brief_release", part)), for_all="So be it.")
    places = [client.post(url("brief_release", part), given)["Location"] for _ in range(2)]
    assert places == [url("edition_detail", part, 1)] * 2
    assert Edition.objects.count() == 1


def test_brief_release_without_a_reason_says_so_beside_the_field(part, manager, signed_in):
    client = signed_in(manager)
    page = client.get(url("brief_release", part))
    given = filled(page, **{reason_of(part, NEEDS): "The visit is tomorrow."})
    answer = client.post(url("brief_release", part), given)
    assert answer.status_code == 422
    name = reason_of(part, "goals/health")
    assert f'id="id_{name}_error">Say why it is released' in answer.text
    assert f'aria-describedby="id_{name}_error"' in answer.text
    assert answer.text.count("Say why it is released") == 1
    assert "The visit is tomorrow." in answer.text
    assert not Edition.objects.exists()


def test_brief_release_by_a_stale_form_keeps_the_words_and_goes_on(
    part, author, manager, signed_in
):
    client = signed_in(manager)
    given = filled(client.get(url("brief_release", part)), for_all="So be it.")
    write(section_of(part, "goals/health"), author)
    answer = client.post(url("brief_release", part), given)
    assert answer.status_code == 422
    assert "Something on this page changed since it was opened." in answer.text
    assert "So be it." in answer.text
    again = client.post(url("brief_release", part), filled(answer, for_all="So be it."))
    assert again.status_code == 302
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("given", [{"seen": "x"}, {"token": "x"}, {"token": ""}, {"seen": ""}])
def test_brief_release_by_a_form_of_no_page_is_refused(given, part, manager, signed_in):
    client = signed_in(manager)
    page = client.get(url("brief_release", part))
    answer = client.post(url("brief_release", part), filled(page, for_all="So.", **given))
    assert answer.status_code == 422
    assert not Edition.objects.exists()


def test_brief_release_takes_a_text_that_nobody_approved_when_told(part, manager, signed_in):
    client = signed_in(manager)
    page = client.get(url("brief_release", part))
    box = f"unapproved_{section_of(part, 'goals/health').pk}"
    assert f"unapproved_{section_of(part, NEEDS).pk}" not in page.text
    client.post(url("brief_release", part), filled(page, for_all="So be it.", **{box: "on"}))
    text = client.get(url("edition_file", part, 1, "md")).content.decode()
    assert section_of(part, "goals/health").answers.get().text in text


def test_brief_release_of_an_archived_brief_is_refused(part, manager, signed_in):
    archive_brief(part, by=manager)
    assert signed_in(manager).get(url("brief_release", part)).status_code == 403


def test_brief_release_asks_the_same_of_more(part, author, editor, manager, signed_in):
    client = signed_in(manager)

    def queries(name, *args) -> int:
        client.get(url(name, part, *args))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(name, part, *args)).status_code == 200
        return len(captured)

    release(part, manager)
    release(part, manager)
    names = [
        ("brief_release",),
        ("edition_list",),
        ("edition_detail", 2),
        ("edition_compare", 2),
        ("edition_verify", 2),
        ("brief_detail",),
    ]
    before = [queries(*name) for name in names]
    for number in range(8):
        own = add_own_section(part, f"Own {number}", part=section_of(part, NEEDS).part, by=manager)
        step = approve if number % 2 else lambda section, author, _editor: write(section, author)
        step(section_of(part, own.key), author, editor)
        release(part, manager)
    assert [queries(*name) for name in names] == before


def test_brief_detail_shows_the_newest_edition_and_the_way_to_the_next(
    part, manager, viewer, signed_in
):
    release(part, manager)
    release(part, manager)
    page = signed_in(manager).get(part.get_absolute_url()).text
    assert url("edition_detail", part, 2) in page
    assert url("brief_release", part) in page
    page = signed_in(viewer).get(part.get_absolute_url()).text
    assert url("edition_detail", part, 2) in page
    assert url("brief_release", part) not in page


def test_edition_list_is_empty_at_first_and_says_who_releases(part, viewer, signed_in):
    page = signed_in(viewer).get(url("edition_list", part)).text
    assert "Nothing was released yet." in page
    assert "Only a manager of this brief can release it." in page


@pytest.mark.parametrize("kind", ["pdf", "md", "json"])
def test_edition_file_is_served_as_it_is_stored(kind, part, manager, viewer, signed_in):
    edition = release(part, manager)
    answer = signed_in(viewer).get(url("edition_file", part, 1, kind))
    assert sha256(answer.content).hexdigest() == edition.files.get(kind=kind).sha256
    assert f'filename="belgium-edition-1.{kind}"' in answer["Content-Disposition"]
    assert answer["Content-Type"] == EditionFile.Kind(kind).content_type


def test_edition_of_another_brief_number_or_kind_is_not_found(part, template, manager, signed_in):
    release(part, manager)
    client = signed_in(manager)
    assert client.get(url("edition_file", part, 1, "docx")).status_code == 404
    assert client.get(url("edition_detail", part, 2)).status_code == 404
    other = make_brief(template, title="Estonia")
    assert client.get(url("edition_detail", other, 1)).status_code == 404


def test_edition_compare_shows_what_changed(part, author, editor, manager, viewer, signed_in):
    release(part, manager)
    approve(section_of(part, "goals/health"), author, editor, "Hospitals are new.")
    release(part, manager)
    client = signed_in(viewer)
    for address in (
        url("edition_compare", part, 2),
        url("edition_compare", part, 1) + "?since=2",
    ):
        page = client.get(address).text
        assert "From edition 1 to edition 2" in page
        assert "1 section changed." in page
        assert "3 words added" in page
        assert "Hospitals are new." in page


def test_edition_compare_of_the_only_one_or_of_equals_says_so(part, manager, viewer, signed_in):
    release(part, manager)
    client = signed_in(viewer)
    assert "There is no other edition yet." in client.get(url("edition_compare", part, 1)).text
    release(part, manager)
    assert "No text has changed." in client.get(url("edition_compare", part, 2)).text


@pytest.mark.parametrize("kind", ["pdf", "md"])
def test_edition_changes_is_another_file_and_leaves_what_was_released(
    kind, part, author, editor, manager, viewer, signed_in
):
    release(part, manager)
    approve(section_of(part, "goals/health"), author, editor, "Hospitals are new.")
    second = release(part, manager)
    answer = signed_in(viewer).post(url("edition_changes", part, 2, kind), {"since": "1"})
    assert answer.status_code == 200
    file = second.files.get(kind=kind)
    assert sha256(answer.content).hexdigest() != file.sha256 == file.sha256_now
    if kind == "md":
        assert "Health: 3 words added." in answer.content.decode()
    act = part.activities.first()
    assert act.verb == Activity.Verb.BRIEF_EXPORTED
    assert (act.detail["edition"], act.detail["since"]) == (2, 1)


def test_edition_changes_in_word_can_be_accepted_and_rejected(
    part, author, editor, manager, viewer, signed_in
):
    approve(section_of(part, "goals/health"), author, editor, "Hospitals are old.")
    release(part, manager)
    approve(section_of(part, "goals/health"), author, editor, "Hospitals are new.")
    release(part, manager)
    answer = signed_in(viewer).post(url("edition_changes", part, 2, "docx"), {"since": "1"})
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    said = [words for _style, words in Resolved(answer.content, accept=True).lines]
    assert "Hospitals are new." in said
    assert "What changed" in said
    rejected = [words for _style, words in Resolved(answer.content, accept=False).lines]
    assert "Hospitals are old." in rejected
    assert part.activities.first().detail["format"] == "docx"


def test_edition_says_what_had_to_be_replaced_in_its_files(
    part, author, editor, manager, viewer, signed_in
):
    client = signed_in(viewer)
    release(part, manager)
    plain = client.get(url("edition_detail", part, 1)).text
    approve(section_of(part, NEEDS), author, editor, "Relations with \U00013000\U00013001.")
    release(part, manager)
    said = "Characters that the fonts of the PDF don&#x27;t have are shown as □: U+13000, U+13001."
    assert said in client.get(url("edition_detail", part, 2)).text
    assert "the fonts of the PDF" not in plain

    client.post(url("edition_changes", part, 2, "pdf"), {"since": "1"})
    assert said in client.get(url("edition_compare", part, 2)).text


def test_edition_changes_in_any_other_format_are_not_found(part, manager, signed_in):
    release(part, manager)
    release(part, manager)
    for kind in ("json", "html", "markdown", "zip"):
        address = url("edition_changes", part, 2, kind)
        assert signed_in(manager).post(address, {"since": "1"}).status_code == 404


def test_edition_changes_of_the_first_leads_back(part, manager, signed_in):
    release(part, manager)
    answer = signed_in(manager).post(url("edition_changes", part, 1, "pdf"), follow=True)
    assert "There is no earlier edition" in answer.text


def verify(client, brief, **given):
    return client.post(url("edition_verify", brief, 1), given)


@pytest.mark.parametrize("kind", ["pdf", "md"])
def test_edition_verify_proves_a_file_in_hand(kind, part, manager, viewer, signed_in):
    edition = release(part, manager)
    client = signed_in(viewer)
    content = client.get(url("edition_file", part, 1, kind)).content
    answer = verify(client, part, file=io.BytesIO(content))
    assert answer.context["in_hand"].is_true
    assert "The file in hand is Edition 1 of “Belgium”" in answer.text
    digest = edition.files.get(kind=kind).sha256
    spaced = f" {digest[:32].upper()} {digest[32:]} "
    assert verify(client, part, sha256=spaced).context["in_hand"].is_true
    assert all(finding.is_true for finding in answer.context["findings"])


def test_edition_verify_says_plainly_that_a_file_is_not_it(
    part, author, editor, manager, signed_in
):
    release(part, manager)
    approve(section_of(part, "goals/health"), author, editor)
    second = release(part, manager)
    client = signed_in(manager)
    answer = verify(client, part, file=io.BytesIO(b"another"))
    assert "The file in hand is not Edition 1 of “Belgium”, nor any other" in answer.text
    other = verify(client, part, sha256=second.files.get(kind="pdf").sha256)
    assert "it is Edition 2 of “Belgium”" in other.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose a file or paste a SHA-256, one of both."),
        ({"sha256": "abc"}, "A SHA-256 has 64 digits"),
        ({"sha256": "x" * 101}, "at most 100 characters"),
    ],
)
def test_edition_verify_says_what_it_needs(given, sentence, part, manager, signed_in):
    release(part, manager)
    answer = verify(signed_in(manager), part, **given)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_document_that_was_tampered_with_is_not_shown(part, manager, signed_in, monkeypatch):
    release(part, manager)

    def tampered(_edition):
        raise views.TamperedError("It is not what was released.")

    monkeypatch.setattr(views, "document_of", tampered)
    answer = signed_in(manager).get(url("edition_detail", part, 1), follow=True)
    assert answer.redirect_chain[-1][0] == url("edition_verify", part, 1)
    assert "It is not what was released." in answer.text
    assert Section.objects.filter(brief=part).count() == 3
