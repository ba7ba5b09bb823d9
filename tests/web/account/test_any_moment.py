"""Whenever a runner tells that something hurts, or hurts no more, the next week knows: before it is planned, in the outbox, in a break, after leaving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from coach.profile import Region
from tests.builders import take_letters
from tests.web.account.lives import SECOND, SUNDAY, Life
from tests.web.account.people import text_of

HURTS = {"injury__knee": "6"}
Change = Callable[[Life], object]


def before_the_week_is_planned(life: Life, tell: Change) -> date:
    tell(life)
    life.on(SUNDAY, 16.5)
    life.hourly()
    life.deliver()
    return SECOND


def between_planning_and_posting(life: Life, tell: Change) -> date:
    life.on(SUNDAY, 16.5)
    life.hourly()
    tell(life)
    life.deliver()
    return SECOND


def during_a_break(life: Life, tell: Change) -> date:
    life.pause(SUNDAY + timedelta(days=21))
    life.on(SUNDAY + timedelta(days=10), 9)
    life.hourly()
    tell(life)
    life.on(SUNDAY + timedelta(days=21), 16.5)
    life.hourly()
    life.deliver()
    return SECOND + timedelta(days=21)


def on_the_day_a_break_ends_before_the_week_is_planned(life: Life, tell: Change) -> date:
    life.pause(SUNDAY + timedelta(days=14))
    life.on(SUNDAY + timedelta(days=14), 10)
    life.hourly()
    tell(life)
    life.on(SUNDAY + timedelta(days=14), 16.5)
    life.hourly()
    life.deliver()
    return SECOND + timedelta(days=14)


def on_the_day_a_break_ends_once_the_week_is_planned(life: Life, tell: Change) -> date:
    life.pause(SUNDAY + timedelta(days=14))
    life.on(SUNDAY + timedelta(days=14), 16.5)
    life.hourly()
    tell(life)
    life.deliver()
    return SECOND + timedelta(days=14)


def in_a_break_begun_between_planning_and_posting(life: Life, tell: Change) -> date:
    life.on(SUNDAY, 16.5)
    life.hourly()
    life.pause(SUNDAY + timedelta(days=7))
    tell(life)
    life.deliver()
    assert life.week(SECOND) is None
    life.on(SUNDAY + timedelta(days=7), 16.5)
    life.hourly()
    life.deliver()
    return SECOND + timedelta(days=7)


def having_left_and_come_back(life: Life, tell: Change) -> date:
    life.leave()
    life.on(SUNDAY + timedelta(days=10), 9)
    tell(life)
    life.start_again()
    life.on(SUNDAY + timedelta(days=14), 16.5)
    life.hourly()
    life.deliver()
    return SECOND + timedelta(days=14)


MOMENTS = [
    before_the_week_is_planned,
    between_planning_and_posting,
    during_a_break,
    on_the_day_a_break_ends_before_the_week_is_planned,
    on_the_day_a_break_ends_once_the_week_is_planned,
    in_a_break_begun_between_planning_and_posting,
    having_left_and_come_back,
]
"""Each does and tells at its moment, up to the next weekly mail; the Monday that mail is about."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_knee_that_hurts_is_spared_by_the_next_week_mailed(
    life: Life, moment: Callable[[Life, Change], date]
) -> None:
    week = life.week(moment(life, lambda life: life.change(**HURTS)))
    assert week is not None
    assert Region.KNEE in week.paused_regions
    assert "6/10" in life.newest_mail()


@pytest.mark.parametrize("moment", MOMENTS)
def test_less_time_counts_in_the_next_week_mailed(life: Life, moment: Callable[[Life, Change], date]) -> None:
    week = life.week(moment(life, lambda life: life.change(minutes="15")))
    assert week is not None
    assert all(session.minutes <= 15 for session in week.sessions)


def an_answer_to_the_last_mail(life: Life) -> None:
    life.answer(("pain.knee.level", "6"))
    life.listen()


@pytest.mark.parametrize(
    "moment",
    [
        before_the_week_is_planned,
        during_a_break,
        on_the_day_a_break_ends_before_the_week_is_planned,
        having_left_and_come_back,
    ],
)
def test_an_answer_to_the_last_mail_counts_in_the_next(life: Life, moment: Callable[[Life, Change], date]) -> None:
    week = life.week(moment(life, an_answer_to_the_last_mail))
    assert week is not None
    assert Region.KNEE in week.paused_regions


def test_an_answer_between_planning_and_posting_comes_in_a_mail_of_its_own(life: Life) -> None:
    life.on(SUNDAY, 16.5)
    life.hourly()
    an_answer_to_the_last_mail(life)
    assert {m["Subject"] for m in life.phone.mails()[-2:]} == {"About your last answer", "Week 2: strength on Thursday"}
    assert life.pain() == 6


def test_what_is_told_once_a_worker_has_the_mail_comes_in_one_of_its_own(life: Life) -> None:
    life.on(SUNDAY, 16.5)
    life.hourly()
    with life.house.sessions.begin() as session:
        (held,) = take_letters(session, worker="w", limit=9, lease_s=300, now=life.house.clock())
    assert "has changed with it" in life.change(**HURTS)
    life.listen()
    assert "6/10" in text_of(life.phone.mails()[-1])
    assert held.kind == "weekly"


def test_what_is_told_after_posting_comes_in_a_mail_of_its_own_and_counts_for_the_week_after(life: Life) -> None:
    life.on(SUNDAY, 16.5)
    life.hourly()
    life.deliver()
    life.change(**HURTS)
    life.listen()
    assert "6/10" in text_of(life.phone.mails()[-1])
    life.on(SUNDAY + timedelta(days=7), 16.5)
    life.hourly()
    week = life.week(SECOND + timedelta(days=7))
    assert week is not None
    assert Region.KNEE in week.paused_regions


@pytest.mark.parametrize("level", ["2", "past", ""])
def test_a_knee_that_hurts_less_or_no_more_holds_the_next_plan_no_longer(life: Life, level: str) -> None:
    life.change(**HURTS)
    life.listen()
    life.change(injury__knee=level)
    life.on(SUNDAY, 16.5)
    life.hourly()
    week = life.week(SECOND)
    assert week is not None
    assert week.paused_regions == ()


def test_what_the_account_said_long_ago_does_not_hide_that_it_hurts_again(life: Life) -> None:
    life.change(**HURTS)
    life.answer(("pain.knee.level", "0"))
    life.change(injury__knee="5")
    assert life.pain() == 5


def test_a_change_long_after_the_last_week_does_not_speak_of_what_is_still_to_come(life: Life) -> None:
    life.pause(SUNDAY + timedelta(days=21))
    life.on(SUNDAY + timedelta(days=10), 9)
    assert "counts from your next plan on" in life.change(**HURTS)


@pytest.mark.parametrize("away", [lambda life: life.pause(SECOND + timedelta(days=20)), lambda life: life.leave()])
def test_who_goes_between_planning_and_posting_and_thinks_better_of_it_gets_the_week(
    life: Life, away: Callable[[Life], None]
) -> None:
    life.on(SUNDAY, 16.1)
    life.hourly()
    away(life)
    life.deliver()
    life.on(SECOND, 8)
    life.start_again()
    life.hourly()
    life.deliver()
    assert "7–13" in life.newest_mail()
    assert [m["Subject"] for m in life.phone.mails()].count("Week 2: strength on Thursday") == 1


def test_what_is_typed_at_a_second_sign_up_is_not_kept_and_the_mail_says_so(life: Life) -> None:
    life.leave()
    life.phone.sign_up(injury__knee="6")
    assert life.pain() == 2
    said = " ".join(text_of(life.phone.mails()[-1]).split())
    assert "You are with us already, so what was typed is not kept" in said
