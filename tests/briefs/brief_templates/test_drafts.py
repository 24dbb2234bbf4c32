"""Drafts of outlines, as people edit them in the browser."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from briefs.brief_templates import draft_tree, drafts
from briefs.brief_templates.draft_tree import Node
from briefs.brief_templates.outline_file import read_outline
from briefs.brief_templates.outlines import outline_of
from briefs.models import Activity, BriefTemplate, OutlineDraft
from tests.briefs.upgrading.versions import FIRST, TRADE, load
from tests.factories import make_brief, section_of, write


@pytest.fixture
def first(db) -> BriefTemplate:
    return load(FIRST)


@pytest.fixture
def draft(first, manager) -> OutlineDraft:
    return drafts.begin_draft(by=manager, based_on=first)


def node(draft: OutlineDraft, name: str, key: str = "") -> Node:
    draft.refresh_from_db()
    return next(
        each
        for each, _depth in draft_tree.walk(drafts.root_of(draft))
        if each.name == name and key in ("", each.fields["key"])
    )


def published(draft: OutlineDraft, by) -> BriefTemplate:
    draft.refresh_from_db()
    return drafts.publish_draft(draft, by=by, seen=drafts.digest_of(draft))


def titles(draft: OutlineDraft) -> list[str]:
    draft.refresh_from_db()
    outline = draft_tree.check(drafts.root_of(draft)).outline
    return [section.title for part in outline.parts for section in part.sections]


def fields_on(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_a_draft_becomes_the_next_version(draft, manager):
    needs = node(draft, "Needs")
    drafts.change_node(draft, needs.id, {"title": "Wants"}, seen=needs.fields, by=manager)
    draft, number = drafts.add_node(draft, node(draft, "Goals").id, "Trade & co", by=manager)
    drafts.add_node(draft, number, "", by=manager)
    drafts.move_node(draft, number, step=-1, by=manager)
    template = published(draft, manager)
    assert (template.version, titles(draft)) == (2, ["Preface", "Wants", "Trade & co", "Health"])
    section = outline_of(template).parts[1].sections[1]
    assert (section.key, [prompt.key for prompt in section.prompts]) == ("goals/trade-co", ["body"])
    verbs = list(Activity.objects.filter(brief=None).values_list("verb", flat=True)[:2])
    assert verbs == ["template_loaded", "template_drafted"]


def test_a_changed_key_says_what_it_was(draft, manager):
    needs, past = node(draft, "Needs"), node(draft, "Past")
    drafts.change_node(draft, needs.id, {"key": "goals/wants"}, seen=needs.fields, by=manager)
    drafts.change_node(draft, past.id, {"key": "then"}, seen=past.fields, by=manager)
    section = outline_of(published(draft, manager)).parts[1].sections[0]
    assert (section.key, section.was) == ("goals/wants", "goals/needs")
    assert (section.prompts[0].key, section.prompts[0].was) == ("then", "past")


def test_what_was_taken_out_comes_back_as_it_was(draft, manager):
    before = draft.tree
    goals = node(draft, "Goals")
    drafts.remove_node(draft, goals.id, by=manager)
    assert titles(draft) == ["Preface"]
    drafts.remove_node(draft, goals.id, is_removed=False, by=manager)
    assert titles(draft) == ["Preface", "Needs", "Health"]
    assert draft.tree["children"][1]["children"] == before["children"][1]["children"]


def test_a_section_moves_to_another_part(draft, manager):
    opening = drafts.root_of(draft).children[0]
    drafts.move_node(draft, node(draft, "Health").id, into=opening.id, by=manager)
    assert titles(draft) == ["Preface", "Health", "Needs"]
    with pytest.raises(KeyError):
        drafts.move_node(draft, node(draft, "Past").id, into=opening.id, by=manager)
    with pytest.raises(KeyError):
        drafts.move_node(draft, 0, step=1, by=manager)


def test_two_people_change_different_fields_and_both_stand(draft, manager, superuser):
    needs = node(draft, "Needs")
    drafts.change_node(
        draft, needs.id, {"title": "Wants", "guidance": ""}, seen=needs.fields, by=manager
    )
    drafts.change_node(
        draft, needs.id, {"title": "Needs", "guidance": "Look."}, seen=needs.fields, by=superuser
    )
    now = node(draft, "Wants")
    assert now.fields["guidance"] == "Look."


def test_two_people_change_the_same_field_and_the_second_is_told(draft, manager, superuser):
    needs = node(draft, "Needs")
    drafts.change_node(draft, needs.id, {"title": "Wants"}, seen=needs.fields, by=manager)
    with pytest.raises(ValidationError, match="Mia Manager changed this meanwhile to “Wants”"):
        drafts.change_node(draft, needs.id, {"title": "Aims"}, seen=needs.fields, by=superuser)
    assert node(draft, "Wants")


def test_a_draft_with_mistakes_is_kept_and_not_published(draft, manager, signed_in):
    needs = node(draft, "Needs")
    drafts.change_node(
        draft,
        needs.id,
        {"key": "Not a key", "words": {"least": 9, "most": 5}},
        seen=needs.fields,
        by=manager,
    )
    drafts.add_node(draft, node(draft, "Goals").id, "Empty", by=manager)
    client = signed_in(manager)
    page = client.get(f"/templates/drafts/{draft.pk}/").text
    for told in ("3 things need mending", "must be two steps", "upside down", "Nothing is asked"):
        assert told in page
    page = client.get(f"/templates/drafts/{draft.pk}/{needs.id}/").text
    assert "The range is upside down: least is 9, most is 5." in page
    with pytest.raises(ValidationError, match="need mending"):
        published(draft, manager)
    assert client.get(f"/templates/drafts/{draft.pk}/file/").status_code == 403


def test_a_draft_of_an_older_version_is_not_published_over_a_newer_one(draft, manager):
    needs = node(draft, "Needs")
    drafts.change_node(draft, needs.id, {"title": "Wants"}, seen=needs.fields, by=manager)
    load(FIRST + TRADE)
    with pytest.raises(ValidationError, match="was published since this draft was begun"):
        published(draft, manager)


def test_a_draft_that_changes_nothing_is_not_published(draft, manager):
    with pytest.raises(ValidationError, match="Nothing in this draft is otherwise"):
        published(draft, manager)


def test_what_changed_since_it_was_shown_is_looked_at_again(draft, manager):
    seen = drafts.digest_of(draft)
    needs = node(draft, "Needs")
    drafts.change_node(draft, needs.id, {"title": "Wants"}, seen=needs.fields, by=manager)
    with pytest.raises(ValidationError, match="has changed the draft since this was shown"):
        drafts.publish_draft(draft, by=manager, seen=seen)


def test_a_draft_that_is_closed_never_changes(draft, manager):
    drafts.discard_draft(draft, by=manager)
    with pytest.raises(PermissionDenied, match="published or discarded"):
        drafts.remove_node(draft, node(draft, "Goals").id, by=manager)


@pytest.mark.parametrize("who", ["viewer", "author", "editor"])
def test_only_who_may_add_templates_drafts_them(who, draft, first, request):
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied, match="may not change brief templates"):
        drafts.begin_draft(by=user, based_on=first)
    with pytest.raises(PermissionDenied, match="may not change brief templates"):
        drafts.remove_node(draft, 1, by=user)


def test_a_template_of_its_own_is_begun_by_its_title(manager, signed_in):
    client = signed_in(manager)
    assert "letters" in client.post("/templates/", {"title": "…"}).text
    response = client.post("/templates/", {"title": "Visit paper"})
    draft = OutlineDraft.objects.get()
    assert response["Location"] == f"/templates/drafts/{draft.pk}/"
    template = published(draft, manager)
    assert (template.key, template.version, titles(draft)) == ("visit-paper", 1, ["Preface"])
    again = drafts.begin_draft(by=manager, title="Visit paper")
    with pytest.raises(ValidationError, match="already"):
        published(again, manager)


def test_the_pages_take_a_draft_from_its_beginning_to_its_publishing(first, manager, signed_in):
    client = signed_in(manager)
    assert "Desk brief, version 1" in client.get("/templates/").text
    at = client.post(f"/templates/{first.pk}/draft/")["Location"]
    draft = OutlineDraft.objects.get()
    needs = node(draft, "Needs")
    page = client.get(f"{at}{needs.id}/").text
    sent = fields_on(page) | {"title": "Wants", "words_least": "20", "guidance": "One\nsentence."}
    assert client.post(f"{at}{needs.id}/", sent)["Location"] == f"{at}#node-{needs.id}"
    assert client.post(f"{at}{needs.id}/", sent | {"words_least": "x"}).status_code == 422
    client.post(f"{at}{needs.id}/move/", {"way": "down"})
    client.post(f"{at}{node(draft, 'Preface').id}/remove/")
    client.post(f"{at}{node(draft, 'Preface').id}/remove/", {"back": "1"})
    answer = client.post(f"{at}{node(draft, 'Goals').id}/add/", {"name": "Trade"})
    assert client.get(answer["Location"]).status_code == 200
    client.post(f"{at}{node(draft, 'Trade').id}/add/", {"name": ""})
    page = client.get(f"{at}publish/").text
    for told in ("called “Needs” until now", "words: at least 20", "Trade", "in another order"):
        assert told in page
    [seen] = re.findall(r'name="seen" value="(\w+)"', page)
    assert client.post(f"{at}publish/", {"seen": "0" * 64}).status_code == 422
    assert client.post(f"{at}publish/", {"seen": seen}).status_code == 302
    template = BriefTemplate.objects.get(version=2)
    file = client.get(f"/templates/{template.pk}/file/").content.decode()
    assert read_outline(file) == outline_of(template)
    assert "Published as" in client.get(at).text
    assert client.post(f"{at}{needs.id}/", sent).status_code == 403


@pytest.mark.parametrize("number", [999, 0])
@pytest.mark.parametrize("act", ["move", "remove"])
def test_what_is_not_there_is_not_found(act, number, draft, manager, signed_in):
    answer = signed_in(manager).post(f"/templates/drafts/{draft.pk}/{number}/{act}/")
    assert answer.status_code == 404


def test_the_sample_brief_shows_sample_text_or_that_of_a_brief(
    draft, first, author, manager, stranger, signed_in
):
    brief = make_brief(first)
    hidden = make_brief(first, title="Chile")
    brief.memberships.create(user=manager, role="manager")
    brief.memberships.create(user=author, role="author")
    write(section_of(brief, "goals/needs"), author, past="What it was.")
    client, at = signed_in(manager), f"/templates/drafts/{draft.pk}/sample/"
    page = client.get(at).text
    assert "This is sample text" in page
    assert "Chile" not in page
    page = client.get(at, {"brief": brief.slug}).text
    assert "What it was." in page
    assert "This is sample text" not in page
    assert client.get(at, {"brief": hidden.slug}).status_code == 422


def test_pages_of_a_draft_take_the_same_queries_however_long_it_is(
    draft, manager, signed_in, django_assert_num_queries
):
    client, at = signed_in(manager), f"/templates/drafts/{draft.pk}/"
    client.get(at)
    with CaptureQueriesContext(connection) as few:
        client.get(at)
    for number in range(20):
        draft, _new = drafts.add_node(draft, node(draft, "Goals").id, f"More {number}", by=manager)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(at)


def test_the_page_of_a_section_moves_it_to_another_part(draft, manager, signed_in):
    client, at = signed_in(manager), f"/templates/drafts/{draft.pk}/{node(draft, 'Health').id}/"
    opening = drafts.root_of(draft).children[0]
    assert f'<option value="{opening.id}">' in client.get(at).text
    client.post(f"{at}move/", {"into": str(opening.id)})
    assert titles(draft) == ["Preface", "Health", "Needs"]
    assert client.post(f"{at}move/", {"into": "999"}).status_code == 404
