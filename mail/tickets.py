"""Signed tickets of a runner's account: short-lived, each for one purpose. Some are links in mails, some stay in the browser.

A ticket holds the runner's key, a word of detail and the minute until which it is good, signed as links are (mail/links.py),
with a salt for each purpose: a ticket for one thing does nothing for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from itsdangerous import BadData, URLSafeSerializer

from mail.links import LONGEST_TOKEN, Expired, Invalid, spelt_our_way

Errand = Literal["confirm", "sign-in", "move-from", "move-to"]
"""What a ticket in a mail is for."""

Purpose = Literal["confirm", "sign-in", "move-from", "move-to", "session", "form"]
"""session: who is signed in, in a cookie. form: that a form comes from our own page."""

PATHS: Final[dict[Errand, str]] = {
    "confirm": "/confirm/",
    "sign-in": "/sign-in/",
    "move-from": "/move/old/",
    "move-to": "/move/new/",
}
"""Where a link of each errand leads; its ticket follows."""

_PURPOSES: Final[tuple[Purpose, ...]] = (*PATHS, "session", "form")

_EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""Minutes are counted from here to keep a ticket short."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """detail: which sign-up, session or change it belongs to. until: the last minute it is good for."""

    subscriber_key: str
    detail: str
    until: datetime


class Tickets:
    """Makes and reads tickets. public_url, keys: as for mail.links.Links, which has checked them."""

    __slots__ = ("_base", "_serializers")

    def __init__(self, public_url: str, keys: Sequence[str]) -> None:
        self._base = public_url.rstrip("/")
        oldest_first = list(reversed(keys))  # itsdangerous signs with the last
        self._serializers: dict[Purpose, URLSafeSerializer] = {
            purpose: URLSafeSerializer(oldest_first, salt=f"stridewell.account.{purpose}") for purpose in _PURPOSES
        }

    def issue(self, purpose: Purpose, subscriber_key: str, detail: str, *, until: datetime) -> str:
        """A ticket; the same values make the same one. until: aware, counted in whole minutes."""
        minutes = int((until - _EPOCH) / timedelta(minutes=1))
        text = self._serializers[purpose].dumps([subscriber_key, detail, minutes])
        return text if isinstance(text, str) else text.decode("ascii")

    def link(self, errand: Errand, subscriber_key: str, detail: str, *, until: datetime) -> str:
        """The web address that a mail carries."""
        return f"{self._base}{PATHS[errand]}{self.issue(errand, subscriber_key, detail, until=until)}"

    def read(self, purpose: Purpose, ticket: str, *, now: datetime) -> Ticket | Expired | Invalid:
        """What a ticket of this purpose says; never raises, whatever it is."""
        if len(ticket) > LONGEST_TOKEN or not ticket.isascii() or not spelt_our_way(ticket):
            return Invalid()
        try:
            match self._serializers[purpose].loads(ticket):
                case [str(key), str(detail), int(minutes)]:
                    until = _EPOCH + timedelta(minutes=minutes)
                    return Expired() if now > until else Ticket(key, detail, until)
        except (BadData, OverflowError):
            return Invalid()
        return Invalid()
