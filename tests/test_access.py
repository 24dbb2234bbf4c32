"""Every address and every role: who gets in, by reading and by acting.

An address that isn't in the table fails. 302 is the door for those who aren't signed in. Acting
is a POST with an empty form: where it is allowed, the answer is a refusal of the *form* (422) or a
redirect; where it isn't, 403; for a stranger always 404.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from briefs.brief_templates.drafts import begin_draft
from briefs.bundling.actions import ask_for_bundle
from briefs.commenting.actions import add_comment
from briefs.commissioning.invitations import invite
from briefs.document.tree import TextState
from briefs.drafting.pictures import add_picture
from briefs.export.formats import ExportFormat
from briefs.models import LooseText, Notice, Placement
from briefs.placing.actions import place_text
from briefs.suggesting.actions import Proposal, make_suggestion
from tests.factories import put_in_review, release, section_of, write
from tests.pictures import png

ROLES = ["anonymous", "stranger", "viewer", "author", "editor", "manager"]
EVERYBODY = [200] * 6
SIGNED_IN = [302, 200, 200, 200, 200, 200]
MEMBERS = [302, 404, 200, 200, 200, 200]
MANAGERS = [302, 404, 403, 403, 403, 200]
MAKERS = [302, 403, 403, 403, 403, 200]  # the manager of the cast has the right to add briefs

NO_SUCH_ACT = [405] * 6
NO_ACT = [302] + [405] * 5
ONLY_ACT = NO_ACT
MEMBERS_ACT = [302, 404, 422, 422, 422, 422]
WRITERS_ACT = [302, 404, 403, 422, 422, 422]
AUTHORS_OWN_ACT = [302, 404, 403, 422, 403, 422]
MANAGERS_ACT = [302, 404, 403, 403, 403, 422]
MANAGERS_DO = [302, 404, 403, 403, 403, 302]
NOT_NOW = [302, 404, 403, 403, 403, 403]  # the section is not in review, the text not dismissed

# name: (reading, acting), each by role in the order of ROLES.
TABLE: dict[str, tuple[list[int], list[int]]] = {
    # accounts
    "sign_in": ([200] + [302] * 5, [200] + [302] * 5),
    "admin_sign_in": ([302] + [403] * 5, [302] + [403] * 5),
    "admin_shortcut": ([302] + [404] * 5, [302] + [404] * 5),
    "sign_out": (NO_SUCH_ACT, [302] * 6),
    "profile": (SIGNED_IN, SIGNED_IN),
    "theme_set": (ONLY_ACT, [302] * 6),
    "text_box_set": (ONLY_ACT, [302] * 6),
    "password_change": (SIGNED_IN, SIGNED_IN),
    "password_change_done": (SIGNED_IN, NO_ACT),
    "password_reset": (EVERYBODY, EVERYBODY),
    "password_reset_done": (EVERYBODY, NO_SUCH_ACT),
    "password_reset_confirm": (EVERYBODY, EVERYBODY),
    "password_reset_complete": (EVERYBODY, NO_SUCH_ACT),
    "help": (EVERYBODY, NO_SUCH_ACT),
    # overview
    "home": (SIGNED_IN, NO_ACT),
    "due_list": (SIGNED_IN, NO_ACT),
    "section_grid": (SIGNED_IN, NO_ACT),
    "calendar_settings": (SIGNED_IN, [302] * 6),
    "calendar_feed": ([404] * 6, NO_SUCH_ACT),  # an unknown address says nothing of anybody
    "brief_list": (SIGNED_IN, NO_ACT),
    "brief_detail": (MEMBERS, NO_ACT),
    "activity_list": (MEMBERS, NO_ACT),
    "activity_export": (MEMBERS, NO_ACT),
    # brief_templates: the manager of the cast has the right to add them
    "outline_list": (MAKERS, [302, 403, 403, 403, 403, 422]),
    "outline_file": (MAKERS, NO_ACT),
    "outline_draft_add": (ONLY_ACT, [302, 403, 403, 403, 403, 302]),
    "outline_draft": (MAKERS, NO_ACT),
    "outline_draft_publish": (MAKERS, [302, 403, 403, 403, 403, 422]),
    "outline_draft_discard": (ONLY_ACT, [302, 403, 403, 403, 403, 302]),
    "outline_draft_sample": (MAKERS, NO_ACT),
    "outline_draft_file": (MAKERS, NO_ACT),
    "outline_node_change": (MAKERS, [302, 403, 403, 403, 403, 422]),
    "outline_node_add": (ONLY_ACT, [302, 403, 403, 403, 403, 302]),
    "outline_node_move": (ONLY_ACT, [302, 403, 403, 403, 403, 302]),
    "outline_node_remove": (ONLY_ACT, [302, 403, 403, 403, 403, 302]),
    # notices: each person has only their own
    "notice_list": (SIGNED_IN, NO_ACT),
    "notice_read_all": (ONLY_ACT, [302] * 6),
    "notice_settings": (SIGNED_IN, SIGNED_IN),
    "notice_open": ([302, 404, 404, 404, 302, 404], NO_ACT),
    "notice_read": (ONLY_ACT, [302, 404, 404, 404, 302, 404]),
    "notice_unsubscribe": ([404] * 6, [404] * 6),  # an unknown link says nothing of anybody
    # bundling: each person has only their own
    "bundle_add": (SIGNED_IN, [302, 422, 422, 422, 422, 422]),
    "bundle_detail": ([302, 404, 404, 404, 404, 200], NO_ACT),
    "bundle_file": ([302, 404, 404, 404, 404, 404], NO_ACT),
    "bundle_cancel": (ONLY_ACT, [302, 404, 404, 404, 404, 302]),
    # commissioning
    "brief_add": (MAKERS, MAKERS),
    "assign_many": (ONLY_ACT, [302, 403, 403, 403, 403, 422]),
    "brief_change": (MANAGERS, MANAGERS),
    "brief_archive": (MANAGERS, MANAGERS_DO),
    "brief_unarchive": (MANAGERS, MANAGERS_DO),
    "member_list": (MANAGERS, NO_ACT),
    "member_add": (ONLY_ACT, MANAGERS_ACT),
    "member_change": (ONLY_ACT, MANAGERS_DO),
    "member_comments": (ONLY_ACT, MANAGERS_DO),
    "member_sign_offs": (ONLY_ACT, MANAGERS_DO),
    "member_remove": (MANAGERS, MANAGERS_DO),
    "invitation_add": (ONLY_ACT, MANAGERS_ACT),
    "invitation_withdraw": (ONLY_ACT, MANAGERS_DO),
    "invitation_accept": ([404] * 6, [404] * 6),  # an unknown link says nothing of any brief
    "section_add": (MANAGERS, MANAGERS),
    "section_assign": (MANAGERS, MANAGERS),
    "section_assign_many": (MANAGERS, MANAGERS),
    "brief_clearance": (MANAGERS, MANAGERS),
    # importing, the step before drafting
    "brief_import": (MAKERS, [302, 403, 403, 403, 403, 422]),
    "brief_import_confirm": (ONLY_ACT, [302, 403, 403, 403, 403, 422]),
    "brief_import_into": ([302, 404, 403, 200, 200, 200], WRITERS_ACT),
    "brief_import_into_confirm": (ONLY_ACT, WRITERS_ACT),
    # commenting
    "comment_list": (MEMBERS, NO_ACT),
    "comment_add": (ONLY_ACT, WRITERS_ACT),
    "comment_reply": (ONLY_ACT, WRITERS_ACT),
    "comment_resolve": (ONLY_ACT, [302, 404, 403, 302, 302, 302]),
    "comment_reopen": (ONLY_ACT, NOT_NOW),
    "comment_task": ([302, 404, 403, 200, 200, 200], WRITERS_ACT),
    # drafting
    "section_edit": (MEMBERS, WRITERS_ACT),
    "section_preview": (ONLY_ACT, MEMBERS),
    "picture_add": ([302, 404, 403, 200, 200, 200], WRITERS_ACT),
    "picture_upload": (ONLY_ACT, WRITERS_ACT),
    "picture_detail": (MEMBERS, NO_ACT),
    # placing
    "loose_text_list": (MEMBERS, NO_ACT),
    "loose_text_detail": (MEMBERS, NO_ACT),
    "loose_text_place": (ONLY_ACT, WRITERS_ACT),
    "loose_text_dismiss": (ONLY_ACT, WRITERS_ACT),
    "loose_text_reopen": (ONLY_ACT, NOT_NOW),
    "placement_undo": (ONLY_ACT, [302, 404, 403, 302, 302, 302]),
    # upgrading
    "brief_upgrade_many": (SIGNED_IN, [302] + [422] * 5),
    "brief_upgrade": (MANAGERS, MANAGERS_ACT),
    "upgrade_undo": (MANAGERS, MANAGERS_ACT),
    # history
    "section_history": (MEMBERS, NO_ACT),
    "section_compare": (MEMBERS, NO_ACT),
    "section_replay": (MEMBERS, NO_ACT),
    "revision_detail": (MEMBERS, NO_ACT),
    "revision_authors": (MEMBERS, NO_ACT),
    "section_restore": (MEMBERS, WRITERS_ACT),
    # review
    "section_review": (MEMBERS, NO_ACT),
    "review_request": (ONLY_ACT, WRITERS_ACT),
    "review_save_and_request": (ONLY_ACT, WRITERS_ACT),
    "review_withdraw": (ONLY_ACT, NOT_NOW),
    "review_approve": (ONLY_ACT, NOT_NOW),
    "review_request_changes": (ONLY_ACT, NOT_NOW),
    "review_override": (ONLY_ACT, NOT_NOW),
    "review_countersign": (ONLY_ACT, [302, 404, 403, 403, 409, 409]),
    "review_many": (SIGNED_IN, [302] * 6),
    # suggesting
    "suggestion_list": (MEMBERS, NO_ACT),
    "suggestion_add": (NOT_NOW, NOT_NOW),
    "suggestion_accept": (ONLY_ACT, AUTHORS_OWN_ACT),
    "suggestion_decline": (ONLY_ACT, [302, 404, 403, 302, 403, 302]),
    "suggestion_withdraw": (ONLY_ACT, [302, 404, 403, 403, 302, 403]),
    # releasing
    "edition_list": (MEMBERS, NO_ACT),
    "brief_release": (MANAGERS, MANAGERS_ACT),
    "edition_detail": (MEMBERS, NO_ACT),
    "edition_file": (MEMBERS, NO_ACT),
    "edition_compare": (MEMBERS, NO_ACT),
    "edition_changes": (ONLY_ACT, [302, 404, 302, 302, 302, 302]),
    "edition_verify": (MEMBERS, MEMBERS_ACT),
    # export
    "brief_export": (MEMBERS, MEMBERS_ACT),
    "brief_schema": (EVERYBODY, NO_SUCH_ACT),
    "export_progress": (SIGNED_IN, SIGNED_IN),  # each person has only their own
    # printing
    "house_style_change": (MAKERS, [302, 403, 403, 403, 403, 422]),
    "house_style_preview": (ONLY_ACT, [302, 403, 403, 403, 403, 422]),
    "brief_pages": (MEMBERS, NO_ACT),
    "section_pages": (ONLY_ACT, [302, 404, 403, 200, 200, 200]),
    "section_changes": (ONLY_ACT, [302, 404, 302, 302, 302, 302]),
    "page_picture": ([302] + [404] * 5, NO_ACT),
}


def all_names() -> set[str]:
    def walk(resolver: URLResolver) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield entry.name or str(entry.pattern)
            elif str(entry.pattern) != "admin/":  # the admin's addresses: tests/briefs/admin
                yield from walk(entry)

    return set(walk(get_resolver()))


def test_every_address_is_in_the_table():
    assert all_names() == TABLE.keys()


@pytest.fixture
def known(brief, author, editor, manager) -> dict[str, object]:
    """What an address may name: all of it exists, in a brief with text in a section."""
    section = write(section_of(brief, "goals/needs"), author, past="Words.")
    text = "Loose words.\n\nMore."
    loose = LooseText.objects.create(
        brief=brief, section=section, kind="parked", text=text, original=text, line=1
    )
    place_text(loose, section, "future", "More.", by=author)
    release(brief, manager)
    invitation = invite(brief, "new@example.org", "author", by=manager)
    picture = add_picture(section, "past", png(), "Exports", by=author).picture
    comment = add_comment(section, "Says who?", by=author)
    health = put_in_review(section_of(brief, "goals/health"), author, "Words.")
    proposal = Proposal("body", 0, "Words", "Others")
    suggestion = make_suggestion(health, proposal, by=editor, revision=1)
    notice = Notice.objects.create(user=editor, kind="released", brief=brief, delivery="none")
    return {
        "suggestion_id": suggestion.pk,
        "notice_id": notice.pk,
        "comment_id": comment.pk,
        "sha256": picture.sha256,
        "brief_slug": brief.slug,
        "member_id": brief.memberships.get(role="viewer").pk,
        "invitation_id": invitation.pk,
        "token": "no-such-token",
        "run_id": UUID(int=1),
        "uidb64": "MQ",
        "export_format": "json",
        "record_format": "csv",
        "kind": "pdf",
        "section_key": section.key,
        "number": 1,
        "loose_text_id": loose.pk,
        "placement_id": Placement.objects.get().pk,
        "template_id": brief.template_id,
        "draft_id": begin_draft(by=manager, based_on=brief.template).pk,
        "bundle_id": ask_for_bundle([brief], ExportFormat.JSON, TextState.WORKING, by=manager).pk,
    }


def address(name: str, known: dict[str, object]) -> str:
    candidates = get_resolver().reverse_dict.getlist(name)
    wanted = {parameter for entry in candidates for parameter in entry[0][0][1]}
    named = {**known, "section_key": "goals/health"} if "suggestion_id" in wanted else known
    return reverse(name, kwargs={key: named[key] for key in wanted})


@pytest.fixture
def people(stranger, viewer, author, editor, manager) -> list[User | None]:
    """In the order of ROLES; None hasn't signed in."""
    return [None, stranger, viewer, author, editor, manager]


def answer(method: str, where: str, user: User | None) -> int:
    """The status of one request, of which nothing stays."""
    with transaction.atomic():
        client = Client()
        if user:
            client.force_login(user)
        status = getattr(client, method)(where).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_gets_in(name, known, people):
    where = address(name, known)
    reading, acting = TABLE[name]
    assert dict(zip(ROLES, (answer("get", where, user) for user in people), strict=True)) == dict(
        zip(ROLES, reading, strict=True)
    )
    assert dict(zip(ROLES, (answer("post", where, user) for user in people), strict=True)) == dict(
        zip(ROLES, acting, strict=True)
    )


@pytest.mark.parametrize(
    "name", sorted(name for name, (reading, _) in TABLE.items() if reading[-1] == 405)
)
def test_an_address_without_a_page_leads_to_one(name, known, manager):
    client = Client()
    client.force_login(manager)
    way_on = re.search(r'btn-primary" href="([^"]+)"', client.get(address(name, known)).text)
    assert way_on is not None
    assert client.get(way_on[1]).status_code == 200
