"""A website whose mails go through a real mail server into a folder, and a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.account.people import Phone
from tests.web.conftest import Website


@pytest.fixture
def phone(open_website: Callable[..., Website], tmp_path: Path) -> Phone:
    return Phone(open_website(), tmp_path / "var" / "mailbox")
