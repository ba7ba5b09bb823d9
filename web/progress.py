"""A runner's own progress, and a year's card to share: pages to read, behind a link of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from mail.links import PATHS, Expired, Viewing
from models import history, subscribers
from models.subscribers import Status, Subscriber
from web import year_card
from web.calendar_feed import links_to
from web.looking_back import Record, record
from web.progress_page import progress_page

if TYPE_CHECKING:
    from web.deps import Deps
    from web.pages import Pages

WEEKS_BACK = 52
LINK_DAYS = 35
"""Days a link to the progress page stays open when it is made by another page; mails make their own."""

READING = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True)
class _Seen:
    runner: Subscriber
    record: Record


def link_to(deps: Deps, runner: Subscriber) -> str:
    """The address of a runner's progress, good for some weeks."""
    return deps.links.progress(runner.key, expires=deps.today() + timedelta(days=LINK_DAYS))


def routes(deps: Deps, pages: Pages) -> APIRouter:
    router = APIRouter()
    path = f"{PATHS['progress']}{{token}}"

    @router.api_route(path, methods=READING)
    def progress(token: str) -> Response:
        seen = _see(token)
        if isinstance(seen, Response):
            return seen
        return pages.show(
            "progress",
            page=progress_page(seen.record, seen.runner.units),
            feed=links_to(deps, seen.runner) if seen.runner.status == Status.ACTIVE else None,
            card=f"{deps.base}{PATHS['progress']}{token}/year" if seen.record.sessions else "",
        )

    @router.api_route(f"{path}/year.svg", methods=READING)
    def card_to_zoom(token: str) -> Response:
        seen = _see(token)
        if isinstance(seen, Response):
            return seen
        return Response(year_card.svg(year_card.card(seen.record)), media_type="image/svg+xml")

    @router.api_route(f"{path}/year.png", methods=READING)
    def card_to_share(token: str) -> Response:
        seen = _see(token)
        if isinstance(seen, Response):
            return seen
        headers = {"Content-Disposition": 'inline; filename="stridewell-year.png"'}
        return Response(year_card.png(year_card.card(seen.record)), media_type="image/png", headers=headers)

    def _see(token: str) -> _Seen | Response:
        link = deps.links.read("progress", token, today=deps.today())
        if isinstance(link, Expired):
            return pages.problem("expired-progress", 410)
        if not isinstance(link, Viewing):
            return pages.problem("link", 404)
        with deps.sessionmaker() as session:
            who = subscribers.get(session, link.subscriber_key)
            profile = None if who is None else subscribers.profile_of(session, who.id)
            if who is None or who.status == Status.ERASED or profile is None:
                return pages.problem("gone", 410)
            past = history.past(session, who.id, since=deps.today() - timedelta(weeks=WEEKS_BACK))
        return _Seen(who, record(past, profile, who.units, deps.catalogue))

    return router
