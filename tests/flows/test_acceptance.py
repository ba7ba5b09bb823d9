"""The flows as they are run in earnest: a real server, its scheduler, a real worker, a serving process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.wiring import House
from models import plans
from tests.app.people import add
from tests.builders import MONDAY
from tests.deployments.processes import CHECKOUT, environment, eventually, finish, running
from tests.flows.conftest import Server

pytestmark = pytest.mark.prefect

FILE = CHECKOUT / "deployments" / "prefect.yaml"
MINUTES = {
    "hourly": {5},
    "every-five-minutes": {*range(0, 60, 5)},
    "every-ten-minutes": {*range(0, 60, 10)},
    "hourly-reminders": {35},
    "every-quarter-hour": {7, 22, 37, 52},
    "every-morning": {10},
}
QUICK = {"PREFECT_WORKER_QUERY_SECONDS": "1", "PREFECT_RUNNER_POLL_FREQUENCY": "1"}


def written_down() -> dict[str, str]:
    """The cron of each deployment of prefect.yaml."""
    return {each["name"]: each["schedules"][0]["cron"] for each in yaml.safe_load(FILE.read_text())["deployments"]}


def registered(server: Server) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in server.post("/deployments/filter", {})}


def scheduled(server: Server, deployment: dict[str, Any]) -> list[datetime]:
    """When the scheduler has planned runs of a deployment."""
    asked = {
        "deployments": {"id": {"any_": [deployment["id"]]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}, "tags": {"all_": ["auto-scheduled"]}},
    }
    return [datetime.fromisoformat(run["expected_start_time"]) for run in server.post("/flow_runs/filter", asked)]


def assert_scheduled(server: Server, log: Path) -> dict[str, dict[str, Any]]:
    """Every deployment of the file is there, active, with its cron, and the scheduler has made runs at its minutes."""
    eventually(lambda: registered(server).keys() == written_down().keys(), "the deployments are registered", log=log)
    found = registered(server)
    crons = {name: [s["schedule"]["cron"] for s in each["schedules"]] for name, each in found.items()}
    assert crons == {name: [cron] for name, cron in written_down().items()}
    assert not any(each["paused"] for each in found.values())
    for name, each in found.items():
        times = eventually(partial(scheduled, server, each), f"{name} has scheduled runs", log=log)
        assert {time.minute for time in times} <= MINUTES[name]
    return found


def assert_completes(server: Server, deployment: dict[str, Any], parameters: dict[str, Any], log: Path) -> None:
    run = server.post(
        f"/deployments/{deployment['id']}/create_flow_run", {"parameters": parameters, "state": {"type": "SCHEDULED"}}
    )["id"]

    def over() -> str | None:
        state = server.get(f"/flow_runs/{run}")["state"]
        return str(state["type"]) if state["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

    assert eventually(over, "the run is over", log=log) == "COMPLETED", log.read_text(encoding="utf-8")[-3000:]


@contextmanager
def working(server: Server, *command: str, env: dict[str, str], log: Path) -> Iterator[None]:
    """A process that carries runs out, and is ended between two of them: the slot of a run that was cut off is free again
    only after five minutes.
    """
    with running(*command, env=env, log=log):
        yield
        for each in registered(server).values():
            server.ask("PATCH", f"/deployments/{each['id']}", {"paused": True})
        busy = {"flow_runs": {"state": {"type": {"any_": ["PENDING", "RUNNING"]}}}}
        eventually(lambda: not server.post("/flow_runs/filter", busy), "no run is under way", log=log)


def test_what_is_deployed_gets_scheduled_runs_and_a_worker_plans_the_week(
    server: Server, home: Path, house: House, tmp_path: Path
) -> None:
    runners = add(house, "ana", "ben")
    env = environment(home, PREFECT_API_URL=server.url, **QUICK)
    finish("prefect", "work-pool", "create", "--type", "process", "stridewell", env=env)
    deployed = finish("prefect", "deploy", "--prefect-file", "deployments/prefect.yaml", "--all", env=env)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    found = assert_scheduled(server, server.folder / "server.log")
    log = tmp_path / "worker.log"
    with working(server, "prefect", "worker", "start", "--pool", "stridewell", "--type", "process", env=env, log=log):
        assert_completes(server, found["hourly"], {"week_of": MONDAY.isoformat()}, log)
    with house.sessions() as session:
        assert [plans.weeks_of(session, runner.id) for runner in runners] == [[MONDAY], [MONDAY]]


def test_the_serving_process_registers_the_same_schedules_and_posts_the_mails(
    server: Server, home: Path, house: House, tmp_path: Path
) -> None:
    from app import weekly

    (ana,) = add(house, "ana")
    weekly.plan(house, [ana.id], MONDAY, now=house.clock())
    env = environment(home, PREFECT_API_URL=server.url, **QUICK)
    log = tmp_path / "serve.log"
    with working(server, "deployments.serve", env=env, log=log):
        eventually(lambda: "being served" in log.read_text(encoding="utf-8"), "the flows are served", log=log)
        found = assert_scheduled(server, log)
        assert_completes(server, found["every-five-minutes"], {}, log)
    assert len(list(house.settings.mailbox_folder.glob("weekly.*.eml"))) == 1
