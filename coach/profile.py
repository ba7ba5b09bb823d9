"""Who the runner is: everything the engine may know, checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Final

from coach.errors import ProfileError


class Region(StrEnum):
    """A part of the body that can hurt and that an exercise can load."""

    KNEE = "knee"
    HIP = "hip"
    HAMSTRING = "hamstring"
    CALF = "calf"
    SHIN = "shin"
    FOOT = "foot"
    GROIN = "groin"
    LATERAL_HIP = "lateral-hip"
    BACK = "back"
    ANKLE = "ankle"


class Experience(StrEnum):
    """Strength-training experience, not running experience."""

    NEW = "new"
    SOME = "some"
    SEASONED = "seasoned"


NEW, SOME, SEASONED = Experience
"""The same by name, as with phases in coach/week.py."""


class Goal(StrEnum):
    HEALTH = "health"
    RETURN = "return"
    """Coming back from an injury or a long break."""
    PERFORMANCE = "performance"
    """Chasing a personal record."""
    TRAIL = "trail"


class RunKind(StrEnum):
    EASY = "easy"
    QUALITY = "quality"
    """Intervals, tempo, hills: a hard run."""
    LONG = "long"


class Gear(StrEnum):
    """Equipment that is there or not; what can be loaded carries its loads in `Equipment`."""

    MAT = "mat"
    CHAIR = "chair"
    STEP = "step"
    BENCH = "bench"
    BAND = "band"
    SLIDER = "slider"
    """Sliders, or a towel on a smooth floor."""
    STRAP = "strap"
    BLOCK = "block"
    PILLOW = "pillow"
    BOX = "box"
    DUMBBELLS = "dumbbells"
    KETTLEBELLS = "kettlebells"
    BARBELL = "barbell"
    MACHINE = "machine"
    CABLE = "cable"
    BACKPACK = "backpack"
    ANCHOR = "anchor"
    """Something that holds the feet: a partner, a heavy sofa, a bench."""


HOUSEHOLD: Final = frozenset({Gear.CHAIR, Gear.STEP, Gear.PILLOW, Gear.SLIDER, Gear.STRAP, Gear.MAT, Gear.ANCHOR})
"""What every home has in some form (a stair, a towel, a rug, a sofa): never a reason to leave a runner without a plan."""


KG_PER_LB: Final = 0.45359237
"""Kilograms in a pound, by definition."""

BANDS_KG: Final = {"light": 3.0, "medium": 6.0, "strong": 10.0, "extra strong": 15.0}
"""Nominal pull of the usual bands half stretched, in kg. Judgement: makers differ widely, so steps of bands count, not kilograms."""


class Screen(StrEnum):
    """A positive answer to a screening question; docs/safety.md says what each means."""

    PREGNANT = "pregnant"
    POSTPARTUM = "postpartum"
    """Less than 12 weeks since birth, or with symptoms."""
    HEART = "heart"
    BLOOD_PRESSURE = "blood-pressure"
    BONE = "bone"
    DIABETES = "diabetes"
    SURGERY = "surgery"
    """Surgery or an acute injury within the last 12 weeks."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the runner's usual week. day: 0 is Monday."""

    day: int
    kind: RunKind

    def __post_init__(self) -> None:
        if not 0 <= self.day <= 6:
            raise ProfileError("runs", f"day {self.day} is not a weekday", "Write mon … sun.")


@dataclass(frozen=True, slots=True)
class Equipment:
    """What the runner has.

    gear: things present (household things may be left out, they are assumed).
    loads_kg: for each loadable thing, the total external loads it can make, ascending, in kg.
    """

    gear: frozenset[Gear] = frozenset()
    loads_kg: tuple[tuple[Gear, tuple[float, ...]], ...] = ()

    def __post_init__(self) -> None:
        for gear, loads in self.loads_kg:
            if gear not in self.gear:
                raise ProfileError("equipment", f"{gear} has loads but is not listed", f"List {gear} too.")
            if not loads or any(not isfinite(x) or not 0 < x <= 400 for x in loads):
                raise ProfileError(
                    "equipment", f"{gear} has a load outside 0–400 kg", "Write loads like 4-24/2 or 8,12,16."
                )
            if list(loads) != sorted(set(loads)):
                raise ProfileError("equipment", f"{gear} loads are not ascending", "Write them from light to heavy.")

    def has(self, gear: Gear) -> bool:
        return gear in self.gear or gear in HOUSEHOLD

    def grid_kg(self, gear: Gear) -> tuple[float, ...]:
        """Loads this thing can make, in kg, ascending; empty when it cannot."""
        for name, loads in self.loads_kg:
            if name == gear:
                return loads
        return ()


@dataclass(frozen=True, slots=True)
class Injury:
    """A region that hurts now (current) or has hurt before. pain: 0–10, as told at sign-up."""

    region: Region
    current: bool
    pain: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.pain <= 10:
            raise ProfileError("injuries", f"pain {self.pain} is not 0–10", "Write a whole number from 0 to 10.")


@dataclass(frozen=True, slots=True)
class Race:
    day: date
    distance_km: float

    def __post_init__(self) -> None:
        if not (isfinite(self.distance_km) and 0.1 <= self.distance_km <= 500):
            raise ProfileError(
                "race_km", f"{self.distance_km} is not 0.1–500 km", "Write the distance in km, like 42.2."
            )


@dataclass(frozen=True, slots=True)
class Sides:
    """A test done with each side: repetitions or seconds; None for a side that was left out."""

    left: int | None = None
    right: int | None = None

    def told(self) -> tuple[int, ...]:
        return tuple(x for x in (self.left, self.right) if x is not None)


MOST: Final = {
    "calf_raises": 100,
    "balance_open_s": 300,
    "balance_closed_s": 300,
    "side_plank_s": 600,
    "sit_to_stands": 60,
}
"""Repetitions or seconds beyond which a self-test is a slip of the pen. Judgement; docs/evidence.md#self-tests"""


@dataclass(frozen=True, slots=True)
class SelfTests:
    """What a runner measured at home, all on one day; None where a test was not done. docs/evidence.md#self-tests

    calf_raises: on one leg, until the heel no longer rises fully. balance_open_s, balance_closed_s: on one leg, eyes open
    or closed. side_plank_s: held to the end. sit_to_stands: from a chair, in 30 seconds.
    """

    on: date
    calf_raises: Sides | None = None
    balance_open_s: Sides | None = None
    balance_closed_s: Sides | None = None
    side_plank_s: Sides | None = None
    sit_to_stands: int | None = None

    def __post_init__(self) -> None:
        none = True
        for name, most in MOST.items():
            result: Sides | int | None = getattr(self, name)
            if result is None:
                continue
            none = False
            told = result.told() if isinstance(result, Sides) else (result,)
            if not told:
                raise ProfileError(name, "neither side is given", "Give at least one side, like left 18.")
            for value in told:
                if not 0 <= value <= most:
                    unit = "seconds" if name.endswith("_s") else "repetitions"
                    raise ProfileError(
                        name,
                        f"{value} is outside 0–{most} {unit}",
                        "Write what was counted, one leg or side at a time.",
                    )
        if none:
            raise ProfileError("tests_on", "a day of tests, and no test", "Give at least one result, or no day.")


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the engine knows of a runner. Bodies of work: kg, years, km a week, minutes a session.

    key: an opaque, stable name; it seeds the choices between equals, so two runners differ.
    Raises ProfileError, naming field, rule and remedy, for a value that cannot be planned for.
    """

    key: str
    birth_year: int
    body_mass_kg: float
    experience: Experience
    goal: Goal
    weekly_km: float
    runs: tuple[Run, ...]
    strength_days: tuple[int, ...]
    """Days the runner can train, 0 is Monday, ascending."""
    minutes: int
    """The longest a session may take, warm-up and rests included."""
    equipment: Equipment = Equipment()
    injuries: tuple[Injury, ...] = ()
    screens: frozenset[Screen] = frozenset()
    cleared: bool = False
    """A clinician has cleared strength training in spite of the screens."""
    trail: bool = False
    race: Race | None = None
    tight: frozenset[Region] = field(default=frozenset())
    """Areas the runner calls tight at sign-up."""
    self_tests: SelfTests | None = None
    screened_on: date | None = None
    """The day the runner last answered the screening questions; None where nobody kept it."""

    def __post_init__(self) -> None:
        def check(field_name: str, ok: bool, rule: str, remedy: str) -> None:
            if not ok:
                raise ProfileError(field_name, rule, remedy)

        check(
            "birth_year",
            1900 <= self.birth_year <= 2100,
            f"{self.birth_year} is not a birth year",
            "Write four digits, like 1986.",
        )
        check(
            "body_mass_kg",
            isfinite(self.body_mass_kg) and 30 <= self.body_mass_kg <= 250,
            f"{self.body_mass_kg:g} kg is outside 30–250 kg",
            "Write the body mass in kg, or in lb with units = lb.",
        )
        check(
            "weekly_km",
            isfinite(self.weekly_km) and 0 <= self.weekly_km <= 300,
            f"{self.weekly_km:g} km is outside 0–300 km a week",
            "Write the usual week.",
        )
        check(
            "minutes",
            10 <= self.minutes <= 120,
            f"{self.minutes} is outside 10–120 minutes",
            "Write the minutes one session may take.",
        )
        check(
            "runs",
            len({r.day for r in self.runs}) == len(self.runs),
            "a day has two runs",
            "Keep the harder run of that day.",
        )
        check("strength_days", bool(self.strength_days), "no day is given", "Give at least one day, like tue.")
        check(
            "strength_days",
            all(0 <= d <= 6 for d in self.strength_days)
            and list(self.strength_days) == sorted(set(self.strength_days)),
            "days must be 0–6, once each, ascending",
            "Write mon … sun, once each.",
        )

    def age(self, on: date) -> int:
        """Age in whole years at the end of the year of `on`: the birthday itself is never asked."""
        return on.year - self.birth_year
