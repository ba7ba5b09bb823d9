"""The delivery flow against a real server and the embedded mailbox."""

from __future__ import annotations

import pytest

from app.wiring import House
from mail.mailbox_letters import letters
from models import claims, outbox
from tests.app.people import add
from tests.builders import take_letters
from tests.flows.conftest import Server
from tests.flows.people import planned
from tests.flows.runs import run, table
from tests.mail.servers import Behaviour, a_server, says

pytestmark = pytest.mark.prefect


def test_each_waiting_mail_is_posted_exactly_once(server: Server, house: House) -> None:
    from flows.deliver import deliver

    planned(house, *add(house, "ana", "ben"))
    first, number = run(deliver)
    again, _ = run(deliver)
    assert (first.sent, again.sent) == (2, 0)
    kept = letters(house.settings.mailbox_folder)
    assert sorted(to for letter in kept for to in letter.envelope_to) == ["ana@example.org", "ben@example.org"]
    assert len({letter.message_id for letter in kept}) == 2
    rows = {row["mails"]: (row["this run"], row["whole outbox"]) for row in table(server, number, "delivery-run")}
    assert rows == {"sent": (2, 2), "to be tried again": (0, 0), "failed": (0, 0), "unsure: held for you": (0, 0)}
    assert server.artifacts(number)["delivery-run"]["description"] == "2 sent, 0 still to go."


def test_what_a_dead_worker_had_in_hand_is_still_to_go(server: Server, house: House) -> None:
    from flows.deliver import deliver

    planned(house, *add(house, "ana", "ben", "cleo"))
    with house.sessions.begin() as session:
        _, second = take_letters(session, worker="dead", limit=2, lease_s=300, now=house.clock())
        claims.mark_sending(session, [second.id], now=house.clock(), worker="dead")
    total, number = run(deliver)
    assert total.sent == 1
    rows = {row["mails"]: row["whole outbox"] for row in table(server, number, "delivery-run")}
    assert (rows["taken by a worker"], rows["being posted"]) == (1, 1)
    assert server.artifacts(number)["delivery-run"]["description"] == "1 sent, 2 still to go."


def test_a_delivery_that_is_refused_all_along_stops_and_shows_as_failed(
    server: Server, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.deliver import DeliveryStopped, deliver

    planned(house, *add(house, *(f"r{n}" for n in range(25))))
    monkeypatch.setenv("STRIDEWELL_POSTAL_ADDRESS", "1 Mill Lane, Leeds")
    monkeypatch.setenv("STRIDEWELL_MAIL_FROM", "coach@example.org")
    with a_server(Behaviour(rcpt=says("550 5.7.1 go away"))) as smtp:
        monkeypatch.setenv("STRIDEWELL_SMTP_URL", f"smtp://127.0.0.1:{smtp.port}")
        state = deliver(return_state=True)
    assert state.is_failed()
    with pytest.raises(DeliveryStopped, match="STRIDEWELL_REFUSAL_LIMIT"):
        state.result()
    assert "were refused" in server.artifacts(state.state_details.flow_run_id)["delivery-run"]["description"]
    with house.sessions() as session:
        assert outbox.counts(session)["failed"] >= 20
