"""What the runner's own tests say against exercises never done: a weak test asks for more of something, and for an easy way into it.

docs/evidence.md#self-tests
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from coach import capacity, dose, selftests
from coach.week import HOLD

if TYPE_CHECKING:
    from datetime import date

    from coach.catalogue import Catalogue, Exercise
    from coach.profile import Profile


@dataclass(frozen=True, slots=True)
class Tested:
    """behind: by pattern, and whether it is held, how far the ln of a capacity lies below what we would expect, 0 or less.

    out: by ladder, the rung from which not even the shortest set can be done. low: patterns in which a test is weak, so that the lowest rung comes first.
    """

    behind: Mapping[tuple[str, bool], float] = field(default_factory=dict)
    out: Mapping[str, int] = field(default_factory=dict)
    low: frozenset[str] = frozenset()


UNTESTED: Final = Tested()
WEAK: Final = frozenset(measure.weak[0] for measure in selftests.MEASURES)


def tested(profile: Profile, on: date, catalogue: Catalogue) -> Tested:
    """What the tests that still count say of exercises never done."""
    c = catalogue.constants
    if selftests.current(profile, on, c) is None:
        return UNTESTED
    behind: dict[tuple[str, bool], float] = {}
    out: dict[str, int] = {}
    for seen in selftests.shown(profile, on, c):
        exercise = catalogue.by_slug.get(seen.exercise)
        if exercise is None:
            continue
        expected = capacity.prior(exercise, profile, on, c).mu
        short = min(0.0, capacity.first(exercise, profile, on, catalogue).mu - expected)
        behind.update({(pattern, exercise.mode is HOLD): short for pattern in seen.patterns})
        if seen.amount < dose.shortest(exercise):
            out[exercise.ladder] = exercise.rung
    weak = [f.patterns for f in selftests.findings(profile, on, c) if f.code in WEAK]
    return Tested(behind, out, frozenset(chain.from_iterable(weak)))


def beyond(tested: Tested, exercise: Exercise) -> bool:
    """Whether not even the shortest set of it can be done, as a test of an easier one, or of itself, shows."""
    rung = tested.out.get(exercise.ladder)
    return rung is not None and exercise.rung >= rung


def expected(tested: Tested, exercise: Exercise, prior: float) -> float:
    """The ln of its capacity at most: a test tells of all its patterns when it comes to choosing what to begin with. prior: without tests."""
    return prior + tested.behind.get((exercise.pattern, exercise.mode is HOLD), 0.0)
