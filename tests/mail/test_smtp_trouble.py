from __future__ import annotations

import asyncio
import socket

import pytest
from aiosmtpd.smtp import SMTP

from mail.outcomes import Accepted, TryLater, Unknown
from tests.mail.posting import BOTH_WAYS, MAIL, SOON_S, Clock, a_transport, mail_to, posting
from tests.mail.servers import (
    Behaviour,
    a_script,
    a_server,
    hangs,
    hangs_up,
    says_and_closes,
)


@BOTH_WAYS
def test_a_server_that_ends_the_connection_after_two_mails_gets_the_rest_over_new_ones(pipelining):
    served: dict[object, int] = {}

    async def two_each(server, address):
        served[server] = served.get(server, 0) + 1
        if served[server] > 2:
            return await says_and_closes("421 4.7.0 enough for one connection")(server, address)
        return None

    behaviour = Behaviour(pipelining=pipelining, mail=two_each)
    with posting(behaviour, connections=1) as transport:
        outcomes = transport.send_batch([MAIL] * 7)
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert behaviour.greetings == 4


@BOTH_WAYS
def test_a_connection_closed_while_idle_is_made_again(pipelining):
    behaviour = Behaviour(pipelining=pipelining)
    with a_server(behaviour) as at, a_transport(at.port) as transport:
        assert isinstance(transport.send(MAIL), Accepted)
        at.hang_up()
        assert isinstance(transport.send(MAIL), Accepted)
    assert behaviour.greetings == 2


@BOTH_WAYS
@pytest.mark.parametrize("stage", ["mail", "rcpt"])
def test_421_every_time_is_for_later(pipelining, stage):
    behaviour = Behaviour(pipelining=pipelining, **{stage: says_and_closes("421 4.3.2 closing")})
    with posting(behaviour) as transport:
        assert transport.send(MAIL) == TryLater(421, "4.3.2 closing")


def test_421_in_place_of_a_greeting_is_for_later():
    with a_script((b"", b"421 4.7.0 too busy\r\n"), (b"", None)) as at, a_transport(at.port) as transport:
        assert transport.send(MAIL) == TryLater(421, "4.7.0 too busy")


def test_421_after_the_whole_mail_is_for_later_since_it_is_an_answer():
    behaviour = Behaviour(data=says_and_closes("421 4.3.0 cannot store"))
    with posting(behaviour) as transport:
        assert transport.send(MAIL) == TryLater(421, "4.3.0 cannot store")
    assert behaviour.arrived == []


@BOTH_WAYS
@pytest.mark.parametrize("stage", ["mail", "rcpt"])
def test_a_connection_lost_before_the_dot_is_for_later(pipelining, stage):
    with posting(Behaviour(pipelining=pipelining, **{stage: hangs_up})) as transport:
        outcome = transport.send(MAIL)
    assert isinstance(outcome, TryLater)
    assert outcome.code == 0


@BOTH_WAYS
def test_a_connection_lost_after_the_dot_leaves_the_mail_unknown_and_it_is_not_sent_again(pipelining):
    behaviour = Behaviour(pipelining=pipelining, data=hangs_up)
    with posting(behaviour, connections=1) as transport:
        unknown = transport.send(MAIL)
        assert isinstance(unknown, Unknown)
        behaviour.data = None
        assert isinstance(transport.send(MAIL), Accepted)
    assert behaviour.greetings == 2
    assert len(behaviour.arrived) == 1


@BOTH_WAYS
@pytest.mark.parametrize("stage", ["mail", "rcpt"])
def test_silence_before_the_dot_is_for_later(pipelining, stage):
    with posting(Behaviour(pipelining=pipelining, **{stage: hangs}), timeout_s=SOON_S) as transport:
        assert transport.send(MAIL) == TryLater(0, "no answer in time")


def test_silence_after_the_dot_leaves_the_mail_unknown():
    with posting(Behaviour(data=hangs), verdict_s=SOON_S) as transport:
        outcome = transport.send(MAIL)
    assert isinstance(outcome, Unknown)
    assert f"{SOON_S:g} s" in outcome.text


def test_the_answer_to_the_whole_mail_may_take_longer_than_others():
    async def thinks(server, address):
        await asyncio.sleep(3 * SOON_S)

    with posting(Behaviour(data=thinks), timeout_s=SOON_S, verdict_s=30.0) as transport:
        assert isinstance(transport.send(MAIL), Accepted)


class _StopsReading(SMTP):
    async def smtp_DATA(self, _arg):  # noqa: N802
        await self.push("354 go on")
        self.transport.pause_reading()
        await asyncio.Event().wait()


def test_a_server_that_stops_reading_in_the_middle_is_for_later():
    big = mail_to("ann@example.org", b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 300_000)
    with (
        a_server(Behaviour(), kind=_StopsReading, data_size_limit=None) as at,
        a_transport(at.port, timeout_s=SOON_S) as transport,
    ):
        outcome = transport.send(big)
    assert isinstance(outcome, TryLater)
    assert "sending" in outcome.text


def test_silence_in_place_of_a_greeting_is_for_later():
    with a_script() as at, a_transport(at.port, timeout_s=SOON_S) as transport:
        outcome = transport.send(MAIL)
    assert isinstance(outcome, TryLater)
    assert outcome.text == f"127.0.0.1:{at.port} cannot be reached: it did not answer within {SOON_S:g} s"


def test_a_closed_port_is_for_later():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with a_transport(taken.getsockname()[1]) as transport:
            outcomes = transport.send_batch([MAIL] * 9)
    assert len(set(outcomes)) == 1
    assert isinstance(outcomes[0], TryLater)
    assert "cannot be reached" in outcomes[0].text


def test_a_server_that_fails_mail_after_mail_does_not_hold_the_batch():
    behaviour = Behaviour(rcpt=hangs)
    with posting(behaviour, connections=2, timeout_s=SOON_S) as transport:
        outcomes = transport.send_batch([MAIL] * 500)
    assert len(outcomes) == 500
    assert all(isinstance(outcome, TryLater) for outcome in outcomes)
    assert outcomes[-1].text.startswith("not tried")
    assert behaviour.greetings <= 6


@pytest.mark.parametrize(
    "nonsense", [b"hello there\r\n", b"999 x\r\n", b"\xff\xfe\r\n", b"250" + b" x" * 9000 + b"\r\n", b"354 again\r\n"]
)
def test_nonsense_after_the_dot_leaves_the_mail_unknown_and_before_it_is_for_later(nonsense):
    greeting = (b"", b"220 hello\r\n"), (b"EHLO sender.test\r\n", b"250 server.test\r\n")
    with (
        a_script(
            *greeting,
            (b"MAIL", b"250 ok\r\n"),
            (b"RCPT", b"250 ok\r\n"),
            (b"DATA", b"354 go\r\n"),
            (b"\r\n.\r\n", nonsense),
        ) as at,
        a_transport(at.port, timeout_s=5.0) as transport,
    ):
        assert isinstance(transport.send(MAIL), Unknown)
    with a_script(*greeting, (b"MAIL", nonsense)) as at, a_transport(at.port, timeout_s=5.0) as transport:
        assert isinstance(transport.send(MAIL), TryLater)


def test_a_5xx_greeting_is_for_later_since_it_is_about_us():
    with (
        a_script((b"", b"554 5.7.1 your address is blocked\r\n"), (b"", None)) as at,
        a_transport(at.port) as transport,
    ):
        assert transport.send(MAIL) == TryLater(554, "5.7.1 your address is blocked")


def test_a_server_that_goes_down_between_two_mails_is_for_later():
    with a_server(Behaviour()) as at, a_transport(at.port) as transport:
        assert isinstance(transport.send(MAIL), Accepted)
        at.stop_listening()
        at.hang_up()
        outcome = transport.send(MAIL)
    assert isinstance(outcome, TryLater)
    assert "cannot be reached" in outcome.text


@pytest.mark.parametrize("connections", [1, 3])
def test_a_batch_that_is_interrupted_ends_soon_and_the_next_one_is_not_confused(connections):
    waited = []

    def interrupted(seconds):
        waited.append(seconds)
        if len(waited) == 5:
            raise KeyboardInterrupt

    behaviour = Behaviour()
    clock = Clock()
    with posting(behaviour, connections=connections, rate=1000, clock=clock, pause=interrupted) as transport:
        with pytest.raises(KeyboardInterrupt):
            transport.send_batch([MAIL] * 10_000)
        arrived = len(behaviour.arrived)
        assert arrived < 2000
        assert isinstance(transport.send(MAIL), Accepted)
        assert len(behaviour.arrived) == arrived + 1
