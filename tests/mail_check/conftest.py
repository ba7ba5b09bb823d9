"""The tools that judge, and the mails they judge. What is missing fails a test: a judge that stays away has not agreed."""

from __future__ import annotations

import itertools
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from app.wiring import House
from tests.mail_check import mails
from tests.mail_check.mails import Mail
from tests.web.chromium import chromium

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def node() -> str:
    """Node, with the packages of package-lock.json beside these tests."""
    found = shutil.which("node")
    if found is None or not (HERE / "node_modules").is_dir():
        pytest.fail("The mail check needs Node.js 18 or newer and its packages. Run: make mail-check")
    return found


@pytest.fixture(scope="session")
def spamassassin() -> str:
    found = shutil.which("spamassassin")
    if found is None:
        pytest.fail("The mail check needs SpamAssassin. On Debian: apt-get install spamassassin")
    return found


@pytest.fixture(scope="session")
def goldens() -> list[Mail]:
    return mails.goldens()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = mails.a_house(tmp_path_factory.mktemp("home"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def posted(house: House) -> list[Mail]:
    """The same ones each time: runners' keys, which weeks are varied by, are counted instead of drawn."""
    numbers = itertools.count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_hex", lambda octets: f"{next(numbers):0{2 * octets}x}")
        return mails.posted(house)


@pytest.fixture(scope="session")
def every_mail(goldens: list[Mail], posted: list[Mail]) -> list[Mail]:
    return [*goldens, *posted]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()
