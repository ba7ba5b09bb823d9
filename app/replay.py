"""What the present engine would have planned where other weeks are stored: history gone through again, nothing written.

Each week is planned anew from what was known when it was planned: the answers given by then, the profile that held then,
and the weeks the runner really had, which stay as they are stored.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

import coach
from app.weekly import Failure
from coach.answers import Answers, merge
from models import history, training
from models.bulk import chunks, collector_at_rest
from models.history import History, KeptWeek

if TYPE_CHECKING:
    from app.wiring import House
    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from coach.progress import Progress
    from coach.week import Dose, DoseMode, Week
    from models.people import Subscriber

TOGETHER = 125
"""Runners read together."""
MOST_KEPT = 1000
"""Weeks that differ kept to be shown; of the others only the counts."""

log = logging.getLogger("stridewell.replay")


@dataclass(frozen=True, slots=True)
class Folded:
    """A week that had been folded: with which profile and answers, and what was known before and after.

    week: as it was asked for in the end. heard: how many answers `answers` was merged from.
    """

    week: Week
    profile: Profile
    answers: Answers
    heard: int
    before: Progress
    after: Progress


@dataclass(frozen=True, slots=True)
class Standpoint:
    """All that was known when a stored week was planned, as the present engine understands it.

    last: the week folded last before it; None for a runner's first week. late: answers about `last` that came only after.
    """

    stored: Week
    profile: Profile
    progress: Progress
    last: Folded | None
    late: int


@dataclass(frozen=True, slots=True)
class Given:
    exercise: str
    mode: DoseMode
    dose: Dose


@dataclass(frozen=True, slots=True)
class DoseDifference:
    """One slot of a session that is filled otherwise. stored, now: None where there is no such slot."""

    session: str
    slot: str
    stored: Given | None
    now: Given | None


@dataclass(frozen=True, slots=True)
class WeekDifference:
    """A stored week that the present engine would plan otherwise. key: the runner's.

    doses: in the order of the sessions. other: what else differs: "phase", "days", "steps" (the easier and harder dose),
    "stretches", "notices", "question"; "words" (reasons and numbers in them) when nothing but these does.
    """

    key: str
    week_of: date
    doses: tuple[DoseDifference, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoseCounts:
    """Doses that differ, each counted once. higher, lower: the same exercise with more or less load.

    more, less: with the same load, more or fewer repetitions or seconds in all its sets. other: the same work in other sets,
    or with other gear. swapped: another exercise. added, dropped: slots of a session.
    """

    higher: int = 0
    lower: int = 0
    more: int = 0
    less: int = 0
    other: int = 0
    swapped: int = 0
    added: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Replay:
    """What replaying came to. engine: version of the present one. weeks: compared.

    same: of these, alike but for the version number. same_doses: of the others, those with every dose as stored.
    differences: the first MOST_KEPT weeks that differ; left_off: how many further ones there are.
    """

    engine: str
    runners: int
    weeks: int
    same: int
    same_doses: int
    doses: DoseCounts
    differences: tuple[WeekDifference, ...]
    left_off: int
    failures: tuple[Failure, ...]


def replay(house: House, runner: Subscriber | None = None) -> Replay:
    """Go through one runner's weeks, or everybody's. Nothing is written. A runner's failure is that runner's row."""
    with house.sessions() as session:
        ids = history.with_plans(session) if runner is None else [runner.id]
    total = _Sum()
    for some in chunks(ids, TOGETHER):
        found, failures = _read(house, some)
        total.failures += failures
        _go_through(found, house.catalogue, total)
    return total.settled()


@collector_at_rest()
def _go_through(found: Sequence[History], catalogue: Catalogue, total: _Sum) -> None:
    for one in found:
        total.runners += 1
        try:
            for at in standpoints(one, catalogue):
                total.count(one.subscriber.key, at.stored, planned_now(at, catalogue))
        except Exception as error:  # noqa: BLE001 the others go on; the runner is counted and named by key
            log.error("no replay for runner %s: %s", one.subscriber.key, type(error).__name__)  # noqa: TRY400 a traceback would show health data
            total.failures.append(Failure(one.subscriber.key, type(error).__name__))


def planned_now(at: Standpoint, catalogue: Catalogue) -> Week:
    """The week the present engine plans from there. Raises what the coach raises."""
    return coach.next_week(at.profile, at.progress, catalogue, week_of=at.stored.week_of)


def standpoints(runner: History, catalogue: Catalogue) -> Iterator[Standpoint]:
    """What was known at each stored week, oldest first. Raises what the coach raises."""
    folded: list[Folded] = []
    for n, kept in enumerate(runner.weeks):
        folded = _fold(runner, runner.weeks[:n], folded, kept.planned_at, catalogue)
        profile = runner.profile_at(kept.planned_at)
        last = folded[-1] if folded else None
        yield Standpoint(
            stored=kept.week,
            profile=profile,
            progress=coach.start(profile, catalogue) if last is None else last.after,
            last=last,
            late=0 if last is None else len(runner.said.get(last.week.week_of, ())) - last.heard,
        )


def _fold(
    runner: History, weeks: Sequence[KeptWeek], known: Sequence[Folded], at: datetime, catalogue: Catalogue
) -> list[Folded]:
    """The weeks folded with what was known at a moment; what is folded already stays as far as nothing new came."""
    folded: list[Folded] = []
    for n, kept in enumerate(weeks):
        # Progress is stored when it is folded: a profile that came later had no part in it.
        profile = runner.profile_at(at if kept.folded_at is None else min(at, kept.folded_at))
        heard = runner.heard(kept.week.week_of, at)
        before = folded[-1].after if folded else coach.start(profile, catalogue)
        old = known[n] if n < len(known) else None
        if old is not None and old.heard == len(heard) and old.profile is profile and old.before == before:
            folded.append(old)
            continue
        told = merge(s.answers for s in heard)
        said = [training.word(s.answers, s.given_at, kept.week.week_of, runner.subscriber) for s in heard]
        week = coach.rest_of_week(profile, before, kept.week, said, catalogue).week
        after = coach.fold(profile, before, week, told, catalogue)
        folded.append(Folded(week, profile, told, len(heard), before, after))
    return folded


def differences(key: str, stored: Week, now: Week) -> WeekDifference | None:
    """What the present engine's week has other than the stored one; None when they are alike but for the version number."""
    if replace(now, engine=stored.engine) == stored:
        return None
    before, after = _slots(stored), _slots(now)
    doses = tuple(
        DoseDifference(session, slot, before.get((session, slot)), after.get((session, slot)))
        for session, slot in dict.fromkeys([*before, *after])
        if before.get((session, slot)) != after.get((session, slot))
    )
    # Other doses have other steps: those are worth telling only by themselves.
    other = tuple(n for n, view in PARTS.items() if view(stored) != view(now) and not (doses and n == "steps"))
    return WeekDifference(key, stored.week_of, doses, other if doses or other else ("words",))


PARTS: Mapping[str, Callable[[Week], object]] = MappingProxyType(
    {
        "phase": lambda w: w.phase,
        "days": lambda w: [(s.name, s.day, s.light) for s in w.sessions],
        "steps": lambda w: {(s.name, p.exercise): (p.easier, p.harder) for s in w.sessions for p in s.exercises},
        "stretches": lambda w: (
            w.stretch
            and (
                w.stretch.days,
                [(i.stretch, i.hold_s, i.reps, i.rounds) for i in (*w.stretch.before, *w.stretch.items)],
            )
        ),
        "notices": lambda w: w.notices,
        "question": lambda w: w.question,
    }
)
"""Parts of a week besides its doses, each as what must be alike."""


def _slots(week: Week) -> dict[tuple[str, str], Given]:
    return {(s.name, p.slot): Given(p.exercise, p.mode, p.dose) for s in week.sessions for p in s.exercises}


class _Sum:
    """Counts while they grow."""

    def __init__(self) -> None:
        self.runners = self.weeks = self.same = self.same_doses = self.left_off = 0
        self.kinds: Counter[str] = Counter()
        self.differences: list[WeekDifference] = []
        self.failures: list[Failure] = []

    def count(self, key: str, stored: Week, now: Week) -> None:
        self.weeks += 1
        found = differences(key, stored, now)
        if found is None:
            self.same += 1
            return
        self.same_doses += not found.doses
        for each in found.doses:
            self.kinds[_kind(each)] += 1
        if len(self.differences) < MOST_KEPT:
            self.differences.append(found)
        else:
            self.left_off += 1

    def settled(self) -> Replay:
        return Replay(
            engine=coach.ENGINE,
            runners=self.runners,
            weeks=self.weeks,
            same=self.same,
            same_doses=self.same_doses,
            doses=DoseCounts(**self.kinds),
            differences=tuple(self.differences),
            left_off=self.left_off,
            failures=tuple(self.failures),
        )


def _kind(each: DoseDifference) -> str:
    if each.stored is None:
        return "added"
    if each.now is None:
        return "dropped"
    if each.stored.exercise != each.now.exercise:
        return "swapped"
    was, now = each.stored.dose, each.now.dose
    if was.load_kg != now.load_kg:
        return "higher" if now.load_kg > was.load_kg else "lower"
    work = now.sets * now.amount - was.sets * was.amount
    return "more" if work > 0 else "less" if work < 0 else "other"


def _read(house: House, ids: Sequence[int]) -> tuple[list[History], list[Failure]]:
    """The runners that can be read; what is kept of one may be damaged."""
    try:
        with house.sessions() as session:
            return history.load(session, ids), []
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 the others go on; the runner is counted and named
        if len(ids) == 1:
            return [], [Failure(f"number {ids[0]}", type(error).__name__)]
    middle = len(ids) // 2
    halves = [_read(house, ids[:middle]), _read(house, ids[middle:])]
    return [one for found, _ in halves for one in found], [f for _, failed in halves for f in failed]
