"""How a command enters the house: with a database that is ready, made on the very first visit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.wiring import House


@contextmanager
def front_door(*, make: bool = True) -> Iterator[House]:
    """The house of the settings. A database that is empty or not there yet is made; one that is out of date raises NotReady.

    make: False leaves a database that is not there yet alone, and enters all the same.
    """
    from app import wiring

    house = wiring.build()
    try:
        new = house.is_new()
        if new and make:
            house.upgrade()
        if make or not new:
            house.ready()
        yield house
    finally:
        house.close()
