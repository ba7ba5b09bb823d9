"""What the dashboard keeps of a week: nothing that says who, and nothing of anybody's health."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.wiring import House
from coach.answers import Answers, Effort, Pain, SessionReport
from coach.profile import Injury, Region
from tests.app.people import add, tell
from tests.builders import MONDAY
from tests.flows.conftest import Server
from tests.flows.runs import run

pytestmark = pytest.mark.prefect

KEYS = {"weekly-run", "delivery-run", "feedback-run", "mail-preview", "pain-alerts"}


def kept(server: Server, *runs: Any) -> dict[str, str]:
    """Everything the server holds of some runs, in words: their artifacts by key, and their logs, states and parameters."""
    found = {}
    for number in runs:
        for key, artifact in server.artifacts(number).items():
            found[f"{key} of {number}"] = f"{artifact['data']} {artifact['description']}"
        found[f"logs of {number}"] = str(server.logs(number))
        found[f"run {number}"] = str(server.get(f"/flow_runs/{number}"))
        tasks = {"flow_runs": {"id": {"any_": [str(number)]}}}
        found[f"tasks of {number}"] = str(server.post("/task_runs/filter", tasks))
    return found


def test_nothing_on_the_dashboard_says_who_or_how_they_are(server: Server, house: House) -> None:
    from flows.deliver import deliver
    from flows.log_feedback import log_feedback
    from flows.weekly import weekly

    (zora,) = add(
        house,
        "zora-quillfeather",
        injuries=(Injury(Region.KNEE, current=True, pain=3),),
        tight=frozenset({Region.KNEE}),
    )
    runs = [run(weekly, week_of=MONDAY)[1], run(deliver)[1]]
    tell(house, zora, Answers(sessions=(SessionReport(0, Effort.HARD),), pains=(Pain(Region.KNEE, 7),)))
    runs += [run(log_feedback)[1], run(deliver)[1]]
    found = kept(server, *runs)
    assert {name.partition(" of ")[0] for name in found} >= KEYS
    for name, words in found.items():
        assert not re.search(
            r"zora|quillfeather|example\.org", words.replace("runner@example.org", ""), re.IGNORECASE
        ), name
        if not name.startswith("mail-preview"):
            assert "knee" not in words.lower(), name


def test_the_mail_to_look_at_is_the_same_whoever_was_planned_for(server: Server, house: House) -> None:
    from flows.weekly import weekly

    add(house, "ana")
    _, of_ana = run(weekly, week_of=MONDAY)
    add(house, "ben", injuries=(Injury(Region.KNEE, current=True, pain=5),), weekly_km=70.0, minutes=20)
    _, of_ben = run(weekly, week_of=MONDAY)
    one, other = (server.artifacts(number)["mail-preview"]["data"] for number in (of_ana, of_ben))
    assert one == other
    assert "Week 2" in one
