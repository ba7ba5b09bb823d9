"""The doctor finds what is wrong and says how to mend it."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app import catalogue_signing as signing
from app import doctor, places
from app.doctor import Finding, State
from app.wiring import House
from tests.app.conftest import KEY
from tests.app.people import add, plan
from tests.builders import MONDAY, take_letters
from tests.conftest import ROOT
from tests.mail import imap
from tests.mail.servers import Behaviour, a_server
from tests.mail.test_postbox import delivered


def examine(home: Path, **changes: str) -> dict[str, Finding]:
    environ = {"STRIDEWELL_SECRET_KEY": KEY, "STRIDEWELL_PUBLIC_URL": "http://127.0.0.1:1"}
    environ |= {f"STRIDEWELL_{name}": value for name, value in changes.items()}
    found: dict[str, Finding] = {}
    for finding in doctor.examine(home, environ):
        if finding.name not in found or finding.state is State.WRONG:
            found[finding.name] = finding
    return found


@contextmanager
def a_web_app(status: int) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_sound_house_is_fine_throughout(home: Path) -> None:
    with a_web_app(200) as url:
        found = examine(home, PUBLIC_URL=url)
    assert {f.state for f in found.values()} == {State.FINE}
    assert set(found) == {
        "python",
        "prefect",
        "sqlalchemy",
        "fastapi",
        "settings",
        "secret key",
        "disk",
        "database",
        "outbox",
        "catalogue",
        "signatures",
        "templates",
        "mail",
        "returned mail",
        "public URL",
    }


def test_mails_that_a_dead_worker_had_in_hand_are_still_to_go(house: House, home: Path) -> None:
    plan(house, *add(house, "ana", "ben"))
    with house.sessions.begin() as session:
        assert len(take_letters(session, worker="dead", limit=1, lease_s=300, now=house.clock())) == 1
    assert examine(home)["outbox"].said == "2 still to go, 0 sent"


def test_every_finding_that_is_not_fine_has_a_remedy(home: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    for found in (
        examine(home, TYPO="x"),
        examine(tmp_path / "nothing"),
        examine(home, DATABASE_URL="postgresql://u:p@127.0.0.1:1/none"),
        examine(home, MAILBOX=str(tmp_path / "blocked" / "box")),
        examine(home, SEND_RATE="fast", CHUNK="none"),
    ):
        assert any(f.state is not State.FINE for f in found.values())
        assert all(f.remedy for f in found.values() if f.state is not State.FINE)


def test_signatures_are_counted_as_recorded_and_not_as_names_in_files(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue"))
    (folder / signing.RECORD).unlink(missing_ok=True)
    for path in [*folder.glob("exercises/*.md"), *folder.glob("stretches/*.md")]:
        path.write_text(
            re.sub(r'^(reviewed_\w+) = ".*"', r'\1 = ""', path.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
        )
    monkeypatch.setattr(places, "catalogue_folder", lambda: folder)
    files = len(signing.survey(folder).entries)

    def signatures() -> Finding:
        return examine(home)["signatures"]

    assert (signatures().state, signatures().said.split(",")[0]) == (State.FINE, f"0 of {files} files signed")
    signing.sign(folder, ["nordic-lower"], by="Jo Lind, physiotherapist", on=MONDAY, today=MONDAY)
    assert (signatures().state, signatures().said.split(",")[0]) == (State.FINE, f"1 of {files} files signed")
    # A name written into the file by hand is no signature, and a change after the reading undoes one.
    swings = folder / "stretches/leg-swings.md"
    swings.write_text(swings.read_text("utf-8").replace('reviewed_by = ""', 'reviewed_by = "Somebody"'), "utf-8")
    assert signatures().state is State.LOOK
    assert "1 with a reviewer who is not recorded" in signatures().said
    nordic = folder / "exercises/nordic-lower.md"
    nordic.write_text(nordic.read_text("utf-8").replace("## Stop if\n", "## Stop if\nAnd also: "), "utf-8")
    assert "0 of" in signatures().said
    assert "1 changed since" in signatures().said
    assert "stridewell catalogue changes" in signatures().remedy


def test_a_web_app_that_is_ill_or_away_is_something_to_look_at(home: Path) -> None:
    assert examine(home)["public URL"].state is State.LOOK
    with a_web_app(503) as url:
        assert examine(home, PUBLIC_URL=url)["public URL"].state is State.LOOK


def test_a_database_that_was_never_set_up_is_wrong(tmp_path: Path) -> None:
    found = examine(tmp_path)["database"]
    assert found.state is State.WRONG
    assert "stridewell db upgrade" in found.remedy
    assert not (tmp_path / "var").exists()


def test_a_secret_that_others_can_read_is_wrong(home: Path) -> None:
    (home / ".env").write_text("")
    (home / ".env").chmod(0o644)
    found = examine(home)["secret key"]
    assert found.state is State.WRONG
    assert "chmod 600" in found.remedy


def test_a_mail_server_that_answers_is_fine_and_one_that_does_not_is_wrong(home: Path) -> None:
    real = {"MAIL_FROM": "A <a@example.org>", "POSTAL_ADDRESS": "1 Mill Lane", "PUBLIC_URL": "https://localhost:1"}
    with a_server(Behaviour()) as server:
        assert examine(home, **real, SMTP_URL=f"smtp://127.0.0.1:{server.port}")["mail"].state is State.FINE
    found = examine(home, **real, SMTP_URL="smtp://127.0.0.1:1")
    assert found["mail"].state is State.WRONG
    assert "STRIDEWELL_SMTP_URL" in found["mail"].remedy


def test_real_mail_with_links_to_this_machine_is_wrong(home: Path) -> None:
    found = examine(
        home,
        SMTP_URL="smtp://127.0.0.1:1",
        MAIL_FROM="A <a@example.org>",
        POSTAL_ADDRESS="1 Mill Lane",
    )["public URL"]
    assert found.state is State.WRONG
    assert "STRIDEWELL_PUBLIC_URL" in found.remedy


def test_no_finding_repeats_a_password(home: Path) -> None:
    found = examine(home, DATABASE_URL="postgresql://u:hunter22@127.0.0.1:1/none")
    assert "hunter22" not in str(found)
    assert found["database"].state is State.WRONG


def test_the_doctor_opens_the_mailbox_that_mails_come_back_to(home: Path) -> None:
    with imap.a_server(b"Subject: one\r\n\r\n") as port:
        found = examine(home, RETURNS_URL=imap.url(port))["returned mail"]
        assert (found.state, found.said) == (State.FINE, "the mailbox opens, 1 waiting")
        found = examine(home, RETURNS_URL=imap.url(port, password="guess"))["returns"]
        assert (found.state, "Check user and password" in found.remedy) == (State.WRONG, True)


def test_a_maildir_that_is_not_there_is_no_mailbox_that_opens(home: Path, tmp_path: Path) -> None:
    found = examine(home, RETURNS_URL=f"maildir:{tmp_path / 'retruns'}")["returned mail"]
    assert (found.state, "is not there yet" in found.said) == (State.LOOK, True)
    delivered(tmp_path / "retruns")
    found = examine(home, RETURNS_URL=f"maildir:{tmp_path / 'retruns'}")["returned mail"]
    assert (found.state, found.said) == (State.FINE, "the mailbox opens, 0 waiting")


def test_where_nobody_reads_what_comes_back_the_doctor_asks_for_a_mailbox(home: Path) -> None:
    with a_server(Behaviour()) as server:
        given = {"SMTP_URL": f"smtp://127.0.0.1:{server.port}", "POSTAL_ADDRESS": "1 Mill Lane"}
        found = examine(home, MAIL_FROM="c@example.org", **given)["returned mail"]
    assert (found.state, "STRIDEWELL_RETURNS_URL" in found.remedy) == (State.LOOK, True)
