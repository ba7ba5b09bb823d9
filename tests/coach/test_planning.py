"""What a week tells: its focus, at most five changes, its notices. docs/evidence.md"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

import coach
from coach import phases, planning, telling
from coach.answers import Effort
from coach.catalogue import Catalogue
from coach.errors import NoSafeExercise, StridewellError
from coach.profile import Equipment, Gear, Race, Region, Screen
from coach.progress import ExerciseState, Progress, RegionState
from coach.week import NoticeKind, Phase, Reason, Week
from language import reasons
from language.tongue import ENGLISH
from tests.builders import MONDAY
from tests.coach.runners import WEEK, a_steady_runner, codes, hurting, live, plan, prescriptions, some_progress

RUNNER = a_steady_runner()


def said(week: Week, code: str) -> dict[str, float | int | str]:
    return dict(next(r for r in week.changes if r.code == code).values)


# ---- the week as a whole


def test_the_first_week_of_a_runner(catalogue: Catalogue) -> None:
    week = live(RUNNER, catalogue, []).following
    assert (week.week_of, week.number, week.engine, week.phase) == (MONDAY, 1, coach.ENGINE, Phase.ANATOMICAL)
    assert [s.day for s in week.sessions] == [0, 3]
    assert [s.name for s in week.sessions] == ["A", "B"]
    assert codes(week) == ["first"]
    assert said(week, "first")["sessions"] == 2
    assert week.notices == ()
    assert all(p.change is None for p in prescriptions(week))


@pytest.mark.parametrize("days", range(1, 7))
def test_a_week_starts_on_a_monday(days: int, catalogue: Catalogue) -> None:
    day = MONDAY + timedelta(days=days)
    with pytest.raises(StridewellError, match=f"{day} is a {day:%A}"):
        coach.next_week(RUNNER, Progress(), catalogue, week_of=day)


def test_each_quality_has_its_share_and_they_add_up(catalogue: Catalogue) -> None:
    week = plan(catalogue)
    assert sum(share for _, share in week.qualities) == 100
    assert all(share > 0 for _, share in week.qualities)


def test_a_week_without_sessions_has_no_shares_and_no_question(catalogue: Catalogue) -> None:
    week = plan(catalogue, a_steady_runner(race=Race(MONDAY - timedelta(days=1), 42.2)))
    assert (week.sessions, week.qualities, week.question) == ((), (), None)
    assert week.stretch is not None


def test_regions_held_by_pain_are_named(catalogue: Catalogue) -> None:
    regions = (RegionState(Region.FOOT, 2), RegionState(Region.KNEE, 3), RegionState(Region.SHIN, 7))
    assert plan(catalogue, regions=regions).paused_regions == (Region.KNEE, Region.SHIN)


def test_when_nothing_can_be_given_that_is_an_error_with_a_remedy(catalogue: Catalogue) -> None:
    barbell_only = replace(catalogue, exercises=(catalogue.by_slug["deadlift"],))
    with pytest.raises(NoSafeExercise, match=f"runner {RUNNER.key}"):
        coach.next_week(RUNNER, Progress(), barbell_only, week_of=MONDAY)


def test_in_race_week_nothing_known_means_no_session_and_no_error(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=6), 10.0))
    week = coach.next_week(racing, Progress(), catalogue, week_of=MONDAY)
    assert (week.phase, week.sessions) == (Phase.RACE, ())


# ---- focus


def test_the_focus_names_the_phase_and_what_this_runner_needs(catalogue: Catalogue) -> None:
    assert plan(catalogue).focus.code == "focus_base"
    assert live(RUNNER, catalogue, []).following.focus.code == "focus_anatomical"
    assert plan(catalogue, missed=3).focus.code == "focus_return"
    assert plan(catalogue, stopped=("fainting",)).focus.code == "focus_stop"


def test_every_phase_has_words_for_its_focus() -> None:
    assert {f"focus_{phase.value}" for phase in Phase} <= reasons.SENTENCES.keys()


def test_every_change_has_its_rank_and_its_words() -> None:
    assert len(set(telling.CHANGE_ORDER)) == len(telling.CHANGE_ORDER)
    assert set(telling.CHANGE_ORDER) <= reasons.SENTENCES.keys()


# ---- changes


def test_there_are_at_most_five_changes_and_pain_is_told_first(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.EASY] * 9 + [hurting(Region.KNEE, 5, Effort.EASY)])
    found = codes(lived.following)
    assert len(found) == telling.MOST_CHANGES
    assert found[0] == "pain_less"
    assert [telling.CHANGE_ORDER.index(c) for c in found] == sorted(telling.CHANGE_ORDER.index(c) for c in found)


@pytest.mark.parametrize(
    ("progress", "code"),
    [
        ({"regions": (RegionState(Region.KNEE, 3),)}, "pain_hold"),
        ({"regions": (RegionState(Region.KNEE, 4, cut=0.8),)}, "pain_less"),
        ({"regions": (RegionState(Region.KNEE, 5),)}, "pain_hold"),
        ({"regions": (RegionState(Region.KNEE, 6, cut=0.7),)}, "pain_severe"),
        ({"hold": "hurts"}, "hurts"),
        ({"hold": "unclear"}, "unclear"),
        ({"soreness": 8}, "sore"),
        ({"strain": 1}, "strain"),
        ({"strain": 2}, "phase_deload"),
        ({"missed": 3}, "gap"),
        ({"missed": 1, "silent": 1}, "silence"),
        ({"missed": 1}, "skipped"),
        ({"gap": 4, "since_gap": 1}, "back"),
    ],
)
def test_what_happened_is_told_first(progress: dict[str, Any], code: str, catalogue: Catalogue) -> None:
    assert codes(plan(catalogue, **progress))[0] == code


@pytest.mark.parametrize(
    ("days", "code"), [(3, "phase_race"), (10, "phase_taper"), (-3, "phase_recovery"), (60, "steady"), (-60, "steady")]
)
def test_a_race_is_told_of_when_it_is_near(days: int, code: str, catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=days), 10.0))
    # Before the first jumps, which would be told too.
    assert codes(plan(catalogue, racing, completed=3))[0] == code


@pytest.mark.parametrize(
    ("race", "km", "days"),
    [
        (-1, 42.2, []),
        (-8, 42.2, [0]),
        (-15, 42.2, [0, 2]),
        (0, 42.2, []),
        (0, 10.0, [4]),
        (3, 42.2, [0]),
        (-4, 21.1, []),
    ],
)
def test_no_strength_comes_in_the_week_after_a_long_race_whatever_its_day(
    race: int, km: float, days: list[int], catalogue: Catalogue
) -> None:
    runner = a_steady_runner(strength_days=(0, 2, 4))
    lived = live(runner, catalogue, [Effort.RIGHT] * 8)
    monday = lived.following.week_of
    racing = replace(runner, race=Race(monday + timedelta(days=race), km))
    week = coach.next_week(racing, lived.progress, catalogue, week_of=monday)
    assert [s.day for s in week.sessions] == days


def test_a_week_before_a_race_whose_days_leave_no_room_names_no_session(catalogue: Catalogue) -> None:
    racing = a_steady_runner(strength_days=(6,), race=Race(MONDAY + timedelta(days=7), 10.0))
    week = plan(catalogue, racing, completed=3)
    assert not week.sessions
    told = reasons.sentence(week.changes[0], catalogue, "kg", ENGLISH)
    assert told.startswith("7 days from Monday to your 10 km race: no strength work this week")


def test_two_tiring_weeks_after_a_race_are_told_as_what_they_are(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY - timedelta(days=3), 10.0))
    assert codes(plan(catalogue, racing, strain=2))[0] == "phase_deload"
    ahead = a_steady_runner(race=Race(MONDAY + timedelta(days=60), 10.0))
    assert codes(plan(catalogue, ahead, strain=2))[0] == "phase_deload"


def test_a_long_absence_names_what_is_kept(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert said(plan(catalogue, missed=3), "gap")["kept"] == round(100 * c.gap_short)
    assert said(plan(catalogue, missed=5), "gap")["kept"] == round(100 * c.gap_long)


def test_weeks_without_a_plan_count_as_missed(catalogue: Catalogue) -> None:
    assert codes(plan(catalogue, through=MONDAY - 5 * WEEK))[0] == "gap"
    assert planning.unplanned(some_progress(through=MONDAY - WEEK), MONDAY) == 0
    assert planning.unplanned(some_progress(through=MONDAY - 3 * WEEK), MONDAY) == 2
    assert planning.unplanned(some_progress(through=MONDAY), MONDAY) == 0
    assert planning.unplanned(Progress(), MONDAY) == 0


def test_when_nothing_changes_that_is_told(catalogue: Catalogue) -> None:
    assert codes(plan(catalogue, completed=3)) == ["steady"]


def test_something_hurts_asks_where(catalogue: Catalogue) -> None:
    week = plan(catalogue, hold="hurts", unplaced=1)
    assert [(n.kind, n.reason.code) for n in week.notices] == [(NoticeKind.CLINICIAN, "hurts_where")]
    assert plan(catalogue, hold="unclear").notices == ()


# ---- many small steps


def step(exercise: str, source: str = "easy", **changes: Any) -> Reason:
    values: dict[str, float | int | str] = {
        "exercise": exercise,
        "source": source,
        "from_sets": 3,
        "to_sets": 3,
        "from_kg": 8.0,
        "to_kg": 8.0,
        "from_amount": 9,
        "to_amount": 10,
    }
    return Reason("dose_answers", tuple((values | changes).items()))


def test_many_small_steps_are_told_in_one_sentence(catalogue: Catalogue) -> None:
    told = telling._told_once([step("a"), None, step("b"), step("c"), Reason("swap_plan")])
    assert [r.code for r in told] == ["swap_plan", "dose_more"]
    assert dict(told[-1].values)["exercises"] == 3


def test_two_small_steps_are_told_one_by_one_and_the_same_one_once() -> None:
    steps = [step("a"), step("b")]
    assert telling._told_once([*steps, *steps]) == steps


@pytest.mark.parametrize(
    "larger",
    [
        {"source": "sets"},
        {"source": "hard", "to_amount": 8},
        {"to_kg": 10.0},
        {"to_sets": 2},
        {"to_amount": 9},
        {"to_amount": 8},
    ],
)
def test_only_a_small_rise_after_a_tap_is_a_small_step(larger: dict[str, Any]) -> None:
    steps = [step("a"), step("b"), step("c", **larger)]
    assert telling._told_once(steps) == steps


def test_several_sets_more_are_told_in_one_sentence() -> None:
    more = [
        Reason(
            "dose_sets",
            (*step(x, from_sets=2).values, ("completed", 9), ("minutes", 60), ("because", ""), ("region", "")),
        )
        for x in "abc"
    ]
    (told,) = telling._told_once(more)
    assert told.code == "dose_more_sets"
    assert told.values[:3] == (("exercises", 3), ("completed", 9), ("minutes", 60))
    assert telling._told_once(more[:2]) == more[:2]


# ---- what comes and goes without taking a place from another


def test_the_first_jumps_and_a_third_session_are_told_of(catalogue: Catalogue) -> None:
    free = a_steady_runner(strength_days=(0, 2, 4), runs=())
    lived = live(free, catalogue, [Effort.RIGHT] * 12)
    weeks = (*lived.weeks, lived.following)
    jumped = [w.number for w in weeks if "jumps_first" in codes(w)]
    assert jumped == [next(w.number for w in weeks if any(p.slot == "jumps" for p in prescriptions(w)))]
    third = [w.number for w in weeks if "third_session" in codes(w)]
    assert third == [next(w.number for w in weeks if len(w.sessions) == 3)]


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_whatever_is_new_has_a_sentence_or_stands_with_what_it_replaces(minutes: int, catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(minutes=minutes), catalogue, [Effort.EASY] * 16)
    weeks = (*lived.weeks, lived.following)
    for before, week in pairwise(weeks):
        known = {p.exercise for w in weeks if w.number <= before.number for p in prescriptions(w)}
        swapped = {str(dict(p.change.values).get("to", p.exercise)) for p in prescriptions(week) if p.change}
        said_new = {x for r in week.changes if r.code == "turns" for x in str(dict(r.values)["new"]).split()}
        assert {p.exercise for p in prescriptions(week)} - known - swapped <= said_new or len(week.changes) == 5


def test_what_was_done_last_week_and_is_left_out_rests(catalogue: Catalogue) -> None:
    done = ExerciseState("dead-bug", 3.0, 0.1, weeks=3)
    week = plan(catalogue, exercises=(done, replace(done, exercise="bird-dog", idle=1)), soreness=8)
    assert said(week, "turns")["rests"] == "dead-bug"
    assert "turns" not in codes(plan(catalogue, exercises=(done,), missed=1))


def test_the_same_exercise_in_two_sessions_is_told_once(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.EASY] * 8)
    for week in (*lived.weeks, lived.following):
        assert len(set(week.changes)) == len(week.changes)


# ---- screening


def test_a_gentle_plan_says_why_and_never_rises(catalogue: Catalogue) -> None:
    held = a_steady_runner(screens=frozenset({Screen.BLOOD_PRESSURE}))
    lived = live(held, catalogue, [Effort.EASY] * 5)
    heaviest: dict[str, float] = {}
    for week in (*lived.weeks, lived.following):
        assert [n.kind for n in week.notices] == [NoticeKind.CLEARANCE]
        for p in prescriptions(week):
            assert p.dose.load_kg <= heaviest.setdefault(p.exercise, p.dose.load_kg)


def test_a_runner_with_nothing_at_home_still_has_a_week(catalogue: Catalogue) -> None:
    week = plan(catalogue, a_steady_runner(equipment=Equipment()))
    assert len(week.sessions) == 2
    assert all(p.dose.load_kg == 0 for p in prescriptions(week))
    heavy = plan(
        catalogue, a_steady_runner(equipment=Equipment(frozenset({Gear.BARBELL}), ((Gear.BARBELL, (20.0, 40.0)),)))
    )
    assert {p.dose.gear for p in prescriptions(heavy)} <= {None, Gear.BARBELL}


def test_three_weeks_of_nothing_but_hard_sessions_bring_an_easier_one_that_asks_what_is_to_blame(
    catalogue: Catalogue,
) -> None:
    lived = live(RUNNER, catalogue, [Effort.HARD] * 6)
    eased = [w.number for w in (*lived.weeks, lived.following) if "phase_deload_hard" in codes(w)]
    assert eased == [phases.HARD_WEEKS + 1]
    week = lived.weeks[phases.HARD_WEEKS]
    assert week.phase is Phase.DELOAD
    assert all(p.dose.sets <= 2 and p.target_rir == 4 for p in prescriptions(week))
    assert any("say which beside your answer" in reasons.sentence(r, catalogue, "kg", ENGLISH) for r in week.changes)
