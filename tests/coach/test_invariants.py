"""What must hold for every runner, every history and every answer. docs/evidence.md, docs/safety.md"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import isfinite

import orjson
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import coach
from coach import dose, safety, telling
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport, merge
from coach.profile import Region, RunKind, Screen
from coach.week import DoseMode, NoticeKind, Phase, Prescription, Quality, Week
from language import reasons
from language.tongue import ENGLISH
from tests.coach.runners import codes
from tests.coach.strategies import MONDAY, answers_for, histories, profiles, tapped, the_catalogue

CATALOGUE = the_catalogue()
WEEK = timedelta(weeks=1)


def items(week: Week) -> dict[str, Prescription]:
    """The heaviest prescription of each exercise of a week."""
    found: dict[str, Prescription] = {}
    for session in week.sessions:
        for p in session.exercises:
            if p.exercise not in found or p.dose.load_kg > found[p.exercise].dose.load_kg:
                found[p.exercise] = p
    return found


def after(profile, progress, week, answers):
    """The next week, after these answers to this one."""
    folded = coach.fold(profile, progress, week, answers, CATALOGUE)
    return coach.next_week(profile, folded, CATALOGUE, week_of=week.week_of + WEEK)


@given(histories(), st.sampled_from(Region), st.integers(3, 10))
def test_pain_of_three_or_more_lets_nothing_rise_that_loads_the_region(history, region, level):
    profile, before, week, _ = history
    answers = replace(tapped(week, Effort.EASY), pains=(Pain(region, level),))
    last = {e.exercise: e.last for e in coach.fold(profile, before, week, answers, CATALOGUE).exercises}
    rungs = {}
    for p in items(week).values():
        e = CATALOGUE.by_slug[p.exercise]
        rungs[e.ladder] = max(rungs.get(e.ladder, 0), e.rung)
    for session in after(profile, before, week, answers).sessions:
        for p in session.exercises:
            exercise = CATALOGUE.by_slug[p.exercise]
            if not exercise.tissue(region):
                continue
            assert exercise.pattern != "plyometric" or region not in safety.LEGS
            assert p.harder is None
            was = last.get(p.exercise)
            if was is not None and p.exercise in items(week):
                assert (p.dose.load_kg, p.dose.sets) <= (was.load_kg, max(was.sets, p.dose.sets))
                assert p.dose.load_kg <= was.load_kg
                assert p.dose.sets <= was.sets
                once = tried_once(p)
                assert p.dose.load_kg < was.load_kg or p.dose.amount <= was.amount or once
                if level >= 4 and not once and not any(r.region == region and r.pain >= 4 for r in before.regions):
                    assert (
                        p.dose.load_kg * p.dose.amount < was.load_kg * was.amount
                        or p.dose.amount < was.amount
                        or p.dose.sets < was.sets
                    )


@given(histories(), st.sampled_from(Region), st.integers(6, 10))
def test_pain_of_six_or_more_removes_what_loads_the_region_and_calls_for_a_clinician(history, region, level):
    profile, before, week, _ = history
    following = after(profile, before, week, replace(tapped(week, Effort.RIGHT), pains=(Pain(region, level),)))
    assert all(CATALOGUE.by_slug[p.exercise].tissue(region) < 2 for s in following.sessions for p in s.exercises)
    assert any(n.kind is NoticeKind.CLINICIAN for n in following.notices)


@given(histories(), st.sampled_from(RedFlag))
def test_a_red_flag_leaves_no_plan_only_the_message_until_a_person_clears_it(history, flag):
    profile, before, week, _ = history
    answers = replace(tapped(week, Effort.EASY), red_flags=frozenset({flag}))
    folded = coach.fold(profile, before, week, answers, CATALOGUE)
    stopped = coach.next_week(profile, folded, CATALOGUE, week_of=week.week_of + WEEK)
    assert (stopped.sessions, stopped.stretch, [n.kind for n in stopped.notices]) == ((), None, [NoticeKind.STOP])
    later = coach.fold(profile, folded, stopped, tapped(week, Effort.EASY), CATALOGUE)
    assert not coach.next_week(profile, later, CATALOGUE, week_of=week.week_of + 2 * WEEK).sessions
    silence = coach.next_week(profile, later, CATALOGUE, week_of=week.week_of + 2 * WEEK)
    cleared = coach.fold(profile, later, silence, Answers(cleared=True), CATALOGUE)
    assert coach.next_week(profile, cleared, CATALOGUE, week_of=week.week_of + 3 * WEEK).notices != stopped.notices


@given(profiles, st.integers(2008, 2015))
def test_nobody_who_may_be_under_eighteen_gets_a_plan(profile, year):
    young = replace(profile, birth_year=year)
    week = coach.next_week(young, coach.start(young, CATALOGUE), CATALOGUE, week_of=MONDAY)
    assert (week.sessions, [n.kind for n in week.notices]) == ((), [NoticeKind.ADULTS_ONLY])


@given(profiles, st.sampled_from(sorted(safety.STOPPING)))
def test_screening_that_needs_clearance_first_leaves_no_plan(profile, screen):
    screened = replace(profile, screens=frozenset({screen}), cleared=False, birth_year=1985)
    week = coach.next_week(screened, coach.start(screened, CATALOGUE), CATALOGUE, week_of=MONDAY)
    assert (week.sessions, [n.kind for n in week.notices]) == ((), [NoticeKind.CLEARANCE])


@given(histories(), st.sampled_from(sorted(safety.HOLDING | {Screen.PREGNANT})))
def test_a_positive_screen_never_progresses(history, screen):
    profile, before, week, _ = history
    held = replace(profile, screens=frozenset({screen}), cleared=screen is Screen.PREGNANT)
    last = {e.exercise: e.last for e in coach.fold(held, before, week, tapped(week, Effort.EASY), CATALOGUE).exercises}
    for slug, p in items(after(held, before, week, tapped(week, Effort.EASY))).items():
        if slug in items(week):
            assert p.dose.load_kg <= last[slug].load_kg
            assert p.harder is None


@given(histories(), st.integers(-400, 364))
def test_nobody_is_asked_again_before_a_year_and_their_week_is_the_same_to_the_byte(history, days):
    profile, _, week, progress = history
    on = week.week_of + WEEK
    screened = replace(profile, screened_on=on - timedelta(days=days))
    unknown, known = (coach.next_week(p, progress, CATALOGUE, week_of=on) for p in (profile, screened))
    assert orjson.dumps(known) == orjson.dumps(unknown)
    assert all(n.kind is not NoticeKind.SCREENING for n in known.notices)


@given(histories(), st.integers(421, 5000))
def test_nothing_progresses_once_the_screening_has_waited_for_eight_weeks_after_its_year(history, days):
    profile, before, week, _ = history
    assume(safety.may_progress(profile, week.week_of + WEEK, CATALOGUE.constants))
    waiting = replace(profile, screened_on=week.week_of + WEEK - timedelta(days=days))
    folded = coach.fold(waiting, before, week, tapped(week, Effort.EASY), CATALOGUE)
    last = {e.exercise: e.last for e in folded.exercises}
    following = after(waiting, before, week, tapped(week, Effort.EASY))
    assert "screen_overdue" in {n.reason.code for n in following.notices}
    for slug, p in items(following).items():
        assert p.harder is None
        if slug in items(week):
            assert p.dose.load_kg <= last[slug].load_kg
            assert p.dose.sets <= last[slug].sets
            assert p.dose.load_kg < last[slug].load_kg or p.dose.amount <= last[slug].amount or tried_once(p)
    answered = replace(waiting, screened_on=week.week_of + WEEK)
    assert after(answered, before, week, tapped(week, Effort.EASY)) == after(
        profile, before, week, tapped(week, Effort.EASY)
    )


def tried_once(p: Prescription) -> bool:
    """Whether it is one set of the fewest repetitions or seconds that are worth doing: so much is tried again where it was not reached."""
    return p.dose.sets == 1 and p.dose.amount == (4 if p.mode is DoseMode.REPS else 10)


HARDER = {Effort.EASY: Effort.RIGHT, Effort.RIGHT: Effort.HARD}


@given(histories(), st.sampled_from(sorted(HARDER)))
def test_a_harder_session_never_gives_a_higher_load_than_an_easier_one(history, effort):
    profile, before, week, _ = history
    easy = items(after(profile, before, week, tapped(week, effort)))
    hard = items(after(profile, before, week, tapped(week, HARDER[effort])))
    for slug in easy.keys() & hard.keys():
        assert hard[slug].dose.load_kg <= easy[slug].dose.load_kg


@st.composite
def answered_weeks(draw: st.DrawFn):
    """A runner, what was known before a week with sessions, that week, its taps, and for any session the exercises named as leaving nothing or five."""
    profile, before, week, _ = draw(histories())
    assume(week.sessions)
    taps = [draw(st.sampled_from([Effort.EASY, Effort.RIGHT, Effort.HARD])) for _ in week.sessions]
    named = {}
    for n, session in enumerate(week.sessions):
        for p in session.exercises:
            left = draw(st.sampled_from([None, None, None, 0, 5])) if p.mode is not DoseMode.CONTACTS else None
            named[n, p.exercise] = left
    return profile, before, week, taps, named


def picked_out(taps, named) -> Answers:
    """A tap for every session, and the exercises that left nothing, or five and more, named beside it."""
    return Answers(
        tuple(
            SessionReport(
                n,
                tap,
                exercises=tuple(
                    ExerciseReport(slug, reps_left=left)
                    for (m, slug), left in named.items()
                    if m == n and left is not None
                ),
            )
            for n, tap in enumerate(taps)
        )
    )


def nothing_is_lifted(profile, before, week, easier: Answers, harder: Answers) -> None:
    """No estimate, and no load of what was done before, is higher after the harder answer."""
    less, more = (coach.fold(profile, before, week, answers, CATALOGUE) for answers in (harder, easier))
    known = {x.exercise: x for x in more.exercises}
    for x in less.exercises:
        assert x.mu <= known[x.exercise].mu + 1e-9, x.exercise
    lighter, heavier = items(after(profile, before, week, harder)), items(after(profile, before, week, easier))
    for slug in lighter.keys() & heavier.keys():
        if slug in known and known[slug].weeks:
            assert lighter[slug].dose.load_kg <= heavier[slug].dose.load_kg, slug


@given(answered_weeks(), st.data())
def test_one_session_called_harder_lifts_no_exercise_of_the_week(case, data):
    profile, before, week, taps, named = case
    n = data.draw(st.integers(0, len(taps) - 1))
    assume(taps[n] in HARDER)
    harder = [HARDER[tap] if m == n else tap for m, tap in enumerate(taps)]
    nothing_is_lifted(profile, before, week, picked_out(taps, named), picked_out(harder, named))


@given(answered_weeks(), st.data())
def test_one_exercise_named_as_harder_lifts_none_of_the_week(case, data):
    profile, before, week, taps, named = case
    which = data.draw(st.sampled_from(sorted(named)))
    assume(named[which] != 0 and CATALOGUE.by_slug[which[1]].mode is not DoseMode.CONTACTS)
    harder = named | {which: None if named[which] == 5 else 0}
    nothing_is_lifted(profile, before, week, picked_out(taps, named), picked_out(taps, harder))


@given(histories(), st.integers(0, 5), st.integers(0, 5), st.data())
def test_fewer_repetitions_left_never_give_a_higher_load(history, one, other, data):
    profile, before, week, _ = history
    assume(week.sessions and one != other)
    n = data.draw(st.integers(0, len(week.sessions) - 1))
    slug = data.draw(st.sampled_from([p.exercise for p in week.sessions[n].exercises]))

    def told(left: int) -> Answers:
        return Answers(sessions=(SessionReport(n, Effort.RIGHT, exercises=(ExerciseReport(slug, reps_left=left),)),))

    more, less = (items(after(profile, before, week, told(x))) for x in (max(one, other), min(one, other)))
    if slug in more and slug in less:
        assert less[slug].dose.load_kg <= more[slug].dose.load_kg


@given(histories(), st.sampled_from(Region), st.integers(0, 10), st.integers(0, 10))
def test_more_pain_never_gives_a_higher_load(history, region, one, other):
    profile, before, week, _ = history
    less, more = (
        items(after(profile, before, week, replace(tapped(week, Effort.RIGHT), pains=(Pain(region, level),))))
        for level in (min(one, other), max(one, other))
    )
    for slug in less.keys() & more.keys():
        if CATALOGUE.by_slug[slug].tissue(region):
            assert more[slug].dose.load_kg <= less[slug].dose.load_kg


@given(histories(), st.integers(0, 10), st.integers(0, 10))
def test_more_soreness_never_gives_a_higher_load(history, one, other):
    profile, before, week, _ = history
    less, more = (
        items(after(profile, before, week, replace(tapped(week, Effort.RIGHT), soreness=s)))
        for s in (min(one, other), max(one, other))
    )
    for slug in less.keys() & more.keys():
        assert more[slug].dose.load_kg <= less[slug].dose.load_kg


@settings(max_examples=60)
@given(histories(weeks=4))
def test_silence_never_raises_and_three_weeks_of_it_take_a_tenth_off(history):
    profile, before, week, _ = history
    profile = replace(profile, race=None)
    progress = coach.fold(profile, before, week, tapped(week, Effort.RIGHT), CATALOGUE)
    done = {e.exercise: e.last for e in progress.exercises}
    current, previous = week, progress
    for silent in range(1, 7):
        now = coach.next_week(profile, previous, CATALOGUE, week_of=current.week_of + WEEK)
        previous = coach.fold(profile, previous, now, SILENCE, CATALOGUE)
        following = items(coach.next_week(profile, previous, CATALOGUE, week_of=now.week_of + WEEK))
        current = now
        kept = 1.0 if silent < 3 else 0.9 if silent < 5 else 0.8
        for slug, p in following.items():
            was = (
                {e.exercise: e for e in previous.exercises}[slug].last
                if slug in {e.exercise for e in previous.exercises}
                else None
            )
            if was is None or slug not in done:
                continue
            lightest = min(dose.loads(CATALOGUE.by_slug[slug], profile.equipment, was.gear)[1])
            assert p.dose.load_kg <= max(kept * was.load_kg, lightest)
            if p.dose.load_kg == was.load_kg and not tried_once(p):
                assert p.dose.sets * p.dose.amount <= kept * was.sets * was.amount


@given(histories())
def test_every_dose_can_be_made_with_what_the_runner_has(history):
    profile, _, _, progress = history
    week = coach.next_week(profile, progress, CATALOGUE, week_of=progress.through + WEEK)
    for session in week.sessions:
        assert session.day in profile.strength_days
        for p in session.exercises:
            exercise = CATALOGUE.by_slug[p.exercise]
            assert exercise.possible_with(profile.equipment)
            assert safety.allowed(exercise, progress.regions, CATALOGUE.constants)
            for d in (p.dose, p.easier, p.harder):
                if d is not None:
                    assert d.load_kg == 0 or d.load_kg in profile.equipment.grid_kg(d.gear)
                    assert d.sets >= 1
                    assert d.amount >= 1


@given(histories())
def test_sessions_keep_to_the_minutes_and_leave_repetitions_in_reserve(history):
    profile, _, _, progress = history
    week = coach.next_week(profile, progress, CATALOGUE, week_of=progress.through + WEEK)
    for session in week.sessions:
        assert session.minutes <= profile.minutes
        assert all(p.target_rir >= 1 for p in session.exercises)


@given(histories())
def test_no_heavy_legs_within_a_day_of_a_hard_run_or_a_week_of_a_race(history):
    profile, _, _, progress = history
    week = coach.next_week(profile, progress, CATALOGUE, week_of=progress.through + WEEK)
    hard = {r.day for r in profile.runs if r.kind is not RunKind.EASY}
    heavy = [s.day for s in week.sessions if any(safety.heavy_legs(CATALOGUE.by_slug[p.exercise]) for p in s.exercises)]
    assert all((day + 1) % 7 not in hard for day in heavy)
    assert all(b - a >= 2 for a, b in pairwise(sorted(heavy)))
    if profile.race is not None:
        to_race = [(profile.race.day - week.week_of).days - day for day in heavy]
        assert all(days < 0 or days >= 7 for days in to_race)


@given(histories())
def test_every_week_with_a_full_session_trains_all_four_qualities(history):
    profile, _, _, progress = history
    assume(all(r.pain < 3 for r in progress.regions))
    week = coach.next_week(profile, progress, CATALOGUE, week_of=progress.through + WEEK)
    assume(week.sessions and not week.sessions[0].light)
    trained = [CATALOGUE.by_slug[p.exercise] for s in week.sessions for p in s.exercises]
    for quality in Quality:
        assert max(e.quality(quality) for e in trained) >= 2
    assert sum(share for _, share in week.qualities) == 100


@given(histories())
def test_at_least_half_of_a_session_is_one_legged_and_the_core_is_there(history):
    profile, _, _, progress = history
    # From 20 minutes on there is time for a set of each.
    assume(all(r.pain < 3 for r in progress.regions) and profile.minutes >= 20)
    week = coach.next_week(profile, progress, CATALOGUE, week_of=progress.through + WEEK)
    for session in week.sessions:
        if session.light:
            continue
        single = [
            p for p in session.exercises if p.per_side or CATALOGUE.by_slug[p.exercise].quality(Quality.SINGLE_LEG) >= 2
        ]
        assert len(single) * 2 >= len(session.exercises)
        slots = {p.slot for p in session.exercises}
        assert {"knee", "hinge", "calf"} <= slots
        assert slots & {"hip", "trunk"}


@given(histories(), st.data())
def test_absurd_answers_hold_and_never_raise_or_crash(history, data):
    profile, before, week, _ = history
    absurd = data.draw(answers_for(week, absurd=True))
    nonsense = replace(absurd, sessions=(*absurd.sessions, SessionReport(0, rpe=999)), soreness=-5)
    folded = coach.fold(profile, before, week, nonsense, CATALOGUE)
    assert folded.hold == "unclear"
    last = {e.exercise: e.last for e in folded.exercises}
    following = items(coach.next_week(profile, folded, CATALOGUE, week_of=week.week_of + WEEK))
    for slug in following.keys() & items(week).keys():
        assert following[slug].dose.load_kg <= last[slug].load_kg
        assert following[slug].harder is None


@given(histories(), st.data())
def test_answering_twice_is_answering_once_and_order_does_not_matter(history, data):
    profile, before, week, _ = history
    answers = data.draw(answers_for(week))
    once = coach.fold(profile, before, week, merge([answers]), CATALOGUE)
    assert coach.fold(profile, before, week, merge([answers, answers]), CATALOGUE) == once
    turned = replace(answers, sessions=answers.sessions[::-1], pains=answers.pains[::-1])
    assert coach.fold(profile, before, week, merge([turned]), CATALOGUE) == once
    assert coach.fold(profile, once, week, answers, CATALOGUE) == once


@given(histories(), st.dictionaries(st.sampled_from(Region), st.integers(0, 10), max_size=7))
def test_at_most_five_changes_are_told_and_what_is_left_out_matters_less(history, pains):
    profile, before, week, _ = history
    answers = replace(tapped(week, Effort.RIGHT), pains=tuple(Pain(r, level) for r, level in pains.items()))
    following = after(profile, before, week, answers)
    order = [telling.CHANGE_ORDER.index(c.code) for c in following.changes]
    assert order == sorted(order)
    assert len(order) <= 5
    assert len(set(following.changes)) == len(following.changes)
    if not following.sessions:
        return
    full = len(order) == 5
    told = [dict(c.values) for c in following.changes if c.code.startswith("pain_")]
    worst = max(pains.values(), default=0)
    if worst >= 3:
        # Pain comes first, and the worst of it.
        assert following.changes[0].code.startswith("pain_")
        assert max(v["pain"] for v in told) == max(worst, *(v["pain"] for v in told))
    changed = {p.change for s in following.sessions for p in s.exercises if p.change} - set(following.changes)
    for change in changed:
        sets = dict(change.values).get("to_sets", 0) > dict(change.values).get("from_sets", 0)  # type: ignore[operator]
        several = {"dose_answers": "dose_more", "dose_sets": "dose_more_sets" if sets else "dose_fewer_sets"}
        together = several.get(change.code)
        small = together in codes(following) or telling._said_already(change, codes(following))
        assert small or (full and telling.CHANGE_ORDER.index(change.code) >= order[-1])
        if full and following.changes[-1].code == change.code:
            assert telling._rank(following.changes[-1]) <= telling._rank(change)


@given(histories())
def test_estimates_stay_finite_and_every_choice_has_its_reason(history):
    profile, _, _, progress = history
    assert all(isfinite(e.mu) and e.var > 0 for e in progress.exercises)
    week = coach.next_week(profile, progress, CATALOGUE, week_of=progress.through + WEEK)
    assert len(week.changes) <= 5
    told = [week.focus, *week.changes, *(n.reason for n in week.notices)]
    told += [
        r
        for s in week.sessions
        for r in (s.placed, *(p.why for p in s.exercises), *(p.change for p in s.exercises if p.change))
    ]
    if week.stretch is not None:
        told += [i.why for i in (*week.stretch.items, *week.stretch.before)]
        assert week.stretch.seconds <= 15 * 60
    for reason in told:
        for units in ("kg", "lb"):
            assert reasons.sentence(reason, CATALOGUE, units, ENGLISH).endswith(".")
    previous = {e.exercise: e.last for e in progress.exercises}
    for session in week.sessions:
        for p in session.exercises:
            was = previous.get(p.exercise)
            assert (
                p.change is not None
                or was is None
                or was == p.dose
                or p.mode is DoseMode.CONTACTS
                or (was.sets, was.amount, was.load_kg)
                == (
                    p.dose.sets,
                    p.dose.amount,
                    p.dose.load_kg,
                )
            )


@settings(max_examples=40)
@given(histories())
def test_the_same_inputs_give_the_same_week_byte_for_byte(history):
    profile, _, _, progress = history
    options = orjson.OPT_SORT_KEYS
    weeks = [
        orjson.dumps(coach.next_week(profile, progress, fresh, week_of=progress.through + WEEK), option=options)
        for fresh in (CATALOGUE, replace(CATALOGUE))
    ]
    assert weeks[0] == weeks[1]


@given(profiles)
def test_race_week_is_light_and_the_day_before_is_free(profile):
    for days in range(7):
        racing = replace(profile, injuries=(), race=coach_race(days))
        week = coach.next_week(racing, coach.start(racing, CATALOGUE), CATALOGUE, week_of=MONDAY)
        assert week.phase is Phase.RACE
        assert len(week.sessions) <= 1
        assert all(s.light and abs(days - s.day) > 1 for s in week.sessions)


def coach_race(days: int):
    from coach.profile import Race

    return Race(MONDAY + timedelta(days=days), 42.2)
