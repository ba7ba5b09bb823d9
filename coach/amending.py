"""The rest of a week, changed while it runs: pain told on a Tuesday acts on the Thursday, and not only on the next plan; so do dumbbells that are gone.

A planned week and what was said of it, in order, give the week as the runner is asked to do it: nothing else is kept of the
change. It only ever takes away. docs/safety.md#pain, docs/evidence.md#pain
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach import dose, limits, planning, racing, safety, sessions, stretching
from coach.answers import merge
from coach.choosing import pick
from coach.dose import Limits
from coach.learning import start
from coach.progress import ExerciseState, RegionState, SlotState
from coach.sessions import Item
from coach.week import Dose, NoticeKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from coach.answers import Answers, Word
    from coach.catalogue import Catalogue, Exercise, Slot
    from coach.choosing import Pick, Situation
    from coach.constants import Constants
    from coach.profile import Equipment, Profile, Region
    from coach.progress import Progress
    from coach.week import Notice, Prescription, Question, Routine, Session, Week

WORST_PAIN = 10
"""The end of the scale; a level beyond it is a slip of the pen, for which no week is changed. docs/safety.md#pain"""


@dataclass(frozen=True, slots=True)
class Rest:
    """A planned week as the runner is asked to do it by now.

    week: the plan itself where nothing asks for a change. Sessions keep their numbers; one with nothing left in it has no
    exercises. open: sessions still to come: nothing told of them yet, and their day not past when the runner last spoke.
    earlier: whether there are others of which nothing is told.
    clinician: regions whose pain, told since the plan was made, a clinician should look at.
    """

    week: Week
    open: tuple[int, ...]
    earlier: bool
    clinician: frozenset[Region]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was known at some moment and not when the week was planned.

    flags: red flags. news: regions that hurt more than the plan knew, from 3 on; cut: share of the planned dose to keep.
    clinician: regions, as told, for a clinician. equipment: what there is to train with, where it has changed.
    """

    flags: tuple[str, ...]
    news: tuple[RegionState, ...]
    clinician: tuple[RegionState, ...]
    equipment: Equipment | None


def rest_of_week(
    profile: Profile, progress: Progress | None, week: Week, said: Sequence[Word], catalogue: Catalogue
) -> Rest:
    """What is asked of the runner, after all that was said of a week.

    progress: as known before the week, late answers about earlier weeks included; None: nothing was folded yet. said: oldest first. A session is changed by
    what was said before its first report, up to its day: what came later finds it done. Within a week the worst level of a
    region counts; a lower one told later counts from the next plan on. Of what is still to come, a screening answer that allows no plan takes
    out everything, and a race that has become known what is heavy before it. Pure, and never heavier than planned.
    """
    c = catalogue.constants
    progress = start(profile, catalogue) if progress is None else progress
    now = _known(progress, week, [w.answers for w in said], c)
    untold = _untold(week, said)
    halt = safety.stop(profile, replace(progress, stopped=()), week.week_of) if week.sessions else None
    situations: dict[_Known, Situation] = {}
    changed: list[Session] = []
    raced = False
    for index, planned in enumerate(week.sessions):
        session = racing.spared(profile, progress, week, planned, catalogue) if index in untold else planned
        raced |= session != planned
        if halt is not None and index in untold:
            changed.append(_emptied(session))
            continue
        known = _known(progress, week, _heard_before(said, index, session), c)
        if (known.news or _lacks_any(session, known, catalogue)) and known not in situations:
            situations[known] = _situation(profile, progress, week, known, catalogue)
        changed.append(_session(week, session, known, situations.get(known)))
    stretch = None if halt is not None else _stretch(week.stretch, now, catalogue)
    open_ = tuple(i for i in untold if not said or week.sessions[i].day >= said[-1].day)
    result = replace(
        week,
        notices=_notices(week, now) if halt is None or now.flags else (halt,),
        paused_regions=tuple(sorted({*week.paused_regions, *(r.region for r in now.news)})),
    )
    if (tuple(changed), stretch) != (week.sessions, week.stretch):
        result = replace(
            result,
            sessions=tuple(changed),
            stretch=stretch,
            changes=()
            if now.flags or halt is not None
            else _changes(week, changed, stretch, open_, now, c, raced=raced),
            question=_question(week, changed),
        )
    return Rest(result, open_, len(open_) < len(untold), frozenset(r.region for r in now.clinician))


def _heard_before(said: Sequence[Word], index: int, session: Session) -> list[Answers]:
    """What had been said when a session was done, or is to be done: before it is first told of, and not after its day."""
    heard = []
    for word in said:
        if any(report.session == index for report in word.answers.sessions):
            break
        if word.day <= session.day:
            heard.append(word.answers)
    return heard


def _untold(week: Week, said: Sequence[Word]) -> list[int]:
    reported = {report.session for word in said for report in word.answers.sessions}
    return [index for index in range(len(week.sessions)) if index not in reported]


def _known(progress: Progress, week: Week, answers: Sequence[Answers], c: Constants) -> _Known:
    told = merge(answers)
    flags = {*(() if told.cleared else progress.stopped), *(flag.value for flag in told.red_flags)}
    levels: dict[Region, int] = {}
    for p in (p for a in answers for p in a.pains if 0 <= p.level <= WORST_PAIN):
        levels[p.region] = max(safety.felt(p, c), levels.get(p.region, 0))
    before = {r.region: r for r in progress.regions}
    news, clinician = [], []
    for region in sorted({*before, *levels}):
        old = before.get(region, RegionState(region, 0))
        # What an answer about an earlier week has taught since the plan was made is news to the plan as well.
        planned = old.pain if region in week.paused_regions else min(old.pain, int(c.pain_hold) - 1)
        pain = max(old.pain, levels.get(region, 0))
        high = old.high_weeks + (levels.get(region, 0) >= c.pain_less)
        state = RegionState(region, pain, high, 0, safety.cut(pain, planned, c))
        if pain >= c.pain_hold and pain > planned:
            news.append(state)
        as_told = replace(state, pain=levels.get(region, pain))
        if as_told.pain >= c.pain_less and safety.lasting(as_told, c) and (region in levels or pain > planned):
            clinician.append(as_told)
    return _Known(tuple(sorted(flags)), tuple(news), tuple(clinician), told.equipment)


def _situation(profile: Profile, progress: Progress, week: Week, known: _Known, catalogue: Catalogue) -> Situation:
    """What the choices look at: as on the day of the plan, but with the pain and the equipment of now, and the plan's doses without their rises."""
    if known.equipment is not None:
        profile = replace(profile, equipment=known.equipment)
    regions = {r.region: replace(r, cut=1.0) for r in progress.regions} | {r.region: r for r in known.news}
    progress = replace(progress, regions=tuple(regions[k] for k in sorted(regions)))
    s = planning.situation(profile, progress, catalogue, week.week_of)
    states = dict(s.states)
    programme = dict(s.programme)
    for session in week.sessions:
        for p in session.exercises:
            held = programme.get((session.name, p.slot))
            if held is None or held.exercise != p.exercise:
                programme[session.name, p.slot] = SlotState(session.name, p.slot, p.exercise, 0)
            exercise = catalogue.by_slug.get(p.exercise)
            if exercise is not None:
                now = s.beliefs.of(exercise)
                state = states.get(p.exercise, ExerciseState(p.exercise, now.mu, now.var))
                states[p.exercise] = replace(state, last=_held(p.dose, state.last))
    return replace(s, states=states, programme=programme)


def _held(planned: Dose, last: Dose | None) -> Dose:
    """The planned dose without what rose in it since the last time."""
    if last is None or (planned.load_kg > 0 and last.load_kg > 0 and planned.gear is not last.gear):
        return planned
    load_kg = min(planned.load_kg, last.load_kg)
    gear = planned.gear if load_kg > 0 else None
    return Dose(min(planned.sets, last.sets), min(planned.amount, last.amount), load_kg, gear)


def _session(week: Week, session: Session, known: _Known, s: Situation | None) -> Session:
    """The session as asked for; the planned one where nothing in it changes."""
    if known.flags and session.exercises:
        return _emptied(session)
    if s is None:
        return session
    elsewhere = [p.exercise for other in week.sessions if other is not session for p in other.exercises]
    taken = {p.exercise for p in session.exercises}
    asked: list[Prescription] = []
    for p in session.exercises:
        now = _asked(s, session, p, known, taken, elsewhere)
        if now is not None:
            asked.append(now)
            taken.add(now.exercise)
    if tuple(asked) == session.exercises:
        return session
    work = [(s.catalogue.by_slug[p.exercise], p.dose) for p in asked]
    return replace(
        session,
        minutes=min(session.minutes, sessions.minutes_of(s, work)) if asked else 0,
        # What stays as planned has changed nothing since.
        exercises=tuple(replace(p, change=None) if p in session.exercises else p for p in asked),
    )


def _emptied(session: Session) -> Session:
    return replace(session, minutes=0, exercises=())


def _asked(
    s: Situation,
    session: Session,
    p: Prescription,
    known: _Known,
    taken: AbstractSet[str],
    elsewhere: Sequence[str],
) -> Prescription | None:
    """One exercise by now: as planned, with less of it, another in its place, or None."""
    c, news = s.catalogue.constants, known.news
    exercise = s.catalogue.by_slug.get(p.exercise)
    if exercise is None:
        # It has left the catalogue since: nobody knows what it loads.
        return None
    if _strong(exercise, news, c) or not safety.allowed(exercise, s.sore, c):
        return _in_place(s, session, p, exercise, taken, elsewhere)
    p = _without_steps(exercise, p, known.equipment)
    sore = safety.sore(exercise, news, c) is not None
    if _lacks(exercise, p.dose, known.equipment) and not (sore and exercise.possible_with(s.profile.equipment)):
        return _without(s, session, p, exercise, taken, elsewhere)
    if not sore:
        return p
    return _less(s, session, p, exercise, news, taken, elsewhere)


def _less(
    s: Situation,
    session: Session,
    p: Prescription,
    exercise: Exercise,
    news: Sequence[RegionState],
    taken: AbstractSet[str],
    elsewhere: Sequence[str],
) -> Prescription | None:
    """At 3: without a rise; from 4 on: an easier version, or else less load or fewer repetitions."""
    c = s.catalogue.constants
    slot = _slot(s, p)
    if slot is None:
        return None
    worst = max((r for r in news if exercise.tissue(r.region)), key=lambda r: (r.pain, r.region))
    cut = min(r.cut for r in news if exercise.tissue(r.region))
    state, now = s.states[p.exercise], s.beliefs.of(exercise)
    bounds = Limits(cut=cut, may_rise=False, caution=c.caution, sets=p.dose.sets, keep=True)
    if cut < 1.0:
        others = taken - {p.exercise}
        easier = pick(s, session.name, slot, others, elsewhere, bilateral=True, light=session.light, change=False)
        lower = easier is not None and _is_lower(easier.exercise, exercise) and not _strong(easier.exercise, news, c)
        found = _dosed(s, p, exercise, slot, easier) if lower and easier is not None else None
        if found is not None:
            return found
    less = dose.choose(exercise, now, state, s.plan, s.profile, bounds, c)
    if less is None:
        return _in_place(s, session, p, exercise, taken, elsewhere)
    if less == p.dose:
        return replace(p, harder=None, up_to=None, change=None)
    values = (*sessions.step(exercise, p.dose, less), ("region", worst.region.value), ("pain", worst.pain))
    item = Item(slot, exercise, now, state, bounds, less, Reason("dose_pain", values))
    return replace(sessions.prescribe(s, item), harder=None, up_to=None, target_rir=p.target_rir, cut=cut)


def _lacks(exercise: Exercise, planned: Dose, equipment: Equipment | None) -> bool:
    """Whether the exercise, or its dose, needs what is no longer there."""
    if equipment is None:
        return False
    if planned.gear is not None and planned.load_kg not in equipment.grid_kg(planned.gear):
        return True
    return not exercise.possible_with(equipment)


def _lacks_any(session: Session, known: _Known, catalogue: Catalogue) -> bool:
    return any(
        (exercise := catalogue.by_slug.get(p.exercise)) is not None
        and any(_lacks(exercise, d, known.equipment) for d in (p.dose, p.harder, p.easier) if d is not None)
        for p in session.exercises
    )


def _without_steps(exercise: Exercise, p: Prescription, equipment: Equipment | None) -> Prescription:
    """As planned, but for a step within the session to a load that is no longer there."""
    harder, easier = (
        None if step is None or _lacks(exercise, step, equipment) else step for step in (p.harder, p.easier)
    )
    return p if (harder, easier) == (p.harder, p.easier) else replace(p, harder=harder, easier=easier)


def _without(
    s: Situation,
    session: Session,
    p: Prescription,
    exercise: Exercise,
    taken: AbstractSet[str],
    elsewhere: Sequence[str],
) -> Prescription | None:
    """With what is left: the same exercise at another load, one that the runner knows in its place, or any other."""
    c = s.catalogue.constants
    slot = _slot(s, p)
    if slot is not None and exercise.possible_with(s.profile.equipment):
        state, now = s.states[p.exercise], s.beliefs.of(exercise)
        bounds = Limits(may_rise=False, caution=c.caution, sets=p.dose.sets)
        found = dose.choose(exercise, now, state, s.plan, s.profile, bounds, c)
        found = _in_time(exercise, p, exercise, found, c)
        if found is not None:
            change = Reason("dose_gear", sessions.step(exercise, p.dose, found))
            item = Item(slot, exercise, now, state, bounds, found, change)
            return replace(sessions.prescribe(s, item), harder=None, up_to=None, target_rir=p.target_rir)
    known = _in_place(s, session, p, exercise, taken, elsewhere)
    return known or _in_place(s, session, p, exercise, taken, elsewhere, known_only=False)


def _in_time(old: Exercise, p: Prescription, new: Exercise, found: Dose | None, c: Constants) -> Dose | None:
    """The dose with as many sets as fit into the time of the planned one."""
    room = dose.seconds(old, p.dose, c)
    while found is not None and dose.seconds(new, found, c) > room:
        found = replace(found, sets=found.sets - 1) if found.sets > 1 else None
    return found


def _strong(exercise: Exercise, news: Sequence[RegionState], c: Constants) -> bool:
    """Whether it loads, however little, a place that newly hurts at 6 or more: for the rest of the week that is too much."""
    return any(r.pain >= c.pain_severe and exercise.tissue(r.region) for r in news)


def _is_lower(one: Exercise, other: Exercise) -> bool:
    return one.ladder == other.ladder and one.rung < other.rung


def _in_place(
    s: Situation,
    session: Session,
    p: Prescription,
    exercise: Exercise,
    taken: AbstractSet[str],
    elsewhere: Sequence[str],
    *,
    known_only: bool = True,
) -> Prescription | None:
    """Another exercise that the runner knows and that loads nothing sore; None where there is none: then it is out."""
    slot = _slot(s, p)
    known = replace(s, plan=replace(s.plan, known_only=known_only))
    barred = set(taken)
    while slot is not None:
        chosen = pick(
            known,
            session.name,
            slot,
            barred,
            elsewhere,
            bilateral=not exercise.single_leg,
            light=session.light,
            change=False,
        )
        if chosen is None:
            break
        if not any(chosen.exercise.tissue(r.region) for r in s.sore):
            return _dosed(s, p, exercise, slot, chosen)
        barred.add(chosen.exercise.slug)
    return None


def _dosed(s: Situation, p: Prescription, exercise: Exercise, slot: Slot, chosen: Pick) -> Prescription | None:
    """The chosen exercise in the place of another: no more than last time, no more sets, and in no more time."""
    c = s.catalogue.constants
    new = chosen.exercise
    now, state = s.beliefs.of(new), s.states.get(new.slug)
    bounds = replace(limits.of(s, new, p.dose.sets), may_rise=False, more=False)
    found = dose.choose(new, now, state, s.plan, s.profile, bounds, c)
    found = _in_time(exercise, p, new, found, c)
    if found is None:
        return None
    item = Item(slot, new, now, state, bounds, found, chosen.swap)
    return replace(sessions.prescribe(s, item), harder=None, up_to=None, target_rir=p.target_rir)


def _slot(s: Situation, p: Prescription) -> Slot | None:
    return next((slot for slot in s.catalogue.slots if slot.key == p.slot), None)


def _stretch(routine: Routine | None, now: _Known, catalogue: Catalogue) -> Routine | None:
    if routine is None or now.flags:
        return None
    return stretching.without(routine, {r.region for r in now.news}, catalogue) if now.news else routine


def _notices(week: Week, now: _Known) -> tuple[Notice, ...]:
    if now.flags:
        return (safety.stopping(now.flags),)
    told = {r.region.value for r in now.clinician}
    stay = (
        n for n in week.notices if n.kind is not NoticeKind.CLINICIAN or dict(n.reason.values).get("region") not in told
    )
    return (*(safety.clinician(r) for r in now.clinician), *stay)


def _changes(
    week: Week,
    changed: Sequence[Session],
    stretch: Routine | None,
    open_: Sequence[int],
    now: _Known,
    c: Constants,
    *,
    raced: bool,
) -> tuple[Reason, ...]:
    """At most five reasons: the pain, a race, what is out, what is less, what is stretched no more."""
    found = [_because(r, c) for r in now.news]
    if raced:
        found.append(Reason("race_added"))
    amended = [i for i in open_ if changed[i] != week.sessions[i]]
    here = [p for i in amended for p in changed[i].exercises]
    told = list(dict.fromkeys(p.change for p in here if p.change is not None))
    still = {p.exercise for p in here} | {str(dict(reason.values).get("from")) for reason in told}
    out = dict.fromkeys(p.exercise for i in amended for p in week.sessions[i].exercises if p.exercise not in still)
    if out:
        found.append(Reason("rest_out", (("out", " ".join(out)),)))
    found += told
    fewer = _count(week.stretch) - _count(stretch)
    if fewer:
        found.insert(planning.MOST_CHANGES - 1, Reason("rest_stretch", (("stretches", fewer),)))
    return tuple(found[: planning.MOST_CHANGES])


def _because(region: RegionState, c: Constants) -> Reason:
    values = (("region", region.region.value), ("pain", region.pain), ("kept", round(100 * region.cut)))
    if region.pain >= c.pain_severe:
        return Reason("rest_severe", values)
    return Reason("pain_less" if region.cut < 1.0 else "pain_hold", values)


def _count(routine: Routine | None) -> int:
    return 0 if routine is None else len(routine.items) + len(routine.before)


def _question(week: Week, changed: Sequence[Session]) -> Question | None:
    """The week's question, as long as its exercise is there."""
    about = week.question
    if about is None or all(p.exercise != about.exercise for p in changed[about.session].exercises):
        return None
    return about
