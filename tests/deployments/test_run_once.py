"""`make run` as a person runs it: once, again, and after it was killed."""

from __future__ import annotations

import email
import os
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path

import pytest

from app import wiring
from app.settings import Settings
from tests.app.people import add
from tests.deployments.processes import end_all, environment, eventually, finish, of_home, running

RUNNERS = 16


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.CompletedProcess[str]]]:
    """A home and the first run in it."""
    home = tmp_path_factory.mktemp("trial")
    yield home, finish("deployments.run_once", env=environment(home))
    end_all(home)


def mails(home: Path) -> list[Message]:
    return [email.message_from_bytes(path.read_bytes()) for path in sorted((home / "var" / "mailbox").glob("*.eml"))]


def weekly(home: Path) -> list[Message]:
    return [mail for mail in mails(home) if str(mail["Message-ID"]).startswith("<weekly.")]


@pytest.mark.prefect
def test_every_sample_runner_gets_a_mail_for_each_week(trial: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    home, first = trial
    assert first.returncode == 0, first.stdout + first.stderr
    arrived = weekly(home)
    weeks = Counter(str(mail["Message-ID"]).split(".")[1] for mail in arrived)
    assert sorted(weeks.values()) == [RUNNERS, RUNNERS]
    assert set(Counter(mail["To"] for mail in arrived).values()) == {2}
    assert all(mail["List-Unsubscribe"] and mail["List-Unsubscribe-Post"] for mail in mails(home))
    assert len({mail["Message-ID"] for mail in mails(home)}) == len(mails(home))
    assert "16 runners: 32 weeks planned, 32 mails sent, 15 answers given" in first.stdout


@pytest.mark.prefect
def test_the_terminal_is_for_the_person_and_the_dashboard_has_the_logs(
    trial: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    home, first = trial
    assert first.stderr == ""
    assert "INFO" not in first.stdout
    assert not (home / ".prefect").exists()
    with closing(sqlite3.connect(home / "var" / "prefect" / "prefect.db")) as database:
        told = [line for (line,) in database.execute("SELECT message FROM log WHERE message LIKE 'due: %'")]
    assert told == ["due: 16, planned: 16, too late: 0"] * 2


@pytest.mark.prefect
def test_a_second_run_sends_and_answers_nothing(
    trial: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    home = Path(shutil.copytree(trial[0], tmp_path / "home"))
    before = len(mails(home))
    second = finish("deployments.run_once", env=environment(home))
    assert (second.returncode, second.stderr) == (0, "")
    assert "0 weeks planned, 0 mails sent, 0 answers given" in second.stdout
    assert len(mails(home)) == before


@pytest.mark.prefect
def test_a_run_after_a_killed_one_goes_on_sends_nothing_twice_and_names_what_is_unsure(
    trial: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    # A database of Prefect's that is there already saves its making.
    shutil.copytree(trial[0] / "var" / "prefect", tmp_path / "var" / "prefect")
    mailbox = tmp_path / "var" / "mailbox"
    try:
        with running("deployments.run_once", env=environment(tmp_path), log=tmp_path / "said") as process:
            eventually(lambda: next(mailbox.glob("*.eml"), None), "the first mail", log=tmp_path / "said")
            os.kill(process.pid, signal.SIGKILL)
        eventually(lambda: not of_home(tmp_path), "nothing outlives the kill")
        again = finish("deployments.run_once", env=environment(tmp_path))
    finally:
        end_all(tmp_path)
    arrived = weekly(tmp_path)
    assert len({mail["Message-ID"] for mail in arrived}) == len(arrived)
    latest = max(str(mail["Message-ID"]).split(".")[1] for mail in arrived)
    assert sum(latest in str(mail["Message-ID"]) for mail in arrived) == RUNNERS
    missing = 2 * RUNNERS - len(arrived)
    if again.returncode == 0:
        assert (missing, again.stderr) == (0, "")
    else:
        assert again.returncode == 1
        assert sum(" weekly." in line for line in again.stderr.splitlines()) == missing
        assert "stridewell outbox held" in again.stderr
        assert "Traceback" not in again.stderr


def test_a_trial_does_not_touch_the_mails_of_real_runners(tmp_path: Path) -> None:
    house = wiring.build(Settings(home=tmp_path, secret_key=("k" * 40,)))
    house.upgrade()
    add(house, "ana")
    house.close()
    refused = finish("deployments.run_once", env=environment(tmp_path))
    assert refused.returncode == 1
    assert "1 active runners besides the samples" in refused.stderr
    assert "STRIDEWELL_HOME=" in refused.stderr
    assert mails(tmp_path) == []
    assert of_home(tmp_path) == {}
