"""Settings: read once, checked all at once, said by name."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from dotenv import dotenv_values

from app import settings
from app.settings import NAMES, Settings, SettingsError, load

ROOT = Path(__file__).resolve().parents[2]
KEY = "Zx81-abcdefghijklmnopqrstuvwxyz-0123456789"


def problems(home: Path, environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load(home, environ)
    return caught.value.problems


def test_a_fresh_folder_works_without_any_file(tmp_path: Path) -> None:
    found = load(tmp_path, {})
    assert found.embedded
    assert found.database == f"sqlite:///{tmp_path}/var/stridewell.db"
    assert found.default_slot == (6, 17 * 60)


def test_the_first_run_makes_a_key_that_only_its_owner_may_read_and_later_runs_keep_it(tmp_path: Path) -> None:
    first = load(tmp_path, {})
    file = tmp_path / ".env"
    assert len(first.secret_key[0]) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load(tmp_path, {}).secret_key == first.secret_key


def test_the_made_key_leaves_the_rest_of_the_file_alone_and_closes_it_to_others(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# mine\nSTRIDEWELL_SECRET_KEY=\nSTRIDEWELL_SEND_RATE=7\nOTHER=1\n")
    file.chmod(0o644)
    assert load(tmp_path, {}).send_rate == 7
    text = file.read_text()
    assert text.startswith("# mine\n")
    assert "STRIDEWELL_SEND_RATE=7\nOTHER=1\n" in text
    assert text.count("STRIDEWELL_SECRET_KEY") == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_first_runs_at_once_agree_on_one_key(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from app.settings import load; print(load(Path({str(tmp_path)!r}), {{}}).secret_key)"
    runs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) for _ in range(3)]  # noqa: S603 our own code
    assert len({run.communicate(timeout=60)[0] for run in runs}) == 1


def test_a_folder_that_cannot_be_written_is_said_with_both_ways_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (said,) = problems(tmp_path / "file" / "below", {})
    assert said.startswith("STRIDEWELL_SECRET_KEY: ")
    assert "in the environment" in said


def test_the_environment_wins_over_the_file_and_an_empty_value_means_the_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"STRIDEWELL_SEND_RATE=7\nSTRIDEWELL_CHUNK=\nSTRIDEWELL_SECRET_KEY={KEY}\n")
    found = load(tmp_path, {"STRIDEWELL_SEND_RATE": "9", "STRIDEWELL_LEASE_S": " "})
    assert (found.send_rate, found.chunk, found.lease_s) == (9, 1000, 300)


def test_everything_that_is_wrong_is_said_at_once_by_its_full_name(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        {
            "STRIDEWELL_SECRET_KEY": "short",
            "STRIDEWELL_SEND_RATE": "fast",
            "STRIDEWELL_DATABASE_URL": "mysql://x/y",
            "STRIDEWELL_SMTP_URL": "http://mail",
            "STRIDEWELL_PUBLIC_URL": "train.example.org",
            "STRIDEWELL_MAIL_FROM": "nobody",
            "STRIDEWELL_SLOT": "sunday evening",
            "STRIDEWELL_AMBIGUOUS": "resnd",
            "STRIDEWELL_LOG_LEVEL": "LOUD",
        },
    )
    assert {s.split(":")[0] for s in said} == {
        f"STRIDEWELL_{n}"
        for n in (
            [
                "SECRET_KEY",
                "SEND_RATE",
                "DATABASE_URL",
                "SMTP_URL",
                "PUBLIC_URL",
                "MAIL_FROM",
                "SLOT",
                "AMBIGUOUS",
                "LOG_LEVEL",
            ]
        )
    }
    assert "Did you mean resend?" in "\n".join(said)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "a-secret-too-short"),
        ("SECRET_KEY", f"{KEY},{KEY}"),
        ("SMTP_URL", "smtp://user:hunter22@host:notaport"),
        ("DATABASE_URL", "postgresql://user:hunter22@host"),
    ],
)
def test_no_message_repeats_a_secret(tmp_path: Path, name: str, value: str) -> None:
    (said,) = problems(tmp_path, {f"STRIDEWELL_{name}": value})
    assert "hunter22" not in said
    assert value.split(",", maxsplit=1)[0] not in said


def test_what_is_printed_of_the_settings_holds_no_secret(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        {
            "STRIDEWELL_SECRET_KEY": KEY,
            "STRIDEWELL_SMTP_URL": "smtps://u:hunter22@host",
            "STRIDEWELL_MAIL_FROM": "A <a@example.org>",
            "STRIDEWELL_POSTAL_ADDRESS": "1 Mill Lane",
        },
    )
    assert "hunter22" not in repr(found)
    assert KEY not in repr(found)


def test_mail_that_leaves_the_machine_needs_a_sender_and_a_postal_address(tmp_path: Path) -> None:
    said = problems(tmp_path, {"STRIDEWELL_SMTP_URL": "smtp://relay:25", "STRIDEWELL_SECRET_KEY": KEY})
    assert [s.split(":")[0] for s in said] == ["STRIDEWELL_POSTAL_ADDRESS", "STRIDEWELL_MAIL_FROM"]


def test_a_line_break_never_gets_into_a_header(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        {
            "STRIDEWELL_MAIL_FROM": "A <a@example.org>\r\nBcc: x@example.org",
            "STRIDEWELL_POSTAL_ADDRESS": "a\nb",
            "STRIDEWELL_REPLY_TO": "a@example.org\nX: y",
        },
    )
    assert len(said) == 3


def test_a_misspelt_setting_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STRIDEWELL_SMTP_ULR=embedded\n")
    (said,) = problems(tmp_path, {})
    assert "Did you mean STRIDEWELL_SMTP_URL?" in said


def test_a_line_that_says_nothing_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"# mine\n\nSTRIDEWELL_SECRET_KEY={KEY}\n\nSTRIDEWELL_SEND_RATE 5\nSTRIDEWELL_CHUNK\n"
        'STRIDEWELL_MAIL_FROM="A <a@example.org>\n'
    )
    said = problems(tmp_path, {})
    assert [s.split(",")[1].split(":")[0] for s in said[:3]] == [" line 5", " line 6", " line 7"]


def test_an_address_is_one_that_mail_can_go_to(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, {"STRIDEWELL_MAIL_FROM": "A <a@example.org>, B <b@example.org>"})
    assert said.startswith("STRIDEWELL_MAIL_FROM: ")
    for written in ("Coach <a b@example.org>", '"a b"@example.org', f"{'x' * 250}@example.org", "a@[192.0.2.1]"):
        (said,) = problems(tmp_path, {"STRIDEWELL_OPERATOR": written})
        assert said.startswith("STRIDEWELL_OPERATOR: ")
    found = load(tmp_path, {"STRIDEWELL_MAIL_FROM": '"Mill Lane, Leeds" <a@example.org>'})
    assert found.mail_from == '"Mill Lane, Leeds" <a@example.org>'


@pytest.mark.parametrize("port", ["five", "99999", "0"])
def test_a_port_that_is_none_is_said(tmp_path: Path, port: str) -> None:
    (said,) = problems(tmp_path, {"STRIDEWELL_DATABASE_URL": f"postgresql://u:p@host:{port}/name"})
    assert said.startswith("STRIDEWELL_DATABASE_URL: ")


def test_a_file_that_is_not_text_is_said_and_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00STRIDEWELL")
    (said,) = problems(tmp_path, {})
    assert "UTF-8" in said


def test_the_ring_of_keys_signs_with_the_first(tmp_path: Path) -> None:
    found = load(tmp_path, {"STRIDEWELL_SECRET_KEY": f"{KEY}-new, {KEY}-old"})
    assert found.secret_key == (f"{KEY}-new", f"{KEY}-old")


def test_commas_without_a_key_are_no_ring(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STRIDEWELL_SECRET_KEY=,\n")
    (said,) = problems(tmp_path, {})
    assert said.startswith("STRIDEWELL_SECRET_KEY: there is no key")


def test_relative_paths_start_at_the_home_folder_and_not_where_the_command_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    found = load(tmp_path, {"STRIDEWELL_MAILBOX": "post", "STRIDEWELL_DATABASE_URL": "sqlite:////abs/x.db"})
    assert found.mailbox_folder == tmp_path / "post"
    assert found.database == "sqlite:////abs/x.db"


def test_a_password_with_a_dollar_sign_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"STRIDEWELL_SECRET_KEY={KEY}\nSTRIDEWELL_DATABASE_URL='postgresql://u:a${{HOME}}b@h/d'\n"
    )
    assert load(tmp_path, dict(os.environ)).database == "postgresql://u:a${HOME}b@h/d"


def test_the_example_names_every_setting_with_a_line_of_help_and_its_default(tmp_path: Path) -> None:
    file = ROOT / ".env.example"
    assert file.read_text(encoding="utf-8") == settings.example()
    shown = dotenv_values(file)
    assert tuple(shown) == NAMES
    lines = file.read_text(encoding="utf-8").splitlines()
    for name in NAMES:
        place = next(i for i, line in enumerate(lines) if line.startswith(f"{name}="))
        assert lines[place - 1].startswith("# ")
        assert lines[place - 1].endswith(".")
    (tmp_path / ".env").write_text(file.read_text(encoding="utf-8"))
    copied = load(tmp_path, {})
    assert copied == Settings(home=tmp_path, secret_key=copied.secret_key)
