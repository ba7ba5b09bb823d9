"""The answer form's fields: what they are called, what they may hold, and how loads are written in the runner's units.

The page is built and the posted form is read from these same names and limits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from coach.answers import Answers
from coach.catalogue import Catalogue
from coach.profile import KG_PER_LB, Gear
from coach.week import DoseMode, Prescription, Week
from language import loads
from language.tongue import ENGLISH, Tongue


@dataclass(frozen=True, slots=True)
class Form:
    """What an answer form is about.

    week: as it is asked for by now; changed: pain has changed it since it was planned. before: what was told of the week
    already, merged. said: in how many answers. units: "kg" or "lb", for loads. catalogue: in the language of the page. in_place: what an exercise would be prescribed as in the place of a planned one (session,
    planned, wanted), None where it would not; asked only of what a runner says was done.
    """

    week: Week
    before: Answers
    units: str
    catalogue: Catalogue
    tongue: Tongue
    changed: bool = False
    said: int = 0
    in_place: Callable[[int, str, str], Prescription | None] = field(
        default=lambda _session, _planned, _wanted: None, compare=False
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most a number may be, both included."""

    low: int
    high: int


SETS = Limits(0, 10)
LEFT = Limits(0, 5)
"""Repetitions left at the end of a set; 5 stands for "5 or more"."""
EFFORT = Limits(0, 10)
SORENESS = Limits(0, 10)
PAIN = Limits(0, 10)
SLEEP = Limits(1, 5)
MOOD = Limits(1, 5)
MINUTES = Limits(1, 240)
AMOUNTS = {
    DoseMode.REPS: Limits(0, 100),
    DoseMode.HOLD: Limits(0, 900),
    DoseMode.CARRY: Limits(0, 900),
    DoseMode.CONTACTS: Limits(0, 300),
}
"""Repetitions, seconds, seconds and ground contacts of one set."""
LOADS = {"kg": Limits(0, 400), "lb": Limits(0, 882)}
"""External load in the runner's units; no equipment of a profile goes beyond 400 kg."""
NOTE_CHARACTERS = 2000

NAMED = {"none": 0, "plenty": LEFT.high}
"""One exercise of a session picked out beside its tap: the one that left nothing, the one that left five or more; with how many it says were left."""
HURTS = "hurts"
AT = "at"
"""The places marked on the figure, or by their names."""
RED_FLAGS = "red"
TIGHT = "tight"
NOTE = "note"
NOTHING_TIGHT = "none"
SAID = "said"
"""How many answers there were when the page was made."""


def of_session(session: int, what: str) -> str:
    """The field of a session: `s0.effort`, `s0.none`, `s0.plenty`, `s0.rpe`, `s0.minutes`."""
    return f"s{session}.{what}"


def of_exercise(session: int, exercise: str, what: str) -> str:
    """The field of an exercise: `s0.split-squat.sets`, also `amount`, `left`, `load`, `switch`, `swap` (what was done in its place)."""
    return f"s{session}.{exercise}.{what}"


def of_pain(region: str, what: str) -> str:
    """The field of a region: `pain.knee.level`, `pain.knee.settled`."""
    return f"pain.{region}.{what}"


def takes_load(prescription: Prescription, catalogue: Catalogue) -> bool:
    """Whether a number can say what load was used: weights yes, bands and plain bodyweight no."""
    if prescription.dose.gear is not None:
        return prescription.dose.gear != Gear.BAND
    known = catalogue.by_slug.get(prescription.exercise)
    return known is not None and any(g != Gear.BAND for g in known.loadable)


def prescribed_load(load_kg: float, units: str) -> str:
    """The number of a prescribed load, rounded as in the mail; with a point, as a browser's number field has it."""
    return loads.number(load_kg, units, ENGLISH)


def told_load(load_kg: float, units: str) -> str:
    """The number of a load that the runner told, as it was written; with a point, as a browser's number field has it."""
    return f"{_as_told(load_kg, units):g}"


def told_weight(load_kg: float, units: str, tongue: Tongue) -> str:
    """The same to be read: "12.25 kg", "12,25 kg"."""
    shown = tongue.decimal(_as_told(load_kg, units))
    said = tongue.gettext("%(weight)s lb") if units == "lb" else tongue.gettext("%(weight)s kg")
    return said % {"weight": shown}


def _as_told(load_kg: float, units: str) -> float:
    return round(load_kg / KG_PER_LB, 1) if units == "lb" else round(load_kg, 2)


def load_kg(number: float, units: str) -> float:
    """The load in kg to the ten grams, finer than any plate."""
    kg = number * KG_PER_LB if units == "lb" else number
    return min(round(kg, 2), float(LOADS["kg"].high))
