"""The weekly flow against a real server: whom it plans for, and what the dashboard says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.wiring import House
from coach.errors import StridewellError
from models import outbox, plans
from tests.app.people import add
from tests.builders import MONDAY
from tests.flows.conftest import Server
from tests.flows.people import add_with_slot
from tests.flows.runs import counts, run, run_scheduled, table

pytestmark = pytest.mark.prefect

NOW = datetime.now(UTC).replace(second=0, microsecond=0)  # noqa: TID251 the flows read the real clock


def test_a_week_run_by_hand_plans_everyone_once(server: Server, house: House) -> None:
    from flows.weekly import weekly

    runners = add(house, "ana", "ben")
    first, first_run = run(weekly, week_of=MONDAY)
    assert [(t.week_of, t.asked, t.planned) for t in first] == [(MONDAY, 2, 2)]
    again, again_run = run(weekly, week_of=MONDAY)
    assert sum(t.planned for t in again) == 0
    with house.sessions() as session:
        assert [plans.weeks_of(session, runner.id) for runner in runners] == [[MONDAY]] * 2
        assert outbox.counts(session)["pending"] == 2
    assert counts(server, first_run, "weekly-run") == {"due": 2, "planned": 2, "mails waiting": 2}
    assert counts(server, again_run, "weekly-run") == {"due": 0, "planned": 0, "mails waiting": 2}


def test_a_late_run_does_the_work_of_its_own_hour(server: Server, house: House) -> None:
    from flows.weekly import weekly

    before = add_with_slot(house, "before", NOW - timedelta(hours=5))
    after = add_with_slot(house, "after", NOW - timedelta(hours=1))
    totals, number = run_scheduled(weekly, NOW - timedelta(hours=4, minutes=55))
    assert sum(t.planned for t in totals) == 1
    with house.sessions() as session:
        assert len(plans.weeks_of(session, before.id)) == 1
        assert plans.weeks_of(session, after.id) == []
    assert (
        f"{NOW - timedelta(hours=4, minutes=55):%Y-%m-%d %H:%M} UTC"
        in server.artifacts(number)["weekly-run"]["description"]
    )


def test_a_run_that_is_a_day_late_still_plans(server: Server, house: House) -> None:
    from flows.weekly import weekly

    runner = add_with_slot(house, "ana", NOW - timedelta(hours=30))
    run_scheduled(weekly, NOW - timedelta(hours=30))
    with house.sessions() as session:
        assert len(plans.weeks_of(session, runner.id)) == 1


@pytest.mark.parametrize("scheduled", [timedelta(days=3), timedelta(hours=1)])
def test_a_slot_more_than_two_days_ago_is_counted_and_not_planned(
    server: Server, house: House, scheduled: timedelta
) -> None:
    """However late the run itself is."""
    from flows.weekly import weekly

    runner = add_with_slot(house, "ana", NOW - timedelta(days=3))
    totals, number = run_scheduled(weekly, NOW - scheduled)
    assert totals == []
    with house.sessions() as session:
        assert plans.weeks_of(session, runner.id) == []
    assert counts(server, number, "weekly-run") == {"too late: the slot was more than two days ago": 1}


def test_a_rehearsal_saves_nothing(server: Server, house: House) -> None:
    from flows.weekly import weekly

    (ana,) = add(house, "ana")
    _, number = run(weekly, week_of=MONDAY, dry_run=True)
    with house.sessions() as session:
        assert plans.weeks_of(session, ana.id) == []
    assert "rehearsal" in server.artifacts(number)["weekly-run"]["description"]


def test_a_runner_that_cannot_be_planned_for_stops_nobody_and_is_shown(server: Server, house: House) -> None:
    from flows.weekly import weekly

    ana, ben = add(house, "ana", "ben")
    with house.sessions.begin() as session:
        session.execute(text("UPDATE profiles SET profile = x'00' WHERE subscriber_id = :id"), {"id": ben.id})
    totals, number = run(weekly, week_of=MONDAY)
    assert [(t.planned, len(t.failures)) for t in totals] == [(1, 1)]
    with house.sessions() as session:
        assert plans.weeks_of(session, ana.id) == [MONDAY]
    rows = table(server, number, "weekly-run")
    assert {"what": "failed", "how many": 1}.items() <= next(r for r in rows if r["what"] == "failed").items()
    assert [row["runner"] for row in rows if row["what"].startswith("failed: ")] == [f"number {ben.id}"]
    assert server.says(number, f"runner {ben.id} cannot be read: ")
    # The dashboard makes the columns of the first row: another column would not be seen.
    assert {tuple(row) for row in rows} == {("week of", "what", "how many", "runner")}


def test_a_week_that_does_not_begin_on_a_monday_is_refused(server: Server, house: House) -> None:
    from flows.weekly import weekly

    with pytest.raises(StridewellError, match="Write a Monday"):
        weekly(week_of=MONDAY + timedelta(days=1))
