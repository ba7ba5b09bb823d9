"""Who is signed in: a signed cookie that ends by itself, and a word in every form that shows it is our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from app import languages
from mail.tickets import Ticket
from models import sessions
from web.form import read

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from starlette.requests import Request
    from starlette.responses import Response

    from language.tongue import Tongue
    from models.people import Subscriber
    from web.deps import Deps
    from web.form import Fields

COOKIE = "stridewell"

LASTS = timedelta(days=30)

FORM_WORD = "form"
"""The hidden field that shows a form comes from a page of ours."""

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """word: what its forms carry."""

    runner: Subscriber
    ticket: Ticket
    word: str

    @property
    def tongue(self) -> Tongue:
        return languages.library().tongue(self.runner.language)


def sign_in(response: Response, deps: Deps, runner: Subscriber) -> None:
    """Give the browser its cookie."""
    now = deps.clock()
    cookie = deps.tickets.issue("session", runner.key, str((now - _EPOCH) // _MICROSECOND), until=now + LASTS)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(LASTS.total_seconds()),
        path=f"{deps.base}/",
        secure=deps.secure,
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, deps: Deps) -> None:
    """Take the cookie back."""
    response.delete_cookie(COOKIE, path=f"{deps.base}/", secure=deps.secure, httponly=True, samesite="lax")


def who(session: Session, deps: Deps, request: Request) -> SignedIn | None:
    """Whose cookie it is, if it still holds."""
    ticket = deps.tickets.read("session", request.cookies.get(COOKIE, ""), now=deps.clock())
    if not isinstance(ticket, Ticket) or not ticket.detail.isdecimal():
        return None
    runner = sessions.signed_in(session, ticket.subscriber_key, since=_EPOCH + int(ticket.detail) * _MICROSECOND)
    if runner is None:
        return None
    return SignedIn(runner, ticket, deps.tickets.issue("form", runner.key, ticket.detail, until=ticket.until))


def own_form(deps: Deps, request: Request, body: bytes, signed_in: SignedIn) -> Fields:
    """The fields of a form from one of our own pages. Raises 403 for any other: somebody else may have made the browser post it."""
    own_page(request)
    fields = read(body, request.headers.get("content-type", ""))
    said = deps.tickets.read("form", next(iter(fields.get(FORM_WORD, ())), ""), now=deps.clock())
    if not isinstance(said, Ticket) or (said.subscriber_key, said.detail) != (
        signed_in.ticket.subscriber_key,
        signed_in.ticket.detail,
    ):
        raise HTTPException(403)
    return fields


def own_page(request: Request) -> None:
    """Raises 403 for a form that a browser says another site has posted."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)
