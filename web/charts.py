"""Charts as plain geometry, for a template to draw: a phone's width across, every number ready. Pure.

Colours are classes of the stylesheet, so that a chart is right by day and by night.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import ClassVar, TypeAlias

from language.tongue import Tongue, marked

WIDTH = 340
"""Units across. A phone shows a unit as about a pixel, so that text of 11 is read as on the page."""

LEFT, RIGHT, TOP, BOTTOM = 34, 336, 12, 20
"""Where a plot begins and ends across; the room above it and, for the months, below it."""

PLOT = 120
"""Height of a plot."""

LETTER = 7
"""Width of a letter, on the wide side."""

FEWEST = 8
"""Weeks that a chart is wide at least, so that a first week is not one huge bar."""


@dataclass(frozen=True, slots=True)
class Rect:
    kind: ClassVar[str] = "rect"
    x: str
    y: str
    width: str
    height: str
    style: str


@dataclass(frozen=True, slots=True)
class Path:
    kind: ClassVar[str] = "path"
    d: str
    style: str


@dataclass(frozen=True, slots=True)
class Dot:
    kind: ClassVar[str] = "dot"
    x: str
    y: str
    r: str
    style: str


@dataclass(frozen=True, slots=True)
class Text:
    """anchor: "start", "middle" or "end"."""

    kind: ClassVar[str] = "text"
    x: str
    y: str
    anchor: str
    words: str


Mark: TypeAlias = Rect | Path | Dot | Text


@dataclass(frozen=True, slots=True)
class Chart:
    """key: unique on the page. title, summary: what it is, and what it shows, in words. legend: (class, words).

    head, rows: the same as a table.
    """

    key: str
    title: str
    summary: str
    height: int
    marks: tuple[Mark, ...]
    legend: tuple[tuple[str, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks across a chart. mondays: oldest first, without a gap. left: where the first begins."""

    mondays: tuple[date, ...]
    left: float = LEFT

    @property
    def step(self) -> float:
        return (RIGHT - self.left) / max(FEWEST, len(self.mondays))

    def middle(self, week_of: date) -> float:
        return self.left + self.step * ((week_of - self.mondays[0]).days // 7 + 0.5)

    def months(self, y: float, tongue: Tongue) -> list[Mark]:
        """Names of months below the first week of each, as many as fit."""
        marks: list[Mark] = []
        free = 0.0
        for before, monday in zip((None, *self.mondays), self.mondays, strict=False):
            x = self.middle(monday) - self.step / 2
            if (before is None or before.month != monday.month) and x >= free:
                name = tongue.day(monday, marked("LLL"))
                marks.append(Text(number(x), number(y), "start", name))
                free = x + max(30, 8 + LETTER * len(name))
        return marks


def a_monday(week_of: date, tongue: Tongue) -> str:
    """A week by its Monday, short enough for a table: "23 Nov 2026"."""
    return tongue.day(week_of, marked("d MMM y"))


def weeks_between(first: date, last: date) -> Weeks:
    return Weeks(tuple(date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1, 7)))


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to heights. ticks: round values, the first at the foot of the plot and the last at its head or below."""

    low: float
    high: float
    top: float
    foot: float
    ticks: tuple[float, ...]

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.foot - share * (self.foot - self.top)

    def lines(self) -> list[Mark]:
        marks: list[Mark] = []
        for tick in self.ticks:
            y = self.y(tick)
            marks += [
                Path(f"M{LEFT} {number(y)}H{RIGHT}", "rule"),
                Text(str(LEFT - 5), number(y + 4), "end", f"{tick:g}"),
            ]
        return marks


def scale(values: Sequence[float], top: float, foot: float, *, from_zero: bool = True) -> Scale:
    """A scale with three to five round ticks that holds all values."""
    least, most = min(values, default=0.0), max(values, default=1.0)
    if from_zero or least < (most - least):
        least = 0.0
    step = _round_step((most - least) / 3 or most / 3 or 1.0)
    low, high = floor(least / step) * step, ceil(most / step) * step
    if high == low:
        high = low + step
    count = round((high - low) / step)
    return Scale(low, high, top, foot, tuple(low + step * n for n in range(count + 1)))


def _round_step(about: float) -> float:
    """The smallest of 1, 2, 5, 10, … that is not below; never below one, as everything here is counted in whole things."""
    power = 10.0 ** floor(log10(max(about, 1.0)))
    return next(power * n for n in (1, 2, 5, 10) if power * n >= max(about, 1.0))


def bars(weeks: Weeks, values: Callable[[date], Sequence[tuple[str, float]]], to: Scale) -> list[Mark]:
    """A bar a week, its parts upon one another. values: (class, height) of each part, from the foot up."""
    marks: list[Mark] = []
    gap = min(3.0, weeks.step * 0.2)
    for monday in weeks.mondays:
        total = to.low
        for style, value in values(monday):
            if value > 0:
                y, foot = to.y(total + value), to.y(total)
                x = weeks.middle(monday) - weeks.step / 2 + gap / 2
                marks.append(Rect(number(x), number(y), number(weeks.step - gap), number(foot - y), style))
                total += value
    return marks


def line(points: Sequence[tuple[float, float]], style: str) -> list[Mark]:
    """A line through points; a dot where there is only one."""
    if len(points) == 1:
        return [Dot(number(points[0][0]), number(points[0][1]), "2", f"{style} alone")]
    return [Path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), style)] if points else []


def band(points: Sequence[tuple[float, float, float]], style: str) -> list[Mark]:
    """The area between two lines. points: (x, one, other)."""
    if len(points) == 1:
        x, one, other = points[0]
        return [Path(f"M{number(x)} {number(one)}V{number(other)}", f"{style} alone")]
    edge = [(x, one) for x, one, _ in points] + [(x, other) for x, _, other in reversed(points)]
    return [Path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in edge) + "Z", style)] if points else []


def number(value: float) -> str:
    """To the tenth, without needless digits."""
    return f"{value:.1f}".removesuffix(".0")
