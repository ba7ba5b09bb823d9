"""The load and repetitions on the runner's own equipment, and the limits on any rise. docs/evidence.md#dose, #caps, #anchor"""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import Any

import pytest

from coach import dose
from coach.capacity import Belief
from coach.catalogue import Catalogue
from coach.dose import Limits
from coach.profile import Equipment, Experience, Gear
from coach.week import Phase, Quality
from tests.coach.lifts import BODY, CARRY, COARSE, DUMBBELLS, FINE, HOLD, LIFT, able, choose, last, with_dumbbells
from tests.coach.runners import a_plan

# ---- what there is to lift


def test_the_best_equipment_a_runner_has_loads_an_exercise() -> None:
    both = Equipment(frozenset({Gear.BACKPACK, DUMBBELLS}), ((Gear.BACKPACK, (5.0,)), (DUMBBELLS, (8.0, 12.0))))
    lift = replace(LIFT, loadable=(DUMBBELLS, Gear.BACKPACK))
    assert dose.loads(lift, both) == (DUMBBELLS, (8.0, 12.0))
    assert dose.loads(lift, both, keep=Gear.BACKPACK) == (Gear.BACKPACK, (5.0,))
    assert dose.loads(lift, both, keep=Gear.BARBELL) == (DUMBBELLS, (8.0, 12.0))


def test_an_exercise_of_the_body_can_always_be_done_without_a_load() -> None:
    assert dose.loads(BODY, Equipment()) == (None, (0.0,))
    assert dose.loads(BODY, with_dumbbells(8.0).equipment) == (DUMBBELLS, (0.0, 8.0))


def test_an_exercise_that_is_all_load_cannot_be_done_without_one(catalogue: Catalogue) -> None:
    assert dose.loads(LIFT, Equipment()) == (None, ())
    c = catalogue.constants
    assert dose.choose(LIFT, able(20, 10), None, a_plan(), with_dumbbells(), Limits(), c) is None


def test_holds_are_never_loaded() -> None:
    assert dose.loads(replace(HOLD, loadable=(DUMBBELLS,)), with_dumbbells(8.0).equipment) == (None, (0.0,))


# ---- which dose fits


def test_the_heaviest_load_that_leaves_room_for_the_wanted_repetitions_is_chosen(catalogue: Catalogue) -> None:
    plan = a_plan()
    found = choose(LIFT, able(plan.reps[1] + plan.target_rir, 30.5), None, with_dumbbells(*FINE), catalogue, plan)
    assert (found.load_kg, found.gear) == (30.0, DUMBBELLS)
    assert found.amount >= plan.reps[1]
    assert found.sets == Limits().sets


def test_the_planned_reserve_is_left(catalogue: Catalogue) -> None:
    for target in (2, 3, 4):
        found = choose(LIFT, able(14, 20), None, with_dumbbells(20.0), catalogue, a_plan(target_rir=target))
        assert found.amount == 14 - target


def test_repetitions_go_on_where_no_heavier_load_is_there(catalogue: Catalogue) -> None:
    long = last(dose.LONG_REPS - 1, 10)
    strong = choose(LIFT, able(60, 10), long, with_dumbbells(10.0), catalogue)
    assert a_plan().reps[2] < strong.amount == dose.LONG_REPS


def test_in_a_short_session_a_harder_exercise_takes_over_from_long_sets_but_a_race_week_takes_nothing_away(
    catalogue: Catalogue,
) -> None:
    kept, short = last(dose.SHORT_REPS, 10), a_plan(minutes=dose.SHORT_MINUTES - 1)
    assert choose(LIFT, able(60, 10), kept, with_dumbbells(10.0), catalogue, short).amount == dose.SHORT_REPS
    assert dose.amounts(BODY, short, (0.0,)) == (*dose.BODY_REPS[:2], dose.SHORT_REPS)
    race = replace(short, phase=Phase.RACE)
    assert dose.amounts(BODY, race, (0.0,)) == dose.BODY_REPS
    assert choose(LIFT, able(60, 10), last(20, 10), with_dumbbells(10.0), catalogue, race, may_rise=False).amount == 20


def test_nothing_new_asks_for_more_than_the_untrained_can_do_at_most_whatever_its_kin_let_us_expect(
    catalogue: Catalogue,
) -> None:
    for start, first in ((3, dose.LEAST_REPS), (7, 7), (40, dose.LONG_REPS)):
        lowering = replace(BODY, start_amount=start, loadable=())
        assert choose(lowering, Belief(6.0, 0.0), None, with_dumbbells(), catalogue).amount == first


def test_a_set_is_never_shorter_than_is_worth_setting_up_for(catalogue: Catalogue) -> None:
    assert choose(LIFT, able(1, 10), None, with_dumbbells(10.0), catalogue).amount == dose.LEAST_REPS


def test_an_unsure_estimate_gives_a_lighter_dose(catalogue: Catalogue) -> None:
    sure, unsure = (
        choose(LIFT, able(12, 30, var), None, with_dumbbells(*FINE), catalogue, caution=0.7) for var in (0.0, 0.04)
    )
    assert unsure.load_kg < sure.load_kg


def test_bodyweight_sets_have_a_range_of_their_own(catalogue: Catalogue) -> None:
    assert dose.amounts(BODY, a_plan(), (0.0,)) == dose.BODY_REPS
    assert dose.amounts(BODY, a_plan(), (0.0, 8.0)) == a_plan().reps
    assert dose.amounts(HOLD, a_plan(), (0.0,)) == dose.HOLD_S
    assert dose.amounts(CARRY, a_plan(), (8.0,)) == dose.CARRY_S


def test_heavy_sets_are_for_real_load_in_exercises_that_train_it(catalogue: Catalogue) -> None:
    heavy = a_plan(heavy=True)
    loader = replace(LIFT, qualities=((Quality.LOAD_TOLERANCE, 3),))
    assert dose.amounts(loader, heavy, (20.0,)) == (dose.HEAVY_LEAST, dose.HEAVY_WANTED, heavy.reps[2])
    assert dose.amounts(loader, a_plan(), (20.0,)) == a_plan().reps
    assert dose.amounts(replace(loader, loadable=(Gear.BACKPACK,)), heavy, (5.0,)) == heavy.reps
    assert dose.amounts(LIFT, heavy, (20.0,)) == heavy.reps


def test_holds_and_carries_go_by_fives(catalogue: Catalogue) -> None:
    profile = with_dumbbells(10.0)
    for exercise, now in ((HOLD, Belief(log(58), 0.0)), (CARRY, able(17, 10))):
        found = choose(exercise, now, None, profile, catalogue)
        assert found.amount % 5 == 0
        assert found.amount >= dose.HOLD_S[0]
    assert choose(HOLD, Belief(log(3), 0.0), None, profile, catalogue).amount == dose.HOLD_S[0]
    assert choose(HOLD, Belief(log(900), 0.0), None, profile, catalogue).amount == dose.HOLD_S[2]


# ---- the first time


def test_one_who_is_new_to_strength_work_begins_with_the_body_alone(catalogue: Catalogue) -> None:
    profile = with_dumbbells(2.0, 4.0, 8.0, experience=Experience.NEW)
    assert choose(BODY, Belief(6.0, 0.0), None, profile, catalogue).load_kg == 0


def test_a_first_dose_keeps_to_the_range_where_there_will_be_loads_to_go_to(catalogue: Catalogue) -> None:
    profile = with_dumbbells(2.0, 4.0, 8.0, experience=Experience.NEW)
    assert choose(BODY, Belief(6.0, 0.0), None, profile, catalogue).amount == a_plan().reps[2]


def test_others_begin_with_little_where_the_body_is_load_enough(catalogue: Catalogue) -> None:
    most = catalogue.constants.first_load * 70.0
    profile = with_dumbbells(*FINE, experience=Experience.SEASONED, body_mass_kg=70.0)
    first = choose(BODY, Belief(6.0, 0.0), None, profile, catalogue)
    assert 0 < first.load_kg <= most


def test_what_cannot_be_done_without_a_load_may_begin_with_any(catalogue: Catalogue) -> None:
    profile = with_dumbbells(*FINE, experience=Experience.NEW)
    assert choose(LIFT, able(10, 40), None, profile, catalogue).load_kg >= 39


def test_what_loads_a_place_that_has_hurt_begins_with_the_body_alone_where_that_can_be(catalogue: Catalogue) -> None:
    profile = with_dumbbells(*FINE, experience=Experience.SEASONED)
    assert choose(BODY, Belief(6.0, 0.0), None, profile, catalogue, bare=True).load_kg == 0
    assert choose(LIFT, able(10, 40), None, profile, catalogue, bare=True).load_kg >= 39


def test_what_takes_the_place_of_a_painful_exercise_begins_at_the_low_end(catalogue: Catalogue) -> None:
    assert choose(LIFT, able(30, 20), None, with_dumbbells(20.0), catalogue, most=6).amount == 6


# ---- limits on a rise


def test_a_load_rises_no_further_above_the_anchor_than_the_cap(catalogue: Catalogue) -> None:
    for cap in (0.05, 0.10, 0.20):
        found = choose(LIFT, able(60, 40), last(10, 40), with_dumbbells(*FINE), catalogue, cap=cap)
        assert found.load_kg == int(40 * (1 + cap) + 1e-6)


def test_the_share_of_the_body_that_moves_along_counts_in_the_cap(catalogue: Catalogue) -> None:
    body = replace(BODY, bodyweight_share=0.5)
    found = choose(
        body,
        Belief(9.0, 0.0),
        last(10, 20, exercise=body),
        with_dumbbells(*FINE, body_mass_kg=80.0),
        catalogue,
        cap=0.1,
    )
    assert found.load_kg == int(20 + 0.1 * (20 + 40) + 1e-6)


def test_where_one_step_exceeds_the_cap_it_is_one_step_with_no_more_repetitions(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 30), last(9, 10), with_dumbbells(*COARSE), catalogue, cap=0.05)
    assert (found.load_kg, found.amount) == (20.0, 9)


def test_a_rise_counts_from_the_heaviest_load_of_the_last_weeks_and_not_from_last_week(catalogue: Catalogue) -> None:
    """First back to it at once, then beyond it."""
    rested = last(10, 30, anchors_kg=(40.0, 40.0, 30.0))
    back = last(10, 40, anchors_kg=(40.0, 30.0, 40.0))
    for state, load_kg in ((rested, 40), (back, 42)):
        assert choose(LIFT, able(60, 40), state, with_dumbbells(*FINE), catalogue, cap=0.05).load_kg == load_kg


def test_after_a_flare_a_rise_counts_from_what_is_left_of_the_last_weeks_though_more_was_lifted(
    catalogue: Catalogue,
) -> None:
    flared = last(10, 40, anchors_kg=(32.0, 32.0))
    assert choose(LIFT, able(60, 40), flared, with_dumbbells(*FINE), catalogue, cap=0.05).load_kg == 33


def test_where_what_was_lifted_before_is_no_load_of_the_runners_the_next_one_is_allowed(catalogue: Catalogue) -> None:
    rested = last(10, 20, anchors_kg=(20.2, 20.0))
    for rack, load_kg in (((20, 26, 30), 26), ((20, 20.5, 30), 20.5), ((20, 26), 26), ((20,), 20)):
        assert choose(LIFT, able(60, 40), rested, with_dumbbells(*rack), catalogue, cap=0.05).load_kg == load_kg


def test_without_an_anchor_the_last_load_is_one(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 40), last(10, 40, anchors_kg=()), with_dumbbells(*FINE), catalogue, cap=0.05)
    assert found.load_kg == 42


def test_at_the_same_load_repetitions_grow_by_a_small_step(catalogue: Catalogue) -> None:
    c = catalogue.constants
    one_load = with_dumbbells(20.0)
    assert choose(LIFT, able(40, 20), last(8, 20), one_load, catalogue).amount == 8 + int(c.reps_step)
    held = last(20, 0, exercise=HOLD)
    assert choose(HOLD, Belief(6.0, 0.0), held, one_load, catalogue).amount == 20 + int(c.hold_step)


def test_when_the_dose_is_surely_far_too_light_the_step_is_larger(catalogue: Catalogue) -> None:
    c = catalogue.constants
    usual, sure = (
        choose(LIFT, able(40, 20), last(8, 20), with_dumbbells(20.0), catalogue, cap=cap).amount
        for cap in (c.cap_target, c.cap_sure)
    )
    assert (usual, sure) == (8 + c.reps_step, 8 + c.reps_step_sure)


def test_while_a_heavier_load_waits_the_repetitions_grow_beyond_the_range(catalogue: Catalogue) -> None:
    top = last(a_plan().reps[2], 20)
    waits = choose(LIFT, able(40, 20), top, with_dumbbells(*COARSE), catalogue, heavier=False)
    assert waits == replace(top.last, amount=top.last.amount + int(catalogue.constants.reps_step))
    assert choose(LIFT, able(40, 20), top, with_dumbbells(*COARSE), catalogue).load_kg > 20


def test_no_load_rises_in_the_week_a_set_is_added(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 40), last(10, 40, sets=2), with_dumbbells(*FINE), catalogue, cap=0.2, sets=3)
    assert (found.sets, found.load_kg) == (3, 40.0)


def test_where_nothing_may_rise_neither_load_nor_repetitions_nor_sets_do(catalogue: Catalogue) -> None:
    state = last(8, 20, sets=2)
    found = choose(LIFT, able(60, 40), state, with_dumbbells(*FINE), catalogue, may_rise=False, cap=0.2, sets=3)
    assert found == state.last


def test_a_lighter_load_may_bring_more_repetitions_while_things_may_rise(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(7, 22), last(4, 30), with_dumbbells(20.0, 30.0), catalogue)
    assert found.load_kg == 20.0
    assert found.amount > 4


def test_what_went_well_is_the_least_of_the_next_dose(catalogue: Catalogue) -> None:
    doubtful = able(5, 30)
    kept = choose(LIFT, doubtful, last(8, 30), with_dumbbells(*COARSE), catalogue, keep=True)
    assert (kept.load_kg, kept.amount) == (30.0, 8)
    assert choose(LIFT, doubtful, last(8, 30), with_dumbbells(*COARSE), catalogue).load_kg < 30


def test_easy_adds_a_repetition_or_five_seconds_while_there_is_room(catalogue: Catalogue) -> None:
    profile = with_dumbbells(20.0)
    room = able(11, 20)
    more: dict[str, Any] = {"keep": True, "more": True}
    assert choose(LIFT, room, last(9, 20), profile, catalogue, **more).amount == 10
    assert choose(HOLD, Belief(log(29), 0.0), last(20, 0, exercise=HOLD), profile, catalogue, **more).amount == 25
    assert choose(LIFT, room, last(9, 20), profile, catalogue, keep=True).amount == 9
    assert choose(LIFT, room, last(9, 20), profile, catalogue, may_rise=False, **more).amount == 9


def test_easy_never_adds_what_we_do_not_believe_possible(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(9, 20), last(9, 20), with_dumbbells(20.0), catalogue, keep=True, more=True)
    assert found.amount == 9


def test_easy_at_the_top_of_the_range_tries_one_step_of_load_at_the_low_end(catalogue: Catalogue) -> None:
    plan = a_plan()
    top = last(plan.reps[2], 20)
    lagging = able(plan.reps[2] + 2, 20)
    found = choose(LIFT, lagging, top, with_dumbbells(20.0, 26.0, 40.0), catalogue, plan, keep=True, more=True, cap=0.1)
    assert found.load_kg == 26.0
    assert plan.reps[0] <= found.amount < plan.reps[2]


def test_hard_takes_off_at_least_one_repetition_and_at_most_two(catalogue: Catalogue) -> None:
    for reps, left in ((40, 9), (11, 9), (5, 8)):
        found = choose(LIFT, able(reps, 30), last(10, 30), with_dumbbells(30.0), catalogue, may_rise=False, less=True)
        assert (found.load_kg, found.amount) == (30.0, left)


def test_hard_takes_off_five_or_ten_seconds_of_a_hold(catalogue: Catalogue) -> None:
    state = last(40, 0, exercise=HOLD)
    strong, weak = (
        choose(HOLD, Belief(log(x), 0.0), state, with_dumbbells(), catalogue, may_rise=False, less=True).amount
        for x in (300, 12)
    )
    assert (strong, weak) == (35, 30)


def test_hard_at_the_fewest_repetitions_takes_one_step_of_load(catalogue: Catalogue) -> None:
    state = last(dose.LEAST_REPS, 30)
    found = choose(LIFT, able(40, 30), state, with_dumbbells(*COARSE), catalogue, may_rise=False, less=True)
    assert (found.load_kg, found.amount) == (20.0, dose.LEAST_REPS)


def test_hard_at_the_fewest_repetitions_of_the_lightest_load_takes_nothing_more(catalogue: Catalogue) -> None:
    state = last(dose.LEAST_REPS, 10)
    found = choose(LIFT, able(40, 10), state, with_dumbbells(*COARSE), catalogue, may_rise=False, less=True)
    assert (found.load_kg, found.amount) == (10.0, dose.LEAST_REPS)


def test_one_hard_session_is_no_reason_for_a_fall(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(3, 20), last(10, 30), with_dumbbells(*COARSE), catalogue, may_rise=False, less=True)
    assert found.load_kg == 20.0
    assert 8 <= found.amount <= 10
    steep = choose(LIFT, able(3, 10), last(10, 30), with_dumbbells(*COARSE), catalogue, may_rise=False, less=True)
    assert steep.load_kg == 20.0


# ---- cuts


@pytest.mark.parametrize("cut", [0.9, 0.8, 0.7])
def test_a_cut_takes_its_share_off_the_load(cut: float, catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 40), last(10, 40), with_dumbbells(*FINE), catalogue, cut=cut, may_rise=False)
    assert 40 * cut - 1 < found.load_kg <= 40 * cut + 1e-6
    assert found.amount <= 10


def test_where_the_load_cannot_be_cut_the_repetitions_are(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 40), last(10, 20), with_dumbbells(20.0), catalogue, cut=0.8, may_rise=False)
    assert (found.load_kg, found.amount) == (20.0, 8)
    least = choose(LIFT, able(60, 40), last(4, 20), with_dumbbells(20.0), catalogue, cut=0.7, may_rise=False)
    assert (least.sets, least.amount) == (last(4, 20).last.sets - 1, 4)  # type: ignore[union-attr]


def test_a_coarse_grid_cuts_by_a_whole_step(catalogue: Catalogue) -> None:
    found = choose(LIFT, able(60, 40), last(10, 20), with_dumbbells(*COARSE), catalogue, cut=0.9, may_rise=False)
    assert (found.load_kg, found.amount) == (10.0, 10)


# ---- the cap itself


def cap(reps: float, catalogue: Catalogue, *, var: float = 0.0, after_gap: bool = False, **changes: Any) -> float:
    state = replace(last(10, 20), **changes)
    return dose.rise_cap(
        LIFT, able(reps, 20, var), state, a_plan(), with_dumbbells(*FINE), catalogue.constants, after_gap=after_gap
    )


def test_the_surer_that_a_load_is_too_light_the_further_it_may_rise(catalogue: Catalogue) -> None:
    c = catalogue.constants
    target = a_plan().target_rir
    assert cap(10 + target + c.too_light_reps + 1, catalogue) == c.cap_sure
    assert cap(10 + target, catalogue) == cap(10, catalogue) == c.cap_target
    assert cap(10 + target + c.too_light_reps + 1, catalogue, var=0.09) == c.cap_target


def test_after_a_gap_the_cap_is_small_however_sure_we_are(catalogue: Catalogue) -> None:
    assert cap(40, catalogue, after_gap=True) == catalogue.constants.cap_after_gap


def test_a_stronger_estimate_never_gives_a_smaller_cap(catalogue: Catalogue) -> None:
    found = [cap(reps / 2, catalogue, var=0.01) for reps in range(80)]
    assert found == sorted(found)


def test_what_was_never_done_may_rise_little(catalogue: Catalogue) -> None:
    assert cap(40, catalogue, last=None) == catalogue.constants.cap_target
