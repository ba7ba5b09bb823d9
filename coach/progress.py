"""What the engine has learnt of a runner: a fold over the answer log, stored as a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.profile import Region
from coach.week import Dose


@dataclass(frozen=True, slots=True)
class Seen:
    """What was last learnt of an exercise, kept to be told: amount done, reps left (in repetitions), and how it was told.

    source: "tap" for a session answer, "sets" for a report of this exercise. failed: sets that missed their amount.
    """

    week_of: date
    source: str
    sets: int
    amount: int
    reps_left: float
    at_least: bool = False
    failed: int = 0


@dataclass(frozen=True, slots=True)
class ExerciseState:
    """One exercise's capacity estimate. docs/evidence.md#capacity

    mu, var: mean and variance of ln(1RM-equivalent in kg, bodyweight share included); for holds of ln(longest seconds).
    anchor_kg: heaviest external load tolerated in the last four completed weeks. idle: weeks since last trained.
    weeks: completed weeks with it. top, low: sessions running at the top of, or below, the range. last: the dose prescribed last.
    """

    exercise: str
    mu: float
    var: float
    anchors_kg: tuple[float, ...] = ()
    idle: int = 0
    weeks: int = 0
    top: int = 0
    low: int = 0
    last: Dose | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class RegionState:
    """Pain history of a region. pain: level last told, 0–10. high_weeks: weeks running at ≥4. calm_weeks: weeks running below 3."""

    region: Region
    pain: int
    high_weeks: int = 0
    calm_weeks: int = 0


@dataclass(frozen=True, slots=True)
class SlotState:
    """The exercise that fills a programme slot of a session, and for how many weeks it has."""

    session: str
    slot: str
    exercise: str
    weeks: int


@dataclass(frozen=True, slots=True)
class StretchState:
    """hold_s reached for a target area; weeks done at it."""

    target: str
    hold_s: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything remembered of a runner after folding the week `through` (None: nothing folded yet).

    completed: weeks with at least one session done. missed: weeks running without one. reduced: deload weeks earned by poor readiness.
    loads: session loads (RPE × minutes, summed a week) of the last eight weeks, oldest first.
    """

    through: date | None = None
    weeks: int = 0
    completed: int = 0
    missed: int = 0
    strain: int = 0
    """Weeks running with signs of too much."""
    stopped: tuple[str, ...] = ()
    """Red flags that stopped the programme; cleared only by a person."""
    unsure: bool = False
    """Something hurts, but not said where: hold and ask."""
    soreness: int = 0
    exercises: tuple[ExerciseState, ...] = ()
    regions: tuple[RegionState, ...] = ()
    programme: tuple[SlotState, ...] = ()
    stretches: tuple[StretchState, ...] = ()
    tight: frozenset[Region] = frozenset()
    loads: tuple[float, ...] = ()
