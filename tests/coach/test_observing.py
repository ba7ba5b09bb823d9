"""What a session's report shows of a runner: by one tap, or told exercise by exercise. docs/evidence.md#one-tap, #censored"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import pytest

import coach
from coach import capacity, observing, phases
from coach.answers import Answers, Effort, ExerciseReport, SessionReport
from coach.catalogue import Catalogue
from coach.profile import Gear
from coach.progress import ExerciseState, Progress
from coach.week import Dose, DoseMode, Prescription, Week
from tests.builders import MONDAY, a_prescription, a_week
from tests.coach.runners import a_steady_runner, known, live, one_session, some_progress, state

RUNNER = a_steady_runner()
SQUAT = a_prescription(exercise="split-squat", dose=Dose(3, 10, 4.0, Gear.DUMBBELLS))
"""Just what this runner is first believed able to do with three repetitions left."""
LUNGE = a_prescription(exercise="reverse-lunge", dose=Dose(3, 9, 4.0, Gear.DUMBBELLS))
PLANK = a_prescription(exercise="side-plank", slot="trunk", mode=DoseMode.HOLD, dose=Dose(2, 25))
HOPS = a_prescription(exercise="pogo-hops", slot="jumps", mode=DoseMode.CONTACTS, dose=Dose(2, 10))


def week(*items: Prescription) -> Week:
    return a_week(sessions=(one_session(*items),), stretch=None)


def told(slug: str = "split-squat", effort: Effort | None = Effort.RIGHT, **detail: Any) -> Answers:
    return Answers(sessions=(SessionReport(0, effort, exercises=(ExerciseReport(slug, **detail),)),))


def tap(effort: Effort) -> Answers:
    return Answers(sessions=(SessionReport(0, effort),))


def after(answers: Answers, catalogue: Catalogue, *items: Prescription, progress: Progress | None = None) -> Progress:
    return coach.fold(RUNNER, progress or Progress(), week(*(items or (SQUAT, LUNGE, PLANK))), answers, catalogue)


def first(slug: str, catalogue: Catalogue) -> capacity.Belief:
    return capacity.prior(catalogue.by_slug[slug], RUNNER, MONDAY, catalogue.constants)


def squat(answers: Answers, catalogue: Catalogue, *items: Prescription) -> ExerciseState:
    return state(after(answers, catalogue, *items), "split-squat")


def moved(answers: Answers, catalogue: Catalogue, *items: Prescription) -> float:
    """How far the estimate of the split squat moved, in ln, the week's expected growth left out."""
    now = squat(answers, catalogue, *items)
    return now.mu - catalogue.constants.growth * now.weeks - first("split-squat", catalogue).mu


# ---- one tap


def test_easy_raises_hard_lowers_and_about_right_hardly_moves_the_estimate(catalogue: Catalogue) -> None:
    easy, right, hard = (moved(tap(e), catalogue) for e in (Effort.EASY, Effort.RIGHT, Effort.HARD))
    assert easy > right > hard
    assert easy > 0 > hard
    assert abs(right) < min(easy, -hard)


def test_a_tap_moves_every_exercise_of_the_session(catalogue: Catalogue) -> None:
    progress = after(tap(Effort.HARD), catalogue)
    for slug in ("split-squat", "reverse-lunge", "side-plank"):
        assert state(progress, slug).mu < first(slug, catalogue).mu


def test_a_tap_moves_a_relative_that_was_not_in_the_session(catalogue: Catalogue) -> None:
    absent = known("walking-lunge", catalogue, RUNNER, Dose(3, 8))
    before = some_progress(absent)
    moved_to = state(after(tap(Effort.HARD), catalogue, progress=before), "walking-lunge")
    unmoved = state(after(tap(Effort.SKIPPED), catalogue, progress=before), "walking-lunge")
    assert moved_to.mu < unmoved.mu
    assert moved_to.idle == unmoved.idle == 1


def test_one_word_never_moves_an_estimate_by_more_than_a_share_of_its_doubt(catalogue: Catalogue) -> None:
    light = a_prescription(exercise="split-squat", dose=Dose(1, 1))
    heavy = a_prescription(exercise="split-squat", dose=Dose(3, 30, 16.0, Gear.DUMBBELLS))
    most = observing.MOST_MOVE * sqrt(first("split-squat", catalogue).var)
    for effort in (Effort.EASY, Effort.RIGHT, Effort.HARD):
        for item in (light, heavy):
            assert abs(moved(tap(effort), catalogue, item)) <= most + 1e-9


def test_easy_never_lowers_and_hard_never_raises_an_estimate(catalogue: Catalogue) -> None:
    for amount in range(1, 30, 4):
        item = a_prescription(exercise="split-squat", dose=Dose(3, amount))
        assert moved(tap(Effort.EASY), catalogue, item) >= 0 >= moved(tap(Effort.HARD), catalogue, item)


def test_what_was_bound_to_feel_light_learns_nothing_from_a_tap_beside_real_work(catalogue: Catalogue) -> None:
    light = a_prescription(exercise="glute-bridge", slot="hinge", dose=Dose(2, 5))
    beside = state(after(tap(Effort.HARD), catalogue, SQUAT, light), "glute-bridge")
    alone = state(after(tap(Effort.HARD), catalogue, light), "glute-bridge")
    assert alone.mu < beside.mu
    real = moved(tap(Effort.HARD), catalogue, SQUAT)
    assert moved(tap(Effort.HARD), catalogue, SQUAT, light) == pytest.approx(real)


def test_a_session_of_jumps_alone_teaches_nothing_of_strength(catalogue: Catalogue) -> None:
    progress = after(tap(Effort.HARD), catalogue, HOPS)
    hops = state(progress, "pogo-hops")
    assert hops.mu - catalogue.constants.growth == pytest.approx(first("pogo-hops", catalogue).mu)
    assert hops.seen is not None
    assert (hops.seen.source, hops.weeks, hops.top) == ("hard", 1, 0)


def test_a_tap_is_remembered_with_the_dose_it_was_about(catalogue: Catalogue) -> None:
    seen = squat(tap(Effort.EASY), catalogue).seen
    assert seen is not None
    assert (seen.source, seen.sets, seen.amount) == ("easy", 3, 10)
    assert seen.reps_left > SQUAT.target_rir


@pytest.mark.parametrize(
    ("rpe", "effort"),
    [(None, None), (0, Effort.EASY), (4, Effort.EASY), (5, Effort.RIGHT), (7, Effort.RIGHT), (8, Effort.HARD)],
)
def test_a_session_effort_of_ten_stands_in_for_the_tap(rpe: int | None, effort: Effort | None) -> None:
    assert observing.effort(SessionReport(0, rpe=rpe)) is effort
    assert observing.effort(SessionReport(0, Effort.SKIPPED, rpe=rpe)) is Effort.SKIPPED


def test_a_session_took_place_when_something_says_so() -> None:
    assert not observing.was_done(SessionReport(0))
    assert not observing.was_done(SessionReport(0, Effort.SKIPPED, exercises=(ExerciseReport("split-squat", 3),)))
    assert not observing.was_done(SessionReport(0, exercises=(ExerciseReport("split-squat", sets_done=0),)))
    assert observing.was_done(SessionReport(0, exercises=(ExerciseReport("split-squat", load_kg=8.0),)))
    assert observing.was_done(SessionReport(0, Effort.HARD))
    assert observing.was_done(SessionReport(0, rpe=3))
    assert observing.was_done(SessionReport(0, exercises=(ExerciseReport("split-squat", reps_left=0),)))


# ---- told in detail


def test_detail_about_one_exercise_counts_for_more_than_a_tap(catalogue: Catalogue) -> None:
    assert moved(told(reps_left=0, sets_done=3, reps=10), catalogue) < moved(tap(Effort.HARD), catalogue)
    now, vague = squat(told(reps_left=3), catalogue), squat(tap(Effort.RIGHT), catalogue)
    assert now.var < vague.var


def test_what_is_told_of_an_exercise_outweighs_the_tap_beside_it(catalogue: Catalogue) -> None:
    alone = squat(told(effort=None, reps_left=3), catalogue, SQUAT)
    beside = squat(told(effort=Effort.HARD, reps_left=3), catalogue, SQUAT)
    assert 0 < alone.mu - beside.mu < -0.5 * moved(tap(Effort.HARD), catalogue, SQUAT)
    assert (alone.last, alone.seen) == (beside.last, beside.seen)
    assert alone.seen is not None
    assert alone.seen.source == "sets"


def test_the_more_is_left_the_stronger_the_runner(catalogue: Catalogue) -> None:
    found = [moved(told(reps_left=n), catalogue) for n in range(5)]
    assert found == sorted(set(found))


def test_reports_of_reserve_are_corrected_upwards(catalogue: Catalogue) -> None:
    seen = squat(told(reps_left=2), catalogue).seen
    none = squat(told(reps_left=0), catalogue).seen
    assert seen is not None
    assert none is not None
    assert seen.reps_left == pytest.approx(2 + catalogue.constants.under_report)
    assert 0 < none.reps_left < catalogue.constants.under_report


def test_what_was_done_as_told_without_a_word_of_the_rest_teaches_less(catalogue: Catalogue) -> None:
    silent, spoken = squat(told(sets_done=3), catalogue), squat(told(sets_done=3, reps_left=3), catalogue)
    assert spoken.var < silent.var < first("split-squat", catalogue).var


def test_a_set_that_fell_short_lowers_the_estimate(catalogue: Catalogue) -> None:
    one = squat(told(sets_done=2), catalogue)
    two = squat(told(sets_done=1), catalogue)
    assert one.mu < first("split-squat", catalogue).mu
    assert one.seen is not None
    assert two.seen is not None
    assert (one.seen.failed, two.seen.failed) == (1, 2)
    assert one.anchors_kg == ()


def test_too_few_repetitions_with_none_left_are_failed_sets(catalogue: Catalogue) -> None:
    for left in (None, 0):
        failed = squat(told(sets_done=3, reps=6, reps_left=left), catalogue).seen
        assert failed is not None
        assert (failed.failed, failed.reps_left) == (3, 0)
    spared = squat(told(sets_done=3, reps=6, reps_left=4), catalogue)
    assert spared.seen is not None
    assert spared.seen.failed == 0


def test_no_repetition_at_all_is_the_hardest_answer(catalogue: Catalogue) -> None:
    none = told(sets_done=3, reps=0)
    assert moved(none, catalogue) < moved(told(sets_done=3, reps=6), catalogue)
    assert squat(none, catalogue).last == Dose(3, 1, 4.0, Gear.DUMBBELLS)


def test_five_or_more_is_a_lower_bound_and_never_the_number(catalogue: Catalogue) -> None:
    easy = told(reps_left=5)
    assert moved(easy, catalogue) > moved(told(reps_left=4), catalogue) > 0
    seen = squat(easy, catalogue).seen
    assert seen is not None
    assert seen.at_least
    assert seen.reps_left == observing.FULL


def test_five_or_more_after_a_light_dose_never_lowers_a_strong_estimate(catalogue: Catalogue) -> None:
    light = a_prescription(exercise="split-squat", dose=Dose(2, 3))
    assert moved(told(reps_left=5), catalogue, light) >= 0 > moved(told(reps_left=4), catalogue, light)


def test_a_lighter_load_becomes_the_one_the_next_is_measured_against(catalogue: Catalogue) -> None:
    heavy = a_prescription(exercise="split-squat", dose=Dose(3, 10, 12.0, Gear.DUMBBELLS))
    now = squat(told(load_kg=8.0, reps_left=3), catalogue, heavy)
    assert now.last == Dose(3, 10, 8.0, Gear.DUMBBELLS)
    assert now.anchors_kg == (8.0,)
    assert moved(told(load_kg=8.0, reps_left=3), catalogue, heavy) < moved(told(reps_left=3), catalogue, heavy)


def test_without_any_load_there_is_no_equipment_to_remember(catalogue: Catalogue) -> None:
    assert squat(told(load_kg=0.0, reps_left=3), catalogue).last == Dose(3, 10)


def test_a_load_the_runner_does_not_own_is_never_remembered_as_the_dose(catalogue: Catalogue) -> None:
    last = squat(told(load_kg=3.1, reps_left=3), catalogue).last
    assert last is not None
    assert last.load_kg in {0.0, *RUNNER.equipment.grid_kg(Gear.DUMBBELLS)}
    assert last.load_kg <= SQUAT.dose.load_kg


def test_more_than_prescribed_is_remembered_up_to_the_step_the_session_allows(catalogue: Catalogue) -> None:
    more = told(sets_done=5, reps=12, load_kg=20.0, reps_left=3)
    assert moved(more, catalogue) > moved(told(reps_left=3), catalogue)
    remembered = squat(more, catalogue).last
    allowed = (SQUAT.harder or SQUAT.dose).load_kg
    assert remembered is not None
    assert remembered.load_kg <= allowed


def test_fewer_sets_and_repetitions_are_the_dose_remembered(catalogue: Catalogue) -> None:
    assert squat(told(sets_done=2, reps=7, reps_left=2), catalogue).last == Dose(2, 7, 4.0, Gear.DUMBBELLS)


def test_an_exercise_left_out_was_not_trained(catalogue: Catalogue) -> None:
    progress = after(told(sets_done=0), catalogue)
    left_out, done = state(progress, "split-squat"), state(progress, "reverse-lunge")
    assert (left_out.weeks, left_out.anchors_kg, done.weeks) == (0, (), 1)
    assert left_out.seen is None


def test_a_step_up_told_without_a_number_raises_the_estimate_a_little(catalogue: Catalogue) -> None:
    stepped, counted = squat(told(load_kg=6.0), catalogue), squat(told(load_kg=6.0, reps_left=5), catalogue)
    assert squat(tap(Effort.RIGHT), catalogue).mu < stepped.mu < counted.mu


def test_jumps_told_in_detail_leave_strength_alone(catalogue: Catalogue) -> None:
    progress = after(told("pogo-hops", sets_done=0, reps=3), catalogue, SQUAT, HOPS)
    assert state(progress, "pogo-hops").weeks == 0
    failed = state(after(told("pogo-hops", sets_done=2, reps=4), catalogue, SQUAT, HOPS), "pogo-hops")
    assert failed.last == Dose(2, 4)
    assert failed.mu - catalogue.constants.growth == pytest.approx(first("pogo-hops", catalogue).mu)


def test_a_hold_is_told_in_seconds(catalogue: Catalogue) -> None:
    short, long = (
        state(after(told("side-plank", sets_done=2, reps=s, reps_left=0), catalogue), "side-plank").mu for s in (10, 25)
    )
    assert short < long


def test_what_is_told_of_an_exercise_that_left_the_catalogue_is_passed_over(catalogue: Catalogue) -> None:
    gone = a_prescription(exercise="gone-from-the-catalogue")
    progress = after(told("gone-from-the-catalogue", reps_left=0), catalogue, gone, SQUAT)
    assert [e.exercise for e in progress.exercises] == ["split-squat"]


# ---- the top and the bottom of the range


def sessions_at(amount: int, answers: Answers, catalogue: Catalogue, **changes: Any) -> ExerciseState:
    item = a_prescription(exercise="split-squat", dose=Dose(3, amount, 16.0, Gear.DUMBBELLS))
    before = some_progress(known("split-squat", catalogue, RUNNER, item.dose, **changes))
    return state(after(answers, catalogue, item, progress=before), "split-squat")


def test_a_session_at_the_top_of_the_range_counts_toward_the_next_rung(catalogue: Catalogue) -> None:
    assert sessions_at(15, tap(Effort.RIGHT), catalogue, top=1).top == 2
    assert sessions_at(15, told(reps_left=3), catalogue, top=1).top == 2
    for less in (tap(Effort.HARD), told(reps_left=1), told(sets_done=2)):
        assert sessions_at(15, less, catalogue, top=1).top == 0
    assert sessions_at(10, tap(Effort.EASY), catalogue, top=1).top == 0


def test_a_session_below_the_range_that_was_too_much_counts_toward_the_rung_below(catalogue: Catalogue) -> None:
    assert sessions_at(4, tap(Effort.HARD), catalogue, low=1).low == 2
    assert sessions_at(4, told(sets_done=3, reps=3), catalogue, low=1).low == 2
    assert sessions_at(4, told(reps_left=0), catalogue, low=1).low == 2
    for enough in (tap(Effort.RIGHT), told(reps_left=2)):
        assert sessions_at(4, enough, catalogue, low=1).low == 0
    for much in (tap(Effort.HARD), told(reps_left=0)):
        assert sessions_at(12, much, catalogue, low=1).low == 0


@pytest.mark.parametrize("answers", [tap(Effort.HARD), told("side-plank", reps_left=0)])
@pytest.mark.parametrize(("seconds", "low"), [(10, 2), (15, 0)])
def test_the_shortest_hold_that_was_too_much_counts_as_below_the_range(
    answers: Answers, seconds: int, low: int, catalogue: Catalogue
) -> None:
    plank = replace(PLANK, dose=Dose(2, seconds))
    before = some_progress(known("side-plank", catalogue, RUNNER, plank.dose, low=1))
    assert state(after(answers, catalogue, plank, progress=before), "side-plank").low == low


def test_only_what_was_not_too_hard_is_a_load_tolerated(catalogue: Catalogue) -> None:
    assert sessions_at(10, tap(Effort.RIGHT), catalogue, anchors_kg=(12.0,)).anchors_kg == (12.0, 16.0)
    assert sessions_at(10, tap(Effort.HARD), catalogue, anchors_kg=(12.0,)).anchors_kg == (12.0,)
    assert sessions_at(10, told(sets_done=2), catalogue, anchors_kg=(12.0,)).anchors_kg == (12.0,)


def test_the_set_that_an_easy_week_leaves_out_comes_back_without_being_a_rise(catalogue: Catalogue) -> None:
    easy = 3 * phases.EASY_EVERY + phases.EASY_EVERY - 1
    two = replace(SQUAT, dose=replace(SQUAT.dose, sets=2))
    for completed, answers, usual in (
        (easy, tap(Effort.RIGHT), 3),
        (easy, told(sets_done=2, reps_left=2), 3),
        (easy, told(sets_done=1, reps_left=2), 0),
        (easy + 1, tap(Effort.RIGHT), 0),
    ):
        before = some_progress(known("split-squat", catalogue, RUNNER, SQUAT.dose), completed=completed)
        now = state(after(answers, catalogue, two, progress=before), "split-squat")
        assert now.usual == usual
        assert now.last is not None
        assert now.last.sets < 3


def test_a_large_step_that_was_too_much_is_not_tried_again_for_three_weeks(catalogue: Catalogue) -> None:
    left = observing.REFUSED_WEEKS - 1
    for answers in (tap(Effort.HARD), told(sets_done=2)):
        assert sessions_at(10, answers, catalogue, anchors_kg=(4.0,)).refused == left
    assert sessions_at(10, tap(Effort.HARD), catalogue, anchors_kg=(4.0,), refused=1).refused == left


def test_a_small_step_that_was_too_much_or_a_large_one_that_went_well_may_be_tried_again(catalogue: Catalogue) -> None:
    assert sessions_at(10, tap(Effort.HARD), catalogue, anchors_kg=(15.0,)).refused == 0
    assert sessions_at(10, tap(Effort.HARD), catalogue, anchors_kg=()).refused == 0
    assert sessions_at(10, tap(Effort.RIGHT), catalogue, anchors_kg=(4.0,)).refused == 0
    assert sessions_at(10, told(reps_left=2), catalogue, anchors_kg=(4.0,)).refused == 0


def test_the_wait_for_a_heavier_load_grows_shorter_with_every_week_that_is_trained(catalogue: Catalogue) -> None:
    assert sessions_at(10, tap(Effort.RIGHT), catalogue, anchors_kg=(16.0,), refused=3).refused == 2
    assert rested(tap(Effort.RIGHT), catalogue, LUNGE, refused=3).refused == 3


def rested(answers: Answers, catalogue: Catalogue, *items: Prescription, **changes: Any) -> ExerciseState:
    """The squat, known before, after a week with these exercises."""
    before = some_progress(known("split-squat", catalogue, RUNNER, SQUAT.dose, **changes))
    return state(after(answers, catalogue, *items, progress=before), "split-squat")


def test_a_week_of_training_in_which_the_plan_left_it_out_is_a_rest_and_any_other_without_it_is_not(
    catalogue: Catalogue,
) -> None:
    right, silence = tap(Effort.RIGHT), Answers()
    assert [(x.idle, x.rested) for x in (rested(right, catalogue, LUNGE, idle=1, rested=1),)] == [(2, 2)]
    for answers, items in (
        (silence, (LUNGE,)),
        (tap(Effort.SKIPPED), (LUNGE,)),
        (told(sets_done=0), (SQUAT, LUNGE)),
    ):
        found = rested(answers, catalogue, *items, idle=1, rested=1)
        assert (found.idle, found.rested) == (2, 1)
    trained = rested(right, catalogue, SQUAT, idle=1, rested=1)
    assert (trained.idle, trained.rested) == (0, 0)


def test_the_heaviest_load_of_a_week_is_the_one_tolerated(catalogue: Catalogue) -> None:
    light = a_prescription(exercise="split-squat", dose=Dose(3, 10, 4.0, Gear.DUMBBELLS))
    heavy = a_prescription(exercise="split-squat", dose=Dose(3, 10, 8.0, Gear.DUMBBELLS))
    both = a_week(sessions=(one_session(heavy), one_session(light, day=3, name="B")), stretch=None)
    answers = Answers(sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.RIGHT)))
    assert state(coach.fold(RUNNER, Progress(), both, answers, catalogue), "split-squat").anchors_kg == (8.0,)


def test_what_is_named_too_much_at_its_least_gives_way_to_something_easier(catalogue: Catalogue) -> None:
    def too_much(week: Week) -> Answers:
        named = [tuple(ExerciseReport(p.exercise, reps_left=0) for p in s.exercises) for s in week.sessions]
        return Answers(tuple(SessionReport(n, Effort.RIGHT, exercises=told) for n, told in enumerate(named)))

    changes = [c for w in live(RUNNER, catalogue, [too_much] * 16).weeks for c in w.changes]
    assert [c.code for c in changes if c.code.startswith("ladder")].count("ladder_down") >= 3
    assert not any(c.code.startswith("ladder_up") for c in changes)
