"""Everything kept can be taken along, and everything is gone once erased but what guards the runner."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import orjson
import pytest
from sqlalchemy import MetaData, func, select

from models import (
    answers,
    choices,
    claims,
    consents,
    erasing,
    export,
    joining,
    moves,
    outbox,
    plans,
    subscribers,
    suppressions,
)
from models.choices import Choice
from models.people import Status, UnknownSubscriber
from models.tables import Base, SubscriberRow, SuppressionRow
from tests.builders import MONDAY, a_profile, a_subscriber, some_answers, take_letters
from tests.builders import SUNDAY_EVENING as NOW
from tests.models.seeds import after, signed_up, with_plan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.people import Subscriber


def a_whole_runner(session: Session) -> Subscriber:
    """With two versions of a profile, a week, an answer, progress, a letter, a consent, a change of address and a choice."""
    ana = signed_up(session)
    subscribers.change(session, ana, a_subscriber(name="Anna", profile=a_profile(minutes=25)), now=NOW)
    with_plan(session, ana.id)
    answers.record(session, ana.id, MONDAY, some_answers(note="A note."), now=NOW, source="web")
    plans.save_progress(session, [(ana.id, MONDAY, after(1), 1)], now=NOW)
    moves.ask(session, ana, "new@example.org", occasion="one", now=NOW)
    choices.want(session, ana.id, Choice.CALENDAR, wanted=True, now=NOW)
    found = subscribers.find(session, ana.email)
    assert found is not None
    return found


def everything(session: Session) -> str:
    tables = MetaData()
    tables.reflect(session.connection())
    return repr({t.name: session.execute(select(t)).all() for t in tables.sorted_tables})


def test_an_export_holds_every_row_of_the_runner_and_of_nobody_else(session: Session) -> None:
    signed_up(session, "ben@example.org", name="Ben")
    ana = a_whole_runner(session)
    kept = json.loads(orjson.dumps(export.everything(session, ana)))
    assert kept["runner"]["name"] == "Anna"
    assert [p["profile"]["minutes"] for p in kept["profiles"]] == [40, 25]
    assert kept["plans"][0]["week"]["sessions"][0]["exercises"][0]["exercise"] == "split-squat"
    assert kept["answers"][0]["answers"]["note"] == "A note."
    assert kept["progress"][0]["progress"]["weeks"] == 1
    assert kept["consents"][0]["text"].startswith("I agree")
    assert kept["letters"][0]["kind"] == "weekly"
    assert kept["changes_of_address"][0]["address"] == "new@example.org"
    assert [choice["kind"] for choice in kept["choices"]] == ["calendar"]
    assert "Ben" not in json.dumps(kept)
    assert len(kept["consents"]) == 1


def test_erasing_leaves_a_receipt_that_names_nobody(session: Session) -> None:
    ana = a_whole_runner(session)
    receipt = erasing.erase(session, ana, now=NOW)
    assert receipt is not None
    assert (receipt.profiles, receipt.plans, receipt.answers, receipt.snapshots) == (2, 1, 1, 1)
    assert (receipt.letters, receipt.consents, receipt.erased_at) == (1, 1, NOW)
    assert erasing.find(session, receipt.reference.lower()) == receipt
    assert erasing.find(session, "NONE-SUCH-0000") is None
    left = everything(session)
    for word in ("Ana", "Anna", "example.org", ana.key, "London", "calendar"):
        assert word not in left
    assert erasing.erase(session, ana, now=NOW) is None


def test_an_erased_runner_leaves_a_number_a_fingerprint_and_a_receipt(session: Session) -> None:
    ana = a_whole_runner(session)
    assert erasing.erase(session, ana, now=NOW)
    left = {"subscribers": 1, "suppressions": 1, "erasures": 1}
    for table in Base.metadata.sorted_tables:
        assert session.scalar(select(func.count()).select_from(table)) == left.get(table.name, 0), table.name
    row = session.execute(select(SubscriberRow.__table__)).mappings().one()
    assert (row["id"], row["status"], row["email"], row["address_hash"], row["name"]) == (
        ana.id,
        "erased",
        None,
        None,
        "",
    )
    assert session.scalars(select(SuppressionRow.address)).one() is None


def test_an_erased_runner_is_found_no_more_and_takes_nothing_new(session: Session) -> None:
    ana = a_whole_runner(session)
    erasing.erase(session, ana, now=NOW)
    assert subscribers.find(session, "ana@example.org") is None
    assert subscribers.get(session, f"erased-{ana.id}") is None
    assert list(subscribers.everyone(session)) == []
    assert outbox.queue(session, [(ana.id, MONDAY, "safety")], now=NOW) == 0
    with pytest.raises(UnknownSubscriber):
        answers.record(session, ana.id, MONDAY, some_answers(), now=NOW, source="web")
    with pytest.raises(UnknownSubscriber):
        subscribers.set_status(session, ana.id, Status.ACTIVE, now=NOW)


def test_an_erased_address_is_barred_to_imports_and_open_to_its_owner(session: Session) -> None:
    ana = a_whole_runner(session)
    subscribers.unsubscribe(session, ana.id, now=NOW, reason="too-often")
    erasing.erase(session, ana, now=NOW)
    assert suppressions.why(session, "Ana@Example.org") == suppressions.ERASED
    assert subscribers.add(session, [a_subscriber()], now=NOW).suppressed == 1
    again = joining.join(session, a_subscriber(), now=NOW).runner
    assert again is not None
    assert again.id > ana.id
    assert plans.weeks_of(session, again.id) == []


def test_an_address_that_bounced_stays_unreachable_after_erasing(session: Session) -> None:
    ana = signed_up(session)
    suppressions.suppress(session, ana.email, "bounced", now=NOW)
    erasing.erase(session, ana, now=NOW)
    assert suppressions.why(session, "ana@example.org") == "bounced"


def test_a_goodbye_finds_its_way_and_forgets_it(session: Session) -> None:
    ana = signed_up(session)
    erasing.erase(session, ana, now=NOW)
    outbox.enter_one(session, ana, outbox.GOODBYE, now=NOW, occasion="REFERENCE", address=ana.email)
    (claimed,) = take_letters(session, worker="w", limit=9, lease_s=60, now=NOW)
    assert (claimed.address, claimed.subscriber.status) == ("ana@example.org", Status.ERASED)
    assert claims.mark_sending(session, [claimed.id], now=NOW, worker="w") == [claimed.id]
    assert "ana@example.org" in everything(session)
    claims.settle(session, [claims.Settled(claimed.id, "sent", "250 ok")], now=NOW)
    assert "ana@example.org" not in everything(session)


def test_a_change_keeps_what_is_the_same(session: Session) -> None:
    ana = signed_up(session)
    subscribers.change(session, ana, a_subscriber(), now=NOW)
    assert len(export.everything(session, ana)["profiles"]) == 1
    assert len(consents.of(session, ana.id)) == 1
