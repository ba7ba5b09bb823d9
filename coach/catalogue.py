"""What the engine can choose from: exercises, stretches, programme slots and the constants of progression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Final

from coach.constants import Constants
from coach.profile import Equipment, Gear, Region, Screen
from coach.week import DoseMode, Quality

PATTERNS: Final = (
    "squat",
    "lunge",
    "step",
    "hinge",
    "knee-flexion",
    "calf",
    "shin",
    "foot",
    "balance",
    "ankle",
    "hip-abduction",
    "adductor",
    "trunk",
    "carry",
    "drill",
    "push",
    "pull",
    "plyometric",
)
"""Movement patterns; a programme slot is filled from one or more of them."""

Kin = tuple[bool, str, str]
"""Whether of holds, and the ladder, the pattern or all: holds tell of holds alone. docs/evidence.md#capacity"""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One catalogue entry. Weights are judgement until a clinician signs: reviewed_by, reviewed_on stay empty until true.

    sides: 2 when each side is trained by itself. qualities, tissues: 0–3. needs: any one of these sets of gear suffices.
    loadable: what may load it, best first. bodyweight_share: share of body mass the working limb moves.
    start_load_share, start_amount: what an untrained adult runner can do at most: `start_amount` repetitions (seconds for a
    hold) with an external load of that share of body mass; for jumps the contacts a first session holds.
    seconds: time of one repetition. rest_s: rest after a set. avoid_when: screens, cleared or not, that leave it out.
    """

    slug: str
    name: str
    pattern: str
    sides: int
    mode: DoseMode
    ladder: str
    rung: int
    qualities: tuple[tuple[Quality, int], ...]
    tissues: tuple[tuple[Region, int], ...]
    needs: tuple[frozenset[Gear], ...]
    loadable: tuple[Gear, ...]
    bodyweight_share: float
    start_load_share: float
    start_amount: int
    tempo: str
    seconds: float
    rest_s: int
    purpose: str
    how: str
    feel: str
    cue: str
    carry_over: str
    stop_if: str
    avoid_when: tuple[Screen, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed_by: str = ""
    reviewed_on: str = ""
    # The same weights, as they are looked up some hundred times a week of a runner.
    by_quality: Mapping[Quality, int] = field(init=False, repr=False, compare=False)
    by_region: Mapping[Region, int] = field(init=False, repr=False, compare=False)
    works: tuple[Region, ...] = field(init=False, repr=False, compare=False)
    """Regions that it loads in earnest: 2 or 3."""
    single_leg: bool = field(init=False, repr=False, compare=False)
    """Whether each leg (or side) works for itself."""
    kin: tuple[Kin, Kin, Kin] = field(init=False, repr=False, compare=False)
    """The groups of exercises that tell of one another to which it belongs, the closest first."""

    def __post_init__(self) -> None:
        holds = self.mode is DoseMode.HOLD
        derived = {
            "by_quality": dict(self.qualities),
            "by_region": dict(self.tissues),
            "works": tuple(region for region, weight in self.tissues if weight >= 2),
            "single_leg": self.sides == 2 or dict(self.qualities).get(Quality.SINGLE_LEG, 0) >= 2,
            "kin": ((holds, "ladder", self.ladder), (holds, "pattern", self.pattern), (holds, "", "")),
        }
        _keep(self, derived)

    def quality(self, quality: Quality) -> int:
        return self.by_quality.get(quality, 0)

    def tissue(self, region: Region) -> int:
        return self.by_region.get(region, 0)

    def possible_with(self, equipment: Equipment) -> bool:
        return any(all(equipment.has(g) for g in need) for need in self.needs)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch. dynamic ones count repetitions and belong before a run, the others are held after it.

    target: what it stretches, in words; regions: the body regions it serves. avoid: regions whose pain rules it out.
    """

    slug: str
    name: str
    target: str
    regions: tuple[Region, ...]
    avoid: tuple[Region, ...]
    props: tuple[Gear, ...]
    dynamic: bool
    start_hold_s: int
    reps: int
    sides: int
    how: str
    feel: str
    cue: str
    stop_if: str
    avoid_when: tuple[Screen, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed_by: str = ""
    reviewed_on: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a session. patterns: what may fill it; also: exercises of another pattern that may, by slug. order: place in the
    session. priority: 1 is filled first.

    purpose: why the slot is in a runner's session, one sentence.
    """

    key: str
    name: str
    patterns: tuple[str, ...]
    order: int
    priority: int
    purpose: str
    also: tuple[str, ...] = ()

    def takes(self, exercise: Exercise) -> bool:
        """Whether an exercise may fill it."""
        return exercise.pattern in self.patterns or exercise.slug in self.also


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the engine chooses from; made once, shared by all runners. constants: catalogue/progression.toml."""

    exercises: tuple[Exercise, ...]
    stretches: tuple[Stretch, ...]
    slots: tuple[Slot, ...]
    constants: Constants
    version: str = ""
    """Hash of the files it was read from."""
    cache: dict[object, object] = field(init=False, default_factory=dict, compare=False, repr=False)
    """What the engine's modules work out from the catalogue, each under a name of its own and bounded by itself."""
    by_slug: Mapping[str, Exercise] = field(init=False, compare=False, repr=False)
    stretch_by_slug: Mapping[str, Stretch] = field(init=False, compare=False, repr=False)
    slot_by_key: Mapping[str, Slot] = field(init=False, compare=False, repr=False)
    ladders: Mapping[str, tuple[Exercise, ...]] = field(init=False, compare=False, repr=False)
    """Each ladder's exercises, easiest first."""

    def __post_init__(self) -> None:
        climbed = sorted(self.exercises, key=lambda e: (e.ladder, e.rung, e.slug))
        derived = {
            "by_slug": MappingProxyType({e.slug: e for e in self.exercises}),
            "stretch_by_slug": MappingProxyType({s.slug: s for s in self.stretches}),
            "slot_by_key": MappingProxyType({s.key: s for s in self.slots}),
            "ladders": MappingProxyType({name: tuple(some) for name, some in groupby(climbed, lambda e: e.ladder)}),
        }
        _keep(self, derived)


def _keep(value: object, derived: Mapping[str, object]) -> None:
    """Sets what a frozen value derives from its other fields, once, as it is made."""
    for name, found in derived.items():
        object.__setattr__(value, name, found)
