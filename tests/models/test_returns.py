"""What follows when letters come back: at once, after some, or never by mistake."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models import claims, erasing, joining, moves, outbox, returns, subscribers, suppressions
from models.claims import Settled
from models.due import active_without_plan
from models.people import Status
from models.returns import SOFT_LETTERS, SOFT_SPAN
from models.tables import SuppressionRow
from tests.builders import MONDAY, SUNDAY_EVENING, a_subscriber, take_letters
from tests.models.seeds import signed_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.people import Subscriber
    from models.returns import Effect, Kind

NOW = SUNDAY_EVENING
WEEK = timedelta(weeks=1)


@pytest.fixture
def ana(session: Session) -> Subscriber:
    return signed_up(session)


def letter(session: Session, runner: Subscriber, at: datetime = NOW) -> int:
    """The number of a letter that left for a runner at that moment."""
    outbox.queue(session, [(runner.id, MONDAY, "back", f"{at:%m%d%H}")], now=at)
    [row] = take_letters(session, worker="w", limit=1, lease_s=60, now=at)
    assert claims.mark_sending(session, [row.id], now=at) == [row.id]
    claims.settle(session, [Settled(row.id, "sent", "250 ok")], now=at)
    return row.id


def back(session: Session, runner: Subscriber, letter_id: int, kind: Kind = "soft", at: datetime = NOW) -> Effect:
    return returns.take(session, runner, letter_id, kind, fingerprint=f"{letter_id} {kind} {at}", now=at)


def why(session: Session, email: str = "ana@example.org") -> str | None:
    return suppressions.why(session, email)


def test_a_hard_bounce_ends_mail_to_the_address_at_once(session: Session, ana: Subscriber) -> None:
    assert back(session, ana, letter(session, ana), "hard") == "bounced"
    assert why(session) == suppressions.BOUNCED
    assert active_without_plan(session, MONDAY + WEEK) == []
    found = subscribers.find(session, "ana@example.org")
    assert found is not None
    assert found.status is Status.ACTIVE, "what the runner asked for is not forgotten"


def test_the_same_mail_has_its_effect_once(session: Session, ana: Subscriber) -> None:
    number = letter(session, ana)
    assert [back(session, ana, number), back(session, ana, number)] == ["counted", "again"]


def test_bounces_that_may_pass_end_it_after_some_in_a_row_over_two_weeks(session: Session, ana: Subscriber) -> None:
    weeks = [NOW + n * WEEK for n in range(SOFT_LETTERS)]
    effects = [back(session, ana, letter(session, ana, at), at=at) for at in weeks]
    assert effects == ["counted"] * (SOFT_LETTERS - 1) + ["bounced"]
    assert why(session) == suppressions.BOUNCED


def test_a_few_days_of_trouble_end_nothing(session: Session, ana: Subscriber) -> None:
    days = [NOW + timedelta(days=n) for n in range(10)]
    assert {back(session, ana, letter(session, ana, at), at=at) for at in days} == {"counted"}
    later = NOW + SOFT_SPAN
    assert back(session, ana, letter(session, ana, later), at=later) == "bounced"


def test_a_letter_that_arrives_in_between_begins_the_count_anew(session: Session, ana: Subscriber) -> None:
    for n in range(SOFT_LETTERS * 3):
        number = letter(session, ana, NOW + n * WEEK)
        if n % SOFT_LETTERS != SOFT_LETTERS - 1:
            assert back(session, ana, number) == "counted"
    assert why(session) is None


def test_bounces_count_in_whatever_order_they_arrive(session: Session, ana: Subscriber) -> None:
    numbers = [letter(session, ana, NOW + n * WEEK) for n in range(SOFT_LETTERS)]
    letter(session, ana, NOW + SOFT_LETTERS * WEEK)  # still on its way
    assert [back(session, ana, n) for n in reversed(numbers)] == ["counted"] * (SOFT_LETTERS - 1) + ["bounced"]


def test_two_bounces_of_one_letter_count_as_one(session: Session, ana: Subscriber) -> None:
    numbers = [letter(session, ana, NOW + n * WEEK) for n in range(SOFT_LETTERS - 1)]
    assert {back(session, ana, n, at=NOW + t * WEEK) for n in numbers for t in range(3)} == {"counted"}


def test_a_complaint_unsubscribes_and_no_operator_takes_it_back(session: Session, ana: Subscriber) -> None:
    assert back(session, ana, letter(session, ana), "complaint") == "complained"
    found = subscribers.find(session, "ana@example.org")
    assert found is not None
    assert (found.status, why(session)) == (Status.UNSUBSCRIBED, suppressions.COMPLAINED)
    with pytest.raises(suppressions.ComplaintStands, match="nobody but the runner"):
        suppressions.lift_by_hand(session, "ana@example.org")
    subscribers.add(session, [a_subscriber()], now=NOW)
    assert why(session) == suppressions.COMPLAINED


def test_a_complaint_counts_more_than_having_left(session: Session, ana: Subscriber) -> None:
    number = letter(session, ana)
    subscribers.unsubscribe(session, ana.id, now=NOW, reason="no-time")
    back(session, ana, number, "complaint")
    assert why(session) == suppressions.COMPLAINED
    back(session, ana, number, "hard")
    assert why(session) == suppressions.COMPLAINED


def test_who_complained_gets_what_they_ask_for_and_nothing_else(session: Session, ana: Subscriber) -> None:
    back(session, ana, letter(session, ana), "complaint")
    outbox.queue(session, [(ana.id, MONDAY, "reminder")], now=NOW)
    outbox.enter_one(session, ana, outbox.SIGN_IN, now=NOW, occasion="one")
    assert [row.kind for row in take_letters(session, worker="w", limit=9, lease_s=60, now=NOW)] == [outbox.SIGN_IN]


def test_a_complaint_about_the_mail_that_asks_to_confirm_leaves_nothing_but_that(session: Session) -> None:
    ana = joining.join(session, a_subscriber(), now=NOW).runner
    assert ana is not None
    back(session, ana, letter_asked_for(session, ana), "complaint")
    assert subscribers.find(session, "ana@example.org") is None
    assert [(s.address, s.reason) for s in session.scalars(select(SuppressionRow))] == [(None, suppressions.COMPLAINED)]
    assert subscribers.add(session, [a_subscriber()], now=NOW).suppressed == 1, "no import brings them back"
    again = joining.join(session, a_subscriber(), now=NOW).runner
    assert again is not None
    joining.confirm(session, again, now=NOW)
    assert why(session) is None


def letter_asked_for(session: Session, runner: Subscriber) -> int:
    outbox.enter_one(session, runner, outbox.CONFIRM, now=NOW, occasion="one")
    [row] = take_letters(session, worker="w", limit=1, lease_s=60, now=NOW)
    return row.id


def test_a_wish_to_leave_by_mail_is_one(session: Session, ana: Subscriber) -> None:
    assert back(session, ana, letter(session, ana), "unsubscribe") == "unsubscribed"
    assert why(session) == returns.BY_MAIL


def test_what_passes_changes_nothing(session: Session, ana: Subscriber) -> None:
    assert back(session, ana, letter(session, ana), "passing") == "nothing"
    assert why(session) is None
    assert not returns.came_back(session, ana)


def test_the_last_letter_came_back_until_the_next_has_left(session: Session, ana: Subscriber) -> None:
    assert not returns.came_back(session, ana)
    back(session, ana, letter(session, ana))
    assert returns.came_back(session, ana)
    letter(session, ana, NOW + WEEK)
    assert not returns.came_back(session, ana)


def test_when_the_runner_says_it_works_again_what_came_back_counts_no_more(session: Session, ana: Subscriber) -> None:
    for n in range(SOFT_LETTERS):
        back(session, ana, letter(session, ana, NOW + n * WEEK))
    assert suppressions.lift(session, "ana@example.org")
    later = NOW + SOFT_LETTERS * WEEK
    assert back(session, ana, letter(session, ana, later), at=later) == "counted"
    assert returns.counts(session, NOW, NOW + 10 * WEEK) == {"soft": SOFT_LETTERS + 1}, "the numbers stay"


def test_one_whose_mail_comes_back_moves_by_the_new_address_alone(session: Session, ana: Subscriber) -> None:
    back(session, ana, letter(session, ana), "hard")
    assert moves.ask(session, ana, "new@example.org", occasion="one", now=NOW)
    moved = moves.agree(session, ana, "new", occasion="one", now=NOW)
    assert moved is not None
    assert moved.old_agreed
    found = subscribers.find(session, "new@example.org")
    assert found is not None
    assert not returns.came_back(session, found)
    assert (why(session), why(session, "new@example.org")) == (suppressions.BOUNCED, None)


def test_a_letter_that_never_left_and_an_erased_runner_have_no_addressee(session: Session, ana: Subscriber) -> None:
    number = letter(session, ana)
    assert returns.addressee(session, number) == ana
    outbox.queue(session, [(ana.id, MONDAY, "reminder")], now=NOW)
    assert returns.addressee(session, number + 1) is None
    back(session, ana, number)
    erasing.erase(session, ana, now=NOW)
    assert returns.addressee(session, number) is None
    assert returns.counts(session, NOW, NOW + WEEK) == {"soft": 1}


def test_what_is_kept_for_a_person_is_told_with_its_place(session: Session) -> None:
    assert returns.keep(session, fingerprint="f", note="spam", place="cur/\udcff", now=NOW)
    assert not returns.keep(session, fingerprint="f", note="spam", place="cur/\udcff", now=NOW)
    assert [(k.note, k.place) for k in returns.kept(session)] == [("spam", "cur/?")]
    assert returns.forget(session, before=NOW) == 0
    assert returns.forget(session, before=NOW + WEEK) == 1
