"""From a runner and a week to the words of a mail, with signed links."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import coach
from app import weekly
from app.wiring import next_monday
from coach.errors import StridewellError
from language import reasons
from mail import letter, reply
from mail.letter import Known, Recipient, Urls, WeeklyLetter
from models import beside, plans, subscribers, training
from models.people import Subscriber

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.wiring import House
    from coach.week import Reason, Week
    from mail.mime import Attachment
    from mail.render import Rendered
    from models.claims import Claimed

SAFETY = "safety"
"""Kind of the mail that answers strong or lasting pain."""

REST = "rest"
"""Kind of the mail that tells of other pain what it does to the rest of the week."""

STOP = "safety-stop"
"""Kind of the mail that answers a red flag."""

AT_ONCE = frozenset({SAFETY, REST, STOP})
"""Kinds that answer what was told at once. Their occasion is the highest answer in them: see `occasion`."""


class NobodyThere(StridewellError):
    """No runner has this address or key, or the runner has no such week."""


NOTHING_KNOWN = Known()

LOOKS_BACK = 4
"""Weeks from one look back to the next: the fifth mail compares with the first, the ninth too."""

FARTHEST_BACK = 8
"""Weeks: in two months doses have grown enough to see, and the runner still knows the old ones."""


def weekly_mail(house: House, runner: Subscriber, week: Week, *, on: date, known: Known) -> Rendered:
    """The weekly mail. on: the day it was queued; its links run from then, so that a second try is the same mail."""
    return house.renderer.weekly(weekly_letter(house, runner, week, on=on, known=known))


def weekly_letter(
    house: House, runner: Subscriber, week: Week, *, on: date, known: Known = NOTHING_KNOWN
) -> WeeklyLetter:
    """The words of the weekly mail, for whatever shows them. on: the day its links run from."""
    return letter.weekly(
        recipient(house, runner),
        week,
        house.catalogue,
        urls=urls(house, runner, week.week_of, on=on),
        postal_address=house.settings.postal_address,
        say=lambda reason: _say(house, runner, reason),
        known=known,
        draw=house.draw,
    )


def calendar_file(house: House, row: Claimed) -> Attachment | None:
    """The sessions of a weekly letter's week, as planned, for the runner's calendar; None for a week without any."""
    # Takes 70 ms to be read, and hardly anybody wants it.
    from mail import calendars

    if row.week is None or row.planned_at is None:
        return None
    runner = row.subscriber
    tongue = house.library.tongue(runner.language)
    owner = calendars.Owner(runner.key, runner.time_zone, runner.units, tongue, house.settings.public_url)
    return calendars.attachment(owner, calendars.Planned(row.week, row.planned_at), house.catalogue)


def known(session: Session, numbers: Mapping[int, int], week_of: date, *, by: datetime) -> dict[int, Known]:
    """By runner, what the weekly mail of this Monday tells besides the week. numbers: the week's number, by runner.

    by: what became known later (aware) does not count.
    """
    back = {i: week_of - timedelta(weeks=weeks) for i, number in numbers.items() if (weeks := _looks_back(number))}
    found = beside.beside(session, list(numbers), week_of, by=by, before=back)
    return {i: Known(f.profile.runs, f.profile.race, f.answered, f.before) for i, f in found.items()}


def _looks_back(number: int) -> int:
    """How many weeks the mail of a runner's week of this number looks back; 0 for one that does not."""
    return min(FARTHEST_BACK, number - 1) if number % LOOKS_BACK == 1 else 0


def occasion(through: int) -> str:
    """What tells the mails of a kind in a week apart. through: the id of the highest answer that counts in it."""
    return f"{through:x}"


def safety_mail(house: House, runner: Subscriber, week_of: date, occasion: str, *, on: date) -> Rendered:
    """The mail that answers pain or a red flag at once, with the rest of the week as it was when it was queued.

    Raises NobodyThere when the week was never planned.
    """
    # One that was queued before mails had occasions counts every answer.
    through = int(occasion, 16) if occasion else training.EVERY_ANSWER
    with house.sessions() as session:
        told = training.told(session, runner, week_of, through=through)
    if told is None:
        raise NobodyThere(f"{week_of}: no week was planned then, so nothing of it can be changed. Plan the week first.")
    rest = coach.rest_of_week(told.profile, told.progress, told.week, told.said, house.catalogue)
    return house.renderer.safety(
        reply.safety(
            recipient(house, runner),
            rest,
            told.week,
            house.catalogue,
            urls=urls(house, runner, week_of, on=on),
            postal_address=house.settings.postal_address,
            say=lambda reason: _say(house, runner, reason),
            draw=house.draw,
        )
    )


def recipient(house: House, runner: Subscriber) -> Recipient:
    """Whom a mail goes to, in the runner's language. Raises UnknownLanguage for one whose translation is gone."""
    tongue = house.library.tongue(runner.language)
    return Recipient(runner.name, runner.email, runner.units, runner.time_zone, tongue)


def urls(house: House, runner: Subscriber, week_of: date, *, on: date) -> Urls:
    settings = house.settings
    # From the week's end: a letter that is delayed does not shorten the time to answer.
    answer_until = max(on, week_of + timedelta(days=7)) + timedelta(days=settings.link_days)
    return Urls(
        answer=house.links.answer(runner.key, week_of, expires=answer_until),
        unsubscribe=unsubscribe_url(house, runner, on=on),
        follow=house.links.follow(runner.key, week_of, expires=answer_until),
        week=house.links.week(runner.key, week_of, expires=answer_until),
        progress=house.links.progress(runner.key, expires=answer_until),
        calendar=house.links.calendar(runner.key),
        account=account_url(house),
    )


def account_url(house: House) -> str:
    return f"{house.settings.public_url.rstrip('/')}/account"


def unsubscribe_url(house: House, runner: Subscriber, *, on: date) -> str:
    """The way out of a mail queued on this day."""
    return house.links.unsubscribe(runner.key, expires=on + timedelta(days=house.settings.unsubscribe_days))


def find(house: House, who: str) -> Subscriber:
    """The runner with this address or key. Raises NobodyThere."""
    with house.sessions() as session:
        found = subscribers.find(session, who) if "@" in who else subscribers.get(session, who)
    if found is None:
        raise NobodyThere(
            f"{who[:80]}: no runner has this {'address' if '@' in who else 'key'}. See: stridewell runners export"
        )
    return found


def preview(house: House, runner: Subscriber, week_of: date | None, *, today: date) -> tuple[Week, Rendered]:
    """The week and mail a runner has, or would get, for a Monday; nothing is stored.

    week_of: None for the newest planned week, or the coming one when there is none. Raises NobodyThere for a week that was
    never planned and is behind the runner, WrongWeek for one that is too far ahead.
    """
    with house.sessions() as session:
        kept = plans.latest_week(session, runner.id) if week_of is None else plans.get_week(session, runner.id, week_of)
        (loaded,) = training.load(session, [runner.id])
    week = kept
    if week is None:
        monday = week_of or next_monday(today)
        weekly.may_be_asked_for(monday, today=today)
        if weekly.is_behind(loaded, monday):
            raise NobodyThere(
                f"{monday}: no week was planned then, and later ones were. Ask for a planned or a coming week."
            )
        week = weekly.ahead(loaded, house.catalogue, monday).week
    with house.sessions() as session:
        told = known(session, {runner.id: week.number}, week.week_of, by=house.clock()).get(runner.id, Known())
    return week, weekly_mail(house, runner, week, on=today, known=told)


def _say(house: House, runner: Subscriber, reason: Reason) -> str:
    return reasons.sentence(reason, house.catalogue, runner.units, house.library.tongue(runner.language))
