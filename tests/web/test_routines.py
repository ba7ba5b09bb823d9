from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

import coach
from coach.instead import instead
from coach.week import Dose, DoseMode, Week
from language.loads import Loads
from language.tongue import ENGLISH
from tests.builders import MONDAY, a_prescription, a_profile, a_session, a_week
from tests.web.conftest import the_catalogue
from web.routines import BEFORE, STRETCH, SWITCH_S, Move, Routine, Step, routines


@cache
def a_planned_week(**changes: Any) -> tuple[Routine, ...]:
    catalogue = the_catalogue()
    profile = a_profile(**changes)
    progress = coach.start(profile, catalogue)
    week = coach.next_week(profile, progress, catalogue, week_of=MONDAY)
    return routines(week, instead(profile, progress, catalogue, week), catalogue, Loads("kg", ENGLISH))


def of(week: Week) -> tuple[Routine, ...]:
    return routines(week, None, the_catalogue(), Loads("kg", ENGLISH))


def the_exercise(**changes: Any) -> Move:
    (session, *_) = of(a_week(sessions=(a_session(exercises=(a_prescription(**changes),)),)))
    return session.moves[-1]


@pytest.mark.parametrize("minutes", [15, 20, 30, 40, 60])
def test_following_along_takes_what_the_mail_says(minutes: int) -> None:
    for routine in a_planned_week(minutes=minutes):
        assert (routine.minutes - 1) * 60 < routine.seconds <= routine.minutes * 60, routine.name


def test_a_week_has_its_sessions_the_stretching_and_the_loosening() -> None:
    assert [r.key for r in a_planned_week()] == ["0", STRETCH, BEFORE]
    assert [r.key for r in of(a_week())] == ["0", "1", STRETCH, BEFORE]
    assert of(a_week(sessions=(), stretch=None)) == ()
    week = a_week()
    assert week.stretch is not None
    assert [r.key for r in of(replace(week, stretch=replace(week.stretch, items=(), before=())))] == ["0", "1"]


def test_each_set_has_its_sides_and_its_rest() -> None:
    steps = the_exercise(dose=Dose(2, 10), rest_s=60).steps
    assert steps == (
        Step("ready", 30),
        Step("reps", 40, 1, "left"),
        Step("reps", 40, 1, "right"),
        Step("rest", 60, 1),
        Step("reps", 40, 2, "left"),
        Step("reps", 40, 2, "right"),
        Step("rest", 60, 2),
    )


def test_between_two_holds_there_is_time_to_turn_round() -> None:
    steps = the_exercise(exercise="side-plank", mode=DoseMode.HOLD, tempo="", dose=Dose(1, 30), rest_s=45).steps
    assert steps == (
        Step("ready", 30),
        Step("hold", 30, 1, "left"),
        Step("switch", SWITCH_S, 1, "right"),
        Step("hold", 30, 1, "right"),
        Step("rest", 45, 1),
    )


def test_an_exercise_with_both_sides_together_has_none() -> None:
    steps = the_exercise(exercise="front-plank", mode=DoseMode.HOLD, tempo="", dose=Dose(1, 30), per_side=False).steps
    assert {step.side for step in steps} == {""}
    assert the_exercise(per_side=False, dose=Dose(3, 8)).round == "Three sets: 8 reps, then 60 s of rest."


def test_landings_are_counted_by_the_runner_without_a_tempo() -> None:
    move = the_exercise(exercise="pogo-hops", mode=DoseMode.CONTACTS, tempo="", dose=Dose(2, 15), per_side=False)
    assert (move.unit, move.tempo, move.steps[1].kind) == ("landings", (), "reps")


def test_a_session_starts_with_getting_warm_by_the_drills_of_the_runs() -> None:
    warm = a_planned_week()[0].moves[0]
    assert [step.kind for step in warm.steps] == ["warm-up"]
    assert warm.seconds <= 240
    assert "leg swings, 10 a side" in warm.how
    assert "Then move" not in of(a_week(stretch=None))[0].moves[0].how


def test_where_the_exercises_take_all_the_minutes_there_is_no_warm_up() -> None:
    (session, *_) = of(a_week(sessions=(a_session(minutes=5),)))
    assert session.moves[0].name != "Warm up"


def test_stretches_change_sides_within_the_plan_s_seconds() -> None:
    stretching = next(r for r in a_planned_week() if r.key == STRETCH)
    first = stretching.moves[0]
    assert [(s.kind, s.set, s.side) for s in first.steps] == [
        ("ready", 1, "left"),
        ("hold", 1, "left"),
        ("switch", 1, "right"),
        ("hold", 1, "right"),
        ("switch", 2, "left"),
        ("hold", 2, "left"),
        ("switch", 2, "right"),
        ("hold", 2, "right"),
    ]
    assert stretching.when.startswith("After your runs: Monday")
    assert first.round == "Two rounds: 20 s on the left, 20 s on the right."


def test_the_rule_of_the_mail_leads_to_its_dose() -> None:
    harder, easier = the_exercise().rules
    assert (harder.asks, harder.says, harder.load) == (
        "5 or more left?",
        "Next set: 16 kg dumbbells.",
        "16 kg dumbbells",
    )
    assert (easier.asks, easier.load) == ("None left, or form gone?", "10 kg dumbbells")
    assert the_exercise(harder=None, easier=None).rules == ()
    (only,) = the_exercise(harder=None, easier=Dose(2, 10, 12.0, a_prescription().dose.gear)).rules
    assert (only.says, only.sets) == ("Leave it at two sets.", 2)


def test_alternatives_come_as_whole_moves() -> None:
    others = [other for routine in a_planned_week() for move in routine.moves for other in move.instead]
    assert others
    assert all(other.steps and other.dose and not other.instead for other in others)


def test_what_has_left_the_catalogue_is_still_followed_by_its_name() -> None:
    gone = the_exercise(exercise="old-friend")
    assert (gone.name, gone.cue, gone.steps[1].seconds) == ("Old friend", "", 40)
    assert the_exercise(exercise="old-friend", tempo="").steps[1].seconds == 40
    stretching = next(r for r in of(a_week()) if r.key == STRETCH)
    assert stretching.moves[0].name == "Wall calf stretch"
    no_days = a_week()
    assert no_days.stretch is not None
    stretching = next(r for r in of(replace(no_days, stretch=replace(no_days.stretch, days=()))) if r.key == STRETCH)
    assert stretching.when == "After your runs"
