"""The admin as a browser shows it: the policy refuses nothing, and no page is wider than its
window."""

import pytest
from playwright.sync_api import Browser, Page

from briefs.models import Section
from tests.factories import PASSWORD, approve, put_in_review, section_of, write

PATHS = [
    "/admin/",
    "/admin/briefs/brief/",
    "/admin/briefs/brief/add/",
    "/admin/briefs/brief/{brief}/change/",
    "/admin/briefs/section/",
    "/admin/briefs/section/{drafting}/change/",
    "/admin/briefs/section/{in_review}/change/",
    "/admin/briefs/section/{drafting}/history/",
    "/admin/briefs/brieftemplate/{template}/change/",
    "/admin/briefs/activity/",
    "/admin/briefs/revision/",
    "/admin/briefs/signoff/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
]


@pytest.fixture
def address(live_server) -> str:
    return str(live_server.url)


@pytest.fixture
def rows(brief, author, editor, transactional_db) -> dict[str, int]:
    approve(section_of(brief, "opening/preface"), author, editor)
    in_review = put_in_review(section_of(brief, "goals/health"), author, "Read *me*.")
    drafting = write(section_of(brief, "goals/needs"), author, past="- Once")
    return {
        "brief": brief.pk,
        "template": brief.template_id,
        "in_review": in_review.pk,
        "drafting": drafting.pk,
    }


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


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_breaks_the_policy_or_its_window(browser: Browser, address, rows, superuser, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    faults = open_admin(page, address, superuser.email)
    for path in PATHS:
        response = page.goto(address + path.format(**rows))
        page.wait_for_load_state("networkidle")
        assert response is not None
        assert response.status == 200
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{path} is wider than {width}")
    assert faults == []


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
