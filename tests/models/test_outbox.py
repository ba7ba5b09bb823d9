"""A letter is sent once: claimed, handed over, settled; and held where nobody can know."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from coach.errors import StridewellError
from models import claims, erasing, outbox, plans, subscribers, suppressions
from models.claims import Settled
from models.people import Status
from tests.builders import MONDAY, SUNDAY_EVENING, a_week, take_letters
from tests.models.seeds import NEXT_MONDAY, many_signed_up, signed_up, with_plan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.claims import Claimed
    from models.people import Subscriber

NOW = SUNDAY_EVENING
LATER = NOW + timedelta(hours=1)


def claim(session: Session, worker: str = "w1", **changes: Any) -> list[Claimed]:
    return take_letters(session, **{"worker": worker, "limit": 100, "lease_s": 60, "now": NOW} | changes)


def states(session: Session) -> dict[str, int]:
    return {state: number for state, number in outbox.counts(session).items() if number}


@pytest.fixture
def ana(session: Session) -> Subscriber:
    """A runner with a plan and a letter waiting."""
    ana = signed_up(session)
    with_plan(session, ana.id)
    return ana


def in_state(session: Session, state: str) -> int:
    """The id of the one letter, brought to a state."""
    [letter] = claim(session)
    if state == "claimed":
        return letter.id
    assert claims.mark_sending(session, [letter.id], now=NOW) == [letter.id]
    if state != "sending":
        retry_at = LATER if state == "deferred" else None
        assert claims.settle(session, [Settled(letter.id, state, "told", retry_at)], now=NOW) == 1  # type: ignore[arg-type]
    return letter.id


def test_a_claimed_letter_brings_the_runner_and_the_week(session: Session, ana: Subscriber) -> None:
    [letter] = claim(session)
    assert (letter.subscriber, letter.week_of, letter.kind, letter.week) == (ana, MONDAY, "weekly", a_week())
    assert (letter.attempts, letter.created_at) == (1, NOW)
    assert states(session) == {"claimed": 1}


def test_a_letter_of_another_kind_needs_no_plan(session: Session) -> None:
    ana = signed_up(session)
    assert outbox.queue(session, [(ana.id, MONDAY, "safety")], now=NOW) == 1
    assert outbox.queue(session, [(ana.id, MONDAY, "safety")], now=LATER) == 0
    [letter] = claim(session)
    assert (letter.kind, letter.week) == ("safety", None)


def test_the_message_id_is_stable_and_shows_neither_runner_nor_address(session: Session, ana: Subscriber) -> None:
    [letter] = claim(session)
    assert letter.message_id == outbox.message_id(ana.key, MONDAY, "weekly")
    assert letter.message_id.startswith("weekly.2026-11-23.")
    assert ana.key not in letter.message_id
    others = {outbox.message_id(ana.key, NEXT_MONDAY, "weekly"), outbox.message_id("other", MONDAY, "weekly")}
    assert letter.message_id not in others | {outbox.message_id(ana.key, MONDAY, "safety")}


def test_a_letter_goes_from_pending_to_sent_and_is_never_claimed_again(session: Session, ana: Subscriber) -> None:
    in_state(session, "sent")
    assert states(session) == {"sent": 1}
    assert claim(session, now=NOW + timedelta(days=400)) == []


def test_a_claimed_letter_is_nobody_elses_until_its_lease_ends(session: Session, ana: Subscriber) -> None:
    [first] = claim(session, "w1", lease_s=60)
    assert claim(session, "w2", now=NOW + timedelta(seconds=59)) == []
    [second] = claim(session, "w2", now=NOW + timedelta(seconds=60))
    assert (second.id, second.attempts, second.message_id) == (first.id, 2, first.message_id)


def test_a_worker_whose_lease_ended_may_not_hand_over_what_another_holds(session: Session, ana: Subscriber) -> None:
    [letter] = claim(session, "w1", lease_s=60)
    then = NOW + timedelta(seconds=61)
    claim(session, "w2", now=then)
    assert claims.mark_sending(session, [letter.id], now=then, worker="w1") == []
    assert claims.mark_sending(session, [letter.id], now=then, worker="w2") == [letter.id]
    assert claims.settle(session, [Settled(letter.id, "deferred", "no line", LATER)], now=then, worker="w1") == 0
    assert claims.settle(session, [Settled(letter.id, "sent", "250 ok")], now=then, worker="w2") == 1


def test_a_letter_is_handed_over_only_once(session: Session, ana: Subscriber) -> None:
    [letter] = claim(session)
    assert claims.mark_sending(session, [letter.id, letter.id], now=NOW) == [letter.id]
    assert claims.mark_sending(session, [letter.id], now=NOW) == []


def test_a_letter_being_sent_when_its_worker_died_is_held_not_sent_again(session: Session, ana: Subscriber) -> None:
    in_state(session, "sending")
    much_later = NOW + timedelta(seconds=claims.SENDING_LEASE_S)
    assert claim(session, "w2", now=much_later) == []
    [held] = outbox.held(session)
    assert (held.subscriber_id, held.week_of, held.since) == (ana.id, MONDAY, much_later)
    assert states(session) == {"ambiguous": 1}


def test_a_result_that_comes_after_the_lease_still_counts(session: Session, ana: Subscriber) -> None:
    number = in_state(session, "sending")
    assert claims.expire(session, now=NOW + timedelta(hours=1)) == 1
    assert claims.settle(session, [Settled(number, "sent", "250 ok")], now=NOW + timedelta(hours=1)) == 1
    assert outbox.held(session) == []


def test_a_deferred_letter_comes_again_when_its_time_has_come(session: Session, ana: Subscriber) -> None:
    in_state(session, "deferred")
    assert claim(session, now=LATER - timedelta(seconds=1)) == []
    [letter] = claim(session, now=LATER)
    assert letter.attempts == 2


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_what_is_settled_for_good_stays_so(session: Session, ana: Subscriber, state: str) -> None:
    number = in_state(session, state)
    assert claims.settle(session, [Settled(number, "deferred", "late", LATER)], now=NOW) == 0
    assert claims.mark_sending(session, [number], now=NOW) == []
    assert not outbox.release(session, number, "resend", now=NOW)
    assert states(session) == {state: 1}


def test_a_result_for_a_letter_that_waits_again_is_not_taken(session: Session, ana: Subscriber) -> None:
    number = in_state(session, "deferred")
    assert claims.settle(session, [Settled(number, "sent", "250 ok")], now=NOW) == 0


@pytest.mark.parametrize(("action", "state"), [("resend", "pending"), ("settled", "sent")])
def test_a_person_decides_on_what_is_held(session: Session, ana: Subscriber, action: Any, state: str) -> None:
    number = in_state(session, "ambiguous")
    assert outbox.release(session, number, action)
    assert not outbox.release(session, number, action, now=NOW)
    assert states(session) == {state: 1}


def test_a_letter_sent_again_by_hand_is_the_same_letter(session: Session, ana: Subscriber) -> None:
    number = in_state(session, "ambiguous")
    [held] = outbox.held(session)
    outbox.release(session, number, "resend", now=NOW)
    [letter] = claim(session)
    assert (letter.id, letter.message_id) == (held.id, held.message_id)


def test_a_letter_to_one_who_unsubscribed_is_stopped_at_the_claim(session: Session, ana: Subscriber) -> None:
    outbox.queue(session, [(ana.id, MONDAY, "safety")], now=NOW)
    subscribers.unsubscribe(session, ana.id, now=NOW, reason="link")
    assert claim(session) == []
    assert states(session) == {"failed": 1}


def test_a_letter_to_one_who_unsubscribed_after_the_claim_is_stopped_before_it_is_handed_over(
    session: Session, ana: Subscriber
) -> None:
    [letter] = claim(session)
    subscribers.unsubscribe(session, ana.id, now=NOW, reason="link")
    assert claims.mark_sending(session, [letter.id], now=NOW) == []
    assert states(session) == {"failed": 1}


def test_a_letter_to_an_address_that_bounced_is_stopped(session: Session, ana: Subscriber) -> None:
    suppressions.suppress(session, "ANA@example.org", "bounced", now=NOW)
    assert claim(session) == []
    assert states(session) == {"failed": 1}


def test_a_retry_to_one_who_unsubscribed_meanwhile_is_stopped(session: Session, ana: Subscriber) -> None:
    in_state(session, "deferred")
    subscribers.unsubscribe(session, ana.id, now=NOW, reason="link")
    assert claim(session, now=LATER) == []
    assert states(session) == {"failed": 1}


def test_a_paused_runner_gets_no_weekly_letter_but_one_about_safety(session: Session, ana: Subscriber) -> None:
    in_state(session, "deferred")
    outbox.queue(session, [(ana.id, MONDAY, "safety")], now=NOW)
    subscribers.set_status(session, ana.id, Status.PAUSED, now=NOW)
    assert [letter.kind for letter in claim(session, now=LATER)] == ["safety"]
    assert states(session) == {"claimed": 1, "failed": 1}


@pytest.mark.parametrize("status", [Status.PAUSED, Status.UNSUBSCRIBED])
def test_a_week_nobody_has_been_sent_goes_with_its_runner_and_one_that_was_tried_stays(
    session: Session, ana: Subscriber, status: Status
) -> None:
    ben = signed_up(session, "ben@example.org")
    with_plan(session, ben.id)
    assert [letter.subscriber.id for letter in claim(session, limit=1)] == [ana.id]
    for runner in (ana, ben):
        subscribers.set_status(session, runner.id, status, now=NOW)
    assert [plans.weeks_of(session, runner.id) for runner in (ana, ben)] == [[MONDAY], []]
    assert states(session) == {"claimed": 1}


def test_stopped_letters_do_not_hide_those_behind_them(session: Session) -> None:
    ids = many_signed_up(session, 7)
    with_plan(session, *ids)
    for gone in ids[:5]:
        subscribers.unsubscribe(session, gone, now=NOW, reason="link")
    assert [c.subscriber.id for c in claim(session, limit=2)] == ids[5:]


def test_a_claim_takes_no_more_than_asked_and_the_oldest_first(session: Session) -> None:
    ids = many_signed_up(session, 5)
    with_plan(session, *ids)
    first, second = claim(session, limit=2), claim(session, limit=9)
    assert [c.subscriber.id for c in first + second] == ids
    assert claim(session, limit=0) == []


def test_an_erased_runners_letter_cannot_be_settled_or_sent(session: Session, ana: Subscriber) -> None:
    [letter] = claim(session)
    erasing.erase(session, ana, now=NOW)
    assert claims.mark_sending(session, [letter.id], now=NOW) == []
    assert claims.settle(session, [Settled(letter.id, "sent", "250 ok")], now=NOW) == 0


def test_counts_are_of_one_week_or_of_all_and_show_zeros(session: Session, ana: Subscriber) -> None:
    with_plan(session, ana.id, week_of=NEXT_MONDAY)
    assert outbox.counts(session)["pending"] == 2
    assert outbox.counts(session, NEXT_MONDAY)["pending"] == 1
    assert outbox.counts(session, NEXT_MONDAY) == {
        "pending": 1, "claimed": 0, "sending": 0, "sent": 0, "deferred": 0, "failed": 0, "ambiguous": 0,
    }  # fmt: skip


def test_nothing_to_do_is_nothing_done(session: Session) -> None:
    assert claim(session) == []
    assert claims.mark_sending(session, [], now=NOW) == []
    assert claims.settle(session, [], now=NOW) == 0
    assert outbox.queue(session, [], now=NOW) == 0


def test_only_a_deferred_letter_has_a_moment_to_try_again() -> None:
    with pytest.raises(StridewellError, match="letter 7"):
        Settled(7, "deferred", "421 busy")
    with pytest.raises(StridewellError, match="letter 7"):
        Settled(7, "sent", "250 ok", LATER)
