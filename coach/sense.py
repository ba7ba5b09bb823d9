"""Answers as far as they make sense: what is out of range is left out, and holds next week's load. docs/safety.md#always"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from coach.answers import Answers, SessionReport
from coach.instead import as_done

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.week import Week

MOST_SETS: Final = 12
"""More sets than this of one exercise is a slip of the thumb. Judgement."""
MOST_AMOUNT: Final = 900
MOST_LOAD_KG: Final = 400.0
"""Repetitions or seconds a set, and load, beyond which a dose said to have been asked for was none of ours. Judgement."""


def clean(answers: Answers, week: Week, catalogue: Catalogue) -> tuple[bool, Answers]:
    """(whether every value made sense, the answers without those that did not)."""
    wrong: list[object] = []

    def within(value: Any, low: float, high: float) -> bool:
        # Compared as it came: a slip of the thumb may be too large for any float.
        ok = value is None or low <= value <= high  # also false for NaN
        if not ok:
            wrong.append(value)
        return ok

    sessions = []
    for report in sorted(answers.sessions, key=lambda r: r.session):
        if not 0 <= report.session < len(week.sessions):
            wrong.append(report)
            continue
        session = week.sessions[report.session]
        prescribed = {p.exercise: p for p in session.exercises}
        exercises = []
        for told in sorted(report.exercises, key=lambda e: e.exercise):
            p = prescribed.get(told.exercise)
            if p is not None and told.swap is not None:
                p = as_done(p, told.swap, session, catalogue)
            if p is None:
                wrong.append(told)
                continue
            dose = p.dose
            fits = [
                within(told.sets_done, 0, MOST_SETS),
                within(told.reps, 0, 4 * dose.amount + 30),
                within(told.reps_left, 0, 30),
                within(told.load_kg, 0, 2 * dose.load_kg + 40),
            ]
            if told.swap is not None:
                asked = told.swap.dose
                fits += [
                    within(asked.sets, 1, MOST_SETS),
                    within(asked.amount, 1, MOST_AMOUNT),
                    within(asked.load_kg, 0, MOST_LOAD_KG),
                ]
            if all(fits):
                exercises.append(told)
        rpe = report.rpe if within(report.rpe, 0, 10) else None
        minutes = report.minutes if within(report.minutes, 0, 300) else None
        sessions.append(SessionReport(report.session, report.effort, rpe, minutes, tuple(exercises)))
    pains = tuple([p for p in answers.pains if within(p.level, 0, 10)])
    soreness = answers.soreness if within(answers.soreness, 0, 10) else None
    sleep = answers.sleep if within(answers.sleep, 1, 5) else None
    mood = answers.mood if within(answers.mood, 1, 5) else None
    if not wrong:
        return True, answers
    return False, replace(answers, sessions=tuple(sessions), pains=pains, soreness=soreness, sleep=sleep, mood=mood)
