"""The address at which a calendar program asks for a runner's sessions, again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import coach
from app import languages
from mail import calendars
from mail.calendars import Planned
from mail.links import CALENDAR_FILE, PATHS, Viewing
from models import history, subscribers, training
from models.people import Status
from web.pages import READING
from web.visitor import tongue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import orm

    from models.history import Past
    from models.people import Subscriber
    from web.deps import Deps
    from web.pages import Pages

WEEKS_BACK = 8
"""Past weeks that stay in the calendar: programs forget what the feed no longer holds."""


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """How to come by a feed. address: to be given to a calendar program. subscribe: the same, opened by it."""

    address: str
    subscribe: str


def links_to(deps: Deps, runner: Subscriber) -> FeedLinks:
    address = deps.links.calendar(runner.key)
    return FeedLinks(address, f"webcal:{address.partition(':')[2]}")


def routes(deps: Deps, pages: Pages) -> APIRouter:
    router = APIRouter()

    @router.api_route(f"{PATHS['calendar']}{{token}}{CALENDAR_FILE}", methods=READING)
    def feed(token: str, request: Request) -> Response:
        """The feed. A calendar program asks every few hours, and mostly hears that nothing has changed."""
        link = deps.links.read("calendar", token, today=deps.today())
        if not isinstance(link, Viewing):
            return pages.problem("link", 404, tongue=tongue_of(request))
        with deps.sessionmaker() as session:
            who = subscribers.get(session, link.subscriber_key)
            if who is None or who.status not in {Status.ACTIVE, Status.PAUSED}:
                return pages.problem("gone", 410, tongue=tongue_of(request))
            profile = subscribers.profile_of(session, who.id)
            past = history.past(session, who.id, since=deps.today() - timedelta(weeks=WEEKS_BACK))
            weeks = tuple(_by_now(session, who, one, deps) for one in past)
        owner = calendars.Owner(
            who.key, who.time_zone, who.units, languages.library().tongue(who.language), deps.public_url
        )
        body = calendars.feed(
            owner,
            [Planned(one.week, one.planned_at) for one in weeks],
            None if profile is None else profile.race,
            deps.catalogue,
            stopped_from=deps.today() if is_stopped(weeks) else None,
        )
        tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
        headers = {
            "ETag": tag,
            "Cache-Control": "private, no-cache",
            "Content-Disposition": 'inline; filename="stridewell.ics"',
        }
        if _is_known(tag, request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="text/calendar", headers=headers)

    return router


def _by_now(session: orm.Session, runner: Subscriber, one: Past, deps: Deps) -> Past:
    """The week as it is asked for by now: pain told of while it runs takes from what is still to come."""
    over = one.week.week_of + timedelta(days=7) < deps.today()
    told = None if over else training.told(session, runner, one.week.week_of)
    if told is None:
        return one
    asked = coach.rest_of_week(told.profile, told.progress, told.week, told.said, deps.catalogue).week
    if asked.sessions == one.week.sessions:
        return one
    return replace(one, week=asked, planned_at=max(one.planned_at, one.told_at or one.planned_at))


def is_stopped(weeks: Sequence[Past]) -> bool:
    """Whether a red flag stands after these weeks, those told of since the last snapshot included."""
    stopped = False
    for one in weeks:
        stopped = bool(one.answers.red_flags) or (stopped and not one.answers.cleared)
        if one.progress is not None:
            stopped |= bool(one.progress.stopped) and not one.answers.cleared
    return stopped


def _is_known(tag: str, asked: str) -> bool:
    return asked.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in asked.split(",")}
