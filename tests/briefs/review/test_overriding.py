import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from briefs.commissioning.actions import archive_brief
from briefs.document.tree import TextState
from briefs.export.wording import clearance_rows
from briefs.models import Activity, Countersignature, SignOff
from briefs.overview.work import Work
from briefs.permissions import refusal
from briefs.reading import read_document
from briefs.review.actions import approve_section
from briefs.review.overriding import check_can_countersign, countersign, override_section
from tests.factories import (
    add_member,
    make_user,
    put_in_review,
    release,
    section_of,
    write,
)

REASON = "The minister leaves tonight."


@pytest.fixture
def overridden(preface, manager):
    """Approved by the manager, who wrote it."""
    section = put_in_review(preface, manager, "The port is old.")
    return override_section(section, by=manager, revision=1, comment=f" {REASON} ")


def review_page(client, sign_off) -> str:
    section = sign_off.section
    page = client.get(reverse("section_review", args=[section.brief.slug, section.key]))
    return page.content.decode()


def test_it_approves_what_the_manager_wrote(overridden, manager):
    section = section_of(overridden.section.brief, overridden.section.key)
    assert section.is_approved
    assert overridden.comment == REASON
    act = section.activities.first()
    assert (act.verb, act.actor) == (Activity.Verb.SECTION_OVERRIDDEN, manager)
    assert act.detail["reason"] == REASON


def test_it_takes_a_reason(preface, author, manager):
    section = put_in_review(preface, author)
    with pytest.raises(ValidationError, match="Give the reason"):
        override_section(section, by=manager, revision=1, comment="  ")


@pytest.mark.parametrize("role", ["viewer", "author", "editor", "superuser"])
def test_only_a_manager_overrides(role, preface, author, request):
    section = put_in_review(preface, author)
    with pytest.raises(PermissionDenied, match="Only a manager"):
        override_section(section, by=request.getfixturevalue(role), revision=1, comment=REASON)
    assert not SignOff.objects.exists()


def test_it_names_the_revision_that_was_read(preface, author, manager):
    section = put_in_review(preface, author)
    with pytest.raises(PermissionDenied):
        override_section(section, by=manager, revision=2, comment=REASON)


def test_nothing_is_overridden_outside_a_review(preface, author, manager):
    section = write(preface, author)
    with pytest.raises(PermissionDenied, match="not in review"):
        override_section(section, by=manager, revision=1, comment=REASON)


def test_it_is_marked_until_somebody_countersigns(overridden, editor, manager, signed_in):
    assert Work(editor).overrides == [overridden]
    assert Work(manager).overrides == []
    brief = overridden.section.brief
    assert "not countersigned" in signed_in(editor).get(brief.get_absolute_url()).content.decode()
    assert "This is your own override" in review_page(signed_in(manager), overridden)
    client = signed_in(editor)
    assert REASON in review_page(client, overridden)
    client.post(
        reverse("review_countersign", args=[brief.slug, overridden.section.key]),
        {"revision": 1, "comment": "Agreed by telephone."},
    )
    signed = Countersignature.objects.get()
    assert (signed.signed_by, signed.comment) == (editor, "Agreed by telephone.")
    assert Work(editor).overrides == []
    assert "Countersigned by Edith Editor" in review_page(client, overridden)


def test_who_overrode_does_not_countersign(overridden, manager):
    with pytest.raises(PermissionDenied, match="your own override"):
        countersign(overridden, by=manager)


def test_who_wrote_does_not_countersign(preface, editor, manager):
    section = put_in_review(preface, editor)
    override = override_section(section, by=manager, revision=1, comment=REASON)
    with pytest.raises(PermissionDenied, match="You wrote in this text"):
        countersign(override, by=editor)


def test_it_is_countersigned_once(overridden, brief, editor):
    countersign(overridden, by=editor)
    other = make_user("Otto Editor")
    add_member(brief, other, "editor")
    with pytest.raises(PermissionDenied):
        countersign(overridden, by=other)


def test_an_ordinary_approval_is_not_countersigned(preface, author, editor, manager):
    section = put_in_review(preface, author)
    sign_off = approve_section(section, by=editor, revision=1)
    with pytest.raises(PermissionDenied):
        countersign(sign_off, by=manager)


def test_it_is_printed_with_its_reason(overridden, brief, editor, manager):
    def row() -> str:
        document = read_document(brief, TextState.APPROVED)
        return next(iter(clearance_rows(document))).approved_by

    assert row() == (
        f"Mia Manager. By override, without all sign-offs: {REASON} (not countersigned)"
    )
    countersign(overridden, by=editor)
    assert row().endswith("(countersigned by Edith Editor)")
    edition = release(brief, manager)
    stored = bytes(edition.files.get(kind="json").content).decode()
    assert REASON in stored
    assert "Edith Editor" in stored


def test_a_form_without_a_reason_comes_back(preface, author, manager, signed_in):
    section = put_in_review(preface, author)
    address = reverse("review_override", args=[section.brief.slug, section.key])
    answer = signed_in(manager).post(address, {"revision": 1, "comment": ""})
    assert answer.status_code == 422
    assert "Give the reason. It is printed with the text." in answer.content.decode()


def test_it_is_not_offered_where_ones_own_approval_is_enough(preface, author, manager, signed_in):
    section = put_in_review(preface, author)
    page = signed_in(manager).get(reverse("section_review", args=[section.brief.slug, section.key]))
    assert "Approve without the sign-offs" not in page.content.decode()


@pytest.mark.parametrize("is_archived", [False, True])
@pytest.mark.parametrize(
    "role", ["stranger", "viewer", "author", "second_author", "editor", "manager", "superuser"]
)
def test_who_may_countersign(role, is_archived, preface, author, manager, request):
    section = put_in_review(preface, author)
    override = override_section(section, by=manager, revision=1, comment=REASON)
    if is_archived:
        archive_brief(section.brief, by=manager)
    person = request.getfixturevalue(role)
    override = SignOff.objects.get(pk=override.pk)
    may = not refusal(check_can_countersign, person, override)
    assert may == (role == "editor" and not is_archived)
