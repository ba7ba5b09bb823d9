"""A plan is stored once, with its progress and its letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import answers, claims, outbox, plans, training
from models.plans import Planned
from models.tables import PlanRow, SnapshotRow
from tests.builders import MONDAY, SUNDAY_EVENING, a_week, some_answers, take_letters
from tests.models.seeds import NEXT_MONDAY, after, erased, many_signed_up, signed_up, with_plan

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOW = SUNDAY_EVENING


def test_a_saved_week_comes_back_with_a_letter_waiting(session: Session) -> None:
    ana = signed_up(session)
    assert plans.save_weeks(session, [Planned(ana.id, a_week())], now=NOW) == 1
    assert plans.get_week(session, ana.id, MONDAY) == a_week()
    assert outbox.counts(session, MONDAY)["pending"] == 1


def test_saving_twice_keeps_the_first_plan_and_queues_one_letter(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    again = Planned(ana.id, a_week(number=99))
    assert plans.save_weeks(session, [again, again], now=NOW + timedelta(hours=1)) == 0
    assert plans.get_week(session, ana.id, MONDAY) == a_week()
    assert outbox.counts(session)["pending"] == 1


def test_only_the_new_ones_of_a_chunk_count_and_get_a_letter(session: Session) -> None:
    ids = many_signed_up(session, 4)
    with_plan(session, ids[1], ids[2])
    assert plans.save_weeks(session, [Planned(i, a_week()) for i in ids], now=NOW) == 2
    assert outbox.counts(session, MONDAY)["pending"] == 4


def test_a_letter_sent_is_not_queued_again_by_a_repeated_week(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    [letter] = take_letters(session, worker="w", limit=10, lease_s=60, now=NOW)
    claims.mark_sending(session, [letter.id], now=NOW)
    claims.settle(session, [claims.Settled(letter.id, "sent", "250 ok")], now=NOW)
    plans.save_weeks(session, [Planned(ana.id, a_week())], now=NOW)
    assert outbox.counts(session) == {**dict.fromkeys(outbox.counts(session), 0), "sent": 1}


def test_snapshots_folded_on_the_way_are_stored_with_the_plan(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    number = answers.record(session, ana.id, MONDAY, some_answers(), now=NOW, source="web")
    planned = Planned(ana.id, a_week(week_of=NEXT_MONDAY), ((MONDAY, after(1), number),))
    assert plans.save_weeks(session, [planned], now=NOW) == 1
    [loaded] = training.load(session, [ana.id])
    assert loaded.progress == after(1)
    assert [week.week_of for week, _ in loaded.unfolded] == [NEXT_MONDAY]


def test_the_better_informed_of_two_snapshots_wins_whichever_is_stored_last(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    plans.save_progress(session, [(ana.id, MONDAY, after(2), 20)], now=NOW)
    plans.save_progress(session, [(ana.id, MONDAY, after(1), 10)], now=NOW)
    plans.save_weeks(session, [Planned(ana.id, a_week(), ((MONDAY, after(1), 10),))], now=NOW)
    assert training.load(session, [ana.id])[0].progress == after(2)
    plans.save_progress(session, [(ana.id, MONDAY, after(3), 20)], now=NOW)
    assert training.load(session, [ana.id])[0].progress == after(3)
    assert session.scalar(select(func.count()).select_from(SnapshotRow)) == 1


def test_the_last_of_two_snapshots_of_one_week_in_one_call_counts(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    plans.save_progress(session, [(ana.id, MONDAY, after(1), 5), (ana.id, MONDAY, after(2), 5)], now=NOW)
    assert training.load(session, [ana.id])[0].progress == after(2)


def test_runners_erased_meanwhile_are_left_out(session: Session) -> None:
    gone, here = many_signed_up(session, 2)
    erased(session, gone)
    planned = [Planned(i, a_week(), ((MONDAY, after(1), 0),)) for i in (gone, here, 4711)]
    assert plans.save_weeks(session, planned, now=NOW) == 1
    plans.save_progress(session, [(i, MONDAY, after(1), 0) for i in (gone, here, 4711)], now=NOW)
    assert plans.get_week(session, gone, MONDAY) is None
    assert plans.get_week(session, here, MONDAY) == a_week()


def test_a_week_that_is_rolled_back_leaves_neither_plan_nor_letter(engine: Engine) -> None:
    with Session(engine) as session:
        ana = signed_up(session)
        session.commit()
        with_plan(session, ana.id)
        session.rollback()
        assert plans.get_week(session, ana.id, MONDAY) is None
        assert outbox.counts(session)["pending"] == 0


def test_the_latest_week_and_all_the_mondays(session: Session) -> None:
    ana = signed_up(session)
    assert plans.latest_week(session, ana.id) is None
    assert plans.weeks_of(session, ana.id) == []
    with_plan(session, ana.id, week_of=NEXT_MONDAY)
    with_plan(session, ana.id, week_of=MONDAY)
    assert plans.latest_week(session, ana.id) == replace(a_week(), week_of=NEXT_MONDAY)
    assert plans.weeks_of(session, ana.id) == [MONDAY, NEXT_MONDAY]


def test_a_plan_tells_which_engine_made_it(session: Session) -> None:
    ana = signed_up(session)
    plans.save_weeks(session, [Planned(ana.id, a_week(engine="2"))], now=NOW)
    assert session.scalar(select(PlanRow.engine)) == "2"
