"""A figure in a real browser: it moves, rests for who wants no movement, and is right on a page that forbids styles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app import drawing
from pictures import svg
from tests.web.chromium import chromium

pytestmark = pytest.mark.browser

FIGURES = drawing.figures(Path(__file__).resolve().parents[2] / "catalogue")
STRICT = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; img-src data:\">"
SHOWN = "s => getComputedStyle(document.querySelector(s)).display"
WAY = "() => [...document.querySelectorAll('.figure-moving path')].map(p => Math.round(p.getBBox().y)).join()"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


def opened(browser: Browser, html: str, *, dark: bool = False, calm: bool = False) -> tuple[Page, list[str]]:
    page = browser.new_page(
        color_scheme="dark" if dark else "light", reduced_motion="reduce" if calm else "no-preference"
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_content(html)
    return page, complaints


def at(page: Page, seconds: float) -> str:
    page.evaluate(
        "t => { const s = document.querySelector('svg'); s.pauseAnimations(); s.setCurrentTime(t); }", seconds
    )
    return str(page.evaluate(WAY))


def test_a_squat_goes_down_and_comes_back_up(browser: Browser) -> None:
    figure = FIGURES["bodyweight-squat"]
    page, complaints = opened(browser, svg.animated(figure, "Squat"))
    there, stay, back, _ = figure.seconds
    top, bottom, again = at(page, 0), at(page, there + stay / 2), at(page, there + stay + back)
    assert top != bottom
    assert top == again
    assert page.evaluate(SHOWN, ".figure-resting") == "none"
    assert complaints == []
    page.close()


def test_who_wants_no_movement_sees_the_end(browser: Browser) -> None:
    page, _ = opened(browser, svg.animated(FIGURES["bodyweight-squat"], "Squat"), calm=True)
    assert page.evaluate(SHOWN, ".figure-moving") == "none"
    assert page.evaluate(SHOWN, ".figure-resting") == "inline"
    page.close()


def test_the_colours_follow_a_dark_room(browser: Browser) -> None:
    fill = "s => getComputedStyle(document.querySelector(s)).fill"
    for dark, colour in ((False, svg.LIGHT["card"]), (True, svg.DARK["card"])):
        page, _ = opened(browser, svg.still(FIGURES["glute-bridge"], "Bridge"), dark=dark)
        red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
        assert page.evaluate(fill, ".figure-card") == f"rgb({red}, {green}, {blue})"
        page.close()


def test_a_page_that_forbids_all_styles_still_shows_one_figure_in_colour(browser: Browser) -> None:
    page, complaints = opened(browser, f"<!doctype html>{STRICT}{svg.animated(FIGURES['dead-bug'], 'Dead bug')}")
    assert page.evaluate(SHOWN, ".figure-resting") == "none"
    assert page.evaluate("() => document.querySelector('.figure-shirt').getAttribute('fill')") == svg.LIGHT["shirt"]
    assert at(page, 0) != at(page, 1.6)
    assert [said for said in complaints if "script" in said] == []
    page.close()
