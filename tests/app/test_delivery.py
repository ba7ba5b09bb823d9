"""Posting the outbox to a real SMTP server that says yes, no, later, or nothing at all."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app import delivery, wiring
from app.delivery import DeliveryCounts
from app.settings import Settings
from app.wiring import House
from mail.outcomes import Accepted, Refused, TryLater, Unknown
from mail.smtp import Transport
from models import outbox, subscribers, suppressions
from models.claims import Claimed
from models.due import active_without_plan
from tests.app.conftest import Clock
from tests.app.people import add, plan
from tests.builders import take_letters
from tests.mail.servers import Behaviour, a_server, hangs_up, says


@contextmanager
def posted_to(behaviour: Behaviour) -> Iterator[Transport]:
    with a_server(behaviour) as server, Transport(f"smtp://127.0.0.1:{server.port}", connections=2) as way:
        yield way


def refusing(*names: str, reply: str) -> Callable[..., object]:
    async def rcpt(_server: object, address: str) -> str | None:
        return reply if address.partition("@")[0] in names else None

    return rcpt


def states(house: House) -> dict[str, int]:
    with house.sessions() as session:
        return {state: n for state, n in outbox.counts(session).items() if n}


def deliver(house: House, way: delivery.Way, limit: int = 100) -> DeliveryCounts:
    return delivery.deliver_batch(house, way, worker="one", limit=limit, now=house.clock())


def claimed(house: House) -> Claimed:
    with house.sessions.begin() as session:
        return take_letters(session, worker="test", limit=1, lease_s=300, now=house.clock())[0]


def written(house: House, rows: list[Claimed]) -> delivery._Written:
    with house.sessions() as session:
        return delivery._written(house, session, rows)


def test_every_waiting_mail_is_posted_once(house: House) -> None:
    plan(house, *add(house, "ana", "ben"))
    server = Behaviour()
    with posted_to(server) as way:
        assert deliver(house, way).sent == 2
        assert deliver(house, way) == DeliveryCounts()
    assert sorted(a.recipients[0] for a in server.arrived) == ["ana@example.org", "ben@example.org"]
    assert states(house) == {"sent": 2}


def test_a_mail_carries_everything_that_senders_must_say(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    server = Behaviour()
    with posted_to(server) as way:
        deliver(house, way)
    mail = email.message_from_bytes(server.arrived[0].content, policy=email.policy.SMTP)
    assert mail["To"] == "Ana <ana@example.org>"
    assert mail["From"] == house.settings.mail_from
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith(f"<{house.settings.public_url}/u/")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "ana" not in mail["Message-ID"].lower()
    assert server.arrived[0].sender.startswith("b+")
    text = mail.get_body(("plain",)).get_content()
    assert "Ana" in text
    assert house.settings.postal_address in text


def test_a_second_try_is_the_same_mail_byte_for_byte(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    row = claimed(house)
    first = delivery.message(house, row)
    clock.forward(hours=7)
    assert delivery.message(house, row) == first


def test_an_address_that_is_gone_is_never_written_to_again(house: House, clock: Clock) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    with posted_to(Behaviour(rcpt=refusing("ana", reply="550 5.1.1 no such user"))) as way:
        counts = deliver(house, way)
    assert (counts.sent, counts.failed, counts.suppressed) == (1, 1, 1)
    with house.sessions() as session:
        assert suppressions.is_suppressed(session, "ana@example.org")
        assert active_without_plan(session, (clock() + timedelta(days=8)).date()) == [ben.id]


def test_a_mail_refused_for_its_content_does_not_bar_the_address(house: House) -> None:
    plan(house, *add(house, "ana"))
    with posted_to(Behaviour(data=says("554 5.7.1 looks like spam"))) as way:
        counts = deliver(house, way)
    assert (counts.failed, counts.suppressed) == (1, 0)


def test_a_mail_put_off_is_tried_again_later_and_not_before(house: House, clock: Clock) -> None:
    plan(house, *add(house, "ana"))
    server = Behaviour(rcpt=refusing("ana", reply="451 4.7.1 greylisted"))
    with posted_to(server) as way:
        assert deliver(house, way).deferred == 1
        clock.forward(minutes=4)
        assert deliver(house, way).claimed == 0
        clock.forward(minutes=2)
        server.rcpt = None
        assert deliver(house, way).sent == 1


def test_a_mail_put_off_for_two_days_is_given_up(house: House, clock: Clock) -> None:
    plan(house, *add(house, "ana"))
    tries = 0
    with posted_to(Behaviour(rcpt=refusing("ana", reply="451 4.3.2 busy"))) as way:
        for _ in range(60):
            tries += deliver(house, way).claimed
            clock.forward(hours=1)
    assert states(house) == {"failed": 1}
    assert 5 <= tries <= 12


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 5), (2, 10), (3, 20), (8, 640)])
def test_the_wait_after_each_try(house: House, attempts: int, minutes: int) -> None:
    plan(house, *add(house, "ana"))
    row = claimed(house)
    tried = Claimed(row.id, row.subscriber, row.week_of, row.kind, row.message_id, row.created_at, attempts, row.week)
    result = delivery.settled(tried, TryLater(451, "busy"), resend=False, now=house.clock())
    assert result.retry_at == house.clock() + timedelta(minutes=minutes)


def test_the_wait_is_never_more_than_a_day_and_ends_two_days_after_the_mail_was_queued(
    house: House, clock: Clock
) -> None:
    plan(house, *add(house, "ana"))
    row = claimed(house)
    tried = Claimed(row.id, row.subscriber, row.week_of, row.kind, row.message_id, row.created_at, 40, row.week)
    result = delivery.settled(tried, TryLater(451, "busy"), resend=False, now=clock())
    assert result.retry_at == clock() + timedelta(days=1)
    clock.forward(days=1, minutes=1)
    assert delivery.settled(tried, TryLater(451, "busy"), resend=False, now=clock()).state == "failed"


def test_a_server_that_is_away_costs_nothing_but_time(house: House) -> None:
    plan(house, *add(house, "ana", "ben"))
    with Transport("smtp://127.0.0.1:1", timeout_s=2) as way:
        assert deliver(house, way).deferred == 2
    assert states(house) == {"deferred": 2}


def test_a_mail_of_unknown_fate_is_held_and_never_sent_again_by_itself(house: House, clock: Clock) -> None:
    plan(house, *add(house, "ana"))
    with posted_to(Behaviour(data=hangs_up)) as way:
        assert deliver(house, way).ambiguous == 1
        clock.forward(days=1)
        assert deliver(house, way).claimed == 0
    with house.sessions() as session:
        assert len(outbox.held(session)) == 1


def test_by_setting_a_mail_of_unknown_fate_is_sent_again(home: object, house: House, clock: Clock) -> None:
    plan(house, *add(house, "ana"))
    chosen = house.settings.model_copy(update={"ambiguous": "resend"})
    server = Behaviour(data=hangs_up)
    with wiring.open_house(chosen, clock=clock) as resending, posted_to(server) as way:
        assert deliver(resending, way).deferred == 1
        clock.forward(minutes=6)
        server.data = None
        assert deliver(resending, way).sent == 1


def test_a_delivery_stops_when_too_many_are_refused(house: House) -> None:
    names = [f"r{i:03}" for i in range(150)]
    plan(house, *add(house, *names))
    with posted_to(Behaviour(rcpt=refusing(*names[:60], reply="550 5.7.1 go away"))) as way:
        counts = delivery.deliver_all(house, way, worker="one")
    assert counts.failed == 60
    assert counts.sent == 40
    assert "60 of 100" in counts.stopped
    assert "STRIDEWELL_REFUSAL_LIMIT" in counts.stopped


def test_what_a_stopped_delivery_left_behind_goes_out_with_a_later_one(house: House, clock: Clock) -> None:
    names = [f"r{i:03}" for i in range(150)]
    plan(house, *add(house, *names))
    server = Behaviour(rcpt=refusing(*names[:60], reply="550 5.7.1 go away"))
    with posted_to(server) as way:
        delivery.deliver_all(house, way, worker="one")
        clock.forward(seconds=house.settings.lease_s + 1)
        assert delivery.deliver_all(house, way, worker="two").sent == 50
    assert states(house) == {"failed": 60, "sent": 90}


def test_two_deliveries_at_once_post_no_mail_twice(house: House) -> None:
    plan(house, *add(house, *(f"r{i}" for i in range(30))))
    server = Behaviour()
    with posted_to(server) as way:
        other = claimed(house)
        assert deliver(house, way).sent == 29
    assert other.subscriber.email not in [a.recipients[0] for a in server.arrived]


def test_a_runner_who_unsubscribed_meanwhile_gets_no_mail(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    with house.sessions.begin() as session:
        subscribers.unsubscribe(session, ana.id, now=house.clock(), reason="test")
    server = Behaviour()
    with posted_to(server) as way:
        deliver(house, way)
    assert [a.recipients for a in server.arrived] == [["ben@example.org"]]


def test_a_runner_who_unsubscribes_while_the_mail_is_being_written_gets_none(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    server = Behaviour()
    with posted_to(server) as way:
        with house.sessions.begin() as session:
            rows = take_letters(session, worker="one", limit=9, lease_s=300, now=house.clock())
            subscribers.unsubscribe(session, ana.id, now=house.clock(), reason="test")
        counts, _ = delivery._post(house, way, written(house, rows), "one")
    assert counts.sent == 1
    assert [a.recipients for a in server.arrived] == [["ben@example.org"]]


def test_what_another_worker_has_taken_over_is_left_to_it(house: House, clock: Clock) -> None:
    plan(house, *add(house, "ana"))
    with house.sessions.begin() as session:
        rows = take_letters(session, worker="slow", limit=9, lease_s=10, now=clock())
    clock.forward(seconds=11)
    server = Behaviour()
    with posted_to(server) as way:
        assert deliver(house, way).sent == 1
        delivery._post(house, way, written(house, rows), "slow")
    assert len(server.arrived) == 1
    assert states(house) == {"sent": 1}


def test_a_slow_rate_claims_no_more_than_a_lease_can_hold(home: object, clock: Clock, house: House) -> None:
    plan(house, *add(house, *(f"r{i}" for i in range(12))))
    slow = Settings(
        home=house.settings.home,
        secret_key=house.settings.secret_key,
        smtp_url="smtp://127.0.0.1:1",
        send_rate=0.5,
        lease_s=20,
        mail_from="A <a@example.org>",
        postal_address="1 Mill Lane",
    )
    with wiring.open_house(slow, clock=clock) as opened, posted_to(Behaviour()) as way:
        counts = deliver(opened, way)
    assert (counts.claimed, counts.more) == (5, True)


def test_a_mail_that_cannot_be_written_fails_by_itself(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    with house.sessions.begin() as session:
        outbox.queue(session, [(ana.id, house.clock().date(), "unheard-of")], now=house.clock())
    plan(house, ben)
    with posted_to(Behaviour()) as way:
        counts = deliver(house, way)
    assert (counts.sent, counts.failed) == (1, 1)


def test_the_embedded_mailbox_keeps_each_mail_as_a_file(house: House) -> None:
    plan(house, *add(house, "ana", "ben"))
    with wiring.transport(house) as way:
        assert delivery.deliver_all(house, way, worker=house.worker).sent == 2
    files = list(house.settings.mailbox_folder.glob("*.eml"))
    assert len(files) == 2
    assert all(file.name.startswith("weekly.2026-11-23.") for file in files)


def test_every_outcome_has_its_place_in_the_ledger(house: House) -> None:
    plan(house, *add(house, "ana"))
    row = claimed(house)
    outcomes = [Accepted("250 ok"), Refused(550, "5.1.1 no"), TryLater(0, "away"), Unknown("lost")]
    now = house.clock()
    assert [delivery.settled(row, o, resend=False, now=now).state for o in outcomes] == [
        "sent",
        "failed",
        "deferred",
        "ambiguous",
    ]
