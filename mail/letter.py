"""A week as a letter: a view model with every word and number ready, so that templates hold only order and headings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from coach.catalogue import Catalogue
from coach.profile import Gear
from coach.week import (
    Dose,
    NoticeKind,
    Phase,
    Prescription,
    Quality,
    Reason,
    Routine,
    Session,
    StretchItem,
    Week,
)
from mail import one_question, words
from mail.notices import asks_where, words_of
from mail.one_question import QuestionCard

Say = Callable[[Reason], str]
"""A reason as one sentence, in the runner's units."""
Load = Callable[[Dose], str]
"""What makes a dose heavy, in the runner's units: "12 kg dumbbells", "bodyweight", "medium band"."""

PHASES = {
    Phase.ANATOMICAL: "Foundation",
    Phase.BASE: "Base",
    Phase.BUILD: "Build",
    Phase.PEAK: "Peak",
    Phase.TAPER: "Taper",
    Phase.RACE: "Race week",
    Phase.DELOAD: "Lighter week",
    Phase.RETURN: "Return",
}
QUALITIES = {
    Quality.SINGLE_LEG: "Single-leg control",
    Quality.JOINT_CONTROL: "Joint control",
    Quality.LOAD_TOLERANCE: "Load tolerance",
    Quality.CARRY_OVER: "Carry-over to running",
}
KNOWN_WEEKS = 3
"""Completed weeks after which a movement is known and the mail no longer tells how to do it: shorter mails get read."""

_PAIRED_LOADS = frozenset({Gear.DUMBBELLS, Gear.KETTLEBELLS})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the mail goes to. name: as the runner wrote it; it is made safe here."""

    name: str
    address: str
    units: Literal["kg", "lb"]
    time_zone: str


@dataclass(frozen=True, slots=True)
class Urls:
    """Signed links, ready to use. answer: the page that takes this week's answers; unsubscribe: the page with the button."""

    answer: str
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One notice. said: the runner's own case, a sentence a cause. ask_url: the page that takes the answer it asks for, or empty."""

    title: str
    said: tuple[str, ...]
    paragraphs: tuple[str, ...]
    ask_url: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changed and why, in one sentence. head, rest: the same in two, "Split squat 10 → 12 kg:" and its reason."""

    whole: str
    head: str
    rest: str


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """One exercise. amount: the dose set large, "3 × 10"; per: what stands beside it; load: "12 kg dumbbells".

    effort: where to stop, and the rest; tempo: in words, empty for holds. how, running, why, stop_if: empty when an earlier session of the mail tells them, how too when the runner knows the movement by now;
    then `as_on` names its day. rule: what to do when a set was far too light, or too heavy. change: None when there is none, or the mail tells it above.
    """

    number: int
    name: str
    amount: str
    per: str
    load: str
    effort: str
    tempo: str
    rule: tuple[str, ...]
    cue: str
    how: str
    running: str
    why: str
    stop_if: str
    as_on: str
    change: Change | None


@dataclass(frozen=True, slots=True)
class SessionCard:
    """day: "Tuesday 24 November"; weekday: "Tuesday"; short: "Tue"; date: 24. The URLs open the answer page with that answer chosen.

    question: the week's one question, in the session it is about.
    """

    day: str
    weekday: str
    short: str
    date: int
    name: str
    minutes: int
    light: bool
    placed: str
    exercises: tuple[ExerciseCard, ...]
    easy_url: str
    right_url: str
    hard_url: str
    skipped_url: str
    question: QuestionCard | None


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


@dataclass(frozen=True, slots=True)
class QualityBar:
    """percent: share of the week's work; rest: 100 − percent."""

    name: str
    percent: int
    rest: int


@dataclass(frozen=True, slots=True)
class WeeklyLetter:
    """The weekly mail, ready for its templates. Empty text and empty tuples stand for what this week does not have.

    headline: what the subject says; over, title: the first heading, with a line above it; kicker: week and phase; rest: told in place of sessions.
    paired_loads: a load in this week may be one thing or two, so the mail explains how to read it.
    """

    headline: str
    preheader: str
    over: str
    title: str
    kicker: str
    name: str
    focus: str
    rest: str
    notices: tuple[NoticeCard, ...]
    changes: tuple[Change, ...]
    sessions: tuple[SessionCard, ...]
    stretch: StretchCard | None
    before: tuple[StretchLine, ...]
    qualities: tuple[QualityBar, ...]
    paired_loads: bool
    answer_url: str
    hurts_url: str
    unsubscribe_url: str
    postal_address: str


def weekly(
    recipient: Recipient,
    week: Week,
    catalogue: Catalogue,
    *,
    urls: Urls,
    postal_address: str,
    say: Say,
    load: Load,
) -> WeeklyLetter:
    """The weekly mail of one runner.

    say, load: reasons and loads in the runner's units. Every exercise and stretch of the week must be in the catalogue.
    Headline and preheader tell days and minutes only: mail programs show them to whoever looks on.
    """
    told = frozenset(week.changes)
    sessions = _sessions(week, catalogue, urls.answer, told, say, load)
    refused = bool(week.notices) and not week.sessions and not week.stretch
    stretch = week.stretch
    return WeeklyLetter(
        headline=_headline(week, refused=refused),
        preheader=_preheader(week, refused=refused),
        over="" if refused else "Your week",
        title=_title(week, refused=refused),
        kicker="" if refused else f"Week {week.number} · {PHASES[week.phase]}",
        name=words.a_name(recipient.name),
        focus="" if refused else say(week.focus),
        rest="" if sessions else _rest(week, refused=refused),
        notices=notice_cards(week, urls.answer, say),
        changes=tuple(a_change(say(change)) for change in week.changes),
        sessions=sessions,
        stretch=None if stretch is None or not stretch.items else _stretch(stretch, catalogue, told, say),
        before=() if stretch is None else tuple(_line(item, catalogue, "") for item in stretch.before),
        qualities=tuple(_bar(quality, percent) for quality, percent in week.qualities) if sessions else (),
        paired_loads=any(p.dose.gear in _PAIRED_LOADS for s in week.sessions for p in s.exercises),
        answer_url=urls.answer,
        hurts_url=f"{urls.answer}#hurts",
        unsubscribe_url=urls.unsubscribe,
        postal_address=words.one_line(postal_address),
    )


def _headline(week: Week, *, refused: bool) -> str:
    if refused:
        return "Please read this before you train"
    if week.sessions:
        days = list(dict.fromkeys(words.WEEKDAYS[s.day] for s in week.sessions))
        return f"Week {week.number}: strength on {words.a_list(days)}"
    if week.phase is Phase.RACE:
        return f"Week {week.number}: it is race week"
    return f"Week {week.number}: {'stretching only' if week.stretch else 'no sessions'}"


def _preheader(week: Week, *, refused: bool) -> str:
    if refused:
        return "There is no programme this week. The mail says why, and what to do."
    parts = []
    if week.sessions:
        minutes = words.a_list([str(s.minutes) for s in week.sessions])
        parts.append(f"{words.a_count(len(week.sessions), 'session', 'sessions')} of {minutes} minutes")
    if week.stretch and week.stretch.items:
        parts.append(f"{_minutes(week.stretch.seconds)} minutes of stretching after runs")
    text = words.a_list(parts) or "Nothing to lift this week"
    return f"{text[0].upper()}{text[1:]}."


def _title(week: Week, *, refused: bool) -> str:
    if not refused:
        return words.a_span(week.week_of)
    return "Please stop for now" if week.notices[0].kind is NoticeKind.STOP else "No programme this week"


def _rest(week: Week, *, refused: bool) -> str:
    if refused:
        return "There is no programme for you this week. Here is why, and what to do."
    if week.phase is Phase.RACE:
        return "There is no strength session this week: the work is done, and your legs have a race to run."
    if week.stretch and week.stretch.items:
        return "There is no strength session this week, only the stretching below."
    return "There is no strength session this week."


def _minutes(seconds: int) -> int:
    """Whole minutes, rounded up: a routine that says 15 minutes fits into 15."""
    return -(-seconds // 60)


def _sessions(
    week: Week, catalogue: Catalogue, answer_url: str, told: frozenset[Reason], say: Say, load: Load
) -> tuple[SessionCard, ...]:
    first_day: dict[str, str] = {}
    return tuple(
        _session(week, index, session, catalogue, answer_url, told, first_day, say, load)
        for index, session in enumerate(week.sessions)
    )


def _session(
    week: Week,
    index: int,
    session: Session,
    catalogue: Catalogue,
    answer_url: str,
    told: frozenset[Reason],
    first_day: dict[str, str],
    say: Say,
    load: Load,
) -> SessionCard:
    """first_day: the weekday on which each exercise was explained; filled on the way."""
    day = week.week_of.fromordinal(week.week_of.toordinal() + session.day)
    weekday = words.WEEKDAYS[session.day]
    exercises = tuple(
        _exercise(number, item, catalogue, told, first_day.get(item.exercise, ""), say, load)
        for number, item in enumerate(session.exercises, start=1)
    )
    for item in session.exercises:
        first_day.setdefault(item.exercise, weekday)
    choice = f"{answer_url}?s={index}&c="
    return SessionCard(
        day=words.a_day(day),
        weekday=weekday,
        short=weekday[:3],
        date=day.day,
        name=words.session_name(session.name),
        minutes=session.minutes,
        light=session.light,
        placed=say(session.placed),
        exercises=exercises,
        easy_url=f"{choice}e",
        right_url=f"{choice}r",
        hard_url=f"{choice}h",
        skipped_url=f"{choice}n",
        question=one_question.card(week, index, catalogue, answer_url),
    )


def _exercise(
    number: int, item: Prescription, catalogue: Catalogue, told: frozenset[Reason], as_on: str, say: Say, load: Load
) -> ExerciseCard:
    exercise = catalogue.by_slug[item.exercise]
    dose = item.dose
    known = int(dict(item.why.values).get("weeks", 0)) >= KNOWN_WEEKS
    return ExerciseCard(
        number=number,
        name=exercise.name,
        amount=words.amount(item.mode, dose.sets, dose.amount),
        per=words.beside(item.mode, per_side=item.per_side),
        load=load(dose),
        effort=f"{words.effort(item.mode, item.target_rir)} · rest {words.seconds(item.rest_s)}",
        tempo=words.tempo(item.tempo),
        rule=tuple(f"{x.asks} {x.says}" for x in words.by_feel(item, load)),
        cue=exercise.cue,
        how="" if as_on or known else exercise.how,
        running="" if as_on else exercise.carry_over,
        why="" if as_on else say(item.why),
        stop_if="" if as_on else words.running_on(exercise.stop_if),
        as_on=as_on,
        change=None if item.change is None or item.change in told else a_change(say(item.change)),
    )


def _stretch(routine: Routine, catalogue: Catalogue, told: frozenset[Reason], say: Say) -> StretchCard:
    said: set[Reason] = set()
    lines = []
    for item in routine.items:
        lines.append(_line(item, catalogue, "" if item.why in said else say(item.why)))
        said.add(item.why)
    return StretchCard(
        minutes=_minutes(routine.seconds),
        days=words.a_list([words.WEEKDAYS[day] for day in routine.days]),
        lines=tuple(lines),
        change="" if routine.change is None or routine.change in told else say(routine.change),
    )


def _line(item: StretchItem, catalogue: Catalogue, why: str) -> StretchLine:
    stretch = catalogue.stretch_by_slug[item.stretch]
    each = words.seconds(item.hold_s) if item.hold_s else f"{item.reps} times"
    return StretchLine(
        name=stretch.name,
        dose=f"{each} × {item.rounds}" if item.rounds > 1 else each,
        per="each side" if item.sides == 2 else "",
        cue=stretch.cue,
        why=why,
    )


def a_change(sentence: str) -> Change:
    """A reason's sentence in its two parts."""
    head, colon, rest = sentence.partition(": ")
    return Change(sentence, head + colon.strip(), rest) if colon else Change(sentence, "", sentence)


def _bar(quality: Quality, percent: int) -> QualityBar:
    shown = max(0, min(100, percent))
    return QualityBar(name=QUALITIES[quality], percent=shown, rest=100 - shown)


def notice_cards(week: Week, answer_url: str, say: Say) -> tuple[NoticeCard, ...]:
    """The week's notices in their order; those with the same words (two painful regions) become one."""
    planned = bool(week.sessions or week.stretch)
    cards: dict[str, NoticeCard] = {}
    for notice in week.notices:
        title, paragraphs = words_of(notice, planned=planned)
        before = cards[title].said if title in cards else ()
        ask_url = f"{answer_url}#hurts" if asks_where(notice) else ""
        cards[title] = NoticeCard(title, (*before, say(notice.reason)), paragraphs, ask_url)
    return tuple(cards.values())
