"""A year's card: a picture to share, with nothing about health in it.

One SVG for every language. The fonts are the reader's own, so that there is one for every script, and whoever shares the card makes the
picture of it in the browser (web/static/card.js).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from web.progress_page import facts, span

if TYPE_CHECKING:
    from language.tongue import Direction, Tongue
    from web.looking_back import Record

SIDE = 1080
"""Pixels; square pictures are shown whole everywhere."""

PAGE, INK, SOFT, GREEN, PALE = "#f4f1ea", "#1d2a2b", "#566264", "#0f5c54", "#b5d3cb"

_MARGIN = 96
_COLUMN = 460
"""Pixels from where the left number begins to where the right one does."""
_BARS_FOOT, _BARS_HEIGHT = 968, 150
_WEEKS = 52
_FONT = 'font-family="-apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif" font-weight="600"'
_LETTER = 0.56
"""Width of a letter in these fonts, of its size, on the wide side of what text comes to."""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text. x, y: where it begins and stands."""

    x: int
    y: int
    size: int
    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Card:
    """told: the card in one sentence, for those who do not see it. language, direction: of its words."""

    words: tuple[Words, ...]
    bars: tuple[Bar, ...]
    told: str
    language: str
    direction: Direction


def card(record: Record, tongue: Tongue) -> Card:
    """The card of a runner's last weeks, a year at most."""
    counted, weeks = facts(record, tongue), span(record, tongue)
    title = tongue.gettext("Strength for my running")
    across = SIDE - 2 * _MARGIN
    words = [
        Words(_MARGIN, 148, 40, GREEN, "Stridewell"),
        Words(_MARGIN, 240, _fitting(title, 72, across), INK, title),
        Words(_MARGIN, 304, _fitting(weeks, 38, across), SOFT, weeks),
    ]
    small = min(_fitting(what, 38, _COLUMN - 40) for _, what in counted)
    for n, (number, what) in enumerate(counted):
        x, y = _MARGIN + (n % 2) * _COLUMN, 482 + (n // 2) * 210
        words += [Words(x, y, 128, GREEN, number), Words(x, y + 52, small, INK, what)]
    listed = tongue.listed([f"{number} {what}" for number, what in counted])
    told = tongue.gettext("%(title)s, %(weeks)s: %(facts)s.", title=title, weeks=weeks, facts=listed)
    return Card(tuple(words), tuple(_bars(record)), told, tongue.code, tongue.direction)


def _fitting(text: str, size: int, width: int) -> int:
    """The size, or as much less as a long line needs to stay within the width."""
    return min(size, int(width / (_LETTER * len(text))))


def _bars(record: Record) -> list[Bar]:
    """The sessions of each week, side by side along the foot."""
    weeks = record.weeks[-_WEEKS:]
    most = max([3, *(w.done for w in weeks)])
    step = (SIDE - 2 * _MARGIN) / max(12, len(weeks))
    found = []
    for n, week in enumerate(weeks):
        height = max(6.0, _BARS_HEIGHT * week.done / most)
        colour = GREEN if week.done else PALE
        found.append(Bar(_MARGIN + n * step, _BARS_FOOT - height, step * 0.72, height, colour))
    return found


def svg(drawn: Card) -> str:
    """The card as one SVG that needs nothing else: its colours stand in attributes, its fonts are those of the reader.

    Where lines run from the right the words begin there; weeks go from left to right everywhere, as in the charts.
    """
    rtl = ' direction="rtl"' if drawn.direction == "rtl" else ""
    size = f'viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang="{drawn.language}" role="img" aria-labelledby="told" {_FONT}>',
        f'<title id="told">{escape(drawn.told)}</title>',
        f'<rect width="{SIDE}" height="{SIDE}" fill="{PAGE}"/>',
    ]
    parts += [
        f'<rect x="{b.x:.1f}" y="{b.y:.1f}" width="{b.width:.1f}" height="{b.height:.1f}" rx="4" fill="{b.colour}"/>'
        for b in drawn.bars
    ]
    parts += [
        f'<text x="{SIDE - w.x if rtl else w.x}" y="{w.y}"{rtl} font-size="{w.size}" fill="{w.colour}">{escape(w.text)}</text>'
        for w in drawn.words
    ]
    return "".join([*parts, "</svg>"])
