"""The house: settings turned into the parts that work together. The clock is read here."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from app import compiled, languages, places
from app.settings import Settings, load
from coach.errors import CatalogueError, StridewellError
from models import database

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from language.library import Library
    from mail.links import Links
    from mail.mime import Letterhead
    from mail.pictures import Draw, Png
    from mail.render import Renderer
    from mail.smtp import Transport
    from mail.tickets import Tickets

Clock = Callable[[], datetime]


class NotReady(StridewellError):
    """The database is missing, out of date or out of reach, or the compiled coach is out of date; the message says which and what to do."""


def clock() -> datetime:
    """The moment now, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 the one place


def next_monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


@dataclass(frozen=True)
class House:
    """Everything a use case needs. What costs time to make (catalogue, templates) is made at its first use."""

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    clock: Clock = clock

    @cached_property
    def catalogue(self) -> Catalogue:
        return _catalogue(places.catalogue_folder())

    @cached_property
    def library(self) -> Library:
        """The languages there are."""
        return languages.library()

    @cached_property
    def links(self) -> Links:
        from mail.links import Links

        return Links(self.settings.public_url, self.settings.secret_key)

    @cached_property
    def tickets(self) -> Tickets:
        from mail.tickets import Tickets

        return Tickets(self.settings.public_url, self.settings.secret_key)

    @cached_property
    def renderer(self) -> Renderer:
        return _renderer(places.templates_folder() / "email")

    @cached_property
    def pngs(self) -> Mapping[str, Png]:
        """The small pictures of exercises and stretches, by slug."""
        return _pngs(places.catalogue_folder())

    @cached_property
    def draw(self) -> Draw:
        """The pictures of mails: fetched from the web app, or going along."""
        from mail import pictures

        if self.settings.pictures_go_along:
            return pictures.along(self.pngs)
        return pictures.hosted(self.pngs, self.settings.public_url)

    @cached_property
    def letterhead(self) -> Letterhead:
        from mail.mime import letterhead

        return letterhead(self.settings.mail_from, self.settings.reply_to)

    @cached_property
    def worker(self) -> str:
        """Who holds a claimed mail: the machine, the process, and what tells apart two containers that call both the same."""
        return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"

    def at_head(self) -> bool:
        """Whether the database is there and up to date; False too when it is out of reach."""
        try:
            return not self._sqlite_missing() and database.revision(self.engine) == database.head()
        except (SQLAlchemyError, OSError):
            return False

    def is_new(self) -> bool:
        """Whether nothing was ever set up in the database; False when it is out of reach."""
        try:
            return self._sqlite_missing() or database.revision(self.engine) is None
        except (SQLAlchemyError, OSError):
            return False

    def ready(self) -> None:
        """Raises NotReady unless the database can be used."""
        try:
            found = None if self._sqlite_missing() else database.revision(self.engine)
        except (SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
            remedy = (
                "Give the user that runs Stridewell the right to write the file and its folder; a damaged file, take from a backup."
                if self.engine.dialect.name == "sqlite"
                else "Check that it runs and that the address is right."
            )
            raise NotReady(f"STRIDEWELL_DATABASE_URL: the database cannot be reached ({reason}). {remedy}") from None
        if found is None:
            raise NotReady("The database is not set up yet. Run: stridewell db upgrade")
        if found != database.head():
            raise NotReady(
                f"The database is at revision {found} and this version needs {database.head()}. "
                "Stop what uses it, then run: stridewell db upgrade"
            )

    def upgrade(self) -> None:
        """Make the database or bring it up to date."""
        if self.engine.dialect.name == "sqlite" and self.engine.url.database:
            Path(self.engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        database.upgrade(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def _sqlite_missing(self) -> bool:
        # Opening a SQLite database makes an empty file: looking must not.
        name = self.engine.url.database
        return (
            self.engine.dialect.name == "sqlite" and bool(name) and name != ":memory:" and not Path(name or "").exists()
        )


def build(settings: Settings | None = None, *, clock: Clock = clock) -> House:
    """The house, without touching the database. settings: read from `.env` and the environment when not given.

    Raises NotReady when the coach is compiled and its sources have changed since.
    """
    if old := compiled.outdated(places.checkout() / "coach"):
        raise NotReady(compiled.told(old))
    found = load() if settings is None else settings
    # Our own messages only: how much the libraries say is decided by whoever runs them.
    logging.getLogger("stridewell").setLevel(found.log_level)
    engine = database.open_engine(found.database)
    # Objects are values here, never rows that know their session: nothing may be read again after a commit.
    return House(found, engine, sessionmaker(engine, expire_on_commit=False), clock)


@contextmanager
def open_house(settings: Settings | None = None, *, upgrade: bool = False, clock: Clock = clock) -> Iterator[House]:
    """The house, ready for use, closed at the end.

    upgrade: bring the database up to date first; else one that is not raises NotReady.
    """
    house = build(settings, clock=clock)
    try:
        if upgrade:
            house.upgrade()
        house.ready()
        yield house
    finally:
        house.close()


@contextmanager
def transport(house: House) -> Iterator[Transport]:
    """The way out for mails: the server of STRIDEWELL_SMTP_URL, or a mailbox of this process that keeps them as files."""
    from mail.smtp import Transport

    settings = house.settings
    if not settings.embedded:
        with Transport(settings.smtp_url, rate=settings.send_rate, connections=settings.connections) as way:
            yield way
        return
    from mail.mailbox import Mailbox

    box = Mailbox(settings.mailbox_folder)
    box.start()
    try:
        with Transport(f"smtp://127.0.0.1:{box.port}", connections=settings.connections) as way:
            yield way
    finally:
        box.stop()


@lru_cache(maxsize=1)
def _catalogue(folder: Path) -> Catalogue:
    """Read once a process: a flow opens a house for every chunk, and they all use the same."""
    return load_catalogue(folder)


@lru_cache(maxsize=1)
def _pngs(folder: Path) -> Mapping[str, Png]:
    from app import drawing
    from mail import pictures

    return {slug: pictures.png(octets) for slug, octets in drawing.pngs(folder).items()}


@lru_cache(maxsize=1)
def _renderer(folder: Path) -> Renderer:
    """Templates compiled once a process."""
    from mail.render import Renderer

    return Renderer(folder)


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue from its folder, read once; its figures are drawn elsewhere. Raises CatalogueError."""
    from coach import catalogue_files

    if not folder.is_dir():
        raise CatalogueError(str(folder), "folder", "is missing; install Stridewell again, complete")
    files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".md", ".toml") and path.is_file() and not name.startswith("figures/"):
            try:
                files[name] = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                raise CatalogueError(name, "file", "cannot be read as UTF-8 text") from None
    return catalogue_files.parse(files)
