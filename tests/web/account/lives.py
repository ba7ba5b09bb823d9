"""Ada, her phone, and what the flows do while time passes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app import delivery, feedback, joining, weekly, wiring
from app.wiring import House
from coach.profile import Region
from coach.week import Week
from models import plans, subscribers, training
from models.people import Subscriber
from tests.web.account.people import Phone, text_of

FIRST = date(2026, 11, 30)
"""The Monday of Ada's first week: she signs up on the Saturday before it."""
SUNDAY = FIRST + timedelta(days=6)
SECOND = FIRST + timedelta(days=7)


@dataclass(frozen=True)
class Life:
    """Ada, her phone, and what the flows do while time passes."""

    phone: Phone
    house: House

    @property
    def me(self) -> Subscriber:
        with self.house.sessions() as session:
            runner = subscribers.find(session, "ada@example.org")
        assert runner is not None
        return runner

    def on(self, day: date, hour: float) -> None:
        """It is so many hours after midnight of a day, in UTC."""
        self.phone.website.hands["now"] = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)

    def hourly(self) -> None:
        """As the flow `weekly` does it."""
        now = self.house.clock()
        joining.tidy(self.house, now=now)
        for monday, ids in weekly.due(self.house, now).by_week.items():
            weekly.plan(self.house, ids, monday, now=now)

    def deliver(self) -> None:
        with wiring.transport(self.house) as way:
            delivery.deliver_all(self.house, way, worker="w")

    def listen(self) -> None:
        feedback.log_all(self.house, now=self.house.clock())
        self.deliver()

    def answer(self, *said: tuple[str, str]) -> None:
        """By the link of the newest weekly mail."""
        self.phone.send(self.phone.link("/a/").partition("?")[0], list(said))

    def change(self, **changes: str) -> str:
        self.phone.open("/account/profile")
        return self.phone.press(**{name.replace("__", "."): value for name, value in changes.items()}).text

    def pause(self, until: date) -> None:
        self.phone.open("/account")
        assert "no mails before" in self.phone.press(until=until.isoformat()).text

    def leave(self) -> None:
        self.phone.open("/account")
        token = self.phone.shown.text.split('href="/u/')[1].split('"')[0]
        self.phone.open(f"/u/{token}")
        self.phone.press()

    def start_again(self) -> None:
        self.phone.open("/account")
        assert "Your week comes every" in self.phone.press().text

    def week(self, monday: date) -> Week | None:
        with self.house.sessions() as session:
            return plans.get_week(session, self.me.id, monday)

    def planned(self) -> list[date]:
        with self.house.sessions() as session:
            return plans.weeks_of(session, self.me.id)

    def pain(self, region: Region = Region.KNEE) -> int:
        """The level that the next plan will go by."""
        self.listen()
        with self.house.sessions() as session:
            (loaded,) = training.load(session, [self.me.id])
        assert loaded.progress is not None
        return {r.region: r.pain for r in loaded.progress.regions}[region]

    def newest_mail(self) -> str:
        """What the newest weekly mail says."""
        return text_of([m for m in self.phone.mails() if "weekly:" in str(m["Feedback-ID"])][-1])
