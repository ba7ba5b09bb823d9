"""What is known of a runner is a value: nobody who is handed it can change it, or hang anything on it."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

import coach
from coach.week import Dose, make_dose

if TYPE_CHECKING:
    from collections.abc import Callable

VALUES = sorted(
    {
        thing
        for module in iter_modules(coach.__path__)
        for thing in vars(import_module(f"coach.{module.name}")).values()
        if isinstance(thing, type) and is_dataclass(thing) and thing.__module__.startswith("coach.")
    },
    key=lambda x: (x.__module__, x.__name__),
)


DRAFTS = {"Item", "Working", "_Move"}
"""What a function fills in while it works, and turns into a value before it hands it on."""


@pytest.mark.parametrize("value", VALUES, ids=lambda x: x.__name__)
def test_no_value_of_the_coach_can_be_changed(value: type) -> None:
    assert value.__dataclass_params__.frozen is (value.__name__ not in DRAFTS)  # type: ignore[attr-defined]
    assert not value.__dictoffset__, "something can be hung on it"


def test_a_value_made_quickly_is_like_any_other() -> None:
    dose = Dose(3, 8, gear=None)
    assert dose == Dose(sets=3, amount=8, load_kg=0.0)
    assert repr(dose) == "Dose(sets=3, amount=8, load_kg=0.0, gear=None)"
    assert hash(dose) == hash(replace(dose))
    assert replace(dose, amount=9) == Dose(3, 9)
    assert pickle.loads(pickle.dumps(dose)) == copy.deepcopy(dose) == dose  # noqa: S301 from our own process
    with pytest.raises(FrozenInstanceError):
        dose.sets = 4  # type: ignore[misc]
    with pytest.raises(AttributeError):
        object.__setattr__(dose, "colour", "red")
    with pytest.raises(TypeError, match="amount"):
        Dose(3)  # type: ignore[call-arg]


MAKERS = sorted(
    {
        thing
        for module in iter_modules(coach.__path__)
        for name, thing in vars(import_module(f"coach.{module.name}")).items()
        if name.startswith("make_")
    },
    key=lambda x: x.__qualname__,
)


def test_a_value_that_a_function_makes_is_the_one_its_class_makes() -> None:
    made = make_dose(3, amount=8)
    assert type(made) is Dose
    assert made == Dose(3, 8)
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made  # noqa: S301 from our own process
    with pytest.raises(FrozenInstanceError):
        made.sets = 4  # type: ignore[misc]
    with pytest.raises(TypeError, match="amount"):
        make_dose(3)  # type: ignore[call-arg]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda x: x.__qualname__)
def test_a_function_takes_the_fields_of_what_it_makes_as_the_class_does(maker: Callable[..., object]) -> None:
    kind = next(v for v in VALUES if maker.__qualname__ == f"{v.__qualname__}.made")
    theirs, ours = signature(kind).parameters, signature(maker).parameters
    assert [(p.name, p.default) for p in ours.values()] == [(p.name, p.default) for p in theirs.values()]


@pytest.mark.parametrize("value", VALUES, ids=lambda x: x.__name__)
def test_a_value_is_made_from_its_fields_in_their_order(value: type) -> None:
    made = [f.name for f in fields(value) if f.init]
    assert list(signature(value).parameters) == made
