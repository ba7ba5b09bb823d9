"""What is asked for on a page: written down, done once, and then gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import erasing, joining, requests, subscribers
from models.requests import Request
from models.tables import RequestRow
from tests.builders import SUNDAY_EVENING as NOW
from tests.builders import a_profile, a_subscriber
from tests.models.seeds import signed_up
from tests.models.test_concurrency import together

if TYPE_CHECKING:
    from sqlalchemy import Engine

SIGN_UP = Request("ana@example.org", a_subscriber())
SIGN_IN = Request("ana@example.org")


def test_what_was_said_comes_out_as_it_went_in_and_is_gone(session: Session) -> None:
    number = requests.enter(session, SIGN_UP, now=NOW)
    assert requests.waiting(session) == [number]
    assert requests.take(session, number) == [SIGN_UP]
    assert requests.waiting(session) == []
    assert requests.take(session, number) == []


def test_neither_address_nor_health_answer_stands_readable_in_the_row(session: Session) -> None:
    requests.enter(session, SIGN_UP, now=NOW)
    (row,) = session.scalars(select(RequestRow))
    assert row.format == 1
    assert not any(word in row.request for word in (b"ana@", b"Ana", b"calf", b"1986"))
    assert "@" not in row.address_hash


def test_a_request_that_is_done_takes_those_before_it_for_the_same_address_along_in_order(session: Session) -> None:
    first = requests.enter(session, SIGN_UP, now=NOW)
    other = requests.enter(session, Request("ben@example.org"), now=NOW)
    again = requests.enter(session, Request("ANA@example.org", a_subscriber(profile=a_profile(minutes=25))), now=NOW)
    later = requests.enter(session, SIGN_IN, now=NOW)
    taken = requests.take(session, again)
    assert [asked.new.profile.minutes for asked in taken if asked.new] == [40, 25]
    assert requests.waiting(session) == [other, later]
    assert requests.take(session, first) == []


def test_what_breaks_off_waits_on(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        number = requests.enter(session, SIGN_UP, now=NOW)
    with Session(engine) as session:
        assert requests.take(session, number) == [SIGN_UP]
    with Session(engine) as session:
        assert requests.waiting(session) == [number]


def test_two_that_come_to_a_request_at_once_do_it_once(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        number = requests.enter(session, SIGN_UP, now=NOW)
    done: list[Request] = []

    def work_off() -> None:
        with Session(engine) as session, session.begin():
            done.extend(requests.take(session, number))

    together(*[work_off] * 4)
    assert done == [SIGN_UP]


def test_a_number_is_never_given_twice(session: Session) -> None:
    first = requests.enter(session, SIGN_IN, now=NOW)
    requests.take(session, first)
    assert requests.enter(session, SIGN_IN, now=NOW) > first


def test_what_could_not_be_done_is_forgotten_in_the_end(session: Session) -> None:
    requests.enter(session, SIGN_UP, now=NOW)
    late = requests.enter(session, SIGN_IN, now=NOW + timedelta(days=1))
    assert requests.forget(session, before=NOW + timedelta(hours=1)) == 1
    assert requests.waiting(session) == [late]


def test_who_is_erased_leaves_no_request_behind(session: Session) -> None:
    ana = signed_up(session)
    requests.enter(session, SIGN_UP, now=NOW)
    other = requests.enter(session, Request("ben@example.org"), now=NOW)
    assert erasing.erase(session, ana, now=NOW) is not None
    assert requests.waiting(session) == [other]


def test_who_never_signed_up_and_says_so_leaves_no_request_behind(session: Session) -> None:
    runner = joining.join(session, a_subscriber(), now=NOW).runner
    assert runner is not None
    requests.enter(session, SIGN_UP, now=NOW)
    joining.leave(session, runner, now=NOW, reason="unsubscribed")
    assert requests.waiting(session) == []
    assert subscribers.find(session, "ana@example.org") is None
