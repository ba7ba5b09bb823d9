"""Bringing runners into the store and out again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app import feedback, runners_import, wiring
from app.runner_rows import Accepted
from app.settings import Settings
from app.wiring import House
from coach.answers import Answers, Pain
from coach.profile import Region
from models import consents, erasing, subscribers, training
from models.people import Status
from tests.app.conftest import KEY
from tests.app.people import found, plan, tell
from tests.app.tables import read_text, table
from tests.builders import MONDAY

ROOT = Path(__file__).resolve().parents[2]


def bring(house: House, folder: Path, text: str, *, dry_run: bool = False) -> runners_import.Report:
    path = folder / "runners.csv"
    path.write_text(text, encoding="utf-8")
    return runners_import.run(house, path, now=house.clock(), dry_run=dry_run)


def three(**changes: str) -> str:
    return table(*({"email": f"r{i}@example.org", "name": f"R{i}"} | changes for i in range(3)))


def test_runners_are_new_then_the_same_then_changed(house: House, tmp_path: Path) -> None:
    first = bring(house, tmp_path, three())
    again = bring(house, tmp_path, three())
    changed = bring(house, tmp_path, three(minutes="50"))
    assert (first.new, again.same, changed.changed) == (3, 3, 3)
    with house.sessions() as session:
        assert [profile.minutes for _, profile in subscribers.everyone(session)] == [50, 50, 50]


def test_a_rehearsal_tells_what_would_happen_and_writes_nothing(house: House, tmp_path: Path) -> None:
    bring(house, tmp_path, table({"email": "r0@example.org", "name": "R0"}))
    report = bring(house, tmp_path, three(), dry_run=True)
    assert (report.new, report.same, report.dry_run) == (2, 1, True)
    with house.sessions() as session:
        assert len(list(subscribers.everyone(session))) == 1


def test_a_rehearsal_without_a_database_makes_none(tmp_path: Path) -> None:
    house = wiring.build(Settings(home=tmp_path, secret_key=(KEY,)))
    assert bring(house, tmp_path, three(), dry_run=True).new == 3
    house.close()
    assert not (tmp_path / "var").exists()


def test_refused_rows_are_told_and_the_others_stored(house: House, tmp_path: Path) -> None:
    report = bring(house, tmp_path, table({"email": "a@example.org"}, {"email": "b@example.org", "goal": "fly"}))
    assert (report.rows, report.new, report.refused_rows, report.fine) == (2, 1, 1, False)
    assert report.refused[0].line == 3


def test_what_the_runner_agreed_to_is_kept_with_the_day(house: House, tmp_path: Path) -> None:
    bring(house, tmp_path, table({"email": "r0@example.org"}))
    with house.sessions() as session:
        (consent,) = consents.of(session, found(house, "r0").id)
    assert "health" in consent.text
    assert consent.given_at.date().isoformat() == "2026-03-01"


def test_an_import_never_brings_back_who_unsubscribed(house: House, tmp_path: Path) -> None:
    bring(house, tmp_path, three())
    runner = found(house, "r1")
    with house.sessions.begin() as session:
        subscribers.unsubscribe(session, runner.id, now=house.clock(), reason="test")
    bring(house, tmp_path, three(minutes="55"))
    assert found(house, "r1").status is Status.UNSUBSCRIBED


def test_an_erased_address_is_counted_and_not_stored(house: House, tmp_path: Path) -> None:
    bring(house, tmp_path, three())
    runner = found(house, "r1")
    with house.sessions.begin() as session:
        erasing.erase(session, runner, now=house.clock())
    report = bring(house, tmp_path, three())
    assert (report.suppressed, report.same) == (1, 2)


def test_the_sample_runners_go_in_and_come_out_the_same(house: House, tmp_path: Path) -> None:
    sample = ROOT / "examples" / "subscribers.csv"
    report = runners_import.run(house, sample, now=house.clock())
    assert report.fine
    assert report.new == report.rows >= 14
    text = io.StringIO()
    assert runners_import.export(house, text) == report.new
    rows = read_text(tmp_path, text.getvalue())
    assert all(isinstance(row, Accepted) for row in rows)
    assert runners_import.run(house, tmp_path / "runners.csv", now=house.clock()).same == report.new


def test_a_name_that_came_another_way_is_harmless_in_an_export(house: House, tmp_path: Path) -> None:
    rows = read_text(tmp_path, table({"email": "x@example.org"}))
    assert isinstance(rows[0], Accepted)
    with house.sessions.begin() as session:
        subscribers.add(session, [replace(rows[0].runner, name="=HYPERLINK(1)")], now=house.clock())
    text = io.StringIO()
    runners_import.export(house, text)
    assert ",'=HYPERLINK(1)," in text.getvalue()


def test_a_large_file_costs_statements_by_the_chunk_and_not_by_the_runner(house: House, tmp_path: Path) -> None:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    many = table(*({"email": f"m{i}@example.org"} for i in range(2500)))
    assert isinstance(house.engine, Engine)
    event.listen(house.engine, "before_cursor_execute", count)
    report = bring(house, tmp_path, many)
    assert report.new == 2500
    assert statements < 60


@pytest.mark.parametrize(("says", "level"), [("knee current 6", 6), ("knee past", 4), ("", 4)])
def test_more_pain_than_before_in_a_file_is_believed_and_less_is_not(
    house: House, tmp_path: Path, says: str, level: int
) -> None:
    bring(house, tmp_path, table({"email": "r0@example.org", "injuries": "knee current 4"}))
    runner = found(house, "r0")
    plan(house, runner)
    tell(house, runner, Answers(pains=(Pain(Region.KNEE, 4),)))
    feedback.log_all(house, now=house.clock())
    bring(house, tmp_path, table({"email": "r0@example.org", "injuries": says}))
    plan(house, runner, week_of=MONDAY + timedelta(days=7))
    with house.sessions() as session:
        (loaded,) = training.load(session, [runner.id])
    assert loaded.progress is not None
    assert [(r.region, r.pain) for r in loaded.progress.regions] == [(Region.KNEE, level)]
