"""What taps alone may do, and how they stand beside a number told of one exercise."""

from __future__ import annotations

from datetime import timedelta
from math import exp

import pytest

import coach
from coach import capacity
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, SessionReport
from coach.catalogue import Catalogue
from coach.observing import TAPPED_UP
from coach.profile import Experience, Region
from coach.week import CONTACTS, Week
from tests.builders import MONDAY
from tests.coach.runners import WEEK, a_steady_runner, find, live, prescriptions, state, tapped

RUNNER = a_steady_runner()


def after(answers: Answers, week: Week, before: coach.learning.Progress, catalogue: Catalogue) -> Week:
    progress = coach.fold(RUNNER, before, week, answers, catalogue)
    return coach.next_week(RUNNER, progress, catalogue, week_of=week.week_of + WEEK)


def test_easy_week_after_week_lifts_no_estimate_beyond_what_few_runners_reach(catalogue: Catalogue) -> None:
    lifter = a_steady_runner(experience=Experience.SEASONED)
    lived = live(lifter, catalogue, [Effort.EASY] * 30)
    met = [x for x in lived.progress.exercises if x.weeks and catalogue.by_slug[x.exercise].mode is not CONTACTS]
    assert len(met) > 5
    for x in met:
        usual = capacity.prior(catalogue.by_slug[x.exercise], lifter, MONDAY, catalogue.constants)
        # What training is expected to add comes on top.
        assert x.mu <= usual.cautious(-TAPPED_UP) + 30 * catalogue.constants.growth


def test_a_number_lifts_an_estimate_as_far_as_it_says(catalogue: Catalogue) -> None:
    exercise = catalogue.by_slug["split-squat"]
    usual = capacity.prior(exercise, RUNNER, MONDAY, catalogue.constants)
    belief = capacity.observe(usual, usual.cautious(-2 * TAPPED_UP), 0.001)
    assert exp(belief.mu - usual.cautious(-TAPPED_UP)) > 1.5


@pytest.mark.parametrize("weeks", [1, 4, 9])
def test_more_left_in_one_exercise_never_means_less_of_another(weeks: int, catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * weeks)
    week = lived.following
    told = week.sessions[0].exercises[0]

    def loads(left: int) -> dict[str, tuple[float, int]]:
        report = SessionReport(0, Effort.RIGHT, exercises=(ExerciseReport(told.exercise, reps_left=left),))
        rest = tapped(week, Effort.RIGHT).sessions[1:]
        following = after(Answers((report, *rest)), week, lived.progress, catalogue)
        return {p.exercise: (p.dose.load_kg, p.dose.amount) for p in prescriptions(following)}

    for fewer, more in ((0, 2), (2, 3), (3, 4)):
        less, as_much = loads(fewer), loads(more)
        shared = less.keys() & as_much.keys() - {told.exercise}
        assert shared
        for slug in shared:
            assert less[slug] <= as_much[slug]


def test_a_cut_stands_until_a_session_was_done(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 3)
    week = lived.following
    hurt = Answers(tapped(week, Effort.RIGHT).sessions, pains=(Pain(Region.KNEE, 4),))
    progress = coach.fold(RUNNER, lived.progress, week, hurt, catalogue)
    cut = coach.next_week(RUNNER, progress, catalogue, week_of=week.week_of + WEEK)
    skipped = coach.fold(RUNNER, progress, cut, tapped(cut, Effort.SKIPPED), catalogue)
    nonsense = coach.fold(RUNNER, progress, cut, Answers((SessionReport(9, Effort.EASY),)), catalogue)
    for then in (skipped, nonsense, coach.fold(RUNNER, progress, cut, SILENCE, catalogue)):
        assert next(r for r in then.regions if r.region is Region.KNEE).cut < 1.0
        following = coach.next_week(RUNNER, then, catalogue, week_of=week.week_of + 2 * WEEK)
        kept = [
            p
            for p in prescriptions(following)
            if find(cut, p.exercise) and catalogue.by_slug[p.exercise].tissue(Region.KNEE)
        ]
        assert kept
        for p in kept:
            last = state(then, p.exercise).last
            assert last is not None
            assert p.dose.load_kg < last.load_kg or p.dose.amount < last.amount or p.dose.sets < last.sets
    done = coach.fold(RUNNER, progress, cut, tapped(cut, Effort.RIGHT), catalogue)
    assert next(r for r in done.regions if r.region is Region.KNEE).cut == 1.0


def test_who_never_answers_is_not_thought_weaker_for_ever(catalogue: Catalogue) -> None:
    most = int(catalogue.constants.detrain_to_week)
    lost = [capacity.drift(0.0, 0.01, range(1, n + 1), catalogue.constants)[0] for n in (most, most + 20)]
    assert lost[0] == lost[1] < 0


def test_the_first_time_with_an_exercise_leaves_three(catalogue: Catalogue) -> None:
    seen: set[str] = set()
    new = 0
    for n, week in enumerate(live(RUNNER, catalogue, [Effort.EASY] * 20).weeks):
        for p in prescriptions(week):
            if n > 8 and p.exercise not in seen and p.mode is not CONTACTS:
                new += 1
                assert p.target_rir >= 3
        seen |= {p.exercise for p in prescriptions(week)}
    assert new


def test_when_everything_fails_the_sets_stay_worth_doing_and_no_jumps_come(catalogue: Catalogue) -> None:
    def failed(week: Week) -> Answers:
        reports = [
            SessionReport(
                n, Effort.HARD, exercises=tuple(ExerciseReport(p.exercise, p.dose.sets, 1, 0) for p in s.exercises)
            )
            for n, s in enumerate(week.sessions)
        ]
        return Answers(tuple(reports))

    for week in live(RUNNER, catalogue, [failed] * 12).weeks:
        assert week.week_of - MONDAY < timedelta(weeks=1) or all(
            p.mode is not CONTACTS and p.dose.amount >= 4 for p in prescriptions(week)
        )
        assert all(s.exercises for s in week.sessions)
