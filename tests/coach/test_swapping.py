"""What an answer about an exercise done in place of the planned one teaches: it counts for the one that was done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import coach
from coach import observing
from coach.answers import Answers, Effort, ExerciseReport, SessionReport, Swap
from coach.instead import as_done, in_place, instead
from coach.phases import plan
from coach.profile import Gear
from coach.progress import Progress
from coach.week import Dose, DoseMode, Prescription
from tests.builders import MONDAY, a_prescription, a_profile, a_week
from tests.coach.runners import a_steady_runner, known, one_session, some_progress, state

if TYPE_CHECKING:
    from coach.catalogue import Catalogue

RUNNER = a_steady_runner()
SQUAT = a_prescription(exercise="split-squat", dose=Dose(3, 10, 4.0, Gear.DUMBBELLS), harder=None, easier=None)
CALF = a_prescription(exercise="single-leg-calf-raise", slot="calf", dose=Dose(3, 12), harder=None, easier=None)
LUNGE = Swap("reverse-lunge", Dose(3, 9))
WEEK = a_week(sessions=(one_session(SQUAT, CALF),), stretch=None)


def told(swap: Swap | None = LUNGE, effort: Effort | None = None, **detail: Any) -> Answers:
    return Answers(
        sessions=(SessionReport(0, effort, exercises=(ExerciseReport("split-squat", swap=swap, **detail),)),)
    )


def after(answers: Answers, catalogue: Catalogue, before: Progress | None = None) -> Progress:
    known_before = some_progress(known("split-squat", catalogue, RUNNER, SQUAT.dose, weeks=3))
    return coach.fold(RUNNER, before or known_before, WEEK, answers, catalogue)


def test_the_exercise_that_was_done_is_the_one_that_was_trained(catalogue: Catalogue) -> None:
    progress = after(told(sets_done=3, reps=9, reps_left=3), catalogue)
    lunge, squat = state(progress, "reverse-lunge"), state(progress, "split-squat")
    assert (lunge.weeks, lunge.idle, lunge.last) == (1, 0, Dose(3, 9))
    assert lunge.seen is not None
    assert (lunge.seen.sets, lunge.seen.amount) == (3, 9)
    assert (squat.weeks, squat.idle, squat.last) == (3, 1, SQUAT.dose), "what was planned was left out"
    assert progress.hold == ""
    assert progress.completed == 6


def test_a_swap_and_nothing_more_is_a_set_done_as_told(catalogue: Catalogue) -> None:
    progress = after(told(), catalogue)
    assert state(progress, "reverse-lunge").last == Dose(3, 9)
    assert progress.completed == 6


def test_a_swap_of_which_no_set_was_done_is_an_exercise_left_out(catalogue: Catalogue) -> None:
    swapped, left_out = (after(told(swap, Effort.RIGHT, sets_done=0), catalogue) for swap in (LUNGE, None))
    assert swapped == left_out
    assert all(x.exercise != "reverse-lunge" for x in swapped.exercises)


def test_the_tap_for_the_session_says_nothing_of_what_was_swapped_out(catalogue: Catalogue) -> None:
    progress = after(told(effort=Effort.EASY, sets_done=3, reps=9, reps_left=3), catalogue)
    assert state(progress, "split-squat").idle == 1
    assert state(progress, "single-leg-calf-raise").weeks == 1


def test_no_swap_counts_for_more_than_was_offered(catalogue: Catalogue) -> None:
    last = state(after(told(sets_done=9, reps=60, load_kg=40.0), catalogue), "reverse-lunge").last
    assert last == Dose(3, 9)


@pytest.mark.parametrize(
    "swap",
    [
        Swap("old-friend", Dose(3, 9)),
        Swap("pogo-hops", Dose(3, 9)),
        Swap("side-plank", Dose(3, 30)),
        Swap("reverse-lunge", Dose(99, 9)),
        Swap("reverse-lunge", Dose(3, 0)),
        Swap("reverse-lunge", Dose(3, 9, float("nan"))),
    ],
    ids=["unknown", "a jump", "of another place", "too many sets", "none", "no number"],
)
def test_a_swap_that_cannot_have_been_teaches_nothing_and_holds_the_loads(swap: Swap, catalogue: Catalogue) -> None:
    progress = after(told(swap, sets_done=3, reps=9, reps_left=5), catalogue)
    assert progress.hold == "unclear"
    assert all(x.exercise != "reverse-lunge" for x in progress.exercises)
    assert state(progress, "split-squat").last == SQUAT.dose


def test_a_report_that_nobody_has_checked_teaches_nothing_either(catalogue: Catalogue) -> None:
    answers = told(Swap("old-friend", Dose(3, 9)), sets_done=3)
    scene = observing.Scene(RUNNER, catalogue, plan(RUNNER, Progress(), 0, MONDAY, catalogue.constants), MONDAY)
    assert observing.learn({}, [(one_session(SQUAT), answers.sessions[0])], scene) == [set()]


def test_a_jump_gives_way_to_nothing(catalogue: Catalogue) -> None:
    hops = replace(SQUAT, exercise="pogo-hops", mode=DoseMode.CONTACTS)
    assert as_done(hops, LUNGE, one_session(hops), catalogue) is None


def test_what_the_session_has_already_takes_no_other_place(catalogue: Catalogue) -> None:
    session = one_session(SQUAT, replace(SQUAT, exercise="reverse-lunge"))
    assert as_done(SQUAT, LUNGE, session, catalogue) is None


def test_what_was_offered_can_be_told_of_with_its_dose(catalogue: Catalogue) -> None:
    profile = a_profile()
    progress = coach.start(profile, catalogue)
    week = coach.next_week(profile, progress, catalogue, week_of=MONDAY)
    others = instead(profile, progress, catalogue, week)
    offered: list[tuple[str, Prescription]] = [
        (p.exercise, other)
        for p, choices in zip(week.sessions[0].exercises, others.sessions[0], strict=True)
        for other in choices
    ]
    assert offered
    for planned, other in offered:
        assert in_place(profile, progress, catalogue, week, 0, planned, other.exercise) == other
        p = next(p for p in week.sessions[0].exercises if p.exercise == planned)
        done = as_done(p, Swap(other.exercise, other.dose), week.sessions[0], catalogue)
        assert done == replace(other, easier=None, stop_rir=None)
    assert in_place(profile, progress, catalogue, week, 0, "old-friend", "reverse-lunge") is None
    assert in_place(profile, progress, catalogue, week, 0, offered[0][0], "pogo-hops") is None


def test_an_exercise_learnt_by_a_swap_is_never_believed_stronger_for_a_harder_answer(catalogue: Catalogue) -> None:
    believed = [
        state(after(told(sets_done=3, reps=9, reps_left=left), catalogue), "reverse-lunge").mu for left in range(6)
    ]
    assert believed == sorted(believed)
