"""Shared by all tests: the real catalogue, read once, and the profiles of hypothesis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from app import compiled
from coach.catalogue_files import parse

if TYPE_CHECKING:
    from coach.catalogue import Catalogue

ROOT = Path(__file__).parent.parent

# Deadlines are timed assertions, and the machines that run tests are shared.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("shared")


def pytest_configure() -> None:
    if old := compiled.outdated(ROOT / "coach"):
        raise pytest.UsageError(compiled.told(old))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regold", action="store_true", help="write the goldens anew; read the difference before you commit it"
    )


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue()


def read_catalogue() -> Catalogue:
    root = ROOT / "catalogue"
    return parse(
        {
            p.relative_to(root).as_posix(): p.read_text(encoding="utf-8")
            for p in sorted(root.rglob("*"))
            if p.suffix in {".md", ".toml"}
        }
    )
