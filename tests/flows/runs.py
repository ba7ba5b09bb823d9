"""Running a flow in the test's own process."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from prefect import Flow, State

    from tests.flows.conftest import Server


def run(flow: Flow[..., Any], **parameters: Any) -> tuple[Any, Any]:
    """Run a flow now. Returns its result and the number of the run."""
    state = cast("State[Any]", flow(**parameters, return_state=True))
    return state.result(), state.state_details.flow_run_id


def run_scheduled(flow: Flow[..., Any], at: datetime) -> tuple[Any, Any]:
    """Run a flow now that was scheduled for another moment, as a worker does that has been away."""
    from prefect.client.orchestration import get_client
    from prefect.flow_engine import run_flow
    from prefect.states import Scheduled

    with get_client(sync_client=True) as client:
        made = client.create_flow_run(flow, state=Scheduled(scheduled_time=at))
    return run_flow(flow, flow_run=made, parameters={}), made.id


def table(server: Server, run_id: Any, key: str) -> list[dict[str, Any]]:
    """The rows of a run's table artifact."""
    import orjson

    rows: list[dict[str, Any]] = orjson.loads(server.artifacts(run_id)[key]["data"])
    return rows


def counts(server: Server, run_id: Any, key: str) -> dict[str, int]:
    """A run's table as "what": "how many"."""
    return {row["what"]: row["how many"] for row in table(server, run_id, key)}
