"""Nothing for axe to object to in the pages to follow and in the player, by day and by night."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.gym import Gym, browser, gym
from tests.web.test_browser import DESK, PHONE
from tests.web.test_player_feel import a_set, to_set

__all__ = ["browser", "gym"]

pytestmark = pytest.mark.mailcheck

AXE = Path(__file__).parent.parent / "mail_check" / "node_modules" / "axe-core" / "axe.min.js"
COMPLAINTS = """async () => (await axe.run()).violations.map(
  v => `${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`)"""


def complaints(page: Page) -> list[str]:
    if not AXE.is_file():
        pytest.fail("This check needs axe. Run: make mail-check")
    # By the debugger's door: the page's own policy lets no script of a stranger in.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(COMPLAINTS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_following_along_is_there_for_everybody(gym: Gym, size: dict[str, int], scheme: str) -> None:
    page = gym.open("", viewport=size, color_scheme=scheme)
    page.clock.resume()  # axe waits by the clock
    assert complaints(page) == []
    page = gym.open("0", viewport=size, color_scheme=scheme)
    page.clock.resume()  # axe waits by the clock
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert complaints(page) == []
    page.get_by_role("button", name="Start", exact=True).click()
    for _ in range(6):  # the warm-up, getting ready, both sides, a rest with its rule, the next set
        assert complaints(page) == []
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Swap").click()
    assert complaints(page) == []
    page.get_by_role("button", name="Swap").click()
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Done", exact=True).wait_for()
    assert complaints(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sets_by_feel_and_what_comes_of_them_are_there_for_everybody(gym: Gym, scheme: str) -> None:
    page = gym.start("0", viewport=PHONE, color_scheme=scheme)
    page.clock.resume()
    to_set(page)
    assert complaints(page) == []
    a_set(page, more=1)
    page.keyboard.press("ArrowRight")
    a_set(page)
    page.get_by_role("group", name="How many more could you have done?").get_by_role("button", name="3").click()
    assert complaints(page) == []
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    page.locator("#end").get_by_role("link", name="About right").click()
    page.get_by_role("region", name="Filled in from what you followed along").wait_for()
    assert complaints(page) == []
