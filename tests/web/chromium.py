"""The browser of the browser tests: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

REMEDY = (
    "The browser tests need Chromium, and none of {} is on the PATH. Install it (Debian, Ubuntu: apt-get install chromium), "
    'or leave these tests out on purpose with: pytest -m "not browser"'
)

OUT_OF_ITS_CHART = """
() => [...document.querySelectorAll('svg.chart text')]
  .map(text => [text.textContent, text.getBBox(), text.ownerSVGElement.viewBox.baseVal])
  .filter(([_, box, chart]) => box.x < -1 || box.x + box.width > chart.width + 1)
  .map(([words, box]) => `${words} ${box.x}`)
"""
"""Labels of charts that stand beside their chart."""


def chromium() -> str:
    """The path of Chromium; without one the test fails, since a test skipped in silence proves nothing."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(REMEDY.format(", ".join(NAMES)))
    return found


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The app on a real server of its own; its address."""
    # Named as TCP, or the server would not switch off the 40 ms that small answers else wait for.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            deadline = time.monotonic() + 10
            while not server.started:
                assert time.monotonic() < deadline, "the web server did not start within 10 s"
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
