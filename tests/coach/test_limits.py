"""Every ground against a rise, every cut, and what bounds the dose of a week. docs/evidence.md#caps, #pain, #silence, #readiness"""

from __future__ import annotations

from dataclasses import replace
from math import log
from typing import Any

import pytest

from coach import dose, limits, planning
from coach.catalogue import Catalogue, Exercise
from coach.choosing import Situation
from coach.limits import Ground
from coach.phases import Plan
from coach.profile import Region, Screen
from coach.progress import ExerciseState, RegionState, Seen
from coach.week import Dose, Phase
from tests.builders import MONDAY
from tests.coach.lifts import CARRY, DUMBBELLS, HOLD, JUMP, LIFT, with_dumbbells
from tests.coach.runners import a_plan, a_state, an_exercise, some_progress

TEN_AT_TWENTY = Dose(3, 10, 20.0, DUMBBELLS)
KNEE = an_exercise(tissues=((Region.KNEE, 1),))
FOOT = an_exercise(pattern="foot", tissues=((Region.FOOT, 2),))


def lifted(**changes: Any) -> ExerciseState:
    """Three weeks of three sets of ten with 20 kg, about right."""
    return a_state(LIFT, TEN_AT_TWENTY, **{"mu": log(40.0), **changes})


OTHER = replace(lifted(), exercise="other")
"""Trained last week, so that a lift which was not is all that was left out."""


def said(source: str, **changes: Any) -> Seen:
    return replace(Seen(MONDAY, source, 3, 10, 2.0), **changes)


def a_situation(
    catalogue: Catalogue,
    state: ExerciseState | None = None,
    *,
    plan: Plan | None = None,
    missed: int = 0,
    may_progress: bool = True,
    careful: bool = False,
    regions: tuple[RegionState, ...] = (),
    **progress_changes: Any,
) -> Situation:
    """A quiet week in which this one exercise is known."""
    progress = some_progress(*(() if state is None else (state, OTHER)), regions=regions, **progress_changes)
    runner = with_dumbbells(*(float(kg) for kg in range(2, 61)), injuries=())
    plan = plan or a_plan()
    return replace(
        planning.situation(runner, progress, catalogue, MONDAY),
        plan=plan,
        missed=missed,
        may_progress=may_progress,
        grounds=limits.against_all(progress, plan, catalogue.constants, may_progress=may_progress),
        careful=careful,
    )


# ---- grounds against a rise


def test_in_a_quiet_week_nothing_speaks_against_a_rise(catalogue: Catalogue) -> None:
    for state in (None, lifted(), lifted(seen=None), lifted(seen=said("easy"))):
        s = a_situation(catalogue, state)
        assert list(limits.against(s, LIFT)) == []
        assert limits.of(s, LIFT, 3).may_rise


ON_THE_DAY: list[tuple[dict[str, Any], Ground]] = [
    ({"may_progress": False}, Ground.SCREEN),
    ({"hold": "unclear"}, Ground.HOLD),
    ({"soreness": 7}, Ground.SORE),
    ({"soreness": 10}, Ground.SORE),
    ({"strain": 1}, Ground.TIRED),
    *(({"plan": a_plan(phase=phase)}, Ground.PHASE) for phase in (Phase.TAPER, Phase.RACE, Phase.DELOAD)),
    ({"regions": (RegionState(Region.HIP, 3),)}, Ground.PAIN),
]
NOT_OF_THE_DAY: list[tuple[dict[str, Any], Ground]] = [
    ({"plan": a_plan(easy=True)}, Ground.EASY),
    ({"missed": 1}, Ground.MISSED),
    ({"state": lifted(idle=1)}, Ground.IDLE),
    ({"state": lifted(idle=2, rested=1)}, Ground.IDLE),
    ({"state": lifted(idle=3, rested=3)}, Ground.IDLE),
    ({"state": lifted(weeks=0)}, Ground.IDLE),
    ({"state": lifted(seen=said("sets", reps_left=0.0, failed=2))}, Ground.FAILED),
    ({"state": lifted(seen=said("sets", reps_left=0.475))}, Ground.FAILED),
    ({"state": lifted(seen=said("hard"))}, Ground.HARD),
]


@pytest.mark.parametrize(("week", "ground"), [*ON_THE_DAY, *NOT_OF_THE_DAY])
def test_each_ground_by_itself_forbids_a_rise(week: dict[str, Any], ground: Ground, catalogue: Catalogue) -> None:
    s = a_situation(catalogue, **{"state": lifted(), **week})
    assert list(limits.against(s, LIFT)) == [ground]
    assert not limits.of(s, LIFT, 3).may_rise


@pytest.mark.parametrize(("week", "ground"), ON_THE_DAY)
def test_what_forbids_a_step_within_a_session(week: dict[str, Any], ground: Ground, catalogue: Catalogue) -> None:
    assert not limits.may_step(a_situation(catalogue, lifted(), **week), LIFT)


@pytest.mark.parametrize(("week", "ground"), NOT_OF_THE_DAY)
def test_what_was_last_week_and_an_easy_week_forbid_no_step_by_what_is_felt_today(
    week: dict[str, Any], ground: Ground, catalogue: Catalogue
) -> None:
    assert limits.may_step(a_situation(catalogue, **{"state": lifted(), **week}), LIFT)


def test_all_grounds_are_told_and_not_the_first_alone(catalogue: Catalogue) -> None:
    s = a_situation(
        catalogue,
        lifted(idle=2, seen=said("sets", reps_left=0.0, failed=2)),
        plan=a_plan(phase=Phase.DELOAD, easy=True),
        missed=2,
        may_progress=False,
        regions=(RegionState(Region.HIP, 5),),
        hold="hurts",
        soreness=9,
        strain=1,
    )
    assert set(limits.against(s, LIFT)) == set(Ground) - {Ground.HARD}


@pytest.mark.parametrize(
    "week",
    [
        {"soreness": 6},
        {"regions": (RegionState(Region.HIP, 2),)},
        {"regions": (RegionState(Region.KNEE, 9),)},
    ],
    ids=["a little sore", "pain of two", "pain elsewhere"],
)
def test_what_is_below_every_threshold_forbids_nothing(week: dict[str, Any], catalogue: Catalogue) -> None:
    assert list(limits.against(a_situation(catalogue, lifted(), **week), LIFT)) == []


def test_what_the_plan_left_out_for_two_weeks_while_the_runner_trained_goes_on_from_where_it_was(
    catalogue: Catalogue,
) -> None:
    for weeks in (1, 2):
        assert limits.against(a_situation(catalogue, lifted(idle=weeks, rested=weeks)), LIFT) == []


# ---- cuts


def test_the_smallest_share_that_any_painful_region_asks_for_is_kept(catalogue: Catalogue) -> None:
    both = an_exercise(tissues=((Region.KNEE, 1), (Region.HIP, 3)))
    regions = (
        RegionState(Region.KNEE, 6, cut=0.7),
        RegionState(Region.HIP, 4, cut=0.8),
        RegionState(Region.CALF, 9, cut=0.1),
    )
    s = a_situation(catalogue, lifted(), regions=regions)
    assert limits.cut(s, both) == 0.7
    assert limits.cut(s, LIFT) == 0.8
    assert limits.cut(s, an_exercise(tissues=())) == 1.0
    assert limits.of(s, LIFT, 3).cut == 0.8


def test_what_pain_took_in_the_middle_of_the_week_it_does_not_take_again(catalogue: Catalogue) -> None:
    hurt = (RegionState(Region.HIP, 4, cut=0.8),)
    assert limits.cut(a_situation(catalogue, lifted(cut=0.8), regions=hurt), LIFT) == 1.0
    assert limits.cut(a_situation(catalogue, lifted(cut=0.9), regions=hurt), LIFT) == pytest.approx(0.8 / 0.9)
    assert limits.cut(a_situation(catalogue, lifted(cut=0.7), regions=hurt), LIFT) == 1.0
    assert limits.cut(a_situation(catalogue, None, regions=hurt), LIFT) == 0.8


@pytest.mark.parametrize(
    ("weeks", "kept"), [(0, 1.0), (1, 1.0), (2, 1.0), (3, 0.9), (4, 0.9), (5, 0.8), (6, 0.8), (52, 0.8)]
)
def test_weeks_away_cut_the_dose_by_a_tenth_and_then_a_fifth(weeks: int, kept: float, catalogue: Catalogue) -> None:
    assert limits.cut(a_situation(catalogue, lifted(), missed=weeks), LIFT) == kept
    assert limits.cut(a_situation(catalogue, None, missed=weeks), LIFT) == kept
    assert limits.cut(a_situation(catalogue, lifted(idle=weeks)), LIFT) == kept
    assert limits.cut(a_situation(catalogue, lifted(idle=weeks), missed=1), LIFT) == kept


def test_what_was_planned_and_never_done_is_not_cut_for_having_rested(catalogue: Catalogue) -> None:
    assert limits.cut(a_situation(catalogue, lifted(weeks=0, idle=9)), LIFT) == 1.0
    assert limits.cut(a_situation(catalogue, lifted(weeks=1, idle=9, anchors_kg=(20.0,))), LIFT) == 0.8


@pytest.mark.parametrize(("trained", "kept"), [((), 0.8), ((16.0,), 1.0), ((16.0, 16.0), 0.8)])
def test_what_came_back_with_a_cut_for_a_single_session_is_not_cut_for_its_next_rest(
    trained: tuple[float, ...], kept: float, catalogue: Catalogue
) -> None:
    assert limits.cut(a_situation(catalogue, lifted(idle=5, anchors_kg=trained)), LIFT) == kept
    # Where the runner was away, everything comes back lighter.
    assert limits.cut(a_situation(catalogue, lifted(idle=5, anchors_kg=trained), missed=5), LIFT) == 0.8


def test_pain_and_absence_do_not_add_up_and_the_larger_cut_holds(catalogue: Catalogue) -> None:
    for weeks, pain, kept in ((3, 0.8, 0.8), (3, 1.0, 0.9), (5, 0.7, 0.7), (5, 1.0, 0.8)):
        s = a_situation(catalogue, lifted(), missed=weeks, regions=(RegionState(Region.HIP, 4, cut=pain),))
        assert limits.cut(s, LIFT) == kept


# ---- the reserve aimed at


def test_a_first_time_leaves_one_more_and_what_is_cut_or_loads_what_hurts_leaves_four(catalogue: Catalogue) -> None:
    def reserve(state: ExerciseState | None, exercise: Exercise = LIFT, *, planned: int = 2, **week: Any) -> int:
        return limits.of(a_situation(catalogue, state, plan=a_plan(target_rir=planned), **week), exercise, 3).target_rir

    sore: dict[str, Any] = {"regions": (RegionState(Region.HIP, 3),)}
    assert reserve(lifted()) == reserve(lifted(weeks=1)) == 2
    assert reserve(None) == reserve(lifted(weeks=0)) == 3
    assert reserve(lifted(), **sore) == reserve(None, **sore) == 4
    assert reserve(lifted(), KNEE, **sore) == reserve(lifted(), missed=2) == 2
    assert reserve(lifted(), missed=3) == 4
    assert reserve(None, JUMP) == 2
    assert reserve(lifted(), planned=1) == 1
    assert reserve(None, planned=4) == 4
    assert reserve(None, planned=5, **sore) == 5


# ---- sets


@pytest.mark.parametrize(("weeks", "sets"), [(0, 2), (1, 3), (2, 3)])
def test_what_is_new_gets_two_sets_for_a_week(weeks: int, sets: int, catalogue: Catalogue) -> None:
    s = a_situation(catalogue, lifted(weeks=weeks))
    assert limits.most_sets(s, LIFT, 3) == limits.of(s, LIFT, 3).sets == sets


def test_jumps_and_what_was_never_planned_get_two_sets_at_most(catalogue: Catalogue) -> None:
    jumped = a_situation(catalogue, replace(lifted(), exercise=JUMP.slug))
    assert [limits.most_sets(jumped, JUMP, wanted) for wanted in (1, 2, 3)] == [1, 2, 2]
    assert [limits.most_sets(a_situation(catalogue), LIFT, wanted) for wanted in (1, 2, 3)] == [1, 2, 2]


def test_what_loads_a_region_that_has_hurt_gets_fewer_sets_and_never_none(catalogue: Catalogue) -> None:
    for fewer, sets in ((0, 3), (1, 2), (2, 1), (3, 1)):
        s = a_situation(catalogue, lifted(), regions=(RegionState(Region.HIP, 0, fewer=fewer),))
        assert limits.most_sets(s, LIFT, 3) == sets
        assert limits.most_sets(s, KNEE, 3) == 3


def test_pain_told_without_a_place_takes_a_set_off_everything(catalogue: Catalogue) -> None:
    assert limits.most_sets(a_situation(catalogue, lifted(), hurt=1), KNEE, 3) == 2
    assert limits.most_sets(a_situation(catalogue, lifted(), hold="unclear"), KNEE, 3) == 3
    two = (RegionState(Region.HIP, 0, fewer=2),)
    assert limits.most_sets(a_situation(catalogue, lifted(), hurt=1, regions=two), LIFT, 3) == 1


@pytest.mark.parametrize(
    ("since", "before", "usual", "sets"),
    [(0, 2, 0, 2), (3, 2, 0, 2), (4, 2, 0, 3), (0, 1, 0, 1), (0, 2, 3, 3), (0, 3, 0, 3)],
)
def test_for_four_weeks_after_time_away_nothing_gets_more_sets_than_it_had(
    since: int, before: int, usual: int, sets: int, catalogue: Catalogue
) -> None:
    state = replace(lifted(usual=usual), last=replace(TEN_AT_TWENTY, sets=before))
    assert limits.most_sets(a_situation(catalogue, state, gap=3, since_gap=since), LIFT, 3) == sets
    assert limits.most_sets(a_situation(catalogue, state, gap=3, since_gap=since), LIFT, 1) == 1
    undone = a_situation(catalogue, replace(lifted(), last=None), gap=3, since_gap=0)
    assert limits.most_sets(undone, LIFT, 3) == 3


def test_the_region_that_has_cost_most_sets_is_the_one_named(catalogue: Catalogue) -> None:
    hip, knee, calf, back = (
        RegionState(Region.HIP, 0, fewer=1),
        RegionState(Region.KNEE, 0, fewer=2),
        RegionState(Region.CALF, 0, fewer=3),
        RegionState(Region.BACK, 5),
    )
    much = an_exercise(tissues=((Region.HIP, 2), (Region.KNEE, 3), (Region.CALF, 1), (Region.BACK, 3)))
    s = a_situation(catalogue, regions=(hip, knee, calf, back))
    assert limits.spared(s, much) == knee
    assert limits.spared(s, LIFT) == hip
    assert limits.spared(s, an_exercise(tissues=((Region.CALF, 1), (Region.BACK, 3)))) is None


# ---- how far a rise may go


def test_a_rise_is_bounded_by_what_is_believed_and_after_a_gap_by_little(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert limits.of(a_situation(catalogue), LIFT, 3).cap == 0.0
    easy = lifted(seen=said("easy"))
    assert limits.of(a_situation(catalogue, easy), LIFT, 3).cap == c.cap_sure
    for since, cap in ((0, c.cap_after_gap), (3, c.cap_after_gap), (4, c.cap_sure), (5, c.cap_sure)):
        assert limits.of(a_situation(catalogue, easy, gap=3, since_gap=since), LIFT, 3).cap == cap
    assert limits.of(a_situation(catalogue, easy, gap=1, since_gap=0), LIFT, 3).cap == c.cap_after_gap
    assert limits.of(a_situation(catalogue, easy, gap=0, since_gap=0), LIFT, 3).cap == c.cap_sure


def test_about_right_asks_for_no_leap_however_light_the_load_is_believed_to_be(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert limits.of(a_situation(catalogue, lifted(seen=said("right"))), LIFT, 3).cap == c.cap_target
    assert limits.of(a_situation(catalogue, lifted(seen=said("sets"))), LIFT, 3).cap == c.cap_sure


def test_what_loads_a_place_that_has_just_hurt_makes_no_leap(catalogue: Catalogue) -> None:
    c = catalogue.constants
    for calm, cap in ((limits.CALM_TO_SKIP - 1, c.cap_after_gap), (limits.CALM_TO_SKIP, c.cap_sure)):
        region = RegionState(Region.HIP, 0, calm_weeks=calm, fewer=1)
        s = a_situation(catalogue, lifted(seen=said("easy")), regions=(region,))
        assert limits.of(s, LIFT, 3).cap == cap
        assert limits.of(s, KNEE, 3).cap == c.cap_sure


def test_what_rested_for_long_comes_back_in_small_steps_until_four_weeks_have_gone_well(catalogue: Catalogue) -> None:
    c = catalogue.constants
    for weeks, anchors, cap in (
        (9, 1, c.cap_after_gap),
        (9, 3, c.cap_after_gap),
        (9, 4, c.cap_sure),
        (3, 1, c.cap_sure),
    ):
        back = lifted(weeks=weeks, anchors_kg=(20.0,) * anchors, seen=said("easy"))
        assert limits.of(a_situation(catalogue, back), LIFT, 3).cap == cap


def test_after_a_load_that_was_too_much_no_heavier_one_is_tried_for_a_while(catalogue: Catalogue) -> None:
    assert not limits.of(a_situation(catalogue, lifted(refused=1)), LIFT, 3).heavier
    assert limits.of(a_situation(catalogue, lifted()), LIFT, 3).heavier
    assert limits.of(a_situation(catalogue), LIFT, 3).heavier


def test_what_loads_a_place_that_has_hurt_begins_with_the_body_alone(catalogue: Catalogue) -> None:
    for region, bare in ((Region.HIP, True), (Region.KNEE, False)):
        s = a_situation(catalogue, regions=(RegionState(region, 0, calm_weeks=50),))
        assert limits.of(s, LIFT, 3).bare is bare


# ---- after pain, after a tiring week, after time off


def test_five_or_more_left_asks_for_more_as_a_session_called_easy_does(catalogue: Catalogue) -> None:
    for seen, more in ((said("easy"), True), (said("sets", at_least=True), True), (said("sets"), False)):
        assert limits.of(a_situation(catalogue, lifted(seen=seen)), LIFT, 3).more is more


def test_what_pain_had_taken_out_comes_back_with_less(catalogue: Catalogue) -> None:
    c = catalogue.constants
    calmed = RegionState(Region.HIP, 2, calm_weeks=1, fewer=1)

    def kept(state: ExerciseState, region: RegionState) -> float:
        return limits.cut(a_situation(catalogue, state, regions=(region,)), LIFT)

    assert kept(lifted(idle=2), calmed) == c.pain_cut
    assert kept(lifted(idle=0), calmed) == 1.0
    assert kept(lifted(idle=1), replace(calmed, calm_weeks=1)) == 1.0  # it rested in a calm week, for another reason
    assert kept(lifted(idle=2, weeks=0), calmed) == 1.0
    assert kept(lifted(idle=2), replace(calmed, region=Region.KNEE)) == 1.0


def test_what_has_lately_hurt_is_told_from_what_has_long_been_calm(catalogue: Catalogue) -> None:
    for calm, lately in ((0, True), (limits.CALM_TO_SKIP - 1, True), (limits.CALM_TO_SKIP, False)):
        region = RegionState(Region.HIP, 0, calm_weeks=calm, fewer=1)
        assert limits.lately_hurt(a_situation(catalogue, regions=(region,)), LIFT) is lately


def test_a_substitute_for_what_hurts_begins_low_even_when_it_is_known_of_old(catalogue: Catalogue) -> None:
    sore = (RegionState(Region.HIP, 6),)
    assert limits.of(a_situation(catalogue, lifted(idle=3), regions=sore), LIFT, 3).most == a_plan().reps[0]
    assert limits.of(a_situation(catalogue, lifted(idle=0), regions=sore), LIFT, 3).most is None


def test_a_first_load_and_a_runner_who_returns_are_met_with_more_caution(catalogue: Catalogue) -> None:
    c = catalogue.constants

    def caution(exercise: Exercise, state: ExerciseState | None, *, careful: bool = False) -> float:
        return limits.of(a_situation(catalogue, state, careful=careful), exercise, 3).caution

    assert caution(LIFT, None) == caution(LIFT, lifted(weeks=0)) == c.caution_returning
    assert caution(LIFT, lifted()) == caution(LIFT, lifted(weeks=1)) == c.caution
    assert caution(HOLD, None) == c.caution
    assert caution(LIFT, lifted(), careful=True) == caution(HOLD, None, careful=True) == c.caution_returning


def test_what_is_new_in_place_of_something_painful_begins_at_the_low_end(catalogue: Catalogue) -> None:
    hurt: dict[str, Any] = {"regions": (RegionState(Region.HIP, 3),)}
    assert limits.of(a_situation(catalogue, **hurt), LIFT, 3).most == a_plan().reps[0]
    assert limits.of(a_situation(catalogue, **hurt), HOLD, 3).most == dose.HOLD_S[0]
    carry = replace(CARRY, tissues=LIFT.tissues)
    assert limits.of(a_situation(catalogue, **hurt), carry, 3).most == dose.CARRY_S[0]
    assert limits.of(a_situation(catalogue, lifted(weeks=0), **hurt), LIFT, 3).most == a_plan().reps[0]
    assert limits.of(a_situation(catalogue, lifted(), **hurt), LIFT, 3).most is None
    assert limits.of(a_situation(catalogue), LIFT, 3).most is None


# ---- what was said of the last session


def test_easy_asks_for_more_and_hard_for_less(catalogue: Catalogue) -> None:
    found = {
        source: limits.of(a_situation(catalogue, lifted(seen=said(source))), LIFT, 3)
        for source in ("easy", "right", "hard", "sets")
    }
    assert {source: (x.more, x.less) for source, x in found.items()} == {
        "easy": (True, False),
        "right": (False, False),
        "hard": (False, True),
        "sets": (False, False),
    }
    unheard = limits.of(a_situation(catalogue, lifted(seen=None)), LIFT, 3)
    assert (unheard.more, unheard.less, unheard.keep) == (False, False, False)


def test_a_last_set_that_left_nothing_asks_for_less_unless_one_fell_short(catalogue: Catalogue) -> None:
    for seen, less in (
        (said("sets", reps_left=0.0), True),
        (said("sets", reps_left=0.9), True),
        (said("sets", reps_left=1.0), False),
        (said("sets", reps_left=0.0, failed=1), False),
        (said("right", reps_left=0.0), False),
    ):
        assert limits.of(a_situation(catalogue, lifted(seen=seen)), LIFT, 3).less is less


@pytest.mark.parametrize(
    ("last", "heavy"),
    [
        (Dose(3, 5, 20.0, DUMBBELLS), True),
        (Dose(3, 3, 0.5, DUMBBELLS), True),
        (Dose(3, 6, 20.0, DUMBBELLS), False),
        (Dose(3, 7, 20.0, DUMBBELLS), False),
    ],
)
def test_a_heavy_set_is_not_kept_by_who_must_not_hold_the_breath(last: Dose, heavy: bool, catalogue: Catalogue) -> None:
    state = replace(lifted(), last=last)
    well = a_situation(catalogue, state)
    ill = replace(well, profile=replace(well.profile, screens=frozenset({Screen.HEART}), cleared=True))
    assert limits.is_too_heavy(ill, state) is heavy
    assert limits.of(ill, LIFT, 3).keep is not heavy
    for light in (None, replace(state, last=None), replace(state, last=Dose(3, 5))):
        assert not limits.is_too_heavy(ill, light)
    assert not limits.is_too_heavy(well, state)
    assert limits.of(well, LIFT, 3).keep


def test_a_set_too_heavy_for_the_breath_grows_longer_and_no_heavier(catalogue: Catalogue) -> None:
    """However light it is believed to be: the load rises once the set is as long as it may be."""
    c = catalogue.constants
    for amount, after in ((5, (20.0, 7)), (8, (22.0, 8))):
        state = replace(lifted(), last=replace(TEN_AT_TWENTY, amount=amount))
        well = a_situation(catalogue, state)
        ill = replace(well, profile=replace(well.profile, screens=frozenset({Screen.HEART}), cleared=True))
        bounds = limits.of(ill, LIFT, 3)
        assert bounds.may_rise
        found = dose.choose(LIFT, ill.beliefs.of(LIFT), state, ill.plan, ill.profile, bounds, c)
        assert found is not None
        assert (found.load_kg, found.amount) == after


def test_a_dose_went_well_when_at_least_one_was_left_and_no_set_failed() -> None:
    assert limits.went_well(lifted(seen=said("right")))
    assert limits.went_well(lifted(seen=said("easy")))
    assert limits.went_well(lifted(seen=said("sets", reps_left=1.0)))
    assert not limits.went_well(lifted(seen=said("sets", reps_left=0.5)))
    assert not limits.went_well(lifted(seen=said("sets", failed=1)))
    assert not limits.went_well(lifted(seen=said("hard")))
    assert not limits.went_well(lifted(seen=None))
    assert not limits.went_well(None)


def test_what_went_well_is_kept_except_in_weeks_meant_to_be_easy(catalogue: Catalogue) -> None:
    for phase in Phase:
        s = a_situation(catalogue, lifted(), plan=a_plan(phase=phase))
        assert limits.of(s, LIFT, 3).keep is (phase not in {Phase.TAPER, Phase.RACE, Phase.DELOAD})


# ---- to the figure


def test_a_set_told_to_have_left_one_is_not_spent_and_a_tap_never_says_so(catalogue: Catalogue) -> None:
    for source, left, spent in (
        ("sets", 0.0, True),
        ("sets", 0.9, True),
        ("sets", 1.0, False),
        ("sets", 1.5, False),
        ("sets", 2.0, False),
        ("right", 0.0, False),
        ("easy", 0.5, False),
        ("test", 0.0, False),
    ):
        found = limits.against(a_situation(catalogue, lifted(seen=said(source, reps_left=left))), LIFT)
        assert (Ground.FAILED in found) is spent, (source, left)


def test_four_calm_weeks_make_a_place_that_has_hurt_one_like_others(catalogue: Catalogue) -> None:
    much = an_exercise(tissues=((Region.HIP, 3),))
    for calm, lately in ((3, True), (4, False), (5, False)):
        s = a_situation(catalogue, regions=(RegionState(Region.HIP, 0, calm_weeks=calm, fewer=1),))
        assert limits.lately_hurt(s, LIFT) is limits.lately_hurt(s, much) is lately
        assert limits.of(s, LIFT, 3).bare
        assert limits.of(s, much, 3).bare


def test_what_rested_while_the_place_was_calm_rested_for_another_reason(catalogue: Catalogue) -> None:
    much = an_exercise(tissues=((Region.HIP, 3),))
    for calm, idle, cut in ((1, 2, True), (2, 2, False), (3, 2, False)):
        region = RegionState(Region.HIP, 0, calm_weeks=calm, fewer=1)
        s = a_situation(catalogue, lifted(idle=idle), regions=(region,))
        for exercise in (LIFT, much):
            assert (limits.cut(s, exercise) == catalogue.constants.pain_cut) is cut


def test_a_substitute_known_of_old_begins_low_from_the_first_week_it_rested(catalogue: Catalogue) -> None:
    sore = (RegionState(Region.HIP, 6),)
    for idle, most in ((0, None), (1, a_plan().reps[0]), (2, a_plan().reps[0])):
        assert limits.of(a_situation(catalogue, lifted(idle=idle), regions=sore), LIFT, 3).most == most


def test_the_sets_of_before_an_easier_week_count_where_something_may_rise(catalogue: Catalogue) -> None:
    assert limits.of(a_situation(catalogue, lifted(usual=3)), LIFT, 3).usual == 3
    assert limits.of(a_situation(catalogue, lifted(usual=3), soreness=9), LIFT, 3).usual == 0
    assert limits.of(a_situation(catalogue), LIFT, 3).usual == 0


def test_back_from_a_rest_is_who_was_known_for_longer_than_the_anchors_reach(catalogue: Catalogue) -> None:
    c = catalogue.constants
    for weeks, cap in ((4, c.cap_sure), (5, c.cap_after_gap)):
        state = lifted(weeks=weeks, anchors_kg=(20.0,), seen=said("easy"))
        assert limits.of(a_situation(catalogue, state), LIFT, 3).cap == cap
