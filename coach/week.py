"""The week the engine prescribes: sessions, doses, stretches, and a reason for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach.profile import Gear, Region
from coach.values import maker, quick


class Phase(StrEnum):
    ANATOMICAL = "anatomical"
    """The first completed weeks: tissue gets used to load."""
    BASE = "base"
    BUILD = "build"
    PEAK = "peak"
    TAPER = "taper"
    RACE = "race"
    DELOAD = "deload"
    RETURN = "return"
    """After a gap or out of an injury."""


ANATOMICAL, BASE, BUILD, PEAK, TAPER, RACE, DELOAD, RETURN = Phase
"""The same by name: a member is found through its class several times more slowly."""


class Quality(StrEnum):
    """What makes an exercise good for running; docs/evidence.md#qualities"""

    SINGLE_LEG = "single_leg"
    JOINT_CONTROL = "joint_control"
    LOAD_TOLERANCE = "load_tolerance"
    CARRY_OVER = "running_carryover"


@quick
@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a code from language/reasons.py and the numbers its sentence needs.

    values: (name, value) pairs in a fixed order; loads in kg, exercises by slug. `reasons.sentence` puts it in words.
    """

    code: str
    values: tuple[tuple[str, float | int | str], ...] = ()


make_reason = maker(Reason)


class DoseMode(StrEnum):
    REPS = "reps"
    HOLD = "hold"
    """Seconds held."""
    CARRY = "carry"
    """Seconds walked with a load."""
    CONTACTS = "contacts"
    """Ground contacts of a jump or hop."""


REPS, HOLD, CARRY, CONTACTS = DoseMode
"""The same by name, as with phases: asked for some hundred times a week."""


@quick
@dataclass(frozen=True, slots=True)
class Dose:
    """sets × amount at a load. amount: reps, seconds or contacts a set (a side, when the exercise is one-sided).

    load_kg: external load in kg (for a band its nominal strength); 0 is bodyweight. gear: what makes the load, None for bodyweight.
    """

    sets: int
    amount: int
    load_kg: float = 0.0
    gear: Gear | None = None


make_dose = maker(Dose)


@quick
@dataclass(frozen=True, slots=True)
class Prescription:
    """One exercise of a session.

    slot: the programme slot it fills, like "knee". mode: what `dose.amount` counts. target_rir: repetitions in reserve aimed at.
    up_to: amount to go on to in a set while more than target_rir is left; None: no further than the dose's. stop_rir: where a set
    ends whatever its amount; None: it does not. easier, harder: the dose to switch to within the session when none is left, or when
    5 or more are left at the end of a set; None: keep the dose.
    why: why this exercise for this runner. change: what differs from last time and why; None for the same dose as last time.
    cut: share of the planned dose that pain left when it changed the week midway; 1 in a plan.
    """

    exercise: str
    slot: str
    mode: DoseMode
    dose: Dose
    per_side: bool
    tempo: str
    rest_s: int
    target_rir: int
    why: Reason
    easier: Dose | None = None
    harder: Dose | None = None
    change: Reason | None = None
    up_to: int | None = None
    stop_rir: int | None = None
    cut: float = 1.0


make_prescription = maker(Prescription)


@quick
@dataclass(frozen=True, slots=True)
class Session:
    """day: 0 is Monday. minutes: all in, warm-up and rests too. light: no heavy leg work. placed: why on this day."""

    day: int
    name: str
    minutes: int
    light: bool
    exercises: tuple[Prescription, ...]
    placed: Reason


@quick
@dataclass(frozen=True, slots=True)
class StretchItem:
    """One stretch: hold_s seconds (or reps for a dynamic one) × rounds, a side where sides is 2."""

    stretch: str
    target: str
    hold_s: int
    reps: int
    rounds: int
    sides: int
    why: Reason


make_stretch_item = maker(StretchItem)


@quick
@dataclass(frozen=True, slots=True)
class Routine:
    """The stretch routine after runs; about 15 minutes. days: after the runs of these days. before: the short dynamic set."""

    items: tuple[StretchItem, ...]
    seconds: int
    days: tuple[int, ...]
    before: tuple[StretchItem, ...] = ()
    change: Reason | None = None


class NoticeKind(StrEnum):
    STOP = "stop"
    """A red flag: no plan, only this message."""
    CLINICIAN = "clinician"
    """Train on as changed, and have it looked at."""
    CLEARANCE = "clearance"
    """Needs a clinician's clearance; no progression until then."""
    ADULTS_ONLY = "adults-only"
    SCREENING = "screening"
    """The screening questions were answered a year ago or more: to be looked at again."""


@quick
@dataclass(frozen=True, slots=True)
class Notice:
    kind: NoticeKind
    reason: Reason


@quick
@dataclass(frozen=True, slots=True)
class Question:
    """The week's one question: how many were left at the end of this exercise of this session (its index, from 0)?"""

    session: int
    exercise: str
    mode: DoseMode


@quick
@dataclass(frozen=True, slots=True)
class Week:
    """One runner's week. No sessions: then `notices` says why.

    changes: at most five, the most important first. qualities: share of the week's work that trains each quality, in percent.
    """

    week_of: date
    engine: str
    number: int
    phase: Phase
    focus: Reason
    sessions: tuple[Session, ...]
    stretch: Routine | None
    changes: tuple[Reason, ...]
    notices: tuple[Notice, ...] = ()
    qualities: tuple[tuple[Quality, int], ...] = ()
    paused_regions: tuple[Region, ...] = ()
    question: Question | None = None
