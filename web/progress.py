"""A runner's own progress, and a year's card to share: pages to read, behind a link of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import languages
from language.catalogue import spoken
from language.loads import Loads
from mail.links import PATHS, Expired, Viewing
from models import history, subscribers
from models.people import Status, Subscriber
from web import year_card
from web.calendar_feed import links_to
from web.headers import SCRIPTED
from web.looking_back import Record, record
from web.pages import READING
from web.progress_page import progress_page
from web.visitor import tongue_of

if TYPE_CHECKING:
    from language.tongue import Tongue
    from web.deps import Deps
    from web.pages import Pages

WEEKS_BACK = 52
LINK_DAYS = 35
"""Days a link to the progress page stays open when it is made by another page; mails make their own."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """tongue: the runner's; the names in the record are in it."""

    runner: Subscriber
    record: Record
    tongue: Tongue


def link_to(deps: Deps, runner: Subscriber) -> str:
    """The address of a runner's progress, good for some weeks."""
    return deps.links.progress(runner.key, expires=deps.today() + timedelta(days=LINK_DAYS))


def routes(deps: Deps, pages: Pages) -> APIRouter:
    router = APIRouter()
    path = f"{PATHS['progress']}{{token}}"

    @router.api_route(path, methods=READING)
    def progress(token: str, request: Request) -> Response:
        seen = _see(token, request)
        if isinstance(seen, Response):
            return seen
        drawn = year_card.card(seen.record, seen.tongue) if seen.record.sessions else None
        return pages.show(
            "progress",
            headers=SCRIPTED if drawn else None,
            tongue=seen.tongue,
            page=progress_page(seen.record, Loads(seen.runner.units, seen.tongue)),
            feed=links_to(deps, seen.runner) if seen.runner.status == Status.ACTIVE else None,
            card=drawn,
            card_url=f"{deps.base}{PATHS['progress']}{token}/year.svg",
        )

    @router.api_route(f"{path}/year.svg", methods=READING)
    def card(token: str, request: Request) -> Response:
        seen = _see(token, request)
        if isinstance(seen, Response):
            return seen
        return Response(year_card.svg(year_card.card(seen.record, seen.tongue)), media_type="image/svg+xml")

    def _see(token: str, request: Request) -> _Seen | Response:
        link = deps.links.read("progress", token, today=deps.today())
        if isinstance(link, Expired):
            return pages.problem("expired-progress", 410, tongue=tongue_of(request))
        if not isinstance(link, Viewing):
            return pages.problem("link", 404, tongue=tongue_of(request))
        with deps.sessionmaker() as session:
            who = subscribers.get(session, link.subscriber_key)
            profile = None if who is None else subscribers.profile_of(session, who.id)
            if who is None or who.status == Status.ERASED or profile is None:
                return pages.problem("gone", 410, tongue=tongue_of(request))
            past = history.past(session, who.id, since=deps.today() - timedelta(weeks=WEEKS_BACK))
        tongue = languages.library().tongue(who.language)
        return _Seen(who, record(past, profile, who.units, spoken(deps.catalogue, tongue)), tongue)

    return router
