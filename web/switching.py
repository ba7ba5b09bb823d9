"""The dose a runner switched to within a session, as the mail's rule allows: one step harder, or one step easier.

Asked beside the week's one question; stored as the load and the repetitions of that dose.
"""

from __future__ import annotations

from coach.answers import ExerciseReport
from coach.week import Dose, Prescription

HARDER, EASIER = "harder", "easier"
AS_PLANNED = ""

_SAME_KG = 0.05
"""Loads told in pounds come back rounded; no equipment has steps as small."""


def doses(p: Prescription) -> dict[str, Dose]:
    """The doses to choose from, besides the one planned, by the value of their choice; those that differ in load or amount."""
    return {
        key: dose
        for key, dose in ((HARDER, p.harder), (EASIER, p.easier))
        if dose is not None and (dose.amount != p.dose.amount or dose.load_kg != p.dose.load_kg)
    }


def chosen(p: Prescription, told: ExerciseReport | None) -> str:
    """Which dose an earlier answer tells of; as planned when it tells of none, or of one in between."""
    if told is None:
        return AS_PLANNED
    load = p.dose.load_kg if told.load_kg is None else told.load_kg
    amount = p.dose.amount if told.reps is None else told.reps
    for key, dose in doses(p).items():
        if amount == dose.amount and abs(load - dose.load_kg) < _SAME_KG:
            return key
    return AS_PLANNED


def load_of(p: Prescription, choice: str) -> float | None:
    """The load of a choice in kg; None when it is the one prescribed."""
    dose = doses(p).get(choice, p.dose)
    return None if dose.load_kg == p.dose.load_kg else dose.load_kg


def amount_of(p: Prescription, choice: str) -> int:
    """The repetitions or seconds a set of a choice."""
    return doses(p).get(choice, p.dose).amount
