"""A house of its own for each test: real SQLite brought to head, the real catalogue and templates, the embedded mailbox."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import wiring
from app.settings import Settings
from app.wiring import House

KEY = "Zx81-abcdefghijklmnopqrstuvwxyz-0123456789"


class Clock:
    """A clock that tests turn by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """Sunday evening before MONDAY, 23 November 2026."""
    return Clock(datetime(2026, 11, 22, 18, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def ready_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with its database brought up once; tests get copies."""
    home = tmp_path_factory.mktemp("home")
    house = wiring.build(Settings(home=home, secret_key=(KEY,)))
    house.upgrade()
    house.close()
    return home


@pytest.fixture
def home(ready_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ready_home, tmp_path / "home"))


@pytest.fixture
def house(home: Path, clock: Clock) -> Iterator[House]:
    with wiring.open_house(Settings(home=home, secret_key=(KEY,)), clock=clock) as opened:
        yield opened
