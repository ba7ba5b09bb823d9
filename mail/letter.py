"""A week as a letter: a view model with every word and number ready, so that templates hold only order and headings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from coach.catalogue import Catalogue
from coach.profile import Gear, Region
from coach.week import (
    Dose,
    Notice,
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
from mail import words

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
REGIONS = {Region.LATERAL_HIP: "outer hip", Region.BACK: "lower back", Region.HAMSTRING: "hamstrings"}
"""Regions whose name in a sentence is not their key."""

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
    """kind: "stop", "clinician", "clearance" or "adults-only". said: the runner's own case in a sentence."""

    kind: str
    title: str
    said: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed and why, in one sentence. head, rest: the same in two, "Split squat 10 → 12 kg:" and its reason."""

    whole: str
    head: str
    rest: str


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """One exercise. amount: the dose set large, "3 × 10"; per: what stands beside it; load: "12 kg dumbbells".

    details: where to stop, tempo and rest. how, running, why, stop_if: empty when an earlier session of the mail tells them;
    then `as_on` names its day. rule, change: empty when there is none, or when the mail tells the change elsewhere.
    """

    number: int
    name: str
    amount: str
    per: str
    load: str
    details: str
    rule: str
    cue: str
    how: str
    running: str
    why: str
    stop_if: str
    as_on: str
    change: str


@dataclass(frozen=True, slots=True)
class SessionCard:
    """day: "Tuesday 24 November"; weekday, date: "Tue", 24. The URLs open the answer page with that answer chosen."""

    day: str
    weekday: str
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


@dataclass(frozen=True, slots=True)
class StretchLine:
    """dose: "30 s × 2, each side" or "10, each side"."""

    name: str
    target: str
    dose: str
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

    headline: what the subject says; title: the first heading; kicker: week and phase; rest: told in place of sessions.
    paired_loads: a load in this week may be one thing or two, so the mail explains how to read it.
    """

    headline: str
    preheader: str
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


@dataclass(frozen=True, slots=True)
class SafetyLetter:
    """The reply after strong pain or a red flag. stop: no training at all. spare: "knee and calf", parts to leave alone."""

    headline: str
    preheader: str
    title: str
    name: str
    stop: bool
    spare: str
    notices: tuple[NoticeCard, ...]
    changes: tuple[Change, ...]
    answer_url: str
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
    kinds = frozenset(notice.kind for notice in week.notices)
    refused = bool(kinds & {NoticeKind.STOP, NoticeKind.ADULTS_ONLY})
    stretch = week.stretch
    return WeeklyLetter(
        headline=_headline(week, refused=refused),
        preheader=_preheader(week, refused=refused),
        title=_title(week, kinds),
        kicker="" if refused else f"Week {week.number} · {PHASES[week.phase]}",
        name=words.a_name(recipient.name),
        focus="" if refused else say(week.focus),
        rest="" if sessions or refused else _rest(week),
        notices=tuple(_notice(notice, say) for notice in week.notices),
        changes=tuple(_change(say(change)) for change in week.changes),
        sessions=sessions,
        stretch=None if stretch is None or not stretch.items else _stretch(stretch, catalogue, told, say),
        before=() if stretch is None else tuple(_line(item, catalogue, say) for item in stretch.before),
        qualities=tuple(_bar(quality, percent) for quality, percent in week.qualities) if sessions else (),
        paired_loads=any(p.dose.gear in _PAIRED_LOADS for s in week.sessions for p in s.exercises),
        answer_url=urls.answer,
        hurts_url=f"{urls.answer}#hurts",
        unsubscribe_url=urls.unsubscribe,
        postal_address=words.one_line(postal_address),
    )


def safety(recipient: Recipient, week: Week, *, urls: Urls, postal_address: str, say: Say) -> SafetyLetter:
    """The reply sent at once after strong pain or a red flag.

    week: the week as planned with that answer; its notices, changes and paused regions are what the mail tells.
    """
    stop = any(notice.kind is NoticeKind.STOP for notice in week.notices)
    return SafetyLetter(
        headline="About your last answer",
        preheader="Please read this before your next session.",
        title="Please stop for now" if stop else "Thank you for telling us",
        name=words.a_name(recipient.name),
        stop=stop,
        spare="" if stop else words.a_list([REGIONS.get(r, r.value) for r in week.paused_regions]),
        notices=tuple(_notice(notice, say) for notice in week.notices),
        changes=() if stop else tuple(_change(say(change)) for change in week.changes),
        answer_url=urls.answer,
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


def _title(week: Week, kinds: frozenset[NoticeKind]) -> str:
    if NoticeKind.STOP in kinds:
        return "Please stop for now"
    if NoticeKind.ADULTS_ONLY in kinds:
        return "Stridewell is for adults"
    return f"Your week, {words.a_span(week.week_of)}"


def _rest(week: Week) -> str:
    if week.phase is Phase.RACE:
        return "No strength sessions this week: the work is done, and your legs have a race to run."
    if week.stretch and week.stretch.items:
        return "No strength sessions this week, only the stretching below."
    return "No strength sessions this week."


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
        weekday=weekday[:3],
        date=day.day,
        name=session.name,
        minutes=session.minutes,
        light=session.light,
        placed=say(session.placed),
        exercises=exercises,
        easy_url=f"{choice}e",
        right_url=f"{choice}r",
        hard_url=f"{choice}h",
        skipped_url=f"{choice}n",
    )


def _exercise(
    number: int, item: Prescription, catalogue: Catalogue, told: frozenset[Reason], as_on: str, say: Say, load: Load
) -> ExerciseCard:
    exercise = catalogue.by_slug[item.exercise]
    dose = item.dose
    parts = (words.effort(item.mode, item.target_rir), words.tempo(item.tempo), f"rest {words.seconds(item.rest_s)}")
    return ExerciseCard(
        number=number,
        name=exercise.name,
        amount=words.amount(item.mode, dose.sets, dose.amount),
        per=words.unit(item.mode, per_side=item.per_side),
        load=load(dose),
        details=" · ".join([part for part in parts if part]),
        rule=words.in_session_rule(item, load),
        cue=exercise.cue,
        how="" if as_on else exercise.how,
        running="" if as_on else exercise.carry_over,
        why="" if as_on else say(item.why),
        stop_if="" if as_on else exercise.stop_if,
        as_on=as_on,
        change="" if item.change is None or item.change in told else say(item.change),
    )


def _stretch(routine: Routine, catalogue: Catalogue, told: frozenset[Reason], say: Say) -> StretchCard:
    return StretchCard(
        minutes=_minutes(routine.seconds),
        days=words.a_list([words.WEEKDAYS[day] for day in routine.days]),
        lines=tuple(_line(item, catalogue, say) for item in routine.items),
        change="" if routine.change is None or routine.change in told else say(routine.change),
    )


def _line(item: StretchItem, catalogue: Catalogue, say: Say) -> StretchLine:
    stretch = catalogue.stretch_by_slug[item.stretch]
    each = words.seconds(item.hold_s) if item.hold_s else f"{item.reps}"
    rounds = f" × {item.rounds}" if item.rounds > 1 else ""
    return StretchLine(
        name=stretch.name,
        target=item.target,
        dose=f"{each}{rounds}{', each side' if item.sides == 2 else ''}",
        cue=stretch.cue,
        why=say(item.why),
    )


def _change(sentence: str) -> Change:
    head, colon, rest = sentence.partition(": ")
    return Change(sentence, head + colon.strip(), rest) if colon else Change(sentence, "", sentence)


def _bar(quality: Quality, percent: int) -> QualityBar:
    shown = max(0, min(100, percent))
    return QualityBar(name=QUALITIES[quality], percent=shown, rest=100 - shown)


def _notice(notice: Notice, say: Say) -> NoticeCard:
    title, paragraphs = _NOTICES[notice.kind]
    return NoticeCard(kind=notice.kind.value, title=title, said=say(notice.reason), paragraphs=paragraphs)


_NOTICES = {
    NoticeKind.STOP: (
        "No training until a clinician has seen you",
        (
            "Please do not train or run for now. What you told us can be a sign of something that needs a doctor, not a "
            "programme.",
            "Chest pain, fainting, severe breathlessness or new weakness: call your emergency number now (112, 999 or 911), "
            "even if it has passed.",
            "Anything else: see a doctor or an urgent-care clinic today. Until then do not stretch, massage or test the "
            "spot, and put no weight on a leg that will not take it.",
            "Your programme is stopped. When a clinician has told you that you may train again, reply to this mail and a "
            "person will start it again with you.",
        ),
    ),
    NoticeKind.CLINICIAN: (
        "Please have this looked at",
        (
            "Pain this strong, or for this long, deserves a physiotherapist's or a doctor's eye. Book a visit this week, "
            "and take this mail along.",
            "The rest of your week is changed around it. If anything on the list makes it worse, leave it out: nothing here "
            "is worth pushing through.",
        ),
    ),
    NoticeKind.CLEARANCE: (
        "Ask your clinician first",
        (
            "Because of what you told us about your health, please ask your doctor or physiotherapist whether strength "
            "training is right for you now.",
            "Until you tell us that they agree, the programme stays gentle and nothing in it goes up.",
        ),
    ),
    NoticeKind.ADULTS_ONLY: (
        "We do not plan for runners under 18",
        (
            "A growing body needs a coach or a physiotherapist who can see it move. Your club or your school is a good "
            "place to ask.",
            "We will not send you a programme. If the year of birth is wrong, reply to this mail and we will put it right.",
        ),
    ),
}
"""Title and paragraphs of each notice: the same words for every runner, so that a clinician can sign them."""
