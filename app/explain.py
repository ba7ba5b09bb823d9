"""From answers to estimate to choice: everything that one planned week rests on, as values.

The beliefs are those of the present engine, from what was known when the week was planned; the week is the stored one.
It shows health answers: it is for the operator's own eyes, and nothing of it is logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, sqrt
from typing import TYPE_CHECKING

from app import replay
from app.bounds import Bounds, bounds
from app.letters import NobodyThere
from coach import capacity, grounds, observing, planning
from coach.answers import ExerciseReport, Pain, RedFlag
from coach.errors import StridewellError
from coach.profile import Gear, Region
from coach.week import DoseMode, Phase, Reason
from language import reasons
from language.catalogue import exercise_name
from language.tongue import ENGLISH
from models import history

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.replay import Folded, Standpoint
    from app.wiring import House
    from coach.capacity import Belief
    from coach.catalogue import Catalogue, Exercise
    from coach.profile import Profile
    from coach.progress import ExerciseState, Progress
    from coach.week import Dose, Prescription, Session, Week
    from models.people import Subscriber


@dataclass(frozen=True, slots=True)
class SessionTold:
    """What was answered about one session. day: 0 is Monday; None when the week had no such session: then it is ignored.

    effort: as the engine reads it, "" when nothing was said.
    """

    session: str
    day: int | None
    effort: str
    rpe: int | None
    minutes: int | None
    exercises: tuple[ExerciseReport, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered about the week before, as far as it was known by the planning. late: answers that came after."""

    week_of: date
    silent: bool
    late: int
    sessions: tuple[SessionTold, ...]
    pains: tuple[Pain, ...]
    hurts: bool
    soreness: int | None
    sleep: int | None
    mood: int | None
    tight: frozenset[Region] | None
    red_flags: frozenset[RedFlag]
    cleared: bool
    note: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """The most that is believed possible in one set, and one standard deviation: repetitions, or seconds of a hold or carry."""

    most: float
    sd: float


@dataclass(frozen=True, slots=True)
class Believed:
    """An exercise before the answers and after them. load_kg, gear: what both estimates are for, the load now prescribed.

    For an exercise that is no longer prescribed it is the load of the week before. before: None in a first week, and with
    `after` for jumps, which grow by count alone. tolerated: the heaviest loads of the last completed weeks, in kg.
    weeks: completed with it; 0: the estimate comes from the profile and from related exercises.
    """

    exercise: str
    name: str
    mode: DoseMode
    load_kg: float
    gear: Gear | None
    before: Estimate | None
    after: Estimate | None
    tolerated_before: tuple[float, ...]
    tolerated: tuple[float, ...]
    weeks: int


@dataclass(frozen=True, slots=True)
class RegionBelieved:
    """Pain in a region, 0–10. before: None when the region was not heard of. cut: share of the dose kept in what loads it."""

    region: Region
    before: int | None
    pain: int
    high_weeks: int
    calm_weeks: int
    cut: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the runner stood. missed, silent: weeks running, those never planned counted in `missed`. hold: why nothing may rise."""

    phase: Phase
    target_rir: int
    completed: int
    missed: int
    silent: int
    strain: int
    soreness: int
    hold: str
    stopped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One prescription. before: the dose done last, None when there was none. bounds: None when the exercise is gone from the catalogue.

    change: the sentence on what differs from last time, "" when nothing does. why: the one on why it is there.
    ground: where the rule stands that brought the change, or that held the dose, or for a first dose the choice.
    """

    session: str
    day: int
    slot: str
    exercise: str
    name: str
    mode: DoseMode
    before: Dose | None
    now: Dose
    target_rir: int
    bounds: Bounds | None
    change: str
    why: str
    ground: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the mail, and the section of the papers that its rule rests on, like docs/evidence.md#pain."""

    sentence: str
    ground: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One planned week. told: None for the first. before: the standing that the week before rested on.

    focus: a sentence. question: the exercise whose reserve is asked for, "" for none.
    as_now: whether the present engine would plan this very week.
    """

    key: str
    name: str
    units: str
    week_of: date
    number: int
    engine: str
    as_now: bool
    focus: str
    told: Told | None
    before: Standing | None
    after: Standing
    exercises: tuple[Believed, ...]
    regions: tuple[RegionBelieved, ...]
    chosen: tuple[Chosen, ...]
    changes: tuple[Said, ...]
    notices: tuple[Said, ...]
    question: str


def explain(house: House, runner: Subscriber, week_of: date | None = None) -> Explained:
    """The chain behind a runner's planned week. week_of: its Monday; None for the newest.

    Raises NobodyThere when there is no such week.
    """
    with house.sessions() as session:
        found = history.load(session, [runner.id])
    weeks = [k.week.week_of for one in found for k in one.weeks]
    if not weeks:
        raise NobodyThere(f"{runner.name}: no week has been planned yet. Plan those that are due: stridewell week run")
    wanted = weeks[-1] if week_of is None else week_of
    if wanted not in weeks:
        raise NobodyThere(
            f"{wanted}: no week was planned for {runner.name} then. The nearest is {min(weeks, key=lambda w: abs(w - wanted))}."
        )
    at = next(s for s in replay.standpoints(found[0], house.catalogue) if s.stored.week_of == wanted)
    return _explain(runner, at, house.catalogue)


def _explain(runner: Subscriber, at: Standpoint, catalogue: Catalogue) -> Explained:
    week, last = at.stored, at.last
    states = {e.exercise: e for e in at.progress.exercises}

    def say(reason: Reason | None) -> str:
        return "" if reason is None else _sentence(reason, catalogue, runner.units)

    def told(reason: Reason) -> Said:
        return Said(say(reason), grounds.of(reason))

    chosen = []
    for session, p in _prescriptions(week):
        state = states.get(p.exercise)
        limits = bounds(at, p.exercise, catalogue)
        chosen.append(
            Chosen(
                session=session.name,
                day=session.day,
                slot=p.slot,
                exercise=p.exercise,
                name=exercise_name(p.exercise, catalogue),
                mode=p.mode,
                before=state.last if state else None,
                now=p.dose,
                target_rir=p.target_rir,
                bounds=limits,
                change=say(p.change),
                why=say(p.why),
                ground=_ground(p, state, limits),
            )
        )
    return Explained(
        key=runner.key,
        name=runner.name,
        units=runner.units,
        week_of=week.week_of,
        number=week.number,
        engine=week.engine,
        as_now=_as_now(runner.key, at, catalogue),
        focus=say(week.focus),
        told=None if last is None else _told(last, at.late),
        before=None if last is None else _standing(last.profile, last.before, last.week.week_of, catalogue),
        after=_standing(at.profile, at.progress, week.week_of, catalogue),
        exercises=tuple(_believed(at, catalogue)),
        regions=_regions(at),
        chosen=tuple(chosen),
        changes=tuple(told(c) for c in week.changes),
        notices=tuple(told(n.reason) for n in week.notices),
        question="" if week.question is None else exercise_name(week.question.exercise, catalogue),
    )


def _ground(p: Prescription, state: ExerciseState | None, limits: Bounds | None) -> str:
    if p.change is None and state is not None and state.last is not None:
        return limits.rules[0] if limits is not None and limits.rules else grounds.of(Reason("steady"))
    return grounds.of(p.change or p.why)


def _told(last: Folded, late: int) -> Told:
    planned = dict(enumerate(last.week.sessions))
    reports = {r.session: r for r in last.answers.sessions}
    sessions = []
    for n in sorted({*planned, *reports}):
        session, report = planned.get(n), reports.get(n)
        effort = observing.effort(report) if report else None
        sessions.append(
            SessionTold(
                session=session.name if session else f"number {n + 1}, not planned",
                day=session.day if session else None,
                effort=effort.value if effort else "",
                rpe=report.rpe if report else None,
                minutes=report.minutes if report else None,
                exercises=report.exercises if report else (),
            )
        )
    a = last.answers
    return Told(
        week_of=last.week.week_of,
        silent=a.silent,
        late=late,
        sessions=tuple(sessions),
        pains=a.pains,
        hurts=a.hurts,
        soreness=a.soreness,
        sleep=a.sleep,
        mood=a.mood,
        tight=a.tight,
        red_flags=a.red_flags,
        cleared=a.cleared,
        note=a.note,
    )


def _standing(profile: Profile, progress: Progress, week_of: date, catalogue: Catalogue) -> Standing:
    s = planning.situation(profile, progress, catalogue, week_of)
    return Standing(
        phase=s.plan.phase,
        target_rir=s.plan.target_rir,
        completed=progress.completed,
        missed=s.missed,
        silent=progress.silent,
        strain=progress.strain,
        soreness=progress.soreness,
        hold=progress.hold,
        stopped=progress.stopped,
    )


def _regions(at: Standpoint) -> tuple[RegionBelieved, ...]:
    before = {} if at.last is None else {r.region: r.pain for r in at.last.before.regions}
    return tuple(
        RegionBelieved(r.region, before.get(r.region), r.pain, r.high_weeks, r.calm_weeks, r.cut)
        for r in at.progress.regions
    )


def _believed(at: Standpoint, catalogue: Catalogue) -> Iterator[Believed]:
    """Every exercise of the week and of the week before it, once, at one load."""
    last = at.last
    doses: dict[str, tuple[DoseMode, Dose]] = {}
    for week in (at.stored, *(() if last is None else (last.week,))):
        for _, p in _prescriptions(week):
            doses.setdefault(p.exercise, (p.mode, p.dose))
    after = {e.exercise: e for e in at.progress.exercises}
    before = {} if last is None else {e.exercise: e for e in last.before.exercises}
    for slug, (mode, given) in doses.items():
        exercise = catalogue.by_slug.get(slug)
        yield Believed(
            exercise=slug,
            name=exercise_name(slug, catalogue),
            mode=mode,
            load_kg=given.load_kg,
            gear=given.gear,
            before=None
            if exercise is None or last is None
            else _estimate(exercise, before, last.profile, last.week.week_of, given, catalogue),
            after=None
            if exercise is None
            else _estimate(exercise, after, at.profile, at.stored.week_of, given, catalogue),
            tolerated_before=before[slug].anchors_kg if slug in before else (),
            tolerated=after[slug].anchors_kg if slug in after else (),
            weeks=after[slug].weeks if slug in after else 0,
        )


def _estimate(
    exercise: Exercise,
    states: Mapping[str, ExerciseState],
    profile: Profile,
    on: date,
    given: Dose,
    catalogue: Catalogue,
) -> Estimate | None:
    if exercise.mode is DoseMode.CONTACTS:
        return None
    now = capacity.Beliefs(states, profile, on, catalogue).of(exercise)
    return estimate(exercise, now, profile.body_mass_kg, given.load_kg, catalogue)


def estimate(exercise: Exercise, now: Belief, body_mass_kg: float, load_kg: float, catalogue: Catalogue) -> Estimate:
    """The most at a load in the exercise's own unit, and one standard deviation of it, to the first order."""
    c = catalogue.constants
    moved = max(capacity.moved_kg(exercise, body_mass_kg, load_kg), 1.0)
    unit = 1.0 if exercise.mode is DoseMode.REPS else c.seconds_per_rep
    most = capacity.possible(exercise, now.mu, moved, c) * unit
    slope = exp(now.mu) if exercise.mode is DoseMode.HOLD else unit * capacity.EPLEY * exp(now.mu) / moved
    return Estimate(round(max(0.0, most), 2), round(slope * sqrt(now.var), 2))


def _as_now(key: str, at: Standpoint, catalogue: Catalogue) -> bool:
    try:
        return replay.differences(key, at.stored, replay.planned_now(at, catalogue)) is None
    except StridewellError:
        return False


def _prescriptions(week: Week) -> Iterator[tuple[Session, Prescription]]:
    for session in week.sessions:
        for p in session.exercises:
            yield session, p


def _sentence(reason: Reason, catalogue: Catalogue, units: str) -> str:
    """A stored reason in today's words; one that has none any more stands for itself."""
    try:
        return reasons.sentence(reason, catalogue, units, ENGLISH)
    except KeyError:
        return f"({reason.code.replace('_', ' ')})"
