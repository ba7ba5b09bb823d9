"""How fast the pages are, and how heavy: `python -m benchmarks.web`. docs/benchmarks.md says how to read it."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from app import website
from benchmarks import calm, jobs, runners
from benchmarks.stores import open_house, settings, store
from models.tables import SubscriberRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PEOPLE = 50
"""Runners at once: each on a connection of its own, as browsers keep one."""
PAUSE_S = 1.0
"""Between two pages of a runner who also reads; the first measure leaves no pause at all."""
ARRIVE_S = 0.5
"""Within which all have come, at least."""
RUNNERS = 200
LAST_DAY = date(2100, 1, 1)
FORM = "application/x-www-form-urlencoded"
ANSWER = b"s0.effort=right&pain.knee.level=3&pain.knee.settled=yes"

console = Console(width=None if sys.stdout.isatty() else 120)


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for. paths: taken in turn. body: posted; None for a GET. server: "ours" or "bare"."""

    name: str
    paths: tuple[str, ...]
    body: bytes | None = None
    server: str = "ours"


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds of an answer by the clock, as those who asked saw it and within the server; of processor; and answers a second.

    server_p95_ms: from the request read to the answer begun, its turn waited for included.
    """

    p50_ms: float
    p95_ms: float
    server_p95_ms: float
    cpu_ms: float
    per_s: float


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process: int


def timed() -> ASGIApp:
    """The web app, telling in a header how long each answer took it."""
    return Timed(website.app())


class Timed:
    """Middleware, outside of everything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()

        async def send_timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                took_ms = 1000 * (time.perf_counter() - began)
                message["headers"] = [*message["headers"], (b"server-timing", b"app;dur=%.3f" % took_ms)]
            await send(message)

        await self.app(scope, receive, send_timed)


async def bare(scope: Scope, _receive: Receive, send: Send) -> None:
    """The yardstick: the same server with nothing behind it, answering with as much text as the answer page has."""
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(_BARE))]})
    await send({"type": "http.response.body", "body": _BARE})


_BARE = b"x" * 36_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and write the JSON. Returns the exit code."""
    options = _options(arguments)
    with ExitStack() as open_:
        databases = open_.enter_context(store(options.database))
        url = databases.new()
        with console.status("Filling the database"):
            jobs.run("fill", url, RUNNERS)
        pages = _pages(url)
        ours = open_.enter_context(
            _served("benchmarks.web:timed", settings(url, 25), "--factory", f"--workers={options.processes}")
        )
        servers = {"ours": ours, "bare": open_.enter_context(_served("benchmarks.web:bare", {}))}
        found: dict[str, Any] = {
            "weights": asyncio.run(_weights(ours.port, pages)),
            "busy": [],
            "at_once": {},
            "reading": {},
        }
        for page in pages:
            for way, pause_s in (("at_once", 0.0), ("reading", PAUSE_S)):
                with console.status(f"{page.name}, {way}"):
                    found["busy"].append(calm.wait(options.patience))
                    measured = asyncio.run(_measure(servers[page.server], page, pause_s, options.seconds))
                found[way][page.name] = asdict(measured)
    _show(found)
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


def _pages(url: str) -> list[Page]:
    """Every page of many runners in turn, so that nothing is warm that would not be."""
    house = open_house(url)
    with house.sessions() as session:
        keys = list(session.scalars(select(SubscriberRow.key).order_by(SubscriberRow.id)))
    links = house.links
    house.close()

    def paths(make: Callable[[str], str]) -> tuple[str, ...]:
        return tuple(urlsplit(make(key)).path for key in keys)

    answers = paths(lambda key: links.answer(key, runners.FIRST_WEEK, expires=LAST_DAY))
    return [
        Page("nothing behind it", ("/",), server="bare"),
        Page("healthz", ("/healthz",)),
        Page("answer page, from a tap", tuple(f"{path}?s=0&c=r" for path in answers)),
        Page("progress", paths(lambda key: links.progress(key, expires=LAST_DAY))),
        Page("calendar", paths(links.calendar)),
        Page("follow along", paths(lambda key: links.follow(key, runners.FIRST_WEEK, expires=LAST_DAY))),
        # Last: every answer given makes the next page about that week heavier.
        Page("answer saved, with the outlook", answers, ANSWER),
    ]


@contextmanager
def _served(app: str, environ: dict[str, str], *more: str) -> Iterator[Server]:
    """An app on a server process of its own, as `make up` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "warning", "--no-access-log"]

    server = subprocess.Popen([*command, *more], cwd=Path(__file__).parents[1], env=os.environ | environ)  # noqa: S603 our own
    try:
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, f"{app} did not start"
                assert time.monotonic() < until, f"{app} did not start within a minute"
                time.sleep(0.1)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(10)


async def _measure(server: Server, page: Page, pause_s: float, seconds: float) -> Figures:
    paths = cycle(page.paths)
    took, in_server = list[float](), list[float]()
    numbers, asked = count(), count()

    async def person() -> None:
        # Nobody begins at the same moment; of several processes the first would take all who do.
        await asyncio.sleep(max(pause_s, ARRIVE_S) * next(numbers) / PEOPLE)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        warm = time.perf_counter() + seconds / 5
        until = warm + seconds
        while (now := time.perf_counter()) < until:
            next(asked)
            status, served_ms, _ = await _ask(reader, writer, next(paths), page.body)
            assert status == 200, f"{page.name}: {status}"
            if now >= warm:
                took.append(time.perf_counter() - now)
                in_server.append(served_ms)
            await asyncio.sleep(max(0.0, pause_s - (time.perf_counter() - now)))
        writer.close()

    worked = _worked_s(server.process)
    await asyncio.gather(*(person() for _ in range(PEOPLE)))
    worked = _worked_s(server.process) - worked
    cuts = quantiles(took, n=20)
    server_ms = quantiles(in_server, n=20)[18]
    return Figures(1000 * cuts[9], 1000 * cuts[18], server_ms, 1000 * worked / next(asked), len(took) / seconds)


def _worked_s(process: int) -> float:
    """Seconds of processor of a server and the processes it shares its work with."""
    helpers = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return jobs.cpu_s(process) + sum(jobs.cpu_s(helper) for helper in helpers)


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, body: bytes | None
) -> tuple[int, float, bytes]:
    """One request on a connection that stays open: its status, the milliseconds it took the server (0 where it does not tell), its body."""
    more = b"" if body is None else b"Content-Type: %s\r\nContent-Length: %d\r\n" % (FORM.encode(), len(body))
    method = b"GET" if body is None else b"POST"
    writer.write(b"%s %s HTTP/1.1\r\nHost: stridewell.example\r\n%s\r\n%s" % (method, path.encode(), more, body or b""))
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    assert length is not None, head
    served = re.search(rb"app;dur=([0-9.]+)", head)
    return int(head[9:12]), float(served[1]) if served else 0.0, await reader.readexactly(int(length[1]))


async def _weights(port: int, pages: Sequence[Page]) -> dict[str, dict[str, int]]:
    """Bytes of each page at its heaviest, with the styles and scripts it loads; no pictures. Nothing is compressed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found = {}
    for page in pages:
        if page.server == "bare" or page.name in {"healthz", "calendar"}:
            continue
        bodies = [(await _ask(reader, writer, path, page.body))[2] for path in page.paths]
        heaviest = max(bodies, key=len)
        needs = re.findall(rb'<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"', heaviest)
        loads = sum([len((await _ask(reader, writer, path.decode(), None))[2]) for path in needs])
        found[page.name] = {"page": len(heaviest), "styles_and_scripts": loads}
    writer.close()
    return found


def _show(found: dict[str, Any]) -> None:
    for way, title in (
        ("at_once", f"{PEOPLE} at once, without a pause"),
        ("reading", f"{PEOPLE} at once, each reading {PAUSE_S:g} s"),
    ):
        least = found[way]["nothing behind it"]["p95_ms"]
        table = Table(title=title, title_justify="left")
        for n, column in enumerate(
            ("page", "p50 ms", "p95 ms", "in the server", "× nothing behind it", "CPU ms", "answers/s")
        ):
            table.add_column(column, justify="right" if n else "left")
        for name, row in found[way].items():
            table.add_row(
                name,
                f"{row['p50_ms']:.1f}",
                f"{row['p95_ms']:.1f}",
                f"{row['server_p95_ms']:.1f}",
                f"{row['p95_ms'] / least:.1f}",
                f"{row['cpu_ms']:.2f}",
                f"{row['per_s']:,.0f}",
            )
        console.print(table)
    table = Table(title="Bytes, not compressed, without pictures", title_justify="left")
    for n, column in enumerate(("page", "HTML", "styles and scripts", "all")):
        table.add_column(column, justify="right" if n else "left")
    for name, weight in found["weights"].items():
        table.add_row(name, f"{weight['page']:,}", f"{weight['styles_and_scripts']:,}", f"{sum(weight.values()):,}")
    console.print(table)
    console.print(f"Busy share of the machine before each measurement: {max(found['busy']):.2f} at most")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgresql"))
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="that serve the pages (2)")
    parser.add_argument("--seconds", type=float, default=5.0, metavar="S", help="of each measurement (5)")
    parser.add_argument("--patience", type=float, default=30.0, metavar="S", help="to wait for a quiet machine (30)")
    parser.add_argument("--json", metavar="FILE", help="write everything found to a file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
