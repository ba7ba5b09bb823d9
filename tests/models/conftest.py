"""A store for each test: `engine` runs every test twice, on a SQLite file and on PostgreSQL."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.database import open_engine, upgrade
from models.tables import Base
from tests.models.servers import empty_database, postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file brought up once; tests get copies."""
    path = tmp_path_factory.mktemp("ready") / "ready.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def ready_database(server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database brought up once, for one pytest worker; tests take it empty, one after the other."""
    with empty_database(server) as url:
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store with all tables and no rows."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("ready_file"), tmp_path / "store.db")
        return f"sqlite:///{tmp_path / 'store.db'}"
    url = str(request.getfixturevalue("ready_database"))
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())
    return url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Open for the whole test; what it writes counts once the test commits or reads in the same session."""
    with Session(engine) as session:
        yield session


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        with empty_database(request.getfixturevalue("server")) as url:
            yield url
