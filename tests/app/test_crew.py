"""Two processes at one chunk: everything is done once, whoever does it, and whatever becomes of the helper."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from app import crew, delivery, weekly, wiring
from app.wiring import House
from mail.smtp import Transport
from models.tables import PlanRow
from tests.app.lots import Deadly, Impossible, Slow
from tests.app.people import add, plan
from tests.mail.servers import Behaviour, a_server

RUNNERS = [f"runner{n}" for n in range(24)]


@pytest.fixture
def helped(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house whose helper is up, on however few cores, and worth it for anything."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr(crew, "_cores", lambda: 2)
    monkeypatch.setattr(crew, "WORTH_IT", 1)
    helper = crew._started(house.settings)
    helper.work(crew._Table([]))
    yield house
    helper.close()


def test_both_processes_work_and_each_lot_is_done_once(helped: House) -> None:
    done = list(crew.share(helped, [Slow(n) for n in range(40)], runners=40))
    assert sorted(n for n, _ in done) == list(range(40))
    assert len({who for _, who in done}) == 2


def test_what_a_dying_helper_had_in_hand_is_done_here(helped: House) -> None:
    lots = [Deadly(n, survivor=os.getpid()) for n in range(10)]
    assert sorted(crew.share(helped, lots, runners=10)) == [(n, os.getpid()) for n in range(10)]
    assert list(crew.share(helped, [Slow(1)], runners=10)) == [(1, os.getpid())]


def test_an_error_in_the_helper_is_seen_here(helped: House) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        list(crew.share(helped, [Impossible(n) for n in range(8)], runners=8))
    assert len(list(crew.share(helped, [Slow(n) for n in range(8)], runners=8))) == 8


def test_who_stops_early_leaves_the_rest_undone_and_can_go_on(helped: House) -> None:
    lots = iter(crew.share(helped, [Slow(n) for n in range(1000)], runners=1000))
    assert next(lots)
    lots.close()  # type: ignore[attr-defined]
    assert len(list(crew.share(helped, [Slow(n) for n in range(8)], runners=8))) == 8


def test_for_few_runners_no_process_is_started(house: House) -> None:
    before = crew._started.cache_info()
    assert list(crew.share(house, [Slow(n) for n in range(3)], runners=3)) == [(n, os.getpid()) for n in range(3)]
    assert crew._started.cache_info() == before


def test_two_processes_plan_the_same_weeks_as_one(
    helped: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runners = add(helped, *RUNNERS)
    twin_home = _twin(helped, tmp_path / "twin")
    monkeypatch.setattr(weekly, "TOGETHER", 2)
    assert plan(helped, *runners).planned == len(RUNNERS)
    monkeypatch.setattr(crew, "WORTH_IT", 10_000)
    with wiring.open_house(helped.settings.model_copy(update={"home": twin_home}), clock=helped.clock) as twin:
        assert plan(twin, *runners).planned == len(RUNNERS)
        assert _weeks(twin) == _weeks(helped)


def test_mails_that_two_processes_write_arrive_once_each(helped: House, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(helped, *add(helped, *RUNNERS))
    monkeypatch.setattr(delivery, "AT_ONCE", 2)
    server = Behaviour()
    with a_server(server) as at, Transport(f"smtp://127.0.0.1:{at.port}", connections=2) as way:
        assert delivery.deliver_all(helped, way, worker="one").sent == len(RUNNERS)
    assert sorted(a.recipients[0] for a in server.arrived) == sorted(f"{name}@example.org" for name in RUNNERS)


def _twin(house: House, home: Path) -> Path:
    """A home with a copy of the database. By SQLite's own means: to open its files by hand would drop this process's locks
    on them, and the helper could cut the shared memory from under us.
    """
    file = Path(house.engine.url.database or "")
    (home / "var").mkdir(parents=True)
    with closing(sqlite3.connect(file)) as ours, closing(sqlite3.connect(home / "var" / file.name)) as copy:
        ours.backup(copy)
    return home


def _weeks(house: House) -> list[tuple[int, bytes]]:
    with house.sessions() as session:
        return list(
            session.execute(select(PlanRow.subscriber_id, PlanRow.week).order_by(PlanRow.subscriber_id)).tuples()
        )
