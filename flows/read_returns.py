"""Every quarter of an hour: read what came back, so that nobody is written to who is not there or does not want it."""

from __future__ import annotations

from prefect import flow, get_run_logger

from app import returning
from app.returning import ReturnCounts
from app.wiring import open_house
from flows import moment, reports


@flow(name="read_returns", description=__doc__, flow_run_name=moment.run_name, log_prints=False)
def read_returns() -> ReturnCounts:
    """Read the mailbox of STRIDEWELL_RETURNS_URL. A second run finds nothing left to do."""
    with open_house() as house:
        if not house.settings.returns:
            get_run_logger().info("STRIDEWELL_RETURNS_URL names no mailbox: what comes back is not read")
            return ReturnCounts()
        with returning.opened(house) as box:
            counts = returning.read_all(house, box)
    if counts.read:
        reports.returned(counts)
    get_run_logger().info(
        "returned: %d, addresses given up: %d, kept: %d", counts.read, counts.bounced + counts.complained, counts.kept
    )
    return counts
