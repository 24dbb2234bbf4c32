"""A brief moves to another version of its template while its sections are open."""

import dataclasses

import pytest

from briefs.brief_templates.actions import load_brief_template
from briefs.brief_templates.outlines import outline_of
from briefs.collaboration.closing import CloseCode
from briefs.live_text.log import Batch, append, load
from briefs.live_text.shared_text import SharedText
from briefs.models import BriefTemplate
from briefs.prompts import texts_now
from briefs.upgrading.actions import upgrade_brief
from tests.factories import section_of, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def without_past(brief) -> BriefTemplate:
    outline = outline_of(brief.template)
    opening, goals = outline.parts
    needs, health = goals.sections
    needs = dataclasses.replace(needs, prompts=needs.prompts[1:])
    parts = (opening, dataclasses.replace(goals, sections=(needs, health)))
    return load_brief_template(dataclasses.replace(outline, parts=parts), by=None).template


def test_pages_of_a_section_with_other_prompts_begin_anew(
    brief, section, without_past, author, manager, typist
):
    write(section, author, past="Was.", future="Will be.")
    page = typist(author)
    page.reads(past="Was.", future="Will be.")
    upgrade_brief(brief, without_past, by=manager)
    assert page.closed() == CloseCode.START_AGAIN
    again = typist(author, is_open=False)
    again.hello(document=page.facts["document"])
    assert again.closed() == CloseCode.OTHER_DOCUMENT
    anew = typist(author)
    anew.put(future="Will be, soon.")
    anew.wait(lambda: anew.acked == anew.sent)
    assert load(section.pk).text.texts() == {"future": "Will be, soon."}


def test_pages_of_a_section_that_goes_on_as_it_was_stay_open(
    brief, without_past, author, manager, typist
):
    health = section_of(brief, "goals/health")
    write(health, author, body="Healthy.")
    page = typist(author, in_=health, text=SharedText(("body",)))
    page.reads(body="Healthy.")
    upgrade_brief(brief, without_past, by=manager)
    page.put(body="Healthy. And more.")
    page.wait(lambda: page.acked == page.sent)
    assert texts_now(health) == {"body": "Healthy."}


def test_the_log_takes_nothing_for_prompts_of_another_version(
    brief, section, without_past, author, manager
):
    write(section, author, past="Was.")
    log = load(section.pk)
    text = SharedText(log.text.prompts)
    text.apply(log.text.state())
    update = text.put({"past": "Was. And more."})
    upgrade_brief(brief, without_past, by=manager)
    outcome = append([Batch(section.pk, log.document, [(author.pk, update)])])
    assert (outcome.numbers, outcome.frozen, outcome.busy) == ({}, set(), set())
    assert load(section.pk).seq == log.seq
