"""What the engine has learnt of a runner: a fold over the answer log, stored as a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.profile import Race, Region
from coach.values import maker, quick
from coach.week import Dose


@quick
@dataclass(frozen=True, slots=True)
class Seen:
    """What was last learnt of an exercise, kept to be told: amount done, reps left (in repetitions), and how it was told.

    source: "easy", "right" or "hard" for a session's tap, "sets" for a report of this exercise.
    at_least: the runner said "5 or more". failed: sets that missed their amount.
    """

    week_of: date
    source: str
    sets: int
    amount: int
    reps_left: float
    at_least: bool = False
    failed: int = 0

    @property
    def too_much(self) -> bool:
        """Whether it was called hard, fell short of its sets, or left nothing."""
        return self.source == "hard" or self.failed > 0 or self.reps_left < 1


make_seen = maker(Seen)


@quick
@dataclass(frozen=True, slots=True)
class ExerciseState:
    """One exercise's capacity estimate. docs/evidence.md#capacity

    mu, var: mean and variance of ln(1RM-equivalent in kg, bodyweight share included); for holds of ln(longest seconds).
    anchors_kg: heaviest external load tolerated in each of the last completed weeks. idle: weeks since last trained.
    weeks: completed weeks with it. top, low: sessions running at the top of, or below, the range. last: the dose done last (the first one prescribed until one is done).
    cut: share that pain had left of `last` already when it was done, as the week was changed midway: the same pain takes it once.
    plateau: weeks with it, running, none of them too much, in which neither its load nor its amount changed though they might rise. rested: of the idle weeks, those in which the
    plan left it out while the runner trained. refused: trained weeks, this one counted, until a heavier load is tried again after
    one was too much. usual: sets before the easier weeks that have just been, which come back as no rise; 0 after any other week.
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
    cut: float = 1.0
    plateau: int = 0
    rested: int = 0
    refused: int = 0
    usual: int = 0


make_exercise_state = maker(ExerciseState)


@quick
@dataclass(frozen=True, slots=True)
class RegionState:
    """Pain history of a region. pain: level that counts, 0–10: as told, or fading since. high_weeks: weeks in which it was told at ≥4, none
    calmer between them. calm_weeks: weeks running below 3.
    cut: share of the dose kept next week in exercises that load it. fewer: sets taken off exercises that load it much, until it
    has been calm for long enough. told: the level last told, 0 for none (it hurts, and that is all). ago: weeks since.
    """

    region: Region
    pain: int
    high_weeks: int = 0
    calm_weeks: int = 0
    cut: float = 1.0
    fewer: int = 0
    told: int = 0
    ago: int = 0


@quick
@dataclass(frozen=True, slots=True)
class SlotState:
    """The exercise that fills a programme slot of a session, and for how many weeks it has. idle: weeks since the plan last had it there.

    awaits: the exercise that had the slot until its equipment was gone, "" for none. dose: as it was asked for then.
    """

    session: str
    slot: str
    exercise: str
    weeks: int
    idle: int = 0
    awaits: str = ""
    dose: Dose | None = None


make_slot_state = maker(SlotState)


@quick
@dataclass(frozen=True, slots=True)
class StretchState:
    """hold_s reached for a target area, from_s the one before; weeks done at it."""

    target: str
    hold_s: int
    weeks: int
    from_s: int = 60


make_stretch_state = maker(StretchState)


@quick
@dataclass(frozen=True, slots=True)
class Progress:
    """Everything remembered of a runner after folding the week `through` (None: nothing folded yet).

    completed: weeks with at least one session done. missed: weeks running without one, of those that asked for any.
    off: weeks since the last session that asked for none because the programme was stopped.
    loads: session loads (RPE × minutes, summed a week) of the last eight weeks, oldest first.
    """

    through: date | None = None
    weeks: int = 0
    completed: int = 0
    missed: int = 0
    off: int = 0
    silent: int = 0
    """Weeks running without any answer."""
    strain: int = 0
    """Weeks running with signs of too much."""
    hard: int = 0
    """Weeks running, told of, in which all that was done was called hard."""
    stopped: tuple[str, ...] = ()
    """Red flags that stopped the programme; cleared only by a person."""
    hold: str = ""
    """Why nothing may rise next week: "hurts" (no place told that hurts enough to hold by itself), "unclear" (an answer made no sense), "body_mass"
    (another one was written down) or "" (it may)."""
    hurt: int = 0
    """Answered weeks for which everything still has a set less, since something hurt and we were not told where."""
    unplaced: int = 0
    """Weeks running in which something hurt and no place was told at all; silence neither counts nor ends them."""
    gap: int = 0
    """Weeks of the last gap of three or more; 0 when there was none lately."""
    since_gap: int = 0
    """Completed weeks since that gap ended."""
    raced: Race | None = None
    """The last race run while there was a plan; the profile names only one, and that may be the next."""
    body_mass_kg: float = 0.0
    """Of the profile by which the last week was folded; 0 when nobody kept it."""
    soreness: int = 0
    exercises: tuple[ExerciseState, ...] = ()
    regions: tuple[RegionState, ...] = ()
    programme: tuple[SlotState, ...] = ()
    stretches: tuple[StretchState, ...] = ()
    tight: frozenset[Region] = frozenset()
    loads: tuple[float, ...] = ()
