"""A pause keeps mails away until its day, and ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from models import pauses, subscribers
from models.due import Due, due_at
from models.people import Status
from tests.builders import MONDAY, SUNDAY_EVENING, take_letters
from tests.models.seeds import LONG_AGO, NEXT_MONDAY, signed_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WEDNESDAY = SUNDAY_EVENING + timedelta(days=3)
NEXT_SUNDAY = SUNDAY_EVENING + timedelta(days=7)


def test_a_paused_runner_is_not_due_and_not_counted_as_late(session: Session) -> None:
    ana = signed_up(session)
    assert pauses.pause(session, ana.id, until=WEDNESDAY, now=LONG_AGO)
    pauses.wake(session, now=SUNDAY_EVENING)
    assert due_at(session, SUNDAY_EVENING) == Due({}, 0)
    found = subscribers.get(session, ana.key)
    assert found is not None
    assert (found.status, found.paused_until) == (Status.PAUSED, WEDNESDAY)


def test_the_pause_ends_by_itself_and_the_next_slot_is_served(session: Session) -> None:
    ana = signed_up(session)
    pauses.pause(session, ana.id, until=WEDNESDAY, now=LONG_AGO)
    assert pauses.wake(session, now=WEDNESDAY) == 1
    assert pauses.wake(session, now=WEDNESDAY) == 0
    # The slot of Sunday passed during the pause: nothing was missed.
    assert due_at(session, WEDNESDAY) == Due({}, 0)
    assert due_at(session, NEXT_SUNDAY).by_week == {NEXT_MONDAY: [ana.id]}
    found = subscribers.get(session, ana.key)
    assert found is not None
    assert (found.status, found.paused_until) == (Status.ACTIVE, None)


def test_a_slot_between_the_end_of_a_pause_and_a_late_run_is_served(session: Session) -> None:
    ana = signed_up(session)
    pauses.pause(session, ana.id, until=SUNDAY_EVENING - timedelta(hours=1), now=LONG_AGO)
    late = SUNDAY_EVENING + timedelta(hours=30)
    pauses.wake(session, now=late)
    assert due_at(session, late).by_week == {MONDAY: [ana.id]}


def test_a_pause_without_an_end_stays(session: Session) -> None:
    ana = signed_up(session)
    subscribers.set_status(session, ana.id, Status.PAUSED, now=LONG_AGO)
    assert pauses.wake(session, now=NEXT_SUNDAY) == 0


def test_the_end_of_a_pause_can_be_moved(session: Session) -> None:
    ana = signed_up(session)
    pauses.pause(session, ana.id, until=WEDNESDAY, now=LONG_AGO)
    pauses.pause(session, ana.id, until=NEXT_SUNDAY, now=LONG_AGO)
    assert pauses.wake(session, now=WEDNESDAY) == 0


def test_one_who_starts_again_early_or_leaves_is_not_woken_later(session: Session) -> None:
    ana, ben = signed_up(session), signed_up(session, "ben@example.org")
    for runner, status in ((ana, Status.ACTIVE), (ben, Status.UNSUBSCRIBED)):
        pauses.pause(session, runner.id, until=WEDNESDAY, now=LONG_AGO)
        subscribers.set_status(session, runner.id, status, now=LONG_AGO)
    assert pauses.wake(session, now=NEXT_SUNDAY) == 0
    assert not pauses.pause(session, ben.id, until=NEXT_SUNDAY, now=LONG_AGO)


def letters(session: Session) -> list[tuple[str, str]]:
    rows = take_letters(session, worker="test", limit=9, lease_s=300, now=NEXT_SUNDAY)
    return [(row.kind, row.occasion) for row in rows]


def test_a_letter_says_that_a_break_has_begun_and_another_that_it_is_over(session: Session) -> None:
    ana = signed_up(session)
    pauses.pause(session, ana.id, until=WEDNESDAY, now=LONG_AGO)
    assert letters(session) == [("away", "2026-11-25")]
    pauses.wake(session, now=WEDNESDAY)
    assert letters(session) == [("back", "2026-11-25")]


def test_the_same_break_asked_for_twice_is_told_once_and_another_day_anew(session: Session) -> None:
    ana = signed_up(session)
    for until in (WEDNESDAY, WEDNESDAY, NEXT_SUNDAY):
        pauses.pause(session, ana.id, until=until, now=LONG_AGO)
    assert letters(session) == [("away", "2026-11-25"), ("away", "2026-11-29")]


def test_who_has_left_takes_no_break(session: Session) -> None:
    ana = signed_up(session)
    subscribers.unsubscribe(session, ana.id, now=LONG_AGO, reason="test")
    assert not pauses.pause(session, ana.id, until=WEDNESDAY, now=LONG_AGO)
    assert letters(session) == []
