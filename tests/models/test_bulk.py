"""A thousand runners take a handful of statements, not a thousand."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from models import answers, claims, plans, subscribers, training
from models.bulk import chunks, collector_at_rest
from models.claims import Settled
from models.due import due_at
from models.plans import Planned
from models.slots import Slot
from tests.builders import MONDAY, SUNDAY_EVENING, a_profile, a_subscriber, a_week, some_answers, take_letters
from tests.models.seeds import LONG_AGO, NEXT_MONDAY, after, many_signed_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

NOW = SUNDAY_EVENING
RUNNERS = 1000


class Counted:
    """statements: how often the database was asked; one statement for many rows is one."""

    statements = 0


@contextmanager
def counting(engine: Engine) -> Iterator[Counted]:
    counted = Counted()

    def count(*_: Any) -> None:
        counted.statements += 1

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", count)


def test_a_week_of_a_thousand_runners_takes_a_handful_of_statements(engine: Engine, session: Session) -> None:
    with counting(engine) as adding:
        ids = many_signed_up(session, RUNNERS)
    with counting(engine) as asking:
        assert due_at(session, NOW).by_week == {MONDAY: ids}
    with counting(engine) as saving:
        assert plans.save_weeks(session, [Planned(i, a_week()) for i in ids], now=NOW) == RUNNERS
    with counting(engine) as claiming:
        letters = take_letters(session, worker="w", limit=RUNNERS, lease_s=60, now=NOW)
    assert len(letters) == RUNNERS
    with counting(engine) as handing_over:
        sending = claims.mark_sending(session, [letter.id for letter in letters], now=NOW)
    with counting(engine) as settling:
        results = [Settled(i, "sent", "250 ok") for i in sending]
        assert claims.settle(session, results, now=NOW) == RUNNERS
    for i in ids:
        answers.record(session, i, MONDAY, some_answers(), now=NOW, source="web")
    with counting(engine) as loading:
        loaded = training.load(session, ids)
    assert [t.unfolded[0][1] for t in loaded] == [some_answers()] * RUNNERS
    with counting(engine) as learning:
        found = training.with_new_answers(session, limit=RUNNERS)
    with counting(engine) as folding:
        rows = [(r.subscriber.id, MONDAY, after(1), r.weeks[0][2]) for r in found]
        plans.save_progress(session, rows, now=NOW)
    with counting(engine) as saving_on:
        planned = [Planned(i, a_week(week_of=NEXT_MONDAY), ((MONDAY, after(1), 10**6),)) for i in ids]
        assert plans.save_weeks(session, planned, now=NOW) == RUNNERS

    assert adding.statements <= 12
    assert asking.statements <= 2
    assert saving.statements <= 5
    assert saving_on.statements <= 8
    assert claiming.statements <= 10
    assert handing_over.statements <= 3
    assert settling.statements <= 2
    assert loading.statements == 4
    assert learning.statements == 5
    assert folding.statements <= 5


def test_an_import_of_a_thousand_known_runners_takes_a_handful_of_statements(engine: Engine, session: Session) -> None:
    many_signed_up(session, RUNNERS)
    changed = [
        a_subscriber(email=f"runner-{n}@example.org", name=f"New {n}", profile=a_profile(minutes=30 + n % 20))
        for n in range(RUNNERS)
    ]
    with counting(engine) as counted:
        assert subscribers.add(session, changed, now=NOW).updated == RUNNERS
    assert counted.statements <= 8


def test_many_zones_and_slots_take_no_more_statements(engine: Engine, session: Session) -> None:
    zones = ("UTC", "Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Auckland")
    new = [
        a_subscriber(email=f"r{n}@example.org", time_zone=zones[n % 5], slot=Slot(n % 7, n * 7 % 1440))
        for n in range(500)
    ]
    subscribers.add(session, new, now=LONG_AGO)
    with counting(engine) as counted:
        due = due_at(session, NOW)
    assert sum(len(ids) for ids in due.by_week.values()) + due.too_late == 500
    assert counted.statements <= 6


def test_more_runners_than_one_chunk_are_all_served(session: Session) -> None:
    ids = many_signed_up(session, 1100)
    assert plans.save_weeks(session, [Planned(i, a_week()) for i in ids], now=NOW) == 1100
    assert len(training.load(session, ids)) == 1100
    letters = take_letters(session, worker="w", limit=1100, lease_s=60, now=NOW)
    assert [letter.subscriber.id for letter in letters] == ids
    assert len(claims.mark_sending(session, [c.id for c in letters], now=NOW + timedelta(seconds=1))) == 1100


def test_chunks_are_full_but_for_the_last() -> None:
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([])) == []


def test_the_collector_wakes_again_whatever_happens() -> None:
    def fail() -> None:
        with collector_at_rest():
            assert not gc.isenabled()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()
    gc.disable()
    try:
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
