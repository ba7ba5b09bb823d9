"""How fast Stridewell is: `python -m benchmarks.pipeline`. docs/benchmarks.md says how to read it."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from benchmarks import calm, flowed, jobs, report, yardsticks
from benchmarks.sink import sink, tally
from benchmarks.stores import store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.stores import Store

BLASTED = 5_000

MANY = 5_000

WIDTH = 140
"""Columns of the tables where there is no terminal to ask."""

console = Console(width=None if sys.stdout.isatty() else WIDTH)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and write the JSON. Returns the exit code."""
    options = _options(arguments)
    # Ended from outside, it still ends what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    found: dict[str, Any] = {"machine": _machine(), "databases": {}}
    with ExitStack() as open_:
        api, home = "", ""
        if not options.no_prefect:
            home = open_.enter_context(
                tempfile.TemporaryDirectory(prefix="stridewell-bench-prefect-", ignore_cleanup_errors=True)
            )
            with console.status("Starting Prefect's server"):
                api = open_.enter_context(flowed.prefect_server(Path(home)))
        port = open_.enter_context(sink())
        for name in options.database:
            databases = open_.enter_context(store(name))
            by_count = found["databases"][name] = {}
            for count in options.runners:
                by_count[str(count)] = _measured(databases, count, port, api, home, options)
                if options.json:
                    Path(options.json).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    report.show(found, console)
    return 0


def _measured(
    databases: Store, count: int, port: int, api: str, home: str, options: argparse.Namespace
) -> dict[str, Any]:
    """Everything about so many runners on one kind of database. The ways take turns, so that a noisy minute meets each of them."""
    where = f"{count} runners on {databases.name}"
    rounds = 1 if options.quick else options.rounds
    with console.status(f"{where}: filling the database"):
        filled = databases.new()
        jobs.run("fill", filled, count)
    samples: list[dict[str, Any]] = []
    trips: dict[str, list[dict[str, Any]]] = {"road": [], "flows": []}
    blasts = []
    for n in range(1, rounds + 1):
        with console.status(f"{where}: round {n} of {rounds}"):
            calm.wait(options.patience)
            blasts.append(jobs.run("blast", filled, port, BLASTED))
            # Ten thousand runners are eighty samples of each step already.
            samples += _on_copy(databases, filled, "steps", port) if n == 1 or count < MANY else []
            busy = calm.wait(options.patience)
            trips["road"].append(_trip(databases, filled, count, busy, "road", port))
            if api:
                busy = calm.wait(options.patience)
                trips["flows"].append(_trip(databases, filled, count, busy, "flows", port, api, home))
    databases.drop(filled)
    return {
        "steps": report.by_step(samples),
        "blast": report.middle(blasts),
        "road": report.middle(trips["road"]),
        "flows": report.middle(trips["flows"]) if api else None,
        "trips": trips,
    }


def _trip(databases: Store, filled: str, count: int, busy: float, job: str, *arguments: str | int) -> dict[str, Any]:
    """One trip, with what the sink says of it and what the yardstick said around it."""
    port = int(arguments[0])
    yard, before, ticks = yardsticks.yard_s(), tally(port), calm.busy_ticks()
    trip: dict[str, Any] = _on_copy(databases, filled, job, *arguments)
    after, yard = tally(port), (yard + yardsticks.yard_s()) / 2
    assert after.mails - before.mails == count == trip["runners"]
    ours, sinks = trip["cpu_s"] + trip["helper_cpu_s"], after.cpu_s - before.cpu_s
    return trip | {
        "yard_s": yard,
        "runners_per_s": count / trip["wall_s"],
        "yards": trip["wall_s"] / count / yard,
        "busy_before": busy,
        "machine_cpu_s": (calm.busy_ticks() - ticks) / os.sysconf("SC_CLK_TCK"),
        "cpu_us": 1e6 * ours / count,
        "cores": (ours + sinks) / trip["wall_s"],
        "sink_us": 1e6 * sinks / count,
    }


def _on_copy(databases: Store, filled: str, job: str, *arguments: str | int) -> Any:
    url = databases.copy(filled)
    try:
        return jobs.run(job, url, *arguments)
    finally:
        databases.drop(url)


def _machine() -> dict[str, str | int]:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pipeline", description=__doc__)
    parser.add_argument("--runners", type=_numbers, default=[1000, 10000], metavar="N,N", help="how many runners")
    parser.add_argument("--database", type=_names, default=["sqlite", "postgresql"], metavar="NAME,NAME")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds to take the median of (3)")
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument(
        "--patience", type=float, default=30.0, metavar="S", help="seconds to wait for a quiet machine each time (30)"
    )
    parser.add_argument("--no-prefect", action="store_true", help="leave out what Prefect adds: saves a minute")
    parser.add_argument("--json", metavar="FILE", help="write everything found to a file")
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - {"sqlite", "postgresql"}:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: write sqlite, postgresql or both with a comma")
    return names


if __name__ == "__main__":
    raise SystemExit(main())
