import pytest
from django.urls import reverse

from briefs.brief_templates.outlines import outline_of
from briefs.commissioning.actions import add_own_section
from briefs.importing.actions import import_into
from briefs.importing.reading import read_file
from briefs.importing.sealing import SentFile, seal
from briefs.live_text.log import load
from briefs.models import Revision
from briefs.prompts import texts_now
from tests.briefs.importing.pages import sent
from tests.briefs.live_text.typing import type_into
from tests.factories import section_of, write
from tests.pages import hidden
from tests.test_concurrency import at_once, unexpected


@pytest.fixture
def address(brief):
    return reverse("brief_import_into_confirm", args=[brief.slug])


def test_what_was_shown_is_stored(address, brief, author, signed_in, text):
    write(section_of(brief, "goals/needs"), author, past="Ours.")
    client = signed_in(author)
    page = client.post(reverse("brief_import_into", args=[brief.slug]), {"file": sent(text)})
    sealed = hidden(page.content.decode(), "sealed")
    answer = client.post(address, {"sealed": sealed}, follow=True)
    assert answer.redirect_chain == [(brief.get_absolute_url(), 302)]
    said = " ".join(answer.content.decode().split())
    assert "2 texts were filled in. 2 are parked beside their sections." in said
    needs = section_of(brief, "goals/needs")
    assert texts_now(needs) == {"past": "Ours.", "future": "New needs."}
    assert brief.loose_texts.count() == 4


def test_confirmed_twice_it_is_stored_once(address, brief, author, second_author, signed_in, text):
    sealed = seal(SentFile("belgium.md", text), author)
    client = signed_in(author)
    client.post(address, {"sealed": sealed})
    write(section_of(brief, "goals/needs"), second_author, past="Changed since.")
    parked = brief.loose_texts.count()
    again = client.post(address, {"sealed": sealed}, follow=True)
    assert again.redirect_chain == [(brief.get_absolute_url(), 302)]
    assert "nothing was stored twice" in again.content.decode()
    assert brief.loose_texts.count() == parked

    client.post(address, {"sealed": seal(SentFile("belgium.md", text), author)})
    assert brief.loose_texts.count() == parked + 1


@pytest.mark.django_db(transaction=True)
def test_confirmed_twice_at_once_it_is_stored_once(address, brief, author, signed_in, text):
    sealed = seal(SentFile("belgium.md", text), author)
    clients = [signed_in(author) for _press in range(2)]
    answers = at_once(
        *(lambda client=client: client.post(address, {"sealed": sealed}) for client in clients)
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert brief.activities.filter(verb="brief_imported").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_command_line_twice_at_once_parks_nothing_twice(brief, template, text):
    reading = read_file(text.encode(), outline_of(template))
    outcomes = at_once(
        *(lambda: import_into(brief, reading, by=None, source="belgium.md") for _ in range(2))
    )
    assert unexpected(outcomes) == []
    parked = [loose.text for loose in brief.loose_texts.all()]
    assert len(parked) == len(set(parked)) == len(reading.loose)
    assert brief.sections.filter(own_title="Football").count() == 1


def test_new_sections_stand_in_the_order_of_the_file(address, brief, manager, signed_in):
    needs = section_of(brief, "goals/needs")
    add_own_section(brief, "Tide", part=needs.part, after=needs, by=manager)
    text = "## Goals\n\n### Needs\n\n- **Past:** a\n\n"
    text += "".join(f"### {title}\n\nText.\n\n" for title in ("Port", "Ships", "Tide", "Crew"))
    sealed = seal(SentFile("belgium.md", text), manager)
    signed_in(manager).post(address, {"sealed": sealed})
    goals = brief.sections.filter(part=needs.part).in_outline_order()
    titles = [section.title for section in goals]
    assert titles == ["Needs", "Port", "Ships", "Tide", "Crew", "Health"]


def test_what_somebody_wrote_meanwhile_stays(
    address, brief, author, second_author, signed_in, text
):
    sealed = seal(SentFile("belgium.md", text), author)
    write(section_of(brief, "goals/needs"), second_author, past="Meanwhile.")
    signed_in(author).post(address, {"sealed": sealed})
    assert texts_now(section_of(brief, "goals/needs"))["past"] == "Meanwhile."
    assert brief.loose_texts.filter(text="Old needs.").exists()


def test_what_somebody_is_typing_stays_and_the_import_is_an_edit_of_the_same_log(
    address, brief, author, second_author, signed_in, text
):
    needs = section_of(brief, "goals/needs")
    sealed = seal(SentFile("belgium.md", text), author)
    type_into(needs, second_author, past="Typed just now.")
    signed_in(author).post(address, {"sealed": sealed})
    both = {"past": "Typed just now.", "future": "New needs."}
    assert load(needs.pk).text.texts() == texts_now(needs) == both
    typed, imported = needs.revisions.order_by("number")
    assert (typed.kind, imported.kind) == (Revision.Kind.LIVE, Revision.Kind.IMPORT)
    assert list(typed.contributors.all()) == [second_author]
    assert brief.loose_texts.filter(text="Old needs.").exists()


@pytest.mark.parametrize("sealed", ["", "nonsense"])
def test_a_damaged_file_is_asked_for_again(address, author, signed_in, sealed):
    answer = signed_in(author).post(address, {"sealed": sealed})
    assert answer.status_code == 422
    assert "Show both texts" in answer.content.decode()
    assert not Revision.objects.exists()


def test_a_brief_that_would_grow_too_long_is_refused(address, brief, author, signed_in):
    for prompt in ("past", "future"):
        write(section_of(brief, "goals/needs"), author, **{prompt: "x" * 65_000})
    for _section in range(6):
        _fill_own_section(brief, author)
    text = f"## Preface\n\n{'word ' * 11_000}\n"
    sealed = seal(SentFile("x.md", text), author)
    answer = signed_in(author).post(address, {"sealed": sealed})
    assert answer.status_code == 422
    assert "would pass 500 KB" in answer.content.decode()
    assert not brief.loose_texts.exists()


def _fill_own_section(brief, author):
    part = brief.template.parts.get(key="goals")
    section = add_own_section(brief, "Topic", part=part, by=None)
    write(section_of(brief, section.key), author, body="x" * 62_000)


def test_a_stranger_finds_nothing(address, stranger, signed_in):
    assert signed_in(stranger).post(address, {"sealed": "x"}).status_code == 404


def test_a_viewer_may_not(address, viewer, signed_in, text):
    sealed = seal(SentFile("belgium.md", text), viewer)
    assert signed_in(viewer).post(address, {"sealed": sealed}).status_code == 403
    assert not Revision.objects.exists()


def test_it_is_only_posted(address, author, signed_in):
    assert signed_in(author).get(address).status_code == 405
