"""What a phone can do to a routine: refuse to stay awake, have no voice, look away, be locked, go back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.web.gym import START, Gym, browser, gym

__all__ = ["browser", "gym"]

pytestmark = pytest.mark.browser

HIDE = """(hidden) => { Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange")) }"""


def seen(page: Page) -> tuple[str, str]:
    return page.locator("#where").inner_text(), page.locator("#clock").inner_text()


@pytest.mark.parametrize(
    "without",
    [
        "navigator.wakeLock.request = () => Promise.reject(new DOMException('low battery', 'NotAllowedError'))",
        "Object.defineProperty(Navigator.prototype, 'wakeLock', { value: undefined })",
        "Object.defineProperty(window, 'AudioContext', { value: undefined })",
        "AudioContext.prototype.resume = () => Promise.reject(new Error('refused'))",
        "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }",
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })",
    ],
    ids=["lock refused", "no lock", "no sound", "sound refused", "nothing stored", "no worker"],
)
def test_a_routine_goes_on_whatever_the_phone_refuses(gym: Gym, without: str) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script(without)
    page = gym.open("stretch", phone)
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.run_for(18_000)
    assert seen(page) == ("Round 1 of 2 · Left side", "10")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(5_000)
    assert seen(page) == ("Round 1 of 2 · Left side", "5")


def test_where_nothing_can_speak_no_voice_is_offered(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    page = gym.open("stretch", phone)
    expect(page.get_by_label("Voice")).to_be_hidden()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("button", name="Voice")).to_be_hidden()
    page.clock.run_for(9_000)
    assert seen(page) == ("Round 1 of 2 · Left side", "19")


def test_a_page_that_was_hidden_shows_the_time_that_has_gone_by(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(9_000)
    page.evaluate(HIDE, True)
    page.clock.fast_forward(6_000)
    page.evaluate(HIDE, False)
    assert seen(page) == ("Round 1 of 2 · Left side", "13")


def test_a_clock_put_back_does_not_make_a_step_longer(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(9_000)
    page.clock.pause_at(START + timedelta(hours=1))
    page.clock.set_fixed_time(START - timedelta(hours=1))
    page.evaluate(HIDE, False)
    assert int(seen(page)[1]) <= 20


def test_a_phone_locked_in_a_set_keeps_its_count(gym: Gym) -> None:
    page = gym.start("0")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.evaluate(HIDE, True)
    page.clock.fast_forward(900_000)
    page.evaluate(HIDE, False)
    assert seen(page) == ("Set 1 of 2 · Left side", "14")
    page.get_by_role("button", name="Done").click()
    assert seen(page)[0] == "Set 1 of 2 · Right side"


def test_the_screen_is_asked_to_stay_on_again_when_one_comes_back(gym: Gym) -> None:
    phone = gym.phone(service_workers="block")
    phone.add_init_script("""window.locks = []; navigator.wakeLock.request = async () => {
      const lock = new EventTarget(); lock.release = async () => lock.dispatchEvent(new Event("release"));
      window.locks.push(lock); return lock }""")
    page = gym.open("stretch", phone)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_function("() => window.locks.length === 1")
    page.evaluate("window.locks[0].release()")  # as a browser does when the page is hidden
    page.evaluate(HIDE, False)
    page.wait_for_function("() => window.locks.length === 2")


def test_the_way_back_leads_out_of_the_player_and_not_off_the_page(gym: Gym) -> None:
    page = gym.start("stretch")
    page.clock.run_for(15_000)
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    assert seen(page) == ("Round 1 of 2 · Left side", "13")
    page.get_by_role("button", name="Close").click()
    page.wait_for_function("() => !history.state?.playing")
    assert page.url.endswith("/stretch")


def test_closing_leaves_no_step_behind_in_the_history(gym: Gym) -> None:
    page = gym.phone(service_workers="block").new_page()
    page.goto(gym.path())
    page.get_by_role("link", name="Stretching").click()
    for _ in range(2):
        page.locator("#go").click()
        page.get_by_role("button", name="Close").click()
        page.wait_for_function("() => !history.state?.playing")
    page.go_back()
    expect(page.get_by_role("heading", name="Follow along")).to_be_visible()


def test_focus_is_never_lost_on_the_way_through_a_session(gym: Gym) -> None:
    page = gym.start("0")
    for _ in range(80):
        where = page.evaluate("document.activeElement?.closest('#player') !== null")
        assert where, page.locator("#where").inner_text()
        if page.locator("#end").is_visible():
            break
        chosen = page.locator("#rules button:visible, #did-more:visible").first
        if chosen.count():
            chosen.focus()
            page.keyboard.press("Enter")
        page.locator("#skip").focus()
        page.keyboard.press("Enter")
    expect(page.locator("#end-title")).to_be_focused()


def test_what_was_stored_of_another_plan_or_was_spoilt_begins_anew(gym: Gym) -> None:
    for kept in ('{"of": "x", "step": 5}', "[]", "not json", '{"step": -3}'):
        phone = gym.phone(service_workers="block")
        page = gym.open("stretch", phone)
        page.evaluate("kept => sessionStorage.setItem(`player:${location.pathname}`, kept)", kept)
        page.evaluate("addEventListener('pagehide', event => event.stopImmediatePropagation(), true)")
        page.reload()
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        phone.close()
