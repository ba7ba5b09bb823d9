"""The command line as a person meets it: what it prints, and the code it ends with."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import wiring
from app.cli import main
from models import joining, subscribers, suppressions
from tests.mail import returned
from tests.mail.test_postbox import delivered

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = str(ROOT / "examples" / "subscribers.csv")
MAYA = "maya.lindqvist@example.org"


@pytest.fixture
def here(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that the commands find by the environment."""
    for name in list(os.environ):
        if name.startswith("STRIDEWELL_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("STRIDEWELL_HOME", str(home))
    return home


@pytest.fixture
def told(here: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command: exit code, standard output, standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_a_week_by_hand_from_the_sample_to_the_mailbox(told: Any, here: Path) -> None:
    assert told("runners", "import", SAMPLE)[0] == 0
    code, out, _ = told("week", "run", "--week", "2027-01-04", "--json")
    assert code == 0
    planned = json.loads(out)["weeks"][0]["planned"]
    assert planned >= 14
    code, out, _ = told("deliver", "--json")
    assert (code, json.loads(out)["sent"]) == (0, planned)
    assert len(list((here / "var" / "mailbox").glob("*.eml"))) == planned
    code, out, _ = told("outbox", "--json")
    assert json.loads(out)["sent"] == planned
    assert told("answers")[0] == 0


def test_a_fresh_home_needs_nothing_but_the_first_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Any
) -> None:
    monkeypatch.setenv("STRIDEWELL_HOME", str(tmp_path / "fresh"))
    assert told("runners", "import", SAMPLE)[0] == 0
    assert (tmp_path / "fresh" / "var" / "stridewell.db").exists()


def test_a_rehearsal_leaves_a_fresh_home_without_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Any
) -> None:
    monkeypatch.setenv("STRIDEWELL_HOME", str(tmp_path / "fresh"))
    code, out, _ = told("runners", "import", SAMPLE, "--dry-run")
    assert code == 0
    assert "nothing was written" in out
    assert not (tmp_path / "fresh" / "var").exists()


def test_refused_rows_end_with_code_1_and_say_line_column_rule_and_remedy(told: Any, tmp_path: Path) -> None:
    bad = Path(SAMPLE).read_text(encoding="utf-8").replace("Europe/Stockholm", "Europe/Stokholm")
    (tmp_path / "bad.csv").write_text(bad, encoding="utf-8")
    code, out, _ = told("runners", "import", str(tmp_path / "bad.csv"))
    assert code == 1
    assert "time_zone" in out
    assert "Did you mean Europe/Stockholm?" in out
    code, out, _ = told("runners", "import", str(tmp_path / "bad.csv"), "--json")
    refused = json.loads(out)["refused"][0]
    assert (refused["line"], refused["problems"][0]["column"]) == (2, "time_zone")


def test_an_export_is_for_its_owner_alone_and_is_not_overwritten_by_chance(told: Any, tmp_path: Path) -> None:
    told("runners", "import", SAMPLE)
    file = tmp_path / "out.csv"
    assert told("runners", "export", str(file))[0] == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code, _, err = told("runners", "export", str(file))
    assert code == 1
    assert "--force" in err
    assert told("runners", "export", str(file), "--force")[0] == 0
    code, out, _ = told("runners", "import", str(file), "--json")
    assert (code, json.loads(out)["same"]) == (0, 16)
    assert [p.name for p in tmp_path.iterdir() if "out" in p.name] == ["out.csv"]


def test_a_runner_is_found_by_address_or_key(told: Any) -> None:
    told("runners", "import", SAMPLE)
    code, out, _ = told("runners", "show", MAYA, "--json")
    about = json.loads(out)
    assert code == 0
    assert about["cells"]["name"] == "Maya Lindqvist"
    assert told("runners", "show", about["key"])[0] == 0
    code, _, err = told("runners", "show", "nobody@example.org")
    assert code == 1
    assert "no runner has this address" in err


def test_a_preview_shows_the_mail_and_writes_its_html(told: Any, tmp_path: Path) -> None:
    told("runners", "import", SAMPLE)
    code, out, _ = told("preview", MAYA)
    assert code == 0
    assert out.startswith("Subject: ")
    assert "Maya" in out
    file = tmp_path / "mail.html"
    assert told("preview", MAYA, "--html", str(file))[0] == 0
    written = file.read_text(encoding="utf-8")
    assert "<html" in written
    assert "data:image/png;base64," in written, "a file that is opened has no mail around it to hold its pictures"
    assert "cid:" not in written


def test_a_runner_is_paused_started_again_and_erased(told: Any) -> None:
    told("runners", "import", SAMPLE)
    assert told("runners", "status", MAYA, "paused")[0] == 0
    assert "paused" in told("runners", "show", MAYA)[1]
    assert told("runners", "status", MAYA, "active")[0] == 0
    assert "Nothing had stopped" in told("runners", "resume", MAYA)[1]
    assert told("runners", "erase", MAYA)[0] == 1
    assert told("runners", "erase", MAYA, "--yes")[0] == 0
    assert told("runners", "show", MAYA)[0] == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("week", "run", "--week", "2026-11-24"), 1, "Write 2026-11-23 or 2026-11-30"),
        (("week", "run", "--week", "soon"), 1, "like 2026-11-23"),
        (("week", "run", "--week", "9999-12-27"), 1, "over a year ahead"),
        (("runners", "import", "no-such-file.csv"), 1, "No such file"),
        (("runners", "export", "no-such-folder/runners.csv"), 1, "no-such-folder/runners.csv: No such file"),
        (("runners", "export", "."), 1, "this is a folder"),
        (("web", "--port", "99999"), 1, "from 0 to 65535"),
        (("web", "--host", "203.0.113.1"), 1, "Name another address with --host"),
        (("outbox", "release", "77", "resend"), 1, "not held"),
        (("translations", "check", "../x"), 1, "no code of a language"),
        (("catalogue", "check", "no-such-folder"), 1, "missing"),
        (("preview",), 2, ""),
        (("no-such-command",), 2, ""),
        (("outbox", "release", "77", "burn"), 2, ""),
        (("week", "run", "--unheard-of"), 2, ""),
    ],
)
def test_a_mistake_is_said_in_a_few_lines_without_a_traceback(
    told: Any, words: tuple[str, ...], code: int, said: str
) -> None:
    got, out, err = told(*words)
    assert got == code
    assert said in err
    assert "Traceback" not in out + err
    if code == 1:
        assert len(err.strip().splitlines()) <= 3


def test_wrong_settings_are_said_all_at_once(told: Any, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIDEWELL_SEND_RATE", "fast")
    monkeypatch.setenv("STRIDEWELL_SLOT", "never")
    code, _, err = told("deliver")
    assert code == 1
    assert "STRIDEWELL_SEND_RATE" in err
    assert "STRIDEWELL_SLOT" in err


def test_a_database_out_of_reach_is_said(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIDEWELL_DATABASE_URL", "postgresql://u:hunter22@127.0.0.1:1/none")
    code, _, err = told("outbox")
    assert code == 1
    assert "STRIDEWELL_DATABASE_URL" in err
    assert "hunter22" not in err


def test_a_week_far_ahead_is_not_shown_either(told: Any) -> None:
    told("runners", "import", SAMPLE)
    code, _, err = told("preview", MAYA, "--week", "9999-12-27")
    assert (code, "over a year ahead" in " ".join(err.split())) == (1, True)


def test_a_port_that_is_taken_is_said_and_nothing_is_started(told: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, err = told("web", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert "--port" in err


def test_a_damaged_database_file_is_said(told: Any, here: Path) -> None:
    (here / "var" / "stridewell.db").write_bytes(b"this is not a database, it only looks like one" * 100)
    code, _, err = told("outbox")
    assert code == 1
    assert "from a backup" in " ".join(err.split())


def test_the_catalogue_is_checked(told: Any) -> None:
    code, out, _ = told("catalogue", "check")
    assert code == 0
    assert "exercises" in out


def test_bringing_a_database_up_to_date_twice_is_harmless(told: Any) -> None:
    assert told("db", "upgrade")[0] == 0
    assert told("db", "upgrade")[0] == 0


@pytest.mark.parametrize(
    "words",
    [(), ("runners",), ("runners", "import"), ("week", "run"), ("deliver",), ("outbox", "release"), ("doctor",)],
)
def test_help_is_there_for_every_command(told: Any, words: tuple[str, ...]) -> None:
    code, out, _ = told(*words, "--help")
    assert code == 0
    assert "Usage: stridewell" in out


def test_no_command_starts_prefect() -> None:
    code = (
        "import sys; from app.cli import main; main(['--version']); import app.weekly, app.delivery, app.feedback, "
        "app.doctor, app.letters; print([m for m in sys.modules if m.split('.')[0] == 'prefect'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)  # noqa: S603 our own code
    assert done.stdout.strip().endswith("[]")


def test_returned_mails_are_read_and_those_kept_for_a_person_are_listed(told: Any, here: Path) -> None:
    assert "No mail is kept." in told("returns", "kept")[1]
    delivered(here / "var" / "mailbox" / "returns", returned.by_a_person(), returned.bounce())
    code, out, _ = told("returns", "read", "--json")
    assert (code, json.loads(out)["kept"]) == (0, 2)
    code, out, _ = told("returns", "read")
    assert (code, "kept" in out) == (0, True)
    listed = json.loads(told("returns", "kept", "--json")[1])
    assert [each["place"].startswith("new/") for each in listed] == [True, True]
    assert "a person wrote it" in told("returns", "kept")[1].replace("\n", " ")


def test_without_a_mailbox_of_returns_the_command_names_the_setting(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SMTP_URL": "smtp://mx.example.org",
        "POSTAL_ADDRESS": "1 Mill Lane",
        "MAIL_FROM": "c@example.org",
    }.items():
        monkeypatch.setenv(f"STRIDEWELL_{name}", value)
    code, _, wrong = told("returns", "read")
    assert code == 1
    assert "STRIDEWELL_RETURNS_URL: no mailbox is named" in " ".join(wrong.split())


def test_no_operator_writes_again_to_one_who_complained(told: Any, here: Path) -> None:
    told("runners", "import", SAMPLE)
    with wiring.open_house() as house, house.sessions.begin() as session:
        maya = subscribers.find(session, MAYA)
        assert maya is not None
        joining.leave(session, maya, now=house.clock(), reason=suppressions.COMPLAINED)
    code, _, wrong = told("runners", "status", MAYA, "active")
    assert (code, "nobody but the runner" in " ".join(wrong.split())) == (1, True)
    assert "unsubscribed" in told("runners", "show", MAYA)[1]
