"""The processes behind `make run` and `make up`: Prefect's server, the web app, the served flows. Ends what it started."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import httpx

from app.settings import Settings, load
from coach.errors import StridewellError

CHECKOUT = Path(__file__).resolve().parents[1]

PREFECT_PORT, WEB_PORT = 4200, 8000
START_S = 120
"""Seconds a server may take to answer; a first start on a new database takes 13–25 on an idle machine."""
STOP_S = 10

PREFECT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": '["events","flow_runs"]',
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "stridewell",
    "PREFECT_CLI_PROMPT": "false",
}
"""Prefect as Stridewell runs it: no telemetry, leases that survive a restart, old runs swept, our logs beside its own. docs/adr/0004"""


class StackError(StridewellError):
    """A part did not start, or another Stridewell runs here already; the message says what to do."""


@dataclass
class Stack:
    """Running processes by name, and where they answer."""

    settings: Settings
    prefect_url: str
    web_url: str
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    guard: subprocess.Popen[bytes] | None = None

    def start(self, name: str, *command: str) -> None:
        """Start a process of our own Python in the guard's group; its output goes to a file of var/log."""
        if self.guard is None:
            # A group apart: a Ctrl-C of the terminal is for us alone, and we end the others in order.
            self.guard = self._run("guard", "deployments.guard", stdin=subprocess.PIPE, group=0)
        self.processes[name] = self._run(name, *command, stdin=subprocess.DEVNULL, group=self.guard.pid)

    def _run(self, name: str, *command: str, stdin: int, group: int) -> subprocess.Popen[bytes]:
        self.logs.mkdir(parents=True, exist_ok=True)
        with self.log(name).open("ab") as log:
            return subprocess.Popen(  # noqa: S603 our own modules, no shell
                [sys.executable, "-m", *command],
                stdin=stdin,
                stdout=log,
                stderr=log,
                cwd=CHECKOUT,
                process_group=group,
            )

    def log(self, name: str) -> Path:
        """Where the output of a process goes."""
        return self.logs / f"{name}.log"

    def wait_for(self, name: str, url: str) -> None:
        """Wait until a started process answers. Raises StackError, naming its log, when it ends or takes too long."""
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if (code := self.processes[name].poll()) is not None:
                raise StackError(f"{name} ended with code {code} while starting. Read {self.log(name)}.")
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(url, timeout=2).status_code == httpx.codes.OK:
                    return
            time.sleep(0.2)
        raise StackError(f"{name} did not answer within {START_S} s. Read {self.log(name)}.")

    def ended(self) -> str | None:
        """The name of a process that has ended by itself, if any has."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """End every process that was started: the last one first, so that each can still tell those it works with.

        What has not ended by then, children of the children among it, is killed.
        """
        until = time.monotonic() + STOP_S
        try:
            for process in reversed(self.processes.values()):
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(0.1, until - time.monotonic()))
        finally:
            if self.guard is not None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.guard.pid, signal.SIGKILL)
                self.guard.communicate()
            for process in self.processes.values():
                process.wait()
            self.processes.clear()
            self.guard = None


@contextmanager
def stack() -> Iterator[Stack]:
    """Settings read, ports found, environment set; yields a Stack to start things on, and ends them all at the end.

    One at a time in a checkout: a second one raises StackError. Nothing is started yet.
    """
    settings = load()
    web_port = urlsplit(settings.public_url).port or WEB_PORT
    with (
        _only_one(settings.home / "var" / "stridewell.lock"),
        _claimed(PREFECT_PORT) as prefect_port,
        _claimed(web_port) as web_port,
    ):
        prefect_url, web_url = f"http://127.0.0.1:{prefect_port}", f"http://127.0.0.1:{web_port}"
        if urlsplit(settings.public_url).hostname in {"127.0.0.1", "localhost"}:
            # Links in mails follow the port that was free.
            os.environ["STRIDEWELL_PUBLIC_URL"] = web_url
        os.environ.update(
            PREFECT
            | {
                "PREFECT_HOME": str(settings.home / "var" / "prefect"),
                "PREFECT_API_URL": f"{prefect_url}/api",
                "PREFECT_UI_API_URL": f"{prefect_url}/api",
            }
        )
        os.environ["PREFECT_PROFILES_PATH"] = str(settings.home / "var" / "prefect" / "profiles.toml")
        # What runs here is reached directly, whatever proxy leads out.
        away = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
        os.environ["no_proxy"] = ",".join(filter(None, (away, "127.0.0.1", "localhost")))
        here = Stack(load(), prefect_url, web_url, settings.home / "var" / "log")
        before = {s: signal.signal(s, _interrupt) for s in (signal.SIGTERM, signal.SIGHUP)}
        try:
            yield here
        finally:
            here.stop()
            for number, handler in before.items():
                signal.signal(number, handler)


def start_prefect(here: Stack) -> None:
    """Prefect's server with its dashboard, its home in var/prefect."""
    port = str(urlsplit(here.prefect_url).port)
    here.start("prefect", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port)
    here.wait_for("prefect", f"{here.prefect_url}/api/health")


def flush_prefect() -> None:
    """Send what Prefect's client still holds of logs and events while the server lives; at exit it would wait for a dead one."""
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=STOP_S)


def start_web(here: Stack) -> None:
    """The web app, with the mailbox page when the embedded mailbox is in use."""
    port = str(urlsplit(here.web_url).port)
    processes = str(here.settings.web_processes)
    here.start(
        "web",
        "uvicorn",
        "--factory",
        "app.website:app",
        "--host=127.0.0.1",
        f"--port={port}",
        f"--workers={processes}",
        "--no-access-log",
        "--no-server-header",
    )
    here.wait_for("web", f"{here.web_url}/healthz")


@contextmanager
def _claimed(wanted: int) -> Iterator[int]:
    """The port wanted, or another, kept from every other Stridewell of this machine as long as this one runs.

    Between finding a port free and listening on it lie seconds: two that start together would find the same one.
    """
    with contextlib.ExitStack() as kept:
        candidates = (wanted, *range(wanted + 1, wanted + 20))
        yield next((port for port in candidates if _claim(port, kept)), None) or free_port(0)


def _claim(port: int, kept: contextlib.ExitStack) -> bool:
    """Whether the port is free and no other Stridewell is about to take it; then its lock is kept until `kept` closes."""
    name = Path(tempfile.gettempdir()) / f"stridewell-port-{os.getuid()}-{port}"
    try:
        fcntl.flock(kept.enter_context(name.open("a")), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return free_port(port) == port


def free_port(wanted: int) -> int:
    """The port wanted, or another when it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            # As servers do: connections that a server of a minute ago has left behind do not make its port taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise StackError("No port of 127.0.0.1 is free. Close other servers and try again.")


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Hold the lock of this checkout; the kernel lets go of it when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle: IO[str] = path.open("a+")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            raise StackError(
                f"Stridewell runs here already (process {handle.read().strip() or 'unknown'}). Stop it first, with Ctrl-C where it was started."
            ) from None
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield
    finally:
        handle.close()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
