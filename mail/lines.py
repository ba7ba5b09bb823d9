"""Lines as mail has them: ended by CRLF, at most 998 octets long."""

from __future__ import annotations

from typing import Final

LONGEST_LINE: Final = 998
"""Octets a line may have at most, CRLF left out; RFC 5322 section 2.1.1."""


def crlf(octets: bytes) -> bytes:
    """The same lines, each ended by CRLF, the last one too; a CR or an LF alone ends a line as well."""
    ended = octets.replace(b"\r", b"").replace(b"\n", b"\r\n")
    if (
        ended != octets
    ):  # the rule when a line ends otherwise than by CRLF; replacing pairs of octets takes four times as long
        ended = octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    return ended if ended.endswith(b"\r\n") else ended + b"\r\n"


def fit(octets: bytes) -> bool:
    """Whether every line of a CRLF text has at most 998 octets. Looks for one line end in every 998 octets, not for
    each.
    """
    start = 0
    while start + LONGEST_LINE < len(octets):
        end = octets.rfind(b"\r\n", start, start + LONGEST_LINE + 2)
        if end < 0:
            return False
        start = end + 2
    return True
