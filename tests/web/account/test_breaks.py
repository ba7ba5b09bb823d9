"""The mail at the end of a break names the day on which the next week really comes."""

from __future__ import annotations

from datetime import timedelta

from tests.web.account.lives import SECOND, SUNDAY, Life
from tests.web.account.people import text_of


def back(life: Life) -> str:
    (mail,) = [m for m in life.phone.mails() if m["Subject"] == "Your break is over"]
    return " ".join(text_of(mail).split())


def test_a_break_until_monday_brings_the_week_that_begins_then_with_it(life: Life) -> None:
    life.pause(SECOND + timedelta(days=7))
    life.on(SECOND + timedelta(days=7), 0.1)
    life.hourly()
    life.deliver()
    assert "your next week comes on Monday 14 December" in back(life)
    assert "14–20" in life.newest_mail()


def test_a_break_that_ends_as_the_slot_comes_brings_the_week_with_it(life: Life) -> None:
    life.pause(SUNDAY + timedelta(days=7))
    life.on(SUNDAY + timedelta(days=7), 16.1)
    life.hourly()
    life.deliver()
    assert "your next week comes on Sunday 13 December" in back(life)
    assert "14–20" in life.newest_mail()


def test_a_break_of_one_night_after_the_mail_has_come_waits_for_the_next(life: Life) -> None:
    life.on(SUNDAY, 16.1)
    life.hourly()
    life.deliver()
    life.pause(SECOND)
    life.on(SECOND, 0.1)
    life.hourly()
    life.deliver()
    assert "your next week comes on Sunday 13 December" in back(life)
    assert life.planned()[-1] == SECOND


def test_a_break_that_ends_in_the_midst_of_a_week_waits_for_the_next_slot(life: Life) -> None:
    life.pause(SECOND + timedelta(days=3))
    life.on(SECOND + timedelta(days=3), 0.1)
    life.hourly()
    life.deliver()
    assert "your next week comes on Sunday 13 December" in back(life)
