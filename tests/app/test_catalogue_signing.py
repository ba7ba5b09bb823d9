"""A clinician signs what she has read; whatever is changed afterwards comes back to her."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app import catalogue_signing as signing
from app import wiring
from app.catalogue_signing import SigningError, State
from app.cli import main
from coach.errors import CatalogueError

ROOT = Path(__file__).resolve().parents[2]
NORDIC = "exercises/nordic-lower.md"
SWINGS = "stretches/leg-swings.md"
WHO = "Jo Lind, physiotherapist"
DAY = date(2026, 11, 20)
TODAY = date(2026, 11, 22)

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue that nobody has signed."""
    made = Path(shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue"))
    (made / signing.RECORD).unlink(missing_ok=True)
    for path in [*made.glob("exercises/*.md"), *made.glob("stretches/*.md")]:
        emptied = re.sub(r'^(reviewed_\w+) = ".*"', r'\1 = ""', path.read_bytes().decode(), flags=re.MULTILINE)
        path.write_bytes(emptied.encode())
    return made


@pytest.fixture
def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(("catalogue", *words, "--folder", str(folder)))
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def sign(folder: Path, *names: str, by: str = WHO, on: date = DAY) -> tuple[signing.Entry, ...]:
    return signing.sign(folder, names, by=by, on=on, today=TODAY)


def state(folder: Path, file: str = NORDIC) -> State:
    return next(e.state for e in signing.survey(folder).entries if e.file == file)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_nothing_is_signed_until_somebody_signs(folder: Path) -> None:
    found = signing.survey(folder)
    assert {e.state for e in found.entries} == {State.NEVER}
    files = [*folder.glob("exercises/*.md"), *folder.glob("stretches/*.md")]
    assert len(found.entries) == len(files) + 2
    assert len({e.mark for e in found.entries}) == len(found.entries)


def test_a_signature_is_recorded_and_stands_in_the_entry(folder: Path) -> None:
    before = (folder / NORDIC).read_text(encoding="utf-8")
    (entry,) = sign(folder, "nordic-lower")
    assert (entry.state, state(folder)) == (State.SIGNED, State.SIGNED)
    after = (folder / NORDIC).read_text(encoding="utf-8")
    assert after == before.replace('reviewed_by = ""', f'reviewed_by = "{WHO}"').replace(
        'reviewed_on = ""', 'reviewed_on = "2026-11-20"'
    )
    record = tomllib.loads((folder / signing.RECORD).read_text(encoding="utf-8"))
    assert record == {NORDIC: {"sha256": entry.sha256, "by": WHO, "on": DAY}}
    signed = wiring.load_catalogue(folder).by_slug["nordic-lower"]
    assert (signed.reviewed_by, signed.reviewed_on) == (WHO, "2026-11-20")
    assert not list(folder.rglob(".*"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("start_amount = 3", "start_amount = 4"),
        ("A hamstring twinges", "A hamstring hurts"),
        ("hamstring = 3", "hamstring = 2"),
        ('avoid_when = ["pregnant", "bone"]\n', ""),
    ],
)
def test_any_change_of_content_asks_for_a_new_signature(folder: Path, old: str, new: str) -> None:
    sign(folder, "nordic-lower")
    edit(folder / NORDIC, old, new)
    assert state(folder) is State.CHANGED
    sign(folder, "nordic-lower", by="Sam Roe, physiotherapist")
    assert state(folder) is State.SIGNED


def test_a_change_taken_back_leaves_the_signature_good(folder: Path) -> None:
    sign(folder, "nordic-lower")
    edit(folder / NORDIC, "start_amount = 3", "start_amount = 4")
    edit(folder / NORDIC, "start_amount = 4", "start_amount = 3")
    assert state(folder) is State.SIGNED


def test_line_ends_of_another_system_neither_break_a_signature_nor_are_changed_by_one(folder: Path) -> None:
    sign(folder, "nordic-lower")
    for file in (NORDIC, SWINGS):
        edit(folder / file, "\n", "\r\n")
    assert state(folder) is State.SIGNED
    sign(folder, "leg-swings")
    assert state(folder, SWINGS) is State.SIGNED
    raw = (folder / SWINGS).read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_reviewer_written_in_by_hand_does_not_count_as_a_signature(folder: Path) -> None:
    edit(folder / NORDIC, 'reviewed_by = ""', 'reviewed_by = "Somebody"')
    sign(folder, "leg-swings")
    edit(folder / SWINGS, WHO, "Somebody Else")
    assert state(folder) is State.CLAIMED
    assert state(folder, SWINGS) is State.CLAIMED
    assert "2 with a reviewer who is not recorded" in signing.summary(signing.survey(folder))


def test_an_entry_that_was_signed_and_is_gone_is_listed(folder: Path, told: Told) -> None:
    sign(folder, "leg-swings")
    (folder / SWINGS).unlink()
    assert [file for file, _ in signing.survey(folder).gone] == [SWINGS]
    code, out, _ = told("changes")
    assert code == 0
    assert "no longer there" in out
    assert "1 signed and gone" in out


@pytest.mark.parametrize("name", ["Nordic lower", "nordic-lower", NORDIC])
def test_an_exercise_is_known_by_name_slug_or_path(folder: Path, name: str) -> None:
    assert [e.file for e in sign(folder, name)] == [NORDIC]


def test_a_path_from_the_shell_is_understood_and_twice_the_same_is_once(folder: Path) -> None:
    assert [e.file for e in sign(folder, str(folder / NORDIC), "nordic-lower")] == [NORDIC]


def test_places_and_constants_are_signed_in_the_record_alone(folder: Path) -> None:
    before = (folder / signing.SLOTS_FILE).read_bytes()
    sign(folder, "weekly", "progression")
    assert (folder / signing.SLOTS_FILE).read_bytes() == before
    assert state(folder, signing.SLOTS_FILE) is State.SIGNED
    edit(folder / signing.CONSTANTS_FILE, "value = 7\n", "value = 8\n")
    assert state(folder, signing.CONSTANTS_FILE) is State.CHANGED


def test_a_mark_from_a_sheet_signs_that_content_and_no_other(folder: Path) -> None:
    mark = next(e.mark for e in signing.survey(folder).entries if e.file == NORDIC)
    edit(folder / NORDIC, "start_amount = 3", "start_amount = 4")
    with pytest.raises(SigningError, match="changed since that sheet"):
        sign(folder, mark)
    edit(folder / NORDIC, "start_amount = 4", "start_amount = 3")
    with pytest.raises(SigningError, match="changed since that sheet"):
        sign(folder, mark[:-1])
    assert sign(folder, mark.upper())[0].file == NORDIC


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "Nothing is named"),
        (("leg-swings", "nordic-lowr"), "Did you mean nordic-lower"),
        (("leg-swings", "qqq"), "no such exercise"),
        (("leg-swings", "nordic-lower@00000000"), "changed since"),
    ],
)
def test_all_are_signed_or_none(folder: Path, names: tuple[str, ...], said: str) -> None:
    before = (folder / SWINGS).read_bytes()
    with pytest.raises(SigningError, match=said):
        sign(folder, *names)
    assert (folder / SWINGS).read_bytes() == before
    assert not (folder / signing.RECORD).exists()


@pytest.mark.parametrize("by", ["", "  ", "J\x7fo", "\x1b[31mJo", "x" * 121])
def test_a_signature_needs_a_name_that_can_be_read(folder: Path, by: str) -> None:
    with pytest.raises(SigningError, match="--by"):
        sign(folder, "nordic-lower", by=by)


def test_a_name_with_quotation_marks_and_accents_survives(folder: Path) -> None:
    sign(folder, "nordic-lower", by='Zoë "Z" O\'Hara \\1, physio')
    assert state(folder) is State.SIGNED


def test_nobody_signs_for_a_day_to_come(folder: Path) -> None:
    with pytest.raises(SigningError, match="not come yet"):
        sign(folder, "nordic-lower", on=date(2026, 11, 23))


def test_a_broken_catalogue_is_not_signed(folder: Path) -> None:
    edit(folder / NORDIC, "rung = 4", "rung = 99")
    with pytest.raises(CatalogueError, match="rung"):
        sign(folder, "leg-swings")


def test_a_review_line_that_is_part_of_something_else_is_refused(folder: Path) -> None:
    edit(folder / NORDIC, 'name = "Nordic lower"', 'name = """\\\nreviewed_by = x\n"""')
    with pytest.raises(SigningError, match="line of their own"):
        signing.survey(folder)


@pytest.mark.parametrize(
    "record",
    [
        "no toml",
        f'"{NORDIC}" = 1',
        f'["{NORDIC}"]\nsha256 = "12"\nby = "Jo"\non = 2026-11-20',
        f'["{NORDIC}"]\nsha256 = "{"a" * 64}"\nby = "Jo"\non = 2026-11-20T10:00:00',
    ],
)
def test_a_damaged_record_is_said_and_not_taken_for_none(folder: Path, record: str) -> None:
    (folder / signing.RECORD).write_text(record, encoding="utf-8")
    with pytest.raises(SigningError, match=r"signed\.toml"):
        signing.survey(folder)


def test_the_commands_sign_and_list_what_waits(folder: Path, told: Told) -> None:
    code, out, _ = told("sign", "nordic-lower", "leg-swings", "--by", WHO, "--on", "2025-11-20")
    assert code == 0
    assert "2 of " in out
    edit(folder / NORDIC, "start_amount = 3", "start_amount = 4")
    code, out, _ = told("unsigned")
    assert (code, "Nordic lower" in out, "Leg swings" in out) == (0, True, False)
    code, out, _ = told("changes")
    assert code == 0
    assert "Changed since it was signed" in out
    assert "Never signed" in out
    code, out, _ = told("changes", "--count")
    assert code == 0
    assert out.count("\n") == 1
    assert "1 of " in out
    assert "1 changed since" in out
    listed = json.loads(told("changes", "--json")[1])
    assert [e["file"] for e in listed["changed"]] == [NORDIC]
    waiting = json.loads(told("unsigned", "--json")[1])
    assert len(waiting) == len(signing.survey(folder).entries) - 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("sign", "nordic-lower"), 2),
        (("sign", "nordic-lower", "--by", WHO, "--on", "yesterday"), 1),
        (("sign", "--by", WHO), 1),
    ],
)
def test_a_signature_without_name_day_or_entry_is_refused(told: Told, words: tuple[str, ...], code: int) -> None:
    assert told(*words)[0] == code


def test_the_record_in_the_repository_can_be_read() -> None:
    assert signing.survey(ROOT / "catalogue").entries
