"""From joints to a body: every part is made of balls, and what lies between balls that belong together is filled.

A limb is a chain of balls of different sizes, so that it swells and tapers as a limb does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, pi, sin

from pictures import skeleton as sk
from pictures.pose import Arm, Leg, Pose
from pictures.skeleton import SIDES, Skeleton
from pictures.vectors import FORWARD, UP, Frame, Vec, add, along, cross, dot, length, mix, scale, sub, unit

LYING = 60.0
"""Degrees of lean from which a body without a given height lies on the floor and does not stand on its feet."""

Ball = tuple[Vec, float]
"""Where its middle is, and its radius."""

Hull = tuple[Ball, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of one colour. hulls: each the skin around some balls; the piece is all of them together.

    line: whether its edge is drawn.
    """

    name: str
    colour: str
    hulls: tuple[Hull, ...]
    line: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What is painted in one go: an arm, the trunk. at: the point whose nearness decides who is painted over whom;
    lift: what is added to it.
    """

    name: str
    pieces: tuple[Piece, ...]
    at: Vec
    lift: float = 0.0


Tints = dict[str, list[Piece]]
"""Patches of working muscle, by the place among the pieces where they are painted."""


def chain(*balls: Ball) -> tuple[Hull, ...]:
    """The hulls between neighbours."""
    return tuple(pairwise(balls))


def ring(middle: Vec, axis: Vec, radius: float) -> Hull:
    """Balls on a circle: a hull that ends in one is cut off straight, as a sleeve is."""
    first = unit(cross(axis, UP), FORWARD)
    second = cross(axis, first)
    angles = [k * pi / 6 for k in range(12)]
    return tuple((along(along(middle, first, radius * cos(a)), second, radius * sin(a)), 0.3) for a in angles)


def stand(pose: Pose) -> Skeleton:
    """The joints of a pose: at the height it gives, else standing on pinned feet, else (lying, kneeling or sitting on the
    floor) lowered until trunk, head or a leg that is not pinned touches the floor.
    """
    height = pose.hips[1]
    if height is not None:
        return sk.solve(pose, height)
    free = [side for side in SIDES if _is_free(pose.leg(side))]
    standing = None if abs(pose.lean) >= LYING else sk.standing_height(pose)
    if standing is not None:
        return sk.solve(pose, standing)
    # Pinned limbs do not decide how low a body lies.
    loose = replace(
        pose,
        right_leg=pose.right_leg if "right" in free else Leg(),
        left_leg=pose.left_leg if "left" in free else Leg(),
        right_arm=Arm(),
        left_arm=Arm(),
    )
    return sk.solve(pose, -_lowest(sk.solve(loose, 0.0), free))


def _is_free(leg: Leg) -> bool:
    return leg.foot is None and leg.ankle is None


def _lowest(s: Skeleton, free_legs: list[str]) -> float:
    """The height of the lowest skin of trunk, head and those legs."""
    shoulders = tuple((s.points[f"{side}_shoulder"], 3.6) for side in SIDES)
    hulls = [*_pelvis(s), *_chest(s), _skull(s), shoulders]
    for side in free_legs:
        hulls += [*_thigh(s, side), *_calf(s, side), *_sole(s, side), *_shoe(s, side)]
    return min(middle[1] - radius for hull in hulls for middle, radius in hull)


def parts(s: Skeleton, *, towards: Vec, barefoot: bool, tints: Tints) -> list[Part]:
    """The body's parts, not yet in order. towards: the direction to whoever looks."""
    farther = _farther_side(s, towards)
    out = [_trunk(s, tints), Part("head", _head(s, towards), s.points["head"])]
    for side in SIDES:
        shade = "-far" if side == farther else ""
        out.append(_leg(s, side, shade, towards, tints, barefoot=barefoot))
        out.append(_arm(s, side, shade, towards, tints))
    return out


def _farther_side(s: Skeleton, towards: Vec) -> str:
    """The side that is painted in shade; none where both are about as near."""
    p = s.points
    across = sub(add(p["right_shoulder"], p["right_hip"]), add(p["left_shoulder"], p["left_hip"]))
    nearer = dot(unit(across), towards)
    return "" if abs(nearer) < 0.4 else "left" if nearer > 0 else "right"


# The trunk


def _pair(frame: Frame, origin: Vec, forward: float, up: float, aside: float, radius: float) -> Hull:
    """A ball at the right and its like at the left."""
    return tuple((frame.at(origin, forward, up, side * aside), radius) for side in (1, -1))


def _pelvis(s: Skeleton) -> tuple[Hull, ...]:
    hips, waist, f = s.points["hips"], s.points["waist"], s.pelvis
    seat = _pair(f, hips, -2.0, -0.4, 3.6, 5.6)
    front = _pair(f, hips, 0.6, 1.0, 3.6, 5.2)
    return ((*seat, *front), (*front, *seat, *_pair(f, waist, 0.2, -2.5, 2.7, 4.9)))


def _chest(s: Skeleton) -> tuple[Hull, ...]:
    waist, ribs, neck = (s.points[n] for n in ("waist", "ribs", "neck"))
    low = _pair(s.pelvis, waist, 0.0, -3.4, 3.1, 5.2)
    middle = _pair(s.pelvis, waist, 0.2, 2.0, 2.8, 4.8)
    high = _pair(s.chest, ribs, 0.5, 2.6, 3.6, 5.8)
    shoulders = _pair(s.chest, neck, 0.0, -3.0, 7.2, 4.0)
    collar = _pair(s.chest, neck, -0.4, 0.4, 1.4, 2.6)
    return ((*low, *middle), (*middle, *high), (*high, *shoulders), (*shoulders, *collar))


def _trunk(s: Skeleton, tints: Tints) -> Part:
    pieces = (
        *tints.get("pelvis-behind", ()),
        Piece("pelvis", "shorts", _pelvis(s)),
        *tints.get("pelvis", ()),
        *tints.get("chest-behind", ()),
        Piece("chest", "shirt", _chest(s)),
        *tints.get("chest", ()),
    )
    return Part("trunk", pieces, mix(s.points["hips"], s.points["neck"], 0.5))


# The head


def _skull(s: Skeleton) -> Hull:
    c, f = s.points["head"], s.head
    return ((f.at(c, -0.5, 1.2, 0), 6.5), (f.at(c, 1.2, -2.6, 0), 4.4))


def _head(s: Skeleton, towards: Vec) -> tuple[Piece, ...]:
    c, f = s.points["head"], s.head
    throat = chain((along(s.points["neck"], s.chest.up, -0.6), 2.7), (along(c, f.up, -3.0), 2.6))
    neck = Piece("neck", "neck", throat, line=False)
    hair = Piece("hair", "hair", (((f.at(c, -0.6, 1.5, 0), 6.7), (f.at(c, -2.2, -1.2, 0), 4.9)),))
    bun = Piece("bun", "hair", (((f.at(c, -4.6, 7.8, 0), 2.7),),))
    profile = ((f.at(c, 5.9, -1.3, 0), 0.8), (f.at(c, 5.0, 0.9, 0), 0.9), (f.at(c, 4.6, -2.6, 0), 1.0))
    face = Piece("face", "skin", (((f.at(c, 1.7, -0.7, 0), 5.0), (f.at(c, 1.5, -3.0, 0), 4.1)), profile))
    details = []
    for side, sign in (("right", 1), ("left", -1)):
        if dot(f.right, towards) * sign > 0.2:
            details.append(Piece(f"{side}-ear", "skin", (((f.at(c, -0.9, -1.1, sign * 5.4), 1.5),),)))
        eye = f.at(c, 5.4, 0.5, sign * 2.3)
        if dot(unit(sub(eye, f.at(c, 0.4, 0.5, 0))), towards) > 0.28:
            details.append(Piece(f"{side}-eye", "eye", (((eye, 0.7),),), line=False))
    if dot(f.forward, towards) > -0.25:
        return (neck, bun, hair, face, *details)
    return (neck, face, hair, bun, *details)


# Legs


def _thigh(s: Skeleton, side: str) -> tuple[Hull, ...]:
    hip, knee, front = s.points[f"{side}_hip"], s.points[f"{side}_knee"], s.fronts[f"{side}_thigh"]
    return chain((hip, 5.6), (along(mix(hip, knee, 0.4), front, 0.5), 5.2), (knee, 3.7))


def _shorts(s: Skeleton, side: str) -> tuple[Hull, ...]:
    hip, knee, front = s.points[f"{side}_hip"], s.points[f"{side}_knee"], s.fronts[f"{side}_thigh"]
    middle = (along(mix(hip, knee, 0.3), front, 0.4), 5.7)
    hem = ring(along(mix(hip, knee, 0.64), front, 0.3), unit(sub(knee, hip)), 5.5)
    return (((hip, 5.8), middle), (middle, *hem))


def _calf(s: Skeleton, side: str) -> tuple[Hull, ...]:
    knee, ankle, front = s.points[f"{side}_knee"], s.points[f"{side}_ankle"], s.fronts[f"{side}_shin"]
    return chain((knee, 3.7), (along(mix(knee, ankle, 0.3), front, -0.9), 3.9), (ankle, 2.2))


def _foot_points(s: Skeleton, side: str) -> tuple[Vec, Vec, Vec, Vec, Vec]:
    """Under the heel, under the ball, under the tips of the toes, the ankle; and where the instep looks."""
    p = s.points
    return (p[f"{side}_heel"], p[f"{side}_ball"], p[f"{side}_toe"], p[f"{side}_ankle"], s.fronts[f"{side}_foot"])


def _shoe(s: Skeleton, side: str) -> tuple[Hull, ...]:
    heel, ball, toe, ankle, up = _foot_points(s, side)
    flat = unit(sub(ball, heel))
    upper = ((along(along(heel, up, 3.1), flat, 0.2), 2.3), (ankle, 2.7), (along(ball, up, 2.6), 1.9))
    front = ((along(along(ball, up, 2.6), flat, 0.2), 1.9), (along(mix(ball, toe, 0.8), up, 2.2), 1.4))
    return (upper, front)


def _sole(s: Skeleton, side: str) -> tuple[Hull, ...]:
    heel, ball, toe, _, up = _foot_points(s, side)
    flat = unit(sub(ball, heel))
    foot = Frame(flat, up, cross(flat, up))
    back, middle, tip = (
        _pair(foot, heel, -1.0, 0.9, 1.3, 0.9),
        _pair(foot, ball, 0, 0.9, 1.5, 0.9),
        _pair(foot, toe, 0, 0.9, 0.8, 0.9),
    )
    return ((*back, *middle), (*middle, *tip))


def _bare_foot(s: Skeleton, side: str) -> tuple[Hull, ...]:
    """The shorter the foot is drawn, the higher is its arch."""
    heel, ball, toe, ankle, up = _foot_points(s, side)
    flat = unit(sub(ball, heel))
    inner = scale(cross(flat, up), -1 if side == "right" else 1)
    drawn = sk.BALL + sk.HEEL - length(sub(ball, heel))
    instep = (along(mix(heel, ball, 0.58), up, 2.9 + 0.9 * drawn), 1.6)
    width = tuple((along(along(ball, up, 1.2), inner, k), 1.2) for k in (1.5, -1.4))
    toes = []
    for aside, ahead, size in (
        (1.9, 1.0, 1.0),
        (0.6, 0.98, 0.72),
        (-0.5, 0.84, 0.68),
        (-1.5, 0.66, 0.64),
        (-2.4, 0.42, 0.6),
    ):
        root = along(along(ball, up, 1.0), inner, aside * 0.75)
        tip = along(along(mix(ball, toe, ahead), up, size), inner, aside)
        toes.append(((root, 1.0), (tip, size)))
    return (
        ((along(heel, up, 2.2), 2.2), (ankle, 2.2)),
        ((along(heel, up, 2.6), 1.8), instep, (ankle, 2.2)),
        (instep, *width),
        *toes,
    )


def _leg(s: Skeleton, side: str, shade: str, towards: Vec, tints: Tints, *, barefoot: bool) -> Part:
    hip, knee, ankle = (s.points[f"{side}_{n}"] for n in ("hip", "knee", "ankle"))
    skin = f"skin{shade}"
    thigh = [
        *tints.get(f"{side}-thigh-behind", ()),
        Piece("thigh", skin, _thigh(s, side)),
        Piece("shorts", f"shorts{shade}", _shorts(s, side)),
    ]
    calf = [
        *tints.get(f"{side}-calf-behind", ()),
        Piece("calf", skin, _calf(s, side)),
        *tints.get(f"{side}-calf", ()),
    ]
    if barefoot:
        foot = [
            *tints.get(f"{side}-foot-behind", ()),
            Piece("foot", skin, _bare_foot(s, side)),
            *tints.get(f"{side}-foot", ()),
        ]
    else:
        foot = [Piece("sole", f"sole{shade}", _sole(s, side)), Piece("shoe", f"shoe{shade}", _shoe(s, side))]
    # Hides the edges of thigh and calf where they meet.
    joint = Piece(
        "knee",
        skin,
        (((knee, 3.4), (mix(knee, hip, 0.16), 3.6)), ((knee, 3.4), (mix(knee, ankle, 0.14), 3.4))),
        line=False,
    )
    tint = tints.get(f"{side}-thigh", ())
    below = [*foot, *calf] if barefoot else [*calf, *foot]
    nearer = dot(sub(mix(knee, ankle, 0.5), mix(hip, knee, 0.5)), towards)
    pieces = [*thigh, *tint, *below, joint] if nearer > 4 else [*below, *thigh, joint, *tint]
    return Part(f"{side}-leg", tuple(pieces), mix(mix(hip, knee, 0.5), mix(knee, ankle, 0.5), 0.4), lift=0.8)


# Arms


def _arm(s: Skeleton, side: str, shade: str, towards: Vec, tints: Tints) -> Part:
    shoulder, elbow, wrist, hand, fingers = (
        s.points[f"{side}_{n}"] for n in ("shoulder", "elbow", "wrist", "hand", "fingers")
    )
    skin = f"skin{shade}"
    sleeve = ((shoulder, 3.6), *ring(mix(shoulder, elbow, 0.62), unit(sub(elbow, shoulder)), 3.3))
    upper = [
        Piece("upper", skin, chain((shoulder, 3.2), (mix(shoulder, elbow, 0.45), 3.0), (elbow, 2.4))),
        Piece("sleeve", f"shirt{shade}", (sleeve,)),
        *tints.get(f"{side}-arm", ()),
    ]
    lower = Piece(
        "fore", skin, chain((elbow, 2.4), (mix(elbow, wrist, 0.3), 2.5), (wrist, 1.7), (hand, 2.3), (fingers, 1.7))
    )
    joint = Piece(
        "elbow",
        skin,
        (((elbow, 2.1), (mix(elbow, shoulder, 0.2), 2.2)), ((elbow, 2.1), (mix(elbow, wrist, 0.2), 2.1))),
        line=False,
    )
    fore_nearer = dot(sub(hand, shoulder), towards) > -3
    pieces = [*upper, lower, joint] if fore_nearer else [lower, *upper, joint]
    return Part(f"{side}-arm", tuple(pieces), mix(elbow, mix(shoulder, wrist, 0.5), 0.5), lift=1.2)
