"""The figures of a dose at the edge of each rule: one repetition, one kilogram, one step on either side. docs/evidence.md#dose, #caps"""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import Any

import pytest

from coach import dose
from coach.capacity import Belief
from coach.catalogue import Catalogue, Exercise
from coach.dose import Limits
from coach.profile import Equipment, Experience, Gear
from coach.week import Dose, Quality
from tests.builders import a_profile
from tests.coach.lifts import (
    BODY,
    CARRY,
    COARSE,
    DUMBBELLS,
    FINE,
    HOLD,
    LIFT,
    able,
    choose,
    dosed,
    last,
    with_dumbbells,
)
from tests.coach.runners import a_plan, a_state, an_exercise

WEIGHTED = an_exercise(slug="weighted", start_load_share=0.0, bodyweight_share=0.7, needs=(frozenset(),))

# ---- the figures themselves


def test_the_range_of_a_set_is_what_the_papers_say() -> None:
    """A change of these changes every plan: docs/evidence.md#dose speaks of them."""
    loader = replace(LIFT, qualities=((Quality.LOAD_TOLERANCE, 3),))
    assert dose.amounts(HOLD, a_plan(), (0.0,)) == (10, 20, 60)
    assert dose.amounts(CARRY, a_plan(), (8.0,)) == (20, 30, 45)
    assert dose.amounts(BODY, a_plan(), (0.0,)) == (8, 10, 20)
    assert dose.amounts(loader, a_plan(heavy=True), (20.0,)) == (3, 5, 12)
    assert (dose.LEAST_REPS, dose.SHORT_REPS, dose.LONG_REPS) == (4, 15, 25)
    for minutes, most in ((24, 15), (25, 20), (26, 20)):
        assert dose.amounts(BODY, a_plan(minutes=minutes), (0.0,)) == (8, 10, most)


def test_a_dose_bounded_by_nothing_is_neither_cut_nor_eased_and_rises_by_no_more_than_a_step() -> None:
    assert Limits() == Limits(
        target_rir=2,
        cut=1.0,
        may_rise=True,
        cap=0.0,
        caution=0.3,
        sets=3,
        keep=False,
        more=False,
        less=False,
        steady=False,
        most=None,
        heavier=True,
        usual=0,
        bare=False,
        longer=False,
    )


# ---- which load


@pytest.mark.parametrize(
    ("reps_at_thirty", "kept", "fresh"), [(7.5, 20, 20), (8.5, 30, 20), (9.5, 30, 20), (10.5, 30, 30)]
)
def test_a_load_in_use_stays_at_the_fewest_repetitions_and_a_heavier_one_waits_for_the_wanted(
    reps_at_thirty: float, kept: float, fresh: float, catalogue: Catalogue
) -> None:
    narrow = a_plan(reps=(6, 8, 40))  # so wide at the top that nothing is outgrown
    now, rack = able(reps_at_thirty, 30), with_dumbbells(*COARSE)
    assert choose(LIFT, now, last(10, 30), rack, catalogue, narrow).load_kg == kept
    assert choose(LIFT, now, last(10, 20), rack, catalogue, narrow).load_kg == fresh
    assert choose(LIFT, now, None, rack, catalogue, narrow).load_kg == fresh


@pytest.mark.parametrize(("plan", "load_kg"), [((20, 28, 90), 1.0), ((20, 29, 90), 0.5), ((28, 40, 90), 0.5)])
def test_what_is_wanted_to_the_repetition_is_enough(
    plan: tuple[int, int, int], load_kg: float, catalogue: Catalogue
) -> None:
    """At one kilogram just 30 are possible and 28 with two left: powers of two keep the arithmetic exact."""
    rack = with_dumbbells(0.5, 1.0)
    assert choose(LIFT, Belief(log(2), 0.0), None, rack, catalogue, a_plan(reps=plan)).load_kg == load_kg


def test_the_fewest_repetitions_to_the_repetition_keep_a_load(catalogue: Catalogue) -> None:
    rack = with_dumbbells(0.5, 1.0)
    for least, load_kg in ((28, 1.0), (29, 0.5)):
        plan = a_plan(reps=(least, 60, 90))
        assert choose(LIFT, Belief(log(2), 0.0), last(10, 1.0), rack, catalogue, plan).load_kg == load_kg


def test_a_coarse_step_is_taken_when_the_load_below_is_outgrown_and_the_step_can_be_done(catalogue: Catalogue) -> None:
    rack = with_dumbbells(10.0, 14.0)
    for at_ten, load_kg in ((14.5, 10.0), (15.5, 10.0), (21.0, 10.0), (23.5, 14.0)):
        found = choose(LIFT, able(at_ten, 10), None, rack, catalogue, a_plan(reps=(6, 12, 12)))
        assert (at_ten, found.load_kg) == (at_ten, load_kg)
    # With 13 possible at the load below, one more than the top of the range, and 7 of 6 at the next.
    near = with_dumbbells(10.0, 11.5)
    for at_ten, load_kg in ((14.5, 10.0), (15.5, 11.5)):
        assert choose(LIFT, able(at_ten, 10), None, near, catalogue, a_plan(reps=(6, 10, 12))).load_kg == load_kg


def test_one_more_than_the_top_to_the_repetition_outgrows_a_load(catalogue: Catalogue) -> None:
    rack = with_dumbbells(1.0, 1.5)
    for most, load_kg in ((27, 1.5), (28, 1.0)):
        plan = a_plan(reps=(5, 20, most))
        assert choose(LIFT, Belief(log(2), 0.0), None, rack, catalogue, plan).load_kg == load_kg


def test_from_the_body_alone_the_first_load_is_one_step(catalogue: Catalogue) -> None:
    rack = with_dumbbells(4.0, 8.0, 12.0)
    found = choose(BODY, Belief(6.0, 0.0), last(12, 0, exercise=BODY), rack, catalogue)
    assert (found.load_kg, found.gear) == (4.0, DUMBBELLS)


@pytest.mark.parametrize(("cap", "load_kg"), [(0.05, 2.0), (0.1, 4.0), (0.2, 9.0)])
def test_from_the_body_alone_the_first_load_is_a_share_of_what_moves_along(
    cap: float, load_kg: float, catalogue: Catalogue
) -> None:
    """Of 49 kg: there is nothing in hand yet of which half could be said."""
    rack = with_dumbbells(*FINE, body_mass_kg=70.0)
    found = choose(BODY, Belief(6.0, 0.0), last(12, 0, exercise=BODY), rack, catalogue, cap=cap)
    assert found.load_kg == load_kg


def test_the_same_kilograms_of_other_equipment_are_no_heavier(catalogue: Catalogue) -> None:
    lift = replace(LIFT, loadable=(DUMBBELLS, Gear.KETTLEBELLS))
    bells = a_profile(equipment=Equipment(frozenset({Gear.KETTLEBELLS}), ((Gear.KETTLEBELLS, (8.0, 14.0, 16.0)),)))
    found = choose(lift, able(60, 40), last(10, 14), bells, catalogue, cap=0.2)
    assert (found.load_kg, found.gear) == (14.0, Gear.KETTLEBELLS)


def test_equipment_that_starts_heavier_gives_its_lightest_load_alone(catalogue: Catalogue) -> None:
    lift = replace(LIFT, loadable=(DUMBBELLS, Gear.KETTLEBELLS))
    bells = a_profile(equipment=Equipment(frozenset({Gear.KETTLEBELLS}), ((Gear.KETTLEBELLS, (16.0, 18.0)),)))
    assert choose(lift, able(60, 40), last(10, 14), bells, catalogue, cap=0.5).load_kg == 16.0
    light = a_profile(equipment=Equipment(frozenset({Gear.KETTLEBELLS}), ((Gear.KETTLEBELLS, (0.5, 1.0)),)))
    assert choose(lift, able(60, 40), last(10, 0.5), light, catalogue, cap=0.5).load_kg == 0.5


def test_an_estimate_without_a_dose_done_gives_a_first_dose(catalogue: Catalogue) -> None:
    rack = with_dumbbells(*FINE)
    planned = replace(last(10, 40), last=None)
    assert choose(LIFT, able(12, 30), planned, rack, catalogue) == choose(LIFT, able(12, 30), None, rack, catalogue)


def test_what_is_too_heavy_even_at_its_lightest_begins_with_the_lightest(catalogue: Catalogue) -> None:
    assert choose(LIFT, able(3, 10), None, with_dumbbells(*COARSE), catalogue) == Dose(3, 4, 10.0, DUMBBELLS)


def test_a_first_dose_keeps_to_the_range_except_with_the_heaviest_load_there_is(catalogue: Catalogue) -> None:
    rack = with_dumbbells(8.0, 12.0, experience=Experience.NEW)
    assert choose(replace(BODY, start_amount=40), Belief(6.0, 0.0), None, rack, catalogue) == Dose(3, 12)
    lift = replace(LIFT, start_amount=40)
    assert choose(lift, able(60, 12), None, rack, catalogue) == Dose(3, 25, 12.0, DUMBBELLS)
    assert choose(CARRY, able(60, 12), None, rack, catalogue) == Dose(3, 45, 12.0, DUMBBELLS)


def test_one_who_is_new_begins_without_even_the_smallest_load(catalogue: Catalogue) -> None:
    new = with_dumbbells(0.5, 1.0, 2.0, experience=Experience.NEW)
    assert choose(BODY, Belief(6.0, 0.0), None, new, catalogue) == Dose(3, 12)


def test_half_a_kilogram_is_a_load(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(12.5, 0.5), None, with_dumbbells(0.5), catalogue)
    assert found == Dose(3, 11, 0.5, DUMBBELLS)


def test_a_load_as_large_as_the_first_allows_is_allowed(catalogue: Catalogue) -> None:
    some = with_dumbbells(5.0, 7.0, 8.0, experience=Experience.SOME, body_mass_kg=70.0)
    assert catalogue.constants.first_load * 70.0 == 7.0
    assert choose(BODY, Belief(6.0, 0.0), None, some, catalogue).load_kg == 7.0


def test_what_is_done_with_half_a_kilogram_or_nothing_in_hand_says_so_the_week_after_too(catalogue: Catalogue) -> None:
    half = choose(LIFT, able(12.5, 0.5), last(10, 0.5), with_dumbbells(0.5), catalogue)
    assert (half.load_kg, half.gear) == (0.5, DUMBBELLS)
    weak = able(8, BODY.bodyweight_share * 70.0)
    bare = choose(BODY, weak, last(6, 0, exercise=BODY), with_dumbbells(8.0, body_mass_kg=70.0), catalogue)
    assert (bare.load_kg, bare.gear) == (0.0, None)


def test_with_fewer_sets_the_load_may_rise_and_so_may_repetitions(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 40), last(10, 40, sets=3), with_dumbbells(*FINE), catalogue, cap=0.1, sets=2)
    assert (found.sets, found.load_kg) == (2, 44.0)
    found = choose(LIFT, able(40, 20), last(8, 20, sets=3), with_dumbbells(20.0), catalogue, sets=2)
    assert (found.sets, found.amount) == (2, 10)


def test_where_nothing_may_rise_sets_may_still_be_fewer(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(13, 40), last(10, 40, sets=3), with_dumbbells(40.0), catalogue, may_rise=False, sets=2)
    assert (found.sets, found.load_kg, found.amount) == (2, 40.0, 10)


@pytest.mark.parametrize(("cap", "load_kg"), [(0.0, 41.0), (0.01, 41.0), (0.05, 42.0), (0.1, 44.0)])
def test_one_step_of_a_fine_rack_is_always_allowed_and_further_ones_by_the_cap(
    cap: float, load_kg: float, catalogue: Catalogue
) -> None:
    rack = with_dumbbells(*FINE)
    assert choose(LIFT, able(60, 40), last(10, 40), rack, catalogue, cap=cap).load_kg == load_kg
    easy = choose(LIFT, able(60, 40), last(12, 40), rack, catalogue, cap=cap, more=True, keep=True)
    assert easy.load_kg == load_kg


# ---- how many


def test_the_body_that_moves_along_counts_in_what_can_be_done(catalogue: Catalogue) -> None:
    moved = BODY.bodyweight_share * 70.0
    alone = with_dumbbells(body_mass_kg=70.0)
    assert choose(BODY, able(14.5, moved), None, alone, catalogue) == Dose(3, 12)
    loaded = with_dumbbells(8.0, body_mass_kg=70.0)
    state = last(8, 8, exercise=BODY)
    assert choose(BODY, able(11.5, moved + 8), state, loaded, catalogue) == Dose(3, 9, 8.0, DUMBBELLS)
    new = with_dumbbells(8.0, body_mass_kg=70.0, experience=Experience.NEW)
    assert choose(BODY, able(14.5, moved), None, new, catalogue) == Dose(3, 12)


def test_seconds_are_cut_down_to_the_five_below(catalogue: Catalogue) -> None:
    rack = with_dumbbells(10.0)
    assert (
        choose(HOLD, Belief(log(58), 0.0), None, rack, catalogue).amount == 50
    )  # 58 less two repetitions of three seconds
    assert choose(HOLD, Belief(log(56.1), 0.0), None, rack, catalogue).amount == 50
    assert choose(CARRY, able(14.5, 10), None, rack, catalogue).amount == 35


def test_a_new_hold_in_place_of_something_painful_is_ten_seconds(catalogue: Catalogue) -> None:
    assert choose(HOLD, Belief(log(300), 0.0), None, with_dumbbells(), catalogue, most=10).amount == 10


@pytest.mark.parametrize(
    ("target", "possible", "amount"), [(2, 10.9, 9), (2, 11.1, 10), (3, 10.9, 9), (3, 11.1, 10), (2, 8.0, 9)]
)
def test_easy_adds_one_where_even_then_one_would_be_left(
    target: int, possible: float, amount: int, catalogue: Catalogue
) -> None:
    plan = a_plan(target_rir=target)
    found = choose(LIFT, able(possible, 20), last(9, 20), with_dumbbells(20.0), catalogue, plan, keep=True, more=True)
    assert found.amount == amount


def test_easy_adds_one_repetition_even_where_two_more_would_leave_one(catalogue: Catalogue) -> None:
    plan = a_plan(target_rir=4)
    found = choose(LIFT, able(10, 20), last(6, 20), with_dumbbells(20.0), catalogue, plan, keep=True, more=True)
    assert found.amount == 7


def test_what_went_well_and_was_not_called_easy_stays_to_the_second_and_the_repetition(catalogue: Catalogue) -> None:
    assert (
        choose(HOLD, Belief(log(12), 0.0), last(20, 0, exercise=HOLD), with_dumbbells(), catalogue, keep=True).amount
        == 20
    )
    assert choose(LIFT, able(8, 20), last(20, 20), with_dumbbells(20.0), catalogue, keep=True).amount == 20


@pytest.mark.parametrize(("longest_s", "amount"), [(27.9, 20), (28.1, 25)])
def test_easy_adds_five_seconds_where_even_then_three_would_be_left(
    longest_s: float, amount: int, catalogue: Catalogue
) -> None:
    state = last(20, 0, exercise=HOLD)
    found = choose(HOLD, Belief(log(longest_s), 0.0), state, with_dumbbells(), catalogue, keep=True, more=True)
    assert found.amount == amount


def test_easy_takes_a_hold_of_nine_seconds_to_ten(catalogue: Catalogue) -> None:
    state = last(9, 0, exercise=HOLD)
    for cap in (0.1, 0.2):
        easy: dict[str, Any] = {"keep": True, "more": True, "cap": cap}
        assert choose(HOLD, Belief(3.0, 0.0), state, with_dumbbells(), catalogue, **easy).amount == 10


@pytest.mark.parametrize(("done", "kept"), [(11, 11), (12, 12), (13, 12), (25, 12)])
def test_what_went_well_stays_up_to_the_top_of_the_range(done: int, kept: int, catalogue: Catalogue) -> None:
    """The next load is within reach, and not yet for as many as are wanted."""
    found = choose(LIFT, able(12, 20), last(done, 20), with_dumbbells(20.0, 22.0), catalogue, keep=True)
    assert (found.load_kg, found.amount) == (20.0, kept)


@pytest.mark.parametrize(("done", "kept"), [(11, 11), (13, 13), (15, 15), (16, 16), (25, 25)])
def test_the_same_holds_where_a_heavier_load_could_be_done_and_may_not_be_taken_yet(
    done: int, kept: int, catalogue: Catalogue
) -> None:
    rack = with_dumbbells(20.0, 22.0)
    found = choose(LIFT, able(28, 20), last(done, 20), rack, catalogue, keep=True, may_rise=False)
    assert (found.load_kg, found.amount) == (20.0, kept)


def test_sets_go_on_beyond_the_range_only_where_the_next_load_is_out_of_reach(catalogue: Catalogue) -> None:
    """A set more than last time keeps the load, within reach or not."""
    for heavier_kg, amount in ((22.0, 12), (40.0, 20)):
        rack = with_dumbbells(20.0, heavier_kg)
        assert choose(LIFT, able(30, 20), last(20, 20, sets=2), rack, catalogue, sets=3).amount == amount


def test_the_next_load_is_within_reach_from_the_fewest_repetitions_on(catalogue: Catalogue) -> None:
    """At one kilogram just 15 are possible and 10 with five left."""
    now, rack = Belief(log(1.5), 0.0), with_dumbbells(0.5, 1.0)
    for least, amount in ((10, 14), (11, 20)):
        plan = a_plan(reps=(least, 12, 14), target_rir=5)
        assert choose(LIFT, now, last(20, 0.5, sets=2), rack, catalogue, plan, sets=3).amount == amount


def test_a_set_more_brings_no_repetition_more(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(14, 20), last(10, 20, sets=2), with_dumbbells(20.0, 40.0), catalogue, keep=True, sets=3)
    assert (found.sets, found.load_kg, found.amount) == (3, 20.0, 10)


def test_a_load_that_rises_does_not_keep_the_repetitions_of_the_one_before(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(10.5, 20), last(12, 10), with_dumbbells(*COARSE), catalogue, keep=True)
    assert (found.load_kg, found.amount) == (20.0, 9)


def test_a_load_that_is_cut_does_not_keep_the_repetitions_of_the_one_before(catalogue: Catalogue) -> None:
    found = choose(
        LIFT, able(5, 40), last(15, 40), with_dumbbells(*FINE), catalogue, keep=True, cut=0.8, may_rise=False
    )
    assert (found.load_kg, found.amount) == (32.0, 12)


def test_a_load_that_is_cut_is_not_made_up_for_by_a_set_beyond_the_range(catalogue: Catalogue) -> None:
    for may_rise in (True, False):
        found = choose(LIFT, able(9, 40), last(15, 40), with_dumbbells(*FINE), catalogue, cut=0.8, may_rise=may_rise)
        assert (found.load_kg, found.amount) == (32.0, 12)


def test_easy_in_the_middle_of_the_range_adds_a_repetition_and_no_load(catalogue: Catalogue) -> None:
    rack = with_dumbbells(20.0, 22.3, 40.0)
    more: dict[str, Any] = {"keep": True, "more": True, "cap": 0.1}
    for amount, now, expected in (
        (11, able(14, 20), (20.0, 12)),
        (12, able(14, 20), (22.3, 7)),
        (15, able(14, 20), (22.3, 7)),
        (12, able(9, 20), (22.3, 6)),
    ):
        found = choose(LIFT, now, last(amount, 20), rack, catalogue, **more)
        assert (found.load_kg, found.amount, found.gear) == (*expected, DUMBBELLS)
    for without in ("more", "may_rise"):
        found = choose(LIFT, able(14, 20), last(12, 20), rack, catalogue, **{**more, without: False})
        assert (found.load_kg, found.amount) == (20.0, 12)


def test_easy_at_the_top_of_the_range_tries_no_step_where_there_is_none(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(16, 20), last(12, 20), with_dumbbells(20.0), catalogue, keep=True, more=True)
    assert (found.load_kg, found.amount) == (20.0, 14)


def test_easy_with_a_load_that_must_fall_tries_no_step_above(catalogue: Catalogue) -> None:
    for heavier_kg in (22.0, 30.0):
        rack = with_dumbbells(10.0, 20.0, heavier_kg)
        assert choose(LIFT, able(7, 20), last(12, 20), rack, catalogue, more=True).load_kg == 10.0


def test_easy_at_the_top_of_the_range_tries_the_next_load_and_no_further_one(catalogue: Catalogue) -> None:
    easy: dict[str, Any] = {"keep": True, "more": True, "cap": 0.1}
    found = choose(LIFT, able(6, 40), last(12, 40), with_dumbbells(*FINE), catalogue, **easy)
    assert (found.load_kg, found.amount) == (41.0, 6)


@pytest.mark.parametrize(("least", "load_kg"), [(60, 1.0), (61, 0.5)])
def test_easy_tries_a_step_of_which_half_the_fewest_repetitions_are_possible(
    least: int, load_kg: float, catalogue: Catalogue
) -> None:
    """At one kilogram just 30 are."""
    plan, rack = a_plan(reps=(least, 70, 80)), with_dumbbells(0.5, 1.0)
    found = choose(LIFT, Belief(log(2), 0.0), last(80, 0.5), rack, catalogue, plan, keep=True, more=True)
    assert found.load_kg == load_kg


def test_easy_tries_a_step_of_which_half_the_shortest_carry_is_possible(catalogue: Catalogue) -> None:
    easy: dict[str, Any] = {"keep": True, "more": True}
    for reps, expected in ((3.2, (10.0, 45)), (3.5, (20.0, 20))):  # of three seconds each
        found = choose(CARRY, able(reps, 20), last(45, 10, exercise=CARRY), with_dumbbells(*COARSE), catalogue, **easy)
        assert (found.load_kg, found.amount) == expected


@pytest.mark.parametrize(("cap", "reps"), [(0.10, 10), (0.19, 10), (0.20, 11), (0.40, 11)])
def test_repetitions_rise_by_two_or_by_three_when_we_are_sure_and_holds_by_five_seconds(
    cap: float, reps: int, catalogue: Catalogue
) -> None:
    assert choose(LIFT, able(40, 20), last(8, 20), with_dumbbells(20.0), catalogue, cap=cap).amount == reps
    held = last(20, 0, exercise=HOLD)
    assert choose(HOLD, Belief(6.0, 0.0), held, with_dumbbells(), catalogue, cap=cap).amount == 25


def test_a_lighter_load_brings_as_many_repetitions_as_it_allows(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(7, 22), last(4, 30), with_dumbbells(20.0, 30.0), catalogue)
    assert (found.load_kg, found.amount) == (20.0, 9)


# ---- cuts


def test_a_cut_hold_goes_by_fives_down_to_ten_seconds_and_then_by_sets_until_none_is_left(catalogue: Catalogue) -> None:
    def cut(amount: int, share: float, sets: int = 2) -> tuple[int, int] | None:
        state = last(amount, 0, sets=sets, exercise=HOLD)
        found = dosed(HOLD, Belief(6.0, 0.0), state, with_dumbbells(), catalogue, cut=share, sets=sets, may_rise=False)
        return None if found is None else (found.sets, found.amount)

    assert [cut(45, 0.8), cut(60, 0.8), cut(20, 0.7)] == [(2, 35), (2, 45), (2, 10)]
    assert [cut(10, 0.9), cut(10, 0.7), cut(10, 0.9, sets=1)] == [(1, 10), (1, 10), None]


def test_what_was_not_reached_is_tried_in_one_short_set(catalogue: Catalogue) -> None:
    at_the_lightest = choose(LIFT, able(5, 10), last(3, 10), with_dumbbells(*COARSE), catalogue, may_rise=False)
    assert (at_the_lightest.sets, at_the_lightest.amount, at_the_lightest.load_kg) == (1, 4, 10.0)
    lighter = choose(LIFT, able(9, 20), last(1, 30), with_dumbbells(*COARSE), catalogue, may_rise=False)
    assert (lighter.sets, lighter.amount, lighter.load_kg) == (1, 4, 20.0)


def test_a_cut_of_what_was_not_reached_leaves_it_out_unless_there_is_something_lighter(catalogue: Catalogue) -> None:
    cut: dict[str, Any] = {"cut": 0.8, "may_rise": False}
    assert dosed(LIFT, able(60, 40), last(3, 20), with_dumbbells(20.0), catalogue, **cut) is None
    lighter = choose(LIFT, able(60, 40), last(3, 30), with_dumbbells(*COARSE), catalogue, **cut)
    assert (lighter.sets, lighter.amount, lighter.load_kg) == (2, 4, 20.0)
    reached = choose(LIFT, able(60, 40), last(5, 20), with_dumbbells(20.0), catalogue, cut=0.7, may_rise=False)
    assert (reached.sets, reached.amount, reached.load_kg) == (2, 4, 20.0)


def test_where_no_load_is_low_enough_the_lightest_is_taken_and_no_other(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 40), last(10, 20), with_dumbbells(18.0, 20.0), catalogue, cut=0.8, may_rise=False)
    assert (found.load_kg, found.amount) == (18.0, 10)


def test_a_cut_and_a_hard_session_take_the_larger_of_the_two(catalogue: Catalogue) -> None:
    both: dict[str, Any] = {"may_rise": False, "less": True}
    rack = with_dumbbells(*FINE)
    found = choose(LIFT, able(60, 40), last(10, 40), rack, catalogue, cut=0.8, **both)
    assert (found.load_kg, found.amount) == (32.0, 10)
    hold = choose(HOLD, Belief(6.0, 0.0), last(20, 0, exercise=HOLD), rack, catalogue, cut=0.9, **both)
    assert hold.amount == 15


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"longer": True}, (30.0, 6)),
        ({"longer": False}, (30.0, 4)),
        ({"longer": True, "cut": 0.8}, (30.0, 4)),
    ],
)
def test_what_was_too_heavy_comes_back_lighter_with_the_fewest_repetitions_of_the_range(
    limits: dict[str, Any], expected: tuple[float, int], catalogue: Catalogue
) -> None:
    rack = with_dumbbells(30.0, 40.0)
    found = choose(LIFT, able(12, 30), last(4, 40), rack, catalogue, may_rise=False, **limits)
    assert (found.load_kg, found.amount) == expected
    # Where there is nothing lighter, nothing becomes more either.
    assert (
        choose(LIFT, able(12, 40), last(4, 40), with_dumbbells(40.0), catalogue, may_rise=False, longer=True).amount
        == 4
    )


# ---- what went well


def test_what_went_well_with_a_load_that_is_gone_is_no_less_with_a_lighter_one(catalogue: Catalogue) -> None:
    now, state = able(9, 10 + 0.7 * a_profile().body_mass_kg), last(12, 20, exercise=WEIGHTED)
    for keep, amount in ((False, 7), (True, 12)):
        found = choose(WEIGHTED, now, state, with_dumbbells(10.0), catalogue, keep=keep)
        assert (found.load_kg, found.amount) == (10.0, amount)


@pytest.mark.parametrize(
    ("exercise", "now", "before", "free", "steady"),
    [
        (LIFT, able(7, 20), Dose(3, 12, 20.0, DUMBBELLS), (7, 19.0), (10, 19.0)),
        (LIFT, able(12, 20), Dose(3, 12, 20.0, DUMBBELLS), (10, 20.0), (10, 20.0)),
        (LIFT, able(7, 1), Dose(3, 12, 1.0, DUMBBELLS), (5, 1.0), (10, 1.0)),
        (LIFT, able(7, 20), Dose(3, 12, 20.0, Gear.KETTLEBELLS), (7, 19.0), (7, 19.0)),
        (LIFT, able(7, 1), Dose(3, 12, 1.0, Gear.KETTLEBELLS), (5, 1.0), (5, 1.0)),
        (BODY, able(8, 0.7 * 60), Dose(3, 16), (6, 0.0), (14, 0.0)),
        (HOLD, Belief(3.2, 0.0), Dose(3, 50), (15, 0.0), (40, 0.0)),
    ],
    ids=[
        "a load",
        "near enough",
        "a kilogram",
        "other equipment",
        "a kilogram of other equipment",
        "the body",
        "a hold",
    ],
)
def test_an_easier_week_takes_no_more_off_what_went_well_than_a_hard_answer_may(
    exercise: Exercise,
    now: Belief,
    before: Dose,
    free: tuple[int, float],
    steady: tuple[int, float],
    catalogue: Catalogue,
) -> None:
    rack = with_dumbbells(1.0, *FINE, body_mass_kg=60.0)
    for limit, expected in ((False, free), (True, steady)):
        found = choose(exercise, now, a_state(exercise, before), rack, catalogue, may_rise=False, steady=limit)
        assert (found.amount, found.load_kg) == expected
