"""The week at a glance: seven days with their runs and sessions, and what each mark means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.profile import RunKind
from language.tongue import Tongue, marked, marked_as
from mail import words

if TYPE_CHECKING:
    from coach.profile import Race, Run
    from mail.cards import SessionCard, StretchCard

AT_LENGTH = {
    RunKind.EASY: marked("easy run"),
    RunKind.QUALITY: marked("hard run"),
    RunKind.LONG: marked("long run"),
}
RUNS = {
    RunKind.EASY: marked_as("run", "easy"),
    RunKind.QUALITY: marked_as("run", "hard"),
    RunKind.LONG: marked_as("run", "long"),
}
"""A run in a word short enough for a seventh of a phone's width."""

RACE_IN_SIGHT = timedelta(weeks=16)
"""From when on the mail tells how far away the race is."""


@dataclass(frozen=True, slots=True)
class Day:
    """One of seven. run: "easy", "hard", "long", or empty; race: the race is on this day, and no other run is shown. marks: of its sessions.

    said: the same in a line, "easy run, strength A", or empty.
    """

    name: str
    date: int
    run: str
    race: bool
    marks: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Glance:
    """days: Monday to Sunday. runs: what is said of the runs, race: "21.1 km on Sunday", each or empty."""

    days: tuple[Day, ...]
    runs: str
    race: str


def glance(
    week_of: date,
    sessions: Sequence[tuple[int, SessionCard]],
    stretch: StretchCard | None,
    runs: Sequence[Run],
    race: Race | None,
    tongue: Tongue,
) -> Glance | None:
    """The picture of a week that has something in it; None for an empty one. sessions: with the day of each, 0 is Monday."""
    if not sessions and stretch is None:
        return None
    kinds = {run.day: run.kind for run in runs}
    race_on = None if race is None else (race.day - week_of).days
    marks = {day: tuple(card.mark for on, card in sessions if on == day) for day in range(7)}
    return Glance(
        days=tuple(
            _day(week_of + timedelta(days=day), kinds.get(day), marks[day], tongue, race=day == race_on)
            for day in range(7)
        ),
        runs=_runs(stretch, tongue) if kinds else "",
        race="" if race is None else _race(race, week_of, tongue),
    )


def _day(on: date, kind: RunKind | None, marks: tuple[str, ...], tongue: Tongue, *, race: bool) -> Day:
    strength = [tongue.gettext("strength %(mark)s", mark=mark) for mark in marks]
    run = [tongue.gettext("race")] if race else [] if kind is None else [tongue.gettext(AT_LENGTH[kind])]
    return Day(
        name=tongue.weekday_in_short(on.weekday()),
        date=on.day,
        run="" if race or kind is None else tongue.pgettext("run", RUNS[kind]),
        race=race,
        marks=marks,
        said=", ".join((*run, *strength)),
    )


def _runs(stretch: StretchCard | None, tongue: Tongue) -> str:
    if stretch is None:
        return tongue.gettext("as usual")
    return tongue.ngettext(
        "as usual, with %(minutes)s minute of stretching after each",
        "as usual, with %(minutes)s minutes of stretching after each",
        stretch.minutes,
        minutes=stretch.minutes,
    )


def _race(race: Race, week_of: date, tongue: Tongue) -> str:
    away = race.day - week_of
    if away < timedelta(0) or away > RACE_IN_SIGHT:
        return ""
    length = tongue.decimal(race.distance_km)
    if away.days < 7:
        return tongue.gettext("%(length)s\u00a0km on %(weekday)s", length=length, weekday=tongue.weekday(away.days))
    weeks = away.days // 7
    return tongue.ngettext(
        "%(length)s\u00a0km in %(count)s week, on %(day)s",
        "%(length)s\u00a0km in %(count)s weeks, on %(day)s",
        weeks,
        length=length,
        count=tongue.spelled(weeks),
        day=words.a_day(race.day, tongue),
    )
