"""Whenever a runner tells that something hurts, or hurts no more, the next week knows: before it is planned, in the outbox, in a break, after leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app import delivery, feedback, joining, weekly, wiring
from app.settings import Settings
from app.wiring import House
from coach.profile import Region
from coach.week import Week
from models import plans, subscribers, training
from models.people import Subscriber
from tests.app.conftest import KEY
from tests.builders import take_letters
from tests.web.account.people import Phone, text_of

FIRST = date(2026, 11, 30)
"""The Monday of Ada's first week: she signs up on the Saturday before it."""


@dataclass(frozen=True)
class Life:
    """Ada, her phone, and what the flows do while time passes."""

    phone: Phone
    house: House

    @property
    def me(self) -> Subscriber:
        with self.house.sessions() as session:
            runner = subscribers.find(session, "ada@example.org")
        assert runner is not None
        return runner

    def on(self, day: date, hour: float) -> None:
        """It is so many hours after midnight of a day, in UTC."""
        self.phone.website.hands["now"] = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)

    def hourly(self) -> None:
        """As the flow `weekly` does it."""
        now = self.house.clock()
        joining.tidy(self.house, now=now)
        for monday, ids in weekly.due(self.house, now).by_week.items():
            weekly.plan(self.house, ids, monday, now=now)

    def deliver(self) -> None:
        with wiring.transport(self.house) as way:
            delivery.deliver_all(self.house, way, worker="w")

    def listen(self) -> None:
        feedback.log_all(self.house, now=self.house.clock())
        self.deliver()

    def answer(self, *said: tuple[str, str]) -> None:
        """By the link of the newest weekly mail."""
        self.phone.send(self.phone.link("/a/").partition("?")[0], list(said))

    def change(self, **changes: str) -> str:
        self.phone.open("/account/profile")
        return self.phone.press(**{name.replace("__", "."): value for name, value in changes.items()}).text

    def pause(self, until: date) -> None:
        self.phone.open("/account")
        assert "no mails before" in self.phone.press(until=until.isoformat()).text

    def leave(self) -> None:
        self.phone.open("/account")
        token = self.phone.shown.text.split('href="/u/')[1].split('"')[0]
        self.phone.open(f"/u/{token}")
        self.phone.press()

    def start_again(self) -> None:
        self.phone.open("/account")
        assert "Your week comes every" in self.phone.press().text

    def week(self, monday: date) -> Week | None:
        with self.house.sessions() as session:
            return plans.get_week(session, self.me.id, monday)

    def pain(self, region: Region = Region.KNEE) -> int:
        """The level that the next plan will go by."""
        self.listen()
        with self.house.sessions() as session:
            (loaded,) = training.load(session, [self.me.id])
        assert loaded.progress is not None
        return {r.region: r.pain for r in loaded.progress.regions}[region]

    def newest_mail(self) -> str:
        """What the newest weekly mail says."""
        return text_of([m for m in self.phone.mails() if "weekly:" in str(m["Feedback-ID"])][-1])


@pytest.fixture
def ada(phone: Phone, tmp_path: Path) -> Life:
    """It is Saturday of her first week: she did it, and her knee was at 2 of 10, so the coach knows of it and holds nothing."""
    phone.join()
    website = phone.website
    settings = Settings(home=tmp_path, secret_key=(KEY,), public_url=website.deps.public_url)
    life = Life(phone, House(settings, website.engine, website.deps.sessionmaker, website.deps.clock))
    life.deliver()
    life.on(FIRST + timedelta(days=5), 9)
    life.answer(("s0.effort", "right"), ("pain.knee.level", "2"))
    life.listen()
    return life


SUNDAY = FIRST + timedelta(days=6)
SECOND = FIRST + timedelta(days=7)
HURTS = {"injury__knee": "6"}


def before_the_week_is_planned(ada: Life) -> date:
    ada.change(**HURTS)
    ada.on(SUNDAY, 16.5)
    ada.hourly()
    ada.deliver()
    return SECOND


def between_planning_and_posting(ada: Life) -> date:
    ada.on(SUNDAY, 16.5)
    ada.hourly()
    ada.change(**HURTS)
    ada.deliver()
    return SECOND


def during_a_break(ada: Life) -> date:
    ada.pause(SUNDAY + timedelta(days=21))
    ada.on(SUNDAY + timedelta(days=10), 9)
    ada.hourly()
    ada.change(**HURTS)
    ada.on(SUNDAY + timedelta(days=21), 16.5)
    ada.hourly()
    ada.deliver()
    return SECOND + timedelta(days=21)


def on_the_day_a_break_ends_before_the_week_is_planned(ada: Life) -> date:
    ada.pause(SUNDAY + timedelta(days=14))
    ada.on(SUNDAY + timedelta(days=14), 10)
    ada.hourly()
    ada.change(**HURTS)
    ada.on(SUNDAY + timedelta(days=14), 16.5)
    ada.hourly()
    ada.deliver()
    return SECOND + timedelta(days=14)


def on_the_day_a_break_ends_once_the_week_is_planned(ada: Life) -> date:
    ada.pause(SUNDAY + timedelta(days=14))
    ada.on(SUNDAY + timedelta(days=14), 16.5)
    ada.hourly()
    ada.change(**HURTS)
    ada.deliver()
    return SECOND + timedelta(days=14)


def in_a_break_begun_between_planning_and_posting(ada: Life) -> date:
    ada.on(SUNDAY, 16.5)
    ada.hourly()
    ada.pause(SUNDAY + timedelta(days=7))
    ada.change(**HURTS)
    ada.deliver()
    assert ada.week(SECOND) is None
    ada.on(SUNDAY + timedelta(days=7), 16.5)
    ada.hourly()
    ada.deliver()
    return SECOND + timedelta(days=7)


def having_left_and_come_back(ada: Life) -> date:
    ada.leave()
    ada.on(SUNDAY + timedelta(days=10), 9)
    ada.change(**HURTS)
    ada.start_again()
    ada.on(SUNDAY + timedelta(days=14), 16.5)
    ada.hourly()
    ada.deliver()
    return SECOND + timedelta(days=14)


@pytest.mark.parametrize(
    "told",
    [
        before_the_week_is_planned,
        between_planning_and_posting,
        during_a_break,
        on_the_day_a_break_ends_before_the_week_is_planned,
        on_the_day_a_break_ends_once_the_week_is_planned,
        in_a_break_begun_between_planning_and_posting,
        having_left_and_come_back,
    ],
)
def test_a_knee_that_hurts_is_spared_by_the_next_week_mailed(ada: Life, told: Callable[[Life], date]) -> None:
    monday = told(ada)
    week = ada.week(monday)
    assert week is not None
    assert Region.KNEE in week.paused_regions
    mail = ada.newest_mail()
    assert "6/10" in mail


def test_what_is_told_once_a_worker_has_the_mail_comes_in_one_of_its_own(ada: Life) -> None:
    ada.on(SUNDAY, 16.5)
    ada.hourly()
    with ada.house.sessions.begin() as session:
        (held,) = take_letters(session, worker="w", limit=9, lease_s=300, now=ada.house.clock())
    assert "has changed with it" in ada.change(**HURTS)
    ada.listen()
    assert "6/10" in text_of(ada.phone.mails()[-1])
    assert held.kind == "weekly"


def test_what_is_told_after_posting_comes_in_a_mail_of_its_own_and_counts_for_the_week_after(ada: Life) -> None:
    ada.on(SUNDAY, 16.5)
    ada.hourly()
    ada.deliver()
    ada.change(**HURTS)
    ada.listen()
    assert "6/10" in text_of(ada.phone.mails()[-1])
    ada.on(SUNDAY + timedelta(days=7), 16.5)
    ada.hourly()
    week = ada.week(SECOND + timedelta(days=7))
    assert week is not None
    assert Region.KNEE in week.paused_regions


@pytest.mark.parametrize("level", ["2", "past", ""])
def test_a_knee_that_hurts_less_or_no_more_holds_the_next_plan_no_longer(ada: Life, level: str) -> None:
    ada.change(**HURTS)
    ada.listen()
    ada.change(injury__knee=level)
    ada.on(SUNDAY, 16.5)
    ada.hourly()
    week = ada.week(SECOND)
    assert week is not None
    assert week.paused_regions == ()


def test_what_the_account_said_long_ago_does_not_hide_that_it_hurts_again(ada: Life) -> None:
    ada.change(**HURTS)
    ada.answer(("pain.knee.level", "0"))
    ada.change(injury__knee="5")
    assert ada.pain() == 5


def test_a_change_long_after_the_last_week_does_not_speak_of_what_is_still_to_come(ada: Life) -> None:
    ada.pause(SUNDAY + timedelta(days=21))
    ada.on(SUNDAY + timedelta(days=10), 9)
    assert "counts from your next plan on" in ada.change(**HURTS)


@pytest.mark.parametrize("away", [lambda ada: ada.pause(SECOND + timedelta(days=20)), lambda ada: ada.leave()])
def test_who_goes_between_planning_and_posting_and_thinks_better_of_it_gets_the_week(
    ada: Life, away: Callable[[Life], None]
) -> None:
    ada.on(SUNDAY, 16.1)
    ada.hourly()
    away(ada)
    ada.deliver()
    ada.on(SECOND, 8)
    ada.start_again()
    ada.hourly()
    ada.deliver()
    assert "7–13" in ada.newest_mail()
    assert [m["Subject"] for m in ada.phone.mails()].count("Week 2: strength on Thursday") == 1
