"""Values that are made some two hundred times a week of a runner, made in a half or a third of the time.

A frozen dataclass sets each of its fields past its own guard, by a call. While a value is being made nobody else can see it:
so it is a plain object until all its fields are set, and frozen from then on. Calling a class has a price of its own, above
all with names: where values are made by the dozen, a function makes them.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
Fields = ParamSpec("Fields")


def quick(kind: type[Value]) -> type[Value]:
    """The same frozen, slotted dataclass with a quicker way to be made. For fields that `__init__` takes as they are."""
    become = object.__dict__["__class__"].__set__
    made = _written(kind, "__init__", ("self",), "_become(self, _plain)", "", become)
    made.__annotations__ = kind.__init__.__annotations__
    kind.__init__ = made  # type: ignore[method-assign]
    return kind


def maker(kind: Callable[Fields, Value]) -> Callable[Fields, Value]:
    """A function that makes the values of a quick class as calling the class does: `make_dose(3, amount=8)` is `Dose(3, amount=8)`."""
    made: Callable[Fields, Value] = _written(kind, "made", (), "self = _plain()", "return self")
    return made


def _written(
    kind: Any,
    name: str,
    before: tuple[str, ...],
    first: str,
    last: str,
    become: object = None,
) -> Any:
    """A function of the fields of a dataclass. before: its parameters before them; first, last: its statements around their setting."""
    told = fields(kind)
    names = [f.name for f in told]
    plain = type(kind.__name__, (), {"__slots__": tuple(names)})
    lines = [
        f"def {name}({', '.join((*before, *names))}):",
        first,
        *(f"self.{x} = {x}" for x in names),
        "self.__class__ = _kind",
        last,
    ]
    known: dict[str, Any] = {"_become": become, "_plain": plain, "_kind": kind}
    exec("\n    ".join(lines), known)  # noqa: S102  # as dataclasses does it, from names of fields alone
    made = known[name]
    made.__defaults__ = tuple(f.default for f in told if f.default is not MISSING)
    made.__qualname__ = f"{kind.__qualname__}.{name}"
    return made
