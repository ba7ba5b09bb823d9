"""The figures behind a runner's progress are those of the plans, the answers and the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from math import exp, sqrt

import pytest

from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, SessionReport, Swap
from coach.profile import Gear, Profile, Region
from coach.progress import ExerciseState, Progress, Seen
from coach.week import Dose, DoseMode, Quality
from models import history, subscribers
from models.history import Past
from tests.builders import MONDAY, SUNDAY_EVENING, a_prescription, a_profile, a_session, a_week
from tests.web.conftest import Website, the_catalogue
from tests.web.seasons import a_season
from web.looking_back import SURE, Record, Unit, record

BOTH = Answers(sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.EASY)))


def a_past(answers: Answers = SILENCE, progress: Progress | None = None, weeks_on: int = 0, **changes: object) -> Past:
    week = a_week(week_of=MONDAY + timedelta(weeks=weeks_on), **changes)
    return Past(week, SUNDAY_EVENING, answers, None, progress)


def the_record(*past: Past, profile: Profile | None = None, units: str = "kg") -> Record:
    return record(past, a_profile() if profile is None else profile, units, the_catalogue())


def test_only_what_was_done_counts() -> None:
    skipped = Answers(sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.SKIPPED)))
    found = the_record(a_past(BOTH), a_past(skipped, weeks_on=1), a_past(weeks_on=2))
    assert [(w.planned, w.done, w.answered) for w in found.weeks] == [(2, 2, True), (2, 1, True), (2, 0, False)]
    assert (found.sessions, found.planned, found.active_weeks) == (3, 6, 2)
    # Three sets of squats, three of calf raises and two side planks in each session.
    assert [w.sets for w in found.weeks] == [16, 8, 0]
    assert found.sets == 24


def test_sets_are_shared_out_by_what_they_train() -> None:
    (week,) = the_record(a_past(BOTH)).weeks
    assert dict(week.qualities) == {Quality.SINGLE_LEG: 16 * 0.4, Quality.LOAD_TOLERANCE: 16 * 0.6}


def test_the_load_of_a_week_is_effort_times_minutes_where_it_was_told() -> None:
    told = Answers(sessions=(SessionReport(0, rpe=6, minutes=30), SessionReport(1, Effort.EASY, rpe=0)))
    weeks = the_record(a_past(told), a_past(BOTH, weeks_on=1)).weeks
    assert [w.load for w in weeks] == [180, None]
    planned = Answers(sessions=(SessionReport(0, rpe=5),))
    assert the_record(a_past(planned)).weeks[0].load == 5 * 36


def test_what_was_told_of_an_exercise_goes_before_the_plan() -> None:
    told = (ExerciseReport("split-squat", 2, 8, load_kg=10.0), ExerciseReport("side-plank", sets_done=0))
    found = the_record(a_past(Answers(sessions=(SessionReport(0, Effort.HARD, exercises=told),))))
    squat = next(e for e in found.exercises if e.slug == "split-squat")
    assert squat.weeks[0].dose == Dose(2, 8, 10.0, Gear.DUMBBELLS)
    assert "side-plank" not in {e.slug for e in found.exercises}
    assert found.sets == 2 + 3


def test_an_exercise_done_in_place_of_the_planned_one_is_the_one_that_was_done() -> None:
    swap = Swap("reverse-lunge", Dose(3, 9))
    told = (ExerciseReport("split-squat", 2, 8, swap=swap),)
    found = the_record(a_past(Answers(sessions=(SessionReport(0, Effort.HARD, exercises=told),))))
    lunge = next(e for e in found.exercises if e.slug == "reverse-lunge")
    assert lunge.weeks[0].dose == Dose(2, 8)
    assert "split-squat" not in {e.slug for e in found.exercises}
    gone = (replace(told[0], swap=Swap("old-friend", Dose(3, 9))),)
    found = the_record(a_past(Answers(sessions=(SessionReport(0, Effort.HARD, exercises=gone),))))
    assert {e.slug for e in found.exercises} == {"single-leg-calf-raise", "side-plank"}


def test_the_heaviest_of_a_weeks_doses_stands_for_the_week() -> None:
    more = a_session(day=3, exercises=(a_prescription(dose=Dose(3, 8, 14.0, Gear.DUMBBELLS)),))
    found = the_record(a_past(BOTH, sessions=(a_session(), more)))
    squat = next(e for e in found.exercises if e.slug == "split-squat")
    assert [w.value for w in squat.weeks] == [14.0]
    assert squat.times == 2


@pytest.mark.parametrize(
    ("prescription", "units", "unit", "value"),
    [
        (a_prescription(), "kg", Unit.KG, 12.0),
        (a_prescription(dose=Dose(3, 10, 11.34, Gear.DUMBBELLS)), "lb", Unit.LB, 25.0),
        (a_prescription(dose=Dose(3, 10, 6.0, Gear.BAND)), "kg", Unit.REPS, 10.0),
        (a_prescription(dose=Dose(3, 10)), "kg", Unit.REPS, 10.0),
        (a_prescription(exercise="side-plank", mode=DoseMode.HOLD, dose=Dose(2, 30)), "kg", Unit.SECONDS, 30.0),
        (
            a_prescription(exercise="suitcase-carry", mode=DoseMode.CARRY, dose=Dose(2, 40, 12.0, Gear.DUMBBELLS)),
            "kg",
            Unit.SECONDS,
            40.0,
        ),
        (a_prescription(exercise="pogo-hops", mode=DoseMode.CONTACTS, dose=Dose(3, 15)), "kg", Unit.LANDINGS, 15.0),
    ],
)
def test_each_kind_of_exercise_is_told_in_its_own_unit(
    prescription: object, units: str, unit: Unit, value: float
) -> None:
    session = a_session(exercises=(prescription,))
    found = the_record(a_past(BOTH, sessions=(session,)), units=units)
    (exercise,) = found.exercises
    assert exercise.unit is unit
    assert exercise.weeks[0].value == pytest.approx(value, rel=1e-3)


def test_repetitions_with_another_load_are_not_compared() -> None:
    bare, banded = a_prescription(dose=Dose(3, 12)), a_prescription(dose=Dose(3, 8, 6.0, Gear.BAND))
    found = the_record(
        a_past(BOTH, sessions=(a_session(exercises=(bare,)),)),
        a_past(BOTH, weeks_on=1, sessions=(a_session(exercises=(banded,)),)),
    )
    assert [w.value for w in found.exercises[0].weeks] == [None, 8]
    assert found.exercises[0].progressed


def knowing(exercise: str, mu: float, var: float, **more: object) -> Progress:
    return Progress(through=MONDAY, weeks=1, exercises=(ExerciseState(exercise, mu, var, weeks=1, **more),))  # type: ignore[arg-type]


def test_an_estimate_is_the_load_on_top_of_the_body_with_its_uncertainty() -> None:
    squat = the_catalogue().by_slug["split-squat"]
    progress = knowing("split-squat", 4.2, 0.01)
    found = the_record(a_past(BOTH, progress))
    estimate = next(e for e in found.exercises if e.slug == "split-squat").weeks[0].estimate
    assert estimate is not None
    body = squat.bodyweight_share * 70.0
    assert estimate.most == pytest.approx(max(0, exp(4.2) - body))
    assert estimate.low == pytest.approx(max(0, exp(4.2 - SURE * 0.1) - body))
    assert estimate.high == pytest.approx(max(0, exp(4.2 + SURE * 0.1) - body))


def test_an_estimate_of_a_hold_is_in_seconds() -> None:
    found = the_record(a_past(BOTH, knowing("side-plank", 3.9, 0.04)))
    estimate = next(e for e in found.exercises if e.slug == "side-plank").weeks[0].estimate
    assert estimate is not None
    assert estimate.most == pytest.approx(exp(3.9))
    assert estimate.high == pytest.approx(exp(3.9 + SURE * sqrt(0.04)))


def test_what_was_left_is_told_apart_from_what_a_tap_implies() -> None:
    told = Seen(MONDAY, "sets", 3, 10, 2.0)
    tap = Seen(MONDAY, "right", 3, 12, 3.0)
    old = Seen(MONDAY - timedelta(days=7), "sets", 2, 30, 1.0)
    states = tuple(
        ExerciseState(slug, 4.0, 0.1, weeks=1, seen=seen)
        for slug, seen in (("split-squat", told), ("single-leg-calf-raise", tap), ("side-plank", old))
    )
    found = the_record(a_past(BOTH, Progress(through=MONDAY, weeks=1, exercises=states)))
    by_slug = {e.slug: e.weeks[0] for e in found.exercises}
    assert (by_slug["split-squat"].left, by_slug["split-squat"].told, by_slug["split-squat"].aim) == (2.0, True, 3)
    assert (by_slug["single-leg-calf-raise"].left, by_slug["single-leg-calf-raise"].told) == (3.0, False)
    assert by_slug["side-plank"].left is None


@pytest.mark.parametrize(
    ("later", "progressed"),
    [
        (Dose(3, 10, 12.0, Gear.DUMBBELLS), False),
        (Dose(3, 12, 12.0, Gear.DUMBBELLS), True),
        (Dose(3, 6, 14.0, Gear.DUMBBELLS), True),
        (Dose(3, 12, 10.0, Gear.DUMBBELLS), False),
        (Dose(4, 10, 12.0, Gear.DUMBBELLS), False),
    ],
)
def test_progress_is_more_load_or_more_at_the_same_load(later: Dose, progressed: bool) -> None:
    again = a_session(exercises=(a_prescription(dose=later),))
    found = the_record(
        a_past(BOTH, sessions=(a_session(exercises=(a_prescription(),)),)),
        a_past(BOTH, weeks_on=1, sessions=(again,)),
    )
    assert [e.progressed for e in found.exercises] == [progressed]
    assert found.progressed == progressed


def test_pain_is_kept_by_region_and_week_and_zero_is_an_answer() -> None:
    first = Answers(pains=(Pain(Region.KNEE, 4), Pain(Region.CALF, 0)))
    second = Answers(pains=(Pain(Region.KNEE, 0), Pain(Region.FOOT, 77)))
    found = the_record(a_past(first), a_past(second, weeks_on=1))
    assert dict(found.pains) == {Region.KNEE: {MONDAY: 4, MONDAY + timedelta(days=7): 0}}


def test_an_exercise_that_left_the_catalogue_keeps_its_doses() -> None:
    gone = a_session(exercises=(a_prescription(exercise="wobbly-board-dance"),))
    found = the_record(a_past(BOTH, knowing("wobbly-board-dance", 4.0, 0.1), sessions=(gone,)))
    (exercise,) = found.exercises
    assert exercise.name == "Wobbly board dance"
    assert exercise.weeks[0].estimate is None


def test_nothing_planned_is_an_empty_record() -> None:
    found = the_record()
    assert (found.weeks, found.exercises, found.pains, found.sessions) == ((), (), (), 0)


def test_a_season_adds_up(open_website: Callable[..., Website]) -> None:
    website = open_website()
    kept = a_season(website, 20)
    with website.deps.sessionmaker() as session:
        profile = subscribers.profile_of(session, website.runner.id)
        past = history.past(session, website.runner.id, since=MONDAY - timedelta(weeks=30))
    assert profile is not None
    assert [(p.week, p.answers) for p in past[:-1]] == kept
    found = the_record(*past, profile=profile)
    done = [
        r
        for week, answers in kept
        for r in answers.sessions
        if r.effort is not Effort.SKIPPED and r.session < len(week.sessions)
    ]
    assert found.sessions == len(done)
    for exercise in found.exercises:
        assert exercise.weeks[0].dose is not None
        for week in exercise.weeks:
            assert week.estimate is None or week.estimate.low <= week.estimate.most <= week.estimate.high
