"""Leaving: a page with a button, and the one-click POST that mail programs send by themselves (RFC 8058)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app import languages
from language.tongue import marked
from mail.links import Expired, Unsubscribing
from models import joining, subscribers
from models.people import Status, Subscriber
from web import described
from web.form import limited_body, read
from web.pages import READING
from web.visitor import tongue_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from web.deps import Deps
    from web.pages import Pages

REASONS = {
    "too-often": marked("The mails come too often"),
    "no-time": marked("I have no time for it"),
    "too-hard": marked("The sessions are too hard"),
    "too-easy": marked("The sessions are too easy"),
    "other": marked("Something else"),
}
"""What a runner may say on leaving. Nothing about health is asked."""

ONE_CLICK = "one-click"
NO_REASON = "page"


def routes(deps: Deps, pages: Pages) -> APIRouter:
    router = APIRouter()

    @router.api_route("/u/{token}", methods=READING)
    def offer(token: str, request: Request) -> Response:
        """The button. Scanners open every link, so opening it changes nothing."""
        with deps.sessionmaker() as session:
            who = _find(session, deps, token, request)
        if isinstance(who, Response):
            return who
        action = f"{deps.base}/u/{token}"
        return _page(who, request, done=_is_gone(who), action=action)

    @router.post("/u/{token}", openapi_extra=described.UNSUBSCRIBE)
    def leave(token: str, request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Nothing more is sent from here on: no cookie, no question, no redirect, and a second time changes nothing."""
        reason = _reason(body, request.headers.get("content-type", ""))
        with deps.sessionmaker.begin() as session:
            who = _find(session, deps, token, request)
            if isinstance(who, Response):
                return who
            if who is not None and not _is_gone(who):
                joining.leave(session, who, now=deps.clock(), reason=reason)
        return _page(who, request, done=True, action=f"{deps.base}/u/{token}")

    def _page(who: Subscriber | None, request: Request, *, done: bool, action: str) -> Response:
        tongue = tongue_of(request) if who is None else languages.library().tongue(who.language)
        reasons = {value: tongue.gettext(label) for value, label in REASONS.items()}
        return pages.show("unsubscribe", tongue=tongue, done=done, reasons=reasons, action=action)

    def _find(session: Session, deps: Deps, token: str, request: Request) -> Subscriber | Response | None:
        """Whose link it is; None when nothing is left of them, which is as good as unsubscribed."""
        link = deps.links.read("unsubscribe", token, today=deps.today())
        if isinstance(link, Expired):
            return pages.problem("expired-unsubscribe", 410, tongue=tongue_of(request))
        if not isinstance(link, Unsubscribing):
            return pages.problem("link", 404, tongue=tongue_of(request))
        return subscribers.get(session, link.subscriber_key)

    return router


def _is_gone(who: Subscriber | None) -> bool:
    return who is None or who.status in {Status.UNSUBSCRIBED, Status.ERASED}


def _reason(body: bytes, content_type: str) -> str:
    """Why, in a word of our own. Whatever else the body is, it never stands in the way of leaving."""
    if b"List-Unsubscribe=One-Click" in body or content_type.startswith("multipart/"):
        return ONE_CLICK
    try:
        said = read(body, content_type).get("reason", ())
    except HTTPException:
        return NO_REASON
    return said[0] if len(said) == 1 and said[0] in REASONS else NO_REASON
