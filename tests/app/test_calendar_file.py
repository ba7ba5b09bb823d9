"""Whoever wants it gets the week's sessions with the weekly mail, as a file for the calendar, and nobody else does."""

from __future__ import annotations

import asyncio
import email
import email.policy
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx
from icalendar import Calendar

from app import delivery, reminding, website, wiring
from app.wiring import House
from coach.answers import Answers, Pain, RedFlag
from coach.profile import Region
from models import choices, claims, plans, subscribers
from models.choices import Choice
from models.people import Subscriber
from tests.app.conftest import Clock
from tests.app.people import add, found, plan, tell
from tests.app.test_delivery import claimed
from tests.builders import MONDAY, a_profile, a_subscriber, take_letters

NEXT = MONDAY + timedelta(days=7)


def wants(house: House, runner: Subscriber, *, wanted: bool = True) -> None:
    with house.sessions.begin() as session:
        choices.want(session, runner.id, Choice.CALENDAR, wanted=wanted, now=house.clock())


def posted(house: House) -> list[EmailMessage]:
    """What is in the embedded mailbox once everything that waits has been delivered, by address and Monday."""
    with wiring.transport(house) as way:
        delivery.deliver_all(house, way, worker="w")
    found = []
    for path in house.settings.mailbox_folder.glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.SMTP)
        assert isinstance(mail, EmailMessage)
        found.append(mail)
    return sorted(found, key=lambda mail: (str(mail["To"]), str(mail["Feedback-ID"])))


def files(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]


def events(octets: bytes) -> dict[str, Any]:
    """Each event by its UID, of a calendar that has no fault."""
    calendar = Calendar.from_ical(octets)
    assert not list(calendar.errors)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    for event in calendar.walk("VEVENT"):
        assert not list(event.errors)
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"} <= set(event)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def events_of(mail: EmailMessage) -> dict[str, Any]:
    (file,) = files(mail)
    octets = file.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return events(octets)


def feed(house: House, runner: Subscriber) -> dict[str, Any]:
    async def once() -> httpx.Response:
        way = httpx.ASGITransport(website.create(house))
        async with httpx.AsyncClient(transport=way, base_url=house.settings.public_url) as program:
            return await program.get(urlsplit(house.links.calendar(runner.key)).path)

    return events(asyncio.run(once()).content)


def test_only_who_asked_for_it_has_the_weeks_sessions_in_the_mail(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    wants(house, ana)
    plan(house, ana, ben)
    to_ana, to_ben = posted(house)
    assert to_ana.get_content_type() == "multipart/mixed"
    assert to_ben.get_content_type() == "multipart/alternative"
    assert not files(to_ben)
    (file,) = files(to_ana)
    assert file.get_filename() == "stridewell-2026-11-23.ics"
    assert file.get_content_disposition() == "attachment"
    assert file["Content-Type"].params == {"method": "PUBLISH", "charset": "utf-8"}
    with house.sessions() as session:
        week = plans.get_week(session, ana.id, MONDAY)
    assert week is not None
    assert len(events_of(to_ana)) == len(week.sessions) > 0
    for kind in ("plain", "html"):
        body = to_ana.get_body((kind,))
        assert body is not None
        assert "Ana" in body.get_content()


def test_whoever_has_the_feed_as_well_has_each_session_once_and_in_the_same_words(house: House) -> None:
    (ana,) = add(house, "ana")
    wants(house, ana)
    plan(house, ana)
    (mail,) = posted(house)
    in_mail, in_feed = events_of(mail), feed(house, ana)
    assert in_mail
    assert {uid: event.to_ical() for uid, event in in_mail.items()} == {
        uid: event.to_ical() for uid, event in in_feed.items()
    }


def test_a_calendar_that_opens_the_file_makes_no_calendar_of_its_own_of_it(house: House) -> None:
    (ana,) = add(house, "ana")
    wants(house, ana)
    plan(house, ana)
    (file,) = files(posted(house)[0])
    told = {line.partition(":")[0].partition(";")[0] for line in file.get_content().splitlines()}
    assert "METHOD" in told
    assert not told & {"NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"}


def test_it_speaks_the_runners_language_and_keeps_to_the_runners_clock(house: House) -> None:
    new = a_subscriber(
        email="ana@example.org", name="Ana", language="de", time_zone="Pacific/Auckland", profile=a_profile()
    )
    with house.sessions.begin() as session:
        subscribers.add(session, [new], now=house.clock())
    ana = found(house, "ana")
    wants(house, ana)
    plan(house, ana)
    (mail,) = posted(house)
    for event in events_of(mail).values():
        assert "raft" in str(event["summary"])
        assert event["summary"].params["LANGUAGE"] == "de"
        assert "Der ganze Plan steht in deiner Mail." in str(event["description"])
        assert event["dtstart"].dt.utcoffset() == timedelta()
        assert event["dtstart"].dt.astimezone(ZoneInfo("Pacific/Auckland")).hour in {10, 18}


def test_a_second_try_brings_the_same_file_byte_for_byte(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    wants(house, ana)
    plan(house, ana)
    row = claimed(house)
    first = delivery.message(house, row)
    assert b"text/calendar" in first.data
    clock.forward(hours=7)
    tell(house, ana, Answers(pains=(Pain(Region.KNEE, 8),)))
    assert delivery.message(house, row) == first


def test_a_second_try_brings_the_same_file_whatever_was_chosen_in_between(house: House, clock: Clock) -> None:
    ana, ben = add(house, "ana", "ben")
    wants(house, ana)
    plan(house, ana, ben)
    with house.sessions.begin() as session:
        rows = take_letters(session, worker="one", limit=9, lease_s=300, now=clock())
        ids = [row.id for row in rows]
    first = [delivery.message(house, row) for row in rows]
    clock.forward(minutes=5)
    wants(house, ana, wanted=False)
    wants(house, ben)
    with house.sessions() as session:
        assert [delivery.message(house, row) for row in claims.read(session, ids)] == first
    clock.forward(minutes=5)
    wants(house, ana)
    with house.sessions() as session:
        assert [delivery.message(house, row) for row in claims.read(session, ids)] == first


def test_what_is_chosen_while_a_mail_waits_is_for_the_next_one(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    clock.forward(minutes=2)
    wants(house, ana)
    clock.forward(days=7)
    plan(house, ana, week_of=NEXT)
    first, second = posted(house)
    assert not files(first)
    assert [file.get_filename() for file in files(second)] == ["stridewell-2026-11-30.ics"]


def test_no_more_of_them_once_a_runner_has_said_so(house: House) -> None:
    (ana,) = add(house, "ana")
    wants(house, ana)
    wants(house, ana, wanted=False)
    plan(house, ana)
    (mail,) = posted(house)
    assert not files(mail)


def test_a_reminder_brings_no_file(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    wants(house, ana)
    with house.sessions.begin() as session:
        choices.want(session, ana.id, Choice.REMINDER, wanted=True, now=house.clock())
    plan(house, ana)
    posted(house)
    # Friday, the day after the first session, at the hour of Ana's mails.
    clock.now = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
    assert reminding.queue(house, now=clock.now) == 1
    reminder, weekly = posted(house)
    assert str(reminder["Feedback-ID"]).startswith("reminder")
    assert files(weekly)
    assert not files(reminder)


def test_a_week_without_sessions_brings_no_empty_calendar(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    wants(house, ana)
    plan(house, ana)
    tell(house, ana, Answers(red_flags=frozenset({RedFlag.FAINTING})))
    clock.forward(days=7)
    plan(house, ana, week_of=NEXT)
    first, second = (mail for mail in posted(house) if "weekly" in str(mail["Feedback-ID"]))
    assert files(first)
    assert not files(second)


def test_nothing_about_health_stands_in_it(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    wants(house, ana)
    plan(house, ana)
    tell(house, ana, Answers(pains=(Pain(Region.KNEE, 5),), note="Sore knee", soreness=8))
    clock.forward(days=7)
    plan(house, ana, week_of=NEXT)
    (file,) = files(posted(house)[-1])
    text = file.get_content().replace("\r\n ", "").lower()
    assert "strength" in text
    for word in ("pain", "sore", "hurt", "injur", "ana", "http"):
        assert word not in text
