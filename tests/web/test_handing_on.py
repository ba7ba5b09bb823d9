"""What was followed along on a phone is on the answer page: filled in, saved with one tap, with or without a network on the way."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from coach.answers import Answers, Effort, ExerciseReport, Pain
from coach.profile import Region
from tests.builders import MONDAY
from tests.web.gym import FAR, Gym, browser, gym
from tests.web.test_player_feel import KEPT, STEP_UP, a_set, to_set
from web.player import followed_key

__all__ = ["browser", "gym"]

pytestmark = pytest.mark.browser

FILLED = "Filled in from what you followed along"


def with_a_swap(gym: Gym, phone: BrowserContext) -> Page:
    """One set of nine lunges in place of the step-ups, and no more of the session."""
    page = gym.open("0", phone)
    page.get_by_role("button", name="Start", exact=True).click()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Swap").click()
    page.get_by_role("button", name="Reverse lunge").click()
    page.keyboard.press("ArrowRight")
    a_set(page)
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#end-title")).to_be_focused()
    return page


def with_kept(gym: Gym, moves: Any, *, session: str = "0", key: str | None = None, until: date = FAR) -> Page:
    """The answer page on a phone that keeps these; anything may stand in a browser's storage."""
    key = followed_key(gym.site.runner.key, MONDAY) if key is None else key
    kept = moves if isinstance(moves, str) else json.dumps({"until": until.isoformat(), "moves": moves})
    phone = gym.phone(service_workers="block")
    phone.add_init_script(
        f"if (!sessionStorage.getItem('put')) {{ sessionStorage.setItem('put', 'yes');"
        f" localStorage.setItem({json.dumps(f'stridewell.done.{key}.{session}')}, {json.dumps(kept)}) }}"
    )
    page = phone.new_page()
    page.on("pageerror", lambda error: gym.complaints.append(str(error)))
    page.goto(answer(gym))
    return page


def answer(gym: Gym, query: str = "") -> str:
    link = gym.site.deps.links.answer(gym.site.runner.key, MONDAY, expires=FAR)
    return gym.address + urlsplit(link).path + query


def test_a_swap_and_what_was_done_are_one_tap_from_being_saved(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    addresses: list[str] = []
    phone.on("request", lambda request: addresses.append(request.url))
    page = with_a_swap(gym, phone)
    expect(page.locator("#end")).to_contain_text("What you did stands in your answer already")
    page.locator("#end").get_by_role("link", name="About right").click()
    filled = page.get_by_role("region", name=FILLED)
    expect(filled).to_contain_text("Reverse lunge in place of step-up with knee drive: 1 × 8")
    expect(page.get_by_role("radio", name="About right")).to_be_checked()
    assert gym.site.answers_stored() == 0
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    (session,) = gym.site.told().sessions
    assert session.effort is Effort.RIGHT
    first = next(e for e in session.exercises if e.exercise == STEP_UP)
    assert first.swap is not None
    assert (first.swap.exercise, first.sets_done, first.reps) == ("reverse-lunge", 1, 8)
    assert {e.sets_done for e in session.exercises if e is not first} == {0}, "the rest was passed by"
    page.wait_for_function(f"() => !({KEPT})().length")
    queries = {urlsplit(address).query for address in addresses if "/static/" not in address and "/p/" not in address}
    assert queries <= {"", "s=0&c=r"}, "no address says what was done"


def test_what_was_done_in_a_cellar_is_kept_until_there_is_a_network(gym: Gym) -> None:
    phone = gym.phone()
    page = phone.new_page()
    page.goto(gym.path("0"))
    expect(page.locator("#kept")).to_be_visible(timeout=60_000)
    phone.set_offline(True)
    page.get_by_role("button", name="Start", exact=True).click()
    to_set(page)
    a_set(page, more=3)
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    page.locator("#end").get_by_role("link", name="Hard").click()
    expect(page.locator("#offline-kept")).to_be_visible()
    page.close()
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(gym.path())
    page.get_by_role("link", name="Look it over and save it").click()
    expect(page.get_by_role("region", name=FILLED)).to_contain_text("Step-up with knee drive: 1 × 15")
    expect(page.get_by_role("radio", name="Hard")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    assert ExerciseReport(STEP_UP, 1, 15) in gym.site.told().sessions[0].exercises
    page.goto(gym.path())
    expect(page.get_by_role("heading", name="Follow along")).to_be_visible()
    expect(page.locator("#waiting")).to_be_hidden()


def test_sets_by_feel_reach_the_coach_with_how_many_were_left(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    page = gym.open("0", phone)
    page.get_by_role("button", name="Start", exact=True).click()
    to_set(page)
    a_set(page, more=2)
    page.keyboard.press("ArrowRight")
    a_set(page)
    page.get_by_role("group", name="How many more could you have done?").get_by_role("button", name="2").click()
    page.goto(answer(gym, "?s=0&c=r"))
    page.get_by_role("region", name=FILLED).wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    (report,) = gym.site.told().sessions[0].exercises
    assert (report.exercise, report.reps_left) == (STEP_UP, 2)


@pytest.mark.parametrize(
    "kept",
    [
        "not json",
        "null",
        '"a word"',
        '{"until": "2123-12-31", "moves": null}',
        '{"until": "2123-12-31", "moves": {"step-up-with-knee-drive": null}}',
        '{"until": "2123-12-31", "moves": {"step-up-with-knee-drive": {"sets": {"a": 1}, "amount": [], "<b>": 1}}}',
        '{"until": 5, "moves": [[1, 2], "x"]}',
    ],
)
def test_what_was_spoilt_on_the_device_leaves_a_page_that_works(gym: Gym, kept: str) -> None:
    page = with_kept(gym, kept)
    page.wait_for_load_state("networkidle")
    page.locator("label", has_text="About right").first.click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    assert all(e.reps is None for s in gym.site.told().sessions for e in s.exercises)


def test_numbers_that_cannot_have_been_are_said_and_raise_nothing(gym: Gym) -> None:
    page = with_kept(gym, {STEP_UP: {"swap": "back-squat", "sets": 3, "amount": 999, "load": 300}, "x": {"sets": 1}})
    filled = page.get_by_role("region", name=FILLED).inner_text()
    assert "does not take its place in this week" in filled
    assert "Step-up with knee drive: left out" in filled
    assert "does not belong to this form" in filled


def test_what_is_past_its_last_day_is_gone(gym: Gym) -> None:
    page = with_kept(gym, {STEP_UP: {"sets": 1}}, until=date(2020, 1, 1))
    page.wait_for_function(f"() => !({KEPT})().length")
    expect(page.get_by_role("region", name=FILLED)).to_have_count(0)


def test_what_somebody_else_did_on_the_same_phone_is_not_mixed_in(gym: Gym) -> None:
    page = with_kept(gym, {STEP_UP: {"sets": 1}}, key=followed_key("somebody-else", MONDAY))
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("region", name=FILLED)).to_have_count(0)
    assert len(page.evaluate(KEPT)) == 1


def test_pain_told_since_changes_the_page_and_what_no_longer_fits_is_said(gym: Gym) -> None:
    gym.site.tell(Answers(pains=(Pain(Region.KNEE, 7), Pain(Region.HIP, 7))))
    page = with_kept(gym, {STEP_UP: {"swap": "reverse-lunge", "sets": 2, "amount": 8, "left": 5}})
    filled = page.get_by_role("region", name=FILLED).inner_text()
    assert "Not everything fits this week any more" in filled


def test_it_can_be_left_out(gym: Gym) -> None:
    page = with_kept(gym, {STEP_UP: {"sets": 1}})
    page.get_by_role("button", name="Leave it all out").click()
    page.wait_for_function(f"() => !({KEPT})().length")
    expect(page.get_by_role("region", name=FILLED)).to_have_count(0)
    expect(page.get_by_role("heading", name="How did it go?")).to_be_visible()


def let_through(page: Page, held: list[Route]) -> None:
    """Let the next request through that is held back, once it has come."""
    for _ in range(500):
        if held:
            held.pop().continue_()
            return
        page.wait_for_timeout(20)
    pytest.fail("nothing was asked for")


def test_what_is_entered_meanwhile_is_not_lost(gym: Gym) -> None:
    held: list[Route] = []
    phone = gym.phone(service_workers="block")
    phone.route("**/followed*", lambda route: held.append(route))  # noqa: PLW0108 Playwright marks the function it is given
    key = followed_key(gym.site.runner.key, MONDAY)
    kept = json.dumps({"until": FAR.isoformat(), "moves": {STEP_UP: {"sets": 1}}})
    phone.add_init_script(f"localStorage.setItem({json.dumps(f'stridewell.done.{key}.0')}, {json.dumps(kept)})")
    page = phone.new_page()
    page.goto(answer(gym))
    page.locator("label", has_text="Hard").first.click()
    let_through(page, held)
    expect(page.locator("#fill-in")).to_be_visible()
    expect(page.get_by_role("radio", name="Hard")).to_be_checked()
    page.get_by_role("button", name="Fill it in").click()
    let_through(page, held)
    expect(page.get_by_role("region", name=FILLED)).to_be_visible()


def test_when_it_cannot_be_filled_in_the_page_works_and_offers_it_again(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.route("**/followed*", lambda route: route.abort())
    page = with_a_swap(gym, phone)
    page.locator("#end").get_by_role("link", name="Easy").click()
    expect(page.locator("#fill-in")).to_be_visible()
    phone.unroute("**/followed*")
    page.get_by_role("button", name="Fill it in").click()
    expect(page.get_by_role("region", name=FILLED)).to_be_visible()
    gym.complaints[:] = [c for c in gym.complaints if "ERR_FAILED" not in c]


def test_two_tabs_of_a_session_keep_what_each_has_seen(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    one, other = gym.open("0", phone), gym.open("0", phone)
    one.get_by_role("button", name="Start", exact=True).click()
    to_set(one)
    a_set(one)
    other.get_by_role("button", name="Start here").last.click()
    while other.locator("#player").get_attribute("data-kind") not in {"reps", "hold"}:
        other.keyboard.press("ArrowRight")
    while not other.locator("#did").is_visible():
        other.clock.run_for(5_000)
        if other.get_by_role("button", name="Done").is_visible():
            other.get_by_role("button", name="Done").click()
    (kept,) = one.evaluate(KEPT)
    assert STEP_UP in kept["moves"]
    assert len(kept["moves"]) == 2


def test_a_browser_that_keeps_nothing_says_so(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page = with_a_swap(gym, phone)
    expect(page.locator("#handed-on")).to_contain_text("This browser keeps nothing")
