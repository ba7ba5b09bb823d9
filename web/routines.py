"""A week's routines as steps with times: sessions, the stretching after runs, the loosening before them. Pure.

The times are those the mail was reckoned with, so that following along takes what the mail says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from coach.week import DoseMode, Prescription, Session, StretchItem, Week
from language.catalogue import exercise_name
from language.tongue import marked
from mail import one_question, words
from web import switching

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.instead import Alternatives
    from language.loads import Loads
    from language.tongue import Tongue

Kind = Literal["warm-up", "ready", "hold", "reps", "switch", "rest"]
"""All count down but "reps", where the runner says when. "ready": get set. "switch": change sides."""

COUNTED = {
    "reps": marked("%(amount)s reps"),
    "landings": marked("%(amount)s landings"),
    "times": marked("%(amount)s times"),
    "seconds": marked("%(amount)s s"),
}
"""What one set counts, by the unit of a move."""

STRETCH, BEFORE = "stretch", "before"

SWITCH_S = 5
"""Seconds to change sides between two holds, or hands between two carries. Judgement."""
DRILL_S = 2.0
"""Seconds of one repetition of a moving stretch. Judgement."""
REP_S = 4.0
"""Seconds of a repetition of an exercise that has left the catalogue since its week was planned."""


@dataclass(frozen=True, slots=True)
class Step:
    """seconds: how long it lasts, or is reckoned to ("reps"). set: from 1, 0 where there is none. side: "left", "right" or ""."""

    kind: Kind
    seconds: int
    set: int = 0
    side: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do when a set was far off: `asks` "5 or more left?", `says` "Next set: 16 kg dumbbells." The dose it leads to.

    key: its name on the answer page, "" when only the sets or the amount differ, which are told as numbers. feel: as of a move.
    kg: external load, for the answer about a swap.
    """

    asks: str
    says: str
    sets: int
    amount: int
    load: str
    key: str = ""
    feel: str = ""
    kg: float = 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """One exercise or stretch, or the warm-up (slug ""), ready to be shown and followed.

    dose: "3 × 10"; per: "each side"; amount: what one set counts, in `unit`. tempo: seconds down, still and up, or empty.
    set_word: what its sets are called. up_to: as far as a set may go on by feel, `amount` where it may not; feel: when it goes on and where it ends, in words;
    goes_on: the same as a question at `amount`. left: the answers to "how many were left", or none. asked: it is the week's one question.
    round: its steps in words, for reading. instead: what could take its place today.
    """

    slug: str
    name: str
    steps: tuple[Step, ...]
    dose: str = ""
    per: str = ""
    load: str = ""
    effort: str = ""
    tempo_words: str = ""
    tempo: tuple[int, ...] = ()
    amount: int = 0
    up_to: int = 0
    unit: str = ""
    feel: str = ""
    goes_on: str = ""
    left: tuple[str, ...] = ()
    asked: bool = False
    sets: int = 0
    set_word: str = ""
    round: str = ""
    cue: str = ""
    running: str = ""
    how: str = ""
    stop_if: str = ""
    rules: tuple[Rule, ...] = ()
    instead: tuple[Move, ...] = ()

    @property
    def seconds(self) -> int:
        return sum(step.seconds for step in self.steps)


@dataclass(frozen=True, slots=True)
class Routine:
    """key: its name in the address. when: "Tuesday 24 November". minutes: what the mail says of it. session: its index, or None."""

    key: str
    name: str
    when: str
    minutes: int
    moves: tuple[Move, ...]
    session: int | None = None

    @property
    def seconds(self) -> int:
        return sum(move.seconds for move in self.moves)


def routines(week: Week, others: Alternatives | None, catalogue: Catalogue, load: Loads) -> tuple[Routine, ...]:
    """Everything of a week to follow along, the sessions in their order first, in the language of the loads.

    others: None where nothing else is offered. catalogue: in that language.
    """
    sessions = tuple(
        _session(week, index, session, others.sessions[index] if others else (), catalogue, load)
        for index, session in enumerate(week.sessions)
        if session.exercises
    )
    return (*sessions, *_around_runs(week, others.stretches if others else (), catalogue, load.tongue))


def _session(
    week: Week,
    index: int,
    session: Session,
    others: tuple[tuple[Prescription, ...], ...],
    catalogue: Catalogue,
    load: Loads,
) -> Routine:
    asked = one_question.asked(week, index)
    moves = [
        replace(_exercise(p, others[n] if others else (), catalogue, load), asked=p is asked)
        for n, p in enumerate(session.exercises)
    ]
    # In tens: what the minutes leave, and never longer than the plan reckons with.
    left = session.minutes * 60 - sum(move.seconds for move in moves)
    warm_up_s = max(0, min(int(catalogue.constants.warm_up_s), left // 10 * 10))
    return Routine(
        key=str(index),
        name=words.session_name(session.name, load.tongue),
        when=words.a_day(week.week_of + timedelta(days=session.day), load.tongue),
        minutes=session.minutes,
        moves=(_warm_up(week, warm_up_s, catalogue, load.tongue), *moves) if warm_up_s else tuple(moves),
        session=index,
    )


def _warm_up(week: Week, seconds: int, catalogue: Catalogue, tongue: Tongue) -> Move:
    drills = [_drill(item, catalogue, tongue) for item in (week.stretch.before if week.stretch else ())]
    return Move(
        slug="",
        name=tongue.gettext("Warm up"),
        steps=(Step("warm-up", seconds),),
        dose=words.seconds(seconds, tongue),
        cue=tongue.gettext("Warm, not tired."),
        how=" ".join(
            (
                tongue.gettext("March, jog on the spot or climb a stair until you breathe a little deeper."),
                *((tongue.gettext("Then move: %(drills)s.", drills=tongue.listed(drills)),) if drills else ()),
                tongue.gettext("End with a few easy repetitions of the first exercise, without a load."),
            )
        ),
    )


def _drill(item: StretchItem, catalogue: Catalogue, tongue: Tongue) -> str:
    known = catalogue.stretch_by_slug.get(item.stretch)
    name = item.stretch.replace("-", " ") if known is None else tongue.within(known.name)
    if item.sides == 2:
        return tongue.gettext("%(drill)s, %(times)s a side", drill=name, times=item.reps)
    return tongue.gettext("%(drill)s, %(times)s times", drill=name, times=item.reps)


def _exercise(p: Prescription, others: tuple[Prescription, ...], catalogue: Catalogue, load: Loads) -> Move:
    exercise, tongue = catalogue.by_slug.get(p.exercise), load.tongue
    tempo: tuple[int, ...] = (
        tuple(int(x) for x in p.tempo.split("-") if x.isdecimal()) if p.mode is DoseMode.REPS else ()
    )
    each_s = exercise.seconds if exercise is not None else sum(tempo) or REP_S
    timed = p.mode in {DoseMode.HOLD, DoseMode.CARRY}
    set_s = p.dose.amount if timed else round(p.dose.amount * each_s)
    sides = ("left", "right") if p.per_side else ("",)
    return Move(
        slug=p.exercise,
        name=exercise_name(p.exercise, catalogue),
        steps=tuple(_sets(p, sides, set_s, timed, int(catalogue.constants.set_up_s))),
        dose=words.amount(p.mode, p.dose.sets, p.dose.amount, tongue),
        per=words.beside(p.mode, per_side=p.per_side, tongue=tongue),
        load=load(p.dose),
        effort=_effort(p, load),
        tempo_words=words.tempo(p.tempo, tongue),
        tempo=tempo if len(tempo) == 3 and any(tempo) else (),
        amount=p.dose.amount,
        up_to=p.up_to or p.dose.amount,
        unit=_unit(p.mode),
        feel=_feel(p, p.dose.amount, p.up_to, tongue),
        goes_on=" ".join(f"{x.asks} {x.says}" for x in words.by_feel(p, load, load.tongue) if x.dose is None),
        left=()
        if p.mode is DoseMode.CONTACTS
        else tuple(one_question.label(p.mode, n, tongue) for n in range(one_question.MOST_LEFT + 1)),
        sets=p.dose.sets,
        set_word=tongue.gettext("Set"),
        round=_set_in_words(p, timed, tongue),
        cue=exercise.cue if exercise else "",
        running=exercise.carry_over if exercise else "",
        how=exercise.how if exercise else "",
        stop_if=words.running_on(exercise.stop_if, tongue) if exercise else "",
        rules=tuple(_rules(p, load)),
        instead=tuple(_exercise(other, (), catalogue, load) for other in others),
    )


def _unit(mode: DoseMode) -> str:
    return {DoseMode.REPS: "reps", DoseMode.CONTACTS: "landings"}.get(mode, "seconds")


def _sets(p: Prescription, sides: tuple[str, ...], set_s: int, timed: bool, set_up_s: int) -> Iterator[Step]:
    yield Step("ready", set_up_s)
    for n in range(1, p.dose.sets + 1):
        for side in sides:
            if timed and side == "right":
                yield Step("switch", SWITCH_S, n, side)
            yield Step("hold" if timed else "reps", set_s, n, side)
        yield Step("rest", p.rest_s, n)


def _set_in_words(p: Prescription, timed: bool, tongue: Tongue) -> str:
    amount = words.seconds(p.dose.amount, tongue) if timed else str(p.dose.amount)
    if p.per_side:
        work = tongue.gettext("%(amount)s on the left, %(amount)s on the right", amount=amount)
    else:
        work = amount if timed else counted(_unit(p.mode), p.dose.amount, tongue)
    said = tongue.gettext("%(sets)s: %(work)s, then %(rest)s of rest.")
    sets = tongue.counted("%(count)s set", "%(count)s sets", p.dose.sets)
    return _capital(said % {"sets": sets, "work": work, "rest": words.seconds(p.rest_s, tongue)})


def counted(unit: str, amount: int | str, tongue: Tongue) -> str:
    """Like "10 reps". unit: of a move."""
    return tongue.gettext(COUNTED[unit], amount=amount)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rules(p: Prescription, load: Loads) -> Iterator[Rule]:
    """The mail's own sentences, each with the dose it leads to."""
    for felt in words.by_feel(p, load, load.tongue):
        if felt.dose is not None:
            yield Rule(
                felt.asks,
                felt.says,
                felt.dose.sets,
                felt.dose.amount,
                load(felt.dose),
                # An amount is told as the number that was done; a load has no other name on the answer page.
                key=next(
                    (k for k, d in switching.doses(p).items() if d == felt.dose and d.load_kg != p.dose.load_kg), ""
                ),
                feel=_feel(p, felt.dose.amount, None, load.tongue),
                kg=felt.dose.load_kg,
            )


def _feel(p: Prescription, amount: int, up_to: int | None, tongue: Tongue) -> str:
    """How a set goes on and where it ends, for somebody who is in the middle of it."""
    if p.mode is not DoseMode.REPS or p.stop_rir is None:
        ends = f"{words.effort(p.mode, p.target_rir, tongue)}."
        if up_to is None:
            return ends
        may = tongue.gettext("You may go on to %(most)s s while steady.", most=up_to)
        return f"{may} {ends}"
    if up_to is None:
        says = tongue.gettext("Stop when only %(left)s is left, even before %(amount)s.")
        return says % {"left": p.stop_rir, "amount": amount}
    says = tongue.gettext("You may go on to %(most)s while more than %(target)s are left. Stop when %(left)s is.")
    return says % {"most": up_to, "target": p.target_rir, "left": p.stop_rir}


def _effort(p: Prescription, load: Loads) -> str:
    """Where a set ends, in whole sentences: the aim, and how far it may go on."""
    further = (f"{x.asks} {x.says}" for x in words.by_feel(p, load, load.tongue) if x.dose is None)
    return " ".join((f"{words.effort(p.mode, p.target_rir, load.tongue)}.", *further))


def _around_runs(
    week: Week, others: tuple[tuple[StretchItem, ...], ...], catalogue: Catalogue, tongue: Tongue
) -> Iterator[Routine]:
    plan = week.stretch
    if plan is None:
        return
    if plan.items:
        moves = tuple(
            _stretch(item, others[n] if others else (), catalogue, tongue) for n, item in enumerate(plan.items)
        )
        days = tongue.listed([tongue.weekday(day) for day in plan.days])
        yield Routine(
            STRETCH,
            tongue.gettext("Stretching"),
            tongue.gettext("After your runs: %(days)s", days=days) if days else tongue.gettext("After your runs"),
            -(-plan.seconds // 60),
            moves,
        )
    if plan.before:
        moves = tuple(_stretch(item, (), catalogue, tongue) for item in plan.before)
        seconds = sum(move.seconds for move in moves)
        name, when = tongue.gettext("Loosening"), tongue.gettext("Before your runs")
        yield Routine(BEFORE, name, when, -(-seconds // 60), moves)


def _stretch(item: StretchItem, others: tuple[StretchItem, ...], catalogue: Catalogue, tongue: Tongue) -> Move:
    stretch = catalogue.stretch_by_slug.get(item.stretch)
    change_s = int(catalogue.constants.stretch_change_s)
    sides = ("left", "right") if item.sides == 2 else ("",)
    kind: Kind = "hold" if item.hold_s else "reps"
    set_s = item.hold_s or round(item.reps * DRILL_S)
    each = words.seconds(item.hold_s, tongue) if item.hold_s else counted("times", item.reps, tongue)
    said = each
    if item.sides == 2:
        said = tongue.gettext("%(amount)s on the left, %(amount)s on the right", amount=each)
    if item.rounds > 1:
        rounds = tongue.counted("%(count)s round", "%(count)s rounds", item.rounds)
        said = tongue.gettext("%(rounds)s: %(work)s", rounds=rounds, work=said)
    steps = [
        step
        for n in range(1, item.rounds + 1)
        for side in sides
        for step in (
            Step("switch" if n > 1 or side == "right" else "ready", change_s, n, side),
            Step(kind, set_s, n, side),
        )
    ]
    return Move(
        slug=item.stretch,
        name=item.stretch.replace("-", " ").capitalize() if stretch is None else stretch.name,
        steps=tuple(steps),
        dose=f"{each} × {item.rounds}" if item.rounds > 1 else each,
        per=tongue.gettext("each side") if item.sides == 2 else "",
        amount=item.hold_s or item.reps,
        unit="seconds" if item.hold_s else "times",
        sets=item.rounds,
        set_word=tongue.gettext("Round"),
        round=_capital(f"{said}."),
        cue=stretch.cue if stretch else "",
        how=stretch.how if stretch else "",
        stop_if=words.running_on(stretch.stop_if, tongue) if stretch else "",
        instead=tuple(_stretch(other, (), catalogue, tongue) for other in others),
    )
