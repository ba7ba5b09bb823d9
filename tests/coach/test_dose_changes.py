"""Jumps, equipment that changed, and the time an exercise takes. docs/evidence.md#plyometrics, #caps"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from coach import dose
from coach.capacity import Belief
from coach.catalogue import Catalogue
from coach.dose import Limits
from coach.profile import Equipment, Gear
from coach.progress import ExerciseState
from coach.week import Dose
from tests.builders import a_profile
from tests.coach.lifts import BODY, DUMBBELLS, JUMP, LIFT, able, choose, last, with_dumbbells
from tests.coach.runners import a_plan

# ---- jumps


def jumps(catalogue: Catalogue, state: ExerciseState | None, **limits: Any) -> Dose:
    return choose(JUMP, Belief(5.0, 0.0), state, with_dumbbells(), catalogue, **limits)


def test_the_first_jumps_are_two_sets_and_few_contacts(catalogue: Catalogue) -> None:
    first = jumps(catalogue, None, sets=3)
    assert first.sets == 2
    assert first.sets * first.amount <= catalogue.constants.contacts_first


def test_contacts_grow_by_a_tenth_a_week_to_a_hundred_a_session(catalogue: Catalogue) -> None:
    c = catalogue.constants
    now = jumps(catalogue, None)
    for _ in range(60):
        later = jumps(catalogue, last(now.amount, 0, sets=now.sets, exercise=JUMP))
        assert now.amount <= later.amount <= max(now.amount + 1, now.amount * (1 + c.contacts_growth))
        now = later
    assert now.sets * now.amount == c.contacts_most


def test_pain_cuts_contacts_and_hard_takes_two_off(catalogue: Catalogue) -> None:
    state = last(20, 0, sets=2, exercise=JUMP)
    assert jumps(catalogue, state, cut=0.8).amount == 16
    assert jumps(catalogue, state, less=True, may_rise=False).amount == 18
    assert jumps(catalogue, state, may_rise=False) == state.last
    assert jumps(catalogue, last(4, 0, sets=2, exercise=JUMP), less=True).amount == 4


# ---- equipment that changed


def test_other_equipment_is_no_heavier_than_the_last(catalogue: Catalogue) -> None:
    lift = replace(LIFT, loadable=(DUMBBELLS, Gear.KETTLEBELLS))
    bells = a_profile(
        equipment=Equipment(frozenset({Gear.KETTLEBELLS}), ((Gear.KETTLEBELLS, (8.0, 12.0, 16.0, 24.0)),))
    )
    found = choose(lift, able(60, 40), last(10, 14), bells, catalogue, cap=0.2)
    assert (found.load_kg, found.gear) == (12.0, Gear.KETTLEBELLS)


def test_equipment_that_starts_heavier_gives_its_lightest_load(catalogue: Catalogue) -> None:
    lift = replace(LIFT, loadable=(DUMBBELLS, Gear.KETTLEBELLS))
    bells = a_profile(equipment=Equipment(frozenset({Gear.KETTLEBELLS}), ((Gear.KETTLEBELLS, (16.0, 24.0)),)))
    found = choose(lift, able(60, 40), last(10, 14), bells, catalogue, cap=0.2)
    assert found.load_kg == 16.0
    assert found.amount <= 10


def test_equipment_that_is_gone_leaves_the_body(catalogue: Catalogue) -> None:
    found = choose(BODY, Belief(5.0, 0.0), last(10, 14, exercise=BODY), with_dumbbells(), catalogue)
    assert (found.load_kg, found.gear) == (0.0, None)


def test_equipment_too_heavy_for_a_cut_leaves_no_dose(catalogue: Catalogue) -> None:
    found = dose.choose(
        LIFT,
        able(60, 40),
        last(10, 14),
        a_plan(),
        with_dumbbells(20.0, 30.0),
        Limits(cut=0.8, may_rise=False),
        catalogue.constants,
    )
    assert found is None


def test_time_counts_both_sides_every_rest_and_the_change_over(catalogue: Catalogue) -> None:
    c = catalogue.constants
    one_sided = replace(LIFT, sides=2)
    assert dose.seconds(LIFT, Dose(3, 10), c) == 3 * (10 * 4 + 60) + c.set_up_s
    assert dose.seconds(one_sided, Dose(3, 10), c) == 3 * (2 * 10 * 4 + 60) + c.set_up_s
