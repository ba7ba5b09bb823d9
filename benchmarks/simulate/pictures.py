"""One picture a world: gain against pain, the share in band as the size of the mark. Plain SVG, no library."""

from __future__ import annotations

from html import escape
from math import sqrt

from benchmarks.simulate.figures import COLUMNS, Result
from benchmarks.simulate.history import ENGINE, ORACLE

WIDTH, HEIGHT, EDGE = 640, 400, 56
LETTER, LINE = 6.6, 14.0
"""Width of a letter and height of a line, in the picture's units."""
_GAIN = next(c for c in COLUMNS if c.key == "gain_24")
_PAIN = next(c for c in COLUMNS if c.key == "pain_weeks")
_BAND = next(c for c in COLUMNS if c.key == "in_band")


def map_of(result: Result) -> str:
    """SVG text: x weeks of pain ≥ 4, y gain at the end, area of a mark the share of sets in band."""
    points = [
        (policy, pain.mean, gain.mean, band.mean)
        for policy in result.outcomes
        for pain, gain, band in [[result.figure(policy, c) for c in (_PAIN, _GAIN, _BAND)]]
        if pain is not None and gain is not None and band is not None
    ]
    most_pain = 1.15 * max(x for _, x, _, _ in points) + 0.5
    least = min(0.0, *(y for _, _, y, _ in points))
    most_gain = 1.15 * max(y for _, _, y, _ in points) + 0.5

    def across(pain: float) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * pain / most_pain

    def up(gain: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (gain - least) / (most_gain - least)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(result.world)}: gain against weeks of pain, by policy</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<path d="M{EDGE} {EDGE}V{HEIGHT - EDGE}H{WIDTH - EDGE}" fill="none" stroke="#555555"/>',
    ]
    for n in range(5):
        pain, gain = n * most_pain / 4, least + n * (most_gain - least) / 4
        lines += [
            f'<text x="{across(pain):.0f}" y="{HEIGHT - EDGE + 18}" text-anchor="middle" fill="#555555">{pain:.1f}</text>',
            f'<text x="{EDGE - 8}" y="{up(gain) + 4:.0f}" text-anchor="end" fill="#555555">{gain:.0f}</text>',
        ]
    lines += [
        f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">weeks of pain ≥ 4, of 24</text>',
        f'<text x="{EDGE}" y="{EDGE - 24}">gain, % (area of a mark: sets in band)</text>',
    ]
    places: list[tuple[float, float, float]] = []
    for policy, pain, gain, band in points:
        colour = {ENGINE: "#0b6e4f", ORACLE: "#8a8a8a"}.get(policy, "#b5651d")
        radius = 1.8 * sqrt(max(1.0, band))
        text = f"{policy} ({band:.0f} %)"
        x, y = _free(places, across(pain) + radius + 4, up(gain) + 4, LETTER * len(text))
        lines += [
            f'<circle cx="{across(pain):.1f}" cy="{up(gain):.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.6"/>',
            f'<text x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _free(places: list[tuple[float, float, float]], x: float, y: float, width: float) -> tuple[float, float]:
    """A place for a text of this width at x, moved down or up until it hides no other; kept in places."""
    x = min(x, WIDTH - width)
    for n in range(20):
        at = y + LINE * ((n + 1) // 2) * (1 if n % 2 else -1)
        if all(abs(at - other) >= LINE or x >= right or left >= x + width for left, right, other in places):
            break
    places.append((x, x + width, at))
    return x, at
