"""Addresses of our own that tell which mail something comes back from: a return path for each, and one to unsubscribe at.

`b+<id>.<mac>@<domain>` and `u+<id>.<mac>@<domain>`. The mac is over the mail's number and the address it went to: it keeps
strangers from reporting bounces that never happened, and what comes back from an address that a runner has left behind
says nothing of the new one. It is lower-case base32, since mail servers on the way may change the case of a local part.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Purpose = Literal["b", "u"]

_MAC_OCTETS: Final = 10
"""80 bits: 16 letters, enough for a forger who gets no second look at the answer."""

_ADDRESS = re.compile(r"(?<![a-z0-9.+_-])([bu])\+([0-9]{1,18})\.([a-z2-7]{16})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """What stood before the @ of such an address. Anybody can write one: `proves` tells whether it is ours."""

    purpose: Purpose
    outbox_id: int
    mac: str


def return_path(outbox_id: int, to_address: str, domain: str, key: str) -> str:
    """The envelope sender of the mail with this number. domain: that of MAIL_FROM; key: the newest signing key."""
    return f"b+{outbox_id}.{_mac('b', outbox_id, to_address, key)}@{domain}"


def unsubscribe_address(outbox_id: int, to_address: str, domain: str, key: str) -> str:
    """Where a mail program writes to unsubscribe whoever got the mail with this number."""
    return f"u+{outbox_id}.{_mac('u', outbox_id, to_address, key)}@{domain}"


def tokens(text: str) -> frozenset[Token]:
    """All that stand in a text, true or not."""
    return frozenset(
        Token("u" if purpose in "uU" else "b", int(number), mac.lower())
        for purpose, number, mac in _ADDRESS.findall(text)
    )


def proves(token: Token, to_address: str, keys: Sequence[str]) -> bool:
    """Whether we wrote it on the mail of its number to this address. keys: the whole ring."""
    return any(hmac.compare_digest(token.mac, _mac(token.purpose, token.outbox_id, to_address, key)) for key in keys)


def _mac(purpose: Purpose, outbox_id: int, to_address: str, key: str) -> str:
    said = f"stridewell.{purpose}:{outbox_id}:{to_address.strip().casefold()}"
    digest = hmac.digest(key.encode("utf-8"), said.encode("utf-8"), "sha256")
    return base64.b32encode(digest[:_MAC_OCTETS]).decode("ascii").lower()
