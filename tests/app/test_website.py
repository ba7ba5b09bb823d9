"""The pages in several processes, as they are served: one limit for all of them, and no token in a log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app import wiring
from app.wiring import House
from deployments.stack import free_port
from web.account.limits import ASKED_AN_HOUR

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def served(house: House, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of two processes on one store, with an access log; and where it is written."""
    home = str(house.settings.home)
    port, log = free_port(0), tmp_path / "web.log"
    command = [sys.executable, "-m", "uvicorn", "--factory", "app.website:app", f"--port={port}", "--workers=2"]
    environ = os.environ | {
        "STRIDEWELL_HOME": home,
        "STRIDEWELL_DATABASE_URL": house.settings.database_url,
        "STRIDEWELL_SECRET_KEY": ",".join(house.settings.secret_key),
    }
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, cwd=CHECKOUT, env=environ)  # noqa: S603 our own modules, no shell
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address, log)
        yield address, log
    finally:
        server.terminate()
        server.wait(30)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        # Both of them, or only one would be asked.
        if log.read_text(encoding="utf-8").count("Application startup complete") == 2:
            return
        time.sleep(0.1)
    raise AssertionError(f"{address} did not start: {log.read_text(encoding='utf-8')}")


def test_two_processes_share_one_limit_and_log_no_token(served: tuple[str, Path]) -> None:
    address, log = served
    token = "a-key-to-somebodys-answers"
    httpx.get(f"{address}/a/{token}?s=0&c=h")
    began = wiring.clock().hour
    # A new connection each time: now the one process takes it, now the other.
    found = [httpx.post(f"{address}/sign-in", data={"email": "nobody@example.org"}) for _ in range(ASKED_AN_HOUR + 1)]
    # Within a window of an hour, which may just have turned.
    assert [f.status_code for f in found] == [303] * ASKED_AN_HOUR + [429] or wiring.clock().hour != began
    written = log.read_text(encoding="utf-8")
    assert '"GET /a/… HTTP/1.1" 404' in written
    assert token not in written
    assert "c=h" not in written
