"""A runner chooses another day for the mail: no week is left out over it, and none comes twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.account.lives import FIRST, SECOND, SUNDAY, Life


@pytest.mark.parametrize("day", ["3", "0", "6"])
def test_the_coming_week_is_in_the_mail_though_the_day_chosen_on_its_eve_is_past(life: Life, day: str) -> None:
    life.on(SUNDAY, 10)
    life.change(delivery_day=day)
    for days in range(9):
        life.on(SUNDAY + timedelta(days=days), 23)
        life.hourly()
        life.deliver()
    assert life.planned() == [FIRST, SECOND, SECOND + timedelta(days=7)][: len(life.planned())]
    assert len(life.planned()) >= 2
    assert [m["Subject"][:6] for m in life.phone.mails()].count("Week 2") == 1


def test_one_in_a_break_gets_no_week_for_another_day(life: Life) -> None:
    life.pause(SECOND + timedelta(days=20))
    life.on(SUNDAY, 10)
    life.change(delivery_day="3")
    assert life.planned() == [FIRST]
