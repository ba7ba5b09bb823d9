"""Jumps, equipment that changed, a session called hard, how far a load may rise, and time. docs/evidence.md#plyometrics, #caps"""

from __future__ import annotations

from dataclasses import replace
from math import log, sqrt
from typing import Any

import pytest

from coach import dose
from coach.capacity import Belief
from coach.catalogue import Catalogue, Exercise
from coach.dose import Limits
from coach.profile import Equipment, Gear
from coach.progress import ExerciseState
from coach.week import Dose
from tests.builders import a_profile
from tests.coach.lifts import (
    BODY,
    CARRY,
    COARSE,
    DUMBBELLS,
    FINE,
    HOLD,
    JUMP,
    LIFT,
    able,
    choose,
    dosed,
    last,
    with_dumbbells,
)
from tests.coach.runners import a_plan

# ---- jumps


def jumps(catalogue: Catalogue, state: ExerciseState | None, **limits: Any) -> Dose:
    return choose(JUMP, Belief(5.0, 0.0), state, with_dumbbells(), catalogue, **limits)


def test_the_first_jumps_are_two_sets_and_few_contacts(catalogue: Catalogue) -> None:
    first = jumps(catalogue, None, sets=3)
    assert first.sets == 2
    assert first.sets * first.amount <= catalogue.constants.contacts_first


def test_contacts_grow_by_one_a_week_to_twenty_in_a_row(catalogue: Catalogue) -> None:
    now = jumps(catalogue, None)
    for _ in range(60):
        later = jumps(catalogue, last(now.amount, 0, sets=now.sets, exercise=JUMP))
        assert now.amount <= later.amount <= now.amount + 1
        now = later
    assert now.amount == dose.MOST_IN_A_ROW


def test_pain_cuts_contacts_and_hard_takes_two_off(catalogue: Catalogue) -> None:
    state = last(20, 0, sets=2, exercise=JUMP)
    assert jumps(catalogue, state, cut=0.8).amount == 16
    assert jumps(catalogue, state, less=True, may_rise=False).amount == 18
    assert jumps(catalogue, state, may_rise=False) == state.last
    assert jumps(catalogue, last(4, 0, sets=2, exercise=JUMP), less=True).amount == 4


@pytest.mark.parametrize(
    ("sides", "sets", "start", "expected"),
    [
        (1, 3, 12, (2, 10)),
        (1, 2, 4, (2, 4)),
        (2, 2, 12, (2, 5)),
        (1, 1, 15, (1, 15)),
        (1, 1, 40, (1, 20)),
    ],
)
def test_a_first_session_has_twenty_contacts_both_legs_counted(
    sides: int, sets: int, start: int, expected: tuple[int, int], catalogue: Catalogue
) -> None:
    jump = replace(JUMP, sides=sides, start_amount=start)
    found = choose(jump, Belief(5.0, 0.0), None, with_dumbbells(), catalogue, sets=sets)
    assert (found.sets, found.amount) == expected
    assert isinstance(found.amount, int)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((2, 5), (2, 6)),
        ((2, 10), (2, 11)),
        ((2, 15), (2, 16)),
        ((2, 19), (2, 20)),
        ((2, 20), (2, 20)),
        ((1, 60), (1, 20)),
        ((3, 40), (3, 20)),
    ],
)
def test_one_jump_more_a_week_and_twenty_at_most(
    before: tuple[int, int], after: tuple[int, int], catalogue: Catalogue
) -> None:
    state = last(before[1], 0, sets=before[0], exercise=JUMP)
    found = choose(JUMP, Belief(5.0, 0.0), state, with_dumbbells(), catalogue)
    assert (found.sets, found.amount) == after


@pytest.mark.parametrize(
    ("limits", "amount", "expected"),
    [
        ({"cut": 0.7}, 20, 14),
        ({"cut": 0.7}, 6, 4),
        ({"cut": 0.8, "less": True}, 20, 16),
        ({"less": True}, 20, 18),
        ({"less": True}, 5, 4),
        ({"less": True}, 4, 4),
        ({"may_rise": False}, 20, 20),
    ],
)
def test_contacts_that_must_fall_or_stay(
    limits: dict[str, Any], amount: int, expected: int, catalogue: Catalogue
) -> None:
    state = last(amount, 0, sets=2, exercise=JUMP)
    assert choose(JUMP, Belief(5.0, 0.0), state, with_dumbbells(), catalogue, **limits) == Dose(2, expected)


def test_hardly_any_jumps_are_none(catalogue: Catalogue) -> None:
    state = last(5, 0, sets=2, exercise=JUMP)
    assert dosed(JUMP, Belief(5.0, 0.0), state, with_dumbbells(), catalogue, cut=0.7) is None


def test_one_legged_jumps_stop_at_twenty_a_leg(catalogue: Catalogue) -> None:
    hop = replace(JUMP, sides=2)
    for before, after in ((16, 17), (20, 20), (25, 20)):
        state = last(before, 0, sets=2, exercise=hop)
        assert choose(hop, Belief(5.0, 0.0), state, with_dumbbells(), catalogue).amount == after


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


# ---- a session called hard


def hard(
    exercise: Exercise, now: Belief, state: ExerciseState, catalogue: Catalogue, *rack: float
) -> tuple[float, int]:
    found = choose(exercise, now, state, with_dumbbells(*rack), catalogue, may_rise=False, less=True)
    return found.load_kg, found.amount


def test_hard_takes_a_repetition_while_four_are_left_and_then_a_step_of_load(catalogue: Catalogue) -> None:
    strong = able(60, 30)
    assert hard(LIFT, strong, last(10, 30), catalogue, *COARSE) == (30.0, 9)
    assert hard(LIFT, strong, last(5, 30), catalogue, *COARSE) == (30.0, 4)
    assert hard(LIFT, strong, last(4, 30), catalogue, *COARSE) == (20.0, 4)
    assert hard(LIFT, strong, last(3, 30), catalogue, *COARSE) == (20.0, 4)
    assert hard(LIFT, strong, last(4, 30), catalogue, *FINE) == (29.0, 4)
    assert hard(LIFT, strong, last(4, 10), catalogue, 10.0, 20.0) == (10.0, 4)


def test_hard_at_the_fewest_repetitions_or_seconds_takes_no_set(catalogue: Catalogue) -> None:
    for exercise, state in (
        (LIFT, last(4, 10)),
        (LIFT, last(4, 30)),
        (CARRY, last(14, 10, exercise=CARRY)),
        (HOLD, last(10, 0, exercise=HOLD)),
    ):
        rack = with_dumbbells(*COARSE)
        assert choose(exercise, able(60, 30), state, rack, catalogue, may_rise=False, less=True).sets == 3


def test_hard_takes_five_seconds_while_ten_are_left_and_then_a_step_of_load(catalogue: Catalogue) -> None:
    strong = able(60, 30)
    assert hard(CARRY, strong, last(20, 20, exercise=CARRY), catalogue, *COARSE) == (20.0, 15)
    assert hard(CARRY, strong, last(15, 20, exercise=CARRY), catalogue, *COARSE) == (20.0, 10)
    assert hard(CARRY, strong, last(10, 20, exercise=CARRY), catalogue, *COARSE) == (10.0, 10)
    assert hard(HOLD, Belief(6.0, 0.0), last(10, 0, exercise=HOLD), catalogue) == (0.0, 10)
    # Told to the second: five from 19 are 14, which goes down to the five below.
    assert hard(HOLD, Belief(6.0, 0.0), last(19, 0, exercise=HOLD), catalogue) == (0.0, 10)


def test_hard_and_an_estimate_that_has_fallen_take_one_step_of_load_and_two_repetitions_at_most(
    catalogue: Catalogue,
) -> None:
    assert hard(LIFT, able(9.5, 20), last(10, 30), catalogue, *COARSE) == (20.0, 8)
    assert hard(LIFT, able(10.9, 20), last(10, 30), catalogue, *COARSE) == (20.0, 9)
    assert hard(LIFT, able(20, 20), last(10, 40), catalogue, *FINE) == (39.0, 8)
    assert hard(LIFT, able(1, 10), last(10, 30), catalogue, *FINE) == (29.0, 8)
    assert hard(CARRY, able(7, 10), last(40, 20, exercise=CARRY), catalogue, *COARSE) == (10.0, 30)


# ---- how far a load may rise


@pytest.mark.parametrize(
    ("left", "cap"),
    [(1.4, "cap_target"), (3.9, "cap_target"), (4.1, "cap_sure"), (30, "cap_sure")],
)
def test_the_cap_grows_with_what_is_left(left: float, cap: str, catalogue: Catalogue) -> None:
    c = catalogue.constants
    state, rack = last(10, 20), with_dumbbells(*FINE)
    found = dose.rise_cap(LIFT, able(10 + left, 20), state, a_plan(), rack, c, after_gap=False)
    assert found == getattr(c, cap)


@pytest.mark.parametrize(("deviations", "cap"), [(0.9, "cap_target"), (1.1, "cap_sure")])
def test_sure_is_one_standard_deviation_on_the_safe_side(deviations: float, cap: str, catalogue: Catalogue) -> None:
    c = catalogue.constants
    var = 0.01
    edge = able(14, 20).mu + deviations * sqrt(var)
    found = dose.rise_cap(LIFT, Belief(edge, var), last(10, 20), a_plan(), with_dumbbells(*FINE), c, after_gap=False)
    assert found == getattr(c, cap)


def test_what_is_left_is_exact_at_the_edges_of_the_cap(catalogue: Catalogue) -> None:
    """At one kilogram just 30, or 7.5, are possible."""
    c, rack = catalogue.constants, with_dumbbells(0.5, 1.0)

    def after(done: int, capacity_kg: float = 2.0) -> float:
        now = Belief(log(capacity_kg), 0.0)
        return dose.rise_cap(LIFT, now, last(done, 1.0), a_plan(target_rir=2), rack, c, after_gap=False)

    assert [after(26), after(27), after(6, 1.25), after(29)] == [
        c.cap_sure,
        c.cap_target,
        c.cap_target,
        c.cap_target,
    ]


def test_jumps_rise_by_their_own_rule_and_the_cap_says_little(catalogue: Catalogue) -> None:
    c = catalogue.constants
    state = last(10, 0, exercise=JUMP)
    assert dose.rise_cap(JUMP, Belief(9.0, 0.0), state, a_plan(), with_dumbbells(), c, after_gap=False) == c.cap_target


def test_what_is_in_the_hands_rises_by_half_at_most_or_by_one_step(catalogue: Catalogue) -> None:
    """The body is most of what a leg moves: a fifth of the whole may be far more than twice the dumbbell."""
    rising: dict[str, Any] = {"keep": True, "cap": 0.2}
    for load_kg, most_kg in ((0.5, 0.75), (1.0, 1.5), (8.0, 12.0)):
        rack = with_dumbbells(*(n / 4 for n in range(2, 200)))
        fine = choose(BODY, Belief(6.0, 0.0), last(12, load_kg, exercise=BODY), rack, catalogue, **rising)
        assert fine.load_kg == most_kg
    bar = choose(LIFT, Belief(7.0, 0.0), last(12, 60.0), with_dumbbells(*range(20, 160)), catalogue, **rising)
    assert bar.load_kg == 70.0
    coarse = choose(
        BODY, Belief(6.0, 0.0), last(12, 4.0, exercise=BODY), with_dumbbells(4.0, 10.0), catalogue, **rising
    )
    assert coarse.load_kg == 10.0


# ---- time


def test_time_counts_both_sides_every_rest_and_the_change_over(catalogue: Catalogue) -> None:
    c = catalogue.constants
    one_sided = replace(LIFT, sides=2)
    assert dose.seconds(LIFT, Dose(3, 10), c) == 3 * (10 * 4 + 60) + c.set_up_s
    assert dose.seconds(one_sided, Dose(3, 10), c) == 3 * (2 * 10 * 4 + 60) + c.set_up_s


def test_whoever_had_nothing_in_hand_begins_with_ten_kilograms_at_most(catalogue: Catalogue) -> None:
    """A fifth of what a heavy body moves is more than the hands should get at once."""
    heavy = with_dumbbells(*FINE, body_mass_kg=130.0)
    found = choose(BODY, Belief(9.0, 0.0), last(12, 0, exercise=BODY), heavy, catalogue, cap=0.2)
    assert found.load_kg == 10.0
