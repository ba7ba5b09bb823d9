"""A runner trains for a week: every prescribed set, done by the true body on that day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil, exp, floor, sqrt
from typing import Final

from benchmarks.simulate.body import SECONDS_PER_REP, Body, SetDone, repetitions
from benchmarks.simulate.laws import Telling
from benchmarks.simulate.people import Person, Weather, stream
from coach.catalogue import Catalogue, Exercise
from coach.week import Dose, DoseMode, Prescription, Session, Week

MOST_SETS: Final = 8
"""Sets of one exercise in a session for which luck is drawn."""
FADES_DAYS: Final = 3.5
"""Days in which two thirds of a session's fatigue is gone."""
TIRED: Final = 0.04
"""ln of capacity that a whole session's fatigue costs the next."""
PLENTY: Final = 5
"""Repetitions left, as the runner feels them, from which the in-session rule says: more."""
LEAVES_OUT, STAYS_HOME = 6.0, 8.5
"""Pain from which most leave out an exercise that loads the region well, or the session."""


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """One exercise of a session. felt: repetitions left after each set, as the runner felt them. No sets: left out for pain."""

    prescription: Prescription
    sets: tuple[SetDone, ...]
    felt: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SessionDone:
    """exercises is empty when the session did not take place. fatigue: 1 is a usual session of 18 sets."""

    day: int
    exercises: tuple[ExerciseDone, ...]
    fatigue: float


@dataclass(frozen=True, slots=True)
class Luck:
    """What chance brings to one exercise of one session, drawn before anything is done, so that all policies meet the same."""

    day: float
    sets: tuple[float, ...]
    felt: tuple[float, ...]
    follows: tuple[float, ...]
    carries_on: tuple[float, ...]


class Tiredness:
    """Fatigue of past sessions, fading day by day. at: days since the first Monday."""

    def __init__(self) -> None:
        self._sum = 0.0
        self._at = 0.0

    def now(self, at: float) -> float:
        return self._sum * exp(-max(0.0, at - self._at) / FADES_DAYS)

    def add(self, at: float, fatigue: float) -> None:
        self._sum = self.now(at) + fatigue
        self._at = at


def train(
    body: Body, catalogue: Catalogue, week: Week, number: int, weather: Weather, tired: Tiredness
) -> tuple[SessionDone, ...]:
    """The sessions of a week as they truly went, in the week's order. number: weeks since the first."""
    done = []
    hard_runs = {r.day for r in body.who.profile.runs if r.kind != "easy"}
    for n, session in enumerate(week.sessions):
        home = stream(body.who.seed, body.who.number, "home", number, n).random()
        worst = max(site.pain for site in body.sites.values())
        if weather.away or weather.skips[n % len(weather.skips)] or (worst >= STAYS_HOME and home < 0.7):
            done.append(SessionDone(session.day, (), 0.0))
            continue
        at = 7.0 * number + session.day
        shape = weather.capacity - TIRED * tired.now(at) - (0.02 if session.day in hard_runs else 0.0)
        result = _session(body, catalogue, session, (number, n), shape)
        tired.add(at, result.fatigue)
        done.append(result)
    return tuple(done)


def _session(body: Body, catalogue: Catalogue, session: Session, place: tuple[int, int], shape: float) -> SessionDone:
    exercises, fatigue = [], 0.0
    for p in session.exercises:
        exercise = catalogue.by_slug[p.exercise]
        luck = draw_luck(body.who, body.world.tissue.day_sd, place, p.exercise)
        hurting = max((body.sites[r].pain for r, weight in exercise.tissues if weight >= 2), default=0.0)
        if hurting >= LEAVES_OUT and luck.follows[-1] < 0.7:
            exercises.append(ExerciseDone(p, (), ()))
            continue
        sets, felt = do_exercise(body, exercise, p, luck, shape)
        fatigue += sum(
            s.share * sqrt(repetitions(exercise, s.amount) / 10.0) * (1.6 if s.failed else 1.0) for s in sets
        )
        exercises.append(ExerciseDone(p, sets, felt))
    return SessionDone(session.day, tuple(exercises), fatigue / 12.0)


def do_exercise(
    body: Body, exercise: Exercise, p: Prescription, luck: Luck, shape: float
) -> tuple[tuple[SetDone, ...], tuple[float, ...]]:
    """The sets of one exercise and the reserve felt after each. shape: ln of capacity that day, on top of today's."""
    if exercise.mode is DoseMode.CONTACTS:
        stress = body.stress(exercise, 0.0, p.dose.amount, 5.0, failed=False)
        jumps = SetDone(0.0, p.dose.amount, p.dose.amount, 0.5, 5.0, failed=False, stress=stress)
        return (jumps,) * p.dose.sets, ()
    telling = body.world.telling
    capacity = body.today(exercise) + shape + luck.day
    dose, switched = p.dose, False
    sets: list[SetDone] = []
    felt: list[float] = []
    for n in range(min(p.dose.sets, MOST_SETS)):
        minds = luck.follows[n] < telling.follows
        done = _one_set(
            body, exercise, p, dose, capacity + luck.sets[n], luck.carries_on[n], luck.felt[n] if minds else None
        )
        sets.append(done)
        feels = _felt(body.who, telling, done, repetitions(exercise, done.amount), luck.felt[n])
        felt.append(feels)
        near = 1.2 if done.left < 1.0 else 1.0 if done.left < 4.0 else 0.5
        capacity -= body.world.tissue.set_fatigue * near * sqrt(75.0 / max(30, p.rest_s))
        if not switched and luck.follows[n] < telling.follows:
            other = p.easier if done.amount < dose.amount or feels < 0.5 else p.harder if feels >= PLENTY else None
            if other is not None:
                dose, switched = other, True
    return tuple(sets), tuple(felt)


def _one_set(
    body: Body,
    exercise: Exercise,
    p: Prescription,
    dose: Dose,
    capacity: float,
    carries_on: float,
    senses: float | None,
) -> SetDone:
    """senses: luck in reading one's reserve, for a runner who minds where the plan says to end a set; None: counts only."""
    possible, share = body.possible(exercise, dose.load_kg, capacity)
    unit = 1.0 if exercise.mode is DoseMode.REPS else SECONDS_PER_REP
    most = floor(possible * unit)
    wanted = dose.amount
    if senses is not None:
        ends = partial(_ends, body.who, body.world.telling, possible, senses)
        if p.up_to is not None:
            wanted = max(wanted, min(p.up_to + wanted - p.dose.amount, ceil(ends(p.target_rir) * unit)))
        if p.stop_rir is not None:
            wanted = max(1, min(wanted, ceil(ends(p.stop_rir) * unit)))
    amount = min(wanted, most)
    failed = most < wanted
    if (
        wanted == dose.amount
        and not failed
        and carries_on < body.world.telling.carries_on
        and possible - amount / unit > PLENTY
    ):
        amount = min(most, amount + round(3 * unit))
    left = max(0.0, possible - amount / unit)
    stress = body.stress(exercise, dose.load_kg, amount, left, failed=failed)
    return SetDone(dose.load_kg, dose.amount, amount, share, left, failed, stress)


def _ends(who: Person, telling: Telling, possible: float, luck: float, reserve: float) -> float:
    """Repetition-equivalents after which the runner feels so many left; see _felt."""
    sd = telling.noise + telling.noise_long * max(0.0, possible - reserve - 12.0)
    return possible - max(0.0, reserve + who.hidden.bias - sd * luck) / max(0.3, 1.0 + telling.noise_left * luck)


def _felt(who: Person, telling: Telling, done: SetDone, reps: float, luck: float) -> float:
    """Repetitions left as the runner feels them: too few by the runner's bias, and the vaguer the more there are."""
    if done.failed:
        return 0.0
    bias = who.hidden.bias * (1.0 if done.left >= 1.0 else 0.5)
    sd = telling.noise + telling.noise_left * done.left + telling.noise_long * max(0.0, reps - 12.0)
    return max(0.0, done.left - bias + sd * luck)


def draw_luck(who: Person, day_sd: float, place: tuple[int, int], slug: str) -> Luck:
    """place: week and session, from 0."""
    draw = stream(who.seed, who.number, "luck", *place, slug)
    return Luck(
        day=draw.gauss(0.0, day_sd),
        sets=tuple(draw.gauss(0.0, 0.012) for _ in range(MOST_SETS)),
        felt=tuple(draw.gauss(0.0, 1.0) for _ in range(MOST_SETS)),
        follows=tuple(draw.random() for _ in range(MOST_SETS)),
        carries_on=tuple(draw.random() for _ in range(MOST_SETS)),
    )
