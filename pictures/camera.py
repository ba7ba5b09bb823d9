"""From space to the picture: where things appear, and their outlines.

A ball looks like a disc from everywhere, so the outline of a hull of balls is the outline of its discs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, inf, pi, radians, sin

from pictures.vectors import Vec, dot

Point = tuple[float, float]
Outline = tuple[Point, ...]

FINE = 40
"""Corners of the outline of a hull: at the size of a mail each is a fraction of a pixel off the curve."""
COARSE = 24
"""The same for moving pictures, where every outline is told many times."""


@cache
def _round(corners: int) -> tuple[Point, ...]:
    return tuple((cos(2 * pi * k / corners), sin(2 * pi * k / corners)) for k in range(corners))


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks from afar. right, up: the picture's directions in space; towards: the direction to whoever looks."""

    right: Vec
    up: Vec
    towards: Vec
    corners: int = FINE

    def see(self, point: Vec) -> Point:
        return (dot(point, self.right), dot(point, self.up))

    def nearness(self, point: Vec) -> float:
        return dot(point, self.towards)

    def hull(self, balls: Iterable[tuple[Vec, float]]) -> Outline:
        """The outline of the skin around balls, always in the same sense and with the same number of corners."""
        discs = [(*self.see(middle), radius) for middle, radius in balls]
        out = []
        for dx, dy in _round(self.corners):
            farthest = -inf
            for disc in discs:
                reach = disc[0] * dx + disc[1] * dy + disc[2]
                if reach > farthest:
                    farthest, (x, y, r) = reach, disc
            out.append((x + r * dx, y + r * dy))
        return tuple(out)

    def on_floor(self, discs: Iterable[tuple[Vec, float]]) -> Outline:
        """The outline around discs that lie flat on the floor."""
        flat = abs(self.towards[1])
        seen = [(*self.see(middle), radius) for middle, radius in discs]
        out = []
        for dx, dy in _round(self.corners):
            far = hypot(dx, dy * flat) or 1.0
            x, y, r = max(seen, key=lambda d: d[0] * dx + d[1] * dy + d[2] * far)
            out.append((x + r * dx / far, y + r * dy * flat * flat / far))
        return tuple(out)

    def flat(self, corners: Sequence[Vec]) -> Outline:
        return tuple(self.see(c) for c in corners)


def camera(yaw: float, pitch: float, corners: int = FINE) -> Camera:
    """yaw: degrees the scene is turned, 0: from the side, 90: whoever faces right is seen from the front. pitch: degrees
    looked down from.
    """
    cy, sy, cp, sp = cos(radians(yaw)), sin(radians(yaw)), cos(radians(pitch)), sin(radians(pitch))
    return Camera(right=(cy, 0.0, -sy), up=(-sp * sy, cp, -sp * cy), towards=(cp * sy, sp, cp * cy), corners=corners)
