"""One address, one runner: how e-mail addresses are written and compared."""

from __future__ import annotations

from hashlib import sha256
from unicodedata import normalize


def written(address: str) -> str:
    """The address to write to: its domain in lower case; the part before the @ as its owner writes it."""
    local, at, domain = normalize("NFC", address.strip()).rpartition("@")
    return local + at + domain.lower()


def fingerprint(address: str) -> str:
    """What tells two addresses apart, upper and lower case aside: 64 hexadecimal digits that do not show the address."""
    return sha256(written(address).casefold().encode()).hexdigest()
