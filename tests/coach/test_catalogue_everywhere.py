"""The catalogue against every kit, every place that may hurt and every screen: something fits each place of a session.

Two things are left out on purpose, and said so in docs/safety.md: jumps, where a leg hurts or a runner is pregnant.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations, pairwise

import pytest

import coach
from coach import capacity, dose, safety
from coach.catalogue import Exercise, Slot
from coach.profile import Equipment, Experience, Gear, Profile, Region, Screen
from coach.progress import Progress, RegionState
from coach.stretching import TARGETS
from coach.week import Dose, DoseMode
from tests.builders import MONDAY
from tests.coach.runners import a_plan, a_steady_runner
from tests.conftest import read_catalogue

CATALOGUE = read_catalogue()
C = CATALOGUE.constants


def steps(first: float, last: float, by: float) -> tuple[float, ...]:
    return tuple(first + by * n for n in range(int((last - first) / by) + 1))


def kit(*things: Gear, **loads: tuple[float, ...]) -> Equipment:
    grids = {Gear(name): grid for name, grid in loads.items()}
    return Equipment(frozenset({*things, *grids}), tuple(sorted(grids.items())))


EQUIPMENT = {
    "nothing": Equipment(),
    "a backpack": kit(backpack=(2.0, 4.0, 6.0, 8.0)),
    "bands": kit(band=(3.0, 6.0, 10.0)),
    "a fixed pair of dumbbells": kit(dumbbells=(8.0,)),
    "adjustable dumbbells": kit(dumbbells=steps(2, 24, 2)),
    "one kettlebell": kit(kettlebells=(16.0,)),
    "a row of kettlebells": kit(kettlebells=(8.0, 12.0, 16.0, 24.0)),
    "a full gym": kit(
        *Gear,
        backpack=steps(2, 12, 2),
        band=(3.0, 6.0, 10.0),
        barbell=steps(20, 140, 2.5),
        cable=steps(5, 80, 5),
        dumbbells=steps(2, 40, 2),
        kettlebells=steps(8, 32, 4),
        machine=steps(10, 200, 5),
    ),
}
LEVELS = (3, 4, 6, 10)

with_equipment = pytest.mark.parametrize("equipment", EQUIPMENT.values(), ids=EQUIPMENT)


def hurting(region: Region, level: int) -> tuple[RegionState, ...]:
    return (RegionState(region, level, cut=0.8),)


def jumps_rest(slot: Slot, pain: tuple[RegionState, ...], screens: frozenset[Screen]) -> bool:
    """The rule of docs/safety.md, in other words than the engine's."""
    return slot.patterns == ("plyometric",) and (
        Screen.PREGNANT in screens or any(r.pain >= 3 and r.region is not Region.BACK for r in pain)
    )


@cache
def doable(slot: str, equipment: Equipment, experience: Experience) -> tuple[Exercise, ...]:
    """What has the pattern of a place and can be given to this runner with a dose they can make."""
    runner = a_steady_runner(equipment=equipment, experience=experience)
    place = next(s for s in CATALOGUE.slots if s.key == slot)
    return tuple(
        e
        for e in CATALOGUE.exercises
        if place.takes(e) and e.possible_with(equipment) and first_dose(e, runner) is not None
    )


def first_dose(exercise: Exercise, runner: Profile) -> Dose | None:
    now = capacity.prior(exercise, runner, MONDAY, C)
    return dose.choose(exercise, now, None, a_plan(), runner, dose.Limits(), C)


def candidates(
    slot: Slot,
    equipment: Equipment,
    pain: tuple[RegionState, ...] = (),
    screens: frozenset[Screen] = frozenset(),
    experience: Experience = Experience.NEW,
) -> list[Exercise]:
    """What may fill a place for this runner, and can be given with a dose they can make."""
    return [
        e
        for e in doable(slot.key, equipment, experience)
        if not screens.intersection(e.avoid_when) and safety.allowed(e, pain, C)
    ]


# ---- places


@with_equipment
@pytest.mark.parametrize("experience", Experience)
def test_every_place_can_be_filled_with_what_a_runner_has(equipment: Equipment, experience: Experience) -> None:
    for slot in CATALOGUE.slots:
        found = candidates(slot, equipment, experience=experience)
        # In the main places two sessions of a week can differ.
        assert len(found) >= (2 if slot.priority <= 5 else 1), slot.key


@with_equipment
@pytest.mark.parametrize("screen", [None, *Screen])
def test_every_place_can_be_filled_wherever_it_hurts_and_whatever_was_screened(
    equipment: Equipment, screen: Screen | None
) -> None:
    """A place whose own region hurts keeps the gentlest that loads it; jumps rest."""
    screens = frozenset({screen} if screen else ())
    for slot in CATALOGUE.slots:
        for pain in ((), *(hurting(region, level) for region in Region for level in LEVELS)):
            found = candidates(slot, equipment, pain, screens)
            assert bool(found) is not jumps_rest(slot, pain, screens), (slot.key, pain)


@with_equipment
@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("pregnant", [False, True], ids=["", "pregnant"])
def test_a_whole_week_is_planned_wherever_it_hurts(equipment: Equipment, region: Region, pregnant: bool) -> None:
    """The four places that make a session are in it, in half an hour, and what fills them may be given."""
    screens = frozenset({Screen.PREGNANT}) if pregnant else frozenset()
    for experience in Experience:
        runner = a_steady_runner(
            equipment=equipment, experience=experience, screens=screens, cleared=pregnant, minutes=30
        )
        for level in LEVELS:
            pain = hurting(region, level)
            week = coach.next_week(runner, Progress(weeks=8, completed=8, regions=pain), CATALOGUE, week_of=MONDAY)
            assert len(week.sessions) == 2
            for session in week.sessions:
                places = {p.slot for p in session.exercises}
                assert {"knee", "hinge", "calf"} <= places, (experience, level)
                assert places & {"hip", "trunk"}, (experience, level)
                for p in session.exercises:
                    exercise = CATALOGUE.by_slug[p.exercise]
                    assert exercise.possible_with(equipment)
                    assert safety.allowed(exercise, pain, C)
                    assert not screens.intersection(exercise.avoid_when)


# ---- contraindications


@with_equipment
def test_whatever_rules_an_exercise_out_leaves_another_for_its_place(equipment: Equipment) -> None:
    """Each contraindication of each exercise, a screen or pain in what it loads, against the others of its place."""
    for slot in CATALOGUE.slots:
        for exercise in candidates(slot, equipment):
            for screen in exercise.avoid_when:
                screens = frozenset({screen})
                others = candidates(slot, equipment, screens=screens)
                assert exercise not in others
                assert others or jumps_rest(slot, (), screens), (exercise.slug, screen)
            for pain in (hurting(region, level) for region, _ in exercise.tissues for level in LEVELS):
                if not safety.allowed(exercise, pain, C):
                    others = candidates(slot, equipment, pain)
                    assert exercise not in others
                    assert others or jumps_rest(slot, pain, frozenset()), (exercise.slug, pain)


@pytest.mark.parametrize("screen", [None, *Screen])
def test_no_pain_and_no_screen_empties_the_stretch_routine(screen: Screen | None) -> None:
    runner = a_steady_runner(equipment=Equipment(), screens=frozenset({screen} if screen else ()), cleared=True)
    for region in (None, *Region):
        regions = () if region is None else hurting(region, 4)
        routine = coach.next_week(
            runner, Progress(weeks=8, completed=8, regions=regions), CATALOGUE, week_of=MONDAY
        ).stretch
        assert routine is not None
        assert len({i.target for i in routine.items}) >= 6, region
        assert 10 * 60 <= routine.seconds <= 15 * 60, region


# ---- ladders


def per_leg(exercise: Exercise) -> tuple[int, int, int, int]:
    """What one landing asks of a leg: one leg at a time, contacts a leg can begin with (fewer is harder), tissue, control."""
    control = dict(exercise.qualities)
    return (
        exercise.sides,
        -exercise.start_amount,
        max((w for _, w in exercise.tissues), default=0),
        next(w for q, w in control.items() if q.value == "joint_control"),
    )


JUMPS = next(x for x in CATALOGUE.ladders.values() if x[0].mode is DoseMode.CONTACTS)


@pytest.mark.parametrize(("below", "above"), [*pairwise(JUMPS)], ids=lambda e: e.slug)
def test_each_rung_of_the_jumps_asks_more_than_the_one_below(below: Exercise, above: Exercise) -> None:
    assert any(b > a for a, b in zip(per_leg(below), per_leg(above), strict=True))


@with_equipment
def test_no_rung_is_easier_than_one_below_it_on_every_count(equipment: Equipment) -> None:
    """Whatever rungs a runner's things leave out, the next one there is a step up."""

    def counts(e: Exercise) -> tuple[float, ...]:
        return (
            e.sides,
            e.start_load_share,
            e.bodyweight_share,
            -e.start_amount,
            max((w for _, w in e.tissues), default=0),
            sum(w for _, w in e.tissues),
            *(w for _, w in e.qualities),
        )

    for ladder in CATALOGUE.ladders.values():
        there = [e for e in ladder if e.possible_with(equipment) and dose.loads(e, equipment)[1]]
        for below, above in combinations(there, 2):
            assert any(a > b for a, b in zip(counts(above), counts(below), strict=True)), (below.slug, above.slug)


# ---- nothing is lost


def test_the_catalogue_holds_what_it_was_built_to_hold() -> None:
    """By pattern: a file that goes missing, or moves to another pattern, is noticed."""
    assert Counter(e.pattern for e in CATALOGUE.exercises) == {
        "squat": 10,
        "lunge": 5,
        "step": 4,
        "hinge": 9,
        "knee-flexion": 4,
        "calf": 8,
        "shin": 1,
        "foot": 2,
        "balance": 1,
        "ankle": 1,
        "hip-abduction": 4,
        "adductor": 3,
        "trunk": 6,
        "carry": 1,
        "drill": 1,
        "push": 1,
        "pull": 1,
        "plyometric": 6,
    }
    assert Counter(s.target for s in CATALOGUE.stretches).total() == 26
    assert {s.target for s in CATALOGUE.stretches if not s.dynamic} == set(TARGETS)
