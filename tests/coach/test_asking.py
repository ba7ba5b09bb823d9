"""The one question of the week: about the exercise whose answer would change most."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import coach
from coach.answers import Effort
from coach.catalogue import Catalogue
from coach.profile import Race, Region, Screen
from coach.progress import Progress
from coach.week import DoseMode, Week
from tests.builders import MONDAY
from tests.coach.runners import WEEK, a_steady_runner, found, hurting, live, telling

RUNNER = a_steady_runner()


def asked(week: Week) -> str:
    assert week.question is not None
    return week.question.exercise


def test_the_question_is_about_an_exercise_of_the_session_it_names(catalogue: Catalogue) -> None:
    for n in (0, 3, 8):
        week = live(RUNNER, catalogue, [Effort.RIGHT] * n).following
        assert week.question is not None
        p = next(p for p in week.sessions[week.question.session].exercises if p.exercise == week.question.exercise)
        assert week.question.mode is p.mode


def test_nobody_is_asked_how_many_jumps_were_left(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 10)
    assert any(p.mode is DoseMode.CONTACTS for s in lived.following.sessions for p in s.exercises)
    for week in (*lived.weeks, lived.following):
        assert week.question is None or week.question.mode is not DoseMode.CONTACTS


def test_what_was_answered_is_not_asked_again_at_once(catalogue: Catalogue) -> None:
    first = live(RUNNER, catalogue, [Effort.RIGHT])
    slug = asked(first.following)
    told = live(RUNNER, catalogue, [telling(slug, reps_left=3)], progress=first.progress, start=MONDAY + WEEK).following
    assert told.question is None or told.question.exercise != slug


def test_the_less_is_known_of_an_exercise_the_sooner_it_is_asked_for(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 3)
    week = lived.following
    other = next(
        p.exercise for p in week.sessions[0].exercises if p.exercise != asked(week) and p.mode is DoseMode.REPS
    )
    doubtful = replace(
        lived.progress,
        exercises=tuple(replace(e, var=4.0 if e.exercise == other else 1e-4) for e in lived.progress.exercises),
    )
    assert asked(coach.next_week(RUNNER, doubtful, catalogue, week_of=week.week_of)) == other


def test_a_runner_of_whom_all_is_known_is_asked_nothing(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 3)
    sure = replace(lived.progress, exercises=tuple(replace(e, var=1e-6) for e in lived.progress.exercises))
    assert coach.next_week(RUNNER, sure, catalogue, week_of=lived.following.week_of).question is None


def test_what_pain_holds_is_not_asked_for(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT, hurting(Region.KNEE, 3)])
    question = lived.following.question
    assert question is not None
    assert not catalogue.by_slug[question.exercise].tissue(Region.KNEE)
    assert found(lived.following, question.exercise).harder is not None


def test_where_nothing_may_rise_nothing_is_asked(catalogue: Catalogue) -> None:
    held = a_steady_runner(screens=frozenset({Screen.HEART}))
    assert live(held, catalogue, [Effort.RIGHT] * 2).following.question is None


def test_a_week_without_sessions_asks_nothing(catalogue: Catalogue) -> None:
    over = a_steady_runner(race=Race(MONDAY - timedelta(days=1), 42.2))
    assert coach.next_week(over, Progress(), catalogue, week_of=MONDAY).question is None


def test_the_same_runner_is_asked_the_same(catalogue: Catalogue) -> None:
    questions: list[Any] = [live(RUNNER, catalogue, [Effort.HARD] * 2).following.question for _ in range(2)]
    assert questions[0] == questions[1]
