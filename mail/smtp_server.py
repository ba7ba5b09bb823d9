"""Which mail server to post to, read from a URL."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from coach.errors import StridewellError

_EXAMPLE: Final = "Write smtp://user:password@host:587?starttls=1 or smtps://user:password@host:465."

_PORTS: Final = {"plain": 25, "starttls": 587, "tls": 465}


class SmtpSettingsError(StridewellError):
    """The settings of the mail server cannot be used. The message never repeats the URL: it may hold a password."""


@dataclass(frozen=True, slots=True)
class Server:
    """security: "plain" (no encryption), "starttls" (demanded, not merely tried) or "tls" (from the first byte). user:
    "" for no login.
    """

    host: str
    port: int
    security: Literal["plain", "starttls", "tls"]
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def server(url: str) -> Server:
    """The server a URL names. Raises SmtpSettingsError.

    smtp://host:25 · smtp://user:password@host:587?starttls=1 · smtps://user:password@host:465; `%` escapes in user and
    password. A login over a connection without encryption is taken for this machine only.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        user, password = unquote(parts.username or "", errors="strict"), unquote(parts.password or "", errors="strict")
    except ValueError:
        raise _wrong("it is not a URL (perhaps a character of the password wants a % escape)") from None
    if parts.scheme not in ("smtp", "smtps"):
        raise _wrong("it begins with neither smtp:// nor smtps://")
    if not host or port == 0 or any(c.isspace() for c in url):
        raise _wrong("it names no host")
    if parts.path.strip("/") or parts.fragment:
        raise _wrong("something follows the host")
    if options.keys() - {"starttls"} or options.get("starttls", "0") not in ("0", "1"):
        raise _wrong("the only option after ? is starttls=1 (or starttls=0)")
    if not (user + password).isascii() or (password and not user):
        raise _wrong("user and password are ASCII, and a password has a user")
    starttls = options.get("starttls") == "1"
    if starttls and parts.scheme == "smtps":
        raise _wrong("smtps:// is encrypted from the first byte and takes no starttls")
    security: Literal["plain", "starttls", "tls"] = (
        "tls" if parts.scheme == "smtps" else "starttls" if starttls else "plain"
    )
    if user and security == "plain" and not is_loopback(host):
        raise _wrong("the password would cross the network unencrypted")
    return Server(host, port or _PORTS[security], security, user, password)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, as far as its name tells; nothing is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _wrong(rule: str) -> SmtpSettingsError:
    return SmtpSettingsError(f"STRIDEWELL_SMTP_URL: {rule}. {_EXAMPLE}")
