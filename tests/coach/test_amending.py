"""The rest of a week after pain: less or nothing of what loads it, at once, and never more than was planned. docs/safety.md#pain"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import coach
from coach import safety
from coach.amending import Rest
from coach.answers import SILENCE, Answers, Effort, Pain, RedFlag, SessionReport, Word, merge
from coach.profile import Equipment, Gear, Region
from coach.progress import Progress, RegionState
from coach.week import DoseMode, NoticeKind, Prescription, Question, Week
from tests.builders import MONDAY as THE_MONDAY
from tests.coach.runners import WEEK, History, a_steady_runner, live, prescriptions, region, state
from tests.coach.strategies import the_catalogue

CATALOGUE = the_catalogue()
C = CATALOGUE.constants
MONDAY, TUESDAY, THURSDAY, FRIDAY = 0, 1, 3, 4
FIRST_DONE = Answers(sessions=(SessionReport(0, Effort.RIGHT),))


@pytest.fixture(scope="module")
def seasoned() -> History:
    """A healthy runner after eight ordinary weeks, with sessions on Monday and Thursday."""
    history = live(a_steady_runner(), CATALOGUE, [Effort.RIGHT] * 8)
    assert [s.day for s in history.following.sessions] == [MONDAY, THURSDAY]
    return history


@pytest.fixture(scope="module")
def where(seasoned: History) -> Region:
    """A place that something in Thursday's session loads, which pain of 4 makes less and does not replace."""
    return next(r for r in Region if eased(after(seasoned, Word(TUESDAY, hurts(r, 4))).week))


def hurts(where: Region, level: int, *, settled: bool | None = None) -> Answers:
    return Answers(pains=(Pain(where, level, settled),))


def flagged(flag: RedFlag) -> Answers:
    return Answers(red_flags=frozenset({flag}))


def after(history: History, *said: Word, week: Week | None = None, progress: Progress | None = None) -> Rest:
    return coach.rest_of_week(history.profile, progress or history.progress, week or history.following, said, CATALOGUE)


def loading(week: Week, where: Region, session: int = 1) -> list[Prescription]:
    return [p for p in week.sessions[session].exercises if CATALOGUE.by_slug[p.exercise].tissue(where)]


def eased(week: Week) -> list[Prescription]:
    return [p for p in week.sessions[1].exercises if p.cut < 1.0]


def codes(week: Week) -> list[str]:
    return [r.code for r in week.changes]


# silence and what is no pain


@pytest.mark.parametrize(
    "answers",
    [
        SILENCE,
        Answers(sleep=2, soreness=8),
        hurts(Region.KNEE, 2),
        hurts(Region.KNEE, 99),
        hurts(Region.KNEE, -3),
    ],
)
def test_what_tells_of_no_pain_changes_nothing(seasoned: History, answers: Answers) -> None:
    rest = after(seasoned, Word(TUESDAY, answers))
    assert rest.week == seasoned.following
    assert rest.clinician == frozenset()


def test_before_anything_is_said_all_sessions_are_to_come(seasoned: History) -> None:
    rest = after(seasoned)
    assert (rest.week, rest.open, rest.earlier) == (seasoned.following, (0, 1), False)


def test_a_new_runner_has_no_progress_yet() -> None:
    profile = a_steady_runner()
    start = coach.start(profile, CATALOGUE)
    week = coach.next_week(profile, start, CATALOGUE, week_of=THE_MONDAY)
    said = [Word(MONDAY, hurts(Region.KNEE, 5))]
    rest = coach.rest_of_week(profile, None, week, said, CATALOGUE)
    assert rest == coach.rest_of_week(profile, start, week, said, CATALOGUE)
    assert rest.week != week


# by level


def test_pain_of_three_takes_out_the_jumps_that_are_still_to_come(seasoned: History) -> None:
    week = after(seasoned, Word(MONDAY, hurts(Region.KNEE, 3))).week
    jumps = [p for p in seasoned.following.sessions[0].exercises if p.mode is DoseMode.CONTACTS]
    assert jumps
    assert not [p for p in week.sessions[0].exercises if p.mode is DoseMode.CONTACTS]
    assert codes(week)[:2] == ["pain_hold", "rest_out"]


def test_pain_of_three_stops_steps_up_and_takes_the_rises_back(seasoned: History) -> None:
    week = after(seasoned, Word(TUESDAY, hurts(Region.KNEE, 3))).week
    assert all(p.harder is None and p.up_to is None for p in loading(week, Region.KNEE))
    assert any(p.harder is not None for p in week.sessions[1].exercises)
    for p in loading(week, Region.KNEE):
        last = state(seasoned.progress, p.exercise).last
        assert last is not None
        assert (p.dose.load_kg, p.dose.amount, p.dose.sets) <= (last.load_kg, last.amount, last.sets)
    assert codes(week)[0] == "pain_hold"
    assert week.paused_regions == (Region.KNEE,)


@pytest.mark.parametrize(("before", "since", "news"), [(4, 7, True), (4, 5, False), (7, 9, False), (6, 4, False)])
def test_strong_pain_told_late_of_the_week_before_is_news_to_a_plan_that_knew_of_less(
    before: int, since: int, news: bool, seasoned: History, where: Region
) -> None:
    known, now = (
        coach.fold(seasoned.profile, seasoned.progress, seasoned.following, merge([FIRST_DONE, *told]), CATALOGUE)
        for told in ((hurts(where, before),), (hurts(where, since),))
    )
    week = coach.next_week(seasoned.profile, known, CATALOGUE, week_of=seasoned.following.week_of + WEEK)
    rest = after(seasoned, week=week, progress=now)
    assert (rest.week != week) is news
    assert (rest.clinician == {where}) is news
    if news:
        assert not any(loading(rest.week, where, n) for n in range(len(week.sessions)))


def test_pain_that_is_still_there_the_next_morning_counts_as_three(seasoned: History) -> None:
    one, other = (
        after(seasoned, Word(TUESDAY, a)).week
        for a in (hurts(Region.KNEE, 1, settled=False), hurts(Region.KNEE, 3, settled=True))
    )
    assert one.sessions == other.sessions


def test_pain_of_four_leaves_less_of_what_loads_it_and_the_rest_alone(seasoned: History, where: Region) -> None:
    week = after(seasoned, Word(TUESDAY, hurts(where, 4))).week
    was = {p.exercise: p for p in seasoned.following.sessions[1].exercises}
    for p in eased(week):
        planned = was[p.exercise].dose
        assert p.dose.load_kg < planned.load_kg or p.dose.amount < planned.amount
        assert (p.cut, p.harder) == (C.pain_cut, None)
        assert p.change is not None
        assert p.change.code == "dose_pain"
        assert (dict(p.change.values)["region"], dict(p.change.values)["pain"]) == (where.value, 4)
    others = [p for p in week.sessions[1].exercises if not CATALOGUE.by_slug[p.exercise].tissue(where)]
    assert [replace(was[p.exercise], change=None) for p in others] == others
    assert codes(week)[0] == "pain_less"


def test_pain_of_four_takes_the_easier_version_where_there_is_one(seasoned: History) -> None:
    found = [
        (p, region)
        for region in Region
        for p in prescriptions(after(seasoned, Word(-1, hurts(region, 5))).week)
        if p.change is not None and p.change.code == "ladder_down_pain"
    ]
    assert found
    for p, _ in found:
        assert p.change is not None
        gone = CATALOGUE.by_slug[str(dict(p.change.values)["from"])]
        here = CATALOGUE.by_slug[p.exercise]
        assert (here.ladder, here.rung < gone.rung) == (gone.ladder, True)


@pytest.mark.parametrize("level", [4, 7])
@pytest.mark.parametrize("weeks", [1, 4, 8])
def test_in_a_running_week_pain_brings_nothing_that_was_never_done(weeks: int, level: int) -> None:
    for key in ("ada", "bea"):
        history = live(a_steady_runner(key=key), CATALOGUE, [Effort.RIGHT] * weeks)
        done = {x.exercise for x in history.progress.exercises if x.weeks}
        planned = {p.exercise for p in prescriptions(history.following)}
        for where in Region:
            week = after(history, Word(-1, hurts(where, level))).week
            assert {p.exercise for p in prescriptions(week)} <= planned | done


def test_pain_of_six_takes_out_everything_that_loads_it_and_asks_for_a_clinician(
    seasoned: History, where: Region
) -> None:
    rest = after(seasoned, Word(TUESDAY, hurts(where, 6)))
    assert loading(seasoned.following, where)
    assert loading(rest.week, where) == []
    assert rest.clinician == {where}
    assert [n.kind for n in rest.week.notices] == [NoticeKind.CLINICIAN]
    assert codes(rest.week)[0] == "rest_severe"
    assert rest.week.sessions[1].minutes <= seasoned.following.sessions[1].minutes


def test_a_known_exercise_that_spares_the_place_may_take_the_place_of_one_that_loads_it(seasoned: History) -> None:
    """Whatever comes in is known, loads nothing sore, and takes no longer and no more than last time."""
    found = 0
    for where in Region:
        week = after(seasoned, Word(-1, hurts(where, 7))).week
        planned = {p.exercise for p in prescriptions(seasoned.following)}
        for p in prescriptions(week):
            if p.exercise in planned:
                continue
            found += 1
            last = state(seasoned.progress, p.exercise).last
            assert last is not None
            assert state(seasoned.progress, p.exercise).weeks
            assert not CATALOGUE.by_slug[p.exercise].tissue(where)
            assert (p.dose.load_kg, p.dose.sets) <= (last.load_kg, last.sets)
            assert (p.harder, p.up_to) == (None, None)
            assert p.change is not None
            assert p.change.code == "swap_pain"
    assert found


def test_what_would_take_longer_than_what_it_replaces_does_not_come_in(seasoned: History) -> None:
    week = replace(
        seasoned.following,
        sessions=tuple(
            replace(s, exercises=tuple(replace(p, dose=replace(p.dose, sets=1, amount=1)) for p in s.exercises))
            for s in seasoned.following.sessions
        ),
    )
    planned = {p.exercise for p in prescriptions(week)}
    for where in Region:
        now = after(seasoned, Word(-1, hurts(where, 7)), week=week).week
        assert {p.exercise for p in prescriptions(now)} <= planned


def test_a_red_flag_leaves_nothing_but_the_message(seasoned: History) -> None:
    rest = after(seasoned, Word(TUESDAY, FIRST_DONE), Word(TUESDAY, flagged(RedFlag.CHEST_PAIN)))
    week = rest.week
    assert week.sessions[0] == seasoned.following.sessions[0]
    assert (week.sessions[1].exercises, week.sessions[1].minutes, week.stretch, week.changes) == ((), 0, None, ())
    assert [n.kind for n in week.notices] == [NoticeKind.STOP]
    assert rest.open == (1,)


def test_once_a_person_has_cleared_it_the_week_goes_on_as_far_as_pain_lets_it(seasoned: History) -> None:
    stopped = Word(TUESDAY, replace(flagged(RedFlag.CHEST_PAIN), pains=hurts(Region.KNEE, 4).pains))
    cleared = after(seasoned, stopped, Word(TUESDAY, Answers(cleared=True))).week
    assert cleared == after(seasoned, Word(TUESDAY, hurts(Region.KNEE, 4))).week


def test_a_stop_known_before_the_week_holds_in_it(seasoned: History) -> None:
    """A red flag told late, of the week before: the plan was made without it."""
    stopped = after(seasoned, progress=replace(seasoned.progress, stopped=("fainting",))).week
    assert not any(s.exercises for s in stopped.sessions)


# stretches


def test_a_sore_place_is_not_stretched(seasoned: History) -> None:
    planned = seasoned.following.stretch
    week = after(seasoned, Word(TUESDAY, hurts(Region.CALF, 4))).week
    assert planned is not None
    assert week.stretch is not None
    here = {i.stretch for i in (*week.stretch.items, *week.stretch.before)}
    assert here < {i.stretch for i in (*planned.items, *planned.before)}
    for slug in here:
        stretch = CATALOGUE.stretch_by_slug[slug]
        assert Region.CALF not in (*stretch.regions, *stretch.avoid)
    assert week.stretch.seconds < planned.seconds
    assert "rest_stretch" in codes(week)


def test_a_week_without_a_routine_has_none_to_change(seasoned: History) -> None:
    week = replace(seasoned.following, stretch=None)
    assert after(seasoned, Word(TUESDAY, hurts(Region.CALF, 4)), week=week).week.stretch is None


def test_pain_that_no_stretch_minds_leaves_the_routine(seasoned: History) -> None:
    planned = seasoned.following.stretch
    assert planned is not None
    calves = tuple(
        i for i in planned.items if set(CATALOGUE.stretch_by_slug[i.stretch].regions) <= {Region.CALF, Region.ANKLE}
    )
    week = replace(seasoned.following, stretch=replace(planned, items=calves, before=()))
    assert calves
    assert after(seasoned, Word(TUESDAY, hurts(Region.GROIN, 5)), week=week).week.stretch is week.stretch


# which sessions


def test_a_session_that_was_done_before_stays_as_it_was(seasoned: History) -> None:
    rest = after(seasoned, Word(MONDAY, FIRST_DONE), Word(TUESDAY, hurts(Region.KNEE, 7)))
    assert rest.week.sessions[0] == seasoned.following.sessions[0]
    assert rest.week.sessions[1] != seasoned.following.sessions[1]
    assert (rest.open, rest.earlier) == ((1,), False)


def test_a_session_told_of_together_with_the_pain_was_done_as_planned(seasoned: History) -> None:
    both = replace(FIRST_DONE, pains=hurts(Region.KNEE, 7).pains)
    assert after(seasoned, Word(MONDAY, both)).week.sessions[0] == seasoned.following.sessions[0]


def test_a_session_told_of_after_the_pain_was_done_as_it_was_changed(seasoned: History) -> None:
    pain = Word(TUESDAY, hurts(Region.KNEE, 5))
    second = Answers(sessions=(SessionReport(1, Effort.RIGHT),))
    worse = Word(FRIDAY, hurts(Region.KNEE, 8))
    changed = after(seasoned, pain).week.sessions[1]
    assert after(seasoned, pain, Word(THURSDAY, second), worse).week.sessions[1] == changed


def test_a_day_that_is_past_is_not_changed_and_not_to_come(seasoned: History) -> None:
    rest = after(seasoned, Word(TUESDAY, hurts(Region.KNEE, 7)))
    assert rest.week.sessions[0] == seasoned.following.sessions[0]
    assert (rest.open, rest.earlier) == ((1,), True)


def test_after_the_week_nothing_of_it_is_left_to_change_but_the_advice_holds(seasoned: History) -> None:
    rest = after(seasoned, Word(8, hurts(Region.KNEE, 7)))
    assert rest.week.sessions == seasoned.following.sessions
    assert (rest.open, rest.clinician) == ((), {Region.KNEE})


# several answers


def test_a_lower_number_told_later_counts_from_the_next_plan(seasoned: History) -> None:
    high, low = Word(TUESDAY, hurts(Region.KNEE, 7)), Word(TUESDAY, hurts(Region.KNEE, 1))
    assert after(seasoned, high, low).week.sessions == after(seasoned, high).week.sessions
    assert after(seasoned, low, high).week.sessions == after(seasoned, high).week.sessions


def test_pain_the_plan_knew_of_already_changes_nothing_more(seasoned: History) -> None:
    known = replace(seasoned.progress, regions=(RegionState(Region.KNEE, 5, 1, 0, 1.0),))
    week = coach.next_week(seasoned.profile, known, CATALOGUE, week_of=seasoned.following.week_of)
    told = after(seasoned, Word(-1, hurts(Region.KNEE, 5)), week=week, progress=known)
    assert (told.week.sessions, told.week.stretch, told.week.changes) == (week.sessions, week.stretch, week.changes)
    assert told.clinician == {Region.KNEE}, "two weeks running"
    worse = after(seasoned, Word(-1, hurts(Region.KNEE, 6)), week=week, progress=known)
    assert not [p for p in prescriptions(worse.week) if CATALOGUE.by_slug[p.exercise].tissue(Region.KNEE)]


@pytest.mark.parametrize("before", [6, 7, 9])
def test_strong_pain_told_again_takes_out_what_the_plan_had_left_of_it(seasoned: History, before: int) -> None:
    """However bad the week before was, seven on a Monday leaves nothing that loads the place, and the mail speaks of the seven."""
    left = 0
    for where in Region:
        told = Answers(sessions=FIRST_DONE.sessions, pains=hurts(where, before).pains)
        progress = coach.fold(seasoned.profile, seasoned.progress, seasoned.following, told, CATALOGUE)
        week = coach.next_week(
            seasoned.profile, progress, CATALOGUE, week_of=seasoned.following.week_of + timedelta(days=7)
        )
        rest = after(seasoned, Word(-1, hurts(where, 7)), week=week, progress=progress).week
        planned = [p for i, _ in enumerate(week.sessions) for p in loading(week, where, i)]
        left += len(planned)
        assert not [p for i, _ in enumerate(rest.sessions) for p in loading(rest, where, i)]
        if planned:
            assert rest.changes[0].code == "rest_severe"
            assert dict(rest.changes[0].values)["told"] == 7
    assert left


def test_more_pain_within_the_same_class_changes_no_dose(seasoned: History, where: Region) -> None:
    known = replace(seasoned.progress, regions=(RegionState(where, 4, 1, 0, 1.0),))
    week = coach.next_week(seasoned.profile, known, CATALOGUE, week_of=seasoned.following.week_of)
    worse = after(seasoned, Word(-1, hurts(where, 5)), week=week, progress=known)
    assert [(p.exercise, p.dose) for p in prescriptions(worse.week)] == [
        (p.exercise, p.dose) for p in prescriptions(week)
    ]


def test_what_was_told_late_of_the_week_before_is_news_to_the_plan(seasoned: History) -> None:
    later = replace(seasoned.progress, regions=(RegionState(Region.KNEE, 7, 1, 0, C.severe_cut),))
    rest = after(seasoned, progress=later)
    assert not [p for p in prescriptions(rest.week) if CATALOGUE.by_slug[p.exercise].tissue(Region.KNEE)]
    assert rest.clinician == {Region.KNEE}


def test_a_notice_about_another_region_stays(seasoned: History) -> None:
    other = safety.clinician(RegionState(Region.BACK, 4, 2))
    week = replace(seasoned.following, notices=(safety.clinician(RegionState(Region.KNEE, 6, 1)), other))
    notices = after(seasoned, Word(TUESDAY, hurts(Region.KNEE, 8)), week=week).week.notices
    assert [dict(n.reason.values)["pain"] for n in notices] == [8, 4]


def test_once_every_session_is_over_the_weeks_own_sentences_stay(seasoned: History) -> None:
    told = Answers(
        sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.RIGHT)), pains=(Pain(Region.SHIN, 3),)
    )
    progress = replace(seasoned.progress, regions=(RegionState(Region.SHIN, 3),))
    planned = replace(seasoned.following, paused_regions=(Region.SHIN,))
    rest = after(seasoned, Word(MONDAY, Answers(hurts=True)), Word(4, told), week=planned, progress=progress)
    assert rest.open == ()
    assert rest.week.sessions != planned.sessions
    assert rest.week.changes == planned.changes


# the question


def test_the_question_goes_with_its_exercise(seasoned: History, where: Region) -> None:
    about = eased(after(seasoned, Word(TUESDAY, hurts(where, 4))).week)[0]
    question = Question(1, about.exercise, about.mode)
    week = replace(seasoned.following, question=question)
    assert after(seasoned, Word(TUESDAY, hurts(where, 4)), week=week).week.question == question
    assert after(seasoned, Word(TUESDAY, hurts(where, 7)), week=week).week.question is None
    none = replace(week, question=None)
    assert after(seasoned, Word(TUESDAY, hurts(where, 7)), week=none).week.question is None


# what has changed around the plan


def test_an_exercise_that_has_left_the_catalogue_is_out_once_something_hurts(seasoned: History) -> None:
    session = seasoned.following.sessions[1]
    odd = replace(session.exercises[0], exercise="gone-since")
    week = replace(
        seasoned.following,
        sessions=(seasoned.following.sessions[0], replace(session, exercises=(odd, *session.exercises[1:]))),
    )
    told = after(seasoned, Word(TUESDAY, hurts(Region.FOOT, 3)), week=week).week
    assert "gone-since" not in {p.exercise for p in told.sessions[1].exercises}


def test_a_slot_that_is_gone_has_nothing_easier_and_nothing_in_its_place(seasoned: History, where: Region) -> None:
    week = replace(
        seasoned.following,
        sessions=tuple(
            replace(s, exercises=tuple(replace(p, slot="gone") for p in s.exercises))
            for s in seasoned.following.sessions
        ),
    )
    for level in (4, 7):
        assert loading(after(seasoned, Word(TUESDAY, hurts(where, level)), week=week).week, where) == []


@pytest.mark.parametrize("level", [3, 4, 5])
def test_equipment_that_is_gone_leaves_nothing_that_needs_it(level: int, seasoned: History) -> None:
    needing = {e.slug for e in CATALOGUE.exercises if e.start_load_share > 0 and e.tissue(Region.HIP)}
    assert needing & {p.exercise for p in prescriptions(seasoned.following)}
    bare = replace(seasoned.profile, equipment=Equipment(frozenset({Gear.MAT}), ()))
    week = coach.rest_of_week(
        bare, seasoned.progress, seasoned.following, [Word(-1, hurts(Region.HIP, level))], CATALOGUE
    ).week
    assert not needing & {p.exercise for p in prescriptions(week)}
    for p in prescriptions(week):
        if CATALOGUE.by_slug[p.exercise].tissue(Region.HIP):
            assert p.dose.load_kg == 0


# what is learnt


def test_the_same_pain_is_not_taken_twice(seasoned: History, where: Region) -> None:
    """What was done with less in the middle of the week stays as it was done in the next plan."""
    folded, done = done_with_less(seasoned, where)
    assert state(folded, done.exercise).cut == done.cut
    assert region(folded, where).cut == C.pain_cut
    following = coach.next_week(seasoned.profile, folded, CATALOGUE, week_of=seasoned.following.week_of + WEEK)
    again = [p.dose for p in prescriptions(following) if p.exercise == done.exercise]
    assert again
    assert all((d.load_kg, d.amount) == (done.dose.load_kg, done.dose.amount) for d in again)


def test_silence_keeps_what_pain_has_taken_and_an_answer_ends_it(seasoned: History, where: Region) -> None:
    folded, done = done_with_less(seasoned, where)
    week = coach.next_week(seasoned.profile, folded, CATALOGUE, week_of=seasoned.following.week_of + WEEK)
    silent = coach.fold(seasoned.profile, folded, week, SILENCE, CATALOGUE)
    assert state(silent, done.exercise).cut == done.cut
    told = coach.fold(seasoned.profile, folded, week, Answers(sleep=3), CATALOGUE)
    assert state(told, done.exercise).cut == 1.0


def done_with_less(history: History, where: Region) -> tuple[Progress, Prescription]:
    """After a week in which pain of 4 was told on Tuesday and Thursday's session then done; one exercise that was less."""
    done = Answers(sessions=(SessionReport(1, Effort.RIGHT),))
    said = [Word(TUESDAY, hurts(where, 4)), Word(FRIDAY, done)]
    week = after(history, *said).week
    folded = coach.fold(history.profile, history.progress, week, merge(w.answers for w in said), CATALOGUE)
    return folded, eased(week)[0]


def test_a_week_that_was_stopped_is_not_missed(seasoned: History) -> None:
    rest = after(seasoned, Word(-1, flagged(RedFlag.FAINTING)))
    folded = coach.fold(seasoned.profile, seasoned.progress, rest.week, flagged(RedFlag.FAINTING), CATALOGUE)
    assert folded.missed == seasoned.progress.missed
