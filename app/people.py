"""What is kept about one runner, gathered to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app import runner_rows
from models import answers, consents, plans, training
from models.people import NewSubscriber, Subscriber

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.wiring import House
    from coach.profile import Profile

NEWEST = 12
"""Weeks shown."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    week_of: date
    number: int
    phase: str
    sessions: int
    answered: bool


@dataclass(frozen=True, slots=True)
class About:
    """cells: the row an export writes. consents: the days agreed to. weeks: the newest, newest first."""

    key: str
    status: str
    cells: dict[str, str]
    consents: tuple[str, ...]
    completed: int
    missed: int
    stopped: tuple[str, ...]
    weeks: tuple[WeekLine, ...]

    def facts(self) -> dict[str, str]:
        """Names and values for people; what is empty is left out."""
        words = {name.replace("_", " "): value for name, value in self.cells.items() if value and name != "consent"}
        return {
            "key": self.key,
            "status": self.status,
            **words,
            "consent": "; ".join(self.consents) or "none",
            "weeks done": f"{self.completed}" + (f", {self.missed} missed lately" if self.missed else ""),
            **({"stopped by": ", ".join(self.stopped)} if self.stopped else {}),
        }


def about(house: House, runner: Subscriber) -> About:
    with house.sessions() as session:
        (found,) = training.load(session, [runner.id])
        agreed = consents.of(session, runner.id)
        cells = runner_rows.cells(in_a_file(session, runner, found.profile))
        weeks = []
        for week_of in reversed(plans.weeks_of(session, runner.id)[-NEWEST:]):
            week = plans.get_week(session, runner.id, week_of)
            if week is not None:
                told = not answers.given(session, runner.id, week_of).silent
                weeks.append(WeekLine(week_of, week.number, week.phase.value, len(week.sessions), told))
    progress = found.progress
    return About(
        key=runner.key,
        status=runner.status.value,
        cells=cells,
        consents=tuple(f"{c.given_at:%Y-%m-%d}" for c in agreed),
        completed=progress.completed if progress else 0,
        missed=progress.missed if progress else 0,
        stopped=progress.stopped if progress else (),
        weeks=tuple(weeks),
    )


def in_a_file(session: Session, runner: Subscriber, profile: Profile) -> NewSubscriber:
    """A runner as a runners' file has them, with what they agreed to last."""
    agreed = consents.of(session, runner.id)[-1]
    return NewSubscriber(
        email=runner.email,
        name=runner.name,
        time_zone=runner.time_zone,
        slot=runner.slot,
        units=runner.units,
        language=runner.language,
        profile=profile,
        consent_text=agreed.text,
        consent_at=agreed.given_at,
        consent_version=agreed.version,
    )
