"""Another body mass in the profile: what has been done stays true, so that no number in a form makes a dose heavier. docs/evidence.md#body-mass"""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import TYPE_CHECKING, Final

from coach.capacity import moved_kg
from coach.week import HOLD

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from coach.progress import ExerciseState, Progress

MARKED: Final = 0.03
"""Share of the body mass from which a change of it holds the plan: less comes and goes within days. Judgement."""


def at(profile: Profile, progress: Progress, catalogue: Catalogue) -> Progress:
    """What is known, for the body mass of now; the same where it is that of the last week, or that one is not known.

    A body changes slowly, and was last week what it is today, whatever was written of it: so the dose of last time leaves the reserve that
    it left, and the estimates follow. After a marked change nothing rises until answers have come.
    """
    was, now = progress.body_mass_kg, profile.body_mass_kg
    if was in {0.0, now}:
        return progress
    exercises = tuple(_at(state, was, now, catalogue) for state in progress.exercises)
    marked = abs(now - was) >= MARKED * was
    hold = progress.hold or ("body_mass" if marked else "")
    return replace(progress, body_mass_kg=now, exercises=exercises, hold=hold)


def _at(state: ExerciseState, was: float, now: float, catalogue: Catalogue) -> ExerciseState:
    exercise = catalogue.by_slug.get(state.exercise)
    if exercise is None or exercise.mode is HOLD or not exercise.bodyweight_share:
        return state
    load_kg = 0.0 if state.last is None else state.last.load_kg
    return replace(state, mu=state.mu + log(moved_kg(exercise, now, load_kg) / moved_kg(exercise, was, load_kg)))
