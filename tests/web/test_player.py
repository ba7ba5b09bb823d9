"""Runners follow their routines along in a real browser, by a clock whose hands the test sets."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.builders import MONDAY
from tests.web.gym import Gym, a_planned_week, browser, gym
from tests.web.test_browser import DESK, SIDEWAYS, SMALL

__all__ = ["browser", "gym"]

pytestmark = pytest.mark.browser


def seen(page: Page) -> tuple[str, str, str]:
    """What stands large: where in the routine, its name, the number."""
    where, name, clock = (page.locator(x).inner_text() for x in ("#where", "#name", "#clock"))
    return where, name, clock


def to_set(page: Page) -> None:
    """From the start of a session to its first set."""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")


def test_a_hold_lasts_its_seconds_and_the_other_side_follows(gym: Gym) -> None:
    page = gym.start("stretch")
    assert seen(page) == ("Get ready · Left side", "Bent-knee wall calf stretch", "8")
    page.clock.run_for(8_000)
    assert seen(page) == ("Round 1 of 2 · Left side", "Bent-knee wall calf stretch", "20")
    page.clock.run_for(10_000)
    assert seen(page)[2] == "10"
    assert page.locator("#ring").evaluate("e => e.style.strokeDashoffset") == "50"
    expect(page.locator("#next")).to_have_text("Next: switch to the right side")
    page.clock.run_for(10_000)
    assert seen(page) == ("Round 1 of 2", "Right side", "8")
    page.clock.run_for(8_000)
    assert seen(page) == ("Round 1 of 2 · Right side", "Bent-knee wall calf stretch", "20")


def test_the_stretching_goes_by_itself_and_takes_the_minutes_of_the_mail(gym: Gym) -> None:
    page = gym.start("stretch")
    expect(page.locator("#total")).to_have_text("15 min left")
    page.clock.run_for(890_000)
    expect(page.locator("#total")).to_have_text("6 s left")
    expect(page.locator("#end")).to_be_hidden()
    page.clock.run_for(6_200)
    expect(page.get_by_role("heading", name="Done", exact=True)).to_be_visible()
    expect(page.locator("#end")).to_contain_text("Stretching, 15 minutes from start to end.")


def test_a_set_of_repetitions_waits_for_the_runner_and_the_rest_for_nobody(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    assert seen(page) == ("Set 1 of 2 · Left side", "Step-up with knee drive", "12")
    page.clock.run_for(600_000)
    assert seen(page) == ("Set 1 of 2 · Left side", "Step-up with knee drive", "12")
    page.get_by_role("button", name="Done").click()
    assert seen(page)[0] == "Set 1 of 2 · Right side"
    page.get_by_role("button", name="Done").click()
    assert seen(page) == ("Set 1 of 2 done", "Rest", "1:15")
    expect(page.locator("#what")).to_have_text("Then Step-up with knee drive, left side: 12 reps · bodyweight")
    page.clock.run_for(75_000)
    assert seen(page)[0] == "Set 2 of 2 · Left side"


def test_the_metronome_counts_the_repetitions_in_their_tempo(gym: Gym) -> None:
    page = gym.open("0")
    page.get_by_label("Metronome for the tempo").check()
    page.get_by_role("button", name="Start", exact=True).click()
    to_set(page)
    beats = []
    for _ in range(9):
        beats.append((page.locator("#clock").inner_text(), page.locator("#beat").inner_text()))
        page.clock.run_for(1_000)
    assert beats[:3] == [("3", "ready"), ("2", "ready"), ("1", "ready")]
    assert beats[3:] == [("1", "down"), ("1", "down"), ("1", "still"), ("1", "up"), ("2", "down"), ("2", "down")]
    page.clock.run_for(42_000)
    assert seen(page) == ("Still good? · Left side", "Step-up with knee drive", "13"), "on by feel, to the beat"
    page.get_by_role("button", name="Done").click()
    assert seen(page)[0] == "Set 1 of 2 · Right side"
    expect(page.locator("#beat")).to_have_text("ready")


def test_pausing_stops_the_clock_and_going_on_goes_on(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(12_000)
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(300_000)
    assert seen(page) == ("Paused · Round 1 of 2 · Left side", "Bent-knee wall calf stretch", "16")
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(6_000)
    assert seen(page) == ("Round 1 of 2 · Left side", "Bent-knee wall calf stretch", "10")


def test_a_phone_that_slept_a_moment_has_lost_no_second(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(8_000)
    page.clock.fast_forward(13_000)
    assert seen(page)[2] == "7"


def test_a_phone_that_slept_long_waits_at_the_next_step(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(9_000)
    page.clock.fast_forward(600_000)
    assert seen(page) == ("Paused · Round 1 of 2", "Right side", "8")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()


def test_a_reload_comes_back_to_the_very_second(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(15_000)
    page.reload()
    assert seen(page) == ("Paused · Round 1 of 2 · Left side", "Bent-knee wall calf stretch", "13")
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(13_000)
    assert seen(page)[1] == "Right side"


def test_what_was_closed_can_be_taken_up_again(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(15_000)
    page.get_by_role("button", name="Close").click()
    page.clock.run_for(60_000)
    page.get_by_role("button", name="Go on").click()
    assert seen(page) == ("Round 1 of 2 · Left side", "Bent-knee wall calf stretch", "13")


def test_everything_works_by_keyboard(gym: Gym) -> None:
    page = gym.open("stretch", viewport=DESK)
    page.get_by_role("button", name="Start", exact=True).focus()
    page.keyboard.press("Enter")
    page.clock.run_for(10_000)
    page.keyboard.press("Space")
    assert seen(page)[0].startswith("Paused")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert seen(page)[1] == "Right side"
    page.keyboard.press("ArrowLeft")
    assert seen(page)[0] == "Round 1 of 2 · Left side"
    page.clock.run_for(5_000)
    page.keyboard.press("ArrowLeft")
    assert seen(page)[2] == "20", "back begins an older step anew"
    page.get_by_role("button", name="Skip").focus()
    page.keyboard.press("Space")
    assert seen(page)[1] == "Right side", "a button under the finger does what it says"
    outline = page.locator("#skip").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_one_can_start_in_the_middle(gym: Gym) -> None:
    page = gym.open("stretch")
    page.get_by_role("button", name="Start here").first.click()
    assert seen(page) == ("Get ready · Left side", "Heel drop calf stretch", "8")


def test_what_is_not_possible_today_is_swapped_and_stays_so(gym: Gym) -> None:
    page = gym.start("0")
    page.keyboard.press("ArrowRight")
    planned = int(page.locator("#total").inner_text().removesuffix(" min left"))
    page.get_by_role("button", name="Swap").click()
    assert seen(page)[0].startswith("Paused")
    page.get_by_role("button", name="Reverse lunge").click()
    assert seen(page) == ("Get ready", "Reverse lunge", "30")
    assert int(page.locator("#total").inner_text().removesuffix(" min left")) < planned
    page.reload()
    assert seen(page)[1] == "Reverse lunge"
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#end")).to_contain_text("You did Reverse lunge in place of Step-up with knee drive.")


def test_a_set_that_was_far_too_light_changes_the_next(gym: Gym) -> None:
    page = gym.start("0")
    to_set(page)
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Done").click()
    rule = page.get_by_role("button", name="5 or more left")
    rule.click()
    expect(rule).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#what")).to_have_text(re.compile("12 reps · 4 kg dumbbells$"))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#what")).to_have_text(re.compile("^4 kg dumbbells"))
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="or form gone?").click()
    page.keyboard.press("ArrowRight")
    assert seen(page)[2] == "8"
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="or form gone?").click()
    expect(page.locator("#what")).to_have_text(re.compile("12 reps · bodyweight$"))


def test_the_end_leads_to_the_answer_and_nothing_is_stored_until_it_is_saved(gym: Gym) -> None:
    before = gym.site.everything()
    page = gym.start("0")
    for _ in range(100):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#end-title")).to_be_focused()
    assert gym.site.everything() == before
    page.locator("#end").get_by_role("link", name="About right").click()
    expect(page.get_by_role("radio", name="About right")).to_be_checked()
    assert gym.site.everything() == before
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Thank you, saved").wait_for()
    assert gym.site.answers_stored() == 1


def test_each_step_is_announced_once_and_no_second_is(gym: Gym) -> None:
    page = gym.open("stretch")
    page.evaluate("""() => { window.told = [];
      new MutationObserver(() => window.told.push(document.getElementById("announce").textContent))
        .observe(document.getElementById("announce"), { childList: true }) }""")
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.run_for(56_000)
    told = page.evaluate("window.told")
    assert told == [
        "Next, Bent-knee wall calf stretch. Left side",
        "Left side. 20 seconds. Bend the back knee; keep its heel down.",
        "Switch. Right side.",
        "Right side. 20 seconds",
        "Switch. Left side.",
    ]
    live = page.evaluate("[...document.querySelectorAll('[aria-live], [role=status], [role=timer]')].map(e => e.id)")
    assert set(live) == {"announce", "kept", "end-status"}


def test_cues_are_spoken_when_asked_and_that_is_remembered(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script("""window.said = []; const speak = speechSynthesis.speak.bind(speechSynthesis);
      speechSynthesis.speak = (words) => { window.said.push(words.text); speak(words); }""")
    page = gym.open("stretch", phone)
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.run_for(9_000)
    assert page.evaluate("window.said") == []
    page.get_by_role("button", name="Voice").click()
    page.clock.run_for(20_000)
    assert page.evaluate("window.said") == ["Voice on", "Switch. Right side."]
    page = gym.open("0", phone)
    expect(page.get_by_label("Voice")).to_be_checked()


def test_the_last_three_seconds_are_heard_unless_one_wants_quiet(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script("""window.tones = []; const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (at) { window.tones.push(this.frequency.value); start.call(this, at); }""")
    page = gym.open("stretch", phone)
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.run_for(4_900)
    assert page.evaluate("window.tones") == []
    page.clock.run_for(3_200)
    assert page.evaluate("window.tones") == [660, 660, 660, 990]
    page.get_by_role("button", name="Beeps").click()
    page.clock.run_for(20_000)
    assert len(page.evaluate("window.tones")) == 4


def test_the_screen_is_asked_to_stay_on_while_one_follows(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script("""window.locks = []; const ask = WakeLock.prototype.request;
      WakeLock.prototype.request = function (kind) { window.locks.push(kind); return ask.call(this, kind); }""")
    page = gym.open("stretch", phone)
    assert page.evaluate("window.locks") == []
    page.get_by_role("button", name="Start", exact=True).click()
    assert page.evaluate("window.locks") == ["screen"]


def with_a_goblet_squat(gym: Gym) -> date:
    """Plans a later week that begins with an exercise there is a drawing of; its Monday."""
    monday = MONDAY + timedelta(days=7)
    week = a_planned_week(monday)
    session = week.sessions[0]
    first = replace(session.exercises[0], exercise="goblet-squat", per_side=False)
    gym.site.plan(replace(week, sessions=(replace(session, exercises=(first, *session.exercises[1:])),)))
    return monday


def test_an_exercise_moves_unless_the_runner_wants_no_movement(gym: Gym) -> None:
    monday = with_a_goblet_squat(gym)
    for motion, address in (("no-preference", "/p/goblet-squat.svg?"), ("reduce", "/p/goblet-squat.still.svg?")):
        page = gym.phone(service_workers="block", reduced_motion=motion).new_page()
        page.goto(gym.path("0", monday=monday))
        assert page.locator(".move img").first.evaluate("e => e.src").find("/p/goblet-squat.still.svg?") > 0
        page.get_by_role("button", name="Start", exact=True).click()
        page.keyboard.press("ArrowRight")
        assert page.locator("#picture").evaluate("async e => { await e.decode(); return e.src }").find(address) > 0
        moves = page.locator("#ring").evaluate("e => getComputedStyle(e).transitionDuration")
        assert moves == ("0s" if motion == "reduce" else "0.2s")


def test_a_picture_that_cannot_be_had_gives_way_to_the_still_one(gym: Gym) -> None:
    monday = with_a_goblet_squat(gym)
    page = gym.phone(service_workers="block").new_page()
    page.route("**/p/goblet-squat.svg?*", lambda route: route.abort())
    page.goto(gym.path("0", monday=monday))
    page.get_by_role("button", name="Start", exact=True).click()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#picture")).to_have_attribute("src", re.compile(r"^/p/goblet-squat\.still\.svg"))


@pytest.mark.parametrize(
    ("key", "size", "least"),
    [
        ("0", {"width": 390, "height": 760}, 0.2),
        ("stretch", {"width": 375, "height": 667}, 0.2),
        ("stretch", {"width": 390, "height": 844}, 0.25),
    ],
)
def test_on_a_phone_the_picture_takes_the_room_that_the_words_leave(
    gym: Gym, key: str, size: dict[str, int], least: float
) -> None:
    """least: of the height of the screen. With nothing to scroll to."""
    page = gym.start(key, viewport=size)
    for _ in range(2 if key == "0" else 1):  # the warm-up, and what gets one ready
        page.keyboard.press("ArrowRight")
    expect(page.locator("#player")).to_have_attribute("data-kind", re.compile("reps|hold"))
    page.locator("#picture").evaluate("e => e.decode()")
    box = page.locator("#picture").bounding_box()
    assert box is not None
    assert box["height"] >= least * size["height"]
    assert page.locator("#player").evaluate("e => e.scrollHeight - e.clientHeight") == 0


def test_without_javascript_the_routine_is_whole_and_nothing_is_promised(gym: Gym) -> None:
    page = gym.phone(java_script_enabled=False).new_page()
    page.goto(gym.path("0"))
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("heading", name="Step-up with knee drive")).to_be_visible()
    expect(page.get_by_role("link", name="About right")).to_be_visible()
    page.get_by_text("How, and when to stop, or what else").first.click()
    expect(page.get_by_text("Reverse lunge, 2 × 8 each side, bodyweight.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "size",
    [{"width": 320, "height": 568}, {"width": 375, "height": 812}, {"width": 812, "height": 375}, DESK],
    ids=["small", "phone", "on its side", "desk"],
)
def test_every_screen_fits_and_every_target_is_as_wide_as_a_thumb(gym: Gym, size: dict[str, int], scheme: str) -> None:
    page = gym.open("0", viewport=size, color_scheme=scheme)
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="Start", exact=True).click()
    for _ in range(9):
        assert page.evaluate("() => document.getElementById('player').scrollWidth <= innerWidth")
        assert page.evaluate(SMALL) == []
        box = page.locator("#main-button").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size["height"]
        page.keyboard.press("ArrowRight")
