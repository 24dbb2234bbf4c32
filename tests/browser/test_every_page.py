"""Every page in a browser: nothing that axe minds, nothing wider than the window, nothing that the
policy refuses, in both themes, with long titles."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from briefs.brief_templates.actions import load_brief_template
from briefs.brief_templates.drafts import add_node, begin_draft, remove_node
from briefs.brief_templates.outlines import outline_of
from briefs.commissioning.actions import add_own_section
from briefs.document.outline import OutlineSection
from briefs.models import Brief, LooseText, OutlineDraft, Part
from briefs.suggesting.actions import Proposal, make_suggestion
from briefs.upgrading.actions import upgrade_brief
from tests.browser.sign_in import let_in
from tests.factories import approve, put_in_review, release, section_of, send_back, write

LONG = "Relations with the Kingdom and its Neighbours " * 4
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
PAGES = [
    "/",
    "/due/",
    "/briefs/",
    "/briefs/?words=nothing-of-that-kind",
    "/briefs/{slug}/",
    "/briefs/{slug}/activity/",
    "/briefs/{slug}/drafting/goals/needs/",
    "/briefs/{slug}/drafting/goals/needs/picture/",
    "/briefs/{slug}/drafting/goals/health/",
    "/briefs/{slug}/drafting/opening/preface/",
    "/briefs/{slug}/placing/",
    "/briefs/{slug}/placing/{loose}/",
    "/briefs/{slug}/upgrading/",
    "/briefs/{slug}/upgrading/undo/",
    "/upgrading/",
    "/upgrading/?briefs={slug}",
    "/templates/",
    "/templates/drafts/{draft}/",
    "/templates/drafts/{draft}/0/",
    "/templates/drafts/{draft}/2/",
    "/templates/drafts/{draft}/3/",
    "/templates/drafts/{draft}/4/",
    "/templates/drafts/{draft}/publish/",
    "/templates/drafts/{draft}/sample/",
    "/briefs/{slug}/history/goals/needs/",
    "/briefs/{slug}/history/goals/needs/compare/?from=1&to=2",
    "/briefs/{slug}/history/goals/needs/1/",
    "/briefs/{slug}/history/goals/needs/1/authors/",
    "/briefs/{slug}/history/goals/needs/replay/",
    "/briefs/{slug}/history/goals/needs/1/restore/",
    "/briefs/{slug}/commenting/goals/needs/",
    "/review/",
    "/sections/",
    "/bundles/",
    "/calendar/",
    "/briefs/{slug}/commissioning/clearance/",
    "/briefs/{slug}/review/goals/needs/",
    "/briefs/{slug}/review/goals/health/",
    "/briefs/{slug}/review/opening/preface/",
    "/briefs/{slug}/suggesting/goals/health/",
    "/briefs/{slug}/suggesting/goals/health/new/",
    "/briefs/{slug}/suggesting/goals/health/new/?prompt=body&quote=a+b",
    "/briefs/{slug}/export/",
    "/briefs/{slug}/export/markdown/",
    "/briefs/{slug}/pages/",
    "/house-style/",
    "/briefs/{slug}/releasing/",
    "/briefs/{slug}/releasing/new/",
    "/briefs/{slug}/releasing/1/",
    "/briefs/{slug}/releasing/2/compare/",
    "/briefs/{slug}/releasing/2/verify/",
    "/briefs/{slug}/importing/",
    "/briefs/{slug}/commissioning/data/",
    "/briefs/{slug}/commissioning/members/",
    "/commissioning/new/",
    "/importing/",
    "/account/",
    "/notices/",
    "/notices/?kind=released&unread=on",
    "/notices/settings/",
    "/help/",
]

EMPTY_PAGES = [
    "/",
    "/briefs/{slug}/",
    "/briefs/{slug}/drafting/goals/needs/",
    "/briefs/{slug}/placing/",
    "/briefs/{slug}/history/goals/needs/",
    "/briefs/{slug}/export/",
    "/briefs/{slug}/releasing/",
]


@pytest.fixture
def full_brief(brief, author, second_author, editor, manager) -> Brief:
    """Every state, a long title, a long word, loose text."""
    brief.title = LONG.strip()
    brief.reference = "R" * 60
    brief.save()
    write(approve(section_of(brief, "goals/needs"), author, editor), author, past=f"# {WORD} " * 4)
    put_in_review(
        section_of(brief, "goals/health"), author, f"| a | b |\n|---|---|\n| {WORD} | 2 |"
    )
    suggest = Proposal("body", 0, "| a | b |", f"| {WORD} | b |", reason=f"{LONG}{WORD}")
    make_suggestion(section_of(brief, "goals/health"), suggest, by=editor, revision=1)
    send_back(section_of(brief, "opening/preface"), author, editor)
    part = Part.objects.get(key="goals")
    add_own_section(brief, f"{LONG}{WORD}"[:200], part=part, by=manager)
    text = f"Loose {WORD}\n\n> quoted"
    LooseText.objects.create(brief=brief, kind="parked", text=text, original=text, line=3)
    _draft_of_next_version(brief, manager)
    release(brief, manager)
    release(brief, manager, reason=f"{LONG}{WORD}", unapproved=frozenset(["goals/health"]))
    return brief


def _draft_of_next_version(brief: Brief, manager: User) -> None:
    """The brief has moved once and could move again; the next version is drafted, with mistakes."""
    outline = outline_of(brief.template)
    more = OutlineSection("goals/more", WORD, "", outline.parts[0].sections[0].prompts)
    for added in ((more,), ()):
        goals = replace(outline.parts[1], sections=(*outline.parts[1].sections, *added))
        parts = (outline.parts[0], goals)
        template = load_brief_template(replace(outline, parts=parts), by=None).template
        if added:
            upgrade_brief(brief, template, by=None)
            brief.refresh_from_db()
    draft = begin_draft(by=manager, based_on=template)
    draft, number = add_node(draft, 0, f"{LONG}{WORD}"[:200], by=manager)
    remove_node(draft, number, by=manager)
    add_node(draft, 0, WORD, by=manager)


@pytest.fixture
def open_window(browser: Browser, live_server):
    contexts: list[BrowserContext] = []

    def open_page(user, width: int, scheme: str) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        let_in(context, live_server.url, user)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def faults(page: Page, addresses: list[str]) -> list[str]:
    """What is wrong with some pages, and what the browser said of them."""
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    for address in addresses:
        answer = page.goto(address)
        if not answer or not answer.ok:
            found.append(f"{address}: no page")
        results = Axe().run(page)
        if results.violations_count:
            found.append(f"{address}: {results.generate_report()}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{address}: wider than the window")
    return found


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
)
def test_every_page_is_accessible_and_fits(
    open_window, live_server, full_brief, manager, width, scheme
):
    named = {
        "slug": full_brief.slug,
        "loose": full_brief.loose_texts.get().pk,
        "draft": OutlineDraft.objects.get().pk,
    }
    paths = [path.format(**named) for path in PAGES]
    page = open_window(manager, width, scheme)
    assert faults(page, [live_server.url + path for path in paths]) == []


def test_an_empty_brief_is_accessible_to_somebody_who_only_reads(
    open_window, live_server, brief, viewer
):
    paths = [path.format(slug=brief.slug) for path in EMPTY_PAGES]
    page = open_window(viewer, 390, "light")
    assert faults(page, [live_server.url + path for path in paths]) == []
