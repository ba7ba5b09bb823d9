"""The first week of a runner who has just confirmed, mails somebody waits for, and what is tidied up every hour."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from app import account_mails, delivery, joining, weekly
from app.wiring import House
from coach.errors import StridewellError
from models import erasing, moves, outbox, pauses, plans, requests, subscribers, suppressions, tallies
from models import joining as store
from models.claims import Claimed
from models.people import Status, Subscriber
from models.requests import Request
from models.slots import Slot
from models.tables import RequestRow
from tests.app.conftest import Clock
from tests.app.people import add, found
from tests.app.test_delivery import posted_to, refusing, states
from tests.builders import MONDAY, a_subscriber, take_letters
from tests.mail.servers import Behaviour

SUNDAY_EVENING = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def confirmed(house: House, **changes: object) -> Subscriber:
    with house.sessions.begin() as session:
        runner = store.join(session, a_subscriber(**changes), now=house.clock()).runner
        assert runner is not None
        active = store.confirm(session, runner, now=house.clock())
    assert active is not None
    return active


def entered(house: House, runner: Subscriber, kind: str, *, address: str | None = None) -> Claimed:
    with house.sessions.begin() as session:
        outbox.enter_one(session, runner, kind, now=house.clock(), occasion="one", address=address)
        (claimed,) = take_letters(session, worker="test", limit=9, lease_s=300, now=house.clock())
    return claimed


@pytest.mark.parametrize(
    ("hours", "week_of"),
    [(0, MONDAY), (47, MONDAY), (49, NEXT_MONDAY), (167, NEXT_MONDAY)],
    ids=["at the slot", "two days later", "on Tuesday evening", "an hour before the next slot"],
)
def test_the_first_week_is_the_one_the_calendar_would_give(hours: int, week_of: date) -> None:
    runner = Subscriber(1, "k", "a@x", "A", "Europe/London", Slot(), "kg", Status.ACTIVE)
    assert joining.first_monday(runner, SUNDAY_EVENING + timedelta(hours=hours)) == week_of


def test_a_runner_who_confirms_is_planned_for_at_once_and_passed_over_at_the_slot(house: House, clock: Clock) -> None:
    clock.forward(days=4)
    runner = confirmed(house)
    assert joining.first_week(house, runner, now=clock())
    assert not joining.first_week(house, runner, now=clock())
    clock.forward(days=3, hours=1)
    assert weekly.due(house, clock()).by_week == {}
    with house.sessions() as session:
        assert plans.weeks_of(session, runner.id) == [NEXT_MONDAY]
    assert states(house) == {"pending": 1}


def test_what_somebody_waits_for_is_posted_now_and_nothing_else(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    for runner in (ana, ben):
        with house.sessions.begin() as session:
            outbox.enter_one(session, runner, outbox.SIGN_IN, now=house.clock(), occasion="one")
    joining.post(house, ana.id)
    assert states(house) == {"sent": 1, "pending": 1}
    (mail,) = Path(house.settings.mailbox_folder).glob("*.eml")
    assert b"ana@example.org" in mail.read_bytes()


def test_a_mail_that_cannot_be_posted_now_waits_and_the_log_names_nobody(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    (ana,) = add(house, "ana")
    with house.sessions.begin() as session:
        outbox.enter_one(session, ana, outbox.SIGN_IN, now=house.clock(), occasion="one")
    folder = house.settings.mailbox_folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way of the mailbox", encoding="utf-8")
    with caplog.at_level(logging.ERROR, "stridewell"):
        joining.post(house, ana.id)
    assert "wait for the next delivery" in caplog.text
    assert "ana" not in caplog.text
    assert states(house).get("sent") is None


@pytest.mark.parametrize("kind", [outbox.CONFIRM, outbox.SIGN_IN])
def test_a_second_try_is_the_same_mail_byte_for_byte(house: House, clock: Clock, kind: str) -> None:
    (ana,) = add(house, "ana")
    row = entered(house, ana, kind)
    first = delivery.message(house, row)
    clock.forward(minutes=20)
    assert delivery.message(house, row) == first


def test_a_mail_about_a_change_that_was_taken_back_is_not_written(house: House) -> None:
    (ana,) = add(house, "ana")
    row = entered(house, ana, outbox.MOVE_FROM)
    with pytest.raises(StridewellError, match="waits no longer"):
        account_mails.mail(house, row)


def test_a_mail_of_another_kind_is_none_of_the_account(house: House) -> None:
    (ana,) = add(house, "ana")
    with pytest.raises(StridewellError, match="no mail of the account"):
        account_mails.mail(house, entered(house, ana, "greeting-card"))


def test_a_good_bye_whose_address_is_forgotten_is_not_written(house: House) -> None:
    (ana,) = add(house, "ana")
    with house.sessions.begin() as session:
        erasing.erase(session, ana, now=house.clock())
    with pytest.raises(StridewellError, match="forgotten"):
        account_mails.mail(house, entered(house, ana, outbox.GOODBYE))


def test_a_new_address_where_nobody_is_bars_that_address_and_not_the_runners(house: House) -> None:
    (ana,) = add(house, "ana")
    with house.sessions.begin() as session:
        moves.ask(session, ana, "gone@example.org", occasion="one", now=house.clock())
        outbox.enter_one(session, ana, outbox.MOVE_TO, now=house.clock(), occasion="one", address="gone@example.org")
    with posted_to(Behaviour(rcpt=refusing("gone", reply="550 5.1.1 no such user"))) as way:
        delivery.deliver_all(house, way, worker="one")
    with house.sessions() as session:
        assert suppressions.is_suppressed(session, "gone@example.org")
        assert not suppressions.is_suppressed(session, "ana@example.org")


def test_every_hour_pauses_end_and_what_nobody_confirmed_is_forgotten(house: House, clock: Clock) -> None:
    ana, ben = add(house, "ana", "ben")
    with house.sessions.begin() as session:
        pauses.pause(session, ana.id, until=clock() + timedelta(days=3), now=clock())
        store.join(session, a_subscriber(email="new@example.org"), now=clock())
        moves.ask(session, ben, "ben@new.example", occasion="one", now=clock())
        tallies.once(session, "ticket", until=clock() + timedelta(hours=1))
    clock.forward(days=3)
    joining.tidy(house, now=clock())
    assert found(house, "ana").status is Status.ACTIVE
    assert found(house, "new").status is Status.PENDING
    clock.forward(days=6)
    joining.tidy(house, now=clock())
    with house.sessions() as session:
        assert subscribers.find(session, "new@example.org") is None
        assert moves.of(session, ben.id) is None
        assert tallies.forget(session, now=clock() + timedelta(days=99)) == 0


def test_a_request_that_cannot_be_done_holds_up_no_other_and_waits_for_the_next_delivery(
    house: House, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with house.sessions.begin() as session:
        odd = requests.enter(session, Request("ana@example.org", a_subscriber()), now=clock())
        requests.enter(session, Request("ben@example.org", a_subscriber(email="ben@example.org")), now=clock())
        session.execute(update(RequestRow).where(RequestRow.id == odd).values(format=99))
    joining.work_off_all(house)
    assert found(house, "ben").status is Status.PENDING
    assert f"request {odd} waits for the next delivery: UnknownFormat" in caplog.text
    assert "@" not in caplog.text
    with house.sessions.begin() as session:
        assert requests.waiting(session) == [odd]
        session.execute(update(RequestRow).values(format=1))
    joining.work_off_all(house)
    assert found(house, "ana").status is Status.PENDING
    with house.sessions() as session:
        assert requests.waiting(session) == []


def test_a_request_nobody_could_do_is_forgotten_with_the_sign_ups_nobody_confirmed(house: House, clock: Clock) -> None:
    with house.sessions.begin() as session:
        requests.enter(session, Request("ana@example.org"), now=clock())
    clock.forward(days=7)
    joining.tidy(house, now=clock())
    with house.sessions() as session:
        assert len(requests.waiting(session)) == 1
    clock.forward(days=2)
    joining.tidy(house, now=clock())
    with house.sessions() as session:
        assert requests.waiting(session) == []


def test_signing_up_again_holds_though_the_first_try_was_never_done(house: House, clock: Clock) -> None:
    with house.sessions.begin() as session:
        requests.enter(session, Request("ana@example.org", a_subscriber(name="An")), now=clock())
        again = requests.enter(session, Request("ana@example.org", a_subscriber(name="Ana B")), now=clock())
    assert joining.work_off(house, again) == found(house, "ana").id
    joining.work_off_all(house)
    assert found(house, "ana").name == "Ana B"
