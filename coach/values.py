"""Values that are made some two hundred times a week of a runner, made in less than half the time.

A frozen dataclass sets each of its fields past its own guard, by a call. While a value is being made nobody else can see it:
so it is a plain object until all its fields are set, and frozen from then on.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

Value = TypeVar("Value")


def quick(kind: type[Value]) -> type[Value]:
    """The same frozen, slotted dataclass with a quicker way to be made. For fields that `__init__` takes as they are."""
    told = fields(kind)  # type: ignore[arg-type]  # `type` cannot say that it is a dataclass
    plain = type(kind.__name__, (), {"__slots__": tuple(f.name for f in told)})
    lines = [
        f"def __init__(self, {', '.join(f.name for f in told)}):",
        "    _become(self, _plain)",
        *(f"    self.{f.name} = {f.name}" for f in told),
        "    self.__class__ = _kind",
    ]
    names: dict[str, Any] = {"_become": object.__dict__["__class__"].__set__, "_plain": plain, "_kind": kind}
    exec("\n".join(lines), names)  # noqa: S102  # as dataclasses does it, from names of fields alone
    made = names["__init__"]
    made.__defaults__ = tuple(f.default for f in told if f.default is not MISSING)
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    made.__annotations__ = kind.__init__.__annotations__
    kind.__init__ = made  # type: ignore[method-assign]
    return kind
