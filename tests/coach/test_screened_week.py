"""A screening answer given while the week runs: what it rules out leaves, what it holds back rises no more. docs/safety.md#screening"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import coach
from coach import safety
from coach.answers import Answers, Effort, Pain, SessionReport, Word
from coach.asked import HARDER
from coach.profile import Equipment, Experience, Gear, Profile, Region, Screen
from coach.progress import Progress
from coach.week import Dose, DoseMode, NoticeKind, Prescription, Reason, Week
from tests.coach.runners import History, a_steady_runner, codes, live, prescriptions
from tests.coach.strategies import histories, the_catalogue

CATALOGUE = the_catalogue()
C = CATALOGUE.constants
GYM = Equipment(
    frozenset({Gear.BARBELL, Gear.DUMBBELLS, Gear.BENCH, Gear.BOX}),
    (
        (Gear.BARBELL, tuple(20 + 2.5 * n for n in range(40))),
        (Gear.DUMBBELLS, tuple(2.0 * n for n in range(1, 26))),
    ),
)


@pytest.fixture(scope="module")
def strong() -> History:
    """A seasoned runner with a gym, who after twenty weeks jumps and lifts heavy."""
    return live(a_steady_runner(experience=Experience.SEASONED, equipment=GYM), CATALOGUE, [Effort.RIGHT] * 20)


def told(history: History, screen: Screen, *said: Word, cleared: bool = True, week: Week | None = None) -> Week:
    """The week once the answer is given."""
    profile = replace(history.profile, screens=frozenset({screen}), cleared=cleared)
    return coach.rest_of_week(profile, history.progress, week or history.following, said, CATALOGUE).week


def ruled_out(week: Week, screen: Screen) -> set[str]:
    moves = {p.exercise for p in prescriptions(week) if screen in CATALOGUE.by_slug[p.exercise].avoid_when}
    if week.stretch is not None:
        items = (*week.stretch.items, *week.stretch.before)
        moves |= {i.stretch for i in items if screen in CATALOGUE.stretch_by_slug[i.stretch].avoid_when}
    return moves


@pytest.mark.parametrize("screen", [Screen.BONE, Screen.BLOOD_PRESSURE, Screen.HEART, Screen.PREGNANT])
def test_what_an_answer_rules_out_leaves_the_rest_of_the_week_cleared_or_not(strong: History, screen: Screen) -> None:
    assert ruled_out(strong.following, screen)
    week = told(strong, screen)
    assert not ruled_out(week, screen)
    assert codes(week)[0] in {"screen_rest", "screen_level"}
    assert all(s.exercises for s in week.sessions), "the rest of it goes on"
    if screen is not Screen.PREGNANT:
        assert not ruled_out(told(strong, screen, cleared=False), screen)


def test_an_exercise_that_is_ruled_out_gives_way_to_one_the_runner_knows(strong: History) -> None:
    week = told(strong, Screen.BLOOD_PRESSURE)
    swaps = [dict(r.values) for r in week.changes if r.code == "swap_screen"]
    assert swaps
    known = {e.exercise for e in strong.progress.exercises if e.weeks}
    for swap in swaps:
        assert swap["from"] not in {p.exercise for p in prescriptions(week)}
        assert swap["to"] in known


@pytest.mark.parametrize("screen", [Screen.BLOOD_PRESSURE, Screen.HEART])
def test_heavy_sets_become_longer_and_lighter_for_who_must_not_hold_the_breath(strong: History, screen: Screen) -> None:
    def heavy(week: Week) -> set[str]:
        return {
            p.exercise
            for p in prescriptions(week)
            if p.mode is DoseMode.REPS and p.dose.load_kg > 0 and p.dose.amount < 6
        }

    assert heavy(strong.following)
    week = told(strong, screen)
    assert not heavy(week)
    assert "dose_screen" in codes(week)
    planned = {p.exercise: p.dose for p in prescriptions(strong.following)}
    for p in prescriptions(week):
        if p.exercise in heavy(strong.following):
            assert p.dose.load_kg < planned[p.exercise].load_kg
            assert p.dose.sets <= planned[p.exercise].sets


def with_sets(history: History, lift: Prescription, sets: int, reps: int, exercise: str = "") -> Week:
    """The week with other sets of one of its lifts, or of another exercise in its place."""
    other = replace(lift, exercise=exercise or lift.exercise, dose=replace(lift.dose, sets=sets, amount=reps))
    week = history.following
    return replace(
        week,
        sessions=tuple(
            replace(s, exercises=tuple(other if p == lift else p for p in s.exercises)) for s in week.sessions
        ),
    )


def lifts(history: History) -> list[Prescription]:
    """What blood pressure does not rule out as an exercise, and is done with a load."""
    loaded = [p for p in prescriptions(history.following) if p.mode is DoseMode.REPS and p.dose.load_kg > 0]
    return [p for p in loaded if not CATALOGUE.by_slug[p.exercise].avoid_when]


def of(week: Week, slug: str) -> Dose:
    return next(p.dose for p in prescriptions(week) if p.exercise == slug)


def test_a_single_heavy_set_becomes_a_single_longer_one(strong: History) -> None:
    lift = lifts(strong)[0]
    found = of(told(strong, Screen.HEART, week=with_sets(strong, lift, 1, 4)), lift.exercise)
    assert found.sets == 1
    assert found.amount > 4
    assert found.load_kg < lift.dose.load_kg


def test_a_heavy_set_stays_where_the_runner_has_nothing_lighter(strong: History) -> None:
    lift, slug = lifts(strong)[0], "kickstand-romanian-deadlift"
    assert lift.dose.gear is not None
    things = replace(strong.profile.equipment, loads_kg=((lift.dose.gear, (lift.dose.load_kg,)),))
    poor = replace(strong, profile=replace(strong.profile, equipment=things))
    found = of(told(poor, Screen.HEART, week=with_sets(strong, lift, 2, 5, slug)), slug)
    assert (found.amount, found.load_kg) == (5, lift.dose.load_kg)


@pytest.mark.parametrize(
    ("screen", "cleared", "notice"),
    [
        (Screen.BONE, False, "clearance"),
        (Screen.DIABETES, False, "clearance"),
        (Screen.PREGNANT, True, "clearance_gentle"),
    ],
)
def test_where_nothing_may_rise_no_step_up_and_no_going_on_is_offered_and_the_week_says_so(
    strong: History, screen: Screen, cleared: bool, notice: str
) -> None:
    assert any(p.harder or p.up_to for p in prescriptions(strong.following))
    week = told(strong, screen, cleared=cleared)
    assert prescriptions(week)
    assert not any(p.harder or p.up_to or p.mode is DoseMode.CONTACTS for p in prescriptions(week))
    assert codes(week)[0] == "screen_level"
    assert [n.reason for n in week.notices if n.kind is NoticeKind.CLEARANCE] == [Reason(notice)]
    last = {e.exercise: e.last for e in strong.progress.exercises if e.last is not None}
    known = [p for p in prescriptions(week) if p.exercise in last]
    assert known
    for p in known:
        assert p.dose.sets <= last[p.exercise].sets
        assert p.dose.load_kg <= last[p.exercise].load_kg


def test_what_a_clinician_has_cleared_and_nothing_rules_out_stays_as_it_is(strong: History) -> None:
    assert told(strong, Screen.DIABETES) == strong.following


def test_a_session_told_of_before_the_answer_stays_as_it_was_done(strong: History) -> None:
    done = Word(0, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    week = told(strong, Screen.BONE, done, cleared=False)
    assert week.sessions[0] == strong.following.sessions[0]
    assert week.sessions[1] != strong.following.sessions[1]


def test_a_harder_version_that_begins_this_week_waits_where_nothing_may_rise(strong: History) -> None:
    lifts = [p for p in prescriptions(strong.following) if p.mode is not DoseMode.CONTACTS]
    rises = [p.change for p in lifts if p.change is not None and p.change.code in HARDER]
    assert rises
    week = told(strong, Screen.DIABETES, cleared=False)
    for rise in map(dict, (reason.values for reason in rises)):
        assert Reason("swap_screen", (("from", rise["to"]), ("to", rise["from"]))) in week.changes
        assert rise["to"] not in {p.exercise for p in prescriptions(week)}


def test_stretches_that_are_ruled_out_are_told_apart_from_those_that_hurt(strong: History) -> None:
    week = told(strong, Screen.BONE, Word(0, Answers(pains=(Pain(Region.HAMSTRING, 4),))))
    said = {r.code: dict(r.values) for r in week.changes}
    assert "rest_stretch" in said
    only = told(strong, Screen.PREGNANT)
    assert "rest_stretch" not in codes(only)
    assert "rest_stretch_screen" in codes(only)


@given(histories(), st.sampled_from(Screen), st.booleans())
def test_no_answer_leaves_in_the_rest_what_it_rules_out_or_makes_anything_heavier(
    history: tuple[Profile, Progress, Week, Progress], screen: Screen, cleared: bool
) -> None:
    profile, progress, week, _ = history
    now = replace(profile, screens=profile.screens | {screen}, cleared=cleared)
    rest = coach.rest_of_week(now, progress, week, (), CATALOGUE).week
    assert not ruled_out(rest, screen)
    planned = {p.exercise: p.dose for p in prescriptions(week)}
    for p in prescriptions(rest):
        assert p.exercise not in planned or p.dose.load_kg <= planned[p.exercise].load_kg
    if not safety.may_progress(now, week.week_of, C):
        assert not any(p.harder or p.up_to for p in prescriptions(rest))
    assert sum(s.minutes for s in rest.sessions) <= sum(s.minutes for s in week.sessions)


@given(histories(), st.sampled_from(sorted(safety.HOLDING - safety.NOT_HEAVY)), st.booleans())
def test_an_answer_the_plan_knew_of_changes_nothing_of_it(
    history: tuple[Profile, Progress, Week, Progress], screen: Screen, cleared: bool
) -> None:
    profile, progress, week, _ = history
    now = replace(profile, screens=frozenset({screen}), cleared=cleared)
    planned = coach.next_week(now, progress, CATALOGUE, week_of=week.week_of)
    assume(planned.sessions)
    assert coach.rest_of_week(now, progress, planned, (), CATALOGUE).week == planned
