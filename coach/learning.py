"""Learns from one week's answers: `start` and `fold`.

docs/evidence.md#capacity, #pain, #readiness
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import sqrt
from typing import TYPE_CHECKING, Final

from coach import body_mass, capacity, observing, phases, safety, stretching
from coach.answers import Answers, Effort, SessionReport
from coach.capacity import Beliefs
from coach.observing import Scene, Working
from coach.phases import AWAY_WEEKS, EASY_PHASES
from coach.planning import unplanned, weeks_missed
from coach.profile import Race
from coach.progress import (
    ExerciseState,
    Progress,
    RegionState,
    SlotState,
    make_slot_state,
)
from coach.sense import clean
from coach.week import CONTACTS, DELOAD, RACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coach.catalogue import Catalogue
    from coach.constants import Constants
    from coach.phases import Plan
    from coach.profile import Profile
    from coach.week import Dose, Prescription, Session, Week

MOST_FEWER: Final = 2
"""Sets taken off at most of what loads a region that keeps hurting. docs/evidence.md#pain; judgement"""
CALM_FOR_A_SET: Final = 12
"""Weeks below pain 3 after which one of them comes back. docs/evidence.md#pain; judgement"""
MINDED: Final = 5
"""Answered weeks for which a pain without a place keeps a set off everything: who only taps says it in about every second week that
hurts. docs/evidence.md#pain; judgement"""
USUAL_RACE_KM: Final = 10.0
"""What a race measured that is in the profile no more. Judgement."""
LOADS_KEPT: Final = 8
"""Weeks of session load kept to judge a runner's own usual. docs/evidence.md#readiness"""
LOADS_NEEDED: Final = 3
"""Weeks of session load from which "usual" means something. Judgement; docs/evidence.md#readiness"""


def start(profile: Profile, catalogue: Catalogue) -> Progress:
    """What is known of a runner before the first week: current injuries and tight areas; capacities follow from the profile."""
    del catalogue  # the face of the engine is the same for start, next_week and fold
    return replace(safety.with_injuries(profile, Progress()), tight=profile.tight)


def fold(profile: Profile, progress: Progress, week: Week, answers: Answers, catalogue: Catalogue) -> Progress:
    """What is known after a week and its answers; answers may be empty: silence is information.

    A week already folded changes nothing. Values out of range are left out and hold next week's load; they never raise it.
    Source: docs/evidence.md#capacity
    """
    if progress.through is not None and week.week_of <= progress.through:
        return progress
    c = catalogue.constants
    progress = body_mass.at(profile, safety.with_injuries(profile, progress), catalogue)
    clear, answers = clean(answers, week, catalogue)
    silent = answers.silent
    away = unplanned(progress, week.week_of)
    missed_before = weeks_missed(progress, week.week_of)
    reports = {r.session: r for r in answers.sessions}
    done = [(s, reports[i]) for i, s in enumerate(week.sessions) if i in reports and observing.was_done(reports[i])]
    regions = _regions(safety.aged(progress, away), answers, c, proven=clear and bool(done))
    states = _pass_weeks(progress, away, c, silent=silent)
    _meet(states, progress, profile, week, _swapped_in(answers), catalogue)
    plan = phases.plan(profile, progress, missed_before, week.week_of, c)
    trained: set[str] = set()
    learnt = observing.learn(states, done, Scene(profile, catalogue, plan, week.week_of))
    for (session, _), now in zip(done, learnt, strict=True):
        for p in session.exercises:
            if p.exercise in now:
                states[p.exercise].cut = p.cut
        trained |= now
    untold = [p for i, s in enumerate(week.sessions) if i not in reports for p in s.exercises]
    _keep_asked(states, [p for p in untold if p.exercise not in trained])
    if done:
        for slug in states.keys() - {p.exercise for s in week.sessions for p in s.exercises}:
            states[slug].rested += 1
    hold = _hold(progress, answers, c, clear=clear, silent=silent)
    # A week without work (a stop, the days around a race) asks for nothing, so it is not missed.
    asked = any(s.exercises for s in week.sessions)
    gap_ends = bool(done) and missed_before >= AWAY_WEEKS
    load = sum(float(r.rpe * (s.minutes if r.minutes is None else r.minutes)) for s, r in done if r.rpe is not None)
    return Progress(
        through=week.week_of,
        weeks=progress.weeks + 1,
        completed=progress.completed + bool(done),
        missed=0 if done else progress.missed + away + asked,
        off=0 if done else progress.off + (not asked and _was_stopped(progress, week)),
        silent=progress.silent + away + 1 if silent else 0,
        strain=progress.strain + 1 if _strained(progress, answers, load, c) else 0,
        hard=_hard(progress, done, plan, silent=silent),
        stopped=tuple(sorted({*(() if answers.cleared else progress.stopped), *(f.value for f in answers.red_flags)})),
        hold=hold,
        hurt=_hurt(progress, answers, c, silent=silent),
        unplaced=_unplaced(progress, answers, silent=silent),
        gap=missed_before if gap_ends else progress.gap,
        since_gap=1 if gap_ends else progress.since_gap + bool(done),
        raced=_raced(profile, progress, week),
        body_mass_kg=profile.body_mass_kg,
        soreness=progress.soreness if silent else (answers.soreness or 0),
        exercises=_settle(states, progress, trained, _free_to_rise(done, plan), regions, catalogue),
        regions=regions,
        programme=_programme(progress, week, {s.name for s, _ in done}),
        stretches=stretching.holds(
            progress, week, regions, catalogue, may_grow=not (silent or hold) and _may_stretch(profile, week, c)
        ),
        tight=progress.tight if answers.tight is None else answers.tight,
        loads=(*progress.loads, load)[-LOADS_KEPT:] if load else progress.loads,
    )


def _was_stopped(progress: Progress, week: Week) -> bool:
    """Whether a week without work was so because the programme was stopped, and not for a race; who never trained rests from nothing."""
    return progress.completed > 0 and (week.focus.code == "focus_stop" or week.phase not in EASY_PHASES)


def _hold(progress: Progress, answers: Answers, c: Constants, *, clear: bool, silent: bool) -> str:
    """Why nothing may rise next week; silence leaves an open question open."""
    if not clear:
        return "unclear"
    if answers.hurts and not safety.placed(answers.pains, c):
        return "hurts"
    return progress.hold if silent else ""


def _hurt(progress: Progress, answers: Answers, c: Constants, *, silent: bool) -> int:
    """For how many weeks a pain without a place is still minded; once told where, its region is what counts.

    A place at 1 or 2, which by itself changes nothing, gives nothing back either: more pain must never bring a set more.
    """
    if safety.placed(answers.pains, c):
        return 0
    if answers.hurts:
        return MINDED
    return progress.hurt if silent else max(0, progress.hurt - 1)


def _unplaced(progress: Progress, answers: Answers, *, silent: bool) -> int:
    """Weeks running in which something hurt and nobody knows where, after this one."""
    if silent:
        return progress.unplaced
    return progress.unplaced + 1 if answers.hurts and not safety.named(answers.pains) else 0


def _raced(profile: Profile, progress: Progress, week: Week) -> Race | None:
    """The last race by the end of the week. Where the profile names the next one already, this one was of its kind on the last day."""
    race = profile.race
    if race is not None and 0 <= (race.day - week.week_of).days <= 6:
        return race
    if week.phase is RACE and (progress.raced is None or progress.raced.day < week.week_of):
        return Race(week.week_of + timedelta(days=6), USUAL_RACE_KM if race is None else race.distance_km)
    return progress.raced


def _strained(progress: Progress, answers: Answers, load: float, c: Constants) -> bool:
    """Whether the week was much more than usual and two of sleep, soreness and mood say so too."""
    if len(progress.loads) < LOADS_NEEDED or not load:
        return False
    mean = sum(progress.loads) / len(progress.loads)
    sd = sqrt(sum((x - mean) ** 2 for x in progress.loads) / (len(progress.loads) - 1))
    signs = (
        (answers.sleep is not None and answers.sleep <= 2)
        + (answers.soreness is not None and answers.soreness >= 6)
        + (answers.mood is not None and answers.mood <= 2)
    )
    return load > mean + c.strain_z * max(sd, 0.05 * mean) and signs >= 2


def _hard(progress: Progress, done: Sequence[tuple[Session, SessionReport]], plan: Plan, *, silent: bool) -> int:
    """Weeks running of nothing but hard sessions; an easier week begins the count anew."""
    if silent:
        return progress.hard
    all_hard = bool(done) and all(observing.effort(report) is Effort.HARD for _, report in done)
    return progress.hard + 1 if all_hard and plan.phase is not DELOAD else 0


def _regions(progress: Progress, answers: Answers, c: Constants, *, proven: bool) -> tuple[RegionState, ...]:
    """Pain by region after the week: what was told, else a careful fading; silence fades nothing.

    proven: whether a session was done and the answer made sense: a cut stands until then.
    """
    told = {p.region: p for p in sorted(answers.pains, key=lambda p: (safety.felt(p, c), p.level))}
    before = {r.region: r for r in progress.regions}
    silent = answers.silent
    after = []
    for region in sorted({*before, *told}):
        old = before.get(region, RegionState(region, 0))
        if region in told:
            pain = safety.felt(told[region], c)
        elif silent or answers.hurts:
            pain = old.pain
        else:
            pain = max(0, old.pain - int(c.pain_fade))
        cut = safety.cut(pain, old.pain, c) if region in told else 1.0 if proven else old.cut
        high = old.high_weeks + (region in told) if pain >= c.pain_less else 0
        calm = old.calm_weeks + 1 if pain < c.pain_hold else 0
        fewer = old.fewer
        if region in told and pain >= c.pain_hold:
            fewer = min(MOST_FEWER, fewer + 1)
        elif fewer and calm and calm % CALM_FOR_A_SET == 0:
            fewer -= 1
        level, ago = (told[region].level, 0) if region in told else (old.told, old.ago + 1)
        after.append(RegionState(region, pain, high, calm, cut, fewer, level, ago))
    return tuple(after)


def _pass_weeks(progress: Progress, away: int, c: Constants, *, silent: bool) -> dict[str, Working]:
    """The exercises known, after the week, and the weeks away before it, have passed without being looked at."""
    states = {}
    before = progress.missed + progress.off
    missed = range(before + 1, before + away + 2)
    for x in progress.exercises:
        mu, var = capacity.drift(x.mu, x.var, missed, c)
        idle = x.idle + away + 1
        cut = x.cut if silent else 1.0
        states[x.exercise] = Working(
            x.exercise,
            mu,
            var,
            x.anchors_kg,
            idle,
            x.weeks,
            x.top,
            x.low,
            x.last,
            x.seen,
            cut,
            x.plateau,
            x.rested,
            x.refused,
            x.usual,
        )
    return states


def _swapped_in(answers: Answers) -> dict[str, Dose]:
    """The exercises done in place of planned ones, each with the dose it was offered at."""
    swaps = [e.swap for s in answers.sessions for e in s.exercises if e.swap is not None and e.sets_done != 0]
    return {swap.exercise: swap.dose for swap in swaps}


def _meet(
    states: dict[str, Working],
    progress: Progress,
    profile: Profile,
    week: Week,
    swapped_in: dict[str, Dose],
    catalogue: Catalogue,
) -> None:
    """A state for every exercise prescribed or done for the first time, so that silence has something to hold on to."""
    planned = {p.exercise: p.dose for session in reversed(week.sessions) for p in reversed(session.exercises)}
    new = {slug: dose for slug, dose in (swapped_in | planned).items() if slug not in states}
    if not new:
        return
    beliefs = Beliefs({e.exercise: e for e in progress.exercises}, profile, week.week_of, catalogue)
    for slug, dose in new.items():
        exercise = catalogue.by_slug.get(slug)
        if exercise is not None:
            now = beliefs.of(exercise)
            states[slug] = Working(slug, now.mu, now.var, (), 0, 0, 0, 0, dose, None)


def _keep_asked(states: dict[str, Working], untold: Iterable[Prescription]) -> None:
    """What was asked for, and never told of, is what the next dose is measured against: silence takes nothing back. docs/adr/0026"""
    for p in untold:
        state = states.get(p.exercise)
        if state is not None and state.weeks and state.last is not None and _asks_more(state.last, p.dose):
            state.last = p.dose


def _settle(
    states: dict[str, Working],
    progress: Progress,
    trained: set[str],
    free: set[str],
    regions: tuple[RegionState, ...],
    catalogue: Catalogue,
) -> tuple[ExerciseState, ...]:
    """The week's tolerated loads become anchors; a flare lowers the anchors of what loads the region, once.

    free: what nothing kept from rising: only that stands still of its own.
    """
    c = catalogue.constants
    flares = [r.region for r in regions if r.cut < 1.0]
    before = {x.exercise: x.last for x in progress.exercises if x.weeks}
    for slug in trained:
        state = states[slug]
        if state.tolerated_kg >= 0:
            # What was tolerated before a long rest says little of today.
            before_it = state.anchors_kg if state.idle <= AWAY_WEEKS else ()
            state.anchors_kg = (*before_it, state.tolerated_kg)[-int(c.anchor_weeks) :]
        state.idle = state.rested = 0
        state.refused = max(0, state.refused - 1)
        state.weeks += 1
        still = _is_as_before(before.get(slug), state.last) and not (state.seen is not None and state.seen.too_much)
        state.plateau = state.plateau + (slug in free) if still else 0
        state.mu += c.growth
    for slug, state in states.items() if flares else ():
        exercise = catalogue.by_slug.get(slug)
        if exercise is not None and any(exercise.tissue(r) for r in flares):
            state.anchors_kg = tuple(x * c.anchor_flare for x in state.anchors_kg)
    return tuple([states[slug].settled() for slug in sorted(states)])


def _free_to_rise(done: Iterable[tuple[Session, SessionReport]], plan: Plan) -> set[str]:
    """The exercises that nothing in the plan kept from rising: pain, a race or an easy week leave no harder step."""
    if plan.easy:
        return set()
    return {p.exercise for session, _ in done for p in session.exercises if p.harder is not None or p.mode is CONTACTS}


def _asks_more(before: Dose, now: Dose) -> bool:
    """Whether it asks for more: a heavier load, a longer set with the same, or another set of those."""
    return (now.load_kg, now.amount, now.sets) > (before.load_kg, before.amount, before.sets)


def _is_as_before(before: Dose | None, now: Dose | None) -> bool:
    """Whether a dose stands where the one before it stood: the same load, and the same amount."""
    return before is not None and now is not None and (now.load_kg, now.amount) == (before.load_kg, before.amount)


def _programme(progress: Progress, week: Week, done: set[str]) -> tuple[SlotState, ...]:
    """Which exercise fills which slot of a session, and for how many completed weeks."""
    slots = {
        (s.session, s.slot): make_slot_state(s.session, s.slot, s.exercise, s.weeks, s.idle + 1, s.awaits, s.dose)
        for s in progress.programme
    }
    for session in week.sessions:
        for p in session.exercises:
            old = slots.get((session.name, p.slot))
            weeks = old.weeks if old is not None and old.exercise == p.exercise else 0
            slots[session.name, p.slot] = make_slot_state(
                session.name, p.slot, p.exercise, weeks + (session.name in done), 0, _awaited(old, p), p.dose
            )
    return tuple([slots[k] for k in sorted(slots)])


def _awaited(old: SlotState | None, p: Prescription) -> str:
    """The exercise whose equipment a slot waits for, whatever stands in for it meanwhile, until it is back."""
    if p.change is not None and p.change.code == "swap_equipment":
        return str(dict(p.change.values)["from"])
    return "" if old is None or old.awaits == p.exercise else old.awaits


def _may_stretch(profile: Profile, week: Week, c: Constants) -> bool:
    """Whether a hold may grow after this week: nothing does where screening lets nothing rise, nor around a race. docs/safety.md#screening"""
    return safety.may_progress(profile, week.week_of, c) and week.phase not in EASY_PHASES
