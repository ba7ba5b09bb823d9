"""Serves the flows on their schedules from this one process: `python -m deployments.serve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml
from prefect import Flow, serve
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.deliver import deliver
from flows.log_feedback import log_feedback
from flows.read_returns import read_returns
from flows.remind import remind
from flows.tell_operator import tell_operator
from flows.weekly import weekly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prefect.deployments.runner import RunnerDeployment

FLOWS: dict[str, Flow[Any, Any]] = {
    "flows.weekly:weekly": weekly,
    "flows.deliver:deliver": deliver,
    "flows.log_feedback:log_feedback": log_feedback,
    "flows.remind:remind": remind,
    "flows.read_returns:read_returns": read_returns,
    "flows.tell_operator:tell_operator": tell_operator,
}
FILE = Path(__file__).with_name("prefect.yaml")


def deployments() -> Sequence[RunnerDeployment]:
    """The deployments of prefect.yaml, so that schedules are written down once, as this process serves them."""
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]
    return [_deployment(each) for each in found]


def _deployment(each: dict[str, Any]) -> RunnerDeployment:
    made = FLOWS[each["entrypoint"]].to_deployment(
        name=each["name"],
        description=each["description"],
        schedules=[Cron(s["cron"], timezone=s["timezone"]) for s in each["schedules"]],
        concurrency_limit=each["concurrency_limit"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    # Outside an event loop it is made at once; the type speaks of both.
    return cast("RunnerDeployment", made)


def main() -> None:
    serve(*deployments())


if __name__ == "__main__":
    main()
