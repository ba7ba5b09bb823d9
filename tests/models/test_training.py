"""The coach gets the last progress and everything told since, and what comes late is not lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from coach.answers import SILENCE, Answers, Effort, Pain, SessionReport, Word
from coach.profile import Region
from models import answers, plans, subscribers, training
from tests.builders import MONDAY, SUNDAY_EVENING, a_profile, a_subscriber, a_week, some_answers
from tests.models.seeds import MONDAY_AFTER, NEXT_MONDAY, after, erased, many_signed_up, signed_up, with_plan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.training import Relearn, Training

NOW = SUNDAY_EVENING
EASY = Answers(sessions=(SessionReport(0, Effort.EASY),))
HARD = Answers(sessions=(SessionReport(1, Effort.HARD),))
SORE = Answers(pains=(Pain(Region.KNEE, 4),))


def tell(session: Session, runner: int, week_of: date, told: Answers = EASY) -> int:
    return answers.record(session, runner, week_of, told, now=NOW, source="web")


def weeks(loaded: Training) -> list[tuple[date, Answers]]:
    return [(week.week_of, told) for week, told in loaded.unfolded]


def fold(session: Session, runner: int, *weeks_of: date, through: int) -> None:
    """Snapshots of these weeks, told apart by their number of weeks."""
    rows = [(runner, monday, after(n), through) for n, monday in enumerate(weeks_of, start=1)]
    plans.save_progress(session, rows, now=NOW)


@pytest.fixture
def ana(session: Session) -> int:
    """A runner with plans for three weeks."""
    number = signed_up(session).id
    for week_of in (MONDAY, NEXT_MONDAY, MONDAY_AFTER):
        with_plan(session, number, week_of=week_of)
    return number


def test_a_new_runner_has_a_profile_and_nothing_else(session: Session) -> None:
    ana = signed_up(session)
    [loaded] = training.load(session, [ana.id])
    assert (loaded.subscriber, loaded.profile) == (ana, a_profile(key=ana.key))
    assert (loaded.progress, loaded.unfolded, loaded.answers_through) == (None, (), 0)


def test_weeks_not_folded_come_oldest_first_with_silence_where_nothing_was_told(session: Session, ana: int) -> None:
    number = tell(session, ana, NEXT_MONDAY)
    [loaded] = training.load(session, [ana])
    assert weeks(loaded) == [(MONDAY, SILENCE), (NEXT_MONDAY, EASY), (MONDAY_AFTER, SILENCE)]
    assert loaded.unfolded[0][0] == a_week()
    assert loaded.answers_through == number


def test_only_weeks_after_the_last_snapshot_are_left_to_fold(session: Session, ana: int) -> None:
    folded = tell(session, ana, MONDAY)
    fold(session, ana, MONDAY, NEXT_MONDAY, through=folded)
    [loaded] = training.load(session, [ana])
    assert loaded.progress == after(2)
    assert weeks(loaded) == [(MONDAY_AFTER, SILENCE)]
    assert loaded.answers_through == folded


def test_answers_about_one_week_are_merged_in_the_order_given(session: Session, ana: int) -> None:
    for told in (EASY, HARD, SORE, Answers(sessions=(SessionReport(0, Effort.RIGHT),))):
        tell(session, ana, MONDAY, told)
    [loaded] = training.load(session, [ana])
    assert loaded.unfolded[0][1] == Answers(
        sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.HARD)), pains=SORE.pains
    )
    assert answers.given(session, ana, MONDAY) == loaded.unfolded[0][1]


def test_the_profile_is_the_latest(session: Session, ana: int) -> None:
    subscribers.add(session, [a_subscriber(profile=a_profile(minutes=25))], now=NOW)
    assert training.load(session, [ana])[0].profile.minutes == 25


def test_a_late_answer_reaches_back_behind_later_snapshots(session: Session, ana: int) -> None:
    folded = tell(session, ana, MONDAY)
    fold(session, ana, MONDAY, NEXT_MONDAY, through=folded)
    late = tell(session, ana, NEXT_MONDAY, SORE)
    [loaded] = training.load(session, [ana])
    assert loaded.progress == after(1)
    assert weeks(loaded) == [(NEXT_MONDAY, SORE), (MONDAY_AFTER, SILENCE)]
    assert loaded.answers_through == late


def test_runners_come_in_the_order_asked_without_the_erased_and_the_unknown(session: Session) -> None:
    first, second, third = many_signed_up(session, 3)
    erased(session, second)
    assert [t.subscriber.id for t in training.load(session, [third, second, 4711, first])] == [third, first]
    assert training.load(session, []) == []


def test_one_runners_history_is_not_anothers(session: Session) -> None:
    one, other = many_signed_up(session, 2)
    with_plan(session, one, other)
    tell(session, one, MONDAY, EASY)
    tell(session, other, MONDAY, HARD)
    fold(session, other, MONDAY, through=99)
    loaded = training.load(session, [one, other])
    assert [(t.progress, weeks(t)) for t in loaded] == [(None, [(MONDAY, EASY)]), (after(1), [])]


def relearn(session: Session) -> Relearn:
    [only] = training.with_new_answers(session, limit=10)
    return only


def refolded(found: Relearn) -> list[tuple[date, Answers, int]]:
    return [(week.week_of, told, through) for week, told, through in found.weeks]


def fresh(found: Relearn) -> list[tuple[date, Answers]]:
    """What was said and no snapshot knows."""
    return [
        (monday, word.answers)
        for monday, words in found.said.items()
        for word in words
        if word not in found.heard.get(monday, ())
    ]


def test_an_answer_before_any_snapshot_is_found(session: Session, ana: int) -> None:
    number = tell(session, ana, MONDAY)
    found = relearn(session)
    assert found.before is None
    assert refolded(found) == [(MONDAY, EASY, number)]
    assert fresh(found) == [(MONDAY, EASY)]


def test_a_week_not_answered_yet_is_not_taken_for_silence(session: Session, ana: int) -> None:
    tell(session, ana, NEXT_MONDAY)
    assert [monday for monday, _, _ in refolded(relearn(session))] == [MONDAY, NEXT_MONDAY]


def test_an_answer_folded_in_is_not_found_again(session: Session, ana: int) -> None:
    tell(session, ana, MONDAY)
    found = relearn(session)
    rows = [(ana, week.week_of, after(1), through) for week, _, through in found.weeks]
    plans.save_progress(session, rows, now=NOW)
    assert training.with_new_answers(session, limit=10) == []


def test_a_second_answer_about_a_folded_week_is_found_and_told_apart_from_the_first(session: Session, ana: int) -> None:
    folded = tell(session, ana, MONDAY, EASY)
    fold(session, ana, MONDAY, through=folded)
    late = tell(session, ana, MONDAY, HARD)
    found = relearn(session)
    assert refolded(found) == [(MONDAY, Answers(sessions=EASY.sessions + HARD.sessions), late)]
    assert fresh(found) == [(MONDAY, HARD)]


def test_a_late_answer_folds_the_weeks_from_there_on_again(session: Session, ana: int) -> None:
    first = tell(session, ana, MONDAY, EASY)
    second = tell(session, ana, NEXT_MONDAY, HARD)
    fold(session, ana, MONDAY, NEXT_MONDAY, through=second)
    late = tell(session, ana, MONDAY, SORE)
    found = relearn(session)
    assert first < second < late
    assert found.before is None
    assert refolded(found) == [
        (MONDAY, Answers(sessions=EASY.sessions, pains=SORE.pains), late),
        (NEXT_MONDAY, HARD, late),
    ]
    assert fresh(found) == [(MONDAY, SORE)]


def test_the_start_is_the_snapshot_before_the_first_week_touched(session: Session, ana: int) -> None:
    fold(session, ana, MONDAY, NEXT_MONDAY, MONDAY_AFTER, through=0)
    tell(session, ana, NEXT_MONDAY, SORE)
    found = relearn(session)
    assert found.before == after(1)
    assert [monday for monday, _, _ in refolded(found)] == [NEXT_MONDAY, MONDAY_AFTER]


def test_an_answer_that_came_between_two_folds_is_still_found(session: Session, ana: int) -> None:
    """Its number is below what a later week has folded: each week is compared with its own snapshot."""
    missed = tell(session, ana, MONDAY, SORE)
    later = tell(session, ana, NEXT_MONDAY, EASY)
    plans.save_progress(session, [(ana, MONDAY, after(1), missed - 1), (ana, NEXT_MONDAY, after(2), later)], now=NOW)
    assert fresh(relearn(session)) == [(MONDAY, SORE)]
    assert weeks(training.load(session, [ana])[0])[:2] == [(MONDAY, SORE), (NEXT_MONDAY, EASY)]


def test_an_answer_about_a_week_without_a_plan_waits_for_nobody(session: Session, ana: int) -> None:
    tell(session, ana, MONDAY_AFTER + timedelta(days=7))
    assert training.with_new_answers(session, limit=10) == []
    assert training.load(session, [ana])[0].answers_through == 0


def test_the_week_that_runs_is_the_last_one_planned_answered_or_not(session: Session, ana: int) -> None:
    tell(session, ana, MONDAY)
    found = relearn(session)
    assert [monday for monday, _, _ in refolded(found)] == [MONDAY]
    assert found.running.week_of == MONDAY_AFTER


def test_answers_come_with_the_day_on_the_runners_own_calendar(session: Session) -> None:
    auckland, lima = (
        signed_up(session, email=f"{zone[-4:]}@example.org", time_zone=zone).id
        for zone in ("Pacific/Auckland", "America/Lima")
    )
    with_plan(session, auckland, lima)
    evening = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    for runner in (auckland, lima):
        answers.record(session, runner, MONDAY, SORE, now=evening, source="web")
    loaded = training.load(session, [auckland, lima])
    assert [t.said[MONDAY] for t in loaded] == [(Word(2, SORE),), (Word(1, SORE),)]


def test_one_week_is_told_with_what_was_known_before_it_and_said_of_it(session: Session, ana: int) -> None:
    fold(session, ana, MONDAY, NEXT_MONDAY, through=0)
    first = tell(session, ana, NEXT_MONDAY, EASY)
    tell(session, ana, NEXT_MONDAY, SORE)
    [runner] = [t.subscriber for t in training.load(session, [ana])]
    told = training.told(session, runner, NEXT_MONDAY)
    assert told is not None
    assert (told.progress, told.week.week_of) == (after(1), NEXT_MONDAY)
    assert told.answers == Answers(sessions=EASY.sessions, pains=SORE.pains)
    until = training.told(session, runner, NEXT_MONDAY, through=first)
    assert until is not None
    assert until.answers == EASY
    first_week = training.told(session, runner, MONDAY)
    assert first_week is not None
    assert (first_week.progress, first_week.said) == (None, ())
    assert training.told(session, runner, MONDAY_AFTER + timedelta(days=7)) is None


def test_those_who_waited_longest_come_first_up_to_the_limit(session: Session) -> None:
    ids = many_signed_up(session, 4)
    with_plan(session, *ids)
    for runner in (ids[2], ids[0], ids[3], ids[2]):
        tell(session, runner, MONDAY)
    found = training.with_new_answers(session, limit=2)
    assert [r.subscriber.id for r in found] == [ids[2], ids[0]]


def test_a_runner_whose_fold_failed_can_be_skipped(session: Session) -> None:
    ids = many_signed_up(session, 3)
    with_plan(session, *ids)
    for runner in ids:
        tell(session, runner, MONDAY)
    found = training.with_new_answers(session, limit=1, skip={ids[0]})
    assert [r.subscriber.id for r in found] == [ids[1]]


def test_the_log_keeps_every_answer(session: Session, ana: int) -> None:
    numbers = [tell(session, ana, MONDAY, some_answers(soreness=n)) for n in range(3)]
    assert numbers == sorted(set(numbers))
    assert answers.given(session, ana, MONDAY) == some_answers(soreness=2)
    assert answers.given(session, ana, NEXT_MONDAY) == SILENCE
