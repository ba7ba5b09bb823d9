"""Each step of the road by itself, in one process: what it costs a runner."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import coach
from app import delivery, letters, weekly
from benchmarks import runners, yardsticks
from benchmarks.stores import open_house
from language import reasons
from mail import letter, mime, verp
from mail.outcomes import Accepted
from mail.smtp import Transport
from mail.smtp_session import Message
from models import claims, plans, training
from models.bulk import chunks, collector_at_rest
from models.claims import Settled
from models.plans import Planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.wiring import House
    from models.claims import Claimed


WARM_UP = 20
"""Runners for whom everything is done once before the clock starts: the catalogue is read, templates are compiled."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One chunk of runners through one step. wall_us, cpu_us: a runner, by the clock and of this process's processor time.

    yard_us: what the yardstick took right before.
    """

    step: str
    wall_us: float
    cpu_us: float
    yard_us: float


class _Watch:
    """Takes the time from call to call."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []
        self._yard_us = 0.0
        self._wall = self._cpu = 0.0

    def begin(self) -> None:
        self._yard_us = 1e6 * yardsticks.yard_s()
        self._wall, self._cpu = perf_counter(), process_time()

    def done(self, step: str, runners: int) -> None:
        """What was done since the last call was this step, for so many runners."""
        wall, cpu = perf_counter() - self._wall, process_time() - self._cpu
        self.samples.append(Sample(step, 1e6 * wall / runners, 1e6 * cpu / runners, self._yard_us))
        self._wall, self._cpu = perf_counter(), process_time()


def measure(url: str, smtp_port: int) -> list[Sample]:
    """Every step over every runner of a filled database, chunk by chunk."""
    house = open_house(url, smtp_port)
    watch = _Watch()
    with Transport(house.settings.smtp_url, connections=house.settings.connections) as way:
        _plan(house, weekly.without_plan(house, runners.SECOND_WEEK)[:WARM_UP], _Watch())
        _post(house, way, WARM_UP, _Watch())
        for ids in chunks(weekly.without_plan(house, runners.SECOND_WEEK), weekly.TOGETHER):
            _plan(house, ids, watch)
        while _post(house, way, house.settings.chunk, watch):
            pass
    house.close()
    return watch.samples


@collector_at_rest()
def _plan(house: House, ids: Sequence[int], watch: _Watch) -> None:
    """As app.weekly.plan, step by step."""
    count = len(ids)
    watch.begin()
    with house.sessions() as session:
        loaded = training.load(session, ids)
    watch.done("load", count)
    folded = []
    for runner in loaded:
        ((week, told),) = runner.unfolded
        start = coach.start(runner.profile, house.catalogue)
        folded.append(coach.fold(runner.profile, start, week, told, house.catalogue))
    watch.done("fold", count)
    weeks = [
        coach.next_week(runner.profile, progress, house.catalogue, week_of=runners.SECOND_WEEK)
        for runner, progress in zip(loaded, folded, strict=True)
    ]
    watch.done("plan", count)
    with house.sessions.begin() as session:
        plans.save_weeks(
            session,
            [
                Planned(runner.subscriber.id, week, ((runners.FIRST_WEEK, progress, runner.answers_through),))
                for runner, progress, week in zip(loaded, folded, weeks, strict=True)
            ],
            now=house.clock(),
        )
    watch.done("persist", count)


def _post(house: House, way: Transport, limit: int, watch: _Watch) -> int:
    """As app.delivery.deliver_batch, step by step; how many were claimed."""
    watch.begin()
    with house.sessions.begin() as session:
        taken = claims.take(session, worker=house.worker, limit=limit, lease_s=300, now=house.clock())
    if taken:
        watch.done("claim", len(taken))
    for ids in chunks(taken, delivery.AT_ONCE):
        _hand_over(house, way, ids, watch)
    return len(taken)


@collector_at_rest()
def _hand_over(house: House, way: Transport, ids: Sequence[int], watch: _Watch) -> None:
    count = len(ids)
    watch.begin()
    with house.sessions() as session:
        rows = claims.read(session, ids)
        known = delivery.known_beside(session, rows)
    watch.done("read", count)
    words = [_letter(house, row, known[row.id]) for row in rows]
    watch.done("letter", count)
    rendered = [house.renderer.weekly(weekly_letter) for weekly_letter in words]
    watch.done("render", count)
    head = house.letterhead
    mails = [
        Message(
            verp.return_path(row.id, row.subscriber.email, head.domain, house.settings.secret_key[0]),
            row.subscriber.email,
            mime.build(
                mail,
                mime.Headers(
                    letterhead=head,
                    to_name=row.subscriber.name,
                    to_address=row.subscriber.email,
                    message_id=row.message_id,
                    date=row.created_at,
                    unsubscribe_url=weekly_letter.unsubscribe_url,
                    campaign=f"{row.kind}:{row.week_of}",
                ),
            ),
        )
        for row, weekly_letter, mail in zip(rows, words, rendered, strict=True)
    ]
    watch.done("MIME", count)
    with house.sessions.begin() as session:
        claims.mark_sending(session, [row.id for row in rows], now=house.clock(), worker=house.worker)
    watch.done("mark", count)
    outcomes = way.send_batch(mails)
    watch.done("send", count)
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    with house.sessions.begin() as session:
        claims.settle(
            session, [Settled(row.id, "sent", "250 Ok") for row in rows], now=house.clock(), worker=house.worker
        )
    watch.done("settle", count)


def _letter(house: House, row: Claimed, known: letter.Known) -> letter.WeeklyLetter:
    runner = row.subscriber
    assert row.week is not None
    return letter.weekly(
        letters.recipient(house, runner),
        row.week,
        house.catalogue,
        urls=letters.urls(house, runner, row.week_of, on=row.created_at.date()),
        postal_address=house.settings.postal_address,
        say=lambda reason: reasons.sentence(
            reason, house.catalogue, runner.units, house.library.tongue(runner.language)
        ),
        known=known,
    )
