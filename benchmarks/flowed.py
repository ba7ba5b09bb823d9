"""The same road through Prefect's flows, against a running server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import httpx

from benchmarks import runners
from benchmarks.road import Trip
from benchmarks.stores import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

START_S = 120


@contextmanager
def prefect_server(home: Path) -> Iterator[str]:
    """The API address of a server of our own, its home in a folder; it ends with the block."""
    from deployments.stack import PREFECT, free_port

    port = free_port(0)
    environment = os.environ | PREFECT | {"PREFECT_HOME": str(home)}
    with (
        (home / "server.log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 our own command, no shell
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}/api/health", process)
            yield f"http://127.0.0.1:{port}/api"
        finally:
            process.terminate()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"Prefect's server did not answer at {url}. Run the benchmark again on a calmer machine.")


def travel(url: str, smtp_port: int, api: str, home: str) -> Trip:
    """As `road.travel`, by the flows `weekly` and `deliver`. Their start and the reports they leave are part of it."""
    os.environ.update(settings(url, smtp_port) | {"PREFECT_API_URL": api, "PREFECT_HOME": home})
    # Only now: Prefect reads its settings when it is first imported.
    from deployments.stack import flush_prefect
    from flows.deliver import deliver
    from flows.weekly import weekly

    cpu, began = process_time(), perf_counter()
    planned = sum(total.planned for total in weekly(week_of=runners.SECOND_WEEK))
    halfway = perf_counter()
    sent = deliver().sent
    arrived, cpu = perf_counter(), process_time() - cpu
    flush_prefect()
    assert planned == sent, f"{planned} weeks were planned and {sent} mails sent"
    return Trip(sent, halfway - began, arrived - halfway, arrived - began, cpu)
