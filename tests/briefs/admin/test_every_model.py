"""What the admin offers, model by model: a new registration has to be given its line here."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from briefs.drafting.pictures import add_picture
from briefs.models import (
    Activity,
    BriefTemplate,
    Edition,
    Invitation,
    LooseText,
    NoticeMail,
    Picture,
    Revision,
    SignOff,
)
from tests.factories import approve, make_user, release, section_of
from tests.pictures import png

NOTHING: set[str] = set()

# What somebody with every Django permission may do to a row, and the actions on selected rows.
OFFERED = {
    "accounts.user": ({"add", "change"}, NOTHING),
    "auth.group": ({"add", "change", "delete"}, {"delete_selected"}),
    "background.job": (NOTHING, {"do_anew"}),
    "briefs.activity": (NOTHING, NOTHING),
    "briefs.brief": ({"add", "change"}, {"archive", "export", "unarchive"}),
    "briefs.brieftemplate": (NOTHING, NOTHING),
    "briefs.edition": (NOTHING, NOTHING),
    "briefs.invitation": (NOTHING, NOTHING),
    "briefs.loosetext": (NOTHING, NOTHING),
    "briefs.noticemail": (NOTHING, {"send_again"}),
    "briefs.picture": (NOTHING, NOTHING),
    "briefs.revision": (NOTHING, NOTHING),
    "briefs.section": ({"change"}, {"approve", "ask_for_review", "send_back", "take_back"}),
    "briefs.signoff": (NOTHING, NOTHING),
}
DESKS = {model._meta.label_lower: desk for model, desk in admin.site._registry.items()}
# Of mails, staff see to whom they went and why they failed, and nothing of what they said.
OF_NO_BRIEF = {"briefs.brieftemplate", "briefs.noticemail"}
BRIEFS = sorted(label for label in OFFERED if label.startswith("briefs."))


@pytest.fixture
def root_request(superuser):
    request = RequestFactory().get("/admin/")
    request.user = superuser
    return request


def test_every_registered_model_is_in_the_table():
    assert set(DESKS) == set(OFFERED)


@pytest.fixture
def rows(brief, author, editor, manager):
    """One row of each model, all of the brief in which the cast has its roles."""
    section = approve(section_of(brief, "goals/health"), author, editor)
    LooseText.objects.create(brief=brief, kind="parked", text="Lost", original="Lost")
    add_picture(section_of(brief, "goals/needs"), "past", png(), "Exports", by=author)
    release(brief, manager)
    Invitation.objects.create(
        brief=brief,
        email="new@example.org",
        role="viewer",
        token_digest="0" * 64,
        invited_by=manager,
        expires_at=timezone.now(),
    )
    models = (
        *(Activity, BriefTemplate, Edition, Invitation, LooseText),
        *(NoticeMail, Picture, Revision, SignOff),
    )
    found = {model._meta.label_lower: model.objects.first() for model in models}
    return found | {"briefs.brief": brief, "briefs.section": section}


@pytest.mark.parametrize("label", OFFERED)
def test_a_superuser_is_offered_this_and_no_more(root_request, label):
    desk = DESKS[label]
    may = {name for name, allowed in desk.get_model_perms(root_request).items() if allowed}
    assert (may - {"view"}, set(desk.get_actions(root_request))) == OFFERED[label]


@pytest.mark.parametrize("label", OFFERED)
def test_no_list_is_edited_in_place(label):
    assert not DESKS[label].list_editable


@pytest.mark.parametrize("label", BRIEFS)
def test_what_is_not_offered_is_refused(on_staff, superuser, rows, label):
    client = on_staff(superuser)
    row = rows[label]
    name = label.replace(".", "_")
    offered, _actions = OFFERED[label]
    if "add" not in offered:
        assert client.get(reverse(f"admin:{name}_add")).status_code == 403
        assert client.post(reverse(f"admin:{name}_add"), {}).status_code == 403
    if "change" not in offered:
        assert client.post(reverse(f"admin:{name}_change", args=[row.pk]), {}).status_code == 403
    if "delete" not in offered:
        url = reverse(f"admin:{name}_delete", args=[row.pk])
        assert client.get(url).status_code == 403
        assert client.post(url, {"post": "yes"}).status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("label", BRIEFS)
def test_every_page_opens(on_staff, superuser, rows, label):
    client = on_staff(superuser)
    row = rows[label]
    name = label.replace(".", "_")
    page = client.get(reverse(f"admin:{name}_changelist"))
    assert page.context["cl"].result_count >= 1
    assert client.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code == 200
    assert client.get(reverse(f"admin:{name}_history", args=[row.pk])).status_code in {200, 302}


@pytest.mark.parametrize("label", sorted(set(BRIEFS) - OF_NO_BRIEF))
def test_staff_without_a_role_finds_no_row(on_staff, rows, label):
    client = on_staff(make_user("Stella Staff"))
    row = rows[label]
    name = label.replace(".", "_")
    assert client.get(reverse(f"admin:{name}_changelist")).context["cl"].result_count == 0
    for page in ("change", "history"):
        response = client.get(reverse(f"admin:{name}_{page}", args=[row.pk]))
        assert (response.status_code, response.url) == (302, "/admin/")


@pytest.mark.parametrize("label", BRIEFS)
def test_staff_without_the_permission_opens_nothing(on_staff, superuser, rows, label):
    row = rows[label]
    client = on_staff(make_user("Stella Staff"), "view_user")
    name = label.replace(".", "_")
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403
    assert client.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code in {302, 403}


@pytest.mark.parametrize("label", BRIEFS)
def test_a_member_on_staff_reads_the_rows_of_the_brief(on_staff, rows, viewer, manager, label):
    name = label.replace(".", "_")
    seen = on_staff(viewer).get(reverse(f"admin:{name}_changelist")).context["cl"].result_count
    assert seen >= 1 or label == "briefs.invitation"
    seen = on_staff(manager).get(reverse(f"admin:{name}_changelist")).context["cl"].result_count
    assert seen >= 1


def test_invitations_are_read_by_managers_alone_and_without_their_secret(
    on_staff, rows, viewer, editor, manager
):
    url = reverse("admin:briefs_invitation_change", args=[rows["briefs.invitation"].pk])
    for user in (viewer, editor):
        assert on_staff(user).get(url).url == "/admin/"
    page = on_staff(manager).get(url)
    assert "new@example.org" in page.text
    assert "0" * 64 not in page.text
