"""The mails that are judged: the goldens, and what the engine writes to the sample runners over some weeks."""

from __future__ import annotations

import email
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from app import delivery, feedback, places, runners_import, weekly, wiring
from app.settings import Settings
from app.wiring import House
from coach.answers import Answers, Effort, Pain, RedFlag, SessionReport
from coach.profile import Region
from mail import mime
from models import answers, choices, plans, subscribers
from models.choices import Choice
from models.people import Subscriber
from tests.builders import take_letters
from tests.mail.letters import LETTERS, rendered
from tests.mail.sample import MARA, POSTAL_ADDRESS, URLS

FIRST = date(2026, 9, 7)
WEEKS = 10
SENDER = "Stridewell <coach@stridewell.example>"
KEY = "Zx81-abcdefghijklmnopqrstuvwxyz-0123456789"

ROUND = (Effort.RIGHT, Effort.EASY, Effort.EASY, Effort.RIGHT, Effort.HARD)
"""What the sample runners tap, week after week."""


@dataclass(frozen=True)
class Mail:
    """One mail as it goes over the wire, and its parts."""

    name: str
    octets: bytes
    kind: str = "golden"

    @property
    def message(self) -> EmailMessage:
        found = email.message_from_bytes(self.octets, policy=SMTP)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def text(self) -> str:
        return self._part("plain")

    def _part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        assert body is not None
        return str(body.get_content())


def goldens() -> list[Mail]:
    """Every letter of the sample, as a mail."""
    head = mime.letterhead(SENDER)
    return [
        Mail(
            name,
            mime.build(
                rendered(name),
                mime.Headers(
                    letterhead=head,
                    to_name=MARA.name,
                    to_address=MARA.address,
                    message_id=f"golden.{name}",
                    date=datetime(2026, 11, 22, 17, 0, tzinfo=UTC),
                    unsubscribe_url=URLS.unsubscribe,
                    campaign="weekly:2026-11-23",
                ),
            ),
        )
        for name in LETTERS
    ]


def a_house(home: Path) -> House:
    """A house of its own, at the end of the weeks that are posted from it; every link is still open."""
    settings = Settings(
        home=home,
        secret_key=(KEY,),
        mail_from=SENDER,
        postal_address=POSTAL_ADDRESS,
        public_url="https://stridewell.example",
        link_days=7 * WEEKS,
        images="hosted",
    )
    last = datetime.combine(FIRST + timedelta(weeks=WEEKS - 1), datetime.min.time(), UTC)
    house = wiring.build(settings, clock=lambda: last)
    house.upgrade()
    return house


def posted(house: House) -> list[Mail]:
    """Ten weeks of the sample runners: their weekly mails, and the safety mails they earn on the way."""
    now = datetime.combine(FIRST - timedelta(days=1), datetime.min.time(), UTC)
    runners_import.run(house, places.sample_file(), now=now)
    with house.sessions() as session:
        runners = [runner for runner, _ in subscribers.everyone(session)]
    with house.sessions.begin() as session:
        # Every other one has the calendar file with it.
        for runner in runners[::2]:
            choices.want(session, runner.id, Choice.CALENDAR, wanted=True, now=now)
    for number in range(WEEKS):
        monday = FIRST + timedelta(weeks=number)
        now = datetime.combine(monday - timedelta(days=1), datetime.min.time(), UTC)
        planned = weekly.plan(house, [r.id for r in runners], monday, now=now)
        assert not planned.failures
        for place, runner in enumerate(runners):
            _answer(house, runner, place, number, monday, now + timedelta(days=5))
        feedback.log_all(house, now=now + timedelta(days=6))
    with house.sessions.begin() as session:
        claimed = take_letters(session, worker="judge", limit=1000, lease_s=300, now=now + timedelta(days=7))
    written = [
        (
            f"{row.kind}-{row.week_of}-{row.subscriber.email.partition('@')[0]}",
            row.kind,
            delivery.message(house, row),
        )
        for row in claimed
    ]
    return [Mail(name, message.data, kind) for name, kind, message in written]


def _answer(house: House, runner: Subscriber, place: int, number: int, monday: date, now: datetime) -> None:
    """Every fifth runner says nothing now and then; one has strong pain in the sixth week, one a warning sign in the eighth."""
    with house.sessions() as session:
        week = plans.get_week(session, runner.id, monday)
    if week is None or (place % 5 == 4 and number % 3 == 2):
        return
    effort = ROUND[(place + number) % len(ROUND)]
    told = Answers(
        sessions=tuple(SessionReport(n, effort) for n in range(len(week.sessions))),
        pains=(Pain(Region.KNEE, 7),) if (place, number) == (1, 5) else (),
        red_flags=frozenset({RedFlag.CALF_SWELLING}) if (place, number) == (2, 7) else frozenset(),
    )
    with house.sessions.begin() as session:
        answers.record(session, runner.id, monday, told, now=now, source="web")
