"""`make up`: everything live, until Ctrl-C. Dashboard, schedules, web app and the embedded mailbox."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from app import shown
from app.wiring import open_house
from coach.errors import StridewellError
from deployments.stack import Stack, StackError, stack, start_prefect, start_web


def main(start: Callable[[Stack], None] | None = None) -> int:
    """Start everything, say where it is, wait. Returns the exit code. start: what to start instead."""
    try:
        with stack() as here:
            (start or _everything)(here)
            _wait(here)
    except KeyboardInterrupt:
        shown.line("Stopped: everything that was started has ended.")
    except StridewellError as error:
        shown.error(str(error))
        return 1
    return 0


def _everything(here: Stack) -> None:
    with open_house(here.settings, upgrade=True) as house:
        house.catalogue  # noqa: B018 a broken catalogue stops here, not in the middle of the night
    shown.line("Starting Prefect's server (the first start takes up to half a minute) …")
    start_prefect(here)
    start_web(here)
    here.start("flows", "deployments.serve")
    shown.facts(
        {
            "Dashboard": here.prefect_url,
            "Web app": here.web_url,
            "Mailbox": f"{here.web_url}/mailbox" if here.settings.embedded else "mail goes to STRIDEWELL_SMTP_URL",
            "Logs": str(here.logs),
        }
    )
    shown.line("Ctrl-C stops everything.")


def _wait(here: Stack) -> None:
    while (name := here.ended()) is None:
        time.sleep(1)
    raise StackError(f"{name} ended by itself. Read {here.log(name)}, then start again with `make up`.")


if __name__ == "__main__":
    sys.exit(main())
