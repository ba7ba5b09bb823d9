"""A compiled coach runs only as long as it is the one that is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app import compiled, doctor, places, wiring
from app.doctor import State
from app.settings import Settings
from app.wiring import NotReady
from tests.app.conftest import KEY

BUILT = 1_790_000_000


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A coach of three modules, two of them compiled after they were written."""
    coach = tmp_path / "coach"
    coach.mkdir()
    for name, at in (("dose", -60), ("limits", 0), ("week", 60)):
        (coach / f"{name}.py").touch()
        os.utime(coach / f"{name}.py", (BUILT + at, BUILT + at))
    for name in ("dose", "limits"):
        (coach / f"{name}.cpython-311-x86_64-linux-gnu.so").touch()
        os.utime(coach / f"{name}.cpython-311-x86_64-linux-gnu.so", (BUILT, BUILT))
    return tmp_path


def test_what_was_compiled_from_the_sources_that_are_there_is_current(checkout: Path) -> None:
    assert compiled.outdated(checkout / "coach") == []


def test_a_source_that_was_changed_or_is_gone_makes_its_compiled_module_outdated(checkout: Path) -> None:
    os.utime(checkout / "coach/limits.py", (BUILT + 1, BUILT + 1))
    (checkout / "coach/dose.py").unlink()
    assert compiled.outdated(checkout / "coach") == ["dose", "limits"]


def test_nobody_is_planned_for_by_the_rules_of_before_an_update(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "checkout", lambda: checkout)
    settings = Settings(home=tmp_path, secret_key=(KEY,))
    wiring.build(settings).close()
    os.utime(checkout / "coach/limits.py", (BUILT + 1, BUILT + 1))
    with pytest.raises(NotReady, match=r"limits.*make compiled"):
        wiring.build(settings)
    (wrong,) = (f for f in doctor.examine(tmp_path, {"STRIDEWELL_SECRET_KEY": KEY}) if f.name == "coach")
    assert wrong.state is State.WRONG
    assert wrong.remedy == "Run: make compiled (or: make plain)"
