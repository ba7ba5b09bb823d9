"""A runner is planned for when his own slot has come, once a week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from models import subscribers, suppressions
from models.due import Due, active_without_plan, due_at
from models.people import Status
from models.slots import Slot
from tests.builders import MONDAY, SUNDAY_EVENING, a_subscriber
from tests.models.seeds import LONG_AGO, NEXT_MONDAY, many_signed_up, signed_up, with_plan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_a_runner_is_due_from_the_minute_of_the_slot(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id, week_of=MONDAY - timedelta(days=7))
    assert due_at(session, SUNDAY_EVENING - timedelta(minutes=1)) == Due({}, 0)
    assert due_at(session, SUNDAY_EVENING) == Due({MONDAY: [ana.id]}, 0)


def test_a_runner_with_a_plan_for_that_week_is_not_due_again(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    assert due_at(session, SUNDAY_EVENING + timedelta(hours=5)) == Due({}, 0)
    assert due_at(session, SUNDAY_EVENING + timedelta(days=7)).by_week == {NEXT_MONDAY: [ana.id]}


@pytest.mark.parametrize(("late", "expected"), [(timedelta(days=2), 0), (timedelta(days=2, minutes=1), 1)])
def test_a_slot_missed_by_two_days_is_still_served_and_by_more_is_counted(
    session: Session, late: timedelta, expected: int
) -> None:
    ana = signed_up(session)
    due = due_at(session, SUNDAY_EVENING + late)
    assert due == Due({} if expected else {MONDAY: [ana.id]}, expected)


def test_one_who_signed_up_after_the_slot_gets_this_week_while_there_is_time(session: Session) -> None:
    monday_morning = SUNDAY_EVENING + timedelta(hours=14)
    subscribers.add(session, [a_subscriber()], now=monday_morning)
    assert len(due_at(session, monday_morning).by_week[MONDAY]) == 1


def test_one_who_signed_up_too_late_for_this_week_has_missed_nothing(session: Session) -> None:
    thursday = SUNDAY_EVENING + timedelta(days=4)
    subscribers.add(session, [a_subscriber()], now=thursday)
    assert due_at(session, thursday) == Due({}, 0)


@pytest.mark.parametrize("status", [Status.PENDING, Status.PAUSED, Status.UNSUBSCRIBED])
def test_only_active_runners_are_due(session: Session, status: Status) -> None:
    ana = signed_up(session)
    subscribers.set_status(session, ana.id, status, now=LONG_AGO)
    assert due_at(session, SUNDAY_EVENING) == Due({}, 0)
    assert active_without_plan(session, MONDAY) == []


def test_a_runner_whose_address_bounced_is_not_due(session: Session) -> None:
    signed_up(session, "Ana@example.org")
    suppressions.suppress(session, "ana@example.org", "bounced", now=LONG_AGO)
    assert due_at(session, SUNDAY_EVENING) == Due({}, 0)
    assert due_at(session, SUNDAY_EVENING + timedelta(days=4)) == Due({}, 0)
    assert active_without_plan(session, MONDAY) == []


def test_runners_of_one_moment_may_be_due_for_different_weeks(session: Session) -> None:
    sunday = signed_up(session, "sunday@example.org")
    monday = signed_up(session, "monday@example.org", slot=Slot(0, 6 * 60))
    tuesday = signed_up(session, "tuesday@example.org", slot=Slot(1, 6 * 60))
    tuesday_morning = SUNDAY_EVENING + timedelta(days=1, hours=13)
    assert due_at(session, tuesday_morning).by_week == {
        MONDAY: [sunday.id, monday.id],
        NEXT_MONDAY: [tuesday.id],
    }


def test_the_slot_comes_earlier_in_the_east(session: Session) -> None:
    auckland = signed_up(session, "kiri@example.org", time_zone="Pacific/Auckland")
    london = signed_up(session)
    with_plan(session, auckland.id, london.id, week_of=MONDAY - timedelta(days=7))
    morning = SUNDAY_EVENING - timedelta(hours=13)
    assert due_at(session, morning).by_week == {MONDAY: [auckland.id]}


def test_a_week_run_by_hand_takes_every_active_runner_without_that_plan(session: Session) -> None:
    ids = many_signed_up(session, 3)
    with_plan(session, ids[1])
    assert active_without_plan(session, MONDAY) == [ids[0], ids[2]]
    assert active_without_plan(session, NEXT_MONDAY) == ids
