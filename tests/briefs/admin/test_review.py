import pytest
from django.contrib.auth.models import Permission

from briefs.commissioning.actions import archive_brief
from briefs.drafting.actions import save_section
from briefs.models import Activity, Section, SignOff
from briefs.review.actions import withdraw_review
from tests.briefs.live_text.typing import type_into
from tests.factories import make_brief, put_in_review, section_of, write

LIST = "/admin/briefs/section/"
HEALTH = "goals/health"
PREFACE = "opening/preface"


def select(action: str, *sections: Section) -> dict[str, object]:
    return {"action": action, "index": "0", "_selected_action": [s.pk for s in sections]}


def confirm(action: str, *sections: Section, **words: str) -> dict[str, object]:
    seen = {f"revision-{section.pk}": section.version for section in sections}
    chosen = [section.pk for section in sections]
    return {"action": action, "confirmed": "yes", "_selected_action": chosen, **seen, **words}


def state_of(section: Section) -> str:
    return section_of(section.brief, section.key).state.value


@pytest.fixture
def in_review(brief, author) -> Section:
    return put_in_review(section_of(brief, HEALTH), author, "Read *me*.")


def test_a_decision_is_confirmed_with_the_text_and_its_number_in_sight(on_staff, in_review, editor):
    page = on_staff(editor).post(LIST, select("approve", in_review))
    assert page.status_code == 200
    assert "revision 1" in page.text
    assert "<em>me</em>" in page.text
    assert f'name="revision-{in_review.pk}" value="1"' in page.text
    assert state_of(in_review) == "in_review"


def test_approve_records_the_decision_on_the_revision_that_was_read(on_staff, in_review, editor):
    page = on_staff(editor).post(LIST, confirm("approve", in_review), follow=True)
    assert "Approve: 1 section." in page.text
    sign_off = SignOff.objects.get()
    assert (sign_off.decided_by, sign_off.revision.number) == (editor, 1)
    assert state_of(in_review) == "approved"
    act = Activity.objects.latest("pk")
    assert (act.verb, act.actor, act.section) == ("section_approved", editor, in_review)


def test_a_text_that_changed_since_is_not_approved_but_shown_again(
    on_staff, in_review, author, editor
):
    withdraw_review(in_review, by=author, revision=1)
    put_in_review(in_review, author, "Another text.")
    client = on_staff(editor)
    page = client.post(LIST, confirm("approve", in_review))
    assert page.status_code == 409
    assert "The text has changed since you opened this page" in page.text
    assert "Another text." in page.text
    assert f'name="revision-{in_review.pk}" value="2"' in page.text
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("seen", ["", "one", "-1", "0", "9" * 30])
def test_a_decision_that_names_no_revision_is_refused(on_staff, in_review, editor, seen):
    data = {**confirm("approve", in_review), f"revision-{in_review.pk}": seen}
    assert on_staff(editor).post(LIST, data).status_code == 409
    assert not SignOff.objects.exists()


def test_what_is_allowed_is_done_and_the_rest_says_why(on_staff, brief, in_review, author, editor):
    own = put_in_review(section_of(brief, PREFACE), editor, "Mine.")
    client = on_staff(editor)
    page = client.post(LIST, select("approve", in_review, own))
    assert f'name="revision-{in_review.pk}"' in page.text
    assert f'name="revision-{own.pk}"' not in page.text
    assert "You wrote in this section since it was last approved" in page.text
    forced = client.post(LIST, confirm("approve", in_review, own))
    assert forced.status_code == 409
    assert "Approve: 1 section." in forced.text
    assert "You wrote in this section since it was last approved" in forced.text
    assert [state_of(in_review), state_of(own)] == ["approved", "in_review"]


def test_request_changes_asks_for_a_comment(on_staff, in_review, editor):
    client = on_staff(editor)
    asked = client.post(LIST, select("send_back", in_review))
    assert 'name="comment"' in asked.text
    for comment in ("", "   "):
        page = client.post(LIST, confirm("send_back", in_review, comment=comment))
        assert page.status_code == 422
        assert "Say what must change." in page.text
    assert state_of(in_review) == "in_review"


def test_request_changes_sends_back_with_the_comment(on_staff, in_review, editor):
    data = confirm("send_back", in_review, comment="Give the source.")
    assert on_staff(editor).post(LIST, data).status_code == 302
    sign_off = SignOff.objects.get()
    assert (sign_off.decision, sign_off.comment) == ("changes_requested", "Give the source.")
    assert state_of(in_review) == "changes_requested"
    assert Activity.objects.latest("pk").actor == editor


def test_a_refused_request_for_changes_keeps_the_comment(on_staff, in_review, author, editor):
    withdraw_review(in_review, by=author, revision=1)
    data = confirm("send_back", in_review, comment="Give the source.")
    page = on_staff(editor).post(LIST, data)
    assert page.status_code == 409
    assert "This section is not in review." in page.text
    assert "Give the source." in page.text


def test_ask_for_review_and_withdraw(on_staff, brief, author):
    section = write(section_of(brief, HEALTH), author)
    client = on_staff(author)
    assert client.post(LIST, confirm("ask_for_review", section)).status_code == 302
    assert state_of(section) == "in_review"
    assert client.post(LIST, confirm("take_back", section)).status_code == 302
    assert state_of(section) == "drafting"
    verbs = [act.verb for act in Activity.objects.filter(actor=author)[:2]]
    assert verbs == ["review_withdrawn", "review_requested"]


def test_review_of_a_text_that_changed_is_not_asked_for(on_staff, brief, author, second_author):
    section = write(section_of(brief, HEALTH), author)
    save_section(section, {"body": "Newer."}, by=second_author, started_from=1)
    page = on_staff(author).post(LIST, confirm("ask_for_review", section))
    assert page.status_code == 409
    assert "The text has changed since you opened this page" in page.text
    assert state_of(section) == "drafting"


REFUSED = [
    ("approve", "author", "Only editors and managers of this brief decide on a review."),
    ("send_back", "viewer", "Only editors and managers of this brief decide on a review."),
    ("approve", "superuser", "Only editors and managers of this brief decide on a review."),
    ("take_back", "second_author", "Only the section’s author, the person who asked"),
    ("ask_for_review", "editor", "This section is in review already."),
]


@pytest.mark.parametrize(("action", "who", "sentence"), REFUSED)
def test_a_step_that_is_not_ones_own_is_refused_with_its_sentence(
    on_staff, in_review, request, action, who, sentence
):
    client = on_staff(request.getfixturevalue(who))
    sentence = sentence.replace("’", "&#x27;")
    asked = client.post(LIST, select(action, in_review))
    assert sentence in asked.text
    assert 'type="submit" class="default"' not in asked.text
    forced = client.post(LIST, confirm(action, in_review, comment="Mine."))
    assert forced.status_code == 409
    assert sentence in forced.text
    assert state_of(in_review) == "in_review"


def test_an_archived_brief_is_not_decided_on(on_staff, brief, in_review, editor, manager):
    archive_brief(brief, by=manager)
    page = on_staff(editor).post(LIST, confirm("approve", in_review))
    assert page.status_code == 409
    assert "This brief is archived" in page.text


def test_sections_of_another_brief_can_not_be_selected(on_staff, in_review, stranger, superuser):
    page = on_staff(stranger).post(LIST, confirm("approve", in_review), follow=True)
    assert "Read" not in page.text.split("messagelist")[-1]
    assert not SignOff.objects.exists()
    assert state_of(in_review) == "in_review"


def test_the_permission_to_view_offers_no_step(on_staff, in_review, editor):
    client = on_staff(editor, "view_section")
    assert 'value="approve"' not in client.get(LIST).text
    client.post(LIST, confirm("approve", in_review))
    assert not SignOff.objects.exists()
    editor.user_permissions.add(Permission.objects.get(codename="change_section"))
    assert 'value="approve"' in client.get(LIST).text


def test_too_many_at_once_are_refused(on_staff, brief, author, superuser, monkeypatch):
    monkeypatch.setattr("briefs.admin.review.MOST_AT_ONCE", 2)
    sections = [write(section, author) for section in brief.sections.all()]
    page = on_staff(author).post(LIST, select("ask_for_review", *sections), follow=True)
    assert "Select 2 sections at most at once." in page.text
    few = on_staff(author).post(LIST, select("ask_for_review", *sections[:2]))
    assert few.status_code == 200
    assert make_brief(title="Other").sections.count() == 3


def test_typed_text_has_its_number_before_it_is_decided_on(on_staff, brief, author, editor):
    section = write(section_of(brief, HEALTH), author, body="One.")
    type_into(section, author, body="One. Two.")
    page = on_staff(editor).post(LIST, select("ask_for_review", section))
    assert "One. Two." in page.text
    assert f'name="revision-{section.pk}" value="2"' in page.text
