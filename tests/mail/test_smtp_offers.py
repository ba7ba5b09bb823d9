from __future__ import annotations

import ssl

import pytest

from mail.outcomes import Accepted, Refused, TryLater
from mail.smtp import Transport
from mail.smtp_server import SmtpSettingsError
from mail.smtp_session import Message
from tests.mail.posting import MAIL, a_transport, mail_to, posting
from tests.mail.servers import (
    Behaviour,
    a_certificate,
    a_server,
    lets_in,
)


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
