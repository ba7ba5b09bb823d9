"""Guards of the packaging: generic names resolve to us, nothing of ours hides anything, the pins hold, schedules agree."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from tests.deployments.processes import CHECKOUT, environment

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
DEPLOYED = yaml.safe_load((CHECKOUT / "deployments" / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


def answer(program: str, home: Path) -> object:
    """What a program prints as JSON, run far from the checkout as a worker might."""
    done = subprocess.run(  # noqa: S603 our own words
        [sys.executable, "-c", program],
        env=environment(home),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_package_resolves_into_the_checkout_from_anywhere(tmp_path: Path) -> None:
    program = (
        f"import importlib.util, json; print(json.dumps([importlib.util.find_spec(n).origin for n in {PACKAGES}]))"
    )
    assert answer(program, tmp_path) == [str(CHECKOUT / name / "__init__.py") for name in PACKAGES]


def test_no_package_of_ours_is_also_somebody_elses_or_the_standard_librarys() -> None:
    installed = packages_distributions()
    assert not {name for name in PACKAGES if set(installed.get(name, ())) - {"stridewell"}}
    assert not set(PACKAGES) & sys.stdlib_module_names


def test_no_flow_file_hides_a_module_when_flows_comes_first_on_the_path() -> None:
    stems = {path.stem for path in (CHECKOUT / "flows").glob("*.py")} - {"__init__"}
    assert stems
    assert not stems & (set(sys.stdlib_module_names) | set(packages_distributions()) | set(PACKAGES))


@pytest.mark.parametrize(
    ("package", "pin"),
    [("prefect", "<3.9"), ("sqlalchemy", "<2.1"), ("fastapi", "<0.151")],
    ids=str,
)
def test_the_pins_that_keep_prefects_server_alive_are_written_down_and_hold(package: str, pin: str) -> None:
    wanted = {r.name: r for r in map(Requirement, PROJECT["project"]["dependencies"])}[package]
    assert pin in str(wanted.specifier).split(",")
    assert version(package) in wanted.specifier
    for lock in ("requirements.lock", "requirements-dev.lock"):
        locked = re.search(rf"^{package}==([^\s\\;]+)", (CHECKOUT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        assert locked is not None
        assert locked[1] in wanted.specifier


def test_the_serving_process_runs_what_the_file_says_and_its_entrypoints_import(tmp_path: Path) -> None:
    program = (
        "import json; from importlib import import_module; from deployments.serve import FLOWS, deployments\n"
        "for name, flow in FLOWS.items():\n"
        "    module, _, function = name.partition(':')\n"
        "    assert getattr(import_module(module), function) is flow, name\n"
        "print(json.dumps([dict(name=d.name, description=d.description, concurrency_limit=d.concurrency_limit,\n"
        "    entrypoint=d.entrypoint, schedules=[dict(cron=s.schedule.cron, timezone=s.schedule.timezone)\n"
        "    for s in d.schedules]) for d in deployments()]))"
    )
    kept = {"name", "description", "concurrency_limit", "schedules"}
    written = [
        {key: value for key, value in each.items() if key in kept}
        | {"entrypoint": each["entrypoint"].replace(":", ".")}
        for each in DEPLOYED
    ]
    assert answer(program, tmp_path) == written


def test_every_deployment_is_limited_to_one_run_at_a_time_and_told_its_time_zone() -> None:
    assert [each["concurrency_limit"] for each in DEPLOYED] == [1] * len(DEPLOYED)
    assert {schedule["timezone"] for each in DEPLOYED for schedule in each["schedules"]} == {"UTC"}
