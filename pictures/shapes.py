"""Flat shapes, ready to be painted one over the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pictures.body import Ball
    from pictures.camera import Camera, Outline
    from pictures.vectors import Vec


BEHIND = -1e6
"""Nearness of what is painted before the figure."""
IN_FRONT = 1e6


@dataclass(frozen=True, slots=True)
class Shape:
    """Something of one colour. line: whether its edge is drawn, in a darker shade. name: the same from frame to frame."""

    colour: str
    outlines: tuple[Outline, ...]
    line: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes painted together. nearness: of two layers the nearer is painted over the other.

    A layer named `right-arm<bell` goes with the layer right-arm and is painted just before it, `trunk>strap` just after.
    """

    name: str
    shapes: tuple[Shape, ...]
    nearness: float


def hull(camera: Camera, colour: str, *balls: Ball, line: bool = True) -> Shape:
    return Shape(colour, (camera.hull(balls),), line=line)


def rod(camera: Camera, colour: str, a: Vec, b: Vec, radius: float, *, line: bool = True) -> Shape:
    return hull(camera, colour, (a, radius), (b, radius), line=line)


def box(camera: Camera, low: Vec, high: Vec, colour: str = "prop", *, line: bool = True) -> tuple[Shape, ...]:
    """The three faces of an upright box that can be seen."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    x = x1 if camera.towards[0] >= 0 else x0
    side = Shape(f"{colour}-side", (camera.flat([(x, y0, z0), (x, y0, z1), (x, y1, z1), (x, y1, z0)]),), line=line)
    front = Shape(colour, (camera.flat([(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)]),), line=line)
    top = Shape(f"{colour}-top", (camera.flat([(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]),), line=line)
    return (side, front, top)
