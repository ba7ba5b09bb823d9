"""Real processes for tests: started in a home of their own, waited for with patience, and ended whatever happens."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE_S = 150
"""Upper limit of every wait: the machines that run tests are shared."""

Found = TypeVar("Found")


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of the user's is found: neither settings, nor Prefect's profile, nor the folder ~/.prefect."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "STRIDEWELL_"))}
    own = {
        "HOME": str(home),
        "STRIDEWELL_HOME": str(home),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_PROFILES_PATH": str(home / "prefect" / "profiles.toml"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
        # A shell sets it on `cd`; the pull step of prefect.yaml reads it.
        "PWD": str(CHECKOUT),
    }
    return kept | own | more


@contextmanager
def running(*command: str, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m command`, from the checkout, its output in a file. At the end nothing of its home is left running."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 our own modules, no shell
            [sys.executable, "-m", *command],
            env=env,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def finish(*command: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`python -m command` from the checkout, to its end."""
    return subprocess.run(  # noqa: S603 our own modules, no shell
        [sys.executable, "-m", *command],
        env=env,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def eventually(look: Callable[[], Found | None], what: str, *, log: Path | None = None) -> Found:
    """What `look` finds, as soon as it is there. Fails the test, with the end of the log, when it never is."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.1)
    end = log.read_text(encoding="utf-8", errors="replace")[-3000:] if log and log.exists() else ""
    raise AssertionError(f"not within {PATIENCE_S} s: {what}\n{end}")


def of_home(home: Path) -> dict[int, str]:
    """The live processes that were started with this home, found in /proc: number and command."""
    mark = f"STRIDEWELL_HOME={home}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def end_all(home: Path) -> None:
    """Kill what is left of a home: a test that fails leaves nothing behind either."""
    for number in of_home(home):
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


@contextmanager
def taken(port: int) -> Iterator[None]:
    """A port that somebody listens on, us if nobody did."""
    with socket.socket() as listener:
        with contextlib.suppress(OSError):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            listener.listen()
        yield


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
