"""The processes behind `make run` and `make up`: started once, told of when they die, and gone when their starter is."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.settings import load
from deployments.stack import STOP_S, Stack, StackError, _claimed, free_port
from tests.deployments.processes import end_all, environment, eventually, finish, of_home, running, taken


@contextmanager
def a_stack(home: Path, *sleepers: str) -> Iterator[tuple[int, Path]]:
    """A running stack with these sleepers, all of them asleep: its process and where it talks."""
    said = home / "said"
    try:
        with running("tests.deployments.a_stack", *sleepers, env=environment(home), log=said) as process:
            logs = [home / "var" / "log" / f"sleeper-{n}.log" for n in range(1, len(sleepers) + 1)]
            eventually(lambda: all(log.exists() and "asleep" in log.read_text() for log in logs), "asleep", log=said)
            eventually(lambda: "started" in said.read_text(), "started", log=said)
            yield process.pid, said
            eventually(lambda: process.poll() is not None, "the stack ends", log=said)
            said.with_name("code").write_text(str(process.returncode))
    finally:
        end_all(home)


def code(home: Path) -> int:
    return int((home / "code").read_text())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_every_process_and_is_no_failure(tmp_path: Path, number: signal.Signals) -> None:
    with a_stack(tmp_path, "plain", "plain") as (pid, said):
        # The starter, its guard, two sleepers and their children.
        assert len(of_home(tmp_path)) == 6
        os.kill(pid, number)
    assert code(tmp_path) == 0
    assert of_home(tmp_path) == {}
    assert "everything that was started has ended" in said.read_text()


def test_one_who_asks_twice_does_not_wait_for_the_stubborn(tmp_path: Path) -> None:
    with a_stack(tmp_path, "stubborn", "plain") as (pid, _):
        os.kill(pid, signal.SIGINT)
        eventually(lambda: "plain" not in " ".join(of_home(tmp_path).values()), "the plain one is gone")
        began = time.monotonic()
        os.kill(pid, signal.SIGINT)
    assert time.monotonic() - began < STOP_S / 2
    assert code(tmp_path) == 0
    assert of_home(tmp_path) == {}


def test_killing_the_starter_ends_every_process_however_stubborn(tmp_path: Path) -> None:
    with a_stack(tmp_path, "plain", "stubborn") as (pid, _):
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: not of_home(tmp_path), "nothing is left")
    assert code(tmp_path) == -signal.SIGKILL


def test_a_second_start_in_the_same_home_is_refused(tmp_path: Path) -> None:
    with a_stack(tmp_path, "plain") as (pid, _):
        second = finish("tests.deployments.a_stack", "plain", env=environment(tmp_path))
        assert second.returncode == 1
        assert f"Stridewell runs here already (process {pid}). Stop it first" in second.stderr
        assert len(of_home(tmp_path)) == 4
        os.kill(pid, signal.SIGTERM)
    after = finish("tests.deployments.a_stack", "dies", env=environment(tmp_path))
    assert "runs here already" not in after.stderr


def test_a_process_that_dies_is_named_with_its_log_and_the_others_end(tmp_path: Path) -> None:
    ended = finish("tests.deployments.a_stack", "plain", "dies", env=environment(tmp_path))
    assert ended.returncode == 1
    log = tmp_path / "var" / "log" / "sleeper-2.log"
    assert f"sleeper-2 ended by itself. Read {log}" in ended.stderr
    assert "a bad dream" in log.read_text()
    assert of_home(tmp_path) == {}


def test_a_server_that_dies_while_starting_is_named_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIDEWELL_HOME", str(tmp_path))
    here = Stack(load(), "", "", tmp_path / "log")
    try:
        here.start("web", "tests.deployments.a_sleeper", "dies")
        with pytest.raises(StackError, match=r"web ended with code 3 while starting\. Read .*web\.log"):
            here.wait_for("web", f"http://127.0.0.1:{free_port(0)}/")
    finally:
        here.stop()
    assert of_home(tmp_path) == {}


def test_a_taken_port_leads_to_another() -> None:
    wanted = free_port(0)
    with taken(wanted):
        other = free_port(wanted)
    assert other != wanted
    assert free_port(wanted) == wanted


def test_two_that_start_together_do_not_take_the_same_port() -> None:
    wanted = free_port(0)
    # Neither listens yet: only the claim keeps them apart.
    with _claimed(wanted) as first, _claimed(wanted) as second:
        assert {first, second} == {wanted, second}
        assert second != first
    with _claimed(wanted) as again:
        assert again == wanted


def test_a_port_that_a_server_has_just_left_is_free() -> None:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            there, _ = server.accept()
            # The side that closes first keeps the port in TIME_WAIT.
            there.close()
            client.recv(1)
    assert free_port(port) == port
