"""Where a runner stands in training, and what that asks of the week. docs/evidence.md#phases"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coach import phases
from coach.catalogue import Catalogue
from coach.phases import Plan
from coach.profile import Experience, Goal, Profile, Race, Region, Run, RunKind, Screen
from coach.progress import ExerciseState, Progress, RegionState
from coach.week import Phase
from tests.builders import MONDAY
from tests.coach.runners import a_steady_runner, slots, some_progress


def racing(days: int, km: float = 10.0, **changes: Any) -> Profile:
    """A runner whose race is so many days after the Monday of the week planned."""
    return a_steady_runner(race=Race(MONDAY + timedelta(days=days), km), **changes)


def phase(profile: Profile, catalogue: Catalogue, *, missed: int = 0, **progress: Any) -> Phase:
    return phases.phase(profile, some_progress(**progress), missed, MONDAY, catalogue.constants)


def plan(profile: Profile, catalogue: Catalogue, *, missed: int = 0, **progress: Any) -> Plan:
    return phases.plan(profile, some_progress(**progress), missed, MONDAY, catalogue.constants)


def test_the_first_completed_weeks_get_the_body_used_to_load(catalogue: Catalogue) -> None:
    first = int(catalogue.constants.anatomical_weeks)
    assert {phase(a_steady_runner(), catalogue, completed=n) for n in range(first)} == {Phase.ANATOMICAL}
    assert phase(a_steady_runner(), catalogue, completed=first) is Phase.BASE


@pytest.mark.parametrize(
    ("days", "km", "expected"),
    [
        (0, 10.0, Phase.RACE),
        (6, 42.2, Phase.RACE),
        (7, 10.0, Phase.TAPER),
        (13, 10.0, Phase.TAPER),
        (14, 10.0, Phase.PEAK),
        (14, 42.2, Phase.TAPER),
        (20, 42.2, Phase.TAPER),
        (21, 42.2, Phase.PEAK),
        (42, 10.0, Phase.PEAK),
        (43, 10.0, Phase.BUILD),
        (84, 10.0, Phase.BUILD),
        (85, 10.0, Phase.BASE),
        (-1, 10.0, Phase.DELOAD),
        (-7, 10.0, Phase.DELOAD),
        (-8, 10.0, Phase.BASE),
        (-8, 42.2, Phase.DELOAD),
        (-14, 42.2, Phase.DELOAD),
        (-15, 42.2, Phase.BASE),
    ],
)
def test_a_race_shapes_the_weeks_before_and_after_it(
    days: int, km: float, expected: Phase, catalogue: Catalogue
) -> None:
    assert phase(racing(days, km), catalogue) is expected


def test_a_race_outranks_tiredness_and_a_gap_but_a_far_one_does_not(catalogue: Catalogue) -> None:
    assert phase(racing(3), catalogue, strain=2, missed=4) is Phase.RACE
    assert phase(racing(30), catalogue, strain=2) is Phase.DELOAD
    assert phase(racing(30), catalogue, missed=3) is Phase.RETURN


def test_a_far_race_does_not_shorten_the_first_weeks(catalogue: Catalogue) -> None:
    assert phase(racing(30), catalogue, completed=1) is Phase.ANATOMICAL


def test_two_tiring_weeks_bring_an_easier_one_and_a_single_one_does_not(catalogue: Catalogue) -> None:
    assert phase(a_steady_runner(), catalogue, strain=1) is Phase.BASE
    assert phase(a_steady_runner(), catalogue, strain=2) is Phase.DELOAD


def test_after_three_missed_weeks_the_runner_returns_step_by_step(catalogue: Catalogue) -> None:
    runner = a_steady_runner()
    assert phase(runner, catalogue, missed=2) is Phase.BASE
    assert phase(runner, catalogue, missed=3) is Phase.RETURN
    assert phase(runner, catalogue, gap=4, since_gap=1) is Phase.RETURN
    assert phase(runner, catalogue, gap=4, since_gap=2) is Phase.BASE


def test_the_reserve_shrinks_from_four_to_two_as_weeks_are_completed(catalogue: Catalogue) -> None:
    targets = [plan(a_steady_runner(), catalogue, completed=n).target_rir for n in range(12)]
    assert targets[0] == 4
    assert targets[-1] == 2
    assert targets == sorted(targets, reverse=True)


def test_coming_back_keeps_more_in_reserve_for_longer(catalogue: Catalogue) -> None:
    coming_back = a_steady_runner(goal=Goal.RETURN)
    assert (
        plan(coming_back, catalogue, completed=7).target_rir
        > plan(a_steady_runner(), catalogue, completed=7).target_rir
    )


@pytest.mark.parametrize(("days", "target"), [(3, 4), (-3, 4), (10, 3), (30, 3)])
def test_races_and_easy_weeks_leave_more_in_reserve(days: int, target: int, catalogue: Catalogue) -> None:
    assert plan(racing(days), catalogue, completed=20).target_rir == target


def test_without_clearance_the_plan_stays_gentle_however_long_it_goes_on(catalogue: Catalogue) -> None:
    held = plan(a_steady_runner(screens=frozenset({Screen.HEART})), catalogue, completed=20)
    assert (held.target_rir, held.sets, held.sessions) == (4, 2, 2)


@pytest.mark.parametrize("experience", list(Experience))
def test_a_third_set_comes_later_for_who_is_newer_to_it(experience: Experience, catalogue: Catalogue) -> None:
    after = phases.THREE_SETS[experience]
    runner = a_steady_runner(experience=experience)
    weeks = [plan(runner, catalogue, completed=n) for n in range(24)]
    assert {w.sets for w in weeks[:after]} == {2}
    assert all(w.sets == (2 if w.easy else 3) for w in weeks[after:])
    assert [n % phases.EASY_EVERY for n, w in enumerate(weeks) if w.easy] == [3] * (-(-(24 - after) // 4))


def test_tapering_and_soreness_halve_the_sets(catalogue: Catalogue) -> None:
    sore = int(catalogue.constants.sore_hold)
    assert plan(racing(10), catalogue).sets == 2
    assert plan(a_steady_runner(), catalogue, completed=13, soreness=sore).sets == 2
    assert plan(a_steady_runner(), catalogue, completed=13, soreness=sore - 1).sets == 3


def test_repetitions_come_down_after_six_weeks(catalogue: Catalogue) -> None:
    early, late = (plan(a_steady_runner(), catalogue, completed=n).reps for n in (5, 6))
    assert all(x > y for x, y in zip(early, late, strict=True))


def test_heavy_sets_are_for_those_who_know_lifting_and_are_not_coming_back(catalogue: Catalogue) -> None:
    c = catalogue.constants
    ready = int(c.heavy_after)
    assert plan(a_steady_runner(), catalogue, completed=ready).heavy
    assert not plan(a_steady_runner(), catalogue, completed=ready - 1).heavy
    assert not plan(a_steady_runner(experience=Experience.NEW), catalogue, completed=ready).heavy
    assert not plan(a_steady_runner(goal=Goal.RETURN), catalogue, completed=ready).heavy
    hurting = (RegionState(Region.KNEE, 3),)
    assert not plan(a_steady_runner(), catalogue, completed=ready, regions=hurting).heavy


def test_the_only_session_of_a_week_may_hold_more_exercises(catalogue: Catalogue) -> None:
    two, one = (plan(a_steady_runner(strength_days=days), catalogue, completed=8).exercises for days in ((0, 3), (0,)))
    assert two < one


@pytest.mark.parametrize("days", [10, -10])
def test_around_a_race_the_only_session_does_not_make_up_for_the_others(days: int, catalogue: Catalogue) -> None:
    week = plan(racing(days, 42.2), catalogue, completed=8)
    assert (week.sessions, week.exercises) == (1, phases.MOST_EXERCISES[2])


def test_the_first_week_after_time_off_keeps_four_in_reserve_and_is_not_quiet(catalogue: Catalogue) -> None:
    rested, trained = (
        some_progress(ExerciseState("split-squat", 3.0, 0.1, idle=idle, weeks=5), completed=10) for idle in (1, 0)
    )
    for progress, resumes in ((rested, True), (trained, False), (some_progress(completed=10), False)):
        assert phases.resumes(progress, 0) is resumes
        assert phases.quiet(progress, 0, catalogue.constants) is not resumes
        target = phases.plan(a_steady_runner(), progress, 0, MONDAY, catalogue.constants).target_rir
        assert target == (4 if resumes else 2)
    assert not phases.resumes(rested, 1)  # a week missed is told as missed


def test_race_week_is_short_light_and_brings_nothing_new(catalogue: Catalogue) -> None:
    week = plan(racing(5, minutes=60), catalogue)
    assert week.light
    assert week.known_only
    assert (week.sessions, week.minutes) == (1, phases.RACE_MINUTES)
    assert plan(racing(5, minutes=15), catalogue).minutes == 15


def test_a_first_week_close_before_a_race_is_light(catalogue: Catalogue) -> None:
    assert plan(racing(10), catalogue, completed=1).light
    assert not plan(racing(10), catalogue, completed=10).light


def test_legs_that_recover_from_a_long_race_get_one_light_session_at_most(catalogue: Catalogue) -> None:
    first, second, third = (
        plan(racing(days, 42.2, strength_days=(0, 2, 4)), catalogue, completed=10) for days in (-1, -8, -15)
    )
    assert [(x.sessions, x.light) for x in (first, second, third)] == [(1, True), (1, True), (3, False)]
    assert plan(racing(-1, 10.0), catalogue, completed=10).sessions == 2
    assert not plan(racing(-1, 10.0), catalogue, completed=10).light


def third(profile: Profile, catalogue: Catalogue, *, missed: int = 0, **progress: Any) -> bool:
    return plan(profile, catalogue, missed=missed, **{"completed": phases.THIRD_AFTER, **progress}).sessions == 3


def test_a_third_session_comes_when_nothing_speaks_against_it(catalogue: Catalogue) -> None:
    runner = a_steady_runner(strength_days=(0, 2, 4))
    assert third(runner, catalogue)
    assert not third(runner, catalogue, completed=phases.THIRD_AFTER - 1)
    assert not third(replace(runner, strength_days=(0, 3)), catalogue)


@pytest.mark.parametrize(
    "changes",
    [
        {"experience": Experience.NEW},
        {"goal": Goal.RETURN},
        {"screens": frozenset({Screen.DIABETES})},
        {"runs": tuple(Run(day, RunKind.QUALITY) for day in (1, 3, 5))},
        {"race": Race(MONDAY + timedelta(days=60), 10.0)},
    ],
    ids=["new to strength", "coming back", "not cleared", "three hard runs", "building for a race"],
)
def test_not_everybody_is_given_a_third_session(changes: dict[str, Any], catalogue: Catalogue) -> None:
    assert not third(a_steady_runner(strength_days=(0, 2, 4), **changes), catalogue)


@pytest.mark.parametrize(
    "progress",
    [
        {"strain": 1},
        {"soreness": 7},
        {"hold": "unclear"},
        {"regions": (RegionState(Region.FOOT, 3),)},
        {"gap": 3, "since_gap": 3},
        {"missed": 1},
    ],
    ids=["tired", "sore", "an open question", "pain", "just back", "a missed week"],
)
def test_a_third_session_waits_for_a_quiet_week(progress: dict[str, Any], catalogue: Catalogue) -> None:
    assert not third(a_steady_runner(strength_days=(0, 2, 4)), catalogue, **progress)


@pytest.mark.parametrize(
    ("missed", "changes", "stays"),
    [
        (1, {}, True),
        (2, {}, True),
        (3, {}, False),
        (1, {"hold": "hurts"}, False),
        (1, {"soreness": 7}, False),
        (1, {"regions": (RegionState(Region.FOOT, 3),)}, False),
    ],
)
def test_a_third_session_that_was_asked_for_is_asked_for_again_after_silence(
    missed: int, changes: dict[str, Any], stays: bool, catalogue: Catalogue
) -> None:
    runner = a_steady_runner(strength_days=(0, 2, 4))
    asked = slots(("A", "knee", "split-squat", 3), ("B", "knee", "low-step-up", 3), ("C", "knee", "goblet-squat", 1))
    assert third(runner, catalogue, missed=missed, programme=asked, **changes) is stays
    assert not third(runner, catalogue, missed=missed, programme=asked[:2], **changes)
    left_out = (*asked[:2], replace(asked[2], idle=1))
    assert not third(runner, catalogue, missed=missed, programme=left_out, **changes)


def test_a_week_is_quiet_when_nothing_hurts_tires_or_is_open(catalogue: Catalogue) -> None:
    c = catalogue.constants
    calm = Progress(regions=(RegionState(Region.FOOT, 2),), soreness=2)
    assert phases.quiet(calm, 0, c)
    assert not phases.quiet(calm, 1, c)


def test_who_came_to_come_back_has_come_back_after_twelve_weeks_and_eight_without_pain(catalogue: Catalogue) -> None:
    c, runner = catalogue.constants, a_steady_runner(goal=Goal.RETURN)
    for completed, calm, returning in ((12, 8, False), (11, 8, True), (12, 7, True)):
        now = Progress(completed=completed, regions=(RegionState(Region.KNEE, 0, calm_weeks=calm),))
        assert phases.is_returning(runner, now, 0, c) is returning
    assert phases.is_returning(runner, Progress(completed=12), 3, c)
    assert not phases.is_returning(runner, Progress(completed=12), 0, c)


def test_a_runner_comes_back_when_he_says_so_hurts_or_was_away(catalogue: Catalogue) -> None:
    c, runner = catalogue.constants, a_steady_runner()
    assert not phases.is_returning(runner, Progress(), 0, c)
    assert phases.is_returning(replace(runner, goal=Goal.RETURN), Progress(), 0, c)
    assert phases.is_returning(runner, Progress(regions=(RegionState(Region.BACK, 3),)), 0, c)
    assert phases.is_returning(runner, Progress(), 3, c)
    assert phases.is_returning(runner, Progress(gap=3, since_gap=3), 0, c)
    assert not phases.is_returning(runner, Progress(gap=3, since_gap=4), 0, c)
