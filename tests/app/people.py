"""Runners brought into a house, weeks planned for them and answers given, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import weekly
from app.wiring import House
from coach.answers import Answers
from models import answers, subscribers
from models.people import Subscriber
from tests.builders import MONDAY, a_profile, a_subscriber


def add(house: House, *names: str, **profile: Any) -> list[Subscriber]:
    """Runners in London with addresses of their own, all alike but for the name."""
    new = [a_subscriber(email=f"{n}@example.org", name=n.title(), profile=a_profile(**profile)) for n in names]
    with house.sessions.begin() as session:
        subscribers.add(session, new, now=house.clock())
    return [found(house, n) for n in names]


def found(house: House, name: str) -> Subscriber:
    with house.sessions() as session:
        runner = subscribers.find(session, f"{name}@example.org")
    assert runner is not None
    return runner


def plan(house: House, *runners: Subscriber, week_of: date = MONDAY) -> weekly.PlanCounts:
    return weekly.plan(house, [r.id for r in runners], week_of, now=house.clock())


def tell(house: House, runner: Subscriber, told: Answers, *, week_of: date = MONDAY) -> int:
    with house.sessions.begin() as session:
        return answers.record(session, runner.id, week_of, told, now=house.clock(), source="test")
