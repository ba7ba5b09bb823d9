"""What an answer does to the week to come, as it looks now: the coach is asked in memory, and nothing of it is stored."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import coach
from coach.answers import Answers, Effort, SessionReport, merge
from language.catalogue import exercise_name, spoken
from language.tongue import Tongue
from mail import words
from models import training
from web.words import EFFORTS

if TYPE_CHECKING:
    from sqlalchemy import orm

    from coach.week import Dose, Session, Week
    from models.training import Training
    from web.deps import Deps

MOST_CHANGES = 3
"""Changes told on the page; the mail has them all."""
MOST_ALIKE = 2
TOO_EARLY = frozenset({"skipped", "silence"})
"""What cannot be said yet of a week with sessions that nothing was told of."""
MOST_NAMED = 3

log = logging.getLogger("stridewell.web")


@dataclass(frozen=True, slots=True)
class Change:
    """What changes and why, in one sentence of two parts: head, up to its colon ("" without one), and the rest."""

    head: str
    rest: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next week, in words. week: its days. plan: how many sessions, and when. changes: the most important first.

    goes_on: what stays exactly as it is; "" for nothing. alike: what would come of it if the sessions not answered yet felt the
    same; if_alike: that condition in words. Both empty when nothing hangs on them.
    written: the days of a later week that is planned already and not answered yet; then the rest is empty, as nothing can be
    foreseen beyond it. rewritten: pain told of the week before changes it now.
    """

    week: str = ""
    plan: str = ""
    changes: tuple[Change, ...] = ()
    goes_on: str = ""
    if_alike: str = ""
    alike: tuple[Change, ...] = ()
    written: str = ""
    rewritten: bool = False


def outlook(session: orm.Session, deps: Deps, subscriber_id: int, week_of: date, tongue: Tongue) -> Outlook | None:
    """What the coach would plan next, now that a week has been answered; None when it cannot be foreseen.

    week_of: the Monday of the week answered. Reads only. It never raises: the answer is stored already, and a page that says
    so must come.
    """
    try:
        (runner,) = training.load(session, [subscriber_id])
        return _outlook(runner, deps, week_of, tongue)
    except Exception as error:  # noqa: BLE001 the answer is kept whatever happens here
        log.error("no outlook for runner number %d: %s", subscriber_id, type(error).__name__)  # noqa: TRY400 a traceback would show health data
        return None


def _outlook(runner: Training, deps: Deps, week_of: date, tongue: Tongue) -> Outlook | None:
    answered = dict(enumerate(runner.unfolded))
    index = next((i for i, (week, _) in answered.items() if week.week_of == week_of), None)
    if index is None:
        return None
    week, told = answered[index]
    last, told_last = runner.unfolded[-1]
    if told_last.silent:
        return Outlook(written=words.a_span(last.week_of, tongue), rewritten=_asked(runner, deps) != last.sessions)
    monday = _next(last.week_of, deps.today())
    ahead = deps.plan(runner, monday)

    unheard = len({s.session for s in told_last.sessions}) < len(last.sessions)

    def say(of: Week, most: int, but: Week | None = None) -> tuple[Change, ...]:
        known = () if but is None else but.changes
        known = (*known, *(c for c in of.changes if unheard and c.code in TOO_EARLY))
        sentences = (deps.say(c, deps.catalogue, runner.subscriber.units, tongue) for c in of.changes if c not in known)
        return tuple(_change(sentence) for sentence in sentences)[:most]

    if_alike, alike = "", tuple[Change, ...]()
    if (same := _same_again(week, told, tongue)) is not None and last is week:
        effort, sessions, answers = same
        hoped = deps.plan(replace(runner, unfolded=(*runner.unfolded[:-1], (week, answers))), monday)
        alike = say(hoped, MOST_ALIKE, but=ahead)
        if_alike = tongue.ngettext(
            "If %(sessions)s feels %(effort)s too",
            "If %(sessions)s feel %(effort)s too",
            len(sessions),
            sessions=tongue.listed(sessions),
            effort=effort.lower(),
        )
    return Outlook(
        week=words.a_span(monday, tongue),
        plan=_plan(ahead, tongue),
        changes=say(ahead, MOST_CHANGES),
        goes_on=_goes_on(last, ahead, deps, tongue),
        if_alike=if_alike if alike else "",
        alike=alike,
    )


def _asked(runner: Training, deps: Deps) -> tuple[Session, ...]:
    """The sessions of the last week planned, as they are asked for by now."""
    progress = coach.start(runner.profile, deps.catalogue) if runner.progress is None else runner.progress
    asked = runner.unfolded[0][0]
    for week, answers in runner.unfolded:
        said = runner.said.get(week.week_of, ())
        asked = coach.rest_of_week(runner.profile, progress, week, said, deps.catalogue).week
        progress = coach.fold(runner.profile, progress, asked, answers, deps.catalogue)
    return asked.sessions


def _change(sentence: str) -> Change:
    head, colon, rest = sentence.partition(": ")
    return Change(f"{head}:", rest) if colon else Change("", sentence)


def _next(last: date, today: date) -> date:
    """The Monday to be planned next: after the last one planned, or the coming one when a pause lies between."""
    monday = last + timedelta(days=7)
    return monday if monday >= today else today + timedelta(days=-today.weekday() % 7)


def _same_again(week: Week, told: Answers, tongue: Tongue) -> tuple[str, list[str], Answers] | None:
    """The effort of the session told last, the names of those not answered yet, and the answers as if these felt the same.

    None when all are answered, when none was done, or when something hurts: then nobody should hope for more of the same.
    """
    efforts = {s.session: s.effort for s in told.sessions if s.effort is not None}
    done = [e for e in efforts.values() if e is not Effort.SKIPPED]
    open_ = [i for i in range(len(week.sessions)) if i not in efforts]
    if not done or not open_ or told.hurts or told.pains or told.red_flags:
        return None
    more = Answers(sessions=tuple(SessionReport(i, done[-1]) for i in open_))
    names = [words.session_name(week.sessions[i].name, tongue) for i in open_]
    return tongue.gettext(EFFORTS[done[-1]]), names, merge((told, more))


def _plan(week: Week, tongue: Tongue) -> str:
    """Like "Two sessions, on Tuesday and Thursday"."""
    if not week.sessions:
        return tongue.gettext("No strength session.")
    days = tongue.listed(list(dict.fromkeys(tongue.weekday(s.day) for s in week.sessions)))
    number = len(week.sessions)
    said = tongue.ngettext(
        "one session, on %(days)s.", "%(count)s sessions, on %(days)s.", number, count=tongue.spelled(number), days=days
    )
    return f"{said[0].upper()}{said[1:]}"


def _goes_on(before: Week, after: Week, deps: Deps, tongue: Tongue) -> str:
    """The exercises whose doses are the same in both weeks, in one sentence."""
    was, now = _doses(before), _doses(after)
    catalogue = spoken(deps.catalogue, tongue)
    names = [tongue.within(exercise_name(slug, catalogue)) for slug, doses in now.items() if was.get(slug) == doses]
    if not names:
        return ""
    more = len(names) - MOST_NAMED
    if more > 1:
        names = [*names[:MOST_NAMED], tongue.counted("one more", "%(count)s more", more)]
    text = tongue.listed(names)
    return tongue.ngettext(
        "%(exercises)s goes on as it is.",
        "%(exercises)s go on as they are.",
        len(names),
        exercises=f"{text[0].upper()}{text[1:]}",
    )


def _doses(week: Week) -> dict[str, list[Dose]]:
    found: dict[str, list[Dose]] = {}
    for session in week.sessions:
        for p in session.exercises:
            found.setdefault(p.exercise, []).append(p.dose)
    return found
