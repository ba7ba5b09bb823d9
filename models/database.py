"""Opening the database and bringing it up to date."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from coach.errors import StridewellError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy.orm import Session

MIGRATIONS = Path(__file__).parent / "migrations"

BUSY_TIMEOUT_S = 10
"""How long a SQLite connection waits for the one that is writing. The longest write, a chunk of 1,000 runners, takes 0.1 s."""

_READS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN")

_MIGRATION_LOCK = 7_741_201_901
"""Any number nobody else locks: two processes that start at once bring PostgreSQL up to date one after the other."""


class NewerDatabase(StridewellError):
    """The database was brought up by a newer Stridewell than this one."""


class BadDatabaseUrl(StridewellError):
    """The address of the database cannot be read or names a database that is not supported."""


def open_engine(url: str) -> Engine:
    """The engine of `sqlite:///file`, `sqlite://` (in memory, gone with the engine) or `postgresql://…` (through psycopg 3).

    SQLite: write-ahead log, foreign keys on. A transaction takes the write lock (BEGIN IMMEDIATE) at its first writing
    statement, so one that only reads never waits for a writer, and what it reads is committed: as on PostgreSQL.
    An error shows the statement but never its values: they hold addresses. Opens no connection yet. Raises BadDatabaseUrl.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadDatabaseUrl(
            "STRIDEWELL_DATABASE_URL: cannot be read as the address of a database. Write sqlite:///var/stridewell.db or "
            "postgresql://user:password@host/name."
        ) from error
    match parsed.get_backend_name():
        case "postgresql" | "postgres":
            return create_engine(parsed.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True)
        case "sqlite":
            options: dict[str, Any] = {"connect_args": {"timeout": BUSY_TIMEOUT_S}}
            if parsed.database in (None, "", ":memory:"):
                # One connection, shared: a second one would be a second, empty database.
                options = {"connect_args": {"check_same_thread": False}, "poolclass": StaticPool}
            engine = create_engine(parsed.set(drivername="sqlite+pysqlite"), hide_parameters=True, **options)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "before_cursor_execute", _begin_at_first_write)
            return engine
        case other:
            raise BadDatabaseUrl(f"STRIDEWELL_DATABASE_URL: {other} is not supported. Use sqlite:/// or postgresql://.")


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN comes late and deferred: it would fail at once where it should wait for a writer.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    _write_ahead(connection)
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Changing a new file to its write-ahead log is the one thing for which SQLite does not wait: two that open it at once would collide."""
    for tries_left in range(BUSY_TIMEOUT_S * 50, -1, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not tries_left:
                raise
            sleep(0.02)
        else:
            return


def _begin_at_first_write(
    connection: Connection, cursor: sqlite3.Cursor, statement: str, _parameters: object, _context: object, _many: bool
) -> None:
    driver = connection.connection.dbapi_connection
    if driver is not None and not driver.in_transaction and not statement.lstrip()[:8].upper().startswith(_READS):
        cursor.execute("BEGIN IMMEDIATE")


def take_write_lock(session: Session) -> None:
    """Begin to write before the first read: for a decision that must still hold when it is written.

    SQLite only; PostgreSQL locks the rows that a decision rests on, where they are read.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    driver = connection.connection.dbapi_connection
    if driver is not None and not driver.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def upgrade(engine: Engine) -> None:
    """Bring the database to `head()`, creating what is missing; from any directory. At head already: reads one row, locks nothing.

    Raises NewerDatabase.
    """
    from alembic import command
    from alembic.script import ScriptDirectory

    current = revision(engine)
    if current == head():
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise NewerDatabase(
            f"database: at revision {current}, this version knows up to {head()}. Run the newer Stridewell, or restore the "
            "backup made before it was started."
        )
    with _migrating(engine) as config:
        command.upgrade(config, "head")


def downgrade(engine: Engine, to: str) -> None:
    """Take the database back to a revision; "base" leaves it empty. What a newer revision held is lost."""
    from alembic import command

    with _migrating(engine) as config:
        command.downgrade(config, to)


def revision(engine: Engine) -> str | None:
    """The revision the database is at; None for one that was never brought up."""
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def head() -> str:
    """The newest revision this version of Stridewell knows. Read once a process: it takes milliseconds."""
    from alembic.script import ScriptDirectory

    newest = ScriptDirectory.from_config(_config()).get_current_head()
    if newest is None:
        raise StridewellError(f"{MIGRATIONS}: holds no migration. Install Stridewell again, complete.")
    return newest


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    # Alembic expands % in options; a folder may have one in its name.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _migrating(engine: Engine) -> Iterator[Config]:
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        if connection.dialect.name == "sqlite":
            # SQLite changes a table by building it anew and dropping the old one, which would take the runners' rows along.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield config
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise StridewellError(
                        f"database: a migration left {len(broken)} rows without the row they belong to; nothing was "
                        "changed. Report this."
                    )
                connection.commit()
            finally:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
                yield config
