"""What became of a mail that was handed to a server. Values, not exceptions: each of them is an everyday thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mail.statuses import is_about_the_address

_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server has taken it over. reply: its words, often with the number the mail has there."""

    reply: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take this mail. code: of the reply, 5xx; text: its words, the enhanced code first where
    there is one.
    """

    code: int
    text: str

    @property
    def enhanced(self) -> str:
        """The enhanced status code, like "5.1.1"; empty when the server gave none."""
        found = _ENHANCED.match(self.text)
        return found[0] if found else ""

    @property
    def mailbox_gone(self) -> bool:
        """Whether the address itself is refused, so that no other mail should be tried there."""
        return is_about_the_address(self.enhanced)


@dataclass(frozen=True, slots=True)
class TryLater:
    """It was certainly not taken and may be tried again. code: of the reply; 0 when the server was not reached or did
    not answer.
    """

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """All of it was sent and no answer came back: it may have arrived. Sending it again may make it arrive twice."""

    text: str


Outcome = Accepted | Refused | TryLater | Unknown
