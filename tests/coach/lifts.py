"""Plain exercises, racks and estimates, with which the choice of a dose can be followed by hand."""

from __future__ import annotations

from math import log
from typing import Any

from coach import capacity, dose
from coach.capacity import Belief
from coach.catalogue import Catalogue, Exercise
from coach.dose import Limits
from coach.phases import Plan
from coach.profile import Equipment, Gear, Profile
from coach.progress import ExerciseState
from coach.week import Dose, DoseMode
from tests.builders import a_profile
from tests.coach.runners import a_plan, a_state, an_exercise

LIFT = an_exercise()
BODY = an_exercise(slug="body", start_load_share=0.0, bodyweight_share=0.7, needs=(frozenset(),))
HOLD = an_exercise(slug="hold", mode=DoseMode.HOLD, start_load_share=0.0, start_amount=30, loadable=(), needs=())
CARRY = an_exercise(slug="carry", mode=DoseMode.CARRY, start_amount=40)
JUMP = an_exercise(
    slug="jump", mode=DoseMode.CONTACTS, pattern="plyometric", start_load_share=0.0, bodyweight_share=1.0, loadable=()
)
FINE = tuple(float(x) for x in range(2, 61))
COARSE = (10.0, 20.0, 30.0)
DUMBBELLS = Gear.DUMBBELLS


def with_dumbbells(*loads: float, **changes: Any) -> Profile:
    equipment = Equipment(frozenset({DUMBBELLS}), ((DUMBBELLS, loads),)) if loads else Equipment()
    return a_profile(equipment=equipment, **changes)


def able(reps: float, load_kg: float, var: float = 0.0) -> Belief:
    """Just so many repetitions to failure at this load."""
    return Belief(log(load_kg) + log(1 + reps / capacity.EPLEY), var)


def last(amount: int, load_kg: float, sets: int = 3, exercise: Exercise = LIFT, **changes: Any) -> ExerciseState:
    gear = DUMBBELLS if load_kg else None
    return a_state(exercise, Dose(sets, amount, load_kg, gear), **changes)


def choose(
    exercise: Exercise,
    now: Belief,
    state: ExerciseState | None,
    profile: Profile,
    catalogue: Catalogue,
    plan: Plan | None = None,
    **limits: Any,
) -> Dose:
    """The dose chosen, from an estimate taken at its word; there must be one."""
    found = dosed(exercise, now, state, profile, catalogue, plan, **limits)
    assert found is not None
    return found


def dosed(
    exercise: Exercise,
    now: Belief,
    state: ExerciseState | None,
    profile: Profile,
    catalogue: Catalogue,
    plan: Plan | None = None,
    **limits: Any,
) -> Dose | None:
    """The same, or None when nothing is left that is worth doing."""
    plan = plan or a_plan()
    bounds = Limits(**{"target_rir": plan.target_rir, "caution": 0.0, **limits})
    return dose.choose(exercise, now, state, plan, profile, bounds, catalogue.constants)
