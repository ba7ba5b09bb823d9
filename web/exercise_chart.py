"""An exercise over the weeks as a chart: what was done, the most it is believed to allow, and what was left at the end of a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.week import DoseMode
from language.tongue import marked
from mail import words
from web import charts
from web.charts import BOTTOM, PLOT, TOP, Chart, Dot, Mark, Path, Text, Weeks, a_monday, band, line, number, scale
from web.looking_back import Unit

if TYPE_CHECKING:
    from coach.week import Dose
    from language.loads import Loads
    from language.tongue import Tongue
    from web.looking_back import Estimate, ExerciseDone, ExerciseWeek

LEFT_MOST = 5
STRIP = 48
"""Height of the strip of what was left, below the plot."""
NOTHING = "–"

_DID = {
    Unit.KG: marked("load used, kg"),
    Unit.LB: marked("load used, lb"),
    Unit.REPS: marked("repetitions a set, as done"),
    Unit.SECONDS: marked("seconds a set, as done"),
    Unit.LANDINGS: marked("landings a set"),
}
_MOST = {
    Unit.KG: marked("in one lift"),
    Unit.LB: marked("in one lift"),
    Unit.REPS: marked("repetitions (%(load)s)"),
    Unit.SECONDS: marked("seconds (%(load)s)"),
}
"""What the most that is believed possible is counted in."""
_AMOUNT = {
    Unit.KG: marked("%(weight)s kg"),
    Unit.LB: marked("%(weight)s lb"),
    Unit.SECONDS: marked("%(seconds)s s"),
}


def exercise_chart(e: ExerciseDone, weeks: Weeks, load: Loads) -> Chart:
    """load: loads as the runner reads them."""
    tongue = load.tongue
    told = [(weeks.middle(w.week_of), w) for w in e.weeks]
    estimates = [(x, w.estimate) for x, w in told if w.estimate is not None]
    values = [v for w in e.weeks for v in _heights(w)]
    to = scale(values, TOP, TOP + PLOT, from_zero=False)
    marks: list[Mark] = to.lines()
    marks += band([(x, to.y(b.low), to.y(b.high)) for x, b in estimates], "band")
    marks += line([(x, to.y(b.most)) for x, b in estimates], "most")
    marks += [Dot(number(x), number(to.y(w.value)), "3", "did") for x, w in told if w.value is not None]
    foot = TOP + PLOT
    lefts = any(w.left is not None for w in e.weeks)
    if lefts:
        marks += _lefts(told, foot + 34, tongue)
        foot += 34 + STRIP
    return Chart(
        key=e.slug,
        title=e.name,
        summary=_summary(e, load),
        height=foot + BOTTOM,
        marks=(*marks, *weeks.months(foot + 15, tongue)),
        legend=tuple(_legend(e, load, estimates=bool(estimates), lefts=lefts)),
        head=(
            tongue.gettext("Week from"),
            tongue.pgettext("column", "Done"),
            tongue.gettext("Estimated most"),
            tongue.gettext("Four fifths sure"),
            tongue.gettext("Left (aim)"),
        ),
        rows=tuple(
            (
                a_monday(w.week_of, tongue),
                dose_as_done(e, w.dose, load),
                NOTHING if w.estimate is None else _amount(w.estimate.most, e.unit, tongue),
                NOTHING if w.estimate is None else _range(w.estimate, e.unit, tongue),
                _left(w, tongue),
            )
            for w in e.weeks
            if w.dose is not None
        ),
    )


def dose_as_done(e: ExerciseDone, dose: Dose | None, load: Loads) -> str:
    """Like "3 × 10, 12 kg dumbbells"; a dash for none."""
    if dose is None:
        return NOTHING
    amount = words.amount(e.mode, dose.sets, dose.amount, load.tongue)
    return amount if e.mode is DoseMode.CONTACTS else f"{amount}, {load(dose)}"


def _legend(e: ExerciseDone, load: Loads, *, estimates: bool, lefts: bool) -> list[tuple[str, str]]:
    tongue = load.tongue
    legend = [("did", tongue.gettext(_DID[e.unit]))]
    if estimates:
        legend += [
            ("most", tongue.gettext("estimated most, %(counted_in)s", counted_in=_counted_in(e, load))),
            ("band", tongue.gettext("four fifths sure")),
        ]
    if lefts:
        legend += [
            ("left", tongue.gettext("left at the end, told")),
            ("left guess", tongue.gettext("concluded from your tap")),
            ("aim", tongue.gettext("the aim")),
        ]
    return legend


def _heights(w: ExerciseWeek) -> list[float]:
    own = [] if w.value is None else [w.value]
    return own if w.estimate is None else [*own, w.estimate.low, w.estimate.high]


def _lefts(told: list[tuple[float, ExerciseWeek]], top: float, tongue: Tongue) -> list[Mark]:
    """The strip below the plot: what was left at the end, from none to five or more, with the plan's aim."""
    to = scale([0, LEFT_MOST], top, top + STRIP)
    marks: list[Mark] = [Text(str(charts.LEFT), number(top - 8), "start", tongue.gettext("Left at the end"))]
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


def _summary(e: ExerciseDone, load: Loads) -> str:
    tongue = load.tongue
    times = tongue.ngettext(
        "Done once; last %(dose)s.",
        "Done %(times)s times; last %(dose)s.",
        e.times,
        times=e.times,
        dose=dose_as_done(e, e.at, load),
    )
    known = [w.estimate for w in e.weeks if w.estimate is not None]
    if not known:
        return times
    now, first = known[-1], known[0]
    about = {
        "counted_in": _counted_in(e, load),
        "most": _amount(now.most, e.unit, tongue),
        "range": _range(now, e.unit, tongue),
    }
    if len(known) == 1:
        most = tongue.gettext("Your most today, %(counted_in)s: about %(most)s (four fifths sure: %(range)s).", **about)
    else:
        most = tongue.gettext(
            "Your most today, %(counted_in)s: about %(most)s (four fifths sure: %(range)s); at first %(first)s.",
            **about,
            first=_amount(first.most, e.unit, tongue),
        )
    return " ".join((times, most, tongue.gettext("An estimate from your answers, not a test.")))


def _counted_in(e: ExerciseDone, load: Loads) -> str:
    return load.tongue.gettext(_MOST[e.unit]) % {"load": load(e.at)}


def _amount(value: float, unit: Unit, tongue: Tongue) -> str:
    shown = tongue.whole(round(value))
    return tongue.gettext(_AMOUNT[unit]) % {"weight": shown, "seconds": shown} if unit in _AMOUNT else shown


def _range(estimate: Estimate, unit: Unit, tongue: Tongue) -> str:
    low, high = tongue.whole(round(estimate.low)), _amount(estimate.high, unit, tongue)
    return tongue.gettext("%(low)s–%(high)s", low=low, high=high)


def _left(w: ExerciseWeek, tongue: Tongue) -> str:
    if w.left is None:
        return NOTHING
    left = str(round(w.left)) if w.told else tongue.gettext("about %(left)s", left=round(w.left))
    return left if w.aim is None else f"{left} ({w.aim})"
