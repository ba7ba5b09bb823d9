"""A runner's whole way by thumb on a small screen: sign up, look after it, and say good-bye. With scripts, without, by keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from app import feedback
from app.settings import Settings
from app.wiring import House
from models import subscribers
from models.people import Status
from tests.app.conftest import KEY
from tests.web.account.people import Phone
from tests.web.chromium import chromium, served
from tests.web.conftest import Website
from tests.web.test_browser import DESK, PHONE, SIDEWAYS, SMALL, UNNAMED

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def phone(open_website: Callable[..., Website], tmp_path: Path) -> Phone:
    return Phone(open_website(public_url="http://127.0.0.1"), tmp_path / "var" / "mailbox")


class Walk:
    """One runner's browser on a server of its own. complaints: what its console said."""

    def __init__(self, phone: Phone, address: str, context: BrowserContext) -> None:
        self.phone, self.address, self.complaints = phone, address, list[str]()
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def follow(self, link: Locator) -> None:
        """Click what leads to another page, and be there: a click does not wait for what it leads to."""
        with self.page.expect_event("load"):
            link.click()

    def press(self, name: str) -> None:
        self.follow(self.page.get_by_role("button", name=name))

    def reads(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()

    def fits(self) -> None:
        """Nothing hangs over the edge, every target is wide enough, every field has a name."""
        assert self.page.evaluate(SIDEWAYS) == 0, self.page.url
        assert self.page.evaluate(SMALL) == [], self.page.url
        assert self.page.evaluate(UNNAMED) == [], self.page.url

    def mail(self, start: str, to: str = "ada@example.org") -> str:
        """The link of a mail: it is posted after the page is answered."""
        for _ in range(100):
            try:
                return self.phone.link(start, to)
            except AssertionError:
                self.page.wait_for_timeout(50)
        return self.phone.link(start, to)


@pytest.fixture
def walk(phone: Phone, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """request.param: how the browser is."""
    how = {"viewport": PHONE, "timezone_id": "Europe/Oslo", **getattr(request, "param", {})}
    with served(phone.website.app) as address:
        context = browser.new_context(**how)
        one = Walk(phone, address, context)
        yield one
        context.close()
    # A form sent back to be mended is no fault, but a browser notes it.
    assert [c for c in one.complaints if "422" not in c] == []


def status(walk: Walk) -> Status | None:
    with walk.phone.website.deps.sessionmaker() as session:
        found = subscribers.find(session, "ada@example.org")
    return None if found is None else found.status


def fill_in(walk: Walk) -> None:
    page = walk.page
    page.get_by_label("What shall we call you?").fill("Ada")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Year you were born").fill("1988")
    page.get_by_label("What you weigh").fill("62")
    page.get_by_label("Kilometres in a usual week").fill("35")
    page.get_by_label("Tuesday", exact=True).first.select_option("Hard")
    page.get_by_label("Mon", exact=True).check()
    page.get_by_label("Thu", exact=True).check()
    page.get_by_label("Dumbbells", exact=True).check()
    page.get_by_label("Dumbbells: loads").fill("4-20/2")
    page.get_by_label("None of these").check()
    page.get_by_label("I agree that Stridewell keeps").check()


@pytest.mark.parametrize("walk", [{}, {"java_script_enabled": False}], indirect=True, ids=["scripts", "no scripts"])
def test_from_the_front_page_to_good_bye(walk: Walk, request: pytest.FixtureRequest) -> None:
    page, scripts = walk.page, "no scripts" not in request.node.name
    walk.open("/")
    walk.fits()
    walk.follow(page.get_by_role("link", name="Sign up"))
    walk.fits()
    zone = page.get_by_label("where you live")
    expect(zone).to_have_value("Europe/Oslo" if scripts else "")
    fill_in(walk)
    if not scripts:
        zone.select_option("Europe/Oslo")
    walk.fits()
    walk.press("Sign up")
    walk.reads("Look in your inbox")
    walk.open(walk.mail("/confirm/"))
    walk.fits()
    assert status(walk) is Status.PENDING
    walk.press("Yes, begin")
    walk.reads("Welcome, Ada")
    walk.mail("/a/")
    walk.follow(page.get_by_role("link", name="Your account").first)

    walk.follow(page.get_by_role("link", name="What we know of you"))
    walk.fits()
    page.get_by_label("Minutes a session may take, at most").fill("20")
    page.get_by_text("Something hurts, or has hurt").click()
    page.get_by_label("Knee").first.select_option("hurts now, 3 of 10")
    walk.press("Save")
    walk.reads("Hello, Ada")

    page.get_by_text("Take a break").click()
    page.get_by_label("No mails before").fill("2026-12-24")
    walk.press("Pause")
    assert status(walk) is Status.PAUSED
    walk.fits()
    walk.press("Start again")

    walk.follow(page.get_by_role("link", name="All your weeks"))
    walk.fits()
    walk.follow(page.get_by_role("link", name=re.compile("Week 1")))
    walk.fits()
    walk.open("/account/address")
    walk.fits()

    walk.open("/account")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take everything along").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert kept["profiles"][-1]["profile"]["minutes"] == 20
    assert kept["profiles"][-1]["profile"]["injuries"] == [{"region": "knee", "current": True, "pain": 3}]

    walk.follow(page.get_by_role("link", name="Erase everything"))
    walk.fits()
    page.get_by_label("Yes, erase everything").check()
    walk.press("Erase")
    walk.reads("Everything of yours is erased")
    walk.fits()
    assert status(walk) is None


@pytest.mark.parametrize("walk", [{}, {"java_script_enabled": False}], indirect=True, ids=["scripts", "no scripts"])
def test_from_the_first_mail_to_the_adapted_one_and_the_session_as_it_is_now(walk: Walk) -> None:
    page, phone = walk.page, walk.phone
    walk.open("/join")
    fill_in(walk)
    page.get_by_label("where you live").select_option("Europe/Oslo")
    walk.press("Sign up")
    walk.open(walk.mail("/confirm/"))
    walk.press("Yes, begin")
    # Before any session is done: the link without a tap.
    walk.open(walk.mail("/a/").partition("?")[0])
    walk.fits()
    page.get_by_text("Something hurts, or felt wrong").click()
    page.get_by_role("checkbox", name="Knee").check()
    page.get_by_label("Knee: worst pain, 0 to 10").select_option("6")
    walk.fits()
    walk.press("Save")
    walk.fits()
    expect(page.get_by_text("Knee (6 of 10)").first).to_be_visible()

    before = len(phone.mails())
    listens_and_posts(phone)
    adapted = phone.mails()[before:]
    assert len(adapted) == 1
    assert "10" not in adapted[0]["Subject"]
    walk.open(walk.mail("/a/"))
    walk.fits()
    expect(page.get_by_text("has changed this week since its mail")).to_be_visible()

    walk.open(walk.mail("/f/"))
    walk.fits()
    walk.follow(page.locator("main a[href*='/f/']").first)
    walk.fits()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    walk.open("/account/tests")
    walk.fits()
    page.get_by_label("Full raises, left").fill("14")
    walk.press("Save")
    expect(page.get_by_role("status")).to_be_visible()


def listens_and_posts(phone: Phone) -> None:
    """What the flows do in the next ten minutes."""
    website = phone.website
    home = phone.mailbox.parents[1]
    settings = Settings(home=home, secret_key=(KEY,), public_url=website.deps.public_url)
    house = House(settings, website.engine, website.deps.sessionmaker, website.deps.clock)
    feedback.log_all(house, now=house.clock())
    with website.deps.sessionmaker() as session:
        runner = subscribers.find(session, "ada@example.org")
    assert runner is not None
    website.deps.post(runner.id)


@pytest.mark.parametrize("walk", [{"java_script_enabled": False}], indirect=True, ids=["no scripts"])
def test_signing_in_needs_no_script(walk: Walk) -> None:
    runner = walk.phone.website.runner
    walk.open("/account")
    walk.page.get_by_label("E-mail address").fill(runner.email)
    walk.press("Send me a link")
    walk.open(walk.mail("/sign-in/", runner.email))
    walk.press("Open my account")
    walk.reads("Hello, Ana")
    walk.press("Sign out")
    walk.open("/account")
    walk.reads("Sign in")


@pytest.mark.parametrize("walk", [{"viewport": DESK}], indirect=True, ids=["desk"])
def test_signing_up_works_by_keyboard_alone(walk: Walk) -> None:
    page = walk.page
    walk.open("/join")

    def tab_to(name: str, value: str = "") -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            at = page.evaluate("[document.activeElement.name ?? '', document.activeElement.value ?? '']")
            if at[0] == name and (not value or at[1] == value):
                return
        raise AssertionError(f"{name} {value} is not reached with the Tab key")

    for name, typed in (("name", "Ada"), ("email", "ada@example.org"), ("birth_year", "1988"), ("body_mass", "62")):
        tab_to(name)
        page.keyboard.type(typed)
    tab_to("weekly_km")
    page.keyboard.type("35")
    tab_to("run.1")
    page.keyboard.type("Hard")
    tab_to("goal")
    page.keyboard.press("ArrowDown")
    for day in ("0", "3"):
        tab_to("day", day)
        page.keyboard.press("Space")
    tab_to("screen", "none")
    page.keyboard.press("Space")
    tab_to("consent")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Look in your inbox").wait_for()
    profile = None
    # The page is answered before the request is worked off.
    for _ in range(200):
        with walk.phone.website.deps.sessionmaker() as session:
            runner = subscribers.find(session, "ada@example.org")
            profile = None if runner is None else subscribers.profile_of(session, runner.id)
        if profile is not None:
            break
        page.wait_for_timeout(50)
    assert profile is not None
    assert (profile.goal, profile.strength_days, profile.runs[0].kind) == ("performance", (0, 3), "quality")


def test_what_is_wrong_is_told_at_the_top_and_led_to(walk: Walk) -> None:
    page = walk.page
    walk.open("/join")
    fill_in(walk)
    page.get_by_label("Dumbbells: loads").fill("heavy")
    page.get_by_label("Mon", exact=True).uncheck()
    page.get_by_label("Thu", exact=True).uncheck()
    walk.press("Sign up")
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link").first).to_have_text("Choose at least one day.")
    summary.get_by_role("link").nth(1).click()
    loads = page.get_by_label("Dumbbells: loads")
    expect(loads).to_have_value("heavy")
    expect(loads).to_have_attribute("aria-invalid", "true")
    walk.fits()
