"""The rest of a week, changed while it runs: pain told on a Tuesday acts on the Thursday, and not only on the next plan; so do dumbbells that are gone.

A planned week and what was said of it, in order, give the week as the runner is asked to do it: nothing else is kept of the
change. It only ever takes away. docs/safety.md#pain, docs/evidence.md#pain
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coach import planning, racing, safety, sessions, stretching, telling
from coach.answers import merge
from coach.asked import Known, Place, by_now, is_ruled_out, is_too_heavy, lacks, without_rise
from coach.learning import start
from coach.progress import ExerciseState, RegionState, SlotState
from coach.week import NoticeKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.answers import Answers, Pain, Word
    from coach.catalogue import Catalogue
    from coach.choosing import Situation
    from coach.constants import Constants
    from coach.profile import Profile, Region
    from coach.progress import Progress
    from coach.week import Notice, Prescription, Question, Routine, Session, Week

WORST_PAIN: Final = 10
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


def rest_of_week(
    profile: Profile, progress: Progress | None, week: Week, said: Sequence[Word], catalogue: Catalogue
) -> Rest:
    """What is asked of the runner, after all that was said of a week.

    progress: as known before the week, late answers about earlier weeks included; None: nothing was folded yet. said: oldest first. A session is changed by
    what was said before its first report, up to its day: what came later finds it done. Within a week the worst level of a
    region counts; a lower one told later counts from the next plan on. Of what is still to come, a screening answer that allows no plan takes
    out everything, any other what it rules out and every rise it forbids; a race that has become known takes out what is heavy before it
    and what falls too soon after it. Pure, and never heavier than planned.
    """
    c = catalogue.constants
    progress = start(profile, catalogue) if progress is None else progress
    level = (
        bool(week.sessions)
        and not safety.stays_level(week.notices)
        and not safety.may_progress(profile, week.week_of, c)
    )
    now = replace(_known(progress, week, [w.answers for w in said], c), screens=profile.screens, level=level)
    untold = _untold(week, said)
    halt = safety.stop(profile, replace(progress, stopped=()), week.week_of) if week.sessions else None
    situations: dict[Known, Situation] = {}
    changed: list[Session] = []
    raced = screened = False
    for index, planned in enumerate(week.sessions):
        session = racing.spared(profile, progress, week, planned, catalogue) if index in untold else planned
        raced |= session != planned
        if halt is not None and index in untold:
            changed.append(_emptied(session))
            continue
        known = _known(progress, week, _heard_before(said, index, session), c)
        if index in untold and _is_screened(session, now, catalogue):
            screened, known = True, replace(known, screens=profile.screens, level=level)
        asks = known.news or known.hurts or known.screens or known.level
        if (asks or _lacks_any(session, known, catalogue)) and known not in situations:
            situations[known] = _situation(profile, progress, week, known, catalogue)
        changed.append(_session(week, session, known, situations.get(known)))
    stretch = None if halt is not None else _stretch(week.stretch, now, catalogue)
    open_ = tuple(i for i in untold if not said or week.sessions[i].day >= said[-1].day)
    result = replace(
        week,
        notices=_notices(profile, week, now, where=now.hurts and _asks_where(progress, said))
        if halt is None or now.flags
        else (halt,),
        paused_regions=tuple(sorted({*week.paused_regions, *(r.region for r in now.news)})),
    )
    if (tuple(changed), stretch) != (week.sessions, week.stretch):
        also = [Reason("screen_level" if level else "screen_rest")] if screened else []
        also += [racing.told(profile, week)] if raced else []
        result = replace(
            result,
            sessions=tuple(changed),
            stretch=stretch,
            changes=()
            if now.flags or halt is not None
            # Where only a session that is over was another, the week's own sentences stay.
            else _changes(week, changed, stretch, open_, now, catalogue, also) or week.changes,
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


def _known(progress: Progress, week: Week, answers: Sequence[Answers], c: Constants) -> Known:
    told = merge(answers)
    flags = {*(() if told.cleared else progress.stopped), *(flag.value for flag in told.red_flags)}
    levels: dict[Region, tuple[int, int]] = {}
    for p in (p for a in answers for p in a.pains if _on_the_scale(p)):
        levels[p.region] = max((safety.felt(p, c), p.level), levels.get(p.region, (0, 0)))
    before = {r.region: r for r in progress.regions}
    news, clinician = [], []
    for region in sorted({*before, *levels}):
        old = before.get(region, RegionState(region, 0))
        planned = _planned_for(week, old, c)
        level, number = levels.get(region, (0, 0))
        # From 6 on no number asks for more than another: the one just told is the one to speak of.
        pain = level if level >= c.pain_severe else max(old.pain, level)
        last, ago = (number, 0) if level == pain else (old.told, old.ago)
        high = old.high_weeks + (level >= c.pain_less)
        state = RegionState(region, pain, high, 0, safety.cut(pain, planned, c), told=last, ago=ago)
        # A plan that knew of as much still has what loads the place a little: told again, that is out as well.
        if pain >= c.pain_hold and (pain > planned or level >= c.pain_severe):
            news.append(state)
        as_told = replace(state, pain=level, told=number, ago=0) if region in levels else state
        if as_told.pain >= c.pain_less and safety.lasting(as_told, c) and (region in levels or pain > planned):
            clinician.append(as_told)
    open_ = (progress.hold == "hurts" or told.hurts) and not safety.placed(filter(_on_the_scale, told.pains), c)
    hurts = open_ and not safety.knows_it_hurts(week)
    return Known(tuple(sorted(flags)), hurts, tuple(news), tuple(clinician), told.equipment)


def _planned_for(week: Week, region: RegionState, c: Constants) -> int:
    """The pain a plan was made for: what an answer about an earlier week has taught since is news to the plan as well.

    It names the regions it spares, and a number only above those that a clinician should look at: of all others 6 and more is news.
    """
    if region.region not in week.paused_regions:
        return min(region.pain, int(c.pain_hold) - 1)
    named = (dict(n.reason.values) for n in week.notices if n.kind is NoticeKind.CLINICIAN)
    knew = max((int(v["pain"]) for v in named if v.get("region") == region.region), default=0)
    return region.pain if knew >= c.pain_severe else min(region.pain, int(c.pain_severe) - 1)


def _on_the_scale(pain: Pain) -> bool:
    return 0 <= pain.level <= WORST_PAIN


def _situation(profile: Profile, progress: Progress, week: Week, known: Known, catalogue: Catalogue) -> Situation:
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
                states[p.exercise] = replace(state, last=without_rise(p.dose, state.last))
    return replace(s, states=states, programme=programme)


def _session(week: Week, session: Session, known: Known, s: Situation | None) -> Session:
    """The session as asked for; the planned one where nothing in it changes."""
    if known.flags and session.exercises:
        return _emptied(session)
    if s is None:
        return session
    elsewhere = [p.exercise for other in week.sessions if other is not session for p in other.exercises]
    taken = {p.exercise for p in session.exercises}
    asked: list[Prescription] = []
    for p in session.exercises:
        now = by_now(Place(s, session, taken, elsewhere), p, known)
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


def _lacks_any(session: Session, known: Known, catalogue: Catalogue) -> bool:
    return any(
        (exercise := catalogue.by_slug.get(p.exercise)) is not None
        and any(lacks(exercise, d, known.equipment) for d in (p.dose, p.harder, p.easier) if d is not None)
        for p in session.exercises
    )


def _is_screened(session: Session, now: Known, catalogue: Catalogue) -> bool:
    """Whether an answer to the screening questions asks for a change of the session."""
    if not now.screens:
        return now.level and bool(session.exercises)
    planned = ((p, catalogue.by_slug.get(p.exercise)) for p in session.exercises)
    return any(
        now.level or is_too_heavy(p, now.screens) or (exercise is not None and is_ruled_out(exercise, now.screens))
        for p, exercise in planned
    )


def _stretch(routine: Routine | None, now: Known, catalogue: Catalogue) -> Routine | None:
    if routine is None or now.flags:
        return None
    if not now.news and not now.screens:
        return routine
    return stretching.without(routine, {r.region for r in now.news}, now.screens, catalogue)


def _asks_where(progress: Progress, said: Sequence[Word]) -> bool:
    """Whether no place at all was named for what hurts, this week or, where it was told late, the week before."""
    told = merge(word.answers for word in said)
    return not safety.named(filter(_on_the_scale, told.pains)) and (told.hurts or progress.unplaced > 0)


def _notices(profile: Profile, week: Week, now: Known, *, where: bool) -> tuple[Notice, ...]:
    if now.flags:
        return (safety.stopping(now.flags),)
    told = {r.region.value for r in now.clinician}
    stay = (
        n for n in week.notices if n.kind is not NoticeKind.CLINICIAN or dict(n.reason.values).get("region") not in told
    )
    ask = safety.clearance(profile, week.week_of) if now.level else ()
    return (*(safety.clinician(r) for r in now.clinician), *ask, *stay, *((safety.WHERE,) if where else ()))


def _changes(
    week: Week,
    changed: Sequence[Session],
    stretch: Routine | None,
    open_: Sequence[int],
    now: Known,
    catalogue: Catalogue,
    also: Sequence[Reason],
) -> tuple[Reason, ...]:
    """At most five reasons: the pain, what else is new (a screening answer, a race), what is out, what is less, what is stretched no more."""
    found = [telling.pain(r, catalogue.constants, severe="rest_severe") for r in now.news]
    if now.hurts:
        found.append(Reason("hurts"))
    found += also
    amended = [i for i in open_ if changed[i] != week.sessions[i]]
    here = [p for i in amended for p in changed[i].exercises]
    # A set less of everything is one sentence.
    changes = (p.change for p in here if p.change is not None and p.change.code != "dose_hurts")
    told = list(dict.fromkeys(changes))
    still = {p.exercise for p in here} | {str(dict(reason.values).get("from")) for reason in told}
    out = dict.fromkeys(p.exercise for i in amended for p in week.sessions[i].exercises if p.exercise not in still)
    if out:
        found.append(Reason("rest_out", (("out", " ".join(out)),)))
    found += told
    fewer = _count(week.stretch) - _count(stretch)
    if fewer:
        for_pain = _stretch(week.stretch, replace(now, screens=frozenset()), catalogue)
        hurting = _count(week.stretch) - _count(for_pain)
        for code, stretches in (("rest_stretch", hurting), ("rest_stretch_screen", fewer - hurting)):
            if stretches:
                found.insert(telling.MOST_CHANGES - 1, Reason(code, (("stretches", stretches),)))
    return tuple(found[: telling.MOST_CHANGES])


def _count(routine: Routine | None) -> int:
    return 0 if routine is None else len(routine.items) + len(routine.before)


def _question(week: Week, changed: Sequence[Session]) -> Question | None:
    """The week's question, as long as its exercise is there."""
    about = week.question
    if about is None or all(p.exercise != about.exercise for p in changed[about.session].exercises):
        return None
    return about
