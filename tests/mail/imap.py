"""A real IMAP server on loopback, started for a test, with one mailbox."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER, PASSWORD = "returns", "a pass/word%"


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def url(port: int, *, password: str | None = None, folder: str = "INBOX") -> str:
    return f"imap://{USER}:{password or quote(PASSWORD, safe='')}@127.0.0.1:{port}/{folder}"


@contextmanager
def a_server(*mails: bytes) -> Iterator[int]:
    """The port of a server whose INBOX holds these mails."""
    port = a_free_port()
    pymap = Path(sys.executable).with_name("pymap")
    asked = [str(pymap), "--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict"]
    process = subprocess.Popen(  # noqa: S603 words of our own
        [*asked, "--demo-user", USER, "--demo-password", PASSWORD], stderr=subprocess.DEVNULL
    )
    try:
        with looking(port) as box:
            for mail in mails:
                box.append("INBOX", "", "", mail)
        yield port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def looking(port: int) -> Iterator[imaplib.IMAP4]:
    """Somebody's mail program, with the INBOX open."""
    while True:
        try:
            box = imaplib.IMAP4("127.0.0.1", port, timeout=30)
            break
        except OSError:
            time.sleep(0.05)
    with box:
        box.login(USER, PASSWORD)
        box.select("INBOX")
        yield box


def flags(port: int) -> dict[str, str]:
    """What is left in the INBOX: the flags of each mail, by its UID."""
    with looking(port) as box:
        _, found = box.uid("FETCH", "1:*", "(FLAGS)")
        lines = [part.decode() for part in found if part]
    return {line.split("UID ")[1].split(" ")[0].rstrip(")"): line.split("FLAGS (")[1].split(")")[0] for line in lines}
