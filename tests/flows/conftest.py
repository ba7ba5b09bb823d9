"""One Prefect server for all flow tests, on a port and in a home of its own; and a Stridewell home for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import wiring
from app.wiring import House
from deployments.stack import PREFECT, flush_prefect
from tests.deployments.processes import environment, eventually, free_port, running


@dataclass(frozen=True)
class Server:
    """A running Prefect server. url: of its API. folder: of its database and logs."""

    url: str
    folder: Path

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the server answers. While its database is busy it says 503: asked again, as Prefect's own client does."""

        def answer() -> httpx.Response | None:
            found = httpx.request(method, f"{self.url}{path}", json=body, timeout=30, trust_env=False)
            return None if found.status_code == httpx.codes.SERVICE_UNAVAILABLE else found

        found = eventually(answer, f"{method} {path} is answered")
        assert found.is_success, found.text
        return found.json() if found.content else None

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.ask("POST", path, body)

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def logs(self, run: Any) -> list[str]:
        """What a flow run has logged so far."""
        flush_prefect()
        found = self.post("/logs/filter", {"logs": {"flow_run_id": {"any_": [str(run)]}}})
        return [str(each["message"]) for each in found]

    def says(self, run: Any, words: str) -> bool:
        """Waits until a flow run has logged the words: logs arrive in batches, and a later one may be stored first."""
        return eventually(lambda: any(words in line for line in self.logs(run)), f"the run logs “{words}”")

    def artifacts(self, run: Any) -> dict[str, Any]:
        """The artifacts of a flow run by key."""
        found = self.post("/artifacts/filter", {"flow_runs": {"id": {"any_": [str(run)]}}})
        return {each["key"]: each for each in found}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, with this process as its client: Prefect reads the environment when it is first imported."""
    folder = tmp_path_factory.mktemp("prefect")
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    env = environment(folder, **PREFECT, PREFECT_API_URL=url, PREFECT_UI_API_URL=url)
    log = folder / "server.log"
    with (
        running("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), env=env, log=log) as process,
        pytest.MonkeyPatch.context() as patch,
    ):

        def answers() -> bool:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            try:
                return httpx.get(f"{url}/health", timeout=5, trust_env=False).is_success
            except httpx.HTTPError:
                return False

        eventually(answers, "Prefect's server answers", log=log)
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            patch.delenv(name)
        for name in env.keys() - os.environ.keys():
            patch.setenv(name, env[name])
        import prefect.context
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        prefect.context.refresh_global_settings_context()
        # The heartbeat costs a second a run and nothing here listens to it.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield Server(url, folder)
            flush_prefect()


@pytest.fixture(scope="session")
def ready_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with key and database, made once; tests get copies."""
    home = tmp_path_factory.mktemp("ready")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDEWELL_HOME", str(home))
        with wiring.open_house(upgrade=True):
            pass
    return home


@pytest.fixture
def home(ready_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home that the flows of this test work in."""
    home = Path(shutil.copytree(ready_home, tmp_path / "home"))
    for name in [name for name in os.environ if name.startswith("STRIDEWELL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("STRIDEWELL_HOME", str(home))
    return home


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    with wiring.open_house() as opened:
        yield opened
