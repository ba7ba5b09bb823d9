"""A website whose mails go through a real mail server into a folder, and a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.settings import Settings
from app.wiring import House
from tests.app.conftest import KEY
from tests.web.account.lives import FIRST, Life
from tests.web.account.people import Phone
from tests.web.conftest import Website


@pytest.fixture
def phone(open_website: Callable[..., Website], tmp_path: Path) -> Phone:
    return Phone(open_website(), tmp_path / "var" / "mailbox")


@pytest.fixture
def life(phone: Phone, tmp_path: Path) -> Life:
    """It is Saturday of her first week: she did it, and her knee was at 2 of 10, so the coach knows of it and holds nothing."""
    phone.join()
    website = phone.website
    settings = Settings(home=tmp_path, secret_key=(KEY,), public_url=website.deps.public_url)
    life = Life(phone, House(settings, website.engine, website.deps.sessionmaker, website.deps.clock))
    life.deliver()
    life.on(FIRST + timedelta(days=5), 9)
    life.answer(("s0.effort", "right"), ("pain.knee.level", "2"))
    life.listen()
    return life
