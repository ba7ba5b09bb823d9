"""The flows that write to those who want to be reminded, and to the operator, against a real server."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta

import pytest

from app.wiring import House
from models import choices, suppressions
from models.choices import Choice
from tests.app.people import add
from tests.builders import MONDAY
from tests.flows.conftest import Server
from tests.flows.people import planned
from tests.flows.runs import run, run_scheduled, table
from tests.mail import returned
from tests.mail.test_postbox import delivered

pytestmark = pytest.mark.prefect


@pytest.mark.usefixtures("server")
def test_who_wants_a_reminder_gets_one_and_a_second_run_adds_none(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import remind

    ana, ben = add(house, "ana", "ben")
    planned(house, ana, ben)
    with house.sessions.begin() as session:
        choices.want(session, ana.id, Choice.REMINDER, wanted=True, now=house.clock())
    queued = 0
    for days in range(2, 7):
        evening = datetime.combine(MONDAY + timedelta(days=days), time(17, 35), UTC)
        monkeypatch.setattr(remind, "clock", lambda evening=evening: evening)
        queued += run(remind.remind)[0] + run(remind.remind)[0]
    assert queued == 1


def test_the_operator_is_told_of_the_day_before_where_an_address_is_set(
    server: Server, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.tell_operator import tell_operator

    morning = datetime(2026, 11, 20, 6, 10, tzinfo=UTC)
    told, number = run_scheduled(tell_operator, morning)
    assert not told
    assert server.says(number, "STRIDEWELL_OPERATOR names nobody: no mail")
    monkeypatch.setenv("STRIDEWELL_OPERATOR", "ops@example.org")
    told, _ = run_scheduled(tell_operator, morning)
    assert told
    (mail,) = house.settings.mailbox_folder.glob("operator.day.2026-11-19*.eml")
    assert "Stridewell: all is well" in mail.read_text(encoding="utf-8")


def test_what_came_back_is_read_and_a_second_run_finds_nothing_left(server: Server, house: House) -> None:
    from flows.deliver import deliver
    from flows.read_returns import read_returns

    (ana,) = add(house, "ana")
    planned(house, ana)
    run(deliver)
    (about,) = house.settings.mailbox_folder.glob("weekly.*.json")
    bounce = returned.bounce(path=json.loads(about.read_bytes())["sender"])
    delivered(house.settings.mailbox_folder / "returns", bounce, returned.by_a_person())
    counts, number = run(read_returns)
    assert (counts.bounced, counts.kept) == (1, 1)
    rows = table(server, number, "returns-run")
    assert [row["mails"] for row in rows] == [1, 1]
    assert not any("@" in line for line in server.logs(number))
    assert run(read_returns)[0].read == 0
    with house.sessions() as session:
        assert suppressions.why(session, ana.email) == suppressions.BOUNCED
