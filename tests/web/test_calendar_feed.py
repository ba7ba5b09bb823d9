"""A calendar program subscribes, asks again and again, and never learns anything about health."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx
import pytest
from icalendar import Calendar

from coach.answers import Answers, Pain, RedFlag
from coach.profile import Race, Region
from coach.week import Reason
from language.tongue import ENGLISH
from mail import calendars
from models import answers as answer_log
from models import erasing, subscribers
from models.people import Status
from tests.builders import MONDAY, a_prescription, a_profile, a_session, a_subscriber, a_week
from tests.web.conftest import Website


def feed_of(website: Website, **headers: str) -> httpx.Response:
    path = urlsplit(website.deps.links.calendar(website.runner.key)).path
    return website.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})


def events_of(website: Website) -> list[Any]:
    answer = feed_of(website)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_program_can_read_it(website: Website) -> None:
    answer = feed_of(website)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    calendar = Calendar.from_ical(answer.content)
    assert calendar["version"] == "2.0"
    assert not list(calendar.errors)
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED"} <= set(event)


def test_each_session_stands_on_its_day_in_the_evening_for_as_long_as_it_takes(website: Website) -> None:
    tuesday, thursday = events_of(website)
    assert str(tuesday["summary"]) == "Strength 36 min"
    assert tuesday["dtstart"].dt == datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    assert tuesday["dtend"].dt - tuesday["dtstart"].dt == timedelta(minutes=36)
    assert thursday["dtstart"].dt.date() == date(2026, 11, 26)
    assert "1. Split squat: 3 × 10, each side · 12 kg dumbbells" in str(tuesday["description"])


@pytest.mark.parametrize(
    ("zone", "week_of", "before", "after"),
    [
        ("Europe/London", date(2026, 10, 19), 17, 18),
        ("America/New_York", date(2026, 10, 26), 22, 23),
        ("Europe/London", date(2027, 3, 22), 18, 17),
    ],
)
def test_the_hour_on_the_runners_own_clock_stays_when_clocks_change(
    open_website: Callable[..., Website], zone: str, week_of: date, before: int, after: int
) -> None:
    """before, after: the UTC hour of 18:00 in the week before the night and in the week after it."""
    evening = a_session(day=4, placed=Reason("placed_free"))
    website = open_website(a_subscriber(time_zone=zone), a_week(week_of=week_of, sessions=(evening,)))
    website.plan(a_week(week_of=week_of + timedelta(days=7), sessions=(evening,)))
    website.hands["now"] = datetime.combine(week_of, datetime.min.time(), UTC)
    starts = [event["dtstart"].dt for event in events_of(website)]
    assert [start.hour for start in starts] == [before, after]
    assert {start.astimezone(ZoneInfo(zone)).hour for start in starts} == {18}


@pytest.mark.parametrize(
    ("day", "placed", "hour"),
    [(5, "placed_free", 10), (6, "placed_easy", 10), (6, "placed_after_long", 18), (1, "placed_after_hard", 18)],
)
def test_a_free_weekend_day_begins_with_it_and_a_long_run_comes_first(
    open_website: Callable[..., Website], day: int, placed: str, hour: int
) -> None:
    website = open_website(week=a_week(sessions=(a_session(day=day, placed=Reason(placed)),)))
    (event,) = events_of(website)
    assert event["dtstart"].dt.hour == hour


def test_a_light_session_says_so(open_website: Callable[..., Website]) -> None:
    website = open_website(week=a_week(sessions=(a_session(light=True, minutes=20),)))
    assert str(events_of(website)[0]["summary"]) == "Light strength 20 min"


def test_the_race_takes_a_whole_day(open_website: Callable[..., Website]) -> None:
    race = Race(MONDAY + timedelta(days=20), 42.2)
    website = open_website(a_subscriber(profile=a_profile(race=race)))
    (event,) = [e for e in events_of(website) if "Race" in str(e["summary"])]
    assert str(event["summary"]) == "Race, 42.2 km"
    assert event["dtstart"].dt == race.day
    assert event["dtend"].dt == race.day + timedelta(days=1)
    assert not isinstance(event["dtstart"].dt, datetime)


def test_asking_again_gives_the_same_bytes_and_costs_nothing(website: Website) -> None:
    first = feed_of(website)
    website.hands["now"] += timedelta(hours=5)
    assert feed_of(website).content == first.content
    for tag in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
        again = feed_of(website, if_none_match=tag)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == first.headers["etag"]
    assert feed_of(website, if_none_match='"other"').status_code == 200
    assert "no-store" not in first.headers["cache-control"]


def test_a_new_week_adds_its_sessions_and_leaves_the_others_as_they_were(website: Website) -> None:
    before = {str(e["uid"]): e.to_ical() for e in events_of(website)}
    tag = feed_of(website).headers["etag"]
    website.hands["now"] += timedelta(days=1)
    website.plan(a_week(week_of=MONDAY + timedelta(days=7), number=6))
    after = {str(e["uid"]): e.to_ical() for e in events_of(website)}
    assert len(after) == len(before) + 2
    assert before.items() <= after.items()
    assert feed_of(website, if_none_match=tag).status_code == 200


def test_the_page_after_an_answer_leads_to_the_calendar(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "right")]).text
    address = website.deps.links.calendar(website.runner.key)
    assert f'value="{address}"' in page
    assert f'href="{address.replace("https:", "webcal:")}"' in page
    assert website.get(urlsplit(address).path).status_code == 200


def test_two_runners_events_never_have_the_same_name(open_website: Callable[..., Website]) -> None:
    one, other = open_website(), open_website(a_subscriber(email="bo@example.org"))
    assert not {str(e["uid"]) for e in events_of(one)} & {str(e["uid"]) for e in events_of(other)}
    assert one.runner.key not in feed_of(one).text


def test_a_week_planned_anew_replaces_its_events(website: Website) -> None:
    (event, _) = events_of(website)
    owner = calendars.Owner(website.runner.key, "Europe/London", "kg", ENGLISH, website.deps.public_url)
    again = calendars.Planned(a_week(), website.hands["now"] + timedelta(hours=2))
    feed = calendars.feed(owner, [again], None, website.deps.catalogue, stopped_from=None)
    anew = Calendar.from_ical(feed).walk("VEVENT")[0]
    assert anew["uid"] == event["uid"]
    assert anew["sequence"] > event["sequence"]
    assert anew["last-modified"].dt > event["last-modified"].dt


def test_nothing_about_health_stands_in_it(open_website: Callable[..., Website]) -> None:
    week = a_week(paused_regions=(Region.KNEE,), changes=(Reason("pain_less", (("region", "knee"),)),))
    website = open_website(week=week)
    website.tell(Answers(pains=(Pain(Region.KNEE, 5),), note="Sore knee", soreness=8))
    text = feed_of(website).text.replace("\r\n ", "").lower()
    for word in ("knee pain", "pain", "sore", "hurt", "injur", "ana@", website.runner.name.lower(), "http"):
        assert word not in text


def test_pain_told_in_the_week_takes_from_what_is_still_to_come(website: Website) -> None:
    coming = MONDAY + timedelta(days=7)
    website.plan(a_week(week_of=coming))
    website.hands["now"] = datetime(2026, 11, 30, 9, tzinfo=UTC)
    before = {str(e["uid"]): e for e in events_of(website) if e["dtstart"].dt.date() > coming}
    website.post(website.answer_path(coming), [("pain.knee.level", "7")])
    after = {str(e["uid"]): e for e in events_of(website) if e["dtstart"].dt.date() > coming}
    assert set(after) <= set(before)
    squats = [uid for uid, e in before.items() if "Split squat: 3 × 10" in str(e["description"])]
    assert squats
    for uid in squats:
        assert uid not in after or "Split squat: 3 × 10" not in str(after[uid]["description"])
        assert uid not in after or after[uid]["sequence"] > before[uid]["sequence"]
    website.hands["now"] += timedelta(hours=3)
    assert {str(e["uid"]): e for e in events_of(website) if str(e["uid"]) in after} == after


@pytest.mark.parametrize("folded", [False, True])
def test_a_red_flag_takes_the_sessions_to_come_out_of_the_calendar(website: Website, folded: bool) -> None:
    import coach
    from models import plans, training

    website.hands["now"] = datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert len(events_of(website)) == 2
    website.tell(Answers(red_flags=frozenset({RedFlag.FAINTING})))
    if folded:
        with website.deps.sessionmaker.begin() as session:
            (runner,) = training.load(session, [website.runner.id])
            ((week, told),) = runner.unfolded
            start = coach.start(runner.profile, website.deps.catalogue)
            progress = coach.fold(runner.profile, start, week, told, website.deps.catalogue)
            row = (website.runner.id, MONDAY, progress, runner.answers_through)
            plans.save_progress(session, [row], now=website.hands["now"])
    (left,) = events_of(website)
    assert left["dtstart"].dt.date() == date(2026, 11, 24)
    with website.deps.sessionmaker.begin() as session:
        answer_log.record(
            session, website.runner.id, MONDAY, Answers(cleared=True), now=website.hands["now"], source="operator"
        )
    assert len(events_of(website)) == 2


@pytest.mark.parametrize("status", [Status.UNSUBSCRIBED, Status.PENDING])
def test_the_calendar_ends_with_the_mails(website: Website, status: Status) -> None:
    with website.deps.sessionmaker.begin() as session:
        subscribers.set_status(session, website.runner.id, status, now=website.deps.clock())
    assert feed_of(website).status_code == 410


def test_a_pause_leaves_the_calendar_as_it_is(website: Website) -> None:
    website.mailed()
    with website.deps.sessionmaker.begin() as session:
        subscribers.set_status(session, website.runner.id, Status.PAUSED, now=website.deps.clock())
    assert len(events_of(website)) == 2


def test_a_runner_who_was_erased_has_no_calendar(website: Website) -> None:
    with website.deps.sessionmaker.begin() as session:
        erasing.erase(session, website.runner, now=website.deps.clock())
    answer = feed_of(website)
    assert answer.status_code == 410
    assert "nothing is kept" in answer.text


def test_links_of_another_kind_open_no_calendar(website: Website) -> None:
    for path in (website.answer_path(), website.unsubscribe_path()):
        token = path.rpartition("/")[2]
        answer = website.get(f"/calendar/{token}.ics")
        assert answer.status_code == 404
        assert "This link does not work" in answer.text


def test_weeks_long_past_drop_out(website: Website) -> None:
    website.hands["now"] += timedelta(weeks=12)
    assert events_of(website) == []


def test_odd_names_of_exercises_are_written_safely(open_website: Callable[..., Website]) -> None:
    gone = a_prescription(exercise="a;b,c\\d\nEND:VCALENDAR")
    website = open_website(week=replace(a_week(), sessions=(a_session(exercises=(gone,)),)))
    (event,) = events_of(website)
    assert "a;b,c\\d\nend:vcalendar" in str(event["description"]).lower()
