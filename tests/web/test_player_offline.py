"""Once opened, a week works without a network; what is private goes when its time is over."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.builders import MONDAY
from tests.web.gym import FAR, Gym, a_planned_week, browser, gym

__all__ = ["browser", "gym"]

pytestmark = pytest.mark.browser


def kept(phone: BrowserContext, address: str) -> Page:
    """Opens a page and waits until it says that it works without a network."""
    page = phone.new_page()
    page.goto(address)
    expect(page.locator("#kept")).to_be_visible(timeout=60_000)
    return page


WEEKS = "async () => (await caches.keys()).filter(name => name.startsWith('stridewell-week-'))"


def test_once_opened_the_whole_week_works_in_a_cellar(gym: Gym) -> None:
    phone = gym.phone()
    page = kept(phone, gym.path())
    phone.set_offline(True)
    page.get_by_role("link", name=re.compile("Stretching")).click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("#name")).to_have_text("Bent-knee wall calf stretch")
    assert page.locator("#picture").evaluate("async e => { await e.decode(); return e.naturalWidth > 0 }")
    assert page.locator("#player").evaluate("e => getComputedStyle(e).display") == "flex", "styles are kept too"
    page.reload()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_function("() => !history.state?.playing")
    page.goto(gym.path("0"))
    expect(page.get_by_role("heading", name="Session A")).to_be_visible()


def test_answers_are_never_kept(gym: Gym) -> None:
    phone = gym.phone()
    page = kept(phone, gym.path("0"))
    answer = page.locator(".after").get_by_role("link", name="About right").get_attribute("href")
    assert answer is not None
    page.goto(gym.address + answer)
    phone.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(gym.address + answer)


def test_a_later_week_takes_the_place_of_what_was_kept(gym: Gym) -> None:
    later = MONDAY + timedelta(days=7)
    gym.site.plan(a_planned_week(later))
    phone = gym.phone()
    page = kept(phone, gym.path())
    assert page.evaluate(WEEKS) == [f"stridewell-week-{MONDAY}/{FAR}"]
    page = kept(phone, gym.path(monday=later))
    assert page.evaluate(WEEKS) == [f"stridewell-week-{later}/{FAR}"]


def test_a_link_past_its_last_day_leaves_nothing_on_the_phone(gym: Gym) -> None:
    long_ago = date(2024, 3, 4)
    gym.site.plan(a_planned_week(long_ago))
    gym.site.hands["now"] = datetime(2024, 3, 6, tzinfo=UTC)
    phone = gym.phone()
    page = kept(phone, gym.path(monday=long_ago, expires=long_ago + timedelta(days=20)))
    phone.set_offline(True)
    with pytest.raises(Error, match=r"ERR_FAILED|ERR_INTERNET_DISCONNECTED"):
        page.goto(gym.path("0", monday=long_ago, expires=long_ago + timedelta(days=20)))


def test_a_link_that_no_longer_leads_anywhere_takes_its_pages_along(gym: Gym) -> None:
    phone = gym.phone()
    page = kept(phone, gym.path())
    gym.site.hands["now"] = datetime(2124, 1, 1, tzinfo=UTC)
    page.goto(gym.path())
    expect(page.get_by_role("heading", name="This link is from an old mail")).to_be_visible()
    phone.set_offline(True)
    with pytest.raises(Error):
        page.goto(gym.path("0"))
