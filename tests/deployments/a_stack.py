"""A small Stridewell to end in tests: `python -m tests.deployments.a_stack [WORD …]`, with a sleeper for each word."""

from __future__ import annotations

import sys

from app import shown
from deployments import up
from deployments.stack import Stack


def start(here: Stack) -> None:
    for number, how in enumerate(sys.argv[1:], 1):
        here.start(f"sleeper-{number}", "tests.deployments.a_sleeper", how)
    shown.line("started")


if __name__ == "__main__":
    sys.exit(up.main(start))
