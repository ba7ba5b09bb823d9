from __future__ import annotations

import asyncio
import re
import socket
import ssl
import threading
from contextlib import contextmanager

import pytest
from aiosmtpd.smtp import SMTP
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mail.rate import Rate
from mail.smtp import Accepted, Message, Refused, SmtpSettingsError, Transport, TryLater, Unknown
from mail.smtp_server import Server, is_loopback, server
from tests.mail.servers import (
    Behaviour,
    a_certificate,
    a_script,
    a_server,
    hangs,
    hangs_up,
    lets_in,
    says_and_closes,
)

MAIL = Message("b+7.mac@stridewell.example", "ann@example.org", b"Subject: Your week\r\n\r\nThree sessions.\r\n")
SOON_S = 0.4


def mail_to(recipient: str, data: bytes = MAIL.data) -> Message:
    return Message(MAIL.sender, recipient, data)


@contextmanager
def a_transport(port: int, *, scheme: str = "smtp", query: str = "", login: str = "", **options):
    options = {"helo": "sender.test", "timeout_s": 10.0, "verdict_s": 10.0, **options}
    with Transport(f"{scheme}://{login}127.0.0.1:{port}{query}", **options) as transport:
        yield transport


@contextmanager
def posting(behaviour: Behaviour, **options):
    """A transport to a server that behaves so."""
    with a_server(behaviour) as at, a_transport(at.port, **options) as transport:
        yield transport


BOTH_WAYS = pytest.mark.parametrize("pipelining", [True, False], ids=["pipelined", "one by one"])


# The everyday road


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


# Every byte


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


# No, for now or for ever


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


# Servers that go away


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


# What a server must offer


def test_an_address_in_its_own_script_goes_to_a_server_that_takes_it():
    behaviour = Behaviour()
    with posting(behaviour) as transport:
        assert isinstance(
            transport.send(mail_to("δρομέας@example.org", "To: δρομέας@example.org\r\n\r\n".encode())), Accepted
        )
    (came,) = behaviour.arrived
    assert came.recipients == ["δρομέας@example.org"]
    assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(came.options)


def test_an_address_in_its_own_script_is_refused_where_the_server_does_not_take_it():
    with a_server(Behaviour(), enable_SMTPUTF8=False) as at, a_transport(at.port) as transport:
        refused = transport.send(mail_to("δρομέας@example.org"))
        assert isinstance(refused, Refused)
        assert (refused.code, refused.enhanced) == (553, "5.6.7")
        assert "SMTPUTF8" in refused.text
        assert isinstance(transport.send(MAIL), Accepted)


def test_a_domain_in_its_own_script_needs_nothing_of_the_server():
    behaviour = Behaviour()
    with a_server(behaviour, enable_SMTPUTF8=False) as at, a_transport(at.port) as transport:
        assert isinstance(transport.send(mail_to("ann@müller.example")), Accepted)
    assert behaviour.arrived[0].recipients == ["ann@xn--mller-kva.example"]


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b>\r\nRCPT TO:<all@example.org", "a@b c", "a b@c.example", "\ud83c@example.org"]
)
def test_what_is_no_address_never_reaches_the_server(address):
    behaviour = Behaviour()
    with posting(behaviour, connections=1) as transport:
        recipient, sender = transport.send_batch(
            [mail_to(address), Message(address or "x", "ann@example.org", MAIL.data)]
        )
    assert (recipient.code, recipient.enhanced) == (553, "5.1.3")
    assert (sender.code, sender.enhanced) == (553, "5.1.7")
    assert behaviour.arrived == []


def test_an_empty_return_path_is_the_null_sender():
    behaviour = Behaviour()
    with posting(behaviour) as transport:
        assert isinstance(transport.send(Message("", "ann@example.org", MAIL.data)), Accepted)
    assert behaviour.arrived[0].sender in ("", "<>")


def test_a_mail_larger_than_the_server_takes_is_refused_before_it_is_sent():
    behaviour = Behaviour()
    with a_server(behaviour, data_size_limit=1000) as at, a_transport(at.port) as transport:
        refused = transport.send(mail_to("ann@example.org", b"0123456789\r\n" * 100))
    assert (refused.code, refused.enhanced) == (552, "5.3.4")


def test_letters_beyond_ascii_need_a_server_that_carries_them():
    with a_server(Behaviour(), decode_data=True) as at, a_transport(at.port) as transport:
        refused = transport.send(mail_to("ann@example.org", "Subject: ×\r\n\r\n".encode()))
    assert (refused.code, refused.enhanced) == (554, "5.6.3")


# TLS and login


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return a_certificate(tmp_path_factory.mktemp("certificate"))


def server_context(certificate) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


def test_starttls_and_login_with_a_certificate_that_is_trusted(certificate):
    behaviour = Behaviour()
    options = {
        "tls_context": server_context(certificate),
        "auth_required": True,
        "authenticator": lets_in(b"run ner", b"p@ss/w:rd"),
    }
    with (
        a_server(behaviour, require_starttls=True, **options) as at,
        a_transport(
            at.port, query="?starttls=1", login="run%20ner:p%40ss%2Fw%3Ard@", trust=certificate[0]
        ) as transport,
    ):
        assert all(isinstance(outcome, Accepted) for outcome in transport.send_batch([MAIL] * 5))


def test_tls_from_the_first_byte(certificate):
    behaviour = Behaviour()
    with (
        a_server(behaviour, ssl=server_context(certificate)) as at,
        a_transport(at.port, scheme="smtps", trust=certificate[0]) as transport,
    ):
        assert isinstance(transport.send(MAIL), Accepted)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_nobody_vouches_for_gets_no_mail(certificate, scheme):
    behaviour = Behaviour()
    context = server_context(certificate)
    options = {"ssl": context} if scheme == "smtps" else {"tls_context": context}
    with (
        a_server(behaviour, **options) as at,
        a_transport(at.port, scheme=scheme, query="" if scheme == "smtps" else "?starttls=1") as transport,
    ):
        outcome = transport.send(MAIL)
    assert isinstance(outcome, TryLater)
    assert "not trusted" in outcome.text
    assert behaviour.arrived == []


def test_a_server_without_starttls_gets_no_mail_when_it_is_asked_for():
    behaviour = Behaviour()
    with a_server(behaviour) as at, a_transport(at.port, query="?starttls=1") as transport:
        outcome = transport.send(MAIL)
    assert isinstance(outcome, TryLater)
    assert "STARTTLS" in outcome.text
    assert behaviour.arrived == []


def test_a_wrong_password_is_for_later_and_does_not_show(certificate):
    options = {
        "tls_context": server_context(certificate),
        "auth_required": True,
        "authenticator": lets_in(b"runner", b"right"),
    }
    with (
        a_server(Behaviour(), **options) as at,
        a_transport(at.port, query="?starttls=1", login="runner:wr0ng@", trust=certificate[0]) as transport,
    ):
        outcomes = transport.send_batch([MAIL] * 3)
    assert {outcome.code for outcome in outcomes} == {535}
    assert "wr0ng" not in str(outcomes)


def test_a_trust_file_that_cannot_be_read_is_told_by_name(tmp_path):
    for bad in (tmp_path / "absent.pem", tmp_path / "empty.pem"):
        (tmp_path / "empty.pem").touch()
        with pytest.raises(SmtpSettingsError, match=bad.name), Transport("smtps://localhost", trust=bad):
            pass


# Settings


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("smtp://mail.example", Server("mail.example", 25, "plain")),
        ("smtp://127.0.0.1:2525", Server("127.0.0.1", 2525, "plain")),
        ("smtp://[::1]:2525/", Server("::1", 2525, "plain")),
        ("smtp://mail.example?starttls=1", Server("mail.example", 587, "starttls")),
        ("smtp://u:p%40ss@mail.example:25?starttls=1", Server("mail.example", 25, "starttls", "u", "p@ss")),
        ("smtps://u@mail.example", Server("mail.example", 465, "tls", "u", "")),
        ("smtp://u:p@localhost:2525?starttls=0", Server("localhost", 2525, "plain", "u", "p")),
    ],
)
def test_a_url_names_server_security_and_login(url, meant):
    assert server(url) == meant


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example:0",
        "smtp://mail.example:99999",
        "smtp://mail.example:smtp",
        "smtp://mail.example/path",
        "smtp://mail.example#part",
        "smtp://mail.example?startls=1",
        "smtp://mail.example?starttls=yes",
        "smtp://mail.example?starttls",
        "smtps://mail.example?starttls=1",
        "smtp://hunter2:secret@mail.example",
        "smtp://:secret@mail.example?starttls=1",
        "smtps://u:sécret@mail.example",
        "smtps://u:secret%ff@mail.example",
        "smtp://mail example",
        "smtp://[::1",
    ],
)
def test_a_wrong_url_is_told_with_rule_and_remedy_and_without_its_password(url):
    with pytest.raises(SmtpSettingsError, match=r"STRIDEWELL_SMTP_URL: .+\. Write smtp://") as told:
        Transport(url)
    assert "secret" not in str(told.value)
    assert "secret" not in repr(Server("h", 25, "tls", "u", "secret"))


def test_only_this_machine_is_loopback():
    assert [is_loopback(host) for host in ("localhost", "127.0.0.1", "127.8.9.1", "::1")] == [True] * 4
    assert [is_loopback(host) for host in ("10.0.0.1", "mail.example", "0.0.0.0", "::", "")] == [False] * 5  # noqa: S104


def test_a_transport_outside_its_block_says_so():
    with pytest.raises(SmtpSettingsError, match="with block"):
        Transport("smtp://localhost").send(MAIL)


# The rate


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        with self.lock:
            self.now += seconds


def test_mails_keep_to_the_rate():
    clock = Clock()
    with posting(Behaviour(), connections=1, rate=4, clock=clock, pause=clock.wait) as transport:
        transport.send_batch([MAIL] * 9)
    assert clock.now == pytest.approx(1002.0)


def test_no_rate_is_no_waiting():
    clock = Clock()
    with posting(Behaviour(), rate=0, clock=clock, pause=clock.wait) as transport:
        transport.send_batch([MAIL] * 9)
    assert clock.now == 1000.0


@given(st.floats(0.5, 1000), st.integers(1, 20), st.lists(st.floats(0, 5), max_size=60))
def test_in_no_stretch_of_time_do_more_mails_go_than_the_rate_and_the_burst_allow(per_s, burst, idle):
    clock = Clock()
    rate = Rate(per_s, clock=clock, pause=clock.wait, burst=burst)
    went = []
    for quiet in idle:
        clock.wait(quiet)
        rate.take()
        went.append(clock.now)
    for first in range(len(went)):
        for last in range(first + burst, len(went)):
            assert last - first + 1 <= burst + (went[last] - went[first]) * per_s + 1e-6
