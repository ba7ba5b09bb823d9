"""Waiting for a quiet moment: machines are shared, and what others do must not be measured."""

from __future__ import annotations

import os
import time
from pathlib import Path

QUIET = 0.15
"""Busy share of all cores below which the machine counts as quiet; a waiting Prefect server takes 0.03."""

LOOK_S = 1.0


def wait(patience_s: float) -> float:
    """Wait until the machine is quiet, for so many seconds at most; the busy share at the end."""
    until = time.monotonic() + patience_s
    while (busy := _busy()) >= QUIET and time.monotonic() < until:
        pass
    return busy


def _busy() -> float:
    before = busy_ticks()
    time.sleep(LOOK_S)
    ticks = LOOK_S * os.sysconf("SC_CLK_TCK") * len(os.sched_getaffinity(0))
    return (busy_ticks() - before) / ticks


def busy_ticks() -> int:
    """Ticks that all cores have worked, here or, in a virtual machine, for another guest."""
    user, nice, system, _idle, _io, irq, soft_irq, steal = map(
        int, Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    )
    return user + nice + system + irq + soft_irq + steal
