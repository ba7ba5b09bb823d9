"""How the baselines read a week's answers: each exercise's sets reached or not, and what was left. Nonsense is not heard."""

from __future__ import annotations

from dataclasses import dataclass

from coach.answers import Answers, Effort, ExerciseReport, SessionReport
from coach.profile import Region
from coach.week import Prescription, Week


@dataclass(frozen=True, slots=True)
class Heard:
    """What was told of one exercise in a week; None is "not told".

    done: whether it was trained; every, some: whether all sets, or any, reached their amount. amount, left: of the usual set.
    """

    done: bool | None = None
    every: bool | None = None
    some: bool | None = None
    amount: int | None = None
    left: float | None = None


NOTHING = Heard()
TAPPED_LEFT = {Effort.EASY: 2.0, Effort.RIGHT: 0.0, Effort.HARD: -2.0}
"""Repetitions from the target that a tap stands for; a session that was hard is read as one not reached."""


def hear(week: Week, answers: Answers) -> dict[str, Heard]:
    """What was told of each exercise of the week; of several sessions the worst counts."""
    reports = {r.session: r for r in answers.sessions}
    heard: dict[str, Heard] = {}
    for n, session in enumerate(week.sessions):
        report = reports.get(n)
        told = {} if report is None else {e.exercise: e for e in report.exercises}
        for p in session.exercises:
            one = _one(p, report, told.get(p.exercise))
            heard[p.exercise] = _worse(heard.get(p.exercise, NOTHING), one)
    return heard


def pains(answers: Answers) -> dict[Region, int]:
    return {p.region: p.level for p in answers.pains if 0 <= p.level <= 10}


def _one(p: Prescription, report: SessionReport | None, told: ExerciseReport | None) -> Heard:
    if report is None:
        return NOTHING
    if told is not None and _sensible(told, p):
        if told.sets_done == 0:
            return Heard(done=False)
        amount = p.dose.amount if told.reps is None else told.reps
        sets = p.dose.sets if told.sets_done is None else told.sets_done
        reached = amount >= p.dose.amount and (told.load_kg is None or told.load_kg >= p.dose.load_kg)
        left = None if told.reps_left is None else float(told.reps_left)
        return Heard(True, reached and sets >= p.dose.sets, reached, amount, left)
    if report.effort is None:
        return NOTHING
    if report.effort is Effort.SKIPPED:
        return Heard(done=False)
    left = max(0.0, p.target_rir + TAPPED_LEFT[report.effort])
    return Heard(True, report.effort is not Effort.HARD, True, p.dose.amount, left)


def _sensible(told: ExerciseReport, p: Prescription) -> bool:
    limits = ((told.sets_done, 12), (told.reps, 4 * p.dose.amount + 30), (told.reps_left, 30), (told.load_kg, 500))
    return all(value is None or 0 <= value <= most for value, most in limits)


def _worse(a: Heard, b: Heard) -> Heard:
    if a.done is None or not a.done:
        return b if b.done is not None or a.done is None else a
    if not b.done:
        return a
    left = b.left if a.left is None else a.left if b.left is None else min(a.left, b.left)
    return Heard(True, a.every and b.every, a.some or b.some, b.amount, left)
