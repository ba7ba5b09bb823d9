"""The progress page as a view model: charts, each with its words and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.week import Quality
from language.tongue import marked
from language.values import REGION
from mail.letter import QUALITIES
from web import charts
from web.charts import BOTTOM, PLOT, TOP, Chart, Mark, Rect, Text, Weeks, a_monday, bars, number, scale
from web.exercise_chart import dose_as_done, exercise_chart

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coach.profile import Region
    from language.loads import Loads
    from language.tongue import Tongue
    from web.looking_back import ExerciseDone, Record, WeekDone

MOST_CHARTS = 4
"""Exercises with a chart of their own, those done most often; the others stand in the table of all."""

ROW = 22
"""Height of a region's row in the chart of pain."""
NAMES = 112.0
"""Width of the regions' names beside it."""
NUMBERS_FIT = 16.0
"""Width of a week from which a number can be read in it."""
STRONG, HOLD = 6, 3
"""Pain from which we send to a clinician, and from which nothing rises. docs/safety.md#pain"""

STYLES = {
    Quality.SINGLE_LEG: "q1",
    Quality.JOINT_CONTROL: "q2",
    Quality.LOAD_TOLERANCE: "q3",
    Quality.CARRY_OVER: "q4",
}


@dataclass(frozen=True, slots=True)
class ExerciseLine:
    """An exercise in the table of all. grown: whether a later dose was heavier, or longer."""

    name: str
    times: int
    first: str
    latest: str
    grown: bool


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """span: the weeks, in words. facts: (number, what it counts). charts, exercises: in the order shown.

    pain: None when none was told. empty: nothing has been done yet.
    """

    span: str
    facts: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]
    exercises: tuple[Chart, ...]
    lines: tuple[ExerciseLine, ...]
    pain: Chart | None
    empty: bool


def progress_page(record: Record, load: Loads) -> ProgressPage | None:
    """None when not one week was planned. load: loads as the runner reads them; all else is said in the same language."""
    if not record.weeks:
        return None
    tongue = load.tongue
    weeks = charts.weeks_between(record.weeks[0].week_of, record.weeks[-1].week_of)
    by_monday = {w.week_of: w for w in record.weeks}
    found = [_sessions(record, weeks, by_monday, tongue)]
    if record.sets:
        found.append(_qualities(record, weeks, by_monday, tongue))
    if any(w.load is not None for w in record.weeks):
        found.append(_loads(record, weeks, by_monday, tongue))
    return ProgressPage(
        span=span(record, tongue),
        facts=facts(record, tongue),
        charts=tuple(found),
        exercises=tuple(exercise_chart(e, weeks, load) for e in record.exercises[:MOST_CHARTS]),
        lines=tuple(
            ExerciseLine(e.name, e.times, _first(e, load), dose_as_done(e, e.at, load), e.progressed)
            for e in record.exercises
        ),
        pain=_pain(record, weeks, tongue) if record.pains else None,
        empty=not record.sessions,
    )


def facts(record: Record, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """What a year comes to, without a word on health."""
    return (
        (tongue.whole(record.sessions), tongue.ngettext("session done", "sessions done", record.sessions)),
        (tongue.whole(record.active_weeks), tongue.ngettext("week trained", "weeks trained", record.active_weeks)),
        (tongue.whole(record.sets), tongue.ngettext("set", "sets", record.sets)),
        (
            tongue.whole(record.progressed),
            tongue.ngettext("exercise progressed", "exercises progressed", record.progressed),
        ),
    )


def span(record: Record, tongue: Tongue) -> str:
    """The months from the first week to the last, like "June 2026 – November 2026"."""
    first, last = (tongue.day(record.weeks[at].week_of, marked("LLLL y")) for at in (0, -1))
    return (
        first if first == last else tongue.gettext("%(first_date)s – %(last_date)s", first_date=first, last_date=last)
    )


def _sessions(record: Record, weeks: Weeks, by_monday: Mapping[date, WeekDone], tongue: Tongue) -> Chart:
    to = scale([w.planned for w in record.weeks], TOP, TOP + PLOT)

    def parts(monday: date) -> list[tuple[str, float]]:
        week = by_monday.get(monday)
        return [] if week is None else [("done", week.done), ("open", week.planned - week.done)]

    return Chart(
        key="sessions",
        title=tongue.gettext("Sessions done, by week"),
        summary=tongue.gettext(
            "Done: %(sessions)s, in %(weeks)s.",
            sessions=tongue.ngettext(
                "%(done)s of %(planned)s planned session",
                "%(done)s of %(planned)s planned sessions",
                record.planned,
                done=record.sessions,
                planned=record.planned,
            ),
            weeks=tongue.ngettext(
                "%(active)s of %(number)s week",
                "%(active)s of %(number)s weeks",
                len(record.weeks),
                active=record.active_weeks,
                number=len(record.weeks),
            ),
        ),
        height=TOP + PLOT + BOTTOM,
        marks=(*to.lines(), *bars(weeks, parts, to), *weeks.months(TOP + PLOT + 15, tongue)),
        legend=(("done", tongue.gettext("done")), ("open", tongue.gettext("planned, not done or not answered"))),
        head=(
            tongue.gettext("Week from"),
            tongue.pgettext("column", "Done"),
            tongue.gettext("Planned"),
            tongue.gettext("Answered"),
        ),
        rows=tuple(
            (
                a_monday(w.week_of, tongue),
                str(w.done),
                str(w.planned),
                tongue.gettext("yes") if w.answered else tongue.gettext("no"),
            )
            for w in record.weeks
        ),
    )


def _qualities(record: Record, weeks: Weeks, by_monday: Mapping[date, WeekDone], tongue: Tongue) -> Chart:
    to = scale([w.sets for w in record.weeks], TOP, TOP + PLOT)
    names = {quality: tongue.gettext(name) for quality, name in QUALITIES.items()}
    totals = dict.fromkeys(Quality, 0.0)
    for week in record.weeks:
        for quality, sets in week.qualities:
            totals[quality] += sets
    whole = sum(totals.values()) or 1.0
    shares = [
        tongue.gettext(
            "%(quality)s %(percent)s\u00a0%%", quality=tongue.within(names[q]), percent=round(100 * totals[q] / whole)
        )
        for q in Quality
    ]

    def parts(monday: date) -> list[tuple[str, float]]:
        week = by_monday.get(monday)
        return [] if week is None else [(STYLES[quality], sets) for quality, sets in week.qualities]

    return Chart(
        key="qualities",
        title=tongue.gettext("What your sets trained"),
        summary=tongue.gettext(
            "Sets done a week, shared out by the four qualities. In all: %(shares)s.", shares=tongue.listed(shares)
        ),
        height=TOP + PLOT + BOTTOM,
        marks=(*to.lines(), *bars(weeks, parts, to), *weeks.months(TOP + PLOT + 15, tongue)),
        legend=tuple((STYLES[q], names[q]) for q in Quality),
        head=(tongue.gettext("Week from"), tongue.gettext("Sets"), *(names[q] for q in Quality)),
        rows=tuple(
            (
                a_monday(w.week_of, tongue),
                str(w.sets),
                *(tongue.decimal(round(dict(w.qualities).get(q, 0.0), 1)) for q in Quality),
            )
            for w in record.weeks
            if w.sets
        ),
    )


def _loads(record: Record, weeks: Weeks, by_monday: Mapping[date, WeekDone], tongue: Tongue) -> Chart:
    told = [(w.week_of, w.load) for w in record.weeks if w.load is not None]
    to = scale([load for _, load in told], TOP, TOP + PLOT)

    def parts(monday: date) -> list[tuple[str, float]]:
        week = by_monday.get(monday)
        return [] if week is None or week.load is None else [("done", week.load)]

    monday, latest = told[-1]
    return Chart(
        key="load",
        title=tongue.gettext("How hard the weeks were"),
        summary=tongue.gettext(
            "Effort of a session (0–10) times its minutes, added up over the week, where you told us the effort. "
            "Latest: %(load)s in the week from %(date)s.",
            load=tongue.whole(latest),
            date=a_monday(monday, tongue),
        ),
        height=TOP + PLOT + BOTTOM,
        marks=(*to.lines(), *bars(weeks, parts, to), *weeks.months(TOP + PLOT + 15, tongue)),
        legend=(),
        head=(tongue.gettext("Week from"), tongue.gettext("Effort × minutes")),
        rows=tuple((a_monday(monday, tongue), tongue.whole(load)) for monday, load in told),
    )


def _first(e: ExerciseDone, load: Loads) -> str:
    return dose_as_done(e, next((w.dose for w in e.weeks if w.dose is not None), None), load)


def _pain(record: Record, across: Weeks, tongue: Tongue) -> Chart:
    weeks = replace(across, left=NAMES)
    numbers = weeks.step >= NUMBERS_FIT
    marks: list[Mark] = []
    for n, (region, levels) in enumerate(record.pains):
        y = TOP + n * ROW
        marks.append(Text("0", number(y + 15), "start", _region(region, tongue)))
        for monday in weeks.mondays:
            level, x = levels.get(monday), weeks.middle(monday)
            style = "none" if level is None else _pain_style(level)
            marks.append(Rect(number(x - weeks.step / 2), number(y + 1), number(weeks.step - 1.5), str(ROW - 4), style))
            if level is not None and numbers:
                marks.append(Text(number(x - 0.75), number(y + 15), "middle", str(level)))
    foot = TOP + len(record.pains) * ROW
    told = sorted({monday for _, levels in record.pains for monday in levels})
    worst = [
        tongue.gettext("%(region)s %(level)s", region=tongue.gettext(REGION[region]), level=max(levels.values()))
        for region, levels in record.pains
    ]
    return Chart(
        key="pain",
        title=tongue.gettext("Pain you told us of"),
        summary=tongue.gettext("The worst of each week, 0 to 10. Highest: %(worst)s.", worst=tongue.listed(worst)),
        height=foot + BOTTOM,
        marks=(*marks, *weeks.months(foot + 14, tongue)),
        legend=(
            ("p1", "1–2"),
            ("p2", tongue.gettext("3–5: nothing rises")),
            ("p3", tongue.gettext("6 or more: see a clinician")),
        ),
        head=(tongue.gettext("Week from"), *(_region(region, tongue) for region, _ in record.pains)),
        rows=tuple(
            (a_monday(monday, tongue), *(str(levels.get(monday, "–")) for _, levels in record.pains)) for monday in told
        ),
    )


def _pain_style(level: int) -> str:
    return "p0" if level == 0 else "p3" if level >= STRONG else "p2" if level >= HOLD else "p1"


def _region(region: Region, tongue: Tongue) -> str:
    name = tongue.gettext(REGION[region])
    return f"{name[:1].upper()}{name[1:]}"
