from __future__ import annotations

import asyncio
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail.outcomes import Accepted, Refused, TryLater
from tests.mail.posting import BOTH_WAYS, MAIL, a_transport, mail_to, posting
from tests.mail.servers import (
    Behaviour,
    a_script,
    a_server,
)


@BOTH_WAYS
def test_a_mail_arrives_with_its_envelope(pipelining):
    behaviour = Behaviour(pipelining=pipelining)
    with posting(behaviour) as transport:
        assert transport.send(MAIL) == Accepted("2.0.0 taken as 1")
    (came,) = behaviour.arrived
    assert (came.sender, came.recipients, came.content) == (MAIL.sender, [MAIL.recipient], MAIL.data)
    assert f"SIZE={len(MAIL.data)}" in came.options


@BOTH_WAYS
def test_many_mails_share_one_connection(pipelining):
    behaviour = Behaviour(pipelining=pipelining)
    with posting(behaviour, connections=1) as transport:
        transport.send_batch([mail_to(f"runner{n}@example.org") for n in range(20)])
        transport.send(MAIL)
    assert behaviour.greetings == 1
    assert [came.recipients[0] for came in behaviour.arrived][:20] == [f"runner{n}@example.org" for n in range(20)]


def test_several_connections_share_a_batch_and_every_outcome_belongs_to_its_mail():
    async def no_odd_ones(server, address):
        return None if int(re.findall(r"\d+", address)[0]) % 2 == 0 else f"550 5.1.1 no {address} here"

    behaviour = Behaviour(rcpt=no_odd_ones)
    with posting(behaviour, connections=3) as transport:
        outcomes = transport.send_batch([mail_to(f"runner{n}@example.org") for n in range(60)])
        transport.send_batch([MAIL] * 12)
    for n, outcome in enumerate(outcomes):
        if n % 2:
            assert outcome == Refused(550, f"5.1.1 no runner{n}@example.org here")
        else:
            assert isinstance(outcome, Accepted)
    assert sorted(came.recipients[0] for came in behaviour.arrived[:30]) == sorted(
        f"runner{n}@example.org" for n in range(0, 60, 2)
    )
    assert behaviour.greetings <= 3


def test_no_mails_are_no_work():
    behaviour = Behaviour()
    with posting(behaviour) as transport:
        assert transport.send_batch([]) == []
    assert behaviour.greetings == 0


def test_the_envelope_of_a_mail_goes_in_one_write_where_the_server_lets_it():
    with (
        a_script(
            (b"", b"220 hello\r\n"),
            (b"EHLO sender.test\r\n", b"250-server.test\r\n250 PIPELINING\r\n"),
            (b"DATA\r\n", b"250 sender\r\n250 recipient\r\n354 go\r\n"),  # nothing is said before DATA has come
            (b"\r\n.\r\n", b"250 taken\r\n"),
        ) as at,
        a_transport(at.port, timeout_s=5.0) as transport,
    ):
        assert transport.send(MAIL) == Accepted("taken")


def test_a_server_that_does_not_offer_pipelining_is_asked_one_by_one():
    early = []

    async def listens(server, address):
        await asyncio.sleep(0.05)
        early.append(bytes(server._reader._buffer))

    with posting(Behaviour(pipelining=False, mail=listens, rcpt=listens)) as transport:
        assert isinstance(transport.send(MAIL), Accepted)
    assert early == [b"", b""]


def test_a_server_that_only_knows_helo_gets_the_mail():
    with (
        a_script(
            (b"", b"220 hello\r\n"),
            (b"EHLO sender.test\r\n", b"502 what\r\n"),
            (b"HELO sender.test\r\n", b"250 hello\r\n"),
            (b"MAIL FROM:<b+7.mac@stridewell.example>\r\n", b"250 ok\r\n"),
            (b"RCPT TO:<ann@example.org>\r\n", b"250 ok\r\n"),
            (b"DATA\r\n", b"354 go\r\n"),
            (b"\r\n.\r\n", b"250 taken\r\n"),
        ) as at,
        a_transport(at.port, timeout_s=5.0) as transport,
    ):
        assert transport.send(MAIL) == Accepted("taken")


@pytest.fixture(scope="module")
def faithful():
    behaviour = Behaviour()
    with a_server(behaviour) as at, a_transport(at.port, connections=1) as transport:
        yield behaviour, transport


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([b".", b"..", b"\r", b"\n", b"\r\n", b"a", b" ", b"\r\n.\r\n", "é".encode(), b"\0"]),
        max_size=60,
    )
)
@example([])
@example([b".\r\n"])
@example([b"a\n.\nb\r.\rc"])
@example([b"\r\n.\r\nMAIL FROM:<x@evil.example>\r\n"])
@example([b"no end of line"])
def test_lines_of_dots_and_odd_line_ends_arrive_as_lines(faithful, pieces):
    behaviour, transport = faithful
    behaviour.arrived.clear()
    data = b"".join(pieces)
    assert isinstance(transport.send(mail_to("ann@example.org", data)), Accepted)
    (came,) = behaviour.arrived
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    assert came.content == (lines if lines.endswith(b"\r\n") else lines + b"\r\n")


@BOTH_WAYS
def test_greylisting_is_for_later_and_the_next_mail_goes_through(pipelining):
    waits = {"new@example.org"}

    async def greylists(server, address):
        return "451 4.7.1 greylisted, come back" if address in waits else None

    behaviour = Behaviour(pipelining=pipelining, rcpt=greylists)
    with posting(behaviour) as transport:
        first = transport.send_batch([mail_to("new@example.org"), mail_to("old@example.org")])
        assert first[0] == TryLater(451, "4.7.1 greylisted, come back")
        assert isinstance(first[1], Accepted)
        waits.clear()
        assert isinstance(transport.send(mail_to("new@example.org")), Accepted)


@BOTH_WAYS
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_a_no_at_any_stage_is_told_with_its_code_and_leaves_the_connection_usable(pipelining, stage):
    answers = iter(["550 5.7.1 not from you", "452 4.2.2 mailbox full", None])

    async def reply(server, address):
        return next(answers)

    behaviour = Behaviour(pipelining=pipelining, **{stage: reply})
    with posting(behaviour, connections=1) as transport:
        outcomes = transport.send_batch([MAIL] * 3)
    assert outcomes[:2] == [Refused(550, "5.7.1 not from you"), TryLater(452, "4.2.2 mailbox full")]
    assert isinstance(outcomes[2], Accepted)
    assert behaviour.greetings == 1
    assert len(behaviour.arrived) == 1


def test_a_refusal_tells_whether_the_mailbox_is_gone():
    async def reply(server, address):
        return {
            "gone@example.org": "550-5.1.1 no such runner\r\n550 5.1.1 here",
            "spam@example.org": "554 5.7.1 looks like spam",
            "bare@example.org": "550 no",
        }[address]

    with posting(Behaviour(rcpt=reply)) as transport:
        gone, spam, bare = transport.send_batch([mail_to(f"{who}@example.org") for who in ("gone", "spam", "bare")])
    assert gone == Refused(550, "5.1.1 no such runner 5.1.1 here")
    assert (gone.enhanced, gone.mailbox_gone) == ("5.1.1", True)
    assert (spam.enhanced, spam.mailbox_gone) == ("5.7.1", False)
    assert (bare.enhanced, bare.mailbox_gone) == ("", False)


def test_a_server_that_opens_data_for_nobody_is_told_that_nothing_comes():
    with (
        a_script(
            (b"", b"220 hello\r\n"),
            (b"EHLO sender.test\r\n", b"250-server.test\r\n250 PIPELINING\r\n"),
            (b"DATA\r\n", b"250 sender\r\n550 5.1.1 nobody\r\n354 go\r\n"),
            (b".\r\n", b"554 5.5.1 no recipients\r\n"),
            (b"DATA\r\n", b"250 sender\r\n250 recipient\r\n354 go\r\n"),
            (b"\r\n.\r\n", b"250 taken\r\n"),
        ) as at,
        a_transport(at.port, timeout_s=5.0, connections=1) as transport,
    ):
        assert transport.send_batch([MAIL, MAIL]) == [Refused(550, "5.1.1 nobody"), Accepted("taken")]


def test_a_wanted_login_is_for_later_since_no_mail_is_at_fault():
    with a_server(Behaviour(), auth_required=True, tls_context=None) as at, a_transport(at.port) as transport:
        outcome = transport.send(MAIL)
    assert isinstance(outcome, TryLater)
    assert outcome.code == 530
