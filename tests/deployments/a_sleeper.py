"""A process with a child: `python -m tests.deployments.a_sleeper plain|stubborn|dies`. Stubborn: SIGTERM does not end it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

if __name__ == "__main__":
    how = sys.argv[1]
    if how == "dies":
        sys.stdout.write("a bad dream\n")
        sys.exit(3)
    if how == "stubborn":
        # Children inherit it.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    sys.stdout.write("asleep\n")
    sys.stdout.flush()
    time.sleep(600)
