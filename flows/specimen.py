"""A mail to look at on the dashboard: this week's, for a runner who does not exist, so that it tells of nobody's health."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import coach
from app import letters
from coach.answers import Answers, Effort, SessionReport
from coach.profile import Equipment, Experience, Gear, Goal, Profile, Run, RunKind
from mail.letter import Known
from models.people import Status, Subscriber
from models.slots import Slot

if TYPE_CHECKING:
    from app.wiring import House
    from mail.render import Rendered

RUNNER = Subscriber(
    id=0,
    key="specimen",
    email="runner@example.org",
    name="Runner",
    time_zone="UTC",
    slot=Slot(),
    units="kg",
    status=Status.ACTIVE,
)
PROFILE = Profile(
    key="specimen",
    birth_year=1988,
    body_mass_kg=68.0,
    experience=Experience.SOME,
    goal=Goal.HEALTH,
    weekly_km=30.0,
    runs=(Run(1, RunKind.EASY), Run(3, RunKind.QUALITY), Run(6, RunKind.LONG)),
    strength_days=(0, 3, 4),
    minutes=40,
    equipment=Equipment(
        gear=frozenset({Gear.MAT, Gear.DUMBBELLS, Gear.BAND}),
        loads_kg=((Gear.BAND, (3.0, 6.0)), (Gear.DUMBBELLS, (4.0, 6.0, 8.0, 10.0, 12.0))),
    ),
)
"""Somebody whom nothing hurts, with a few things at home."""


def mail(house: House, week_of: date) -> Rendered:
    """The mail of the runner's second week, after a first that was easy. week_of: a Monday."""
    before = week_of - timedelta(weeks=1)
    progress = coach.start(PROFILE, house.catalogue)
    first = coach.next_week(PROFILE, progress, house.catalogue, week_of=before)
    easy = Answers(sessions=tuple(SessionReport(n, Effort.EASY) for n in range(len(first.sessions))))
    progress = coach.fold(PROFILE, progress, first, easy, house.catalogue)
    second = coach.next_week(PROFILE, progress, house.catalogue, week_of=week_of)
    return letters.weekly_mail(house, RUNNER, second, on=week_of, known=Known(PROFILE.runs, answered=1))
