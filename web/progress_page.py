"""The progress page as a view model: charts, each with its words and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.week import DoseMode, Quality
from language import loads
from mail import words
from mail.letter import QUALITIES
from web import charts
from web.charts import BOTTOM, TOP, Chart, Dot, Mark, Path, Rect, Text, Weeks, band, bars, line, number, scale
from web.looking_back import Unit
from web.words import REGIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from coach.profile import Region
    from coach.week import Dose
    from web.looking_back import Estimate, ExerciseDone, ExerciseWeek, Record, WeekDone

MOST_CHARTS = 4
"""Exercises with a chart of their own, those done most often; the others stand in the table of all."""

PLOT = 120
"""Height of a plot."""
ROW = 22
"""Height of a region's row in the chart of pain."""
NAMES = 112.0
"""Width of the regions' names beside it."""
NUMBERS_FIT = 16.0
"""Width of a week from which a number can be read in it."""
LEFT_MOST = 5
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


def progress_page(record: Record, units: str) -> ProgressPage | None:
    """None when not one week was planned. units: "kg" or "lb"."""
    if not record.weeks:
        return None
    weeks = charts.weeks_between(record.weeks[0].week_of, record.weeks[-1].week_of)
    by_monday = {w.week_of: w for w in record.weeks}
    found = [_sessions(record, weeks, by_monday)]
    if record.sets:
        found.append(_qualities(record, weeks, by_monday))
    if any(w.load is not None for w in record.weeks):
        found.append(_loads(record, weeks, by_monday))
    return ProgressPage(
        span=span(record),
        facts=facts(record),
        charts=tuple(found),
        exercises=tuple(_exercise(e, weeks, units) for e in record.exercises[:MOST_CHARTS]),
        lines=tuple(
            ExerciseLine(e.name, e.times, _first(e, units), _dose(e, e.at, units), e.progressed)
            for e in record.exercises
        ),
        pain=_pain(record, weeks) if record.pains else None,
        empty=not record.sessions,
    )


def facts(record: Record) -> tuple[tuple[str, str], ...]:
    """What a year comes to, without a word on health."""
    counted = (
        (record.sessions, "session done", "sessions done"),
        (record.active_weeks, "week trained", "weeks trained"),
        (record.sets, "set", "sets"),
        (record.progressed, "exercise progressed", "exercises progressed"),
    )
    return tuple((f"{n:,}", one if n == 1 else many) for n, one, many in counted)


def span(record: Record) -> str:
    first, last = record.weeks[0].week_of, record.weeks[-1].week_of
    return f"{_month(first)} – {_month(last)}" if _month(first) != _month(last) else _month(first)


def _month(day: date) -> str:
    return f"{words.MONTHS[day.month - 1]} {day.year}"


def _short(day: date) -> str:
    return f"{day.day} {words.MONTHS[day.month - 1][:3]} {day.year}"


def _sessions(record: Record, weeks: Weeks, by_monday: Mapping[date, WeekDone]) -> Chart:
    to = scale([w.planned for w in record.weeks], TOP, TOP + PLOT)

    def parts(monday: date) -> list[tuple[str, float]]:
        week = by_monday.get(monday)
        return [] if week is None else [("done", week.done), ("open", week.planned - week.done)]

    return Chart(
        key="sessions",
        title="Sessions done, by week",
        summary=f"{record.sessions} of {words.a_count(record.planned, 'session', 'sessions')} planned were done, "
        f"in {record.active_weeks} of {words.a_count(len(record.weeks), 'week', 'weeks')}.",
        height=TOP + PLOT + BOTTOM,
        marks=(*to.lines(), *bars(weeks, parts, to), *weeks.months(TOP + PLOT + 15)),
        legend=(("done", "done"), ("open", "planned, not done or not answered")),
        head=("Week from", "Done", "Planned", "Answered"),
        rows=tuple(
            (_short(w.week_of), str(w.done), str(w.planned), "yes" if w.answered else "no") for w in record.weeks
        ),
    )


def _qualities(record: Record, weeks: Weeks, by_monday: Mapping[date, WeekDone]) -> Chart:
    to = scale([w.sets for w in record.weeks], TOP, TOP + PLOT)
    totals = dict.fromkeys(Quality, 0.0)
    for week in record.weeks:
        for quality, sets in week.qualities:
            totals[quality] += sets
    whole = sum(totals.values()) or 1.0
    shares = [f"{QUALITIES[q].lower()} {round(100 * totals[q] / whole)} %" for q in Quality]

    def parts(monday: date) -> list[tuple[str, float]]:
        week = by_monday.get(monday)
        return [] if week is None else [(STYLES[quality], sets) for quality, sets in week.qualities]

    return Chart(
        key="qualities",
        title="What your sets trained",
        summary=f"Sets done a week, shared out by the four qualities. In all: {words.a_list(shares)}.",
        height=TOP + PLOT + BOTTOM,
        marks=(*to.lines(), *bars(weeks, parts, to), *weeks.months(TOP + PLOT + 15)),
        legend=tuple((STYLES[q], QUALITIES[q]) for q in Quality),
        head=("Week from", "Sets", *(QUALITIES[q] for q in Quality)),
        rows=tuple(
            (_short(w.week_of), str(w.sets), *(f"{dict(w.qualities).get(q, 0.0):.1f}" for q in Quality))
            for w in record.weeks
            if w.sets
        ),
    )


def _loads(record: Record, weeks: Weeks, by_monday: Mapping[date, WeekDone]) -> Chart:
    told = [(w.week_of, w.load) for w in record.weeks if w.load is not None]
    to = scale([load for _, load in told], TOP, TOP + PLOT)

    def parts(monday: date) -> list[tuple[str, float]]:
        week = by_monday.get(monday)
        return [] if week is None or week.load is None else [("done", week.load)]

    latest = told[-1]
    return Chart(
        key="load",
        title="How hard the weeks were",
        summary="Effort of a session (0–10) times its minutes, added up over the week, where you told us the effort. "
        f"Latest: {latest[1]} in the week from {_short(latest[0])}.",
        height=TOP + PLOT + BOTTOM,
        marks=(*to.lines(), *bars(weeks, parts, to), *weeks.months(TOP + PLOT + 15)),
        legend=(),
        head=("Week from", "Effort × minutes"),
        rows=tuple((_short(monday), str(load)) for monday, load in told),
    )


def _exercise(e: ExerciseDone, weeks: Weeks, units: str) -> Chart:
    told = [(weeks.middle(w.week_of), w) for w in e.weeks]
    estimates = [(x, w.estimate) for x, w in told if w.estimate is not None]
    values = [v for w in e.weeks for v in _heights(w)]
    to = scale(values, TOP, TOP + PLOT, from_zero=False)
    marks: list[Mark] = to.lines()
    marks += band([(x, to.y(b.low), to.y(b.high)) for x, b in estimates], "band")
    marks += line([(x, to.y(b.most)) for x, b in estimates], "most")
    marks += [Dot(number(x), number(to.y(w.value)), "3", "did") for x, w in told if w.value is not None]
    foot = TOP + PLOT
    lefts = [(x, w) for x, w in told if w.left is not None]
    if lefts:
        marks += _lefts(told, foot + 34)
        foot += 34 + 48
    marks += weeks.months(foot + 15)
    legend = [("did", _did_words(e.unit))]
    if estimates:
        legend += [("most", f"estimated most, {_unit_words(e, units)}"), ("band", "four fifths sure")]
    if lefts:
        legend += [("left", "left at the end, told"), ("left guess", "concluded from your tap"), ("aim", "the aim")]
    return Chart(
        key=e.slug,
        title=e.name,
        summary=_summary(e, units),
        height=foot + BOTTOM,
        marks=tuple(marks),
        legend=tuple(legend),
        head=("Week from", "Done", "Estimated most", "Four fifths sure", "Left (aim)"),
        rows=tuple(
            (
                _short(w.week_of),
                _dose(e, w.dose, units),
                "–" if w.estimate is None else _amount(w.estimate.most, e.unit),
                "–" if w.estimate is None else _range(w.estimate, e.unit),
                _left(w),
            )
            for w in e.weeks
            if w.dose is not None
        ),
    )


def _heights(w: ExerciseWeek) -> list[float]:
    own = [] if w.value is None else [w.value]
    return own if w.estimate is None else [*own, w.estimate.low, w.estimate.high]


def _lefts(told: list[tuple[float, ExerciseWeek]], top: float) -> list[Mark]:
    """The strip below the plot: what was left at the end, from none to five or more, with the plan's aim."""
    to = scale([0, LEFT_MOST], top, top + 48)
    marks: list[Mark] = [Text(str(charts.LEFT), number(top - 8), "start", "Left at the end")]
    for tick in (0, LEFT_MOST):
        y = to.y(tick)
        marks += [
            Path(f"M{charts.LEFT} {number(y)}H{charts.RIGHT}", "rule"),
            Text(str(charts.LEFT - 5), number(y + 4), "end", f"{tick}+" if tick else "0"),
        ]
    marks += line([(x, to.y(min(w.aim, LEFT_MOST))) for x, w in told if w.aim is not None], "aim")
    for x, w in told:
        if w.left is not None:
            y = to.y(min(max(w.left, 0.0), LEFT_MOST))
            marks.append(Dot(number(x), number(y), "3", "left" if w.told else "left guess"))
    return marks


def _summary(e: ExerciseDone, units: str) -> str:
    known = [w.estimate for w in e.weeks if w.estimate is not None]
    times = f"Done {words.a_count(e.times, 'time', 'times')}; last {_dose(e, e.at, units)}."
    if not known:
        return times
    now, first = known[-1], known[0]
    most = f"Your most today, {_unit_words(e, units)}: about {_amount(now.most, e.unit)}"
    sure = f" (four fifths sure: {_range(now, e.unit)})"
    since = "" if len(known) == 1 else f"; at first {_amount(first.most, e.unit)}"
    return f"{times} {most}{sure}{since}. An estimate from your answers, not a test."


def _unit_words(e: ExerciseDone, units: str) -> str:
    if e.unit in {Unit.KG, Unit.LB}:
        return "in one lift"
    load = loads.load_text(e.at, units)
    what = "repetitions" if e.unit is Unit.REPS else "seconds"
    return f"{what}, {load}" if load == "bodyweight" else f"{what} with {load}"


def _did_words(unit: Unit) -> str:
    return {Unit.KG: "load used, kg", Unit.LB: "load used, lb", Unit.REPS: "repetitions a set, as done"}.get(
        unit, "seconds a set, as done" if unit is Unit.SECONDS else "landings a set"
    )


def _amount(value: float, unit: Unit) -> str:
    return f"{round(value)}" if unit in {Unit.REPS, Unit.LANDINGS} else f"{round(value)} {unit.value}"


def _range(estimate: Estimate, unit: Unit) -> str:
    return f"{round(estimate.low)}–{_amount(estimate.high, unit)}"


def _left(w: ExerciseWeek) -> str:
    if w.left is None:
        return "–"
    about = f"{round(w.left)}" if w.told else f"about {round(w.left)}"
    return about if w.aim is None else f"{about} ({w.aim})"


def _dose(e: ExerciseDone, dose: Dose | None, units: str) -> str:
    if dose is None:
        return "–"
    amount = words.amount(e.mode, dose.sets, dose.amount)
    return amount if e.mode is DoseMode.CONTACTS else f"{amount}, {loads.load_text(dose, units)}"


def _first(e: ExerciseDone, units: str) -> str:
    return _dose(e, next((w.dose for w in e.weeks if w.dose is not None), None), units)


def _pain(record: Record, across: Weeks) -> Chart:
    weeks = replace(across, left=NAMES)
    numbers = weeks.step >= NUMBERS_FIT
    marks: list[Mark] = []
    for n, (region, levels) in enumerate(record.pains):
        y = TOP + n * ROW
        marks.append(Text("0", number(y + 15), "start", _region(region)))
        for monday in weeks.mondays:
            level, x = levels.get(monday), weeks.middle(monday)
            style = "none" if level is None else _pain_style(level)
            marks.append(Rect(number(x - weeks.step / 2), number(y + 1), number(weeks.step - 1.5), str(ROW - 4), style))
            if level is not None and numbers:
                marks.append(Text(number(x - 0.75), number(y + 15), "middle", str(level)))
    foot = TOP + len(record.pains) * ROW
    told = sorted({monday for _, levels in record.pains for monday in levels})
    worst = [f"{_region(region).lower()} {max(levels.values())}" for region, levels in record.pains]
    return Chart(
        key="pain",
        title="Pain you told us of",
        summary=f"The worst of each week, 0 to 10. Highest: {words.a_list(worst)}.",
        height=foot + BOTTOM,
        marks=(*marks, *weeks.months(foot + 14)),
        legend=(("p1", "1–2"), ("p2", "3–5: nothing rises"), ("p3", "6 or more: see a clinician")),
        head=("Week from", *(_region(region) for region, _ in record.pains)),
        rows=tuple((_short(monday), *(str(levels.get(monday, "–")) for _, levels in record.pains)) for monday in told),
    )


def _pain_style(level: int) -> str:
    return "p0" if level == 0 else "p3" if level >= STRONG else "p2" if level >= HOLD else "p1"


def _region(region: Region) -> str:
    return REGIONS[region].partition(" (")[0]
