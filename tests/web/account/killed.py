"""`python -m tests.web.account.killed PORT`: the pages, by a process that is killed between an answer and what is done after it."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace

import uvicorn

from app import website, wiring
from web.site import create_app


def killed(_number: int) -> int | None:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


if __name__ == "__main__":
    house = wiring.build()
    house.ready()
    parts = replace(website.parts(house), work_off=killed)
    uvicorn.run(create_app(parts), port=int(sys.argv[1]), log_level="warning")
