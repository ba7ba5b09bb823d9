"""Workers side by side, and workers that die: on both databases no letter is taken twice or lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from models import answers, claims, erasing, outbox, plans, subscribers
from models.claims import Settled
from models.database import open_engine
from models.plans import Planned
from tests.builders import MONDAY, SUNDAY_EVENING, a_subscriber, a_week, some_answers, take_letters
from tests.models.seeds import after, many_signed_up, signed_up, with_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from sqlalchemy import Engine

NOW = SUNDAY_EVENING
PATIENCE_S = 60


def together(*jobs: Callable[[], None]) -> None:
    """Run the jobs at once; what one of them raises is raised here."""
    failures: list[BaseException] = []
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        try:
            gate.wait(PATIENCE_S)
            job()
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    if failures:
        raise failures[0]


def letters_waiting(engine: Engine, number: int) -> list[int]:
    with Session(engine) as session, session.begin():
        ids = many_signed_up(session, number)
        with_plan(session, *ids)
        return ids


def empty_the_outbox(engine: Engine, worker: str, sent: list[int]) -> None:
    """A worker's day: claim some, hand over, settle, until nothing waits."""
    while True:
        with Session(engine) as session, session.begin():
            claimed = take_letters(session, worker=worker, limit=7, lease_s=600, now=NOW)
        if not claimed:
            return
        with Session(engine) as session, session.begin():
            sending = claims.mark_sending(session, [c.id for c in claimed], now=NOW, worker=worker)
        sent += sending
        with Session(engine) as session, session.begin():
            results = [Settled(i, "sent", "250 ok") for i in sending]
            assert claims.settle(session, results, now=NOW, worker=worker) == len(results)


def test_threads_that_claim_at_once_send_every_letter_once(engine: Engine) -> None:
    letters_waiting(engine, 120)
    sent: dict[str, list[int]] = {name: [] for name in ("w1", "w2", "w3")}
    together(*[lambda name=name: empty_the_outbox(engine, name, sent[name]) for name in sent])  # type: ignore[misc]
    times = Counter(i for ids in sent.values() for i in ids)
    assert len(times) == 120
    assert set(times.values()) == {1}
    with Session(engine) as session:
        assert outbox.counts(session)["sent"] == 120


def _work(url: str, worker: str, ready: Connection) -> None:
    """A process that claims, says so, and then hangs until it is killed."""
    engine = open_engine(url)
    with Session(engine) as session, session.begin():
        claimed = take_letters(session, worker=worker, limit=5, lease_s=60, now=NOW)
    with Session(engine) as session, session.begin():
        sending = claims.mark_sending(session, [claimed[0].id], now=NOW, worker=worker, lease_s=60)
    with Session(engine) as session:
        # Neither committed nor rolled back when the end comes.
        half_done = take_letters(session, worker=worker, limit=1, lease_s=60, now=NOW)
        ready.send(([c.id for c in claimed], sending, [c.id for c in half_done]))
        threading.Event().wait()


@contextmanager
def a_process(url: str, worker: str) -> Iterator[tuple[int, tuple[list[int], list[int], list[int]]]]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(url, worker, theirs))
    process.start()
    try:
        assert ours.poll(PATIENCE_S)
        assert process.pid is not None
        yield process.pid, ours.recv()
    finally:
        process.kill()
        process.join(PATIENCE_S)
        process.close()
        ours.close()
        theirs.close()


def test_what_a_killed_process_held_is_free_after_its_lease_and_what_it_was_sending_is_held(
    engine: Engine, url: str
) -> None:
    letters_waiting(engine, 8)
    with a_process(url, "dies") as (pid, (claimed, sending, half_done)):
        assert len(half_done) == 1
        assert set(half_done).isdisjoint(claimed)
        os.kill(pid, signal.SIGKILL)
    with Session(engine) as session, session.begin():
        # What it had not committed is free at once.
        at_once = [c.id for c in take_letters(session, worker="w2", limit=99, lease_s=600, now=NOW)]
    assert len(at_once) == 3
    assert set(half_done) < set(at_once)
    with Session(engine) as session, session.begin():
        then = NOW + timedelta(seconds=60)
        freed = [c.id for c in take_letters(session, worker="w2", limit=99, lease_s=600, now=then)]
        assert [h.id for h in outbox.held(session)] == sending
    assert sorted(freed + sending) == claimed


def test_two_that_plan_the_same_runners_at_once_make_one_plan_and_one_letter_each(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        ids = many_signed_up(session, 60)
    new: list[int] = []

    def plan(order: list[int]) -> None:
        with Session(engine) as session, session.begin():
            planned = [Planned(i, a_week(), ((MONDAY - timedelta(days=7), after(1), 0),)) for i in order]
            new.append(plans.save_weeks(session, planned, now=NOW))

    together(lambda: plan(ids), lambda: plan(ids))
    assert sorted(new) == [0, 60]
    with Session(engine) as session:
        assert outbox.counts(session)["pending"] == 60


def test_two_that_sign_up_the_same_address_at_once_make_one_runner(engine: Engine) -> None:
    added: list[int] = []

    def sign_up(name: str) -> None:
        with Session(engine) as session, session.begin():
            entries = [a_subscriber(email=f"runner-{n}@example.org", name=name) for n in range(20)]
            added.append(subscribers.add(session, entries, now=NOW).added)

    together(lambda: sign_up("One"), lambda: sign_up("Two"))
    assert sorted(added) == [0, 20]
    with Session(engine) as session:
        assert len({s.name for s, _ in subscribers.everyone(session)}) == 1


def test_answers_of_one_runner_given_at_once_are_all_kept(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        ana = signed_up(session)
        with_plan(session, ana.id)

    def tell() -> None:
        for _ in range(5):
            with Session(engine) as session, session.begin():
                answers.record(session, ana.id, MONDAY, some_answers(), now=NOW, source="web")

    together(tell, tell, tell)
    with Session(engine) as session:
        last = answers.record(session, ana.id, MONDAY, some_answers(), now=NOW, source="web")
    assert last >= 16


def test_a_later_answer_is_never_seen_before_an_earlier_one(engine: Engine) -> None:
    """Otherwise a snapshot "through 2" would hide answer 1 that is committed a moment later."""
    with Session(engine) as session, session.begin():
        ana = signed_up(session)
    second_done = threading.Event()

    def second() -> None:
        with Session(engine) as session, session.begin():
            answers.record(session, ana.id, MONDAY, some_answers(), now=NOW, source="web")
        second_done.set()

    with Session(engine) as session, session.begin():
        answers.record(session, ana.id, MONDAY, some_answers(), now=NOW, source="web")
        thread = threading.Thread(target=second)
        thread.start()
        assert not second_done.wait(0.3)
    thread.join(PATIENCE_S)
    assert second_done.is_set()


def test_unsubscribing_while_a_worker_holds_the_letter_stops_it(engine: Engine) -> None:
    [ana] = letters_waiting(engine, 1)
    with Session(engine) as worker, worker.begin():
        [letter] = take_letters(worker, worker="w1", limit=1, lease_s=60, now=NOW)
    with Session(engine) as web, web.begin():
        subscribers.unsubscribe(web, ana, now=NOW, reason="link")
    with Session(engine) as worker, worker.begin():
        assert claims.mark_sending(worker, [letter.id], now=NOW, worker="w1") == []


def test_erasing_waits_for_a_plan_being_stored_and_takes_it_along(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        ana = signed_up(session)
    erased = threading.Event()

    def erase() -> None:
        with Session(engine) as session, session.begin():
            erasing.erase(session, ana, now=NOW)
        erased.set()

    with Session(engine) as session, session.begin():
        plans.save_weeks(session, [Planned(ana.id, a_week())], now=NOW)
        thread = threading.Thread(target=erase)
        thread.start()
        assert not erased.wait(0.3)
    thread.join(PATIENCE_S)
    with Session(engine) as session:
        assert plans.weeks_of(session, ana.id) == []
        assert outbox.counts(session)["pending"] == 0
