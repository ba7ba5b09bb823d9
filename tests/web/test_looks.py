"""What a runner with weak eyes can count on, read from the stylesheet itself."""

from __future__ import annotations

import re

import pytest

from web.pages import STATIC

STYLE = (STATIC / "site.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "page"),
    ("ink", "card"),
    ("ink", "tint"),
    ("soft", "page"),
    ("soft", "card"),
    ("green", "page"),
    ("green", "card"),
    ("green", "tint"),
    ("on-green", "green"),
    ("stop-ink", "stop"),
]
EDGES = [("edge", "page"), ("edge", "card"), ("green", "card"), ("green", "tint"), ("stop-edge", "stop")]


def colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", dark))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_edges_stand_out_by_day_and_by_night(scheme: str) -> None:
    colour = colours(scheme)
    for ink, paper in TEXT:
        assert contrast(colour[ink], colour[paper]) >= 4.5, f"{ink} on {paper}"
    for edge, paper in EDGES:
        assert contrast(colour[edge], colour[paper]) >= 3, f"{edge} on {paper}"


def test_the_stylesheet_fetches_nothing() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
