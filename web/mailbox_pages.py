"""The embedded mailbox, for looking at what would have been sent: only there where no real mail is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from language.tongue import ENGLISH
from mail.mailbox_letters import KeptLetter, letter, letters
from mail.words import a_day
from web.headers import PAGE_POLICY
from web.pages import READING, Pages

NEWEST = 200
"""Letters a page lists: each is read to know its subject."""

_FRAMING = {"Content-Security-Policy": f"{PAGE_POLICY}; frame-src 'self'"}

_FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    )
}
"""A mail carries its styles in itself and nothing else; its links open in a page of their own, outside the sandbox."""

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_NEW_PAGE = '<base target="_blank">'


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the list, and the head of its page. arrived: the date its header says, in words."""

    address: str
    subject: str
    to: str
    arrived: str


def routes(folder: Path, base: str, pages: Pages) -> APIRouter:
    """folder: where the mailbox keeps its letters. base: the path before every address."""
    router = APIRouter()

    @router.api_route("/mailbox", methods=READING)
    def mailbox() -> Response:
        found = letters(folder, limit=NEWEST)
        return pages.show(
            "mailbox",
            tongue=ENGLISH,
            letters=[_line(one) for one in found],
            full=len(found) == NEWEST,
            newest=NEWEST,
        )

    @router.api_route("/mailbox/{name}", methods=READING)
    def one_letter(name: str) -> Response:
        found = letter(folder, name)
        if found is None:
            return pages.problem("no-letter", 404, tongue=ENGLISH)
        return pages.show(
            "letter",
            headers=_FRAMING,
            tongue=ENGLISH,
            letter=_line(found),
            framed=f"{base}/mailbox/{found.name}/html" if found.html else "",
            plain=found.text,
            files=found.files,
            envelope=(found.envelope_from, ", ".join(found.envelope_to)),
            mail_headers=_headers(folder, found.name),
        )

    @router.api_route("/mailbox/{name}/html", methods=READING)
    def html_part(name: str) -> Response:
        found = letter(folder, name)
        if found is None or not found.html:
            return pages.problem("no-letter", 404, tongue=ENGLISH)
        return HTMLResponse(_shown(found), headers=_FRAMED)

    return router


def _line(kept: KeptLetter) -> LetterLine:
    at = kept.date
    return LetterLine(
        address=kept.name,
        subject=kept.subject or "(no subject)",
        to=kept.to,
        arrived="" if at is None else f"{a_day(at.date(), ENGLISH)}, {at:%H:%M}",
    )


def _headers(folder: Path, name: str) -> tuple[tuple[str, str], ...]:
    """Every header as it was sent, unfolded."""
    message = message_from_bytes((folder / f"{name}.eml").read_bytes())
    return tuple((header, " ".join(str(value).split())) for header, value in message.items())


def _shown(kept: KeptLetter) -> str:
    """The mail with its pictures in it, and its links opening outside the frame: our own pages refuse to be framed."""
    html = kept.html
    for name, data in kept.pictures.items():
        html = html.replace(f'"{name}"', f'"{data}"')
    head = _HEAD.search(html)
    end = head.end() if head is not None else 0
    return html[:end] + _NEW_PAGE + html[end:]
