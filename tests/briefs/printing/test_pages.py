from io import BytesIO
from uuid import uuid4

import pytest
from django.core.cache.backends.filebased import FileBasedCache
from django.urls import reverse
from PIL import Image, ImageChops

from briefs.export.failures import RenderFailed
from briefs.export.pdf import render
from briefs.export.pdf.pool import Pool
from briefs.models import Answer
from tests.briefs.export.documents import make_document
from tests.factories import approve, section_of, write

KEY = "goals/needs"


def pages_of(brief) -> str:
    return reverse("brief_pages", args=[brief.slug])


def preview_of(brief) -> str:
    return reverse("section_pages", args=[brief.slug, KEY])


def picture(client, address) -> Image.Image:
    response = client.get(address)
    assert response.headers["Content-Type"] == "image/png"
    assert "private" in response.headers["Cache-Control"]
    return Image.open(BytesIO(response.content)).convert("RGB")


def test_brief_pages_are_those_of_its_pdf(brief, author, editor, signed_in):
    approve(section_of(brief, KEY), author, editor)
    client = signed_in(author)
    asked = {"headers": {"Accept": "application/json"}}
    working = client.get(pages_of(brief), **asked).json()["pages"]
    approved = client.get(f"{pages_of(brief)}?text=approved", **asked).json()["pages"]
    assert len(working) >= 4
    assert not set(working) & set(approved)
    page = picture(client, working[0])
    assert page.size == (909, 1286)  # A4 at 110 pixels per inch
    assert client.get(f"{pages_of(brief)}?text=none").status_code == 404
    shown = client.get(pages_of(brief)).text
    assert working[0] in shown
    assert f"Page 1 of {len(working)}" in shown


def test_brief_pages_for_the_script_are_not_taken_for_the_page(brief, author, signed_in):
    client = signed_in(author)
    for asked in ({}, {"headers": {"Accept": "application/json"}}):
        assert "Accept" in client.get(pages_of(brief), **asked).headers["Vary"].split(", ")


def test_brief_pages_that_are_unchanged_are_not_set_again(brief, author, signed_in, monkeypatch):
    client = signed_in(author)
    asked = {"headers": {"Accept": "application/json"}}
    count = len(client.get(pages_of(brief), **asked).json()["pages"])
    monkeypatch.setattr(render, "_pool", lambda: pytest.fail("set again"))
    assert len(client.get(pages_of(brief), **asked).json()["pages"]) == count


def test_pages_that_are_looked_at_push_no_file_out(brief, author, signed_in, monkeypatch):
    monkeypatch.setattr(render, "keep", lambda *_: pytest.fail("kept among the files"))
    text = f"Words that were never set before: {uuid4()}."
    [page] = signed_in(author).post(preview_of(brief), {"text-past": text}).json()["pages"]
    assert signed_in(author).get(page).status_code == 200
    with pytest.raises(pytest.fail.Exception, match="among the files"):
        render.render_pdf(make_document(text))


def test_pages_that_cannot_be_kept_say_so(brief, author, signed_in, monkeypatch):
    def fail(*_, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileBasedCache, "set", fail)
    text = f"Words that were never set before: {uuid4()}."
    response = signed_in(author).post(preview_of(brief), {"text-past": text})
    assert response.status_code == 422
    assert "no room for them" in response.json()["sentence"]


def test_section_pages_show_what_is_typed_and_store_nothing(brief, author, signed_in):
    write(section_of(brief, KEY), author, past="Saved.")
    client = signed_in(author)
    [saved] = client.post(preview_of(brief), {"text-past": "Saved."}).json()["pages"]
    [typed] = client.post(preview_of(brief), {"text-past": "Typed just now."}).json()["pages"]
    assert ImageChops.difference(picture(client, saved), picture(client, typed)).getbbox()
    assert Answer.objects.get(section__key=KEY, prompt__key="past").text == "Saved."


def test_section_pages_of_too_long_a_text_say_so(brief, author, signed_in):
    response = signed_in(author).post(preview_of(brief), {"text-past": "x" * 70_000})
    assert response.status_code == 422
    assert "a prompt takes 64 KB at most" in response.json()["sentence"]


def test_section_pages_that_are_superseded_are_not_set(brief, author, signed_in, monkeypatch):
    """The page gives its token up while they wait for their turn."""
    client, token = signed_in(author), uuid4()
    tell = Pool._enter

    def give_up(pool, owner):
        assert client.post(reverse("export_progress", args=[token])).status_code == 200
        tell(pool, owner)

    monkeypatch.setattr(Pool, "_enter", give_up)
    text = f"Words that were never set before: {token}."
    response = client.post(preview_of(brief), {"text-past": text}, headers={"X-Token": str(token)})
    assert response.status_code == 422
    assert response.json()["sentence"] == "It was stopped, as it isn't wanted any more."


def test_pages_that_are_the_same_have_the_same_address(brief, author, signed_in):
    client = signed_in(author)
    two = {"text-past": "One.\n\n" * 120, "text-future": "Two."}
    before = client.post(preview_of(brief), two).json()["pages"]
    after = client.post(preview_of(brief), {**two, "text-future": "Three."}).json()["pages"]
    assert len(before) == len(after) > 1
    assert before[0] == after[0]
    assert before[-1] != after[-1]


def test_page_pictures_are_gone_for_whoever_left_the_brief(brief, author, signed_in):
    client = signed_in(author)
    [page] = client.post(preview_of(brief), {"text-past": "Mine."}).json()["pages"]
    etag = client.get(page).headers["ETag"]
    assert client.get(page, headers={"If-None-Match": etag}).status_code == 304
    brief.memberships.filter(user=author).delete()
    assert client.get(page, headers={"If-None-Match": etag}).status_code == 404


def test_section_pages_are_only_for_those_who_write_there(brief, viewer, signed_in):
    response = signed_in(viewer).post(preview_of(brief), {"text-past": "Mine."})
    assert response.status_code == 403


def test_page_pictures_are_only_for_whoever_had_them_made(brief, author, editor, signed_in):
    [page] = signed_in(author).post(preview_of(brief), {"text-past": "Mine."}).json()["pages"]
    assert signed_in(author).get(page).status_code == 200
    assert signed_in(editor).get(page).status_code == 404
    assert signed_in(author).get(page.replace(".png", "x.png")).status_code == 404


def test_brief_pages_say_why_there_are_none(brief, author, signed_in, monkeypatch):
    def fail(*_):
        raise RenderFailed("It is too large.")

    monkeypatch.setattr("briefs.printing.pages.render_pages", fail)
    page = signed_in(author).get(pages_of(brief))
    assert page.status_code == 200
    assert "It is too large." in page.text
