"""A year's card: a picture to share, with nothing about health in it, as SVG and as PNG from one drawing."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from web.progress_page import facts, span

if TYPE_CHECKING:
    from web.looking_back import Record

SIDE = 1080
"""Pixels; square pictures are shown whole everywhere."""

PAGE, INK, SOFT, GREEN, PALE = "#f4f1ea", "#1d2a2b", "#566264", "#0f5c54", "#b5d3cb"

_MARGIN = 96
_BARS_FOOT, _BARS_HEIGHT = 968, 150
_WEEKS = 52
_FONT = 'font-family="-apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif" font-weight="600"'


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
    """told: the card in one sentence, for those who do not see it."""

    words: tuple[Words, ...]
    bars: tuple[Bar, ...]
    told: str


def card(record: Record) -> Card:
    """The card of a runner's last weeks, a year at most."""
    counted = facts(record)
    words = [
        Words(_MARGIN, 148, 40, GREEN, "Stridewell"),
        Words(_MARGIN, 240, 72, INK, "Strength for my running"),
        # The library's font has no long dash.
        Words(_MARGIN, 304, 38, SOFT, span(record).replace("–", "to")),
    ]
    for n, (number, what) in enumerate(counted):
        x, y = _MARGIN + (n % 2) * 460, 482 + (n // 2) * 210
        words += [Words(x, y, 128, GREEN, number), Words(x, y + 52, 38, INK, what)]
    told = ", ".join(f"{number} {what}" for number, what in counted)
    return Card(tuple(words), tuple(_bars(record)), f"Strength for my running, {span(record)}: {told}.")


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
    """The card as one SVG that needs nothing else: its colours stand in attributes, its fonts are those of the reader."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img" aria-labelledby="told" {_FONT}>',
        f'<title id="told">{escape(drawn.told)}</title>',
        f'<rect width="{SIDE}" height="{SIDE}" fill="{PAGE}"/>',
    ]
    parts += [
        f'<rect x="{b.x:.1f}" y="{b.y:.1f}" width="{b.width:.1f}" height="{b.height:.1f}" rx="4" fill="{b.colour}"/>'
        for b in drawn.bars
    ]
    parts += [
        f'<text x="{w.x}" y="{w.y}" font-size="{w.size}" fill="{w.colour}">{escape(w.text)}</text>' for w in drawn.words
    ]
    return "".join([*parts, "</svg>"])


def png(drawn: Card) -> bytes:
    """The same as PNG, with the font that comes with the library. The same card gives the same bytes."""
    picture = Image.new("RGB", (SIDE, SIDE), PAGE)
    pen = ImageDraw.Draw(picture)
    for b in drawn.bars:
        pen.rounded_rectangle((b.x, b.y, b.x + b.width, b.y + b.height), radius=min(4, b.width / 2), fill=b.colour)
    for w in drawn.words:
        pen.text((w.x, w.y), w.text, fill=w.colour, font=ImageFont.load_default(w.size), anchor="ls")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
