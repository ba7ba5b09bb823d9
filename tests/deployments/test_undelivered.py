"""Mails that are not known to have arrived are named, each with what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import weekly, wiring
from app.settings import Settings
from app.wiring import House
from deployments.undelivered import settle_arrived, told, undelivered
from models import claims, outbox
from models.claims import Settled
from models.outbox import State
from tests.app.people import add
from tests.builders import MONDAY, take_letters

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with wiring.open_house(Settings(home=tmp_path, secret_key=("k" * 40,)), upgrade=True, clock=lambda: NOW) as opened:
        yield opened


def test_what_was_being_posted_when_a_run_was_killed_is_named_until_it_is_held(house: House) -> None:
    runners = add(house, "ana", "ben", "eve")
    weekly.plan(house, [r.id for r in runners], MONDAY, now=NOW)
    with house.sessions.begin() as session:
        ana, ben, eve = take_letters(session, worker="one", limit=3, lease_s=300, now=NOW)
        claims.mark_sending(session, [ana.id, ben.id], now=NOW)
        claims.settle(session, [Settled(ana.id, "sent", "250 OK")], now=NOW)
    with house.sessions() as session:
        found = undelivered(session, runners)
    assert [(u.name, u.state, u.until) for u in found] == [
        ("Ben", State.SENDING, NOW + timedelta(minutes=10)),
        ("Eve", State.CLAIMED, NOW + timedelta(minutes=5)),
    ]
    words = told(found)
    assert ben.message_id in words
    assert eve.message_id in words
    assert "Run it again after" in words
    assert "stridewell outbox held" in words

    later = NOW + timedelta(minutes=11)
    with house.sessions.begin() as session:
        assert [c.id for c in take_letters(session, worker="two", limit=3, lease_s=300, now=later)] == [eve.id]
        claims.settle(session, [Settled(eve.id, "sent", "250 OK")], now=later)
    with house.sessions() as session:
        (held,) = undelivered(session, runners)
    assert held.state is State.AMBIGUOUS
    assert "held for you" in told([held])
    assert "Run it again" not in told([held])


def test_what_a_killed_run_had_posted_counts_as_sent(house: House) -> None:
    runners = add(house, "ana", "ben")
    weekly.plan(house, [r.id for r in runners], MONDAY, now=NOW)
    with house.sessions.begin() as session:
        ana, ben = take_letters(session, worker="one", limit=2, lease_s=300, now=NOW)
        claims.mark_sending(session, [ana.id, ben.id], now=NOW)
        assert settle_arrived(session, runners, {ana.message_id, "weekly.of.another"}, now=NOW) == 1
    with house.sessions() as session:
        assert [mail.message_id for mail in undelivered(session, runners)] == [ben.message_id]
        assert outbox.counts(session)["sent"] == 1


def test_nothing_is_named_when_all_has_been_sent(house: House) -> None:
    runners = add(house, "ana")
    with house.sessions() as session:
        assert undelivered(session, runners) == []
