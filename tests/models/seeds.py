"""Rows for tests of the store, made through its own functions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from coach.progress import Progress
from models import erasing, plans, subscribers
from tests.builders import MONDAY, SUNDAY_EVENING, a_subscriber, a_week

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.people import Subscriber

LONG_AGO = datetime.fromisoformat("2026-10-01T08:00:00+00:00")
NEXT_MONDAY = MONDAY + timedelta(days=7)
MONDAY_AFTER = MONDAY + timedelta(days=14)


def signed_up(session: Session, email: str = "ana@example.org", **changes: Any) -> Subscriber:
    """A runner in the store since long ago."""
    assert subscribers.add(session, [a_subscriber(email=email, **changes)], now=LONG_AGO).added == 1
    found = subscribers.find(session, email)
    assert found is not None
    return found


def many_signed_up(session: Session, number: int) -> list[int]:
    """Ids of that many runners in the store since long ago, ascending."""
    new = [a_subscriber(email=f"runner-{n}@example.org", name=f"Runner {n}") for n in range(number)]
    assert subscribers.add(session, new, now=LONG_AGO).added == number
    return [subscriber.id for subscriber, _ in subscribers.everyone(session)]


def erased(session: Session, number: int) -> None:
    """A runner who has erased everything."""
    (runner,) = (runner for runner, _ in subscribers.everyone(session) if runner.id == number)
    assert erasing.erase(session, runner, now=LONG_AGO)


def with_plan(session: Session, *ids: int, week_of: date = MONDAY, now: datetime = SUNDAY_EVENING) -> None:
    """Each of the runners has a plan and a letter waiting for that week."""
    planned = [plans.Planned(i, a_week(week_of=week_of)) for i in ids]
    assert plans.save_weeks(session, planned, now=now) == len(ids)


def after(weeks: int, **changes: Any) -> Progress:
    """Progress that is told apart by its number of weeks."""
    return Progress(through=MONDAY, weeks=weeks, **changes)
