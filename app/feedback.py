"""Learning from answers as they come: the coach folds them in, and what cannot wait until Sunday is answered now."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import coach
from app import letters
from app.weekly import Failure
from coach.answers import Answers
from models import answers as answer_log
from models import outbox, plans, training
from models.subscribers import Subscriber
from models.training import Relearn

if TYPE_CHECKING:
    from app.wiring import House
    from coach.catalogue import Catalogue
    from coach.progress import Progress

STRONG_PAIN = 6
"""0–10. From here pain is answered at once. docs/safety.md#pain"""

LASTING_PAIN = 4
"""0–10. From here pain two weeks running is answered at once. docs/safety.md#pain"""

LASTING_WEEKS = 2

WORST_PAIN = 10

log = logging.getLogger("stridewell.feedback")


@dataclass(frozen=True, slots=True)
class Alert:
    """A runner who told of something that goes to a clinician. key: the runner's, and nothing else of them."""

    key: str
    kind: str
    """"safety" or "safety-stop": which mail answers it."""


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """runners: whose answers were folded in; weeks: refolded on the way. mails: new safety mails in the outbox."""

    runners: int = 0
    weeks: int = 0
    mails: int = 0
    alerts: tuple[Alert, ...] = ()
    failures: tuple[Failure, ...] = ()
    failed: tuple[int, ...] = ()
    """Numbers of the runners in `failures`, to be skipped in this run."""
    more: bool = False
    """There were as many as were asked for: there may be more."""

    def __add__(self, other: FeedbackCounts) -> FeedbackCounts:
        return FeedbackCounts(
            runners=self.runners + other.runners,
            weeks=self.weeks + other.weeks,
            mails=self.mails + other.mails,
            alerts=self.alerts + other.alerts,
            failures=self.failures + other.failures,
            failed=self.failed + other.failed,
            more=other.more,
        )


@dataclass(frozen=True, slots=True)
class _Learnt:
    rows: tuple[tuple[int, date, Progress, int], ...]
    urgent: tuple[tuple[int, date, str], ...]
    """Safety mails to queue: runner, week, kind."""


def log_answers(house: House, *, now: datetime, limit: int | None = None, skip: Collection[int] = ()) -> FeedbackCounts:
    """Fold the answers that came since the last time, for up to `limit` runners (default: the chunk setting).

    Doing it twice changes nothing. A runner whose answers cannot be folded is counted and does not stop the others.
    skip: numbers of runners to leave out, as those that failed a moment ago.
    """
    most = house.settings.chunk if limit is None else limit
    with house.sessions() as session:
        waiting = training.with_new_answers(session, limit=most, skip=skip)
    learnt: list[_Learnt] = []
    alerts: list[Alert] = []
    failures: list[Failure] = []
    failed: list[int] = []
    for runner in waiting:
        try:
            found = _learn(runner, house.catalogue)
        except Exception as error:  # noqa: BLE001 the batch goes on; the runner is counted and named by key
            log.error("answers of runner %s: %s", runner.subscriber.key, type(error).__name__)  # noqa: TRY400 a traceback would show health data
            failures.append(Failure(runner.subscriber.key, type(error).__name__))
            failed.append(runner.subscriber.id)
            continue
        learnt.append(found)
        alerts += [Alert(runner.subscriber.key, kind) for _, _, kind in found.urgent]
    with house.sessions.begin() as session:
        plans.save_progress(session, [row for each in learnt for row in each.rows], now=now)
        mails = outbox.queue(session, [entry for each in learnt for entry in each.urgent], now=now)
    return FeedbackCounts(
        runners=len(learnt),
        weeks=sum(len(each.rows) for each in learnt),
        mails=mails,
        alerts=tuple(alerts),
        failures=tuple(failures),
        failed=tuple(failed),
        more=len(waiting) >= most,
    )


def log_all(house: House, *, now: datetime) -> FeedbackCounts:
    """Fold until nothing new is left."""
    total = FeedbackCounts(more=True)
    while total.more:
        total += log_answers(house, now=now, skip=total.failed)
    return total


def _learn(runner: Relearn, catalogue: Catalogue) -> _Learnt:
    progress = coach.start(runner.profile, catalogue) if runner.before is None else runner.before
    rows = []
    for week, answers, through in runner.weeks:
        progress = coach.fold(runner.profile, progress, week, answers, catalogue)
        rows.append((runner.subscriber.id, week.week_of, progress, through))
    urgent = [
        (runner.subscriber.id, week.week_of, kind)
        for week, answers in runner.fresh
        for kind in urgency(answers, progress)
    ]
    return _Learnt(tuple(rows), tuple(urgent))


def urgency(answers: Answers, progress: Progress) -> tuple[str, ...]:
    """The kind of mail that these answers need at once: one at most. progress: with them folded in."""
    if answers.red_flags:
        return (letters.STOP,)
    lasting = {region.region for region in progress.regions if region.high_weeks >= LASTING_WEEKS}
    # A level past the scale is a slip of the pen: the coach holds on it, a mail would frighten.
    told = [pain for pain in answers.pains if pain.level <= WORST_PAIN]
    strong = any(p.level >= STRONG_PAIN or (p.level >= LASTING_PAIN and p.region in lasting) for p in told)
    return (letters.SAFETY,) if strong else ()


def resume(house: House, runner: Subscriber, *, now: datetime) -> bool:
    """Let a runner train again whom a clinician has cleared after a red flag; False when nothing had stopped them.

    It goes into the answer log, so that learning a week anew does not bring the stop back.
    """
    log_all(house, now=now)
    with house.sessions.begin() as session:
        (loaded,) = training.load(session, [runner.id])
        before = loaded.progress
        if before is None or before.through is None or not before.stopped:
            return False
        answer_log.record(session, runner.id, before.through, Answers(cleared=True), now=now, source="operator")
    log_all(house, now=now)
    return True
