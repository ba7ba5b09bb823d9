"""A runner's sessions as a calendar (RFC 5545): what and when, and nothing about health.

A feed to subscribe to and the file that comes with a mail are written here, of the same events under the same names, so
that whoever has both has each session once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from language.catalogue import exercise_name, spoken
from mail import words
from mail.mime import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.catalogue import Catalogue
    from coach.profile import Race
    from coach.week import Session, Week
    from language.tongue import Tongue

EVENING, MORNING = time(18), time(10)
"""When a session stands in the calendar: in the evening, on a free weekend day in the morning. Everybody moves it to suit."""

AFTER_A_RUN = frozenset({"placed_after_hard", "placed_after_long"})
"""Why a session is on its day: then it follows that day's run by hours, so it is never put in the morning."""

EVERY_HALF_DAY = timedelta(hours=12)

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is. key: the runner's. units: "kg" or "lb". public_url: our address; its host makes the names of events our own."""

    key: str
    time_zone: str
    units: str
    tongue: Tongue
    public_url: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A week, and when it was planned (aware): events change with that moment, and with nothing else."""

    week: Week
    planned_at: datetime


def feed(
    owner: Owner, weeks: Sequence[Planned], race: Race | None, catalogue: Catalogue, *, stopped_from: date | None
) -> bytes:
    """The calendar to subscribe to: UTF-8, lines folded, CRLF. The same weeks give the same bytes.

    weeks: oldest first. catalogue: in any language. stopped_from: sessions from this day on are left out, since a red flag
    stands; None: none stands.
    """
    calendar = _calendar()
    calendar.add("name", "Stridewell")
    calendar.add("x-wr-calname", "Stridewell")
    calendar.add("refresh-interval", EVERY_HALF_DAY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for one in weeks:
        for day, event in _sessions(owner, one, catalogue):
            if stopped_from is None or day < stopped_from:
                calendar.add_component(event)
    if race is not None and weeks and race.day >= weeks[0].week.week_of:
        calendar.add_component(_race(owner, race, weeks[-1].planned_at))
    return bytes(calendar.to_ical())


def attachment(owner: Owner, planned: Planned, catalogue: Catalogue) -> Attachment | None:
    """The week's sessions as a file that goes along with its mail; None for a week without any, as no calendar may be empty.

    Without the feed's name and hours of asking: a program that is given a name makes it a calendar of its own.
    """
    calendar = _calendar()
    for _, event in _sessions(owner, planned, catalogue):
        calendar.add_component(event)
    if not calendar.subcomponents:
        return None
    text = calendar.to_ical().decode("utf-8")
    return Attachment(f"stridewell-{planned.week.week_of}.ics", "text/calendar; method=PUBLISH", text)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Stridewell//Strength for runners//EN")
    calendar.add("method", "PUBLISH")
    return calendar


def _sessions(owner: Owner, of: Planned, catalogue: Catalogue) -> list[tuple[date, Event]]:
    """The sessions that have something to do, with their days."""
    catalogue = spoken(catalogue, owner.tongue)
    days = [of.week.week_of + timedelta(days=session.day) for session in of.week.sessions]
    return [
        (day, _session(owner, of, index, catalogue))
        for index, (day, session) in enumerate(zip(days, of.week.sessions, strict=True))
        if session.exercises
    ]


def _session(owner: Owner, of: Planned, index: int, catalogue: Catalogue) -> Event:
    """Times are in UTC: a fixed instant needs no zone rules, and is right in the nights when clocks change."""
    session, tongue = of.week.sessions[index], owner.tongue
    day = of.week.week_of + timedelta(days=session.day)
    start = datetime.combine(day, _hour(session, day), ZoneInfo(owner.time_zone)).astimezone(UTC)
    exercises = [
        f"{n}. {exercise_name(p.exercise, catalogue)}: {words.dose_text(p, owner.units, tongue)}"
        for n, p in enumerate(session.exercises, 1)
    ]
    title = tongue.gettext(
        "%(session)s of week %(number)s", session=words.session_name(session.name, tongue), number=of.week.number
    )
    kind = tongue.gettext("Light strength") if session.light else tongue.gettext("Strength")
    length = tongue.gettext("%(minutes)s min", minutes=session.minutes)
    event = _event(owner, f"{of.week.week_of}/{index}", of.planned_at)
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


def _race(owner: Owner, race: Race, planned_at: datetime) -> Event:
    event = _event(owner, "race", planned_at)
    event.add("dtstart", race.day)
    event.add("dtend", race.day + timedelta(days=1))
    summary = owner.tongue.gettext("Race, %(length)s km", length=owner.tongue.decimal(race.distance_km))
    _say(event, "summary", summary, owner.tongue)
    event.add("transp", "TRANSPARENT")
    return event


def _say(event: Event, name: str, text: str, tongue: Tongue) -> None:
    """A property for people to read, with the language it is in (RFC 5545, 3.2.10)."""
    event.add(name, text, parameters={"LANGUAGE": tongue.code})


def _event(owner: Owner, name: str, planned_at: datetime) -> Event:
    """name: what it is of the runner's, the same for as long as it is the same thing."""
    event = Event()
    host = urlsplit(owner.public_url).hostname or "stridewell"
    event.add("uid", f"{blake2b(f'{owner.key}/{name}'.encode(), digest_size=12).hexdigest()}@{host}")
    event.add("dtstamp", planned_at.replace(microsecond=0))
    event.add("last-modified", planned_at.replace(microsecond=0))
    # Grows when a week is planned anew, and needs no count to be kept.
    event.add("sequence", max(0, (planned_at - _EPOCH) // timedelta(minutes=1)))
    return event


def _hour(session: Session, day: date) -> time:
    return MORNING if day.weekday() >= 5 and session.placed.code not in AFTER_A_RUN else EVENING
