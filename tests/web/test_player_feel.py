"""Sets that end by feel: the player says so, counts what was done, and keeps it for the answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from coach.week import DoseMode
from tests.web.gym import Gym, a_planned_week, browser, gym

__all__ = ["browser", "gym"]

pytestmark = pytest.mark.browser

KEPT = """() => Object.entries(localStorage).filter(([name]) => name.startsWith("stridewell.done."))
  .map(([, kept]) => JSON.parse(kept))"""
STEP_UP, LUNGE = "step-up-with-knee-drive", "reverse-lunge"
FIRST, *REST = a_planned_week().sessions[0].exercises
HOLD = next(p for p in REST if p.mode is DoseMode.HOLD)
FEEL = f"You may go on to {FIRST.up_to} while more than {FIRST.target_rir} are left. Stop when 1 is."


def kept(page: Page) -> dict[str, Any]:
    """What the device keeps of the session, by exercise."""
    found = page.evaluate(KEPT)
    moves: dict[str, Any] = found[0]["moves"] if found else {}
    return moves


def to_set(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")


def a_set(page: Page, more: int = 0) -> None:
    """Both sides of a set, with so many repetitions more than planned."""
    page.get_by_role("button", name="Done").wait_for()
    for _ in range(more):
        page.get_by_role("button", name="One more").click()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Done").click()


def to_hold(page: Page) -> None:
    """To the first hold of the session."""
    for _ in range(60):
        if page.locator("#player").get_attribute("data-kind") == "hold":
            return
        page.keyboard.press("ArrowRight")
    pytest.fail("no hold in the session")


def test_a_set_says_how_far_it_goes_on_and_when_it_ends(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    expect(page.locator("#feel")).to_have_text(FEEL)
    told = page.locator("#announce").inner_text()
    assert told.startswith(f"Left side. 12 reps. {FEEL} Finish tall")


def test_the_rule_is_spoken_where_the_runner_wants_to_hear_it(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script("""window.said = []; speechSynthesis.speak = (words) => window.said.push(words.text);""")
    page = gym.open("0", phone)
    page.get_by_label("Voice").check()
    page.get_by_role("button", name="Start", exact=True).click()
    to_set(page)
    page.get_by_role("button", name="Done").click()
    first, second = page.evaluate("window.said.slice(-2)")
    assert FEEL in first
    assert second == f"Right side. 12 reps. You may go on to {FIRST.up_to}"


def test_repetitions_are_counted_up_with_one_thumb_and_no_further_than_the_plan_lets_them(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    clock = page.locator("#clock")
    page.locator("#dial").click()
    expect(clock).to_have_text("13")
    page.get_by_role("button", name="One more").click()
    expect(clock).to_have_text("14")
    expect(page.locator("#announce")).to_have_text("14 reps")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="One fewer").click()
    expect(clock).to_have_text("13")
    for _ in range(20):
        page.keyboard.press("ArrowUp")
    expect(clock).to_have_text(str(FIRST.up_to))
    expect(page.locator("#announce")).to_have_text(f"{FIRST.up_to} reps. That is the most: stop.")
    expect(page.get_by_role("button", name="One more")).to_be_disabled()


def test_the_second_side_starts_with_what_the_first_has_done_and_a_set_counts_as_the_weaker(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#clock")).to_have_text("15")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#did-amount")).to_have_text("14 reps")
    assert kept(page) == {STEP_UP: {"swap": "", "sets": 1, "amount": 14}}


def test_what_a_set_came_to_can_be_put_right_in_the_rest(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    a_set(page)
    did = page.get_by_role("group", name="You did")
    did.get_by_role("button", name="Less").click()
    did.get_by_role("button", name="Less").click()
    expect(page.locator("#did-amount")).to_have_text("10 reps")
    expect(page.locator("#announce")).to_have_text("10 reps")
    expect(did.get_by_role("button", name="Less")).to_be_focused()
    assert kept(page)[STEP_UP]["amount"] == 10


def test_after_the_last_set_one_tap_says_how_many_were_left(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    a_set(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="How many more could you have done?")).to_have_count(0)
    a_set(page)
    left = page.get_by_role("group", name="How many more could you have done?")
    left.get_by_role("button", name="3").click()
    expect(left.get_by_role("button", name="3")).to_have_attribute("aria-pressed", "true")
    expect(left.get_by_role("button", name="3")).to_be_focused()
    assert kept(page)[STEP_UP] == {"swap": "", "sets": 2, "amount": 12, "left": 3}


def test_a_set_skipped_is_not_done_and_neither_is_one_side_of_it(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Skip").click()
    assert kept(page) == {}
    page.keyboard.press("ArrowRight")
    a_set(page, more=1)
    assert kept(page)[STEP_UP] == {"swap": "", "sets": 1, "amount": 13}


def test_an_exercise_passed_by_was_left_out_and_one_not_come_to_is_not_spoken_of(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    a_set(page)
    first = kept(page)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        while page.locator("#where").inner_text() != "Get ready":
            page.keyboard.press("ArrowRight")
    assert list(kept(page).values()) == [first[STEP_UP], {"sets": 0}]


def test_leafing_through_a_session_says_nothing_of_it(gym: Gym) -> None:
    page = gym.start("0")
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#end-title")).to_be_focused()
    assert kept(page) == {}
    expect(page.locator("#handed-on")).to_be_hidden()


def test_a_step_up_and_a_swap_are_kept_with_what_was_done(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    a_set(page)
    page.get_by_role("button", name="5 or more left").click()
    page.keyboard.press("ArrowRight")
    a_set(page)
    assert kept(page)[STEP_UP] == {"swap": "", "sets": 2, "amount": 12, "switch": "harder"}
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Swap").click()
    page.get_by_role("button", name="Reverse lunge").click()
    page.keyboard.press("ArrowRight")
    a_set(page)
    assert kept(page)[STEP_UP] == {"swap": LUNGE, "sets": 1, "amount": 8}


def test_a_hold_goes_on_by_feel_and_counts_when_the_runner_says_so(gym: Gym) -> None:
    page = gym.start("0")
    to_hold(page)
    expect(page.locator("#feel")).to_have_text(
        f"You may go on to {HOLD.up_to} s while steady. Stop before the position slips."
    )
    page.clock.run_for(HOLD.dose.amount * 1000 + 100)
    expect(page.locator("#where")).to_have_text(re.compile("^Still good\\?"))
    expect(page.locator("#announce")).to_have_text(
        f"{HOLD.dose.amount}. Still steady at {HOLD.dose.amount} s? Go on, to {HOLD.up_to} s at most."
    )
    page.clock.run_for(12_500)
    expect(page.locator("#clock")).to_have_text(str(HOLD.dose.amount + 12))
    page.get_by_role("button", name="Done").click()
    while not page.locator("#did").is_visible():
        page.clock.run_for(5_000)
    # Nobody ended the other side, where there is one: then it counts as planned, and the set as its weaker side.
    told = HOLD.dose.amount if HOLD.per_side else HOLD.dose.amount + 10
    expect(page.locator("#did-amount")).to_have_text(f"{told} s")


def test_a_hold_that_nobody_ends_counts_as_planned(gym: Gym) -> None:
    page = gym.start("0")
    to_hold(page)
    while not page.locator("#did").is_visible():
        page.clock.run_for(5_000)
    expect(page.locator("#did-amount")).to_have_text(f"{HOLD.dose.amount} s")
    page.get_by_role("group", name="You did").get_by_role("button", name="More").click()
    expect(page.locator("#did-amount")).to_have_text(f"{HOLD.dose.amount + 5} s")


def test_a_hold_cut_short_counts_as_far_as_it_went(gym: Gym) -> None:
    page = gym.start("0")
    to_hold(page)
    page.clock.run_for(9_000)
    page.get_by_role("button", name="Skip").click()
    page.clock.run_for(8_000)
    while not page.locator("#did").is_visible():
        page.clock.run_for(5_000)
    expect(page.locator("#did-amount")).to_have_text("9 s")
