"""The slot comes once a week on the runner's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import ProfileError
from models.slots import LATE_IS_STILL_DUE, Passed, Slot, last_passed, left_out

SUNDAY_17 = Slot()


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_default_slot_prepares_the_next_day() -> None:
    assert last_passed(SUNDAY_17, "UTC", utc("2026-11-22T17:00")) == Passed(utc("2026-11-22T17:00"), date(2026, 11, 23))


def test_a_minute_before_the_slot_the_last_one_is_a_week_old() -> None:
    assert last_passed(SUNDAY_17, "UTC", utc("2026-11-22T16:59")).at == utc("2026-11-15T17:00")


def test_a_slot_on_a_monday_prepares_that_very_week() -> None:
    assert last_passed(Slot(0, 360), "UTC", utc("2026-11-23T06:00")).week_of == date(2026, 11, 23)


def test_a_slot_on_a_tuesday_prepares_the_week_after() -> None:
    assert last_passed(Slot(1, 360), "UTC", utc("2026-11-24T06:00")).week_of == date(2026, 11, 30)


def test_the_clock_is_the_runners_own() -> None:
    assert last_passed(SUNDAY_17, "Pacific/Auckland", utc("2026-11-22T04:00")).at == utc("2026-11-22T04:00")
    assert last_passed(SUNDAY_17, "Pacific/Auckland", utc("2026-11-22T03:59")).at == utc("2026-11-15T04:00")
    assert last_passed(SUNDAY_17, "America/Los_Angeles", utc("2026-11-23T01:00")).at == utc("2026-11-23T01:00")


def test_the_slot_keeps_its_local_hour_when_the_clocks_change() -> None:
    before, afterwards = utc("2026-10-18T17:00"), utc("2026-10-25T18:00")
    assert last_passed(SUNDAY_17, "Europe/London", before).at == utc("2026-10-18T16:00")
    assert last_passed(SUNDAY_17, "Europe/London", afterwards).at == utc("2026-10-25T17:00")


def test_a_slot_in_the_hour_that_is_skipped_comes_an_hour_later() -> None:
    passed = last_passed(Slot(6, 90), "Europe/London", utc("2026-03-29T12:00"))
    assert passed == Passed(utc("2026-03-29T01:30"), date(2026, 3, 30))


def test_a_slot_in_the_hour_that_comes_twice_counts_once() -> None:
    first = last_passed(Slot(6, 90), "Europe/London", utc("2026-10-25T00:30"))
    second = last_passed(Slot(6, 90), "Europe/London", utc("2026-10-25T01:30"))
    assert first == second == Passed(utc("2026-10-25T00:30"), date(2026, 10, 26))


@settings(deadline=None)
@given(
    st.integers(0, 6),
    st.integers(0, 1439),
    st.sampled_from(
        ["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"]
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
)
def test_the_last_slot_is_never_ahead_and_at_most_a_week_back(
    weekday: int, minute: int, zone: str, moment: datetime
) -> None:
    at = moment.replace(tzinfo=UTC)
    passed = last_passed(Slot(weekday, minute), zone, at)
    assert timedelta(0) <= at - passed.at < timedelta(days=7, hours=2)
    assert passed.week_of.weekday() == 0
    assert timedelta(0) <= passed.week_of - passed.at.astimezone(ZoneInfo(zone)).date() < timedelta(days=7)


@pytest.mark.parametrize(("weekday", "minute"), [(7, 0), (-1, 0), (0, 1440), (0, -1)])
def test_a_slot_outside_the_week_is_refused(weekday: int, minute: int) -> None:
    with pytest.raises(ProfileError, match="slot"):
        Slot(weekday, minute)


@pytest.mark.parametrize("old", range(7))
@pytest.mark.parametrize("new", range(7))
def test_no_week_is_left_out_whatever_day_is_chosen_when(old: int, new: int) -> None:
    """Served: what a run every six hours plans, and what is planned at once as it would be left out."""
    for hours in range(0, 14 * 24, 17):
        moved_at = datetime(2026, 11, 16, 3, 5, tzinfo=UTC) + timedelta(hours=hours)
        served = {left_out(at(old), at(new), moved_at)}
        for run in range(-40, 40):
            now = moved_at + timedelta(hours=6 * run)
            passed = last_passed(*at(old if run <= 0 else new), now)
            if now - passed.at <= LATE_IS_STILL_DUE:
                served.add(passed.week_of)
        weeks = sorted(week for week in served if week is not None)
        assert weeks == [weeks[0] + timedelta(weeks=n) for n in range(len(weeks))], moved_at


def test_no_week_is_planned_at_once_that_the_old_slot_has_missed_already() -> None:
    assert left_out(at(3), at(2), utc("2026-11-22T10:00")) is None


def at(weekday: int) -> tuple[Slot, str]:
    return Slot(weekday, 17 * 60), "Europe/Oslo"
