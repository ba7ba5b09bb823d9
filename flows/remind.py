"""Every hour: remind the runners who want it, once a week, that an answer takes one tap."""

from __future__ import annotations

from prefect import flow, get_run_logger

from app import reminding
from app.wiring import clock, open_house
from flows import moment


@flow(name="remind", description=__doc__, flow_run_name=moment.run_name, log_prints=False)
def remind() -> int:
    """Put the reminders that are due by now into the outbox; how many. A second run adds none."""
    with open_house() as house:
        queued = reminding.queue(house, now=clock())
    get_run_logger().info("reminders: %d", queued)
    return queued
