"""Each measurement in a fresh process: what one leaves in memory must not weigh on the next.

`python -m benchmarks.jobs NAME ARGUMENTS` runs one and prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any


def run(name: str, *arguments: str | int) -> Any:
    """What a job finds, run in a process of its own. Raises CalledProcessError, the reason on stderr."""
    done = subprocess.run(  # noqa: S603 our own modules, no shell
        [sys.executable, "-m", "benchmarks.jobs", name, json.dumps(arguments)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"PREFECT_LOGGING_LEVEL": "ERROR"},
    )
    return json.loads(done.stdout.splitlines()[-1])


def _fill(url: str, count: int) -> None:
    from benchmarks import stores

    stores.fill(url, count)


def _steps(url: str, smtp_port: int) -> list[dict[str, Any]]:
    from benchmarks import steps

    return [asdict(sample) for sample in steps.measure(url, smtp_port)]


def _blast(url: str, smtp_port: int, count: int) -> dict[str, Any]:
    from benchmarks import yardsticks

    return asdict(yardsticks.blast(url, smtp_port, count))


def _road(url: str, smtp_port: int) -> dict[str, Any]:
    from benchmarks import road

    return asdict(road.travel(url, smtp_port)) | _used()


def _flows(url: str, smtp_port: int, api: str, home: str) -> dict[str, Any]:
    from benchmarks import flowed

    return asdict(flowed.travel(url, smtp_port, api, home)) | _used()


def _used() -> dict[str, float]:
    """The most memory that this process, and each one it has started, have held at once, in MB; and the others' processor time."""
    helpers = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return {
        "peak_mb": _peak_mb("self"),
        "helper_mb": sum(map(_peak_mb, helpers)),
        "helper_cpu_s": sum(map(cpu_s, helpers)),
    }


def _peak_mb(process: str) -> float:
    # Not getrusage's figure: that takes in the process it was started from.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


def cpu_s(process: str | int) -> float:
    """Seconds of processor that a process has had so far."""
    # The second field, a name in parentheses, may hold anything.
    ticks = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


JOBS: dict[str, Callable[..., Any]] = {"fill": _fill, "steps": _steps, "blast": _blast, "road": _road, "flows": _flows}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](*json.loads(sys.argv[2]))))
