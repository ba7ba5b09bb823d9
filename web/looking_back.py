"""A runner's past weeks as figures: what was planned, done and felt, and what the engine believed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp, sqrt
from typing import TYPE_CHECKING

from coach import capacity, observing
from coach.answers import ExerciseReport
from coach.instead import as_done
from coach.profile import KG_PER_LB, Gear, Region
from coach.week import Dose, DoseMode, Quality
from language.catalogue import exercise_name

if TYPE_CHECKING:
    from coach.answers import SessionReport
    from coach.catalogue import Catalogue, Exercise
    from coach.profile import Profile
    from coach.progress import ExerciseState
    from coach.week import Prescription, Session
    from models.history import Past

SURE = 1.2816
"""Standard deviations on either side that hold four fifths of a normal belief."""


class Unit(StrEnum):
    """What an exercise's progress is told in: external load, repetitions, seconds, or landings of a jump."""

    KG = "kg"
    LB = "lb"
    REPS = "reps"
    SECONDS = "s"
    LANDINGS = "landings"


@dataclass(frozen=True, slots=True)
class WeekDone:
    """One week. sets: done. load: session efforts times minutes, summed over the sessions where the effort was told; else None.

    qualities: the sets, shared out by what they train.
    """

    week_of: date
    planned: int
    done: int
    answered: bool
    sets: int
    load: int | None
    qualities: tuple[tuple[Quality, float], ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The most that is believed possible, in the exercise's unit; four fifths sure that it lies from low to high."""

    most: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ExerciseWeek:
    """An exercise in one week. dose: as done, None when it was not. value: of that dose in the exercise's unit; None where
    another load makes it no match.

    left: repetitions left, told for this exercise or concluded from the session's tap (told: False); aim: the plan's.
    """

    week_of: date
    dose: Dose | None
    value: float | None
    estimate: Estimate | None
    left: float | None
    told: bool
    aim: int | None


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """An exercise over the weeks, from the first in which it was done. at: the load that `unit` repetitions or seconds are for.

    progressed: a later dose was heavier than the first, or longer at the same load.
    """

    slug: str
    name: str
    mode: DoseMode
    unit: Unit
    at: Dose
    per_side: bool
    weeks: tuple[ExerciseWeek, ...]
    times: int
    progressed: bool


@dataclass(frozen=True, slots=True)
class Record:
    """weeks: every week planned, oldest first. exercises: those done, the one done most often first. pains: level by Monday."""

    weeks: tuple[WeekDone, ...]
    exercises: tuple[ExerciseDone, ...]
    pains: tuple[tuple[Region, Mapping[date, int]], ...]

    @property
    def sessions(self) -> int:
        return sum(w.done for w in self.weeks)

    @property
    def planned(self) -> int:
        return sum(w.planned for w in self.weeks)

    @property
    def active_weeks(self) -> int:
        return sum(w.done > 0 for w in self.weeks)

    @property
    def sets(self) -> int:
        return sum(w.sets for w in self.weeks)

    @property
    def progressed(self) -> int:
        return sum(e.progressed for e in self.exercises)


@dataclass(frozen=True, slots=True)
class _Set:
    """An exercise as it was done in one session."""

    week: int
    prescription: Prescription
    dose: Dose


def record(past: Sequence[Past], profile: Profile, units: str, catalogue: Catalogue) -> Record:
    """past: oldest first. units: "kg" or "lb"."""
    done: dict[str, list[_Set]] = {}
    weeks = []
    for n, one in enumerate(past):
        reports = {r.session: r for r in one.answers.sessions}
        sets, load, sessions = 0, None, 0
        for index, session in enumerate(one.week.sessions):
            report = reports.get(index)
            if report is None or not observing.was_done(report):
                continue
            sessions += 1
            if report.rpe is not None:
                load = (load or 0) + report.rpe * (session.minutes if report.minutes is None else report.minutes)
            for p, dose in _as_done(session, report, catalogue):
                sets += dose.sets
                done.setdefault(p.exercise, []).append(_Set(n, p, dose))
        weeks.append(
            WeekDone(
                one.week.week_of,
                len(one.week.sessions),
                sessions,
                not one.answers.silent,
                sets,
                load,
                tuple((quality, sets * share / 100) for quality, share in one.week.qualities),
            )
        )
    states = [{} if o.progress is None else {e.exercise: e for e in o.progress.exercises} for o in past]
    exercises = [_exercise(slug, found, past, states, profile, units, catalogue) for slug, found in done.items()]
    exercises.sort(key=lambda e: (-e.times, e.slug))
    return Record(tuple(weeks), tuple(exercises), _pains(past))


def _as_done(session: Session, report: SessionReport, catalogue: Catalogue) -> Iterator[tuple[Prescription, Dose]]:
    """The exercises of which a set was done, what took the place of a planned one too: with the dose as told, else as planned."""
    told = {e.exercise: e for e in report.exercises}
    for planned in session.exercises:
        said = told.get(planned.exercise, ExerciseReport(planned.exercise))
        p = planned if said.swap is None else as_done(planned, said.swap, session, catalogue)
        if p is not None and said.sets_done != 0:
            yield p, _dose(p, said)


def _dose(p: Prescription, told: ExerciseReport) -> Dose:
    sets = p.dose.sets if told.sets_done is None else told.sets_done
    return Dose(
        sets,
        p.dose.amount if told.reps is None else told.reps,
        p.dose.load_kg if told.load_kg is None else told.load_kg,
        p.dose.gear,
    )


def _exercise(
    slug: str,
    done: list[_Set],
    past: Sequence[Past],
    states: Sequence[Mapping[str, ExerciseState]],
    profile: Profile,
    units: str,
    catalogue: Catalogue,
) -> ExerciseDone:
    exercise = catalogue.by_slug.get(slug)
    latest = done[-1]
    unit = _unit(latest.prescription.mode, [s.dose for s in done], units)
    by_week: dict[int, _Set] = {}
    for one in done:
        best = by_week.get(one.week)
        if best is None or _work(one.dose) > _work(best.dose):
            by_week[one.week] = one
    weeks = []
    for n in range(done[0].week, len(past)):
        found, state = by_week.get(n), states[n].get(slug)
        seen = None if state is None else state.seen
        mine = seen if seen is not None and seen.week_of == past[n].week.week_of else None
        weeks.append(
            ExerciseWeek(
                past[n].week.week_of,
                None if found is None else found.dose,
                None if found is None else _value(found.dose, unit, latest.dose),
                None
                if exercise is None or state is None or not state.weeks
                else _estimate(exercise, state, unit, latest.dose, profile, catalogue),
                None if mine is None or unit is Unit.LANDINGS else mine.reps_left,
                mine is not None and mine.source == "sets",
                None if found is None else found.prescription.target_rir,
            )
        )
    first = _work(done[0].dose)
    return ExerciseDone(
        slug=slug,
        name=exercise_name(slug, catalogue),
        mode=latest.prescription.mode,
        unit=unit,
        at=latest.dose,
        per_side=latest.prescription.per_side,
        weeks=tuple(weeks),
        times=len(done),
        progressed=any(_work(s.dose) > first for s in done),
    )


def _work(dose: Dose) -> tuple[float, int]:
    """What tells a dose from a heavier one: the load, and at the same load the amount."""
    return dose.load_kg, dose.amount


def _unit(mode: DoseMode, doses: Sequence[Dose], units: str) -> Unit:
    if mode is DoseMode.CONTACTS:
        return Unit.LANDINGS
    if mode is not DoseMode.REPS:
        return Unit.SECONDS
    # A band's strength is a name and no measure, and a body weighs what it weighs: there repetitions tell more.
    if any(d.load_kg > 0 and d.gear is not Gear.BAND for d in doses):
        return Unit.LB if units == "lb" else Unit.KG
    return Unit.REPS


def _value(dose: Dose, unit: Unit, at: Dose) -> float | None:
    match unit:
        case Unit.KG:
            return dose.load_kg
        case Unit.LB:
            return dose.load_kg / KG_PER_LB
        case Unit.LANDINGS:
            return dose.amount
        case _:
            return dose.amount if dose.load_kg == at.load_kg else None


def _estimate(
    exercise: Exercise, state: ExerciseState, unit: Unit, at: Dose, profile: Profile, catalogue: Catalogue
) -> Estimate | None:
    if unit is Unit.LANDINGS:
        return None
    own = capacity.moved_kg(exercise, profile.body_mass_kg, 0.0)
    moved = max(own + at.load_kg, 1.0)

    def told(mu: float) -> float:
        if unit in {Unit.KG, Unit.LB}:
            return max(0.0, exp(mu) - own) / (KG_PER_LB if unit is Unit.LB else 1.0)
        most = capacity.possible(exercise, mu, moved, catalogue.constants)
        return max(0.0, most * (catalogue.constants.seconds_per_rep if unit is Unit.SECONDS else 1.0))

    sd = sqrt(state.var)
    return Estimate(told(state.mu), told(state.mu - SURE * sd), told(state.mu + SURE * sd))


def _pains(past: Sequence[Past]) -> tuple[tuple[Region, Mapping[date, int]], ...]:
    """The regions of which pain was told, zero too, in the order of the body."""
    told: dict[Region, dict[date, int]] = {}
    for one in past:
        for pain in one.answers.pains:
            if 0 <= pain.level <= 10:
                told.setdefault(pain.region, {})[one.week.week_of] = pain.level
    return tuple((region, told[region]) for region in Region if any(told.get(region, {}).values()))
