"""The operator learns by mail how a day went: numbers, and what needs a hand, without a name or a word of health."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import delivery, operating, returning, wiring
from app.settings import Settings
from app.wiring import House
from mail.smtp import Transport
from models import claims
from models.claims import Settled
from tests.app.conftest import KEY, Clock
from tests.app.people import add, plan
from tests.builders import take_letters
from tests.mail import returned
from tests.mail.servers import Behaviour, a_server

DAY = date(2026, 11, 22)
"""A Sunday; the clock of the tests stands at 18:00 of it."""


@pytest.fixture
def told(home: Path, clock: Clock) -> Iterator[House]:
    settings = Settings(home=home, secret_key=(KEY,), operator="ops@example.org")
    with wiring.open_house(settings, clock=clock) as opened:
        yield opened


def post(do: Callable[[Transport], bool]) -> tuple[bool, list[tuple[str, str, str]]]:
    """What was returned, and the mails that went out: recipient, subject, text."""
    server = Behaviour()
    with a_server(server) as running, Transport(f"smtp://127.0.0.1:{running.port}", connections=1) as way:
        done = do(way)
    mails = []
    for arrived in server.arrived:
        mail = email.message_from_bytes(arrived.content, policy=email.policy.SMTP)
        mails.append((arrived.recipients[0], mail["Subject"], mail.get_body(("plain",)).get_content()))
    return done, mails


def test_without_an_address_nobody_is_told(house: House) -> None:
    assert post(lambda way: operating.tell(house, way, DAY)) == (False, [])


def test_an_operator_may_have_a_name_beside_the_address(home: Path, clock: Clock) -> None:
    settings = Settings(home=home, secret_key=(KEY,), operator="Ops <ops@example.org>")
    with wiring.open_house(settings, clock=clock) as opened:
        done, mails = post(lambda way: operating.tell(opened, way, DAY))
    assert (done, [to for to, *_ in mails]) == (True, ["ops@example.org"])


def test_a_quiet_day_is_all_is_well_in_numbers(told: House) -> None:
    ana, ben = add(told, "ana", "ben")
    plan(told, ana, ben)
    post(lambda way: delivery.deliver_all(told, way, worker="w").sent == 2)
    done, [(to, subject, text)] = post(lambda way: operating.tell(told, way, DAY))
    assert (done, to, subject) == (True, "ops@example.org", "Stridewell: all is well")
    for line in ("2  runners with a programme", "2  weeks planned", "2  weekly mails sent", "0  mails that failed"):
        assert line in text
    assert "ana" not in text.lower()
    assert "@" not in text


def test_what_needs_a_hand_comes_first(told: House, clock: Clock) -> None:
    plan(told, *add(told, "ana", "ben"))
    with told.sessions.begin() as session:
        (row,) = take_letters(session, worker="w", limit=1, lease_s=300, now=clock())
        claims.mark_sending(session, [row.id], now=clock(), worker="w")
        claims.settle(session, [Settled(row.id, "ambiguous", "lost")], now=clock(), worker="w")
    _, [(_, subject, text)] = post(lambda way: operating.tell(told, way, DAY))
    assert subject == "Stridewell: two things need a hand"
    assert "! MAILS ARE HELD" in text
    assert "! MAILS WAIT" in text, "the other one has waited since six in the evening"
    assert text.index("stridewell outbox held") < text.index("IN NUMBERS")


def test_what_a_dead_worker_had_in_hand_waits_too(told: House, clock: Clock) -> None:
    plan(told, *add(told, "ana", "ben"))
    with told.sessions.begin() as session:
        assert len(take_letters(session, worker="dead", limit=9, lease_s=300, now=clock())) == 2
    _, [(_, subject, text)] = post(lambda way: operating.tell(told, way, DAY))
    assert subject == "Stridewell: one thing needs a hand"
    assert "2 mails waited for more than an hour." in text


def test_a_day_of_failures_says_so(told: House, clock: Clock) -> None:
    plan(told, *add(told, *(f"r{n}" for n in range(20))))
    with told.sessions.begin() as session:
        rows = take_letters(session, worker="w", limit=20, lease_s=300, now=clock())
        claims.mark_sending(session, [row.id for row in rows], now=clock(), worker="w")
        failed = [Settled(row.id, "failed", "550 no") for row in rows[:10]]
        claims.settle(session, failed + [Settled(row.id, "sent", "250") for row in rows[10:]], now=clock(), worker="w")
    _, [(_, _, text)] = post(lambda way: operating.tell(told, way, DAY))
    assert "10 of 20 mails of this day were not taken." in text


def test_yesterday_is_not_today(told: House) -> None:
    plan(told, *add(told, "ana"))
    _, [(_, _, text)] = post(lambda way: operating.tell(told, way, DAY - timedelta(days=1)))
    assert "0  weeks planned" in text


def test_what_cannot_wait_is_told_at_once_and_once_an_hour(told: House, clock: Clock) -> None:
    def alert(way: Transport) -> bool:
        return operating.alert(told, way, "A delivery was stopped", "Much was refused.", "look.", at=clock())

    done, [(to, subject, _)] = post(alert)
    assert (done, to, subject) == (True, "ops@example.org", "Stridewell: one thing needs a hand")
    clock.forward(minutes=5)
    assert post(alert) == (False, [])
    clock.forward(hours=1)
    done, mails = post(alert)
    assert (done, len(mails)) == (True, 1)


def test_what_came_back_is_told_in_numbers_and_named_when_it_needs_a_hand(told: House, clock: Clock) -> None:
    ana, ben = add(told, "ana", "ben")
    plan(told, ana, ben)
    server = Behaviour()
    with a_server(server) as running, Transport(f"smtp://127.0.0.1:{running.port}", connections=1) as way:
        delivery.deliver_all(told, way, worker="w")
    first, second = (arrived.sender for arrived in server.arrived)
    clock.forward(minutes=5)
    for octets in (returned.bounce(path=first), returned.complaint(path=second), returned.by_a_person()):
        returning.read_one(told, octets, "here", now=clock())
    _, [(_, subject, text)] = post(lambda way: operating.tell(told, way, DAY))
    assert subject == "Stridewell: two things need a hand"
    assert "! RUNNERS CALL THE MAIL SPAM" in text
    assert "! RETURNED MAILS ARE KEPT FOR YOU" in text
    for line in (
        "1  bounces: nobody there",
        "1  complaints of spam",
        "1  returned mails kept for you",
        "2  addresses given up",
    ):
        assert line in text
    assert "@" not in text


def test_a_day_on_which_many_mails_came_back_says_so(told: House, clock: Clock) -> None:
    names = [f"r{n}" for n in range(20)]
    plan(told, *add(told, *names))
    server = Behaviour()
    with a_server(server) as running, Transport(f"smtp://127.0.0.1:{running.port}", connections=1) as way:
        delivery.deliver_all(told, way, worker="w")
    for arrived in server.arrived:
        returning.read_one(told, returned.bounce("5.7.1", path=arrived.sender), "here", now=clock())
    _, [(_, _, text)] = post(lambda way: operating.tell(told, way, DAY))
    assert "20 mails came back on a day on which 20 went out." in text
    assert "20  bounces that may pass" in text
