"""Lots for the crew's tests, in a module that the helper can import."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.wiring import House


@dataclass(frozen=True)
class Slow:
    """Takes a while, and tells who did it."""

    number: int
    pause_s: float = 0.02

    def do(self, house: House) -> tuple[int, int]:  # noqa: ARG002
        time.sleep(self.pause_s)
        return self.number, os.getpid()


@dataclass(frozen=True)
class Deadly(Slow):
    """Ends every process but one."""

    survivor: int = 0

    def do(self, house: House) -> tuple[int, int]:
        if os.getpid() != self.survivor:
            os._exit(1)
        return super().do(house)


@dataclass(frozen=True)
class Impossible(Slow):
    def do(self, house: House) -> tuple[int, int]:
        super().do(house)
        raise ValueError(self.number)
