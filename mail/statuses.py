"""Enhanced status codes (RFC 3463): what a server's refusal says of the address it was for."""

from __future__ import annotations

import re
from typing import Final

_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")

_NOT_THE_ADDRESS: Final = frozenset({"3", "5", "6", "7"})
"""Subjects of a code: the mail system, the protocol, the content, policy. Those speak of us or of the mail: were they held
against the address, one bad day of ours would silence everybody."""

_PASSING: Final = frozenset({"5.1.7", "5.1.8", "5.2.2", "5.2.3", "5.4.6", "5.4.7"})
"""Our own address refused, a mailbox full, a mail too large for it, a loop, given up waiting: it may be otherwise next week."""

_SAYS_NOTHING: Final = frozenset({"5.0.0", "5.1.0", "5.2.0", "5.4.0"})
"""Refused, and the reason is not among those that have a number."""


def found_in(text: str) -> str:
    """The first enhanced status code of a text, like "5.1.1"; empty when there is none."""
    found = _CODE.search(text)
    return found[1] if found else ""


def is_about_the_address(code: str) -> bool:
    """Whether a code says that every mail to the address will be refused: nobody is there."""
    parts = code.split(".")
    if len(parts) != 3 or parts[0] != "5" or code in _PASSING or code in _SAYS_NOTHING:
        return False
    return parts[1] not in _NOT_THE_ADDRESS


def says_nothing(code: str) -> bool:
    """Whether a code only tells that it failed, so that other words may tell more."""
    return code in _SAYS_NOTHING or not code or code.endswith(".0.0")
