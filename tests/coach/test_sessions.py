"""A session: places filled in order of importance within the runner's minutes, each dose with its reason. docs/evidence.md#layout"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, product
from typing import Any

import pytest

import coach
from coach import dose, phases, sessions
from coach.answers import Answers, Effort, Pain, SessionReport
from coach.catalogue import Catalogue
from coach.profile import Equipment, Experience, Gear, Profile, Race, Region, Run, RunKind
from coach.progress import Progress, RegionState, Seen
from coach.week import Dose, Prescription, Session
from tests.builders import MONDAY, a_profile
from tests.coach.runners import (
    WEEK,
    a_steady_runner,
    codes,
    find,
    found,
    in_slot,
    known,
    live,
    plan,
    prescriptions,
    slots,
    some_progress,
    tapped,
)

RUNNER = a_steady_runner()
TEN = Dose(3, 10, 10.0, Gear.DUMBBELLS)


def seconds(session: Session, catalogue: Catalogue) -> float:
    return sum(dose.seconds(catalogue.by_slug[p.exercise], p.dose, catalogue.constants) for p in session.exercises)


# ---- minutes


@pytest.mark.parametrize("minutes", [10, 12, 15, 18, 20, 24, 30, 40, 60, 90, 120])
def test_a_session_keeps_to_the_minutes_warm_up_and_rests_counted(minutes: int, catalogue: Catalogue) -> None:
    runner = a_steady_runner(minutes=minutes)
    for week in live(runner, catalogue, [Effort.RIGHT] * 9).weeks:
        assert week.sessions
        for session in week.sessions:
            assert session.minutes <= minutes
            warm_up = min(catalogue.constants.warm_up_s, minutes * 60 * 0.2)
            assert (session.minutes - 1) * 60 < seconds(session, catalogue) + warm_up <= session.minutes * 60


def test_more_minutes_hold_more_exercises_up_to_a_limit(catalogue: Catalogue) -> None:
    counts = [len(plan(catalogue, a_steady_runner(minutes=m)).sessions[0].exercises) for m in (10, 20, 40, 90)]
    assert counts == sorted(counts)
    assert 1 <= counts[0] < counts[-1] <= 8


def test_exercises_are_done_in_the_order_of_the_session(catalogue: Catalogue) -> None:
    order = {slot.key: slot.order for slot in catalogue.slots}
    for week in live(RUNNER, catalogue, [Effort.RIGHT] * 8).weeks:
        for session in week.sessions:
            places = [order[p.slot] for p in session.exercises]
            assert places == sorted(set(places))


def test_jumps_come_first_and_the_main_lifts_before_calf_and_trunk(catalogue: Catalogue) -> None:
    first, second = live(RUNNER, catalogue, [Effort.RIGHT] * 5).following.sessions
    places = [p.slot for p in first.exercises]
    assert places.index("knee") < places.index("calf")
    assert places.index("hinge") < places.index("trunk")
    assert places[0] == "jumps"
    assert "jumps" not in {p.slot for p in second.exercises}


def test_what_the_first_session_had_no_room_for_comes_in_the_second_after_the_core(catalogue: Catalogue) -> None:
    first, second = live(RUNNER, catalogue, [Effort.RIGHT] * 5).following.sessions
    core = {"knee", "hinge", "calf", "hip"}
    a, b = ({p.slot for p in s.exercises} for s in (first, second))
    assert core <= a & b
    assert len(a - {"jumps"}) == len(b - {"jumps"}) == 5
    assert not (a - core) & (b - core)


def test_the_only_session_of_a_week_has_room_for_two_more(catalogue: Catalogue) -> None:
    once = live(a_steady_runner(strength_days=(0,)), catalogue, [Effort.RIGHT] * 5).following
    assert [len(s.exercises) for s in once.sessions] == [8]


def test_days_that_leave_room_for_one_session_do_not_cut_it_as_if_there_were_three(catalogue: Catalogue) -> None:
    between = a_steady_runner(runs=(Run(1, RunKind.QUALITY), Run(5, RunKind.LONG)), strength_days=(0, 2, 4))
    for completed in (0, 8, 20):
        (only,) = plan(catalogue, between, completed=completed).sessions
        assert sum(p.slot != "jumps" for p in only.exercises) == phases.MOST_EXERCISES[1]


def test_a_session_of_half_an_hour_has_knee_hinge_calf_and_hip_or_trunk(catalogue: Catalogue) -> None:
    for week in live(a_steady_runner(minutes=30), catalogue, [Effort.RIGHT] * 8).weeks:
        for session in week.sessions:
            places = {p.slot for p in session.exercises}
            assert {"knee", "hinge", "calf"} <= places
            assert places & {"hip", "trunk"}


@pytest.mark.parametrize("equipment", [RUNNER.equipment, Equipment()])
@pytest.mark.parametrize("minutes", [10, 12, 15])
def test_a_week_of_short_sessions_trains_the_whole_core_though_none_of_them_can(
    minutes: int, equipment: Equipment, catalogue: Catalogue
) -> None:
    for week in live(a_steady_runner(minutes=minutes, equipment=equipment), catalogue, [Effort.RIGHT] * 12).weeks:
        places = {p.slot for p in prescriptions(week)}
        assert {"knee", "hinge", "calf"} <= places
        assert places & {"hip", "trunk"}


@pytest.mark.parametrize("minutes", [20, 25, 30, 35, 40])
@pytest.mark.parametrize("equipment", [RUNNER.equipment, Equipment()])
def test_from_twenty_minutes_on_there_is_time_for_a_set_of_the_whole_core_before_anything_else(
    equipment: Equipment, minutes: int, catalogue: Catalogue
) -> None:
    """Whoever finds everything easy does long sets: then one of each, before a second of any or another place."""
    for said, key in product((Effort.RIGHT, Effort.EASY), ("ada", "bea")):
        for week in live(a_steady_runner(key=key, minutes=minutes, equipment=equipment), catalogue, [said] * 12).weeks:
            for session in week.sessions:
                places = {p.slot for p in session.exercises}
                assert {"knee", "hinge", "calf"} <= places
                assert places & {"hip", "trunk"}
            assert minutes > 20 or {"hip", "trunk"} <= {p.slot for p in prescriptions(week)}


def test_ten_minutes_are_enough_for_single_sets(catalogue: Catalogue) -> None:
    for session in plan(catalogue, a_steady_runner(minutes=10)).sessions:
        assert {p.dose.sets for p in session.exercises} == {1}


# ---- sets


def test_the_first_weeks_have_two_sets_and_then_the_main_lifts_three(catalogue: Catalogue) -> None:
    for experience, weeks in ((Experience.NEW, 20), (Experience.SOME, 12), (Experience.SEASONED, 6)):
        lived = live(a_steady_runner(experience=experience), catalogue, [Effort.RIGHT] * (weeks + 3))
        assert {p.dose.sets for w in lived.weeks[:weeks] for p in prescriptions(w)} == {2}
        later = [p for w in lived.weeks[weeks:] for p in prescriptions(w) if p.slot in {"knee", "hinge", "calf"}]
        assert any(p.dose.sets == 3 for p in later)


def test_every_fourth_week_has_a_set_less_and_keeps_its_loads(catalogue: Catalogue) -> None:
    weeks = live(a_steady_runner(experience=Experience.SEASONED), catalogue, [Effort.RIGHT] * 16).weeks
    easy = [w.number for w in weeks if "easy_week" in codes(w)]
    assert easy == [8, 12, 16]
    for number in easy:
        before, now = weeks[number - 2], weeks[number - 1]
        assert {p.dose.sets for p in prescriptions(now)} == {2}
        for p in prescriptions(now):
            was = find(before, p.exercise)
            assert was is None or p.dose.load_kg >= was.dose.load_kg
        assert "dose_sets" not in codes(now)


def test_no_set_is_added_in_the_week_a_load_goes_up(catalogue: Catalogue) -> None:
    before: dict[str, Prescription] = {}
    for week in live(RUNNER, catalogue, [Effort.EASY] * 10).weeks:
        for p in prescriptions(week):
            last = before.get(p.exercise)
            assert last is None or p.dose.load_kg <= last.dose.load_kg or p.dose.sets <= last.dose.sets
        before |= {p.exercise: p for p in prescriptions(week)}


def test_what_is_new_begins_with_two_sets_however_long_the_runner_trains(catalogue: Catalogue) -> None:
    seen: set[str] = set()
    for week in live(RUNNER, catalogue, [Effort.RIGHT] * 12).weeks:
        for p in prescriptions(week):
            assert p.exercise in seen or p.dose.sets <= 2
        seen |= {p.exercise for p in prescriptions(week)}


def test_foot_and_ankle_work_has_two_sets_at_most(catalogue: Catalogue) -> None:
    for experience in Experience:
        runner = a_steady_runner(minutes=120, experience=experience)
        for week in live(runner, catalogue, [Effort.RIGHT] * 30).weeks:
            assert all(p.dose.sets <= 2 for p in prescriptions(week) if p.slot == "foot")


def test_one_tiring_week_takes_a_set_off(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(experience=Experience.SEASONED), catalogue, [Effort.RIGHT] * 9)
    usual = max(p.dose.sets for p in prescriptions(lived.following))
    tired = replace(lived.progress, strain=1)
    week = coach.next_week(
        a_steady_runner(experience=Experience.SEASONED), tired, catalogue, week_of=lived.following.week_of
    )
    assert max(p.dose.sets for p in prescriptions(week)) == usual - 1


def test_sets_do_not_come_and_go(catalogue: Catalogue) -> None:
    for minutes in (30, 45):
        lived = live(a_steady_runner(minutes=minutes), catalogue, [Effort.RIGHT] * 14)
        for before, after in zip(lived.weeks[8:], lived.weeks[9:], strict=False):
            if "easy_week" in codes(after):
                continue
            main = [(in_slot(w, "knee").exercise, in_slot(w, "knee").dose.sets) for w in (before, after)]
            assert main[0][0] != main[1][0] or main[0][1] <= main[1][1]


# ---- light sessions


def test_light_sessions_have_names_and_places_of_their_own(catalogue: Catalogue) -> None:
    week = plan(catalogue, a_profile(strength_days=(1, 5)))
    assert [(s.name, s.light) for s in week.sessions] == [("Light A", True), ("Light B", True)]
    assert {s.placed.code for s in week.sessions} == {"placed_light_day"}
    assert all(p.dose.sets <= 2 for p in prescriptions(week))


def test_what_is_far_too_easy_has_one_light_session_of_the_week(catalogue: Catalogue) -> None:
    runner = a_profile(strength_days=(1, 5), equipment=Equipment(frozenset({Gear.MAT}), ()))

    def light(stronger: float) -> list[str]:
        """The light places filled, for a runner so much stronger than our first estimate of every exercise."""
        states = [known(e.slug, catalogue, runner, Dose(2, e.start_amount)) for e in catalogue.exercises]
        strong = [replace(x, mu=x.mu + stronger, var=0.001) for x in states]
        week = coach.next_week(runner, some_progress(*strong), catalogue, week_of=MONDAY)
        assert all(s.light for s in week.sessions)
        return sorted(p.slot for p in prescriptions(week))

    assert light(0.0).count("knee") == 2
    assert light(4.0) == ["calf", "hinge", "hip", "knee", "trunk"]


def test_a_runner_with_light_days_alone_keeps_the_core_for_good(catalogue: Catalogue) -> None:
    hard = tuple(Run(day, RunKind.QUALITY) for day in (0, 2, 4, 6))
    runner = a_steady_runner(runs=hard, strength_days=(1, 3, 5), minutes=40)
    for week in live(runner, catalogue, [Effort.EASY] * 16).weeks:
        assert all(s.light for s in week.sessions)
        assert {"knee", "hinge", "calf", "hip"} <= {p.slot for p in prescriptions(week)}


@pytest.mark.parametrize("minutes", [10, 12, 15, 30])
def test_the_only_session_of_a_week_trains_all_four_qualities_be_it_light_and_short(
    minutes: int, catalogue: Catalogue
) -> None:
    runner = a_steady_runner(runs=(Run(2, RunKind.QUALITY),), strength_days=(1,), minutes=minutes)
    for week in live(runner, catalogue, [Effort.RIGHT] * 12).weeks:
        assert [s.light for s in week.sessions] == [True]
        assert min(dict(week.qualities).values()) > 0


def test_a_race_week_has_no_session_rather_than_one_that_leaves_out_a_quality(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=6), 10.0))
    bridge, step_up = (known(slug, catalogue, racing, Dose(2, 10)) for slug in ("glute-bridge", "low-step-up"))
    assert not plan(catalogue, racing, exercises=(bridge,)).sessions
    (both,) = plan(catalogue, racing, exercises=(bridge, step_up)).sessions
    assert {p.exercise for p in both.exercises} == {"glute-bridge", "low-step-up"}


def test_a_light_session_offers_nothing_when_even_the_light_places_are_empty(catalogue: Catalogue) -> None:
    """A race in five days, and nothing known: the day stays free."""
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=5), 10.0))
    assert plan(catalogue, racing).sessions == ()


# ---- what may rise


def rising(catalogue: Catalogue, profile: Profile = RUNNER, **progress: Any) -> Prescription:
    """Split squats well within reach, in the knee place of session A."""
    squat = known("split-squat", catalogue, profile, TEN)
    before = {
        "exercises": (replace(squat, mu=squat.mu + 0.6),),
        "programme": slots(("A", "knee", "split-squat", 3)),
        **progress,
    }
    return in_slot(plan(catalogue, profile, **before), "knee")


def is_more(p: Prescription) -> bool:
    return p.dose.load_kg > TEN.load_kg or p.dose.amount > TEN.amount


def test_what_is_well_within_reach_rises(catalogue: Catalogue) -> None:
    p = rising(catalogue)
    assert is_more(p)
    assert p.harder is not None


@pytest.mark.parametrize(
    "against",
    [
        {"hold": "unclear"},
        {"soreness": 7},
        {"regions": (RegionState(Region.HIP, 3),)},
        {"strain": 2},
        {"profile": a_steady_runner(birth_year=1950)},
        {"profile": a_steady_runner(race=Race(MONDAY + timedelta(days=10), 10.0))},
    ],
    ids=["unclear", "sore", "a sore hip", "tired", "over 65", "tapering"],
)
def test_nothing_rises_when_anything_speaks_against_it(against: dict[str, Any], catalogue: Catalogue) -> None:
    p = rising(catalogue, **against)
    assert not is_more(p)
    assert p.harder is None


def test_a_missed_week_raises_nothing(catalogue: Catalogue) -> None:
    assert not is_more(rising(catalogue, missed=1))


@pytest.mark.parametrize(
    "state",
    [
        {"seen": Seen(MONDAY, "sets", 3, 6, 0.0, failed=2)},
        {"seen": Seen(MONDAY, "hard", 3, 10, 0.0)},
        {"idle": 1},
    ],
    ids=["failed sets", "called hard", "not done last week"],
)
def test_an_exercise_that_was_too_much_or_not_done_does_not_rise(state: dict[str, Any], catalogue: Catalogue) -> None:
    squat = known("split-squat", catalogue, RUNNER, TEN, **state)
    strong = replace(squat, mu=squat.mu + 0.6)
    assert not is_more(rising(catalogue, exercises=(strong,)))


def test_a_sore_place_elsewhere_does_not_hold_what_does_not_load_it(catalogue: Catalogue) -> None:
    assert is_more(rising(catalogue, regions=(RegionState(Region.FOOT, 3),)))


# ---- when a dose cannot be made


def test_equipment_too_heavy_to_hold_a_load_leaves_that_exercise_out(catalogue: Catalogue) -> None:
    heavy = a_steady_runner(equipment=Equipment(frozenset({Gear.DUMBBELLS}), ((Gear.DUMBBELLS, (30.0, 40.0)),)))
    light = known("goblet-squat", catalogue, RUNNER, Dose(3, 10, 6.0, Gear.DUMBBELLS))
    before = some_progress(light, missed=1, programme=slots(("A", "knee", "goblet-squat", 3)))
    week = coach.next_week(heavy, before, catalogue, week_of=MONDAY)
    assert week.sessions
    assert all(p.exercise != "goblet-squat" or p.dose.load_kg <= 6.0 for p in prescriptions(week))


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_who_has_been_away_and_could_do_no_less_of_anything_gets_the_core_all_the_same(
    minutes: int, catalogue: Catalogue
) -> None:
    """A cut leaves nothing of whatever the runner knows, and a week is not refused for that."""
    runner = a_steady_runner(minutes=minutes, equipment=Equipment())
    lived = live(runner, catalogue, [Effort.RIGHT] * 4)
    least = tuple(
        replace(x, last=Dose(1, dose.shortest(catalogue.by_slug[x.exercise]))) for x in lived.progress.exercises
    )
    weak = replace(lived.progress, exercises=least)
    week = coach.next_week(runner, weak, catalogue, week_of=MONDAY + 10 * WEEK)
    assert {"knee", "hinge", "calf"} <= {p.slot for p in prescriptions(week)}
    assert not {p.exercise for p in prescriptions(week)} & {x.exercise for x in least}
    assert min(dict(week.qualities).values()) > 0


def test_a_very_long_exercise_is_cut_to_one_set_or_left_out_of_a_short_session(catalogue: Catalogue) -> None:
    slow = tuple(
        replace(e, seconds=16.0) if e.pattern in {"squat", "lunge", "step", "hinge", "knee-flexion"} else e
        for e in catalogue.exercises
    )
    long_winded = replace(catalogue, exercises=slow)
    for minutes in (10, 15, 20):
        runner = a_steady_runner(minutes=minutes)
        for session in coach.next_week(runner, Progress(), long_winded, week_of=MONDAY).sessions:
            assert session.minutes <= minutes
            assert session.exercises


def test_a_set_more_is_given_only_where_it_fits(catalogue: Catalogue) -> None:
    for minutes in (25, 30, 35, 40, 45):
        for week in live(a_steady_runner(minutes=minutes), catalogue, [Effort.RIGHT] * 5).weeks:
            assert all(s.minutes <= minutes for s in week.sessions)


def test_half_the_answers_leave_the_other_session_where_it_was(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.EASY] * 3)
    only_a = Answers(sessions=(SessionReport(0, Effort.EASY),))
    after = live(RUNNER, catalogue, [only_a], progress=lived.progress, start=MONDAY + 3 * WEEK)
    before = {p.exercise: p.dose for p in lived.following.sessions[1].exercises}
    for p in after.following.sessions[1].exercises:
        if p.exercise in before:
            was = before[p.exercise]
            assert p.dose.load_kg <= was.load_kg


def test_a_novice_who_runs_hard_often_still_gets_sessions(catalogue: Catalogue) -> None:
    busy = a_steady_runner(experience=Experience.NEW, runs=tuple(Run(d, RunKind.QUALITY) for d in (1, 3, 5)))
    assert plan(catalogue, busy).sessions


def test_a_session_without_anything_for_the_hip_has_the_trunk_though_another_session_keeps_it(
    catalogue: Catalogue,
) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 3)
    kept = tuple(x for x in lived.progress.programme if x.slot != "hip")
    hip = next(slot for slot in catalogue.slots if slot.key == "hip")
    without = replace(catalogue, exercises=tuple(e for e in catalogue.exercises if not hip.takes(e)))
    week = coach.next_week(RUNNER, replace(lived.progress, programme=kept), without, week_of=MONDAY + 3 * WEEK)
    assert all("trunk" in {p.slot for p in s.exercises} for s in week.sessions)


def test_a_load_that_rises_costs_none_of_the_sets_that_went_well(catalogue: Catalogue) -> None:
    runner = a_steady_runner(experience=Experience.SEASONED, minutes=75)
    lived = live(runner, catalogue, [Effort.RIGHT] * 24)
    risen = 0
    for before, week in pairwise((*lived.weeks, lived.following)):
        was = {p.exercise: p.dose for p in prescriptions(before)}
        if not any(p.dose.sets == 3 for p in prescriptions(week)):
            continue  # an easy week
        for p in prescriptions(week):
            last = was.get(p.exercise)
            if last is not None and last.sets == 3 and p.dose.load_kg > last.load_kg:
                assert p.dose.sets == 3
                risen += 1
    assert risen


def test_the_set_that_an_easier_week_left_out_comes_back_while_the_load_waits(catalogue: Catalogue) -> None:
    last = Dose(2, 10, 10.0, Gear.DUMBBELLS)
    for usual, sets, load_kg in ((3, 3, 10.0), (2, 2, 12.0)):
        squat = known("split-squat", catalogue, RUNNER, last, usual=usual, mu=4.5)
        week = plan(catalogue, exercises=(squat,), programme=slots(("A", "knee", "split-squat", 3)), completed=13)
        now = found(week, "split-squat").dose
        assert (now.sets, now.load_kg) == (sets, load_kg)


def test_who_has_done_nothing_yet_gets_what_pain_leaves_though_all_of_it_is_new(catalogue: Catalogue) -> None:
    """Only light exercises have been planned, and none done, when three places hurt."""
    began = a_steady_runner(
        experience=Experience.NEW,
        equipment=Equipment(),
        minutes=15,
        strength_days=(0, 1),
        race=Race(MONDAY - timedelta(days=8), 42.2),
    )
    hurts = Answers(pains=tuple(Pain(r, 5) for r in (Region.CALF, Region.HAMSTRING, Region.HIP)))
    lived = live(began, catalogue, [hurts])
    assert [s.light for s in lived.weeks[0].sessions] == [True]
    (session,) = lived.following.sessions
    assert not session.light
    assert {"trunk", "upper"} <= {p.slot for p in session.exercises}


def test_long_sets_push_no_place_out_of_a_short_session(catalogue: Catalogue) -> None:
    """Whoever finds everything easy does longer sets, and must not end up with two exercises for it."""
    bare = a_steady_runner(minutes=20, equipment=Equipment(), experience=Experience.SOME)
    weeks = live(bare, catalogue, [Effort.EASY] * 20).weeks[8:]
    placed = [len(s.exercises) for week in weeks for s in week.sessions]
    assert min(placed) >= 3
    assert sum(placed) >= 4 * len(placed)
    assert all({"knee", "hinge", "calf"} <= {p.slot for p in prescriptions(week)} for week in weeks)
    assert all({"hip", "trunk"} & {p.slot for p in prescriptions(week)} for week in weeks)


def test_an_hour_in_place_of_a_quarter_is_filled_over_several_weeks(catalogue: Catalogue) -> None:
    short = a_steady_runner(minutes=15, experience=Experience.SEASONED)
    lived = live(short, catalogue, [Effort.RIGHT] * 9)
    progress, runner = lived.progress, replace(short, minutes=60)
    for n in range(3):
        last = {e.exercise: e.last for e in progress.exercises if e.weeks}
        known_places = {(x.session, x.slot) for x in progress.programme}
        week = coach.next_week(runner, progress, catalogue, week_of=MONDAY + (9 + n) * WEEK)
        for session in week.sessions:
            core = {slot.key for slot in catalogue.slots if slot.priority <= sessions.CORE}
            gained = [p for p in session.exercises if (session.name, p.slot) not in known_places and p.slot not in core]
            assert len(gained) <= sessions.MORE_AT_ONCE
            more = [p for p in session.exercises if p.exercise in last and p.dose.sets > last[p.exercise].sets]
            assert len(more) <= sessions.MORE_AT_ONCE
        progress = coach.fold(runner, progress, week, tapped(week, Effort.RIGHT), catalogue)
    assert sum(p.dose.sets for p in prescriptions(week)) > 1.5 * sum(
        p.dose.sets for p in prescriptions(lived.weeks[-1])
    )
