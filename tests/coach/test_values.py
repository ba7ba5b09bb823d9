"""What is known of a runner is a value: nobody who is handed it can change it, or hang anything on it."""

from __future__ import annotations

from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import iter_modules

import pytest

import coach

VALUES = sorted(
    {
        thing
        for module in iter_modules(coach.__path__)
        for thing in vars(import_module(f"coach.{module.name}")).values()
        if isinstance(thing, type) and is_dataclass(thing) and thing.__module__.startswith("coach.")
    },
    key=lambda x: (x.__module__, x.__name__),
)


DRAFTS = {"Item", "Working"}
"""What a function fills in while it works, and turns into a value before it hands it on."""
KEEPS = {"Catalogue"}
"""What looks things up once and keeps the answer."""


@pytest.mark.parametrize("value", VALUES, ids=lambda x: x.__name__)
def test_no_value_of_the_coach_can_be_changed(value: type) -> None:
    assert value.__dataclass_params__.frozen is (value.__name__ not in DRAFTS)  # type: ignore[attr-defined]
    assert ("__slots__" in vars(value)) is (value.__name__ not in KEEPS)
