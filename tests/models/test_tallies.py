"""Limits that hold for every process, and tickets that work once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from models import tallies
from models.tables import TallyRow
from tests.builders import SUNDAY_EVENING as NOW

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOUR = timedelta(hours=1)


def test_so_many_are_within_the_limit_and_one_more_is_not(session: Session) -> None:
    tries = [tallies.within(session, "ana", most=3, per=HOUR, now=NOW + timedelta(minutes=n)) for n in range(5)]
    assert tries == [True, True, True, False, False]
    assert tallies.within(session, "ben", most=3, per=HOUR, now=NOW)


def test_a_new_window_begins_at_nothing(session: Session) -> None:
    assert tallies.within(session, "ana", most=1, per=HOUR, now=NOW)
    assert not tallies.within(session, "ana", most=1, per=HOUR, now=NOW + timedelta(minutes=59))
    assert tallies.within(session, "ana", most=1, per=HOUR, now=NOW + HOUR)


def test_a_ticket_works_once(session: Session) -> None:
    assert tallies.once(session, "ticket", until=NOW + HOUR)
    assert not tallies.once(session, "ticket", until=NOW + HOUR)


def test_what_was_counted_is_not_shown_and_forgotten_when_its_time_is_over(session: Session) -> None:
    tallies.within(session, "mail ana@example.org", most=1, per=HOUR, now=NOW)
    (row,) = session.scalars(select(TallyRow))
    assert "ana" not in row.what
    assert tallies.forget(session, now=NOW + timedelta(minutes=59)) == 0
    assert tallies.forget(session, now=NOW + HOUR) == 1
