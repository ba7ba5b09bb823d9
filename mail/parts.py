"""The words in a part of a mail that somebody else wrote."""

from __future__ import annotations

from email.message import Message


def text(part: Message) -> str:
    """A part as text, whatever character set it claims; what cannot be read is marked, and nothing is raised."""
    payload = part.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    try:
        return octets.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # a character set that Python does not know
        return octets.decode("utf-8", "replace")
