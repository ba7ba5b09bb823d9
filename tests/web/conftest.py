"""A web app over a real store, with one runner who has a plan, and a phone to open its pages with."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, MetaData, select
from sqlalchemy.orm import Session, sessionmaker

from app.settings import Settings
from app.website import parts as parts_of
from app.wiring import House
from coach.answers import Answers
from coach.catalogue import Catalogue
from coach.week import Week
from models import answers as answer_log
from models import plans, subscribers
from models.database import open_engine, upgrade
from models.people import NewSubscriber, Subscriber
from tests.app.conftest import KEY
from tests.builders import MONDAY, a_subscriber, a_week, take_letters
from tests.conftest import read_catalogue
from web.deps import Deps
from web.site import create_app

FORM = "application/x-www-form-urlencoded"
SATURDAY = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
"""The end of the week of MONDAY: when most runners answer."""


@dataclass(frozen=True)
class Website:
    """A web app with one runner in it. clock: its hands can be set. jar: the cookies of the runner's browser."""

    deps: Deps
    app: FastAPI
    engine: Engine
    runner: Subscriber
    hands: dict[str, datetime]
    jar: httpx.Cookies = field(default_factory=httpx.Cookies)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """For hypothesis, which would write out the whole catalogue before it tells what failed."""
        printer.text("Website()")

    def answer_path(self, week_of: date = MONDAY, query: str = "") -> str:
        link = self.deps.links.answer(self.runner.key, week_of, expires=MONDAY + timedelta(days=28))
        return urlsplit(link).path + query

    def follow_path(self, key: str = "", week_of: date = MONDAY) -> str:
        link = self.deps.links.follow(self.runner.key, week_of, expires=MONDAY + timedelta(days=28))
        return urlsplit(link).path + (f"/{key}" if key else "")

    def unsubscribe_path(self) -> str:
        return urlsplit(self.deps.links.unsubscribe(self.runner.key, expires=MONDAY + timedelta(days=60))).path

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, fields: Sequence[tuple[str, str]] | bytes = b"", kind: str = FORM) -> httpx.Response:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode("ascii")
        return self.ask("POST", path, content=body, headers={"content-type": kind})

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            way = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=way, base_url="https://stridewell.example") as phone:
                phone.cookies = self.jar
                answer = await phone.request(method, path, **more)
                self.jar.clear()
                self.jar.update(phone.cookies)
                return answer

        return asyncio.run(once())

    def sign_in(self) -> None:
        """As with a link from a mail."""
        until = self.deps.clock() + timedelta(minutes=30)
        link = self.deps.tickets.link("sign-in", self.runner.key, secrets.token_hex(8), until=until)
        assert self.post(urlsplit(link).path).status_code == 303

    def told(self, week_of: date = MONDAY) -> Answers:
        """What the log holds of a week, merged."""
        with self.deps.sessionmaker() as session:
            return answer_log.given(session, self.runner.id, week_of)

    def tell(self, answers: Answers) -> None:
        """What the runner told before."""
        with self.deps.sessionmaker.begin() as session:
            answer_log.record(session, self.runner.id, MONDAY, answers, now=self.deps.clock(), source="web")

    def plan(self, week: Week) -> None:
        with self.deps.sessionmaker.begin() as session:
            plans.save_weeks(session, [plans.Planned(self.runner.id, week)], now=self.deps.clock())

    def mailed(self) -> None:
        """What waited is in the hands of a delivery."""
        with self.deps.sessionmaker.begin() as session:
            assert take_letters(session, worker="one", limit=9, lease_s=300, now=self.deps.clock())

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        tables = MetaData()
        with self.engine.connect() as connection:
            tables.reflect(connection)
            return {t.name: sorted(map(tuple, connection.execute(select(t))), key=repr) for t in tables.sorted_tables}

    def answers_stored(self) -> int:
        return len(self.everything()["answers"])


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file brought up once; tests get copies."""
    path = tmp_path_factory.mktemp("store") / "ready.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@cache
def the_catalogue() -> Catalogue:
    """The real one, read once a process."""
    return read_catalogue()


@pytest.fixture
def open_website(empty_store: Path, tmp_path: Path) -> Iterator[Callable[..., Website]]:
    """Makes a website; its arguments change the runner, the week, or the parts it is made of."""
    yield from websites(empty_store, tmp_path)


def websites(empty_store: Path, tmp_path: Path) -> Iterator[Callable[..., Website]]:
    """What makes websites in a folder, until their stores are closed."""
    engines: list[Engine] = []

    def make(
        new: NewSubscriber | None = None,
        week: Week | None = None,
        public_url: str = "https://stridewell.example",
        **parts: Any,
    ) -> Website:
        store = tmp_path / f"store-{len(engines)}.db"
        shutil.copy(empty_store, store)
        engine = open_engine(f"sqlite:///{store}")
        engines.append(engine)
        sessions: sessionmaker[Session] = sessionmaker(engine, expire_on_commit=False)
        new = a_subscriber() if new is None else new
        with sessions.begin() as session:
            subscribers.add(session, [new], now=SATURDAY - timedelta(days=7))
            runner = subscribers.find(session, new.email)
        assert runner is not None
        hands = {"now": SATURDAY}
        settings = Settings(home=tmp_path, secret_key=(KEY,), public_url=public_url)
        house = House(settings, engine, sessions, lambda: hands["now"])
        deps = replace(parts_of(house), **{"mailbox": None} | parts)
        site = Website(deps, create_app(deps), engine, runner, hands)
        site.plan(a_week() if week is None else week)
        return site

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def website(open_website: Callable[..., Website]) -> Website:
    return open_website()
