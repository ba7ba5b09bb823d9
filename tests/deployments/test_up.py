"""`make up` as an operator starts and ends it: real servers, real ports."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.deployments.processes import end_all, environment, eventually, finish, of_home, running, taken

pytestmark = pytest.mark.prefect

# Read as text: Prefect takes its logging from the environment of its first import, which the tests of the flows have yet to set.
SERVED = len(
    re.findall(r"^  - name: ", (ROOT / "deployments" / "prefect.yaml").read_text(encoding="utf-8"), re.MULTILINE)
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for all: only the first start makes databases."""
    home = tmp_path_factory.mktemp("up")
    yield home
    end_all(home)


@contextmanager
def up(home: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Everything live: the process, and what it has said of addresses. The body must end it."""
    said = home / "said"
    said.unlink(missing_ok=True)
    with running("deployments.up", env=environment(home), log=said) as process:

        def started() -> bool:
            assert process.poll() is None, said.read_text(encoding="utf-8")
            return "Ctrl-C stops everything." in said.read_text(encoding="utf-8")

        eventually(started, "everything is live", log=home / "var" / "log" / "prefect.log")
        lines = [
            line.split(maxsplit=1) for line in said.read_text(encoding="utf-8").replace("Web app", "Web").splitlines()
        ]
        yield process.pid, {line[0]: line[1].strip() for line in lines if len(line) == 2}
        eventually(lambda: process.poll() is not None, "it ends", log=said)
        (home / "code").write_text(str(process.returncode))


def read(url: str) -> str:
    answer = httpx.get(url, timeout=30, trust_env=False)
    assert answer.status_code == httpx.codes.OK, f"{url}: {answer.status_code}"
    return answer.text


def test_with_taken_ports_it_says_which_it_has_found_and_one_signal_ends_it_all(home: Path) -> None:
    with ExitStack() as ports:
        for port in (4200, 8000):
            ports.enter_context(taken(port))
        with up(home) as (pid, said):
            assert not said["Dashboard"].endswith(":4200")
            assert not said["Web"].endswith(":8000")
            assert "Prefect" in read(said["Dashboard"])
            # The dashboard's own pages must ask the server at the port that was found.
            assert said["Dashboard"] in read(f"{said['Dashboard']}/ui-settings")
            assert read(f"{said['Web']}/healthz")
            assert "server" not in httpx.get(said["Web"], timeout=30, trust_env=False).headers
            assert "Mailbox" in read(said["Mailbox"])
            api = f"{said['Dashboard']}/api/deployments/filter"
            eventually(
                lambda: len(httpx.post(api, json={}, trust_env=False).json()) == SERVED,
                "the flows are served",
            )
            second = finish("deployments.up", env=environment(home))
            assert (second.returncode, "runs here already" in second.stderr) == (1, True)
            os.kill(pid, signal.SIGTERM)
    assert (home / "code").read_text() == "0"
    assert of_home(home) == {}
    assert not (home / ".prefect").exists()


def test_ctrl_c_ends_it_all(home: Path) -> None:
    with up(home) as (pid, _):
        os.kill(pid, signal.SIGINT)
    assert (home / "code").read_text() == "0"
    assert of_home(home) == {}


def test_nothing_outlives_a_kill(home: Path) -> None:
    with up(home) as (pid, _):
        assert len(of_home(home)) >= 5
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: not of_home(home), "nothing is left")
