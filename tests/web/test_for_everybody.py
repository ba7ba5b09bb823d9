"""The answer page and what follows it before axe, phone and desk, day and night: nothing to object to, nobody scrolls sideways.

The pictures lie in var/page-check afterwards, for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from coach.profile import Race
from coach.week import DoseMode, Question
from tests.builders import MONDAY, a_profile, a_subscriber, a_week
from tests.web.chromium import chromium, served
from tests.web.conftest import Website
from tests.web.seasons import a_season
from tests.web.test_progress import path_of

pytestmark = pytest.mark.mailcheck

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tests" / "mail_check" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "var" / "page-check"
SCREENS = {"phone": (375, 740), "desk": (1280, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COMPLAINTS = """async () => (await axe.run()).violations.map(
  v => `${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`)"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "() => document.querySelectorAll('details').forEach(d => { d.open = true })"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def website(open_website: Callable[..., Website]) -> Website:
    """A runner with a season behind, a race ahead, and a week with a question."""
    runner = a_subscriber(profile=a_profile(race=Race(MONDAY, 21.1)))
    site = open_website(
        runner, a_week(question=Question(0, "split-squat", DoseMode.REPS)), public_url="http://127.0.0.1"
    )
    a_season(site, 26)
    return site


def tapped(page: Page, website: Website) -> None:
    page.goto(website.answer_path(query="?s=0&c=r"))


def in_detail(page: Page, website: Website) -> None:
    page.goto(website.answer_path(query="#hurts"))
    page.locator("#at-knee").check()
    page.evaluate(UNFOLD)


def saved(page: Page, website: Website) -> None:
    page.goto(website.answer_path(query="?s=0&c=e"))
    page.get_by_role("button", name="Save").click()
    page.evaluate(UNFOLD)


def saved_with_pain(page: Page, website: Website) -> None:
    page.goto(website.answer_path(query="#hurts"))
    page.locator("#at-knee").check()
    page.get_by_label("Knee: worst pain, 0 to 10").select_option("7")
    page.get_by_role("button", name="Save").click()


def nothing_to_save(page: Page, website: Website) -> None:
    page.goto(website.answer_path())
    page.get_by_role("button", name="Save").click()


def progress(page: Page, website: Website) -> None:
    page.goto(path_of(website))
    page.evaluate(UNFOLD)


def a_forged_link(page: Page, _: Website) -> None:
    page.goto("/progress/forged")


VISITS = (tapped, in_detail, saved, saved_with_pain, nothing_to_save, progress, a_forged_link)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.__name__)
def test_a_page_is_there_for_everybody(
    visit: Callable[[Page, Website], None],
    screen: str,
    scheme: Literal["light", "dark"],
    browser: Browser,
    website: Website,
) -> None:
    if not AXE.is_file():
        pytest.fail("The check of pages needs axe-core. Run: make mail-check")
    width, height = SCREENS[screen]
    with (
        served(website.app) as address,
        browser.new_context(
            base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme
        ) as context,
    ):
        page = context.new_page()
        visit(page, website)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{visit.__name__}-{screen}-{scheme}.png", full_page=True)
        assert page.evaluate(SIDEWAYS) <= 0
        # Evaluated and not added to the page, which runs no script but its own.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(COMPLAINTS) == []
