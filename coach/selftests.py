"""What a runner measured at home says: of what is weak or uneven for their age, and of where their exercises may begin.

docs/evidence.md#self-tests
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

from coach.profile import Sides
from coach.week import DoseMode, Quality

if TYPE_CHECKING:
    from datetime import date

    from coach.constants import Constants
    from coach.profile import Profile, SelfTests

Adds = tuple[tuple[Quality, float], ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A self-test. key: its field in SelfTests. mode: whether it counts repetitions or seconds.

    patterns: the exercises it is a reason for. slot: the place of a session that a weak or uneven result asks more of.
    weak, uneven: code of the finding and what it adds to the weights of the qualities; None where it has no sides.
    """

    key: str
    mode: DoseMode
    patterns: tuple[str, ...]
    slot: str
    weak: tuple[str, Adds]
    uneven: tuple[str, Adds] | None


_BALANCE: Adds = ((Quality.JOINT_CONTROL, 0.5), (Quality.SINGLE_LEG, 0.4))
_UNEVEN: Adds = ((Quality.SINGLE_LEG, 0.5), (Quality.JOINT_CONTROL, 0.3))

MEASURES: Final = (
    Measure(
        "calf_raises",
        DoseMode.REPS,
        ("calf",),
        "calf",
        ("weak_calf", ((Quality.LOAD_TOLERANCE, 0.6), (Quality.CARRY_OVER, 0.2))),
        ("uneven_calf", ((Quality.SINGLE_LEG, 0.5), (Quality.LOAD_TOLERANCE, 0.3))),
    ),
    Measure(
        "balance_open_s",
        DoseMode.HOLD,
        ("balance", "drill", "step"),
        "control",
        ("poor_balance", _BALANCE),
        ("uneven_balance", _UNEVEN),
    ),
    Measure(
        "balance_closed_s",
        DoseMode.HOLD,
        ("balance", "drill", "step"),
        "control",
        ("poor_balance_closed", _BALANCE),
        ("uneven_balance_closed", _UNEVEN),
    ),
    Measure(
        "side_plank_s",
        DoseMode.HOLD,
        ("trunk",),
        "trunk",
        ("weak_side_plank", ((Quality.JOINT_CONTROL, 0.5),)),
        ("uneven_side_plank", ((Quality.JOINT_CONTROL, 0.5), (Quality.SINGLE_LEG, 0.2))),
    ),
    Measure(
        "sit_to_stands",
        DoseMode.REPS,
        ("squat", "lunge", "step"),
        "knee",
        ("weak_legs", ((Quality.LOAD_TOLERANCE, 0.5),)),
        None,
    ),
)
"""The weights are judgement, in the measure of the other grounds (coach/needs.py); a clinician reviews them."""
PATTERNS: Final = {measure.key: measure.patterns for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the tests show to be weak or uneven. share: by how much, of what is usual or of the better side.

    values: for the sentence: what was done, what is usual at that age, the weaker side ("" for none) and the other one.
    """

    code: str
    share: float
    adds: Adds
    patterns: tuple[str, ...]
    slot: str
    values: tuple[tuple[str, int | str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a test shows of an exercise's capacity: so many repetitions or seconds at most, at its own slow tempo.

    patterns: the exercises that the test is about. told: as it was counted. sd: of ln(1RM-equivalent), of a hold of ln(seconds); it depends on the test, never on its result.
    """

    exercise: str
    patterns: tuple[str, ...]
    amount: float
    told: int
    sd: float


def current(profile: Profile, on: date, c: Constants) -> SelfTests | None:
    """The tests that still say something on a day: those less than a year old."""
    tests = profile.self_tests
    return tests if tests is not None and (on - tests.on).days < c.test_days else None


def usual(key: str, age: int, c: Constants) -> float:
    """What is usual in a test at an age: repetitions or seconds."""
    most, loss = {
        "calf_raises": (c.calf_raises_usual, c.calf_raises_loss),
        "balance_open_s": (c.balance_open_usual, c.balance_open_loss),
        "balance_closed_s": (c.balance_closed_usual, c.balance_closed_loss),
        "side_plank_s": (c.side_plank_usual, c.side_plank_loss),
        "sit_to_stands": (c.sit_to_stands_usual, c.sit_to_stands_loss),
    }[key]
    return most * exp(-loss * max(0.0, age - c.test_age_from))


def findings(profile: Profile, on: date, c: Constants) -> tuple[Finding, ...]:
    """What is weak or uneven, at most one finding for each place of a session, the most marked first."""
    tests = current(profile, on, c)
    if tests is None:
        return ()
    found: dict[str, Finding] = {}
    for test in MEASURES:
        result: Sides | int | None = getattr(tests, test.key)
        finding = None if result is None else _finding(test, result, usual(test.key, profile.age(on), c), c)
        if finding is not None and (test.slot not in found or finding.share > found[test.slot].share):
            found[test.slot] = finding
    return tuple(sorted(found.values(), key=lambda f: (-f.share, f.code)))


def shown(profile: Profile, on: date, c: Constants) -> tuple[Shown, ...]:
    """What the tests show of capacities. Of two sides the weaker one counts, as both are given the same dose.

    Balance is left out: standing still is not what its exercises ask for.
    """
    tests = current(profile, on, c)
    if tests is None:
        return ()
    found = []
    if tests.calf_raises is not None:
        told = min(tests.calf_raises.told())
        found.append(
            Shown("single-leg-calf-raise", PATTERNS["calf_raises"], told * c.calf_raises_slow, told, c.calf_raises_sd)
        )
    if tests.side_plank_s is not None:
        told = min(tests.side_plank_s.told())
        found.append(Shown("side-plank", PATTERNS["side_plank_s"], told, told, c.side_plank_sd))
    if tests.sit_to_stands is not None:
        told = tests.sit_to_stands
        found.append(Shown("chair-sit-to-stand", PATTERNS["sit_to_stands"], told, told, c.sit_to_stands_sd))
    return tuple(found)


def told(profile: Profile, week_of: date, c: Constants, *, anew: bool) -> tuple[tuple[str, int], ...]:
    """The results that count, by test and side, for the sentence that names them: ("calf_raises_left", 18).

    anew: only those of the week before, which no plan has told of yet.
    """
    tests = current(profile, week_of, c)
    if anew and tests is not None and not 0 < (week_of - tests.on).days <= 7:
        return ()
    found: list[tuple[str, int | None]] = []
    for measure in MEASURES if tests is not None else ():
        result: Sides | int | None = getattr(tests, measure.key)
        if isinstance(result, Sides):
            found += [(f"{measure.key}_left", result.left), (f"{measure.key}_right", result.right)]
        else:
            found.append((measure.key, result))
    return tuple((name, value) for name, value in found if value is not None)


def _finding(test: Measure, result: Sides | int, expected: float, c: Constants) -> Finding | None:
    told = result.told() if isinstance(result, Sides) else (result,)
    weaker, better = min(told), max(told)
    side = ""
    if isinstance(result, Sides) and weaker < better:
        side = "left" if result.left == weaker else "right"
    least = c.test_uneven_least_reps if test.mode is DoseMode.REPS else c.test_uneven_least_s
    if weaker < c.test_weak * expected:
        (code, adds), share = test.weak, 1.0 - weaker / expected
    elif test.uneven is not None and better - weaker >= max(least, c.test_uneven * better):
        (code, adds), share = test.uneven, 1.0 - weaker / better
    else:
        return None
    values = (("did", weaker), ("usual", round(expected)), ("side", side), ("other", better))
    return Finding(code, share, adds, test.patterns, test.slot, values)
