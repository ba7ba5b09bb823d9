"""Runners answer by hand in a real browser: by thumb, by keyboard, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from coach.answers import Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport
from coach.profile import Region
from coach.week import DoseMode, Question
from models import subscribers
from models.people import Status
from tests.builders import a_week, some_answers
from tests.web.chromium import chromium, served
from tests.web.conftest import Website
from tests.web.test_mailbox_pages import a_mail
from tests.web.test_progress import path_of
from web.words import REGIONS

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 740}
DESK = {"width": 1280, "height": 800}

SMALL = """
() => [...document.querySelectorAll('label.tap, .ticks label, label.reveal, select, input[type=number], textarea, button, .button, summary')]
  .filter(e => e.checkVisibility())
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([_, r]) => r.height < 44 || r.width < 44)
  .map(([html, r]) => `${html} ${r.width}x${r.height}`)
"""
UNNAMED = """
() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(e => !e.labels.length).map(e => e.name)
"""
NAMES = "() => [...document.querySelectorAll('select')].filter(e => e.checkVisibility()).map(e => e.name)"
CUT = """
() => [...document.querySelectorAll('select')].filter(e => e.checkVisibility()).filter(e => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = getComputedStyle(e).font;
  const widest = Math.max(...[...e.options].map(o => pen.measureText(o.text).width));
  return widest + 2 * parseFloat(getComputedStyle(e).paddingLeft) + 16 > e.clientWidth;
}).map(e => e.name)
"""
"""Choices too narrow for the longest of what they offer, and for the arrow beside it."""
FRONT, BACK = 5, 125
"""Where the two figures of the drawing begin, of its 230 across."""
KNEE = (FRONT + 70, 116)
PLACES = {
    Region.FOOT: [(FRONT + 72, 198), (BACK + 30, 198)],
    Region.ANKLE: [(FRONT + 68, 181), (BACK + 32, 179)],
    Region.CALF: [(BACK + 70, 147), (BACK + 30, 147)],
    Region.SHIN: [(FRONT + 70, 147), (FRONT + 30, 147)],
    Region.KNEE: [KNEE, (BACK + 30, 116)],
    Region.HAMSTRING: [(BACK + 70, 90), (BACK + 30, 90)],
    Region.GROIN: [(FRONT + 57, 66), (FRONT + 43, 66)],
    Region.HIP: [(FRONT + 74, 86), (FRONT + 26, 86)],
    Region.LATERAL_HIP: [(FRONT + 86, 48), (BACK + 22, 52)],
    Region.BACK: [(BACK + 62, 18), (BACK + 38, 18)],
}
"""Points of the drawing, and the place a touch there means."""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visit:
    """A website on a real server, and a browser to open it with. complaints: what the browser's console said."""

    website: Website
    address: str
    browser: Browser
    complaints: list[str]

    def open(
        self, path: str, *, size: dict[str, int] | None = None, scripts: bool = True, scheme: str = "light"
    ) -> Page:
        width, height = (PHONE if size is None else size).values()
        page = self.browser.new_page(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + path)
        return page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(open_website: Callable[..., Website], browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    mailbox = tmp_path / "mailbox"
    mailbox.mkdir()
    yield from visiting(open_website(public_url="http://127.0.0.1", mailbox=mailbox), browser)


@pytest.fixture
def asking(open_website: Callable[..., Website], browser: Browser) -> Iterator[Visit]:
    """A week with a question about split squats."""
    week = a_week(question=Question(0, "split-squat", DoseMode.REPS))
    yield from visiting(open_website(week=week, public_url="http://127.0.0.1"), browser)


def touch(page: Page, x: float, y: float) -> None:
    """Touch the drawing at a point of its own measure."""
    drawing = page.locator(".figures")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    scale = box["width"] / 230
    page.mouse.click(box["x"] + x * scale, box["y"] + (y + 2) * scale)


def visiting(website: Website, browser: Browser) -> Iterator[Visit]:
    complaints: list[str] = []
    with served(website.app) as address:
        yield Visit(website, address, browser, complaints)
        for context in browser.contexts:
            context.close()
    assert complaints == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_tap_and_save_is_all_it_takes(visit: Visit, scripts: bool) -> None:
    page = visit.open(visit.website.answer_path(query="?s=0&c=r"), scripts=scripts)
    assert visit.website.answers_stored() == 0
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Thank you, saved")).to_be_visible()
    assert visit.website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_runner_who_likes_detail_gives_it(visit: Visit, scripts: bool) -> None:
    page = visit.open(visit.website.answer_path(query="?s=0&c=h"), scripts=scripts)
    page.get_by_role("group", name="Strength B").get_by_text("Didn’t do it").click()
    page.get_by_text("Strength A, set by set").click()
    page.locator("[name='s0.split-squat.left']").select_option("1")
    page.locator("[name='s0.split-squat.load']").fill("10.5")
    page.locator("[name='s0.rpe']").select_option("8")
    page.get_by_text("Something hurts, or felt wrong").click()
    page.get_by_role("checkbox", name="Knee").check()
    page.get_by_label("Knee: worst pain, 0 to 10").select_option("3")
    page.get_by_label("Knee: gone by next morning?").select_option("yes")
    page.get_by_text("Soreness, sleep, mood").click()
    page.get_by_label("Sleep").select_option("2")
    page.get_by_text("Tight areas").click()
    page.get_by_role("group", name="What feels tight?").get_by_role("checkbox", name="Calf", exact=True).check()
    page.get_by_text("A note", exact=True).click()
    page.get_by_label("Anything else").fill("Rain.\nNew shoes.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    assert visit.website.told() == Answers(
        sessions=(
            SessionReport(0, Effort.HARD, rpe=8, exercises=(ExerciseReport("split-squat", 3, 10, 1, 10.5),)),
            SessionReport(1, Effort.SKIPPED),
        ),
        pains=(Pain(Region.KNEE, 3, settled=True),),
        sleep=2,
        tight=frozenset({Region.CALF}),
        note="Rain.\nNew shoes.",
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_tap_on_a_number_and_save_is_all_it_takes(asking: Visit, scripts: bool) -> None:
    page = asking.open(asking.website.answer_path(query="?s=0&l=3"), scripts=scripts)
    expect(page.get_by_role("radio", name="3", exact=True)).to_be_checked()
    assert asking.website.answers_stored() == 0
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    expect(page.get_by_text("3 left")).to_be_visible()
    (told,) = asking.website.told().sessions
    assert told == SessionReport(0, exercises=(ExerciseReport("split-squat", 3, 10, 3),))


def test_a_number_and_the_load_can_be_put_right_by_thumb(asking: Visit) -> None:
    page = asking.open(asking.website.answer_path(query="?s=0&l=3"), scripts=False)
    page.get_by_role("group", name="One more question").get_by_text("5+", exact=True).click()
    question = page.get_by_role("group", name="One more question")
    question.get_by_label("Did you change the load?").select_option(label="up: 16 kg dumbbells")
    page.get_by_role("group", name="Strength A").get_by_text("Easy", exact=True).click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    (told,) = asking.website.told().sessions
    assert told == SessionReport(0, Effort.EASY, exercises=(ExerciseReport("split-squat", 3, 10, 5, 16.0),))


@pytest.mark.parametrize(("width", "rows"), [(320, 2), (360, 1), (375, 1), (1280, 1)])
def test_the_six_numbers_are_as_wide_as_a_thumb_on_every_screen(asking: Visit, width: int, rows: int) -> None:
    page = asking.open(asking.website.answer_path(), size={"width": width, "height": 740})
    boxes = [box for tap in page.locator(".numbers .tap").all() if (box := tap.bounding_box())]
    assert len(boxes) == 6
    assert len({box["y"] for box in boxes}) == rows
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL) == []
    assert page.evaluate(UNNAMED) == []


def test_something_hurts_leads_to_the_figure_without_javascript(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path(), scripts=False)
    expect(page.locator(".figures")).to_be_hidden()
    page = visit.open(visit.website.answer_path(query="#hurts"), scripts=False)
    expect(page.locator(".figures")).to_be_visible()
    knee = page.get_by_label("Knee: worst pain, 0 to 10")
    expect(knee).to_be_hidden()
    touch(page, *KNEE)
    knee.select_option("7")
    expect(page.get_by_label("Calf: worst pain, 0 to 10")).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert visit.website.told().pains == (Pain(Region.KNEE, 7),)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_every_place_of_the_figure_marks_itself_and_nothing_else(visit: Visit, scripts: bool) -> None:
    page = visit.open(visit.website.answer_path(query="#hurts"), scripts=scripts)
    for region, places in PLACES.items():
        for place in places:
            for want in (True, False):
                touch(page, *place)
                marked = [box.get_attribute("value") for box in page.locator("[name=at]:checked").all()]
                assert marked == ([region.value] if want else []), f"{region} at {place}"


def test_a_place_told_and_unmarked_still_shows_what_it_would_send(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path(query="#hurts"))
    page.get_by_role("checkbox", name="Knee").check()
    level = page.get_by_label("Knee: worst pain, 0 to 10")
    level.select_option("5")
    page.get_by_role("checkbox", name="Knee").uncheck()
    expect(level).to_be_visible()
    level.select_option("")
    expect(level).to_be_hidden()


def test_a_place_is_marked_and_rated_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path(query="#hurts"), size=DESK, scripts=False)
    page.locator("#at-knee").focus()
    page.keyboard.press("Space")
    for _ in range(len(Region) - 1 - list(REGIONS).index(Region.KNEE)):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("4")
    page.keyboard.press("Tab")
    page.keyboard.press("y")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    assert visit.website.told().pains == (Pain(Region.KNEE, 4, settled=True),)


def test_a_step_within_a_session_is_told_for_any_exercise(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path(), scripts=False)
    page.get_by_text("Strength A, set by set").click()
    page.locator("[name='s0.split-squat.switch']").select_option(label="down: 10 kg dumbbells")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    (told,) = visit.website.told().sessions
    assert told == SessionReport(0, exercises=(ExerciseReport("split-squat", load_kg=10.0),))


def test_a_warning_sign_is_answered_on_the_spot(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path(), scripts=False)
    page.get_by_text("Something hurts, or felt wrong").click()
    page.get_by_text("Pain, pressure or tightness in the chest").click()
    page.get_by_role("button", name="Save").click()
    advice = page.get_by_role("alert")
    expect(advice).to_contain_text("emergency number now")
    box = advice.bounding_box()
    assert box is not None
    assert box["y"] < PHONE["height"] / 2
    assert visit.website.told().red_flags == {RedFlag.CHEST_PAIN}


def test_answering_works_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path(), size=DESK)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    assert visit.website.told().sessions == (SessionReport(0, Effort.HARD),)


def test_the_browser_refuses_a_number_out_of_range_before_it_is_sent(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path(query="?s=0&c=e"))
    page.get_by_text("Strength A, set by set").click()
    page.locator("[name='s0.split-squat.amount']").fill("5000")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="How did it go?")).to_be_visible()
    assert visit.website.answers_stored() == 0


def test_every_dose_to_choose_can_be_read_whole_on_a_phone(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path())
    page.get_by_text("Strength A, set by set").click()
    switches = [name for name in page.evaluate(NAMES) if name.endswith(".switch")]
    assert switches
    assert set(switches) & set(page.evaluate(CUT)) == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 320, "height": 600}, PHONE, DESK], ids=["small", "phone", "desk"])
def test_every_page_fits_its_screen_and_every_target_a_thumb(visit: Visit, size: dict[str, int], scheme: str) -> None:
    visit.website.tell(some_answers(red_flags=frozenset({RedFlag.CALF_SWELLING})))
    mailbox = visit.website.deps.mailbox
    assert mailbox is not None
    (mailbox / "one.eml").write_bytes(a_mail())
    paths = (
        visit.website.answer_path(query="#hurts"),
        visit.website.unsubscribe_path(),
        path_of(visit.website),
        "/",
        "/mailbox",
        "/mailbox/one",
    )
    for path in paths:
        page = visit.open(path, size=size, scheme=scheme)
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate(SIDEWAYS) <= 0, path
        assert page.evaluate(SMALL) == [], path
        assert page.evaluate(UNNAMED) == [], path
        page.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_tap_to_next_week_and_on_to_the_progress(visit: Visit, scripts: bool) -> None:
    page = visit.open(visit.website.answer_path(query="?s=0&c=e"), scripts=scripts)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Your next week, as it looks now").wait_for()
    link = page.get_by_role("link", name="See your progress").get_attribute("href")
    assert link is not None
    with page.expect_response("**/year.svg") as drawn:
        page.goto(visit.address + urlsplit(link).path)
    assert drawn.value.ok
    expect(page.get_by_role("img", name="Sessions done, by week")).to_be_visible()
    page.get_by_text("As a table").first.click()
    expect(page.get_by_role("rowheader", name="23 Nov 2026").first).to_be_visible()


def test_save_is_in_reach_without_scrolling(visit: Visit) -> None:
    page = visit.open(visit.website.answer_path())
    box = page.get_by_role("button", name="Save").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"]
    assert box["width"] > 300


def test_leaving_takes_one_press(visit: Visit) -> None:
    page = visit.open(visit.website.unsubscribe_path(), scripts=False)
    page.get_by_role("button", name="Unsubscribe", exact=True).click()
    expect(page.get_by_role("heading", name="You are unsubscribed")).to_be_visible()
    with visit.website.deps.sessionmaker() as session:
        runner = subscribers.get(session, visit.website.runner.key)
    assert runner is not None
    assert runner.status is Status.UNSUBSCRIBED


def test_a_link_in_a_letter_of_the_mailbox_opens_the_answer_page(visit: Visit) -> None:
    mailbox = visit.website.deps.mailbox
    assert mailbox is not None
    link = visit.address + visit.website.answer_path(query="?s=1&c=e")
    (mailbox / "one.eml").write_bytes(a_mail().replace(b"/a/x", link.replace("=", "=3D").encode("ascii")))
    page = visit.open("/mailbox/one", size=DESK)
    with page.context.expect_page() as opened:
        page.frame_locator("iframe").get_by_role("link", name="easy").click()
    opened.value.wait_for_load_state()
    expect(opened.value.get_by_role("heading", name="How did it go?")).to_be_visible()
    expect(opened.value.locator("[name='s1.effort'][value=easy]")).to_be_checked()
