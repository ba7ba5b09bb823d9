"""The feedback flow against a real server: it learns, and answers at once what cannot wait."""

from __future__ import annotations

import pytest

from app.wiring import House
from coach.answers import Answers, Effort, Pain, RedFlag, SessionReport
from coach.profile import Region
from models import training
from tests.app.people import add, tell
from tests.flows.conftest import Server
from tests.flows.people import planned
from tests.flows.runs import counts, run, table

pytestmark = pytest.mark.prefect


def test_answers_are_folded_in_once(server: Server, house: House) -> None:
    from flows.log_feedback import log_feedback

    (ana,) = add(house, "ana")
    planned(house, ana)
    tell(house, ana, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    first, number = run(log_feedback)
    again, _ = run(log_feedback)
    assert (first.runners, first.mails, again.runners) == (1, 0, 0)
    with house.sessions() as session:
        (loaded,) = training.load(session, [ana.id])
    assert loaded.progress is not None
    assert loaded.progress.completed == 1
    assert counts(server, number, "feedback-run") == {
        "runners whose answers were folded in": 1,
        "weeks reckoned anew": 1,
    }
    assert "pain-alerts" not in server.artifacts(number)


def test_strong_pain_and_red_flags_are_written_to_in_the_same_run(server: Server, house: House) -> None:
    from flows.log_feedback import log_feedback

    ana, ben = add(house, "ana", "ben")
    planned(house, ana, ben)
    tell(house, ana, Answers(pains=(Pain(Region.KNEE, 7),)))
    tell(house, ben, Answers(red_flags=frozenset({RedFlag.CHEST_PAIN})))
    total, number = run(log_feedback)
    assert total.mails == 2
    arrived = sorted(path.name.partition(".")[0] for path in house.settings.mailbox_folder.glob("safety*.eml"))
    assert arrived == ["safety", "safety-stop"]
    assert {row["runner"]: row["answered with"] for row in table(server, number, "pain-alerts")} == {
        ana.key: "less load, and a word on seeing a clinician",
        ben.key: "a stop",
    }
