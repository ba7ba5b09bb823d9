"""The database opens, comes up to date and goes back, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, select, text
from sqlalchemy.orm import Session

from coach.errors import StridewellError
from models import choices, consents, database, subscribers
from models.choices import Choice
from models.people import Status
from models.tables import Base
from tests.builders import SUNDAY_EVENING, take_letters
from tests.models.seeds import signed_up, with_plan

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def test_a_fresh_upgrade_makes_exactly_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        inspector = inspect(connection)
        for table in Base.metadata.sorted_tables:
            checks = {c["name"] for c in inspector.get_check_constraints(table.name)}
            assert checks == {c.name for c in table.constraints if isinstance(c, CheckConstraint)}, table.name
            keys = {
                (tuple(k["constrained_columns"]), k["options"].get("ondelete"))
                for k in inspector.get_foreign_keys(table.name)
            }
            assert keys == {(tuple(c.column_keys), c.ondelete) for c in table.foreign_key_constraints}, table.name


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    assert database.revision(engine) == database.head()
    database.upgrade(engine)
    assert database.revision(engine) == database.head()


def test_a_database_of_a_newer_version_is_left_alone(bare_url: str) -> None:
    engine = database.open_engine(bare_url)
    database.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(database.NewerDatabase, match="revision 9999"):
        database.upgrade(engine)
    engine.dispose()


def test_a_migration_that_would_orphan_rows_changes_nothing(tmp_path: Path) -> None:
    engine = database.open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    database.upgrade(engine)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.execute(text("INSERT INTO consents VALUES (1, 4711, 'I agree.', '2026-11-22', '')"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        connection.commit()
        connection.execute(text("PRAGMA foreign_keys = ON"))
    with pytest.raises(StridewellError, match="1 rows"), database._migrating(engine):
        pass
    engine.dispose()


def test_what_was_kept_before_accounts_is_kept_after(bare_url: str) -> None:
    """Runners, letters and consents of the first tables, through the second step and back."""
    engine = database.open_engine(bare_url)
    database.upgrade(engine)
    with Session(engine) as session:
        signed_up(session)
        with_plan(session, 1)
        session.commit()
    database.downgrade(engine, "0001")
    with engine.connect() as connection:
        assert "paused_until" not in {c["name"] for c in inspect(connection).get_columns("subscribers")}
    database.upgrade(engine)
    with Session(engine) as session:
        found = subscribers.find(session, "ana@example.org")
        assert found is not None
        assert (found.status, found.paused_until) == (Status.ACTIVE, None)
        assert consents.of(session, found.id)[0].version == ""
        (letter,) = take_letters(session, worker="w", limit=9, lease_s=60, now=SUNDAY_EVENING)
        assert (letter.kind, letter.occasion, letter.address) == ("weekly", "", None)
    engine.dispose()


def test_whoever_wanted_reminders_before_there_were_other_choices_still_does(bare_url: str) -> None:
    """Through the seventh step, back and forth; a choice that was not there before is gone on the way back."""
    engine = database.open_engine(bare_url)
    database.upgrade(engine)
    with Session(engine) as session:
        ana, ben = signed_up(session), signed_up(session, "ben@example.org")
        choices.want(session, ana.id, Choice.REMINDER, wanted=True, now=SUNDAY_EVENING)
        for choice in Choice:
            choices.want(session, ben.id, choice, wanted=True, now=SUNDAY_EVENING)
        session.commit()
        runners = ana.id, ben.id
    database.downgrade(engine, "0006")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM reminders")).scalar() == 2
    database.upgrade(engine)
    with Session(engine) as session:
        assert [choices.of(session, runner) for runner in runners] == [{Choice.REMINDER}] * 2
    engine.dispose()


def test_a_letter_that_waits_keeps_its_calendar_file_through_the_eighth_step(bare_url: str) -> None:
    engine = database.open_engine(bare_url)
    database.upgrade(engine)
    with Session(engine) as session:
        ana, ben = signed_up(session), signed_up(session, "ben@example.org")
        choices.want(session, ana.id, Choice.CALENDAR, wanted=True, now=SUNDAY_EVENING - timedelta(days=1))
        with_plan(session, ana.id)
        with_plan(session, ben.id)
        session.commit()
    database.downgrade(engine, "0007")
    database.upgrade(engine)
    with Session(engine) as session:
        letters = take_letters(session, worker="w", limit=9, lease_s=60, now=SUNDAY_EVENING)
        assert [letter.calendar for letter in letters] == [True, False]
    engine.dispose()


def test_a_database_never_brought_up_has_no_revision(bare_url: str) -> None:
    engine = database.open_engine(bare_url)
    assert database.revision(engine) is None
    engine.dispose()


def test_going_back_to_base_leaves_no_table(bare_url: str) -> None:
    engine = database.open_engine(bare_url)
    database.upgrade(engine)
    database.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    assert database.revision(engine) is None
    database.upgrade(engine)
    assert database.revision(engine) == database.head()
    engine.dispose()


def test_a_new_database_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    failures: list[Exception] = []
    together = threading.Barrier(6)

    def look(url: str) -> None:
        engine = database.open_engine(url)
        together.wait()
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except Exception as error:  # noqa: BLE001 - told to the test
            failures.append(error)
        finally:
            engine.dispose()

    # Without a second try about every eighth of these would collide.
    for n in range(50):
        threads = [threading.Thread(target=look, args=(f"sqlite:///{tmp_path}/{n}.db",)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


def test_processes_that_start_together_bring_the_database_up_once(bare_url: str) -> None:
    engines = [database.open_engine(bare_url) for _ in range(2)]
    failures: list[Exception] = []

    def start(engine: Engine) -> None:
        try:
            database.upgrade(engine)
        except Exception as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=start, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert database.revision(engines[0]) == database.head()
    for engine in engines:
        engine.dispose()


def test_a_sqlite_file_keeps_its_foreign_keys_on_after_an_upgrade(tmp_path: Path) -> None:
    engine = database.open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    database.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 10_000
    engine.dispose()


def test_postgresql_addresses_are_read_as_psycopg() -> None:
    for address in (
        "postgresql://runner@host/store",
        "postgresql+psycopg://runner@host/store",
        "postgres://runner@host/store",
    ):
        assert database.open_engine(address).url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize("address", ["", "store.db", "mysql://host/store"])
def test_an_address_that_is_no_database_is_told_with_a_remedy(address: str) -> None:
    with pytest.raises(database.BadDatabaseUrl, match="postgresql://"):
        database.open_engine(address)


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    engine = database.open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    database.upgrade(engine)
    subscribers = Base.metadata.tables["subscribers"]
    with Session(engine) as writer, Session(engine) as reader:
        database.take_write_lock(writer)
        assert reader.execute(select(subscribers.c.id)).all() == []
        assert not _writes(reader)
        assert _writes(writer)
    engine.dispose()


def test_the_first_write_begins_the_transaction_and_a_rollback_ends_it(tmp_path: Path) -> None:
    engine = database.open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    database.upgrade(engine)
    with Session(engine) as session:
        session.execute(text("INSERT INTO suppressions VALUES ('h', NULL, 'asked', '2026-11-22 17:00:00')"))
        assert _writes(session)
        session.rollback()
        assert session.execute(text("SELECT count(*) FROM suppressions")).scalar() == 0
    engine.dispose()


def test_a_store_in_memory_is_one_store_for_all_threads() -> None:
    engine = database.open_engine("sqlite://")
    database.upgrade(engine)
    seen: list[str | None] = []
    thread = threading.Thread(target=lambda: seen.append(database.revision(engine)))
    thread.start()
    thread.join()
    assert seen == [database.head()]
    engine.dispose()


def _writes(session: Session) -> bool:
    with closing(session.connection().connection.cursor()) as cursor:
        return bool(cursor.connection.in_transaction)
