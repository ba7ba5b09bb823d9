"""The knee place of session A, with one exercise known and in it: what fills it next, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import coach
from coach.catalogue import Catalogue
from coach.profile import Equipment, Gear, Profile
from coach.progress import ExerciseState, Progress
from coach.week import Dose, Prescription, Week
from tests.builders import MONDAY
from tests.coach.runners import a_steady_runner, in_slot, known, slots, some_progress

RUNNER = a_steady_runner()
DUMBBELLS = Equipment(frozenset({Gear.DUMBBELLS}), ((Gear.DUMBBELLS, (4.0, 6.0, 8.0, 10.0, 12.0, 16.0)),))
EIGHT = Dose(3, 10, 8.0, Gear.DUMBBELLS)
TOP = Dose(3, 15, 16.0, Gear.DUMBBELLS)

BESIDE = (
    ("A", "control", "single-leg-balance-reach", 1),
    ("B", "control", "single-leg-balance-reach", 1),
    ("B", "knee", "chair-sit-to-stand", 1),
)
"""What has the other places that an exercise for the knee could come into."""


def plan(progress: Progress, catalogue: Catalogue, profile: Profile = RUNNER) -> Week:
    return coach.next_week(profile, progress, catalogue, week_of=MONDAY)


def knee(
    slug: str,
    catalogue: Catalogue,
    last: Dose = EIGHT,
    *,
    profile: Profile = RUNNER,
    weeks: int = 3,
    stronger: float = 0.0,
    state: dict[str, Any] | None = None,
    others: tuple[ExerciseState, ...] = (),
    **progress: Any,
) -> Prescription:
    """What fills the knee place of session A, after this exercise has for some weeks. stronger: than expected, in ln. others: known too."""
    held = replace(known(slug, catalogue, profile, last), **(state or {}))
    held = replace(held, mu=held.mu + stronger)
    told = {slug, *(state.exercise for state in others)}
    beside = [x for x in BESIDE if x[2] in catalogue.by_slug and x[2] not in told]
    states = {known(x[2], catalogue, profile, Dose(2, 12)) for x in beside}
    before = some_progress(held, *others, *states, programme=slots(("A", "knee", slug, weeks), *beside), **progress)
    return in_slot(plan(before, catalogue, profile), "knee")


def code(p: Prescription) -> str:
    return p.change.code if p.change is not None else ""
