"""A gym to test the player in: a website with a planned week on a real server, and phones whose clocks the test sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import coach
from coach.week import Week
from tests.builders import MONDAY, a_profile
from tests.web.chromium import chromium, served
from tests.web.conftest import Website, the_catalogue
from tests.web.test_browser import PHONE

START = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
FAR = date(2123, 12, 31)
"""A last day that no real clock has reached: the service worker's clock cannot be set."""


def a_planned_week(monday: date = MONDAY) -> Week:
    """A session of 31 minutes with step-ups first, and 15 minutes of stretching, calves first."""
    catalogue, profile = the_catalogue(), a_profile()
    return coach.next_week(profile, coach.start(profile, catalogue), catalogue, week_of=monday)


@dataclass
class Gym:
    """A website on a real server, and a phone. complaints: what the browser's console said."""

    site: Website
    address: str
    browser: Browser
    complaints: list[str]

    def phone(self, **more: Any) -> BrowserContext:
        return self.browser.new_context(**({"viewport": PHONE} | more))

    def path(self, key: str = "", monday: date = MONDAY, expires: date = FAR) -> str:
        link = self.site.deps.links.follow(self.site.runner.key, monday, expires=expires)
        return self.address + urlsplit(link).path + (f"/{key}" if key else "")

    def open(self, key: str, phone: BrowserContext | None = None, **more: Any) -> Page:
        """A routine's page, with the clock at START and standing still."""
        page = (phone or self.phone(service_workers="block", **more)).new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.clock.install(time=START)
        page.goto(self.path(key))
        # Later than any machine takes to load the page: a clock is never put back.
        page.clock.pause_at(START + timedelta(minutes=10))
        return page

    def start(self, key: str, **more: Any) -> Page:
        page = self.open(key, **more)
        page.get_by_role("button", name="Start", exact=True).click()
        return page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def gym(open_website: Callable[..., Website], browser: Browser) -> Iterator[Gym]:
    site = open_website(week=a_planned_week(), public_url="http://127.0.0.1")
    complaints: list[str] = []
    with served(site.app) as address:
        yield Gym(site, address, browser, complaints)
        for context in browser.contexts:
            context.close()
    assert [c for c in complaints if "registration blocked by Playwright" not in c] == []
