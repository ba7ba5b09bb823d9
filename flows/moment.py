"""When a run was meant to be: its work is that of the hour it was scheduled for, not of the hour it came to run in."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect.runtime import flow_run

from app.wiring import clock


def scheduled() -> datetime:
    """The moment this run was scheduled for, aware, in UTC; now for one that was not."""
    found = flow_run.scheduled_start_time
    return clock() if found is None else datetime.fromisoformat(str(found)).astimezone(UTC)


def run_name() -> str:
    """What a run is called: its moment, as the flow's own name stands beside it."""
    return f"{scheduled():%a %d %b %H:%M} UTC"
