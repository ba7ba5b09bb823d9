"""Ends the processes of a Stridewell that was killed: `kill -9` leaves it no moment to end them itself.

Leads the process group that the others are started in, and reads a pipe whose other end only the starter holds. When the
starter is gone, however it went, the kernel closes that end and the reading is over.
"""

from __future__ import annotations

import os
import signal
import sys
import time

GRACE_S = 5


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE_S)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
