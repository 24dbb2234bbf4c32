"""Work in the admin as a browser does it. What each of its pages looks like: tests/browser."""

import pytest
from playwright.sync_api import Page

from briefs.models import Section
from tests.factories import PASSWORD, put_in_review, section_of, write


@pytest.fixture
def address(live_server) -> str:
    return str(live_server.url)


@pytest.fixture
def rows(brief, author, transactional_db) -> dict[str, int]:
    in_review = put_in_review(section_of(brief, "goals/health"), author, "Read *me*.")
    drafting = write(section_of(brief, "goals/needs"), author, past="- Once")
    return {"in_review": in_review.pk, "drafting": drafting.pk}


def open_admin(page: Page, address: str, email: str) -> list[str]:
    """Signs in, and returns the list into which the page's faults will be put."""
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if "Policy" in said.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/admin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/admin/")
    return faults


def test_an_editor_writes_and_approves_in_the_admin(
    page: Page, address, rows, on_staff, editor, brief
):
    on_staff(editor)
    faults = open_admin(page, address, editor.email)
    page.goto(f"{address}/admin/briefs/section/{rows['drafting']}/change/")
    page.get_by_label("Future").fill("- Soon")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved as revision 2.").wait_for()
    page.locator(f"input[name=_selected_action][value='{rows['in_review']}']").check()
    page.get_by_label("Action:").select_option("approve")
    page.get_by_role("button", name="Go").click()
    page.get_by_text("revision 1").wait_for()
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Approve: 1 section.").wait_for()
    assert section_of(brief, "goals/health").state is Section.State.APPROVED
    assert faults == []
