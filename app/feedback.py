"""Learning from answers as they come: the coach folds them in, and what cannot wait until Sunday is answered now."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import coach
from app import letters
from app.weekly import Failure
from coach.answers import Answers, merge
from coach.week import NoticeKind
from models import answers as answer_log
from models import outbox, plans, training
from models.people import Subscriber
from models.training import Relearn

if TYPE_CHECKING:
    from app.wiring import House
    from coach.amending import Rest
    from coach.answers import Word
    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from coach.progress import Progress
    from coach.week import Dose, Week

log = logging.getLogger("stridewell.feedback")


@dataclass(frozen=True, slots=True)
class Alert:
    """A runner who told of something that goes to a clinician. key: the runner's, and nothing else of them."""

    key: str
    mail: str
    """letters.SAFETY or letters.STOP."""


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """runners: whose answers were folded in; weeks: refolded on the way. mails: new ones in the outbox that answer at once."""

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
    """rows: snapshots to store. letter: what to queue, or None. mail: its kind, or ""."""

    rows: tuple[tuple[int, date, Progress, int], ...]
    letter: outbox.Entry | None
    mail: str


@dataclass(frozen=True, slots=True)
class _Turn:
    """A week as it was asked for before the new answers, and as it is now."""

    was: Rest
    now: Rest


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
        if found.mail in {letters.SAFETY, letters.STOP}:
            alerts.append(Alert(runner.subscriber.key, found.mail))
    with house.sessions.begin() as session:
        plans.save_progress(session, [row for each in learnt for row in each.rows], now=now)
        mails = outbox.queue(session, [each.letter for each in learnt if each.letter is not None], now=now)
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
    """Fold the weeks touched. Beside what is known now goes what was known before: the difference is what a mail tells of."""
    profile = runner.profile
    now = before = coach.start(profile, catalogue) if runner.before is None else runner.before
    running = runner.running
    rows = []
    turns = []
    for week, answers, through in runner.weeks:
        said, heard = runner.said.get(week.week_of, ()), runner.heard.get(week.week_of, ())
        turn = _turn(profile, before, now, week, said, heard, catalogue)
        now = coach.fold(profile, now, turn.now.week, answers, catalogue)
        if week.week_of != running.week_of:
            before = coach.fold(profile, before, turn.was.week, merge(w.answers for w in heard), catalogue)
        turns.append(turn)
        rows.append((runner.subscriber.id, week.week_of, now, through))
    if running.week_of != runner.weeks[-1][0].week_of:
        # Planned already, and nothing of it answered yet: what was told late of the week before changes it too.
        turns.append(_turn(profile, before, now, running, (), (), catalogue))
    mail, week_of = _at_once(turns)
    through = runner.weeks[-1][2]
    letter = (runner.subscriber.id, week_of, mail, letters.occasion(through)) if mail else None
    return _Learnt(tuple(rows), letter, mail)


def _turn(
    profile: Profile,
    before: Progress,
    now: Progress,
    week: Week,
    said: Sequence[Word],
    heard: Sequence[Word],
    catalogue: Catalogue,
) -> _Turn:
    rest = coach.rest_of_week(profile, now, week, said, catalogue)
    if before == now and heard == said:
        return _Turn(rest, rest)
    return _Turn(coach.rest_of_week(profile, before, week, heard, catalogue), rest)


def _at_once(turns: Sequence[_Turn]) -> tuple[str, date]:
    """Which mail the runner needs now, "" for none, and the Monday of the week it is about: one mail at most.

    turns: oldest first; the last is the week that runs, or the last one planned.
    """
    last = turns[-1]
    week_of = last.now.week.week_of
    if _stopped(last.now):
        return "" if _stopped(last.was) else letters.STOP, week_of
    for turn in reversed(turns):
        if turn.now.clinician - turn.was.clinician:
            return letters.SAFETY, turn.now.week.week_of
    return letters.REST if _differs(last) else "", week_of


def _stopped(rest: Rest) -> bool:
    return any(notice.kind is NoticeKind.STOP for notice in rest.week.notices)


def _differs(turn: _Turn) -> bool:
    """Whether there is still something to do this week and it is not what it was, reasons and minutes apart."""
    was, now = turn.was.week, turn.now.week
    return bool(turn.now.open) and (
        was.stretch != now.stretch or any(_work(was, i) != _work(now, i) for i in turn.now.open)
    )


def _work(week: Week, session: int) -> list[tuple[str, Dose, Dose | None]]:
    return [(p.exercise, p.dose, p.harder) for p in week.sessions[session].exercises]


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
