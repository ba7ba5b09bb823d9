"""Signing in with a link, and everything a runner can look after: profile, pause, weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from coach.profile import Equipment, Gear, Profile, Screen, SelfTests
from coach.week import Week
from models import choices, pauses, plans, returns, subscribers, suppressions
from models.choices import Choice
from models.people import NewSubscriber, Status, Subscriber
from models.slots import Slot
from models.tables import OutboxRow
from tests.builders import MONDAY, a_session, a_week
from tests.web.account.people import Phone
from tests.web.reading import form_of
from web.account.session import COOKIE

SIGN_IN_PAGE = "There is no password"


def me(phone: Phone) -> Subscriber:
    with phone.website.deps.sessionmaker() as session:
        found = subscribers.find(session, "ada@example.org")
    assert found is not None
    return found


def profile(phone: Phone) -> Profile:
    with phone.website.deps.sessionmaker() as session:
        found = subscribers.profile_of(session, me(phone).id)
    assert found is not None
    return found


def later(phone: Phone, **by: float) -> None:
    phone.website.hands["now"] += timedelta(**by)


def ask_for_a_link(phone: Phone) -> str:
    phone.open("/sign-in")
    phone.press(email="ada@example.org")
    return phone.link("/sign-in/")


def test_a_link_from_the_inbox_opens_the_account_once(phone: Phone) -> None:
    phone.join()
    phone.website.jar.clear()
    assert SIGN_IN_PAGE in phone.open("/account").text
    link = ask_for_a_link(phone)
    phone.open(link)
    assert COOKIE not in phone.website.jar, "looking signs nobody in"
    assert "Hello, <bdi>Ada</bdi>" in phone.press().text
    phone.website.jar.clear()
    assert "has done its work" in phone.send(link).text
    assert SIGN_IN_PAGE in phone.open("/account").text


def test_a_link_is_good_for_half_an_hour(phone: Phone) -> None:
    phone.join()
    phone.website.jar.clear()
    link = ask_for_a_link(phone)
    later(phone, minutes=31)
    assert phone.open(link).status_code == phone.send(link).status_code == 410
    assert COOKIE not in phone.website.jar


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_connections(phone: Phone) -> None:
    phone.sign_up()
    answer = phone.website.post(phone.link("/confirm/"))
    cookie = answer.headers["set-cookie"]
    for guard in ("HttpOnly", "SameSite=lax", "Secure", "Path=/", "Max-Age=2592000"):
        assert guard in cookie
    assert "ada" not in cookie.lower()


def test_signed_in_ends_after_a_month(phone: Phone) -> None:
    phone.join()
    later(phone, days=30, minutes=-1)
    assert "Hello" in phone.open("/account").text
    later(phone, minutes=2)
    assert SIGN_IN_PAGE in phone.open("/account").text


def test_signing_out_ends_it_on_every_device(phone: Phone) -> None:
    phone.join()
    other_device = dict(phone.website.jar)
    later(phone, minutes=1)
    phone.open("/account")
    phone.press(at=-1)
    assert COOKIE not in phone.website.jar
    phone.website.jar.update(other_device)
    assert SIGN_IN_PAGE in phone.open("/account").text


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "é", "x" * 5000])
def test_a_forged_cookie_opens_nothing(phone: Phone, cookie: str) -> None:
    answer = phone.website.ask("GET", "/account", headers={"cookie": f"{COOKIE}={cookie}".encode()})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_a_ticket_of_another_purpose_is_no_cookie(phone: Phone) -> None:
    phone.join()
    now = phone.website.deps.clock()
    for purpose in ("sign-in", "confirm", "form"):
        ticket = phone.website.deps.tickets.issue(purpose, me(phone).key, "1", until=now + timedelta(days=1))
        phone.website.jar.clear()
        phone.website.jar.set(COOKIE, ticket)
        assert SIGN_IN_PAGE in phone.open("/account").text


@pytest.mark.parametrize(
    "path",
    [
        "/account/profile",
        "/account/screening",
        "/account/pause",
        "/account/resume",
        "/account/address",
        "/account/erase",
        "/sign-out",
    ],
)
def test_a_form_that_is_not_from_our_own_page_does_nothing(phone: Phone, path: str) -> None:
    phone.join()
    before = phone.website.everything()
    for word in ("", "forged", phone.website.jar[COOKIE]):
        answer = phone.send(path, [("form", word), ("sure", "yes"), ("until", "2026-12-24"), ("email", "b@x.org")])
        assert answer.status_code == 403
    assert phone.website.everything() == before


@pytest.mark.parametrize(
    "path",
    ["", "/profile", "/weeks", f"/weeks/{MONDAY}", "/export", "/address", "/erase"],
)
def test_the_account_is_closed_to_whoever_is_not_signed_in(phone: Phone, path: str) -> None:
    assert SIGN_IN_PAGE in phone.open(f"/account{path}").text
    answer = phone.website.post(f"/account{path}")
    assert answer.status_code in {303, 405}


def test_the_profile_saved_as_it_stands_is_the_same_profile(phone: Phone) -> None:
    phone.join()
    before = profile(phone)
    phone.open("/account/profile")
    assert "ada@example.org" not in phone.shown.text
    phone.press()
    assert profile(phone) == before
    assert me(phone).slot == Slot(6, 17 * 60)


def test_what_has_changed_is_a_new_version_and_the_next_plan_knows(phone: Phone) -> None:
    phone.join()
    phone.open("/account/profile")
    form = form_of(phone.shown.text)
    changed = {"minutes": "20", "name": "Ada L", "delivery_time": "07:30", "load.kettlebells": "8, 12"}
    fields = [(n, v) for n, v in form.fields if n not in {*changed, "day"}]
    phone.send("/account/profile", [*fields, *changed.items(), ("day", "5"), ("gear", "kettlebells")])
    assert "Ada L" in phone.shown.text
    now = profile(phone)
    assert (now.minutes, now.strength_days) == (20, (5,))
    assert now.equipment.grid_kg(Gear.KETTLEBELLS) == (8, 12)
    assert me(phone).slot.minute == 450
    assert len(phone.website.everything()["consents"]) == 2, "hers, and that of the runner who was there before"


def test_what_the_form_does_not_ask_stays(phone: Phone) -> None:
    phone.join()
    tests = SelfTests(on=date(2026, 11, 1), sit_to_stands=20)
    kept = replace(profile(phone), self_tests=tests, equipment=Equipment(frozenset({Gear.MAT, Gear.STEP})))
    with phone.website.deps.sessionmaker.begin() as session:
        runner = me(phone)
        text_of_consent = ("I agree.", phone.website.deps.clock())
        subscribers.change(
            session,
            runner,
            NewSubscriber(runner.email, "Ada", runner.time_zone, runner.slot, runner.units, kept, *text_of_consent),
            now=phone.website.deps.clock(),
        )
    phone.open("/account/profile")
    phone.press(minutes="45")
    assert profile(phone) == replace(kept, minutes=45)


ASKED_AGAIN = "Once a year, please look at"
SIGNED_UP_ON = date(2026, 11, 28)


def a_year_later(phone: Phone) -> None:
    """The day before the Monday from which she is asked again, and she is signed in."""
    later(phone, days=365)
    phone.open("/sign-in")
    phone.press(email="ada@example.org")
    phone.open(phone.link("/sign-in/"))
    phone.press()


def test_signing_up_answers_the_screening_questions(phone: Phone) -> None:
    phone.join()
    assert profile(phone).screened_on == SIGNED_UP_ON
    assert ASKED_AGAIN not in phone.open("/account").text
    assert (
        "You last answered these questions on <strong>28 November 2026</strong>" in phone.open("/account/profile").text
    )


def test_after_a_year_one_button_says_that_nothing_has_changed(phone: Phone) -> None:
    phone.join()
    before = profile(phone)
    a_year_later(phone)
    assert ASKED_AGAIN in phone.shown.text
    phone.open("/account/profile")
    phone.press(at=1)
    assert ASKED_AGAIN not in phone.shown.text
    assert profile(phone) == replace(before, screened_on=SIGNED_UP_ON + timedelta(days=365))
    assert "28 November 2027" in phone.open("/account/profile").text


def test_after_a_year_saving_answers_them_too(phone: Phone) -> None:
    phone.join()
    a_year_later(phone)
    phone.open("/account/profile")
    assert ASKED_AGAIN not in phone.press(("screen", "diabetes")).text
    now = profile(phone)
    assert (now.screened_on, now.screens) == (SIGNED_UP_ON + timedelta(days=365), {Screen.DIABETES})


def test_a_form_that_was_not_taken_answers_nothing(phone: Phone) -> None:
    phone.join()
    a_year_later(phone)
    phone.open("/account/profile")
    assert "28 November 2026" in phone.press(minutes="3").text
    assert profile(phone).screened_on == SIGNED_UP_ON


def test_a_runner_from_before_the_day_was_kept_is_told_so_and_not_asked(phone: Phone) -> None:
    phone.join()
    with phone.website.deps.sessionmaker.begin() as session:
        subscribers.change(session, me(phone), as_kept(phone, screened_on=None), now=phone.website.deps.clock())
    assert ASKED_AGAIN not in phone.open("/account").text
    assert "We do not know when you last answered" in phone.open("/account/profile").text


def as_kept(phone: Phone, **changes: Any) -> NewSubscriber:
    """What is kept of her, with something of her profile changed."""
    runner, now = me(phone), phone.website.deps.clock()
    kept = replace(profile(phone), **changes)
    return NewSubscriber(runner.email, runner.name, runner.time_zone, runner.slot, runner.units, kept, "I agree.", now)


def test_a_wrong_profile_is_said_beside_the_field_and_not_kept(phone: Phone) -> None:
    phone.join()
    before = profile(phone)
    phone.open("/account/profile")
    page = phone.press(minutes="3", birth_year="2015")
    assert page.status_code == 422
    assert "surely 18" in page.text
    phone.open("/account/profile")
    assert "3 is outside 10–120 minutes" in phone.press(minutes="3").text
    assert profile(phone) == before


def test_a_pause_is_kept_to_its_day_in_the_runners_own_zone_and_ends_by_itself(phone: Phone) -> None:
    phone.join(time_zone="Pacific/Auckland")
    phone.open("/account")
    assert "no mails before <strong>Thursday 24 December</strong>" in phone.press(until="2026-12-24").text
    assert me(phone).status is Status.PAUSED
    assert me(phone).paused_until == datetime(2026, 12, 23, 11, 0, tzinfo=UTC)
    with phone.website.deps.sessionmaker.begin() as session:
        pauses.wake(session, now=datetime(2026, 12, 23, 11, 0, tzinfo=UTC))
    assert me(phone).status is Status.ACTIVE


@pytest.mark.parametrize(
    ("at", "name", "choice"), [(1, "Reminders", Choice.REMINDER), (2, "Calendar file", Choice.CALENDAR)]
)
def test_what_comes_beside_the_weekly_mail_is_off_until_a_runner_asks_for_it_and_off_again_when_told_so(
    phone: Phone, at: int, name: str, choice: Choice
) -> None:
    phone.join()
    page = phone.open("/account").text
    assert "Reminders: off" in page
    assert "Calendar file: off" in page
    page = phone.press(("wanted", "yes"), at=at).text
    assert f"{name}: on" in page
    assert page.count(": off</span>") == 1
    with phone.website.deps.sessionmaker() as session:
        assert choices.of(session, me(phone).id) == {choice}
    assert f"{name}: off" in phone.press(("wanted", "no"), at=at).text
    with phone.website.deps.sessionmaker() as session:
        assert not choices.of(session, me(phone).id)


def test_a_choice_that_there_is_not_changes_nothing(phone: Phone) -> None:
    phone.join()
    phone.open("/account")
    assert phone.press(("wanted", "yes"), at=1, choice="a-pony").status_code == 200
    with phone.website.deps.sessionmaker() as session:
        assert not choices.of(session, me(phone).id)


@pytest.mark.parametrize("day", ["", "2026-11-28", "2020-01-01", "2028-11-28", "tomorrow", "2026-02-30", "9999-99-99"])
def test_a_pause_needs_a_day_to_come(phone: Phone, day: str) -> None:
    phone.join()
    phone.open("/account")
    page = phone.press(until=day)
    assert page.status_code == 422
    assert "Choose a day from tomorrow on" in page.text
    assert me(phone).status is Status.ACTIVE


def test_a_runner_starts_again_early(phone: Phone) -> None:
    phone.join()
    phone.open("/account")
    phone.press(until="2026-12-24")
    assert "Your week comes every" in phone.press().text
    assert me(phone).status is Status.ACTIVE


def test_one_who_stopped_the_mails_can_sign_in_and_start_again(phone: Phone) -> None:
    phone.join()
    phone.open("/account")
    leave = phone.shown.text.split('href="/u/')[1].split('"')[0]
    phone.open(f"/u/{leave}")
    assert "You are unsubscribed" in phone.press(("reason", "no-time")).text
    phone.website.jar.clear()
    phone.open(ask_for_a_link(phone))
    assert "You have stopped your mails" in phone.press().text
    assert "Your week comes every" in phone.press().text
    with phone.website.deps.sessionmaker() as session:
        assert not suppressions.is_suppressed(session, "ada@example.org")


def test_mails_do_not_start_again_where_they_came_back(phone: Phone) -> None:
    phone.join()
    with phone.website.deps.sessionmaker.begin() as session:
        pauses.pause(session, me(phone).id, until=phone.website.deps.clock(), now=phone.website.deps.clock())
        suppressions.suppress(session, "ada@example.org", "bounced", now=phone.website.deps.clock())
    phone.open("/account")
    assert "Change your address first" in phone.press(at=1).text
    assert me(phone).status is Status.PAUSED


def test_one_whose_mail_came_back_is_told_what_to_do(phone: Phone) -> None:
    phone.join()
    returned(phone, "soft")
    assert "Is the mailbox full?" in phone.open("/account").text
    returned(phone, "hard")
    page = phone.open("/account").text
    assert "Our mail does not reach you" in page
    assert "Your week would come every" in page
    page = phone.press().text
    assert "does not reach you" not in page
    assert "Is the mailbox full?" not in page
    assert "Your week comes every" in page


def test_one_whose_mail_comes_back_moves_by_a_yes_at_the_new_address_alone(phone: Phone) -> None:
    phone.join()
    returned(phone, "hard")
    before = len(phone.mails())
    assert "we ask at the new one only" in phone.open("/account/address").text
    page = phone.press(email="new@example.org").text
    assert "mail to it comes back" in page
    assert "in the new inbox" in phone.open("/account").text
    phone.open(phone.link("/move/new/", "new@example.org"))
    assert "new@example.org" in phone.press().text
    assert len(phone.mails()) == before
    with phone.website.deps.sessionmaker() as session:
        assert subscribers.find(session, "new@example.org") is not None


def returned(phone: Phone, kind: returns.Kind) -> None:
    """The last mail to Ada comes back."""
    with phone.website.deps.sessionmaker.begin() as session:
        newest = session.scalars(select(OutboxRow.id).order_by(OutboxRow.id.desc())).first()
        assert newest is not None
        returns.take(session, me(phone), newest, kind, fingerprint=kind, now=phone.website.deps.clock())


def test_every_week_can_be_read_again_in_the_words_of_its_mail(phone: Phone) -> None:
    phone.join()
    page = phone.open("/account/weeks").text
    assert "Week 1" in page
    address = page.split('href="/account/weeks/')[1].split('"')[0]
    page = phone.open(f"/account/weeks/{address}").text
    with phone.website.deps.sessionmaker() as session:
        week = plans.get_week(session, me(phone).id, date.fromisoformat(address))
    assert isinstance(week, Week)
    for planned in week.sessions:
        for exercise in planned.exercises:
            known = phone.website.deps.catalogue.by_slug[exercise.exercise]
            assert known.name in page
    assert "Your answers of this week" in page
    later(phone, days=60)
    phone.open(ask_for_a_link(phone))
    phone.press()
    assert "Your answers of this week" not in phone.open(f"/account/weeks/{address}").text


def test_a_week_with_what_has_left_the_catalogue_is_told_in_short(phone: Phone) -> None:
    phone.join()
    old = a_week(week_of=MONDAY - timedelta(days=28), sessions=(a_session(),))
    with phone.website.deps.sessionmaker.begin() as session:
        plans.save_weeks(session, [plans.Planned(me(phone).id, old)], now=phone.website.deps.clock())
    page = phone.open(f"/account/weeks/{old.week_of}").text
    assert "This week in short" in page
    assert "Split squat" in page
    assert "3 × 10 · 12 kg dumbbells" in page


@pytest.mark.parametrize("monday", ["2026-11-24", "2020-01-06", "yesterday", "2026-W48-1", "%00"])
def test_a_week_there_never_was_is_said_so(phone: Phone, monday: str) -> None:
    phone.join()
    page = phone.open(f"/account/weeks/{monday}")
    assert page.status_code == 404


def test_another_runners_week_is_not_shown(phone: Phone) -> None:
    phone.join()
    assert phone.open(f"/account/weeks/{MONDAY}").status_code == 404


def test_what_is_kept_is_never_markup(phone: Phone) -> None:
    phone.join(name="<b>Ada</b> & co")
    for path in ("/account", "/account/profile"):
        page = phone.open(path).text
        assert "<b>Ada" not in page
        assert "&lt;b&gt;Ada&lt;/b&gt; &amp; co" in page


def test_a_failure_in_the_middle_stores_nothing(phone: Phone) -> None:
    phone.join()
    with phone.website.engine.begin() as connection:
        connection.execute(text("DROP TABLE tallies"))
    phone.website.jar.clear()
    assert phone.send("/sign-in", [("email", "ada@example.org")]).status_code == 500
