"""Signed links: what a runner's tap carries, readable by us alone to change and by anyone to open.

A token holds the subscriber's key, the week and the last day it is good for, as compact JSON, signed by itsdangerous
with a salt for each purpose. There is no clock in it, so the same letter has the same links each time it is built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import orjson
from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

from coach.errors import StridewellError

Purpose = Literal["answer", "follow", "week", "unsubscribe", "progress", "calendar"]

LONGEST_TOKEN: Final = 400
"""Characters. Ours have about 80; anything much longer is not ours and is not worth a signature check."""

SHORTEST_KEY: Final = 16
"""Characters of a signing key; a shorter one can be guessed."""

_EPOCH: Final = date(2024, 1, 1)
"""A Monday. Weeks and days are counted from here to keep the token short."""

PATHS: Final[dict[Purpose, str]] = {
    "answer": "/a/",
    "follow": "/f/",
    "week": "/w/",
    "unsubscribe": "/u/",
    "progress": "/progress/",
    "calendar": "/calendar/",
}
"""Where a link of each purpose leads; its token follows."""

CALENDAR_FILE: Final = ".ics"
"""Stands after a calendar's token: some calendar programs take only addresses that end so."""


@dataclass(frozen=True, slots=True)
class Answering:
    subscriber_key: str
    week_of: date


@dataclass(frozen=True, slots=True)
class Following:
    """last_day: the last day the link works; what the page leads on to works as long."""

    subscriber_key: str
    week_of: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    subscriber_key: str


@dataclass(frozen=True, slots=True)
class Viewing:
    """Shows a runner's own progress, or feeds the runner's calendar; takes no answer."""

    subscriber_key: str


@dataclass(frozen=True, slots=True)
class Expired:
    """Ours, but past its last day."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """Not ours, not for this purpose, or changed on the way."""


class LinkError(StridewellError):
    """Links cannot be made from these settings or values."""


class _Serializer(URLSafeSerializer):
    """Writes what URLSafeSerializer reads, four times as fast: without its try at compression, which never helps so
    short a text.
    """

    def dump_payload(self, obj: object) -> bytes:
        return base64_encode(orjson.dumps(obj))


class Links:
    """Makes and reads signed links.

    public_url: where runners reach the web app, like "https://stridewell.example". keys: the signing keys, newest
    first; the first signs, all of them verify, so a key can be replaced without breaking the links already in people's
    inboxes. Raises LinkError when there is no usable key or the address is not a web address.
    """

    __slots__ = ("_base", "_serializers")

    def __init__(self, public_url: str, keys: Sequence[str]) -> None:
        base = public_url.rstrip("/")
        if not base.startswith(("https://", "http://")) or not base.isascii() or any(c in base for c in ' \t\r\n<>"?#'):
            raise LinkError(
                f"STRIDEWELL_PUBLIC_URL: {public_url!r} is not a plain web address. Write it like https://stridewell.example."
            )
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise LinkError(
                f"STRIDEWELL_SECRET_KEY: every signing key has at least {SHORTEST_KEY} characters and there is at least one. "
                "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        self._base = base
        # HMAC-SHA1, itsdangerous' default: 27 characters for 160 bits. The collisions known for plain SHA-1 do not
        # touch HMAC, and a letter carries a dozen of these. itsdangerous wants the oldest key first.
        oldest_first = list(reversed(keys))
        self._serializers: dict[Purpose, _Serializer] = {
            purpose: _Serializer(oldest_first, salt=f"stridewell.{purpose}") for purpose in PATHS
        }

    def answer(self, subscriber_key: str, week_of: date, *, expires: date) -> str:
        """The link to the answer page of one week (a Monday); `expires` is the last day it works."""
        return self._link("answer", [subscriber_key, _weeks(week_of), (expires - _EPOCH).days])

    def follow(self, subscriber_key: str, week_of: date, *, expires: date) -> str:
        """The link to the routines of one week (a Monday), to follow along; `expires` is the last day it works.

        One routine is at "/" and its name after it: the session's number, counted from 0 as in answers, "stretch" or "before".
        """
        return self._link("follow", [subscriber_key, _weeks(week_of), (expires - _EPOCH).days])

    def week(self, subscriber_key: str, week_of: date, *, expires: date) -> str:
        """The link to one week (a Monday) as a page, to read where the mail does not look right; `expires` is the last day it works."""
        return self._link("week", [subscriber_key, _weeks(week_of), (expires - _EPOCH).days])

    def unsubscribe(self, subscriber_key: str, *, expires: date) -> str:
        """The link that both shows the unsubscribe page (GET) and unsubscribes with one click (POST, RFC 8058)."""
        return self._link("unsubscribe", [subscriber_key, (expires - _EPOCH).days])

    def progress(self, subscriber_key: str, *, expires: date) -> str:
        """The link to the runner's progress: charts and tables, to read only. It shows health answers."""
        return self._link("progress", [subscriber_key, (expires - _EPOCH).days])

    def calendar(self, subscriber_key: str) -> str:
        """The address of the runner's calendar feed. It has no last day: a calendar that stops by itself would not say so.

        It works for as long as the runner is with us, and holds nothing about health.
        """
        return self._link("calendar", [subscriber_key]) + CALENDAR_FILE

    def read(
        self, purpose: Purpose, token: str, *, today: date
    ) -> Answering | Following | Unsubscribing | Viewing | Expired | Invalid:
        """What a token from a link of this purpose says; never raises, whatever the token is."""
        if len(token) > LONGEST_TOKEN or not token.isascii() or not spelt_our_way(token):
            return Invalid()
        try:
            payload = self._serializers[purpose].loads(token)
        except BadData:
            return Invalid()
        try:
            match purpose, payload:
                case "answer" | "week", [str(key), int(weeks), int(last_day)]:
                    answering = Answering(key, _EPOCH + timedelta(weeks=weeks))
                    return Expired() if today > _EPOCH + timedelta(days=last_day) else answering
                case "follow", [str(key), int(weeks), int(last_day)]:
                    until = _EPOCH + timedelta(days=last_day)
                    return Expired() if today > until else Following(key, _EPOCH + timedelta(weeks=weeks), until)
                case "unsubscribe", [str(key), int(last_day)]:
                    return Expired() if today > _EPOCH + timedelta(days=last_day) else Unsubscribing(key)
                case "progress", [str(key), int(last_day)]:
                    return Expired() if today > _EPOCH + timedelta(days=last_day) else Viewing(key)
                case "calendar", [str(key)]:
                    return Viewing(key)
        except OverflowError:  # a day outside the calendar
            return Invalid()
        return Invalid()

    def _link(self, purpose: Purpose, payload: list[str | int]) -> str:
        token = self._serializers[purpose].dumps(payload)
        text = token if isinstance(token, str) else token.decode("ascii")
        if len(text) > LONGEST_TOKEN:
            raise LinkError(f"subscriber_key: {len(str(payload[0]))} characters are too many for a link. Keys have 22.")
        return f"{self._base}{PATHS[purpose]}{text}"


def _weeks(week_of: date) -> int:
    """Weeks from our first Monday. Raises LinkError for another day."""
    if week_of.weekday() != 0:
        raise LinkError(f"week_of: {week_of} is not a Monday. Give the Monday the week begins with.")
    return (week_of - _EPOCH).days // 7


def spelt_our_way(token: str) -> bool:
    """Whether the signature is in the one spelling we give it: base64 decoders overlook odd characters and spare last
    bits.
    """
    signature = token.rpartition(".")[2].encode("ascii")
    try:
        return base64_encode(base64_decode(signature)) == signature
    except BadData:
        return False
