"""Points and directions in space. x: right in the picture, y: up from the floor, z: towards whoever looks.

Lengths are hundredths of the figure's height.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, cos, degrees, hypot, radians, sin

Vec = tuple[float, float, float]

FORWARD: Vec = (1.0, 0.0, 0.0)
UP: Vec = (0.0, 1.0, 0.0)
NEAR: Vec = (0.0, 0.0, 1.0)


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, by: float) -> Vec:
    return (a[0] * by, a[1] * by, a[2] * by)


def along(a: Vec, direction: Vec, by: float) -> Vec:
    """The point `by` from a in a direction."""
    return (a[0] + direction[0] * by, a[1] + direction[1] * by, a[2] + direction[2] * by)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    return hypot(*a)


def unit(a: Vec, otherwise: Vec = UP) -> Vec:
    """The direction of a, or another one where a has none."""
    size = length(a)
    return otherwise if size < 1e-9 else scale(a, 1 / size)


def mix(a: Vec, b: Vec, t: float) -> Vec:
    """A at t = 0, b at t = 1."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def across(a: Vec, axis: Vec, otherwise: Vec) -> Vec:
    """The direction of what of a stands at a right angle to an axis."""
    rest = along(a, axis, -dot(a, axis))
    return unit(rest) if length(rest) > 1e-6 else otherwise


def rotated(a: Vec, axis: Vec, angle: float) -> Vec:
    """A turned about an axis through the origin by degrees, anticlockwise to whom the axis points at."""
    c, s = cos(radians(angle)), sin(radians(angle))
    side = cross(axis, a)
    parallel = dot(axis, a) * (1 - c)
    return (
        a[0] * c + side[0] * s + axis[0] * parallel,
        a[1] * c + side[1] * s + axis[1] * parallel,
        a[2] * c + side[2] * s + axis[2] * parallel,
    )


def angle_between(a: Vec, b: Vec) -> float:
    """Degrees, 0–180."""
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


@dataclass(frozen=True, slots=True)
class Frame:
    """How a part of the body is turned: where its front, its top and its right side point. Right-handed."""

    forward: Vec
    up: Vec
    right: Vec

    def about(self, axis: Vec, angle: float) -> Frame:
        return Frame(
            rotated(self.forward, axis, angle), rotated(self.up, axis, angle), rotated(self.right, axis, angle)
        )

    def pitched(self, angle: float) -> Frame:
        """Leaning forwards by degrees."""
        return self.about(self.right, -angle)

    def at(self, origin: Vec, forward: float, up: float, right: float) -> Vec:
        """The point with these coordinates in the frame."""
        return along(along(along(origin, self.forward, forward), self.up, up), self.right, right)
