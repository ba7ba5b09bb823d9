"""The working muscles: patches of the body that are tinted.

Each is a chain of balls told in a bone's own terms, so that it moves with it: how far down the bone, how far to its front,
how far to its outer side, and how large.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pictures.body import Ball, Hull, Piece, Tints, chain
from pictures.skeleton import SIDES, Skeleton
from pictures.vectors import Frame, Vec, cross, dot, scale, sub, unit

Spot = tuple[float, float, float, float]
"""Share of the bone's length from its upper end, then hundredths of the height to the front and to the outer side, and
the radius. For the trunk: up, to the front, to the right, radius."""


@dataclass(frozen=True, slots=True)
class Patch:
    """bone: which it moves with. place: among which pieces it is painted. looks: (front, outer): where its surface looks;
    turned away from whoever looks, it is painted beneath the limb.
    """

    bone: str
    place: str
    looks: tuple[float, float]
    spots: tuple[Spot, ...]


LIMBS: Mapping[str, Patch] = {
    "quads": Patch("thigh", "thigh", (1, 0), ((0.26, 2.6, 0, 3.0), (0.6, 2.2, 0, 2.7), (0.88, 1.2, 0, 1.9))),
    "hamstrings": Patch("thigh", "thigh", (-1, 0), ((0.3, -2.9, 0, 2.7), (0.6, -2.3, 0, 2.5), (0.92, -1.4, 0, 1.7))),
    "adductors": Patch("thigh", "thigh", (0.3, -1), ((0.24, 0.6, -2.8, 2.6), (0.76, 0.6, -1.7, 2.0))),
    "calves": Patch("shin", "calf", (-1, 0), ((0.33, -2.2, 0, 2.4), (0.46, -2.0, 0, 2.4), (0.74, -0.9, 0, 1.6))),
    "soleus": Patch("shin", "calf", (-1, 0), ((0.42, -1.9, 0, 2.0), (0.64, -1.3, 0, 1.8), (0.92, -0.8, 0, 1.3))),
    "shins": Patch("shin", "calf", (1, 0.4), ((0.36, 1.2, 0.4, 1.7), (0.6, 0.9, 0.3, 1.6), (0.9, 0.7, 0, 1.2))),
    "peroneals": Patch("shin", "calf", (0, 1), ((0.36, -0.4, 1.4, 1.8), (0.9, -0.4, 0.6, 1.3))),
    "shoulders": Patch("upper", "arm", (0, 1), ((0.02, 0, 0.4, 2.9), (0.34, 0, 0.4, 2.4))),
    "arms": Patch("upper", "arm", (0, 1), ((0.5, 0, 0.2, 2.1), (0.92, 0, 0.2, 1.8))),
}
HIPS: Mapping[str, Patch] = {
    "glutes": Patch("pelvis", "thigh", (-1, 0.3), ((1.2, -3.8, -0.4, 3.7), (-1.8, -2.8, 0, 3.4))),
    "abductors": Patch("pelvis", "thigh", (0, 1), ((4.0, -0.4, 2.2, 2.8), (-0.6, 0, 2.9, 2.7))),
    "hip-flexors": Patch("pelvis", "thigh", (1, 0), ((3.6, 3.0, 0, 2.3), (-2.6, 3.0, 0.2, 2.4))),
}
TRUNK: Mapping[str, Patch] = {
    "abs": Patch("ribs", "chest", (1, 0), ((1.0, 3.6, 0, 2.8), (-8.5, 2.7, 0, 2.6), (-13.0, 2.8, 0, 2.2))),
    "obliques": Patch("ribs", "chest", (0, 1), ((0.0, 0.8, 5.2, 2.9), (-10.5, 0.6, 4.2, 2.8))),
    "back": Patch("ribs", "chest", (-1, 0), ((2.0, -3.2, 0, 2.4), (-8.5, -2.7, 0, 2.2), (-13.0, -3.0, 0, 2.0))),
    "upper-back": Patch("ribs", "chest", (-1, 0), ((9.0, -2.0, 0, 2.5), (1.0, -3.4, 0, 2.9))),
    "chest": Patch("ribs", "chest", (1, 0.3), ((5.6, 3.2, 3.4, 2.9), (5.2, 3.2, 1.0, 2.7))),
}
FEET = "feet"
MUSCLES = (*LIMBS, *HIPS, *TRUNK, FEET)


def tints(s: Skeleton, works: tuple[str, ...], towards: Vec) -> Tints:
    """The patches, by where among the body's pieces they are painted.

    works: muscles, with `right ` or `left ` before those of one side only.
    """
    out: Tints = {}
    for work in works:
        only, _, muscle = work.rpartition(" ")
        sides = [side for side in SIDES if only in ("", side)]
        if muscle in TRUNK and TRUNK[muscle].looks[1] == 0:
            sides = ["right"]
        for side in sides:
            place, hulls, looks = _patch(s, side, muscle)
            where = place if dot(looks, towards) > -0.55 else f"{place}-behind"
            out.setdefault(where, []).append(Piece(f"{side}-{muscle}", "work", hulls, line=False))
            if muscle in HIPS and dot(looks, towards) > -0.2:
                # Whichever of pelvis and thigh is painted last shows it.
                out.setdefault("pelvis", []).append(Piece(f"{side}-{muscle}", "work", hulls, line=False))
    return out


def _patch(s: Skeleton, side: str, muscle: str) -> tuple[str, tuple[Hull, ...], Vec]:
    sign = 1 if side == "right" else -1
    p = s.points
    if muscle == FEET:
        heel, ball, up = p[f"{side}_heel"], p[f"{side}_ball"], s.fronts[f"{side}_foot"]
        flat = unit(sub(ball, heel))
        foot = Frame(flat, up, cross(flat, up))
        spots = ((foot.at(heel, 0.5, 1.5, 0), 1.1), (foot.at(heel, 5.0, 1.9, 0), 0.9), (foot.at(ball, 0, 1.2, 0), 0.9))
        return f"{side}-foot", chain(*spots), scale(foot.right, -sign)
    if muscle in TRUNK:
        patch = TRUNK[muscle]
        balls = [_trunk_spot(s, spot, sign) for spot in patch.spots]
        looks = s.chest.at((0, 0, 0), patch.looks[0], 0, patch.looks[1] * sign)
        return patch.place, chain(*balls), looks
    if muscle in HIPS:
        patch, frame, hip = HIPS[muscle], s.pelvis, p[f"{side}_hip"]
        balls = [(frame.at(hip, front, up, outer * sign), r) for up, front, outer, r in patch.spots]
    else:
        patch = LIMBS[muscle]
        ends = {"thigh": ("hip", "knee"), "shin": ("knee", "ankle"), "upper": ("shoulder", "elbow")}[patch.bone]
        top, bottom = p[f"{side}_{ends[0]}"], p[f"{side}_{ends[1]}"]
        bone = sub(bottom, top)
        front = s.fronts[f"{side}_{patch.bone}"]
        frame = Frame(front, scale(unit(bone), -1), cross(front, scale(unit(bone), -1)))
        balls = [
            (
                frame.at(
                    (top[0] + bone[0] * down, top[1] + bone[1] * down, top[2] + bone[2] * down), ahead, 0, outer * sign
                ),
                r,
            )
            for down, ahead, outer, r in patch.spots
        ]
    return f"{side}-{patch.place}", chain(*balls), frame.at((0, 0, 0), patch.looks[0], 0, patch.looks[1] * sign)


def _trunk_spot(s: Skeleton, spot: Spot, sign: int) -> Ball:
    """Above the lowest ribs a spot goes with the chest, below with the pelvis."""
    up, ahead, outer, radius = spot
    if up >= -4:
        return (s.chest.at(s.points["ribs"], ahead, up, outer * sign), radius)
    return (s.pelvis.at(s.points["waist"], ahead, up + 9, outer * sign), radius)
