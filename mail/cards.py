"""The sessions and stretches of a letter: cards with every word and number ready."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.profile import Gear
from mail import one_question, words

if TYPE_CHECKING:
    from coach.week import Prescription, Reason, Routine, Session, StretchItem, Week
    from mail.one_question import QuestionCard
    from mail.pictures import Draw, Picture
    from mail.voice import Voice

_PAIRED_LOADS = frozenset({Gear.DUMBBELLS, Gear.KETTLEBELLS})

KNOWN_WEEKS = 2
"""Completed weeks after which a movement is known and the mail no longer tells how to do it: shorter mails get read, and the picture, the
cue and the way to follow along stay."""

_GROUNDS = frozenset({"because", "region"})
"""Values of a "why" that are told in a sentence of their own: what makes it right for this runner, and the place it is gentle to."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed and why, in one sentence. head, rest: the same in two, "Split squat 10 → 12 kg:" and its reason."""

    whole: str
    head: str
    rest: str


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """One exercise. amount, weight: the dose set large, "3 × 10" and "12 kg"; per, gear: what stands beside each.

    weight: empty where there is no number, then gear tells all: "bodyweight". effort: where to stop, and the rest; tempo: in words, empty for holds.
    by_feel: how far a set may go on, and what to take when one was far too light, or too heavy: "You may go on to 14 · up: 14 kg · down: 10 kg", or empty. tempo, how, running, why, stop_if: empty when an
    earlier session of the mail tells them, how too when the runner knows the movement by now; then `as_on` names its day, and there is no picture. change: None when there is
    none, or the mail tells it above.
    """

    number: int
    name: str
    amount: str
    per: str
    weight: str
    gear: str
    effort: str
    tempo: str
    by_feel: str
    cue: str
    how: str
    running: str
    why: str
    stop_if: str
    as_on: str
    change: Change | None
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class SessionCard:
    """day: "Tuesday 24 November"; weekday: "Tuesday"; mark: "A", as in the picture of the week.

    rules: what to do by feel, a question and what follows from it; rules_as_on: the day whose session has told them, in place of them. totals: this session says how loads are meant. The URLs open the answer page with that answer chosen, and
    follow_url the session to follow along, or it is empty. question: the week's one question, in the session it is about.
    brief: how its exercises are done is left to the routine to follow.
    """

    day: str
    weekday: str
    mark: str
    name: str
    minutes: int
    light: bool
    placed: str
    rules: tuple[tuple[str, str], ...]
    rules_as_on: str
    totals: bool
    exercises: tuple[ExerciseCard, ...]
    easy_url: str
    right_url: str
    hard_url: str
    skipped_url: str
    follow_url: str
    question: QuestionCard | None
    brief: bool = False


@dataclass(frozen=True, slots=True)
class StretchLine:
    """dose: "30 s × 2", or "10 times"; per: "each side" or empty. why: empty when a line above tells the same."""

    name: str
    dose: str
    per: str
    cue: str
    why: str


@dataclass(frozen=True, slots=True)
class StretchCard:
    """The routine after runs. days: "Tuesday, Thursday and Sunday", or empty; change: what is new in it, or empty."""

    minutes: int
    days: str
    lines: tuple[StretchLine, ...]
    change: str
    follow_url: str


def sessions(
    week: Week, voice: Voice, answer_url: str, follow_url: str, told: frozenset[Reason], draw: Draw
) -> tuple[SessionCard, ...]:
    """The week's sessions. told: changes the mail tells of elsewhere."""
    # The weekday on which each exercise was explained; filled on the way.
    first_day: dict[str, str] = {}
    # The weekday on which rules were told.
    ruled: dict[tuple[tuple[str, str], ...], str] = {}
    said: set[tuple[str, float | int | str]] = set()

    def once(reason: Reason) -> str:
        return voice.say(_news(reason, said))

    telling = replace(voice, say=once)
    return tuple(
        _session(week, index, telling, answer_url, follow_url, told, first_day, ruled, draw)
        for index in range(len(week.sessions))
    )


def _session(
    week: Week,
    index: int,
    voice: Voice,
    answer_url: str,
    follow_url: str,
    told: frozenset[Reason],
    first_day: dict[str, str],
    ruled: dict[tuple[tuple[str, str], ...], str],
    draw: Draw,
) -> SessionCard:
    session, tongue = week.sessions[index], voice.tongue
    weekday = tongue.weekday(session.day)
    ways = tuple(words.ways(item, voice.load, tongue) for item in session.exercises)
    exercises = tuple(
        _exercise(number, item, out, voice, told, first_day.get(item.exercise, ""), draw)
        for number, (item, out) in enumerate(zip(session.exercises, ways, strict=True), start=1)
    )
    for item in session.exercises:
        first_day.setdefault(item.exercise, weekday)
    rules = words.rules(ways, tongue)
    rules_as_on = ruled.get(rules, "")
    if rules:
        ruled.setdefault(rules, weekday)
    choice = f"{answer_url}?s={index}&c="
    return SessionCard(
        day=words.a_day(week.week_of.fromordinal(week.week_of.toordinal() + session.day), tongue),
        weekday=weekday,
        mark=mark(session, index),
        name=words.session_name(session.name, tongue),
        minutes=session.minutes,
        light=session.light,
        placed=voice.say(session.placed),
        rules=() if rules_as_on else rules,
        rules_as_on=rules_as_on,
        totals=index == _first_with_pairs(week),
        exercises=exercises,
        easy_url=f"{choice}e",
        right_url=f"{choice}r",
        hard_url=f"{choice}h",
        skipped_url=f"{choice}n",
        follow_url=follow_url and f"{follow_url}/{index}",
        question=one_question.card(week, index, voice.catalogue, answer_url, tongue),
    )


def _first_with_pairs(week: Week) -> int | None:
    """The session in which a load may be one thing or two for the first time."""
    return next(
        (n for n, s in enumerate(week.sessions) if any(p.dose.gear in _PAIRED_LOADS for p in s.exercises)), None
    )


def _news(reason: Reason, said: set[tuple[str, float | int | str]]) -> Reason:
    """A reason without those of its grounds that this mail has told before: "For you above all, as …" is read once."""
    if reason.code != "why":
        return reason
    values = tuple(
        (name, "") if name in _GROUNDS and (name, value) in said else (name, value) for name, value in reason.values
    )
    said.update(pair for pair in values if pair[0] in _GROUNDS)
    return reason if values == reason.values else replace(reason, values=values)


def mark(session: Session, index: int) -> str:
    """A letter for a session: that of its name, "Light A", or of its place in the week."""
    last = session.name.rpartition(" ")[2]
    return last if len(last) == 1 else "ABCDEFG"[index]


def _exercise(
    number: int,
    item: Prescription,
    out: words.Ways,
    voice: Voice,
    told: frozenset[Reason],
    as_on: str,
    draw: Draw,
) -> ExerciseCard:
    exercise, tongue, dose = voice.catalogue.by_slug[item.exercise], voice.tongue, item.dose
    known = int(dict(item.why.values).get("weeks", 0)) >= KNOWN_WEEKS
    weight, gear = voice.load.parts(dose)
    return ExerciseCard(
        number=number,
        name=exercise.name,
        amount=words.amount(item.mode, dose.sets, dose.amount, tongue),
        per=words.beside(item.mode, per_side=item.per_side, tongue=tongue),
        weight=weight,
        gear=gear,
        effort=f"{words.effort(item.mode, item.target_rir, tongue)} · {words.rest(item.rest_s, tongue)}",
        tempo="" if as_on else words.tempo(item.tempo, tongue),
        by_feel=words.steps(out, tongue),
        cue=exercise.cue,
        how="" if as_on or known else exercise.how,
        running="" if as_on else exercise.carry_over,
        why="" if as_on else voice.say(item.why),
        stop_if="" if as_on else words.running_on(exercise.stop_if, tongue),
        as_on=as_on,
        picture=None if as_on else draw(item.exercise),
        change=None
        if item.change is None or item.change in told
        else _below(exercise.name, a_change(voice.say(item.change))),
    )


def _below(name: str, news: Change) -> Change:
    """A change as it is told below the exercise's name: without that name."""
    if not news.head.startswith(f"{name} "):
        return news
    head = news.head.removeprefix(f"{name} ")
    return replace(news, head=f"{head[0].upper()}{head[1:]}")


def stretch(routine: Routine, voice: Voice, follow_url: str, told: frozenset[Reason]) -> StretchCard | None:
    """The routine after runs; None when there is nothing in it."""
    if not routine.items:
        return None
    said: set[Reason] = set()
    lines = []
    for item in routine.items:
        lines.append(line(item, voice, "" if item.why in said else voice.say(item.why)))
        said.add(item.why)
    return StretchCard(
        minutes=minutes(routine.seconds),
        days=voice.tongue.listed([voice.tongue.weekday(day) for day in routine.days]),
        lines=tuple(lines),
        change="" if routine.change is None or routine.change in told else voice.say(routine.change),
        follow_url=follow_url and f"{follow_url}/stretch",
    )


def line(item: StretchItem, voice: Voice, why: str) -> StretchLine:
    found, tongue = voice.catalogue.stretch_by_slug[item.stretch], voice.tongue
    if item.hold_s:
        each = words.seconds(item.hold_s, tongue)
    else:
        each = tongue.ngettext("%(times)s time", "%(times)s times", item.reps, times=item.reps)
    return StretchLine(
        name=found.name,
        dose=f"{each} × {item.rounds}" if item.rounds > 1 else each,
        per=tongue.gettext("each side") if item.sides == 2 else "",
        cue=found.cue,
        why=why,
    )


def a_change(sentence: str) -> Change:
    """A reason's sentence in its two parts."""
    head, colon, rest = sentence.partition(": ")
    if not colon:
        return Change(sentence, "", sentence)
    return Change(sentence, head, f"{rest[0].upper()}{rest[1:]}")


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up: a routine that says 15 minutes fits into 15."""
    return -(-seconds // 60)
