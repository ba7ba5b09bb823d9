"""Runners for flow tests, with a past: the flows read the real clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app import weekly
from app.wiring import House
from models import subscribers
from models.people import Subscriber
from models.slots import Slot
from tests.app.people import found
from tests.builders import MONDAY, a_subscriber


def add_with_slot(house: House, name: str, slot_at: datetime) -> Subscriber:
    """A runner on UTC, signed up a month ago, whose slot comes at the weekday and minute of a moment."""
    new = a_subscriber(
        email=f"{name}@example.org",
        name=name.title(),
        time_zone="UTC",
        slot=Slot(slot_at.weekday(), slot_at.hour * 60 + slot_at.minute),
    )
    with house.sessions.begin() as session:
        subscribers.add(session, [new], now=datetime.now(UTC) - timedelta(days=30))  # noqa: TID251 the flows read the real clock
    return found(house, name)


def planned(house: House, *runners: Subscriber) -> None:
    """Their week of MONDAY, its mails waiting."""
    weekly.plan(house, [runner.id for runner in runners], MONDAY, now=house.clock())
