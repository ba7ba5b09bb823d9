"""What the coach needs of many runners at once: the last snapshot of progress and everything told since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, and_, bindparam, func, or_, select

from coach.answers import Answers, Word, merge
from coach.profile import Profile
from coach.progress import Progress
from coach.week import Week
from models import codec
from models.bulk import chunks, collector_at_rest
from models.people import COLUMNS, Subscriber, latest_profile, subscriber_of
from models.tables import WEEKLY, AnswerRow, PlanRow, ProfileRow, SnapshotRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, FromClause, ScalarSelect
    from sqlalchemy.orm import Session


EVERY_ANSWER = 2**63 - 1
"""As high as an id can be."""


@dataclass(frozen=True, slots=True)
class Training:
    """One runner, ready for the next week.

    progress: the latest snapshot that nothing told since reaches back behind; None: none folded yet.
    unfolded: every week planned after it, oldest first, with all that was told about it. said: the same answers one by one, by
    Monday; weeks without any are not in it.
    answers_through: what to store beside each snapshot folded from `unfolded`.
    """

    subscriber: Subscriber
    profile: Profile
    progress: Progress | None
    unfolded: tuple[tuple[Week, Answers], ...]
    said: Mapping[date, tuple[Word, ...]]
    answers_through: int


@dataclass(frozen=True, slots=True)
class Relearn:
    """One runner who told something that no snapshot knows yet.

    before: the snapshot to start from, older than every week touched; None: from the start.
    weeks: what to fold on it, oldest first: week, all that was told about it, answers_through to store. It ends with the last
    week that is touched or was folded before: a week not yet answered is not taken for silence too early.
    running: the last week planned, which may be one after them. said: by Monday, the answers one by one, oldest first; heard:
    those of them that a snapshot knew.
    """

    subscriber: Subscriber
    profile: Profile
    before: Progress | None
    weeks: tuple[tuple[Week, Answers, int], ...]
    running: Week
    said: Mapping[date, tuple[Word, ...]]
    heard: Mapping[date, tuple[Word, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """One planned week, with what was known of the runner before it (None: nothing folded yet) and what was said of it."""

    profile: Profile
    progress: Progress | None
    week: Week
    said: tuple[Word, ...]

    @property
    def answers(self) -> Answers:
        """All that was said, as one; silence when nothing."""
        return merge(word.answers for word in self.said)


@dataclass(frozen=True, slots=True)
class _Told:
    id: int
    week_of: date
    word: Word
    new: bool


@dataclass(slots=True)
class _History:
    """Everything after the snapshot to start from. folded_to: the last week any snapshot is of."""

    subscriber: Subscriber
    profile: Profile
    progress: Progress | None
    through: int
    folded_to: date | None
    weeks: list[Week]
    told: list[_Told]

    def merged(self, week: Week) -> Answers:
        return merge(t.word.answers for t in self.told if t.week_of == week.week_of)

    def said(self, *, new: bool = True) -> dict[date, tuple[Word, ...]]:
        """By Monday, what was said; new: also what no snapshot knows."""
        found: dict[date, tuple[Word, ...]] = {}
        for told in self.told:
            if new or not told.new:
                found[told.week_of] = (*found.get(told.week_of, ()), told.word)
        return found

    def answers_through(self) -> int:
        return max((t.id for t in self.told), default=self.through)


def load(session: Session, ids: Sequence[int]) -> list[Training]:
    """What the coach needs of these runners, in the order given; erased and unknown ones are left out.

    Four statements a thousand runners. Reads only.
    """
    found = {}
    for some in chunks(ids):
        for history in _histories(session, some):
            found[history.subscriber.id] = Training(
                history.subscriber,
                history.profile,
                history.progress,
                tuple((week, history.merged(week)) for week in history.weeks),
                history.said(),
                history.answers_through(),
            )
    return [found[i] for i in ids if i in found]


def with_new_answers(session: Session, *, limit: int, skip: Collection[int] = ()) -> list[Relearn]:
    """Runners with answers that no snapshot of that week knows, those who have waited longest first.

    limit: runners at most. skip: runners to leave out, as those whose fold has failed in this run.
    """
    waiting = (
        select(AnswerRow.subscriber_id)
        .join(PlanRow, _same_week(PlanRow, AnswerRow) & (PlanRow.kind == WEEKLY))
        .outerjoin(SnapshotRow, _same_week(SnapshotRow, AnswerRow))
        .where(_is_new())
        .group_by(AnswerRow.subscriber_id)
        .order_by(func.min(AnswerRow.id))
        .limit(limit + len(skip))
    )
    ids = [i for i in session.scalars(waiting) if i not in set(skip)][:limit]
    found = {h.subscriber.id: _relearn(h) for some in chunks(ids) for h in _histories(session, some)}
    return [relearn for i in ids if (relearn := found.get(i)) is not None]


def _relearn(history: _History) -> Relearn | None:
    touched = {t.week_of for t in history.told if t.new}
    if not touched:
        # Folded by somebody else since we asked who is waiting.
        return None
    last = max(touched | ({history.folded_to} if history.folded_to else set()))
    weeks = [w for w in history.weeks if w.week_of <= last]
    through = history.answers_through()
    return Relearn(
        history.subscriber,
        history.profile,
        history.progress,
        tuple((w, history.merged(w), through) for w in weeks),
        history.weeks[-1],
        history.said(),
        history.said(new=False),
    )


def word(answers: Answers, given_at: datetime, week_of: date, runner: Subscriber) -> Word:
    """An answer on the runner's own calendar. given_at: aware."""
    return Word((given_at.astimezone(ZoneInfo(runner.time_zone)).date() - week_of).days, answers)


@collector_at_rest()
def _histories(session: Session, ids: Sequence[int]) -> list[_History]:
    histories = {
        row.id: _History(subscriber_of(row), codec.decode(Profile, row.profile, row.format), None, 0, None, [], [])
        for row in session.execute(
            select(*COLUMNS, ProfileRow.format, ProfileRow.profile)
            .join(ProfileRow, latest_profile())
            .where(SubscriberRow.id.in_(ids))
        )
    }
    starts = _starts(ids)
    for i, folded_to, through, written_as, blob in session.execute(
        select(
            starts.c.subscriber_id,
            starts.c.folded_to,
            SnapshotRow.answers_through,
            SnapshotRow.format,
            SnapshotRow.progress,
        ).outerjoin(
            SnapshotRow,
            and_(SnapshotRow.subscriber_id == starts.c.subscriber_id, SnapshotRow.week_of == starts.c.week_of),
        )
    ):
        if (history := histories.get(i)) is not None:
            history.folded_to = folded_to
            if blob is not None:
                history.progress = codec.decode(Progress, blob, written_as)
                history.through = through
    for i, written_as, blob in session.execute(
        select(PlanRow.subscriber_id, PlanRow.format, PlanRow.week)
        .outerjoin(starts, starts.c.subscriber_id == PlanRow.subscriber_id)
        .where(PlanRow.subscriber_id.in_(ids), PlanRow.kind == WEEKLY, _after(PlanRow.week_of, starts))
        .order_by(PlanRow.subscriber_id, PlanRow.week_of)
    ):
        if (history := histories.get(i)) is not None:
            history.weeks.append(codec.decode(Week, blob, written_as))
    for i, number, week_of, written_as, blob, given_at, is_new in session.execute(
        select(
            AnswerRow.subscriber_id,
            AnswerRow.id,
            AnswerRow.week_of,
            AnswerRow.format,
            AnswerRow.answers,
            AnswerRow.given_at,
            _is_new(),
        )
        .join(PlanRow, _same_week(PlanRow, AnswerRow) & (PlanRow.kind == WEEKLY))
        .outerjoin(SnapshotRow, _same_week(SnapshotRow, AnswerRow))
        .outerjoin(starts, starts.c.subscriber_id == AnswerRow.subscriber_id)
        .where(AnswerRow.subscriber_id.in_(ids), _after(AnswerRow.week_of, starts))
        .order_by(AnswerRow.id)
    ):
        if (history := histories.get(i)) is not None:
            said = word(codec.decode(Answers, blob, written_as), given_at, week_of, history.subscriber)
            history.told.append(_Told(number, week_of, said, bool(is_new)))
    return list(histories.values())


def _starts(ids: Sequence[int]) -> CTE:
    """By runner with any snapshot: week_of, of the latest one older than every week touched since (or None); folded_to, of the
    last one.
    """
    touched = (
        select(AnswerRow.subscriber_id, func.min(AnswerRow.week_of).label("week_of"))
        .join(PlanRow, _same_week(PlanRow, AnswerRow) & (PlanRow.kind == WEEKLY))
        .outerjoin(SnapshotRow, _same_week(SnapshotRow, AnswerRow))
        .where(AnswerRow.subscriber_id.in_(ids), _is_new())
        .group_by(AnswerRow.subscriber_id)
        .cte("touched")
    )
    untouched = or_(touched.c.week_of.is_(None), SnapshotRow.week_of < touched.c.week_of)
    return (
        select(
            SnapshotRow.subscriber_id,
            func.max(SnapshotRow.week_of).filter(untouched).label("week_of"),
            func.max(SnapshotRow.week_of).label("folded_to"),
        )
        .outerjoin(touched, touched.c.subscriber_id == SnapshotRow.subscriber_id)
        .where(SnapshotRow.subscriber_id.in_(ids))
        .group_by(SnapshotRow.subscriber_id)
        .cte("starts")
    )


def _after(week_of: ColumnElement[date] | object, starts: CTE) -> ColumnElement[bool]:
    return or_(starts.c.week_of.is_(None), starts.c.week_of < week_of)


def _is_new() -> ColumnElement[bool]:
    """No snapshot of the answer's week, or one that does not know it."""
    return AnswerRow.id > func.coalesce(SnapshotRow.answers_through, 0)


def _same_week(one: type[PlanRow | SnapshotRow], other: type[AnswerRow]) -> ColumnElement[bool]:
    return and_(one.subscriber_id == other.subscriber_id, one.week_of == other.week_of)


_PLAN, _PROFILE, _SNAPSHOT, _ANSWER = (row.__table__ for row in (PlanRow, ProfileRow, SnapshotRow, AnswerRow))


def _highest(of: FromClause, name: str, *only: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.max(of.c[name])).where(of.c.subscriber_id == bindparam("runner"), *only).scalar_subquery()


_TOLD = (
    select(
        *(_PLAN.c[name] for name in ("week", "format")),
        *(_PROFILE.c[name] for name in ("profile", "format")),
        *(_SNAPSHOT.c[name] for name in ("progress", "format")),
        *(_ANSWER.c[name] for name in ("answers", "format", "given_at")),
    )
    .join_from(_PLAN, _PROFILE, _PROFILE.c.subscriber_id == _PLAN.c.subscriber_id)
    .outerjoin(
        _SNAPSHOT,
        and_(
            _SNAPSHOT.c.subscriber_id == _PLAN.c.subscriber_id,
            _SNAPSHOT.c.week_of == _highest(_SNAPSHOT, "week_of", _SNAPSHOT.c.week_of < bindparam("week_of")),
        ),
    )
    .outerjoin(
        _ANSWER,
        and_(
            _ANSWER.c.subscriber_id == _PLAN.c.subscriber_id,
            _ANSWER.c.week_of == _PLAN.c.week_of,
            _ANSWER.c.id <= bindparam("through"),
        ),
    )
    .where(
        _PLAN.c.subscriber_id == bindparam("runner"),
        _PLAN.c.week_of == bindparam("week_of"),
        _PLAN.c.kind == WEEKLY,
        _PROFILE.c.version == _highest(_PROFILE, "version"),
    )
    .order_by(_ANSWER.c.id)
)
"""A row for each answer, or one without any. Every page of a week begins with it: built once, one for all that is asked, and of the
tables rather than the classes, which takes a third of the time."""


def told(session: Session, runner: Subscriber, week_of: date, *, through: int = EVERY_ANSWER) -> Told | None:
    """What the coach needs to say what a week asks of a runner by now; None when it was never planned.

    through: the highest answer id that counts.
    """
    rows = session.execute(_TOLD, {"runner": runner.id, "week_of": week_of, "through": through}).all()
    if not rows:
        return None
    week, week_format, profile, profile_format, before, before_format, *_ = rows[0]
    return Told(
        codec.decode(Profile, profile, profile_format),
        None if before is None else codec.decode(Progress, before, before_format),
        codec.decode(Week, week, week_format),
        tuple(
            word(codec.decode(Answers, blob, written_as), given_at, week_of, runner)
            for *_, blob, written_as, given_at in rows
            if blob is not None
        ),
    )
