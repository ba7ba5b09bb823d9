"""Planning the week: load, fold what was answered, ask the coach, save. One runner's failure is that runner's row."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

import coach
from app import crew
from coach.errors import StridewellError
from models import plans, training
from models.bulk import chunks, collector_at_rest
from models.due import Due, active_without_plan, due_at
from models.plans import Planned
from models.training import Training

if TYPE_CHECKING:
    from app.wiring import House
    from coach.catalogue import Catalogue
    from coach.progress import Progress
    from coach.week import Week

SAMPLES = 3

TOGETHER = 125
"""Runners loaded and saved together: their statements cost little a runner, and two processes end a chunk at about the same time."""

FARTHEST_AHEAD = timedelta(weeks=53)

log = logging.getLogger("stridewell.weekly")


class WrongWeek(StridewellError):
    """A week was asked for that cannot be planned."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A runner for whom something went wrong. key: the runner's; error: the kind of error. Never what it said of the runner."""

    key: str
    error: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One planned week, to be looked at. key: the runner's. number: of the runner's week, from 1."""

    key: str
    number: int
    phase: str
    sessions: int
    changes: int


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """What became of the runners a week was to be planned for.

    planned: new weeks, each with its letter in the outbox. already: had a plan for the week meanwhile. passed_over: have
    been planned further ahead, so this week is behind them. resting: of the planned, weeks without a session.
    """

    week_of: date
    asked: int = 0
    planned: int = 0
    already: int = 0
    passed_over: int = 0
    resting: int = 0
    failures: tuple[Failure, ...] = ()
    samples: tuple[Sample, ...] = ()

    def __add__(self, other: PlanCounts) -> PlanCounts:
        return PlanCounts(
            week_of=self.week_of,
            asked=self.asked + other.asked,
            planned=self.planned + other.planned,
            already=self.already + other.already,
            passed_over=self.passed_over + other.passed_over,
            resting=self.resting + other.resting,
            failures=self.failures + other.failures,
            samples=(self.samples + other.samples)[:SAMPLES],
        )


@dataclass(frozen=True, slots=True)
class Ahead:
    """A runner's next week, and the snapshots folded on the way: week folded, progress after it, highest answer in it."""

    week: Week
    progress: Progress
    folded: tuple[tuple[date, Progress, int], ...]


def due(house: House, moment: datetime) -> Due:
    """Whose delivery slot has come at this moment (aware, UTC) and who has no plan yet."""
    with house.sessions() as session:
        return due_at(session, moment)


def may_be_asked_for(week_of: date, *, today: date) -> None:
    """Whether a week may be planned whatever the hour. Raises WrongWeek.

    A year ahead is the most: whoever has been planned further ahead is passed over until then, and a typed year is soon wrong.
    """
    if week_of.weekday():
        raise WrongWeek(f"{week_of}: this is a {week_of:%A}, and weeks begin on a Monday. Write a Monday.")
    if week_of - today > FARTHEST_AHEAD:
        raise WrongWeek(
            f"{week_of}: this is over a year ahead, and whoever is planned then gets no mail before. Write a nearer Monday."
        )


def without_plan(house: House, week_of: date) -> list[int]:
    """Every active runner who has no plan for a week, whatever the hour: for a week that is run by hand."""
    with house.sessions() as session:
        return active_without_plan(session, week_of)


@dataclass(frozen=True, slots=True)
class _Lot:
    """Runners to be planned together, in this process or in the helper."""

    ids: Sequence[int]
    week_of: date
    now: datetime
    dry_run: bool

    def do(self, house: House) -> PlanCounts:
        return _plan(house, self.ids, self.week_of, now=self.now, dry_run=self.dry_run)


def plan(house: House, ids: Sequence[int], week_of: date, *, now: datetime, dry_run: bool = False) -> PlanCounts:
    """Plan a week for some runners and put its letters in the outbox.

    week_of: a Monday. Doing it twice plans nothing twice. dry_run: everything but the saving.
    """
    total = PlanCounts(week_of=week_of)
    lots = [_Lot(some, week_of, now, dry_run) for some in chunks(ids, TOGETHER)]
    for counts in crew.share(house, lots, runners=len(ids)):
        total += counts
    return total


@collector_at_rest()
def _plan(house: House, ids: Sequence[int], week_of: date, *, now: datetime, dry_run: bool) -> PlanCounts:
    loaded, failures = _load(house, ids)
    ready: list[Planned] = []
    samples: list[Sample] = []
    passed_over = 0
    for runner in loaded:
        if is_behind(runner, week_of):
            passed_over += 1
            continue
        key = runner.subscriber.key
        try:
            found = ahead(runner, house.catalogue, week_of)
        except Exception as error:  # noqa: BLE001 the batch goes on; the runner is counted and named by key
            log.error("no week for runner %s: %s", key, type(error).__name__)  # noqa: TRY400 a traceback would show health data
            failures.append(Failure(key, type(error).__name__))
            continue
        ready.append(Planned(runner.subscriber.id, found.week, found.folded))
        if len(samples) < SAMPLES:
            week = found.week
            samples.append(Sample(key, week.number, week.phase.value, len(week.sessions), len(week.changes)))
    planned = len(ready) if dry_run else _save(house, ready, now)
    return PlanCounts(
        week_of=week_of,
        asked=len(ids),
        planned=planned,
        already=len(ready) - planned,
        passed_over=passed_over,
        resting=sum(not p.week.sessions for p in ready),
        failures=tuple(failures),
        samples=tuple(samples),
    )


def ahead(runner: Training, catalogue: Catalogue, week_of: date) -> Ahead:
    """The week the coach gives a runner after everything answered so far; an unanswered week is folded as silence.

    Raises what the coach raises.
    """
    progress = coach.start(runner.profile, catalogue) if runner.progress is None else runner.progress
    folded = []
    for week, answers in runner.unfolded:
        # The plan of this very week, or of a later one, is not behind the runner yet.
        if week.week_of < week_of:
            rest = coach.rest_of_week(runner.profile, progress, week, runner.said.get(week.week_of, ()), catalogue)
            progress = coach.fold(runner.profile, progress, rest.week, answers, catalogue)
            folded.append((week.week_of, progress, runner.answers_through))
    week = coach.next_week(runner.profile, progress, catalogue, week_of=week_of)
    return Ahead(week, progress, tuple(folded))


def _load(house: House, ids: Sequence[int]) -> tuple[list[Training], list[Failure]]:
    """The runners that can be read. What is kept of a runner may be damaged: the halves that can be read are found."""
    try:
        with house.sessions() as session:
            return training.load(session, ids), []
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 the batch goes on; the runner is counted and named
        if len(ids) == 1:
            log.error("runner %d cannot be read: %s", ids[0], type(error).__name__)  # noqa: TRY400 a traceback would show health data
            return [], [Failure(f"number {ids[0]}", type(error).__name__)]
    middle = len(ids) // 2
    halves = [_load(house, ids[:middle]), _load(house, ids[middle:])]
    return [runner for found, _ in halves for runner in found], [f for _, failed in halves for f in failed]


def is_behind(runner: Training, week_of: date) -> bool:
    """Whether the runner has been planned or answered beyond this Monday."""
    through = runner.progress.through if runner.progress else None
    return (through is not None and through >= week_of) or any(w.week_of > week_of for w, _ in runner.unfolded)


def _save(house: House, ready: list[Planned], now: datetime) -> int:
    with house.sessions.begin() as session:
        return plans.save_weeks(session, ready, now=now)
