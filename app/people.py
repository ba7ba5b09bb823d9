"""What is kept about one runner, gathered to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app import runner_rows
from models import answers, consents, plans, training
from models.people import NewSubscriber, Subscriber

if TYPE_CHECKING:
    from app.wiring import House

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
    """cells: the row an export writes. consents: the days agreed to, with what was taken back. weeks: the newest, newest first."""

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
        weeks = []
        for week_of in reversed(plans.weeks_of(session, runner.id)[-NEWEST:]):
            week = plans.get_week(session, runner.id, week_of)
            if week is not None:
                told = not answers.given(session, runner.id, week_of).silent
                weeks.append(WeekLine(week_of, week.number, week.phase.value, len(week.sessions), told))
    holding = [c for c in agreed if c.withdrawn_at is None]
    progress = found.progress
    return About(
        key=runner.key,
        status=runner.status.value,
        cells=runner_rows.cells(
            NewSubscriber(
                email=runner.email,
                name=runner.name,
                time_zone=runner.time_zone,
                slot=runner.slot,
                units=runner.units,
                language=runner.language,
                profile=found.profile,
                consent_text=holding[-1].text if holding else "",
                consent_at=holding[-1].given_at if holding else runner_rows.NEVER,
            )
        ),
        consents=tuple(
            f"{c.given_at:%Y-%m-%d}" + (f", taken back {c.withdrawn_at:%Y-%m-%d}" if c.withdrawn_at else "")
            for c in agreed
        ),
        completed=progress.completed if progress else 0,
        missed=progress.missed if progress else 0,
        stopped=progress.stopped if progress else (),
        weeks=tuple(weeks),
    )
