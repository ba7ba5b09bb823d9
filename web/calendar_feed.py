"""A runner's sessions as a calendar to subscribe to (RFC 5545): what and when, and nothing about health."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import Response

import coach
from app import languages
from language.catalogue import spoken
from mail import words
from mail.links import CALENDAR_FILE, PATHS, Viewing
from models import history, subscribers, training
from models.subscribers import Status
from web import fields as f
from web.visitor import tongue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import orm

    from coach.catalogue import Catalogue
    from coach.profile import Race
    from coach.week import Session
    from language.tongue import Tongue
    from models.history import Past
    from models.subscribers import Subscriber
    from web.deps import Deps
    from web.pages import Pages

WEEKS_BACK = 8
"""Past weeks that stay in the calendar: programs forget what the feed no longer holds."""

EVENING, MORNING = time(18), time(10)
"""When a session stands in the calendar: in the evening, on a free weekend day in the morning. Everybody moves it to suit."""

AFTER_A_RUN = frozenset({"placed_after_hard", "placed_after_long"})
"""Why a session is on its day: then it follows that day's run by hours, so it is never put in the morning."""

EVERY_HALF_DAY = timedelta(hours=12)

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose calendar it is, and what goes in. host: of our address: it makes the names of events our own. weeks: oldest first.

    tongue: what is read in it. stopped_from: sessions from this day on are left out, since a red flag stands; None: none stands.
    """

    runner: Subscriber
    host: str
    weeks: tuple[Past, ...]
    race: Race | None
    stopped_from: date | None
    tongue: Tongue


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

    @router.api_route(f"{PATHS['calendar']}{{token}}{CALENDAR_FILE}", methods=["GET", "HEAD"])
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
        body = written(
            Feed(
                runner=who,
                host=urlsplit(deps.public_url).hostname or "stridewell",
                weeks=weeks,
                race=None if profile is None else profile.race,
                stopped_from=deps.today() if is_stopped(weeks) else None,
                tongue=languages.library().tongue(who.language),
            ),
            deps.catalogue,
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


def written(feed: Feed, catalogue: Catalogue) -> bytes:
    """The calendar as it goes out: UTF-8, lines folded, CRLF. The same feed gives the same bytes. catalogue: in any language.

    Times are in UTC: a fixed instant needs no zone rules, and is right in the nights when clocks change.
    """
    catalogue = spoken(catalogue, feed.tongue)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Stridewell//Strength for runners//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "Stridewell")
    calendar.add("x-wr-calname", "Stridewell")
    calendar.add("refresh-interval", EVERY_HALF_DAY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for one in feed.weeks:
        for index, session in enumerate(one.week.sessions):
            day = one.week.week_of + timedelta(days=session.day)
            if session.exercises and (feed.stopped_from is None or day < feed.stopped_from):
                calendar.add_component(_session(feed, one, index, session, catalogue))
    if feed.race is not None and feed.weeks and feed.race.day >= feed.weeks[0].week.week_of:
        calendar.add_component(_race(feed, feed.race))
    return bytes(calendar.to_ical())


def _session(feed: Feed, of: Past, index: int, session: Session, catalogue: Catalogue) -> Event:
    day = of.week.week_of + timedelta(days=session.day)
    start = datetime.combine(day, _hour(session, day), ZoneInfo(feed.runner.time_zone)).astimezone(UTC)
    tongue = feed.tongue
    exercises = [
        f"{n}. {f.name_of(p.exercise, catalogue)}: {f.dose_text(p, feed.runner.units, tongue)}"
        for n, p in enumerate(session.exercises, 1)
    ]
    title = tongue.gettext(
        "%(session)s of week %(number)s", session=words.session_name(session.name, tongue), number=of.week.number
    )
    kind = tongue.gettext("Light strength") if session.light else tongue.gettext("Strength")
    length = tongue.gettext("%(minutes)s min", minutes=session.minutes)
    event = _event(feed, f"{of.week.week_of}/{index}", of.planned_at)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=session.minutes))
    _say(event, "summary", f"{kind} {length}", tongue)
    _say(
        event,
        "description",
        "\n".join([title, *exercises, "", tongue.gettext("Your mail has the whole plan.")]),
        tongue,
    )
    return event


def _race(feed: Feed, race: Race) -> Event:
    event = _event(feed, "race", feed.weeks[-1].planned_at)
    event.add("dtstart", race.day)
    event.add("dtend", race.day + timedelta(days=1))
    summary = feed.tongue.gettext("Race, %(length)s km", length=feed.tongue.decimal(race.distance_km))
    _say(event, "summary", summary, feed.tongue)
    event.add("transp", "TRANSPARENT")
    return event


def _say(event: Event, name: str, text: str, tongue: Tongue) -> None:
    """A property for people to read, with the language it is in (RFC 5545, 3.2.10)."""
    event.add(name, text, parameters={"LANGUAGE": tongue.code})


def _event(feed: Feed, name: str, planned_at: datetime) -> Event:
    """name: what it is of the runner's, the same for as long as it is the same thing."""
    event = Event()
    event.add("uid", f"{blake2b(f'{feed.runner.key}/{name}'.encode(), digest_size=12).hexdigest()}@{feed.host}")
    event.add("dtstamp", planned_at.replace(microsecond=0))
    event.add("last-modified", planned_at.replace(microsecond=0))
    # Grows when a week is planned anew, and needs no count to be kept.
    event.add("sequence", max(0, (planned_at - _EPOCH) // timedelta(minutes=1)))
    return event


def _hour(session: Session, day: date) -> time:
    return MORNING if day.weekday() >= 5 and session.placed.code not in AFTER_A_RUN else EVENING
