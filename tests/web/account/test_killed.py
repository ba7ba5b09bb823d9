"""A process that is killed loses nothing that somebody was told has been taken down."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx

from app import wiring
from app.settings import Settings
from models import subscribers
from tests.app.conftest import KEY, home, ready_home
from tests.builders import a_subscriber
from tests.deployments.processes import environment, eventually, finish, free_port, running
from tests.web.account.people import ADA, TICKED
from tests.web.reading import form_of

__all__ = ["home", "ready_home"]  # fixtures


def posted_and_killed(home: Path, path: str) -> None:
    """Ada posts a form and has her answer; then the process that gave it is killed, with nothing done yet."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    log = home / "killed.log"
    with running("tests.web.account.killed", str(port), env=environment(home), log=log) as process:

        def form() -> str | None:
            try:
                return httpx.get(f"{address}/join").text
            except httpx.TransportError:
                return None

        fields = form_of(eventually(form, "the page to sign up", log=log)).fields
        said = [*((n, v) for n, v in fields if n not in ADA), *TICKED, *ADA.items()]
        body = [(n, v) for n, v in said if v] if path == "/join" else [("email", ADA["email"])]
        answer = httpx.post(f"{address}{path}", data=dict_of(body), follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sent")
        assert process.wait(60) == -signal.SIGKILL


def dict_of(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


def delivered(home: Path) -> list[str]:
    """The subjects of all mails there are after another run of the delivery."""
    done = finish("app.cli", "deliver", env=environment(home))
    assert done.returncode == 0, done.stderr
    mails = sorted((home / "var" / "mailbox").glob("*.eml"), key=lambda mail: mail.stat().st_mtime_ns)
    return [line for mail in mails for line in mail.read_text("utf-8").splitlines() if line.startswith("Subject:")]


def done_once(home: Path, subject: str) -> None:
    assert delivered(home) == [subject]
    assert delivered(home) == [subject], "and never twice"


def test_a_sign_up_whose_process_was_killed_is_done_once_by_the_next_delivery(home: Path) -> None:
    posted_and_killed(home, "/join")
    done_once(home, "Subject: Please confirm your address")


def test_a_link_to_sign_in_whose_process_was_killed_is_sent_once_by_the_next_delivery(home: Path) -> None:
    with wiring.open_house(Settings(home=home, secret_key=(KEY,))) as house, house.sessions.begin() as session:
        subscribers.add(session, [a_subscriber(email=ADA["email"])], now=house.clock())
    posted_and_killed(home, "/sign-in")
    done_once(home, "Subject: Your link to sign in")
