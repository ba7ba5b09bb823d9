"""What is known after a week and its answers: pain, silence, gaps, tiredness. docs/evidence.md#silence, #readiness, #pain"""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest

import coach
from coach import learning, phases, safety
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport
from coach.catalogue import Catalogue
from coach.profile import Gear, Injury, Region
from coach.progress import Progress, RegionState
from coach.week import Dose, Week
from tests.builders import MONDAY, a_prescription, a_week, some_answers
from tests.coach.runners import (
    WEEK,
    a_steady_runner,
    hurting,
    known,
    live,
    one_session,
    prescriptions,
    region,
    some_progress,
    state,
    tapped,
)

RUNNER = a_steady_runner()
SQUAT = Dose(3, 10, 8.0, Gear.DUMBBELLS)
ONE = a_week(sessions=(one_session(a_prescription(dose=SQUAT)),), stretch=None)
"""A week of one session with split squats."""


def folded(answers: Answers, catalogue: Catalogue, progress: Progress | None = None, week: Week = ONE) -> Progress:
    return coach.fold(RUNNER, some_progress() if progress is None else progress, week, answers, catalogue)


def rated(rpe: int | None, **changes: Any) -> Answers:
    return Answers(sessions=(SessionReport(0, Effort.RIGHT, rpe=rpe),), **changes)


DONE = rated(None)

# ---- before the first week


def test_a_new_runner_brings_injuries_and_tight_areas_and_no_history(catalogue: Catalogue) -> None:
    runner = a_steady_runner(
        injuries=(Injury(Region.KNEE, current=True, pain=5), Injury(Region.BACK, current=False, pain=9)),
        tight=frozenset({Region.CALF}),
    )
    begun = coach.start(runner, catalogue)
    assert begun == Progress(
        regions=(RegionState(Region.BACK, 0, fewer=1), RegionState(Region.KNEE, 5, fewer=1, told=5)),
        tight=frozenset({Region.CALF}),
    )


def test_a_place_that_hurts_now_without_a_number_is_held(catalogue: Catalogue) -> None:
    runner = a_steady_runner(injuries=(Injury(Region.KNEE, current=True),))
    assert coach.start(runner, catalogue).regions == (RegionState(Region.KNEE, safety.START_PAIN, fewer=1),)


def test_of_two_injuries_in_one_place_the_worse_counts(catalogue: Catalogue) -> None:
    told = (Injury(Region.KNEE, current=True, pain=2), Injury(Region.KNEE, current=True, pain=6))
    for injuries in (told, told[::-1]):
        assert coach.start(a_steady_runner(injuries=injuries), catalogue).regions == (
            RegionState(Region.KNEE, 6, fewer=1, told=6),
        )


# ---- once a week


def test_a_week_folded_twice_is_folded_once(catalogue: Catalogue) -> None:
    once = folded(DONE, catalogue)
    assert folded(rated(9), catalogue, once) == once
    assert folded(DONE, catalogue, once, replace(ONE, week_of=MONDAY - WEEK)) == once


def test_a_completed_week_is_counted_and_one_without_a_session_is_missed(catalogue: Catalogue) -> None:
    done = folded(DONE, catalogue)
    assert (done.through, done.weeks, done.completed, done.missed, done.silent) == (MONDAY, 6, 6, 0, 0)
    skipped = folded(tapped(ONE, Effort.SKIPPED), catalogue)
    assert (skipped.weeks, skipped.completed, skipped.missed, skipped.silent) == (6, 5, 1, 0)
    silent = folded(SILENCE, catalogue)
    assert (silent.completed, silent.missed, silent.silent) == (5, 1, 1)


def test_weeks_without_a_plan_in_between_count_as_missed(catalogue: Catalogue) -> None:
    paused = some_progress(known("split-squat", catalogue, RUNNER, SQUAT), through=MONDAY - 4 * WEEK)
    silent = folded(SILENCE, catalogue, paused)
    assert (silent.missed, silent.silent) == (4, 4)
    assert state(silent, "split-squat").idle == 4
    back = folded(DONE, catalogue, paused)
    assert (back.missed, back.gap, back.since_gap) == (0, 3, 1)
    assert state(back, "split-squat").idle == 0


def test_a_pause_makes_estimates_less_sure_week_by_week_and_then_lower(catalogue: Catalogue) -> None:
    c = catalogue.constants
    before = known("split-squat", catalogue, RUNNER, SQUAT)

    def after(weeks: int) -> tuple[float, float]:
        progress = some_progress(before, through=MONDAY - weeks * WEEK)
        now = state(folded(SILENCE, catalogue, progress), "split-squat")
        return now.mu, now.var

    short, long = after(int(c.detrain_from_week) - 1), after(int(c.detrain_from_week) + 2)
    assert short[0] == before.mu > long[0]
    assert before.var < short[1] < long[1]


def test_a_week_that_asked_for_no_session_is_not_missed(catalogue: Catalogue) -> None:
    stopped = a_week(sessions=(), stretch=None)
    assert folded(SILENCE, catalogue, week=stopped).missed == 0


def test_weeks_away_end_as_a_gap_with_the_first_session_done(catalogue: Catalogue) -> None:
    from_week = int(catalogue.constants.detrain_from_week)
    short = folded(DONE, catalogue, some_progress(missed=from_week - 1))
    long = folded(DONE, catalogue, some_progress(missed=from_week, gap=9, since_gap=20))
    assert (short.gap, short.since_gap) == (0, 1)
    assert (long.gap, long.since_gap, long.missed) == (from_week, 1, 0)


def test_what_was_prescribed_for_the_first_time_is_remembered_even_in_silence(catalogue: Catalogue) -> None:
    now = state(folded(SILENCE, catalogue), "split-squat")
    assert (now.last, now.weeks, now.idle, now.seen) == (SQUAT, 0, 0, None)


def test_trained_exercises_are_expected_to_grow_a_little(catalogue: Catalogue) -> None:
    hop = a_week(sessions=(one_session(a_prescription(exercise="pogo-hops", dose=Dose(2, 10))),), stretch=None)
    before = known("pogo-hops", catalogue, RUNNER, Dose(2, 10))
    done, missed = (
        state(folded(answers, catalogue, some_progress(before), hop), "pogo-hops").mu
        for answers in (SILENCE, Answers(sessions=(SessionReport(0, exercises=(ExerciseReport("pogo-hops", 2),)),)))
    )
    assert missed - done == pytest.approx(catalogue.constants.growth)


def test_only_the_last_weeks_of_tolerated_loads_are_kept(catalogue: Catalogue) -> None:
    before = known("split-squat", catalogue, RUNNER, SQUAT, anchors_kg=(2.0, 4.0, 6.0, 8.0, 10.0))
    kept = state(folded(DONE, catalogue, some_progress(before)), "split-squat").anchors_kg
    assert len(kept) == catalogue.constants.anchor_weeks
    assert kept[-2:] == (10.0, 8.0)


def test_the_programme_counts_completed_weeks_with_an_exercise(catalogue: Catalogue) -> None:
    first = folded(DONE, catalogue)
    second = folded(SILENCE, catalogue, first, replace(ONE, week_of=MONDAY + WEEK))
    other = a_week(
        sessions=(one_session(a_prescription(exercise="reverse-lunge")),), stretch=None, week_of=MONDAY + 2 * WEEK
    )
    third = folded(DONE, catalogue, second, other)
    held = [[(s.session, s.slot, s.exercise, s.weeks) for s in p.programme] for p in (first, second, third)]
    assert held[0] == held[1] == [("A", "knee", "split-squat", 1)]
    assert held[2] == [("A", "knee", "reverse-lunge", 1)]


# ---- pain


def pain(progress: Progress, answers: Answers, catalogue: Catalogue) -> RegionState:
    return region(folded(answers, catalogue, progress), Region.KNEE)


def knee(level: int, **changes: Any) -> Progress:
    return some_progress(regions=(RegionState(Region.KNEE, level, **changes),))


def told(level: int, settled: bool | None = None) -> Answers:
    return replace(DONE, pains=(Pain(Region.KNEE, level, settled),))


def test_pain_told_is_pain_known(catalogue: Catalogue) -> None:
    assert pain(some_progress(), told(2), catalogue).pain == 2
    assert pain(knee(8), told(1), catalogue).pain == 1


def test_pain_still_there_next_morning_holds_whatever_its_number(catalogue: Catalogue) -> None:
    assert pain(some_progress(), told(1, settled=False), catalogue).pain == catalogue.constants.pain_hold
    assert pain(some_progress(), told(1, settled=True), catalogue).pain == 1
    assert pain(some_progress(), told(7, settled=False), catalogue).pain == 7


def test_a_week_answered_without_that_pain_lets_it_fade_slowly(catalogue: Catalogue) -> None:
    fade = int(catalogue.constants.pain_fade)
    assert pain(knee(5), DONE, catalogue).pain == 5 - fade
    assert pain(knee(1), DONE, catalogue).pain == 0


def test_what_was_told_of_a_place_and_when_is_kept(catalogue: Catalogue) -> None:
    fresh = pain(some_progress(), told(1, settled=False), catalogue)
    assert (fresh.told, fresh.ago) == (1, 0)
    later = folded(DONE, catalogue, knee(7, told=7, ago=1))
    assert (region(later, Region.KNEE).told, region(later, Region.KNEE).ago) == (7, 2)
    assert pain(knee(7, told=7, ago=1), SILENCE, catalogue).ago == 2
    assert pain(knee(7, told=7, ago=1), told(4), catalogue).told == 4


def test_neither_silence_nor_an_unplaced_hurt_lets_pain_fade(catalogue: Catalogue) -> None:
    assert pain(knee(5), SILENCE, catalogue).pain == 5
    assert pain(knee(5), replace(DONE, hurts=True), catalogue).pain == 5


def test_a_flare_lowers_the_dose_once_and_severe_pain_every_time_it_is_told(catalogue: Catalogue) -> None:
    c = catalogue.constants
    less, severe = int(c.pain_less), int(c.pain_severe)
    assert pain(knee(0), told(less - 1), catalogue).cut == 1.0
    assert pain(knee(0), told(less), catalogue).cut == c.pain_cut
    assert pain(knee(less), told(less), catalogue).cut == 1.0
    assert pain(knee(0), told(severe), catalogue).cut == pain(knee(severe), told(severe), catalogue).cut == c.severe_cut


def test_weeks_of_high_pain_and_of_calm_are_counted(catalogue: Catalogue) -> None:
    less = int(catalogue.constants.pain_less)
    high = knee(less, high_weeks=1)
    assert pain(high, told(less), catalogue).high_weeks == 2
    assert pain(high, SILENCE, catalogue).high_weeks == 1
    assert pain(high, told(0), catalogue).high_weeks == 0
    assert pain(knee(7, high_weeks=1), DONE, catalogue).high_weeks == 1, "nobody told us of a second week"
    assert pain(knee(0, calm_weeks=1), told(2), catalogue).calm_weeks == 2
    assert pain(knee(0, calm_weeks=1), told(3), catalogue).calm_weeks == 0


def test_a_flare_lowers_the_anchors_of_what_loads_the_region_and_of_nothing_else(catalogue: Catalogue) -> None:
    c = catalogue.constants
    squat = known("split-squat", catalogue, RUNNER, SQUAT, anchors_kg=(10.0, 8.0))
    plank = known("wall-tibialis-raise", catalogue, RUNNER, Dose(2, 12), anchors_kg=(5.0,))
    gone = replace(squat, exercise="gone-from-the-catalogue")
    progress = some_progress(squat, plank, gone)
    flared = folded(Answers(pains=(Pain(Region.KNEE, int(c.pain_less)),)), catalogue, progress)
    assert state(flared, "split-squat").anchors_kg == (10.0 * c.anchor_flare, 8.0 * c.anchor_flare)
    assert state(flared, "wall-tibialis-raise").anchors_kg == (5.0,)
    assert state(flared, "gone-from-the-catalogue").anchors_kg == (10.0, 8.0)


# ---- why nothing may rise


def test_a_hurt_without_a_place_holds_everything_until_an_answer_says_more(catalogue: Catalogue) -> None:
    hurts = folded(replace(DONE, hurts=True), catalogue)
    assert hurts.hold == "hurts"
    later = replace(ONE, week_of=MONDAY + WEEK)
    assert folded(SILENCE, catalogue, hurts, later).hold == "hurts"
    assert folded(DONE, catalogue, hurts, later).hold == ""


@pytest.mark.parametrize(
    ("level", "settled", "hold", "unplaced"),
    [(0, None, "hurts", 1), (1, None, "hurts", 0), (2, None, "hurts", 0), (1, False, "", 0), (3, None, "", 0)],
)
def test_something_hurts_is_answered_only_by_a_place_that_holds_by_itself(
    level: int, settled: bool | None, hold: str, unplaced: int, catalogue: Catalogue
) -> None:
    now = folded(replace(told(level, settled), hurts=True), catalogue)
    assert (now.hold, now.hurt, now.unplaced) == (hold, learning.MINDED if hold else 0, unplaced)
    week = coach.next_week(RUNNER, now, catalogue, week_of=MONDAY + WEEK)
    assert [n.reason.code for n in week.notices] == ["hurts_where"] * unplaced


@pytest.mark.parametrize("level", range(11))
def test_a_little_pain_told_later_brings_no_set_back_that_none_would_not(level: int, catalogue: Catalogue) -> None:
    hurts = folded(replace(DONE, hurts=True), catalogue)
    later = replace(ONE, week_of=MONDAY + WEEK)
    none = folded(DONE, catalogue, hurts, later).hurt
    assert none == learning.MINDED - 1
    assert folded(told(level), catalogue, hurts, later).hurt == (none if level < 3 else 0)


@pytest.mark.parametrize(
    "absurd",
    [
        Answers(sessions=(SessionReport(7, Effort.EASY),)),
        Answers(sessions=(SessionReport(-1, Effort.EASY),)),
        rated(11),
        Answers(sessions=(SessionReport(0, Effort.RIGHT, minutes=301),)),
        Answers(sessions=(SessionReport(0, Effort.RIGHT, exercises=(ExerciseReport("never-prescribed", 3),)),)),
        Answers(sessions=(SessionReport(0, exercises=(ExerciseReport("split-squat", sets_done=13),)),)),
        Answers(sessions=(SessionReport(0, exercises=(ExerciseReport("split-squat", reps=500),)),)),
        Answers(sessions=(SessionReport(0, exercises=(ExerciseReport("split-squat", reps_left=31),)),)),
        Answers(sessions=(SessionReport(0, exercises=(ExerciseReport("split-squat", 3, load_kg=-8.0),)),)),
        Answers(sessions=(SessionReport(0, exercises=(ExerciseReport("split-squat", 3, load_kg=nan),)),)),
        Answers(sessions=(SessionReport(0, exercises=(ExerciseReport("split-squat", 3, load_kg=inf),)),)),
        replace(DONE, pains=(Pain(Region.KNEE, 11),)),
        replace(DONE, soreness=-1),
        replace(DONE, sleep=0),
        replace(DONE, mood=6),
    ],
)
def test_what_no_one_can_mean_holds_and_moves_no_estimate(absurd: Answers, catalogue: Catalogue) -> None:
    before = some_progress(known("split-squat", catalogue, RUNNER, SQUAT))
    progress = folded(absurd, catalogue, before)
    assert progress.hold == "unclear"
    assert progress.regions == ()
    assert progress.soreness == 0
    tapped_only = folded(DONE, catalogue, before)
    missed = folded(SILENCE, catalogue, before)
    assert state(progress, "split-squat").mu in {
        state(tapped_only, "split-squat").mu,
        state(missed, "split-squat").mu,
    }


def test_what_was_unclear_stays_open_through_silence_and_closes_with_a_clear_answer(catalogue: Catalogue) -> None:
    unclear = folded(rated(99), catalogue)
    later = replace(ONE, week_of=MONDAY + WEEK)
    assert folded(SILENCE, catalogue, unclear, later).hold == "unclear"
    assert folded(DONE, catalogue, unclear, later).hold == ""


def test_the_sensible_part_of_an_unclear_answer_is_kept(catalogue: Catalogue) -> None:
    progress = folded(replace(rated(99), pains=(Pain(Region.KNEE, 5),), soreness=6), catalogue)
    assert (progress.hold, progress.completed, progress.soreness) == ("unclear", 6, 6)
    assert region(progress, Region.KNEE).pain == 5


# ---- soreness and tiredness


def test_soreness_is_what_was_last_told_and_an_answer_without_it_is_none(catalogue: Catalogue) -> None:
    sore = some_progress(soreness=8)
    assert folded(SILENCE, catalogue, sore).soreness == 8
    assert folded(DONE, catalogue, sore).soreness == 0
    assert folded(replace(DONE, soreness=4), catalogue, sore).soreness == 4


USUAL = (200.0, 220.0, 180.0, 210.0)
BAD_NIGHT = {"sleep": 1, "mood": 2}


def strain(answers: Answers, catalogue: Catalogue, loads: tuple[float, ...] = USUAL, before: int = 0) -> int:
    return folded(answers, catalogue, some_progress(loads=loads, strain=before)).strain


def test_a_much_bigger_week_with_two_bad_signs_is_a_strain(catalogue: Catalogue) -> None:
    assert strain(rated(10, **BAD_NIGHT), catalogue) == 1
    assert strain(rated(10, **BAD_NIGHT), catalogue, before=1) == 2
    for signs in ({"sleep": 2, "soreness": 6}, {"mood": 1, "soreness": 9}):
        assert strain(rated(10, **signs), catalogue) == 1


def test_one_bad_sign_a_usual_week_or_too_little_history_is_none(catalogue: Catalogue) -> None:
    assert strain(rated(10, sleep=1), catalogue) == 0
    assert strain(rated(10, sleep=3, soreness=5, mood=3), catalogue) == 0
    assert strain(rated(5, **BAD_NIGHT), catalogue, before=1) == 0
    assert strain(rated(10, **BAD_NIGHT), catalogue, USUAL[: learning.LOADS_NEEDED - 1]) == 0
    assert strain(rated(None, **BAD_NIGHT), catalogue) == 0


def test_a_runner_whose_weeks_never_vary_is_not_strained_by_a_trifle(catalogue: Catalogue) -> None:
    minutes = ONE.sessions[0].minutes
    same = (5.0 * minutes,) * 4
    slightly = Answers(sessions=(SessionReport(0, Effort.RIGHT, rpe=5, minutes=minutes + 1),), sleep=1, mood=1)
    assert strain(slightly, catalogue, same) == 0


def test_session_loads_of_the_last_weeks_are_kept_and_a_week_without_a_number_leaves_none(
    catalogue: Catalogue,
) -> None:
    kept = folded(rated(5), catalogue, some_progress(loads=tuple(float(x) for x in range(1, 9)))).loads
    assert len(kept) == learning.LOADS_KEPT
    assert kept[-1] == 5 * ONE.sessions[0].minutes
    assert folded(DONE, catalogue, some_progress(loads=USUAL)).loads == USUAL
    long = Answers(sessions=(SessionReport(0, Effort.HARD, rpe=8, minutes=55),))
    assert folded(long, catalogue).loads == (8.0 * 55,)


# ---- red flags


def test_red_flags_add_up_and_only_a_person_lifts_them(catalogue: Catalogue) -> None:
    first = folded(replace(DONE, red_flags=frozenset({RedFlag.FAINTING})), catalogue)
    later = replace(ONE, week_of=MONDAY + WEEK)
    second = folded(replace(DONE, red_flags=frozenset({RedFlag.BONE_PAIN})), catalogue, first, later)
    assert second.stopped == ("bone-pain", "fainting")
    last = replace(ONE, week_of=MONDAY + 2 * WEEK)
    assert folded(DONE, catalogue, second, last).stopped == second.stopped
    assert folded(replace(DONE, cleared=True), catalogue, second, last).stopped == ()
    again = replace(DONE, cleared=True, red_flags=frozenset({RedFlag.FAINTING}))
    assert folded(again, catalogue, second, last).stopped == ("fainting",)


def test_after_weeks_of_a_stop_the_plan_comes_back_lighter(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 6)
    flag = replace(tapped(lived.following, Effort.RIGHT), red_flags=frozenset({RedFlag.FAINTING}))
    stopped = live(
        RUNNER,
        catalogue,
        [flag, *[None] * 5, Answers(cleared=True)],
        progress=lived.progress,
        start=MONDAY + 6 * WEEK,
    )
    assert [bool(w.sessions) for w in stopped.weeks] == [True] + [False] * 6
    back = stopped.following
    assert back.sessions
    heaviest = {e.exercise: e.last for e in stopped.progress.exercises if e.weeks}
    for session in back.sessions:
        for p in session.exercises:
            was = heaviest.get(p.exercise)
            if was is not None and was.load_kg > 0 and p.dose.load_kg > 0:
                assert p.dose.load_kg <= was.load_kg * catalogue.constants.gap_long or p.dose.amount < was.amount


def test_an_ordinary_week_leaves_what_a_person_would_expect(catalogue: Catalogue) -> None:
    """Two sessions about right, a calf at 2 of 10 gone by the morning, soreness 3: as the builders tell it."""
    progress = folded(some_answers(), catalogue, week=a_week())
    assert (progress.completed, progress.hold, progress.soreness, progress.stopped) == (6, "", 3, ())
    assert region(progress, Region.CALF).pain == 2
    assert progress.tight == {Region.CALF}
    assert {e.exercise for e in progress.exercises} == {"side-plank", "single-leg-calf-raise", "split-squat"}


def test_tight_areas_stay_until_told_otherwise(catalogue: Catalogue) -> None:
    tight = some_progress(tight=frozenset({Region.HIP}))
    assert folded(DONE, catalogue, tight).tight == {Region.HIP}
    assert folded(replace(DONE, tight=frozenset()), catalogue, tight).tight == frozenset()


# ---- sets that what has hurt gets less


def test_pain_takes_a_set_off_the_region_and_twelve_calm_weeks_give_one_back(catalogue: Catalogue) -> None:
    progress = live(a_steady_runner(), catalogue, [hurting(Region.KNEE, 3)] * 4).progress
    assert region(progress, Region.KNEE).fewer == 2
    calm = live(a_steady_runner(), catalogue, [Effort.RIGHT] * 13, progress=progress, start=MONDAY + 4 * WEEK)
    assert region(calm.progress, Region.KNEE).fewer == 1
    mild = live(a_steady_runner(), catalogue, [hurting(Region.KNEE, 2)] * 4).progress
    assert region(mild, Region.KNEE).fewer == 0


def test_silence_gives_no_set_back(catalogue: Catalogue) -> None:
    sore = live(a_steady_runner(), catalogue, [hurting(Region.KNEE, 3)]).progress
    silent = live(a_steady_runner(), catalogue, [None] * 20, progress=sore, start=MONDAY + WEEK).progress
    assert region(silent, Region.KNEE).fewer == 1


def test_who_answers_every_second_week_gets_the_week_between_again_and_grows(catalogue: Catalogue) -> None:
    runner = a_steady_runner()
    answers: list[Effort | None] = [Effort.RIGHT, None] * 6
    lived = live(runner, catalogue, answers)
    told = {p.exercise: p.dose for p in prescriptions(lived.weeks[0])}
    for asked, again in zip(lived.weeks[1::2], [*lived.weeks[2::2], lived.following], strict=True):
        before, after = ({p.exercise: p.dose for p in prescriptions(week)} for week in (asked, again))
        for slug in before.keys() & after.keys():
            assert (after[slug].load_kg, after[slug].amount) <= (before[slug].load_kg, before[slug].amount)
    grown = {p.exercise: p.dose for p in prescriptions(lived.following)}
    both = told.keys() & grown.keys()
    assert both
    assert all((grown[slug].load_kg, grown[slug].amount) > (told[slug].load_kg, told[slug].amount) for slug in both)


def test_a_session_told_not_to_have_been_done_leaves_the_dose_where_it_was(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(), catalogue, [Effort.EASY] * 3)
    week, before = lived.following, {e.exercise: e.last for e in lived.progress.exercises}
    skipped = coach.fold(lived.profile, lived.progress, week, tapped(week, Effort.SKIPPED), catalogue)
    silent = coach.fold(lived.profile, lived.progress, week, SILENCE, catalogue)
    known_ones = {p.exercise for p in prescriptions(week)} & before.keys()
    assert all(state(skipped, slug).last == before[slug] for slug in known_ones)
    assert any(state(silent, slug).last != before[slug] for slug in known_ones)


def test_weeks_of_nothing_but_hard_sessions_are_counted_until_one_is_not_or_an_easier_week_came(
    catalogue: Catalogue,
) -> None:
    def counted(*said: Effort | Answers | None) -> int:
        return live(a_steady_runner(), catalogue, said).progress.hard

    hard = Effort.HARD
    assert [counted(*[hard] * n) for n in range(5)] == [0, 1, 2, 3, 0]
    assert counted(hard, hard, Effort.RIGHT) == 0
    assert counted(hard, None, hard) == 2
    assert counted(hard, Effort.SKIPPED) == 0
    mixed = Answers(sessions=(SessionReport(0, hard), SessionReport(1, Effort.RIGHT)))
    assert counted(hard, mixed) == 0
    assert counted(hard, Answers(sessions=(SessionReport(0, None, rpe=9),))) == 2


def test_what_was_tolerated_before_a_long_rest_says_nothing_of_today(catalogue: Catalogue) -> None:
    for idle, anchors in ((3, (8.0, 10.0, 4.0)), (4, (4.0,))):
        dose = Dose(3, 10, 4.0, Gear.DUMBBELLS)
        before = known("split-squat", catalogue, RUNNER, dose, anchors_kg=(8.0, 10.0), idle=idle - 1)
        week = a_week(sessions=(one_session(a_prescription(dose=dose)),), stretch=None)
        after = coach.fold(RUNNER, some_progress(before), week, tapped(week, Effort.RIGHT), catalogue)
        assert state(after, "split-squat").anchors_kg == anchors


def test_only_what_was_free_to_rise_stands_still(catalogue: Catalogue) -> None:
    before = known("split-squat", catalogue, RUNNER, SQUAT, plateau=2)
    for harder, plateau in ((None, 2), (replace(SQUAT, load_kg=10.0), 3)):
        week = a_week(sessions=(one_session(a_prescription(dose=SQUAT, harder=harder)),), stretch=None)
        after = coach.fold(RUNNER, some_progress(before), week, tapped(week, Effort.RIGHT), catalogue)
        assert state(after, "split-squat").plateau == plateau
    easy = 3 * phases.EASY_EVERY + phases.EASY_EVERY - 1
    week = a_week(
        sessions=(one_session(a_prescription(dose=SQUAT, harder=replace(SQUAT, load_kg=10.0))),), stretch=None
    )
    after = coach.fold(RUNNER, some_progress(before, completed=easy), week, tapped(week, Effort.RIGHT), catalogue)
    assert state(after, "split-squat").plateau == 2
