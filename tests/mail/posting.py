"""Mails to post, and transports to post them with."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest

from mail.smtp import Transport
from mail.smtp_session import Message
from tests.mail.servers import (
    Behaviour,
    a_server,
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
