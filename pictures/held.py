"""Things that go with the figure: in its hands, on its back, round its legs, under its heels."""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin

from pictures import furniture
from pictures.body import ring
from pictures.camera import Camera
from pictures.pose import Prop
from pictures.shapes import BEHIND, Layer, Shape, hull, rod
from pictures.skeleton import SIDES, Skeleton
from pictures.vectors import FORWARD, UP, Vec, add, along, cross, dot, mix, scale, sub, unit

KETTLE_RADIUS = 4.8
KETTLE_DROP = 8.2
"""From the grip to the middle of the ball."""


def _sides(at: str) -> tuple[str, ...]:
    return SIDES if at == "both" else (at,)


def _between_hands(s: Skeleton) -> Vec:
    return mix(s.points["right_hand"], s.points["left_hand"], 0.5)


# Weights


def dumbbell(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    if prop.at == "chest":
        middle = _between_hands(s)
        shapes = _bell(camera, along(middle, s.chest.up, -1.5), s.chest.up)
        return [Layer("dumbbell", tuple(shapes), camera.nearness(middle) + 6)]
    out = []
    for side in _sides(prop.at):
        palm = s.points[f"{side}_hand"]
        bar = unit(cross(s.base.right, unit(sub(palm, s.points[f"{side}_elbow"]))), FORWARD)
        out.append(Layer(f"{side}-arm<dumbbell", tuple(_bell(camera, palm, bar)), 0.0))
    return out


def _bell(camera: Camera, middle: Vec, bar: Vec) -> list[Shape]:
    farther_first = sorted((-1, 1), key=lambda k: dot(scale(bar, k), camera.towards))
    grip = rod(camera, "metal-light", along(middle, bar, -4), along(middle, bar, 4), 0.8)
    ends = [rod(camera, "metal", along(middle, bar, k * 3.6), along(middle, bar, k * 5.6), 3.1) for k in farther_first]
    return [grip, *ends]


def kettlebell(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    if prop.at == "floor":
        return [
            Layer(
                "kettlebell",
                tuple(_kettle(camera, (prop.x, prop.y + KETTLE_DROP + KETTLE_RADIUS, prop.z), FORWARD)),
                BEHIND,
            )
        ]
    if prop.at == "chest":
        middle = _between_hands(s)
        return [
            Layer("kettlebell", tuple(_kettle(camera, along(middle, UP, 1.0), s.chest.right)), camera.nearness(middle))
        ]
    return [
        Layer(f"{side}-arm<kettlebell", tuple(_kettle(camera, s.points[f"{side}_hand"], FORWARD)), 0.0)
        for side in _sides(prop.at)
    ]


def _kettle(camera: Camera, grip: Vec, bar: Vec) -> list[Shape]:
    body = along(grip, UP, -KETTLE_DROP)
    horns = [rod(camera, "metal", along(grip, bar, k * 2.4), along(body, bar, k * 3.2), 0.8) for k in (1, -1)]
    return [
        *horns,
        rod(camera, "metal", along(grip, bar, 2.4), along(grip, bar, -2.4), 0.8),
        hull(camera, "metal", (body, KETTLE_RADIUS)),
    ]


def barbell(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    """height: of its discs."""
    p = s.points
    if prop.at == "back":
        middle, bar = s.chest.at(p["neck"], -4.0, -0.6, 0), s.chest.right
    elif prop.at == "front":
        middle, bar = s.chest.at(p["neck"], 4.6, -2.0, 0), s.chest.right
    elif prop.at == "hips":
        middle, bar = s.pelvis.at(p["hips"], 7.0, 2.5, 0), s.pelvis.right
    else:
        middle, bar = _between_hands(s), unit(sub(p["right_hand"], p["left_hand"]), s.chest.right)
    nearer = 1 if dot(bar, camera.towards) >= 0 else -1
    here = camera.nearness(middle)
    far_disc = _disc(camera, along(middle, bar, -nearer * 20), bar, prop.height / 2)
    near_disc = _disc(camera, along(middle, bar, nearer * 20), bar, prop.height / 2)
    rail = rod(camera, "metal-light", along(middle, bar, -24), along(middle, bar, 24), 0.75)
    if prop.at != "back":
        return [
            Layer("far-disc", (far_disc,), here - 20),
            Layer("bar", (rail,), here + 0.5),
            Layer("near-disc", (near_disc,), here + 16),
        ]
    # On the back the trunk hides the bar's middle.
    end = rod(camera, "metal-light", along(middle, bar, nearer * 11), along(middle, bar, nearer * 24), 0.75)
    behind = min(here, camera.nearness(p["ribs"])) - 8
    return [Layer("bar", (far_disc, rail), behind), Layer("near-disc", (end, near_disc), here + 16)]


def _disc(camera: Camera, middle: Vec, axis: Vec, radius: float) -> Shape:
    first = unit(cross(axis, UP), FORWARD)
    second = cross(axis, first)
    rim = []
    for k in range(20):
        out = add(scale(first, radius * cos(k * pi / 10)), scale(second, radius * sin(k * pi / 10)))
        rim += [(add(along(middle, axis, side), out), 0.3) for side in (-0.9, 0.9)]
    return hull(camera, "metal", *rim)


def stick(_: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    """A broomstick along the back."""
    low, high = s.base.at(s.points["hips"], -8.6, -7.0, 0), s.base.at(s.points["head"], -7.6, 10.0, 0)
    return [Layer("stick", (rod(camera, "wood", low, high, 1.0),), camera.nearness(mix(low, high, 0.5)))]


def backpack(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    way = 1 if prop.at == "chest" else -1
    neck, f = s.points["neck"], s.chest
    sack = [(f.at(neck, way * 8.0, up, side * 3.4), 4.6) for up in (-5.0, -15.0) for side in (1, -1)]
    pocket = [(f.at(neck, way * 11.5, -14.0, side * 2.2), 2.6) for side in (1, -1)]
    here = camera.nearness(f.at(neck, way * 9.0, -10.0, 0))
    out = [Layer("backpack", (hull(camera, "bag", *sack), hull(camera, "bag", *pocket)), here)]
    if prop.at == "back":
        straps = []
        for side in (1, -1):
            spots = [
                f.at(neck, *spot) for spot in ((1.0, 0.6, side * 5), (4.2, -5.0, side * 5.2), (0.5, -15.0, side * 6.2))
            ]
            straps.append(Shape("bag", tuple(camera.hull(((a, 0.9), (b, 0.9))) for a, b in pairwise(spots))))
        out.append(Layer("trunk>straps", tuple(straps), 0.0))
    return out


# Bands, straps and cables


def _spot(name: str, s: Skeleton) -> Vec:
    """A point of the body, or three numbers."""
    if name in s.points:
        return s.points[name]
    x, y, z = (float(n) for n in name.split())
    return (x, y, z)


def tie(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    """Through its `ends` in turn."""
    spots = [_spot(name, s) for name in prop.ends]
    outlines = tuple(camera.hull(((a, 0.8), (b, 0.8))) for a, b in pairwise(spots))
    return [Layer(prop.kind, (Shape("band", outlines),), max(camera.nearness(spot) for spot in spots) + 4)]


def loop(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    """A short band round both legs, above the knees or round ankles or feet."""
    cuffs = [_cuff(prop.at, s, side) for side in SIDES]
    out = []
    for side, (middle, axis, radius) in zip(SIDES, cuffs, strict=True):
        balls = (*ring(along(middle, axis, -1.0), axis, radius), *ring(along(middle, axis, 1.0), axis, radius))
        out.append(Layer(f"{side}-leg>loop", (hull(camera, "band", *balls),), 0.0))
    (a, _, ra), (b, _, rb) = cuffs
    apart = unit(sub(a, b), FORWARD)
    gap = rod(camera, "band", along(a, apart, -ra * 0.7), along(b, apart, rb * 0.7), 1.1)
    return [*out, Layer("loop", (gap,), camera.nearness(mix(a, b, 0.5)))]


def _cuff(at: str, s: Skeleton, side: str) -> tuple[Vec, Vec, float]:
    """Where a loop goes round a leg: its middle, its axis, its radius."""
    hip, knee, ankle, heel, ball = (s.points[f"{side}_{n}"] for n in ("hip", "knee", "ankle", "heel", "ball"))
    if at == "feet":
        return along(mix(heel, ball, 0.75), s.fronts[f"{side}_foot"], 2.2), unit(sub(ball, heel)), 3.0
    if at == "ankles":
        return mix(ankle, knee, 0.12), unit(sub(ankle, knee)), 3.0
    return mix(knee, hip, 0.16), unit(sub(knee, hip)), 4.9


def cable(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    """A band or cable from a post at x, y, z to one of `ends` or between two."""
    spots = [_spot(name, s) for name in prop.ends]
    end = mix(spots[0], spots[-1], 0.5)
    post = furniture.post(Prop("post", x=prop.x, z=prop.z, height=prop.y + 14), camera)
    rope = rod(camera, "band", (prop.x, prop.y, prop.z), end, 0.8)
    return [Layer("post", post, BEHIND), Layer("cable", (rope,), camera.nearness(end) - 0.5)]


def slider(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    out = []
    for side in _sides(prop.at):
        heel = s.points[f"{side}_heel"]
        disc = Shape("band", (camera.on_floor([((heel[0], 0.0, heel[2]), 5.2)]),))
        out.append(Layer("slider", (disc,), BEHIND + 1))
    return out


def press(prop: Prop, s: Skeleton, camera: Camera) -> list[Layer]:
    """A leg press: a seat with a slanting back, and a plate on a rail under the feet. x: where the rail ends."""
    p, half = s.points, 9.0
    top, low = s.base.at(p["neck"], -7.2, 4.0, 0), s.base.at(p["hips"], -8.2, -5.0, 0)
    edge = along(p["hips"], UP, -7.4)
    back = [(add(spot, (0, 0, z)), 1.6) for spot in (low, top) for z in (-half, half)]
    seat = [(add(spot, (0, 0, z)), 1.6) for spot in (low, add(edge, (9, 0, 0))) for z in (-half, half)]
    sole = mix(mix(p["right_heel"], p["right_ball"], 0.5), mix(p["left_heel"], p["left_ball"], 0.5), 0.5)
    upwards = unit(sub(p["right_ball"], p["right_heel"]))
    middle = along(sole, s.fronts["right_foot"], -1.4)
    plate = [(add(along(middle, upwards, k), (0, 0, z)), 1.2) for k in (-13, 13) for z in (-13, 13)]
    frame = (
        rod(camera, "metal", (low[0] - 4, 1.0, 0), (prop.x, 1.0, 0), 1.1),
        rod(camera, "metal", (low[0] + 2, 1.0, 0), (low[0] + 2, low[1], 0), 1.1),
        rod(camera, "metal", (prop.x, 1.0, 0), (prop.x, middle[1], 0), 1.1),
        rod(camera, "metal-light", middle, (prop.x, middle[1], 0), 1.0),
    )
    cushions = (hull(camera, "prop", *back), hull(camera, "prop", *seat))
    return [Layer("press", (*frame, *cushions), BEHIND), Layer("plate", (hull(camera, "metal", *plate),), BEHIND + 1)]
