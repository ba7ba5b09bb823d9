"""Reads the mails that the embedded mailbox has kept, for its page and for tests. A mail that nobody can read is shown
as far as it goes.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import email
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

from mail import parts

_NAME = re.compile(r"[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,199}")
"""No slash and no dot in front: such a name cannot lead out of the folder."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that came along to be saved. kind: like "text/calendar". octets: its size. text: of a file of text, else empty."""

    name: str
    kind: str
    octets: int
    text: str


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A mail as the mailbox page shows it.

    name: for `letter` and for the page's address. envelope_from, envelope_to: whom the posting was for, whatever the
    headers say. text, html: the first of each kind, empty when there is none; html is as it was sent and not safe to
    show outside a sandbox. links: the web addresses in it, in order, each once. pictures: those that came along, as data URLs, by the
    name the html has for them. files: attached to it, in order. date: of the header, None when it cannot be read.
    """

    name: str
    envelope_from: str
    envelope_to: tuple[str, ...]
    sender: str
    to: str
    subject: str
    date: datetime | None
    message_id: str
    text: str
    html: str
    links: tuple[str, ...]
    pictures: Mapping[str, str]
    files: tuple[KeptFile, ...]
    octets: int


def letters(folder: Path, *, limit: int | None = None) -> list[KeptLetter]:
    """The mails in a mailbox's folder, latest arrival first; at most `limit`. An absent folder is an empty mailbox."""
    if not folder.is_dir():
        return []
    arrived = sorted(((path.stat().st_mtime_ns, path.stem) for path in _files(folder)), reverse=True)
    found = (letter(folder, name) for _, name in arrived[:limit])
    return [kept for kept in found if kept is not None]


def letter(folder: Path, name: str) -> KeptLetter | None:
    """One mail by its name; None when there is none of this name, whatever the name is."""
    if not _NAME.fullmatch(name):
        return None
    try:
        octets = (folder / f"{name}.eml").read_bytes()
    except OSError:
        return None
    envelope_from, envelope_to = _envelope(folder / f"{name}.json")
    message = email.message_from_bytes(octets)
    text, html = _first(message, "text/plain"), _first(message, "text/html")
    return KeptLetter(
        name=name,
        envelope_from=envelope_from,
        envelope_to=envelope_to,
        sender=_header(message, "From"),
        to=_header(message, "To"),
        subject=_header(message, "Subject"),
        date=_date(message),
        message_id=_header(message, "Message-ID"),
        text=text,
        html=html,
        links=tuple(dict.fromkeys(_links(text, html))),
        pictures=dict(_pictures(message)),
        files=tuple(_attached(message)),
        octets=len(octets),
    )


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("*.eml") if _NAME.fullmatch(path.stem))


def _envelope(path: Path) -> tuple[str, tuple[str, ...]]:
    with contextlib.suppress(OSError, ValueError):
        match json.loads(path.read_bytes()):
            case {"sender": str(sender), "recipients": [*recipients]}:
                return sender, tuple(map(str, recipients))
    return "", ()


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))
    unfolded = "".join(raw.splitlines())
    try:
        return str(make_header(decode_header(unfolded)))
    except (MessageError, LookupError, ValueError, binascii.Error):
        return unfolded


def _date(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        return None


def _first(message: Message, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind and not part.is_multipart():
            return parts.text(part)
    return ""


def _pictures(message: Message) -> Iterator[tuple[str, str]]:
    for part in message.walk():
        payload = part.get_payload(decode=True)
        name = _header(part, "Content-ID").strip("<>")
        if name and part.get_content_type() == "image/png" and isinstance(payload, bytes):
            yield f"cid:{name}", f"data:image/png;base64,{base64.b64encode(payload).decode('ascii')}"


def _attached(message: Message) -> Iterator[KeptFile]:
    for part in message.walk():
        if part.get_content_disposition() == "attachment" and not part.is_multipart():
            payload = part.get_payload(decode=True)
            yield KeptFile(
                name=part.get_filename("") or "(no name)",
                kind=part.get_content_type(),
                octets=len(payload) if isinstance(payload, bytes) else 0,
                text=parts.text(part) if part.get_content_maintype() == "text" else "",
            )


def _links(text: str, html: str) -> Iterator[str]:
    finder = _LinkFinder()
    finder.feed(html)
    finder.close()
    yield from finder.links
    for found in _WEB_ADDRESS.findall(text):
        yield found.rstrip(".,;:!?)")


class _LinkFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links.extend(
            value for name, value in attrs if tag == "a" and name == "href" and value and _WEB_ADDRESS.match(value)
        )
