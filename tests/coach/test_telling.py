"""What a week tells of itself is true of that week. docs/evidence.md, docs/safety.md"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import coach
from coach.answers import Answers, Effort, ExerciseReport, SessionReport
from coach.profile import Equipment, Experience, Gear, Goal, Profile, Race, Region, Screen
from coach.week import REPS, Prescription, Reason, Week
from language import reasons, wording
from language.tongue import ENGLISH
from tests.builders import MONDAY
from tests.coach.runners import Answerer, History, a_steady_runner, codes, find, hurting, live, prescriptions, tapped

if TYPE_CHECKING:
    from coach.catalogue import Catalogue

GYM = Equipment(
    frozenset({Gear.DUMBBELLS, Gear.BARBELL, Gear.BENCH}),
    ((Gear.DUMBBELLS, tuple(range(2, 42, 2))), (Gear.BARBELL, tuple(20 + 2.5 * n for n in range(60)))),
)
FIXED = Equipment(frozenset({Gear.DUMBBELLS}), ((Gear.DUMBBELLS, (5.0, 10.0)),))
RUNNERS = {
    "with nothing, twice twenty minutes": a_steady_runner(equipment=Equipment(), minutes=20),
    "with two pairs of dumbbells, half an hour": a_steady_runner(equipment=FIXED, minutes=30),
    "seasoned, three times forty minutes": a_steady_runner(
        experience=Experience.SEASONED, strength_days=(0, 2, 4), runs=(), minutes=40
    ),
    "with a race in nine weeks": a_steady_runner(race=Race(MONDAY + timedelta(days=62), 42.2)),
}
HARD_AT_TIMES = (Effort.RIGHT, Effort.EASY, Effort.HARD, Effort.HARD)
ANSWERS = {"easy": (Effort.EASY,), "right": (Effort.RIGHT,), "hard at times": HARD_AT_TIMES}


@pytest.fixture(scope="module", params=[(who, how) for who in RUNNERS for how in ANSWERS], ids=" ".join)
def lived(request: pytest.FixtureRequest, catalogue: Catalogue) -> tuple[Week, ...]:
    """Half a year of a runner."""
    who, how = request.param
    lived = live(RUNNERS[who], catalogue, [ANSWERS[how][n % len(ANSWERS[how])] for n in range(26)])
    return (*lived.weeks, lived.following)


def slugs(week: Week) -> set[str]:
    return {p.exercise for p in prescriptions(week)}


def sentences(week: Week, catalogue: Catalogue) -> list[str]:
    return [reasons.sentence(r, catalogue, "kg", ENGLISH) for r in (*week.changes, *(n.reason for n in week.notices))]


def said(week: Week, code: str, catalogue: Catalogue) -> str:
    return reasons.sentence(next(r for r in week.changes if r.code == code), catalogue, "kg", ENGLISH)


def test_what_gives_way_was_there_last_week_and_is_there_no_more(lived: tuple[Week, ...]) -> None:
    for before, week in pairwise(lived):
        told: list[Reason] = [*week.changes, *(p.change for p in prescriptions(week) if p.change is not None)]
        for values in (dict(reason.values) for reason in told):
            if "from" in values:
                assert values["from"] in slugs(before) - slugs(week)
                assert values["to"] in slugs(week)


def test_an_easy_week_has_the_sets_it_speaks_of(lived: tuple[Week, ...], catalogue: Catalogue) -> None:
    easy = [(before, week) for before, week in pairwise(lived) if "easy_week" in codes(week)]
    for before, week in easy:
        told = said(week, "easy_week", catalogue)
        sets = {p.dose.sets for p in prescriptions(week)}
        was = {p.exercise: p.dose for p in reversed(prescriptions(before))}
        if "stay as they are" in told:
            assert all(p.dose.sets >= was[p.exercise].sets for p in prescriptions(week) if p.exercise in was)
        else:
            assert f"{max(sets)} set" in told
            assert ("at most" in told) == (len(sets) > 1)
        for p in prescriptions(week):
            if p.exercise in was:
                assert p.dose.load_kg <= was[p.exercise].load_kg


def test_pain_told_once_is_not_told_again_with_a_number_of_our_own(catalogue: Catalogue) -> None:
    once = hurting(Region.KNEE, 7)
    lived = live(a_steady_runner(), catalogue, [Effort.RIGHT] * 7 + [once] + [Effort.RIGHT] * 3)
    fresh, later, last = lived.weeks[8], lived.weeks[9], lived.weeks[10]
    assert said(fresh, "pain_severe", catalogue).startswith("Knee pain 7/10: ")
    assert said(later, "pain_hold", catalogue).startswith("A week ago you told us of 7/10 in your knee: ")
    assert said(last, "pain_hold", catalogue).startswith("2 weeks ago you told us of 7/10 in your knee: ")
    assert [n.reason.code for n in fresh.notices] == ["clinician"]
    assert later.notices == last.notices == ()
    for week in (later, last, lived.following):
        assert not any("5/10" in x or "3/10:" in x for x in sentences(week, catalogue))


def test_pain_told_before_weeks_of_silence_is_so_much_older(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(), catalogue, [Effort.RIGHT] * 3 + [hurting(Region.KNEE, 3), None, None])
    assert said(lived.following, "pain_hold", catalogue).startswith("2 weeks ago you told us of 3/10 in your knee: ")
    later = coach.next_week(lived.profile, lived.progress, catalogue, week_of=MONDAY + timedelta(weeks=9))
    assert said(later, "pain_hold", catalogue).startswith("5 weeks ago you told us of 3/10 in your knee: ")


def test_soreness_is_not_told_again_by_silence(catalogue: Catalogue) -> None:
    def sore(week: Week) -> Answers:
        return replace(tapped(week, Effort.RIGHT), soreness=9)

    lived = live(a_steady_runner(), catalogue, [Effort.RIGHT, sore, None])
    assert said(lived.weeks[2], "sore", catalogue).startswith("Soreness 9/10: ")
    assert said(lived.following, "sore", catalogue).startswith("A week ago you told us of soreness of 9/10: ")


def test_a_first_week_without_sessions_has_none_to_tell_of(catalogue: Catalogue) -> None:
    raced = a_steady_runner(race=Race(MONDAY - timedelta(days=2), 42.2))
    lived = live(raced, catalogue, [Effort.RIGHT] * 3)
    assert codes(lived.weeks[0]) == ["phase_recovery_rest"]
    for week in lived.weeks:
        assert not any("0 sessions" in x for x in sentences(week, catalogue))
        for reason in week.changes:
            named = str(dict(reason.values).get("new", "")).split()
            told = reasons.sentence(reason, catalogue, "kg", ENGLISH)
            assert len(named) <= wording.NAMED_AT_MOST or f"{len(named)} exercises are new" in told


def unplaced(week: Week) -> Answers:
    return replace(tapped(week, Effort.RIGHT), hurts=True)


def test_where_something_hurts_and_nobody_knows_what_no_hold_grows(catalogue: Catalogue) -> None:
    def holds(lived: History) -> list[int]:
        return [x.hold_s for x in lived.progress.stretches]

    begun = live(a_steady_runner(), catalogue, [Effort.RIGHT])
    hurt = live(a_steady_runner(), catalogue, [Effort.RIGHT] + [unplaced] * 6)
    assert set(holds(hurt)) == set(holds(begun))
    assert max(holds(live(a_steady_runner(), catalogue, [Effort.RIGHT] * 7))) > max(holds(begun))


def test_something_that_hurts_for_three_weeks_goes_to_a_clinician(catalogue: Catalogue) -> None:
    def asked(*answers: Answerer | None) -> list[str]:
        return [n.reason.code for n in live(a_steady_runner(), catalogue, answers).following.notices]

    assert asked(unplaced, unplaced) == ["hurts_where"]
    assert asked(unplaced, unplaced, unplaced) == ["hurts_lasting"]
    assert asked(unplaced, unplaced, None, unplaced) == ["hurts_lasting"], "silence does not end it"
    assert asked(unplaced, unplaced, Effort.RIGHT, unplaced) == ["hurts_where"]
    assert asked(unplaced, unplaced, unplaced, hurting(Region.KNEE, 2)) == []


def test_after_weeks_away_the_limit_told_is_the_one_that_holds(catalogue: Catalogue) -> None:
    coarse = a_steady_runner(equipment=FIXED)
    lived = live(coarse, catalogue, [Effort.EASY] * 10)
    away = MONDAY + timedelta(weeks=20)
    back = live(coarse, catalogue, [Effort.EASY] * 2, progress=lived.progress, start=away)
    grid = (0.0, *FIXED.loads_kg[0][1])
    weeks = (*back.weeks, back.following)
    assert "or by the smallest step you have" in said(weeks[1], "back", catalogue)
    for before, week in pairwise(weeks):
        was = {p.exercise: p.dose.load_kg for p in prescriptions(before)}
        for p in prescriptions(week):
            if p.exercise in was and p.dose.gear is Gear.DUMBBELLS:
                assert grid.index(p.dose.load_kg) - grid.index(was[p.exercise]) <= 1


def test_whoever_has_come_back_is_told_so_once(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(goal=Goal.RETURN), catalogue, [Effort.RIGHT] * 14)
    told = [w.number for w in (*lived.weeks, lived.following) if "returned" in codes(w)]
    assert told == [13]


def test_before_a_race_the_week_claims_to_hold_nothing_that_rises(catalogue: Catalogue) -> None:
    racing: Profile = a_steady_runner(race=Race(MONDAY + timedelta(days=90), 10.0))
    lived = live(racing, catalogue, [Effort.EASY] * 10)
    peak = next(w for w in lived.weeks if w.focus.code == "focus_peak")
    assert "dose_answers" in codes(peak) or "dose_more" in codes(peak)
    assert reasons.sentence(peak.focus, catalogue, "kg", ENGLISH).startswith("Sharpen")


# ---- a dose that falls though all went well


def on_and_on(week: Week) -> Answers:
    """Every set is done as far as it may go by feel, with five left."""

    def done(p: Prescription) -> ExerciseReport:
        return ExerciseReport(p.exercise, p.dose.sets, p.up_to or p.dose.amount, 5)

    return Answers(
        tuple(
            SessionReport(n, Effort.RIGHT, exercises=tuple(map(done, s.exercises))) for n, s in enumerate(week.sessions)
        )
    )


@pytest.mark.parametrize("who", RUNNERS)
def test_an_answer_that_asks_for_more_is_never_the_reason_for_less(who: str, catalogue: Catalogue) -> None:
    lived = live(RUNNERS[who], catalogue, [on_and_on] * 26)
    told = [
        dict(p.change.values)
        for w in lived.weeks
        for p in prescriptions(w)
        if p.change and p.change.code == "dose_answers"
    ]
    assert told
    for v in told:
        more = (v["to_kg"], v["to_amount"]) >= (v["from_kg"], v["from_amount"]) or v["to_kg"] > v["from_kg"]  # type: ignore[operator]
        assert more, v


def test_a_set_shortened_to_the_most_of_a_plan_says_that_it_goes_on_by_feel(catalogue: Catalogue) -> None:
    lived = live(RUNNERS["with nothing, twice twenty minutes"], catalogue, [on_and_on] * 26)
    changes = [p.change for w in lived.weeks for p in prescriptions(w) if p.change and p.change.code == "dose_range"]
    on, off = ([c for c in changes if dict(c.values)["goes_on"] == goes_on] for goes_on in (1, 0))
    assert on
    assert "as planned: from there you go on while more than " in reasons.sentence(on[0], catalogue, "kg", ENGLISH)
    for change in off:
        assert reasons.sentence(change, catalogue, "kg", ENGLISH).endswith(": the most that is planned for a set.")


def test_fewer_sets_and_lighter_ones_by_a_health_question_say_so(catalogue: Catalogue) -> None:
    lifter = a_steady_runner(experience=Experience.SEASONED, minutes=60, equipment=GYM)
    lived = live(lifter, catalogue, [Effort.RIGHT] * 14)
    heavy = [p for p in prescriptions(lived.following) if p.mode is REPS and p.dose.load_kg and p.dose.amount < 8]
    assert heavy
    for screens, cleared in ((frozenset({Screen.BLOOD_PRESSURE}), True), (frozenset({Screen.BLOOD_PRESSURE}), False)):
        told = replace(lifter, screens=screens, cleared=cleared)
        week = coach.next_week(told, lived.progress, catalogue, week_of=lived.following.week_of)
        for p in heavy:
            now = find(week, p.exercise)
            if now is None:
                continue
            assert now.dose.load_kg < p.dose.load_kg
            assert now.dose.amount == 8 or not now.dose.load_kg
            assert now.change is not None
            assert now.change.code == "dose_screen"
        said_of_sets = [
            reasons.sentence(p.change, catalogue, "kg", ENGLISH)
            for p in prescriptions(week)
            if p.change is not None and p.change.code == "dose_sets"
        ]
        assert bool(said_of_sets) is not cleared
        assert all(x.endswith("the health questions ask for a gentle plan for now.") for x in said_of_sets)


def test_weights_that_come_back_after_a_week_without_are_told_as_such(catalogue: Catalogue) -> None:
    runner = a_steady_runner()
    lived = live(runner, catalogue, [Effort.RIGHT] * 8)
    away = replace(runner, equipment=Equipment())
    holiday = live(away, catalogue, [Effort.RIGHT], progress=lived.progress, start=lived.following.week_of)
    week = coach.next_week(runner, holiday.progress, catalogue, week_of=holiday.following.week_of)
    before = {p.exercise: p.dose.load_kg for p in prescriptions(lived.following)}
    back = [p for p in prescriptions(week) if p.change is not None and p.change.code == "dose_back"]
    assert back
    for p in back:
        assert 0 < p.dose.load_kg <= before[p.exercise]
        assert p.change is not None
        assert reasons.sentence(p.change, catalogue, "kg", ENGLISH).endswith(": back to what you have lifted before.")


THREE_TIMES = a_steady_runner(strength_days=(0, 2, 4), runs=(), minutes=45)


def test_after_a_silent_week_the_same_week_is_asked_for_again_and_told_as_that(catalogue: Catalogue) -> None:
    runner = replace(THREE_TIMES, experience=Experience.SOME)
    lived = live(runner, catalogue, [Effort.RIGHT] * 9)
    asked, now = lived.following, lived
    assert len(asked.sessions) == 3
    assert any(p.change is not None and p.change.code.startswith("dose_") for p in prescriptions(asked))
    for _ in range(2):
        now = live(runner, catalogue, [None], progress=now.progress, start=now.following.week_of)
        assert codes(now.following) == ["silence"]
        assert [(p.exercise, p.dose) for p in prescriptions(now.following)] == [
            (p.exercise, p.dose) for p in prescriptions(asked)
        ]


def test_a_set_that_was_asked_for_is_not_taken_back_by_silence(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(experience=Experience.SEASONED), catalogue, [Effort.RIGHT] * 6)
    more = {p.exercise: p.dose.sets for p in prescriptions(lived.following) if p.dose.sets == 3}
    assert more
    silent = live(lived.profile, catalogue, [None], progress=lived.progress, start=lived.following.week_of).following
    for slug, sets in more.items():
        now = find(silent, slug)
        assert now is not None
        assert now.dose.sets == sets


def test_less_that_was_told_and_not_answered_since_is_no_news_and_stands_at_its_exercise(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(minutes=30), catalogue, [Effort.HARD] * 2 + [None])
    told = [p for p in prescriptions(lived.weeks[2]) if p.change is not None and p.change.code == "dose_answers"]
    assert told
    assert "dose_answers" in codes(lived.weeks[2])
    assert codes(lived.following) == ["silence"]
    for p in told:
        again = find(lived.following, p.exercise)
        assert again is not None
        assert again.dose == p.dose
        assert again.change is not None
        assert reasons.sentence(again.change, catalogue, "kg", ENGLISH).endswith(": as in your last plan.")


@pytest.mark.parametrize("minutes", [15, 30, 60])
@pytest.mark.parametrize("how", ANSWERS)
def test_a_change_of_sets_has_a_reason_of_its_own(minutes: int, how: str, catalogue: Catalogue) -> None:
    answers = [ANSWERS[how][n % len(ANSWERS[how])] for n in range(24)]
    lived = live(a_steady_runner(minutes=minutes, experience=Experience.SEASONED), catalogue, answers)
    changes = [p.change for w in lived.weeks for p in prescriptions(w) if p.change and p.change.code == "dose_answers"]
    for change in changes:
        v = dict(change.values)
        said = reasons.sentence(change, catalogue, "kg", ENGLISH)
        dose, _, sets = said.partition(f" {v['from_sets']} → {v['to_sets']} set")
        assert (v["from_sets"] != v["to_sets"]) is bool(sets)
        assert dose.endswith(".")
        grounds = ("fits your", "every fourth week", "as before the easier week", "the time that is left is enough")
        assert not sets or any(x in sets for x in grounds)


def test_sets_taken_since_the_health_questions_have_become_old_are_told(catalogue: Catalogue) -> None:
    old = MONDAY - timedelta(days=351)
    lived = live(a_steady_runner(experience=Experience.SEASONED, screened_on=old), catalogue, [Effort.RIGHT] * 12)
    overdue = next(w for w in lived.weeks if any(n.reason.code == "screen_overdue" for n in w.notices))
    before = lived.weeks[overdue.number - 2]
    fewer = [p for p in prescriptions(overdue) if (q := find(before, p.exercise)) and p.dose.sets < q.dose.sets]
    assert len(fewer) >= 3
    told = said(overdue, "dose_fewer_sets", catalogue)
    assert told == f"{len(fewer)} exercises with fewer sets: the health questions ask for a gentle plan for now."
