from __future__ import annotations

import pytest

from mail.smtp import Transport
from mail.smtp_server import Server, SmtpSettingsError, is_loopback, server
from tests.mail.posting import MAIL


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
