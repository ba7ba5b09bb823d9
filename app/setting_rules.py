"""The rules of the settings: each takes what was written and returns the value, or raises ValueError with rule and remedy."""

from __future__ import annotations

import contextlib
import difflib
from email.utils import getaddresses
from urllib.parse import urlsplit

from pydantic import BeforeValidator

from mail.addresses import is_plain
from mail.postbox import PostboxError, account
from mail.smtp_server import SmtpSettingsError, server

EMBEDDED = "embedded"
"""SMTP_URL for the mailbox inside Stridewell: every mail becomes a file, none leaves the machine."""

KEY_CHARS = 32
"""Shortest signing key taken, in characters: 128 bits even when it is written in hexadecimal."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def number(low: float, high: float, example: str, *, whole: bool = False) -> BeforeValidator:
    kind = "whole number" if whole else "number"

    def parse(raw: object) -> float:
        try:
            value = int(str(raw)) if whole else float(str(raw))
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ValueError(f"{str(raw)[:40]!r} is not a {kind} from {low:g} to {high:g}. Write one, like {example}")
        return value

    return BeforeValidator(parse)


def one_of(*words: str) -> BeforeValidator:
    def parse(raw: object) -> str:
        text = str(raw).strip()
        word = next((w for w in words if w.lower() == text.lower()), None)
        if word is None:
            near = difflib.get_close_matches(text.lower(), [w.lower() for w in words], 1)
            hint = f"Did you mean {near[0]}?" if near else f"Write {words[0]}"
            raise ValueError(f"{text[:40]!r} is not one of {', '.join(words)}. {hint}")
        return word

    return BeforeValidator(parse)


def database_url(raw: object) -> str:
    text = str(raw).strip()
    if text.startswith("postgres://"):
        text = text.replace("postgres://", "postgresql://", 1)
    if text.startswith("sqlite:///") and len(text) > len("sqlite:///"):
        return text
    with contextlib.suppress(ValueError):  # of a port that is no number
        parts = urlsplit(text)
        if parts.scheme in ("postgresql", "postgresql+psycopg") and parts.path.strip("/") and parts.port != 0:
            return text
    raise ValueError(
        "it is neither a SQLite file nor a PostgreSQL database. "
        "Write sqlite:///var/stridewell.db or postgresql://user:password@host/database"
    )


def smtp_url(raw: object) -> str:
    text = str(raw).strip()
    if text.lower() == EMBEDDED:
        return EMBEDDED
    try:
        server(text)
    except SmtpSettingsError as error:
        rule = str(error).removeprefix("STRIDEWELL_SMTP_URL: ").rstrip(".")
        raise ValueError(f"{rule}, or {EMBEDDED}") from None
    return text


def public_url(raw: object) -> str:
    text = str(raw).strip().rstrip("/")
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment or parts.username or any(c.isspace() or ord(c) < 32 for c in text):
        raise ValueError(
            f"{text[:80]!r} is not a web address that runners can open. Write it like https://train.example.org"
        )
    return text


def keys(raw: object) -> tuple[str, ...]:
    """The ring of signing keys; no message ever repeats a key."""
    if isinstance(raw, tuple):
        return raw
    ring = tuple(k.strip() for k in str(raw).split(",") if k.strip())
    if not ring and str(raw).strip():
        raise ValueError("there is no key beside the commas. Leave the setting empty and Stridewell makes one")
    for place, key in enumerate(ring, start=1):
        if len(key) < KEY_CHARS or len(set(key)) < 8:
            raise ValueError(
                f"key {place} of {len(ring)} is shorter than {KEY_CHARS} characters or too plain to be secret. "
                "Leave the setting empty and Stridewell makes one"
            )
    if len(set(ring)) != len(ring):
        raise ValueError("a key stands in the ring twice. Keep it once; the first one signs, all of them verify")
    return ring


def mail_address(raw: object) -> str:
    text = str(raw).strip()
    found = [address for _, address in getaddresses([text])]
    if len(found) != 1 or not is_plain(found[0]) or not found[0].isascii() or any(ord(c) < 32 for c in text):
        raise ValueError(
            f"{text[:80]!r} is not one e-mail address. Write it like Stridewell <coach@example.org>, "
            "a name with a comma in quotation marks"
        )
    return text


def mail_address_or_none(raw: object) -> str:
    return mail_address(raw) if raw else ""


def returns_url(raw: object) -> str:
    text = str(raw).strip()
    if text:
        try:
            account(text)
        except PostboxError as error:
            raise ValueError(str(error).removeprefix("STRIDEWELL_RETURNS_URL: ").rstrip(".")) from None
    return text


def one_line(raw: object) -> str:
    text = str(raw).strip()
    if any(ord(c) < 32 for c in text):
        raise ValueError("it has a line break or a control character. Write it on one line, parts separated by commas")
    return text


def slot(raw: object) -> str:
    text = str(raw).strip().lower()
    with contextlib.suppress(ValueError):
        parse_slot(text)
        return text
    raise ValueError(f"{text[:40]!r} is not a weekday and a time of day. Write it like sun 17:00")


def parse_slot(text: str) -> tuple[int, int]:
    """A weekday (0 is Monday) and the minute of the day from "sun 17:00". Raises ValueError."""
    day, _, clock = text.strip().lower().partition(" ")
    hour, _, minute = clock.strip().partition(":")
    if (
        day[:3] not in WEEKDAYS
        or not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2)
        or int(hour) > 23
        or int(minute) > 59
    ):
        raise ValueError(text)
    return WEEKDAYS.index(day[:3]), int(hour) * 60 + int(minute)
