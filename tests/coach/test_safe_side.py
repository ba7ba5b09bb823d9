"""What must not go up by accident: histories in which it once did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import coach
from coach import dose
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport
from coach.catalogue import Catalogue
from coach.profile import Injury, Region
from coach.week import DoseMode, NoticeKind, Prescription, Week
from tests.coach.runners import a_steady_runner, live, tapped

WEEK = timedelta(weeks=1)
RUNNER = a_steady_runner()


def items(week: Week) -> dict[str, Prescription]:
    return {p.exercise: p for s in week.sessions for p in s.exercises}


@pytest.mark.parametrize("pain", [4, 7])
def test_silence_does_not_undo_what_pain_has_cut(catalogue: Catalogue, pain: int) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 6)
    hurt = replace(tapped(lived.following, Effort.RIGHT), pains=(Pain(Region.HIP, pain),))
    told = coach.fold(RUNNER, lived.progress, lived.following, hurt, catalogue)
    cut = coach.next_week(RUNNER, told, catalogue, week_of=lived.following.week_of + WEEK)
    silent = coach.fold(RUNNER, told, cut, SILENCE, catalogue)
    after = coach.next_week(RUNNER, silent, catalogue, week_of=cut.week_of + WEEK)
    loading = [slug for slug in items(cut) if catalogue.by_slug[slug].tissue(Region.HIP)]
    assert loading
    for slug in set(loading) & items(after).keys():
        was, now = items(cut)[slug].dose, items(after)[slug].dose
        assert (now.load_kg, now.amount) <= (was.load_kg, was.amount)


def test_failing_after_a_step_up_within_a_session_does_not_make_it_the_next_dose(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 4)
    for slug, p in items(lived.following).items():
        if p.harder is None or p.mode is not DoseMode.REPS or p.harder.load_kg == p.dose.load_kg:
            continue
        index = next(n for n, s in enumerate(lived.following.sessions) if slug in {x.exercise for x in s.exercises})
        failed = ExerciseReport(
            slug, sets_done=1, reps=max(1, p.dose.amount // 2), reps_left=0, load_kg=p.harder.load_kg
        )
        answers = Answers(sessions=(SessionReport(index, Effort.RIGHT, exercises=(failed,)),))
        folded = coach.fold(RUNNER, lived.progress, lived.following, answers, catalogue)
        following = items(coach.next_week(RUNNER, folded, catalogue, week_of=lived.following.week_of + WEEK))
        assert slug not in following or following[slug].dose.load_kg <= p.dose.load_kg


def test_a_lighter_load_that_is_not_on_the_rack_is_not_taken_for_the_prescribed_one(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.EASY] * 6)
    loaded = {slug: p for slug, p in items(lived.following).items() if p.dose.load_kg >= 8 and p.mode is DoseMode.REPS}
    assert loaded
    for slug, p in loaded.items():
        index = next(n for n, s in enumerate(lived.following.sessions) if slug in {x.exercise for x in s.exercises})
        lighter = ExerciseReport(slug, reps_left=2, load_kg=p.dose.load_kg - 3.1)
        answers = Answers(sessions=(SessionReport(index, Effort.RIGHT, exercises=(lighter,)),))
        folded = coach.fold(RUNNER, lived.progress, lived.following, answers, catalogue)
        last = next(e.last for e in folded.exercises if e.exercise == slug)
        assert last is not None
        assert last.load_kg < p.dose.load_kg


def test_an_injury_edited_into_the_profile_is_heeded_from_the_next_week_on(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 4)
    hurt = replace(RUNNER, injuries=(Injury(Region.KNEE, current=True, pain=7),))
    week = coach.next_week(hurt, lived.progress, catalogue, week_of=lived.following.week_of)
    assert [n.kind for n in week.notices] == [NoticeKind.CLINICIAN]
    assert all(catalogue.by_slug[slug].tissue(Region.KNEE) < 2 for slug in items(week))
    folded = coach.fold(hurt, lived.progress, week, SILENCE, catalogue)
    assert {r.region: r.pain for r in folded.regions}[Region.KNEE] == 7


def test_a_stop_lifted_by_a_person_says_nothing_of_how_the_runner_is(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 2)
    bad = replace(
        tapped(lived.following, Effort.RIGHT),
        pains=(Pain(Region.KNEE, 7),),
        soreness=8,
        red_flags=frozenset({RedFlag.FAINTING}),
    )
    told = coach.fold(RUNNER, lived.progress, lived.following, bad, catalogue)
    stopped = coach.next_week(RUNNER, told, catalogue, week_of=lived.following.week_of + WEEK)
    cleared = coach.fold(RUNNER, told, stopped, Answers(cleared=True), catalogue)
    assert cleared.stopped == ()
    assert (cleared.soreness, {r.region: r.pain for r in cleared.regions}[Region.KNEE]) == (8, 7)


def test_jumps_on_one_leg_count_for_both_legs(catalogue: Catalogue) -> None:
    for week in live(a_steady_runner(minutes=90), catalogue, [Effort.EASY] * 40).weeks:
        for slug, p in items(week).items():
            if p.mode is DoseMode.CONTACTS:
                contacts = p.dose.sets * p.dose.amount * catalogue.by_slug[slug].sides
                assert contacts <= 2 * dose.MOST_IN_A_ROW * catalogue.by_slug[slug].sides


def test_a_number_too_large_for_any_scale_holds_and_does_not_crash(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT])
    folded = coach.fold(RUNNER, lived.progress, lived.following, Answers(soreness=10**400), catalogue)
    assert folded.hold == "unclear"


def test_nothing_new_is_added_in_a_silent_week(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 5)
    silent = coach.fold(RUNNER, lived.progress, lived.following, SILENCE, catalogue)
    after = coach.next_week(RUNNER, silent, catalogue, week_of=lived.following.week_of + WEEK)
    ever = {slug for week in (*lived.weeks, lived.following) for slug in items(week)}
    assert items(after).keys() <= ever
