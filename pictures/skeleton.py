"""From a pose to the places of the joints: bones of true length, pinned hands and feet reached by bending.

Lengths are hundredths of the figure's height, after the usual shares of body height, with the feet a little larger: a
small picture needs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, atan2, cos, degrees, radians, sin, sqrt

from pictures.pose import Arm, Leg, Pose
from pictures.vectors import (
    FORWARD,
    NEAR,
    UP,
    Frame,
    Vec,
    across,
    add,
    along,
    angle_between,
    cross,
    dot,
    length,
    rotated,
    scale,
    sub,
    unit,
)

THIGH = 24.5
SHIN = 24.0
UPPER_ARM = 16.5
FOREARM = 14.0
HAND = 3.4
"""From the wrist to the middle of the palm."""
SPINE = (9.5, 9.0, 12.0)
HIP_HALF = 4.9
SHOULDER_HALF = 9.0
ANKLE_HEIGHT = 4.6
BALL = 7.6
BALL_HEIGHT = 2.2
"""Of the joint over which a heel is lifted, above the sole."""
TOES = 4.0
HEEL = 2.6
NECK = 4.4
STRAIGHT = 0.9985
"""Share of its length to which a limb may be stretched by a target: a joint never locks quite."""

SIDES = ("right", "left")


@dataclass(frozen=True, slots=True)
class Strain:
    """A pinned hand or foot that the limb cannot reach: away from its joint, and how far it reaches."""

    limb: str
    away: float
    reach: float


@dataclass(frozen=True, slots=True)
class Skeleton:
    """points: the places of joints by name (right_knee, head …). base: the trunk as a whole. fronts: where the front of
    a bone looks, by the bone's name (right_thigh).
    """

    points: dict[str, Vec]
    base: Frame
    pelvis: Frame
    chest: Frame
    head: Frame
    fronts: dict[str, Vec]
    strains: tuple[Strain, ...]


def base_frame(pose: Pose) -> Frame:
    """The trunk as a whole: turned about its own length, tilted sideways, leant in the plane of the picture."""
    frame = Frame(FORWARD, UP, NEAR).about(UP, -pose.turn)
    frame = frame.about(frame.forward, pose.tilt)
    return frame.about(NEAR, -pose.lean)


def solve(pose: Pose, height: float) -> Skeleton:
    """The joints of a pose whose hips are at a height."""
    base = base_frame(pose)
    pelvis = base.pitched(-pose.round / 2)
    pelvis = pelvis.about(pelvis.forward, -pose.hitch)
    chest = base.pitched(pose.round / 2)
    chest = chest.about(chest.forward, pose.bend)
    chest = chest.about(chest.up, -pose.twist)
    hips: Vec = (pose.hips[0], height, pose.depth)
    waist = along(hips, pelvis.up, SPINE[0])
    ribs = along(waist, unit(add(pelvis.up, chest.up)), SPINE[1])
    neck = along(ribs, chest.up, SPINE[2])
    nod = usual_nod(pose) if pose.nod is None else pose.nod
    head_frame = chest.pitched(nod)
    head_frame = head_frame.about(head_frame.up, -pose.look)
    head = along(along(neck, unit(add(chest.up, head_frame.up)), NECK), head_frame.up, 5.0)
    points = {"hips": hips, "waist": waist, "ribs": ribs, "neck": neck, "head": head}
    fronts: dict[str, Vec] = {}
    strains: list[Strain] = []
    for side, sign in (("right", 1.0), ("left", -1.0)):
        points[f"{side}_hip"] = pelvis.at(hips, 0, 0, sign * HIP_HALF)
        points[f"{side}_shoulder"] = chest.at(neck, 0, -1.6, sign * SHOULDER_HALF)
        _leg(side, sign, pose, base, pelvis, points, fronts, strains)
        _arm(side, sign, pose.arm(side), chest, points, fronts, strains)
    return Skeleton(points, base, pelvis, chest, head_frame, fronts, tuple(strains))


def usual_nod(pose: Pose) -> float:
    """Leaning forwards, a person looks some way ahead."""
    return -0.35 * pose.lean if 0 < pose.lean < 70 else 0.0


def standing_height(pose: Pose) -> float | None:
    """How high the hips can be with the pinned feet where they are; None where no foot is pinned."""
    base = base_frame(pose)
    pelvis = base.pitched(-pose.round / 2)
    pelvis = pelvis.about(pelvis.forward, -pose.hitch)
    found = []
    for side, sign in (("right", 1.0), ("left", -1.0)):
        leg = pose.leg(side)
        if leg.foot is None:
            continue
        ankle = _pinned_foot(leg, sign, pose)[0]
        hip = pelvis.at((pose.hips[0], 0.0, pose.depth), 0, 0, sign * HIP_HALF)
        aside = (ankle[0] - hip[0]) ** 2 + (ankle[2] - hip[2]) ** 2
        reach = (STRAIGHT * (THIGH + SHIN)) ** 2
        found.append(ankle[1] + sqrt(max(0.0, reach - aside)) - hip[1])
    return min(found, default=None)


def _heading(pose: Pose, sign: float, toe_out: float) -> Vec:
    """Where a foot on the floor points: where the front would look if the trunk stood upright, turned outwards."""
    return rotated(FORWARD, UP, -pose.turn - sign * toe_out)


def _pinned_foot(leg: Leg, sign: float, pose: Pose) -> tuple[Vec, Vec, Vec]:
    """Ankle, where the foot points and where its instep looks."""
    assert leg.foot is not None  # noqa: S101 - the callers ask first
    ahead = _heading(pose, sign, leg.toe_out)
    axis = cross(ahead, UP)
    if leg.toes_up:
        heel = along(leg.foot, ahead, -HEEL)
        forward, up = rotated(ahead, axis, leg.toes_up), rotated(UP, axis, leg.toes_up)
        return along(along(heel, forward, HEEL), up, ANKLE_HEIGHT), forward, up
    ball = along(along(leg.foot, ahead, BALL), UP, BALL_HEIGHT)
    forward, up = rotated(ahead, axis, -leg.heel_up), rotated(UP, axis, -leg.heel_up)
    return along(along(ball, forward, -BALL), up, ANKLE_HEIGHT - BALL_HEIGHT), forward, up


def _leg(
    side: str,
    sign: float,
    pose: Pose,
    base: Frame,
    pelvis: Frame,
    points: dict[str, Vec],
    fronts: dict[str, Vec],
    strains: list[Strain],
) -> None:
    leg, hip = pose.leg(side), points[f"{side}_hip"]
    pinned = None if leg.foot is None else _pinned_foot(leg, sign, pose)
    ankle = pinned[0] if pinned else leg.ankle
    if ankle is None:
        thigh = _pointing(base, sign, leg.thigh, leg.out[0])
        shin = _pointing(base, sign, leg.shin, leg.out[1])
        knee = along(hip, thigh, THIGH)
        ankle = along(knee, shin, SHIN)
    else:
        ankle = _within_reach(f"{side}_leg", hip, ankle, THIGH + SHIN, strains)
        way = unit(sub(ankle, hip))
        front = rotated(_front_of(way, pelvis), way, sign * leg.knee)
        knee = _bent(hip, ankle, THIGH, SHIN, front)
    thigh, shin = unit(sub(knee, hip)), unit(sub(ankle, knee))
    bend = sub(thigh, shin)
    front = across(bend, thigh, _front_of(thigh, pelvis)) if length(bend) > 0.05 else _front_of(thigh, pelvis)
    fronts[f"{side}_thigh"] = across(front, thigh, front)
    fronts[f"{side}_shin"] = across(add(front, scale(thigh, -0.001)), shin, front)
    if angle_between(thigh, shin) > 1:
        fronts[f"{side}_shin"] = across(thigh, shin, front)
        # The front of a bent shin looks where the thigh came from, turned over.
        fronts[f"{side}_shin"] = across(sub(thigh, scale(shin, dot(thigh, shin))), shin, front)
    if pinned:
        forward, up = pinned[1], pinned[2]
    else:
        forward = rotated(
            across(fronts[f"{side}_shin"], shin, front), unit(cross(shin, fronts[f"{side}_shin"])), leg.point * -1
        )
        # Of a free foot the sole turns outwards, as the kneecap keeps where it looks.
        forward = rotated(forward, shin, -sign * (leg.toe_out - 6.0)) if leg.toe_out != 6.0 else forward
        up = across(scale(shin, -1), forward, UP)
    points[f"{side}_knee"] = knee
    points[f"{side}_ankle"] = ankle
    points[f"{side}_heel"] = along(along(ankle, forward, -HEEL), up, -ANKLE_HEIGHT)
    points[f"{side}_ball"] = along(along(ankle, forward, BALL - leg.arch), up, -ANKLE_HEIGHT)
    if leg.foot is not None and leg.heel_up:
        points[f"{side}_toe"] = along(leg.foot, _heading(pose, sign, leg.toe_out), BALL + TOES)
    else:
        points[f"{side}_toe"] = along(points[f"{side}_ball"], forward, TOES)
    fronts[f"{side}_foot"] = up


def _arm(
    side: str,
    sign: float,
    arm: Arm,
    chest: Frame,
    points: dict[str, Vec],
    fronts: dict[str, Vec],
    strains: list[Strain],
) -> None:
    shoulder = points[f"{side}_shoulder"]
    fingers = None if arm.fingers is None else _pointing(chest, sign, arm.fingers, 0.0)
    if arm.hand is None:
        elbow = along(shoulder, _pointing(chest, sign, arm.upper, arm.out[0]), UPPER_ARM)
        fore = _pointing(chest, sign, arm.fore, arm.out[1])
        wrist = along(elbow, fore, FOREARM)
        palm = along(wrist, fingers or fore, HAND)
    elif fingers is None:
        palm = _within_reach(f"{side}_arm", shoulder, arm.hand, UPPER_ARM + FOREARM + HAND, strains)
        way = unit(sub(palm, shoulder))
        back = rotated(scale(_front_of(way, chest), -1), way, sign * arm.elbow)
        elbow = _bent(shoulder, palm, UPPER_ARM, FOREARM + HAND, back)
        wrist = along(elbow, unit(sub(palm, elbow)), FOREARM)
    else:
        wrist = along(arm.hand, fingers, -HAND)
        wrist = _within_reach(f"{side}_arm", shoulder, wrist, UPPER_ARM + FOREARM, strains)
        way = unit(sub(wrist, shoulder))
        back = rotated(scale(_front_of(way, chest), -1), way, sign * arm.elbow)
        elbow = _bent(shoulder, wrist, UPPER_ARM, FOREARM, back)
        palm = along(wrist, fingers, HAND)
    points[f"{side}_elbow"] = elbow
    points[f"{side}_wrist"] = wrist
    points[f"{side}_hand"] = palm
    points[f"{side}_fingers"] = along(palm, unit(sub(palm, wrist)), 3.0)
    upper = unit(sub(elbow, shoulder))
    fronts[f"{side}_upper"] = _front_of(upper, chest)
    fronts[f"{side}_fore"] = _front_of(unit(sub(wrist, elbow)), chest)


def _pointing(frame: Frame, sign: float, angle: float, out: float) -> Vec:
    """The direction of a limb by angles: from straight down to the front, and sideways from there.

    Lying on the side, where down is no direction a limb swings through, 0 is the line of the trunk.
    """
    level = across((0.0, -1.0, 0.0), frame.right, scale(frame.up, -1))
    down = level if abs(frame.right[1]) < 0.6 else scale(frame.up, -1)
    ahead = cross(frame.right, down)
    swung = add(scale(down, cos(radians(angle))), scale(ahead, sin(radians(angle))))
    return unit(add(scale(swung, cos(radians(out))), scale(frame.right, sign * sin(radians(out)))))


def _front_of(way: Vec, frame: Frame) -> Vec:
    """Where the front of a limb looks that goes this way: to the front when it hangs, upwards when it is raised."""
    raised = atan2(dot(way, frame.forward), -dot(way, frame.up))
    front = add(scale(frame.forward, cos(raised)), scale(frame.up, sin(raised)))
    return across(front, way, front)


def _within_reach(limb: str, joint: Vec, target: Vec, reach: float, strains: list[Strain]) -> Vec:
    """The target, or what of the way to it the limb reaches."""
    away = length(sub(target, joint))
    if away <= reach:
        return target
    if away > reach + 0.05:
        strains.append(Strain(limb, away, reach))
    return along(joint, unit(sub(target, joint)), reach)


def _bent(joint: Vec, target: Vec, first: float, second: float, towards: Vec) -> Vec:
    """Where the middle joint is of a limb from a joint to a target, bent towards a side."""
    way = unit(sub(target, joint))
    away = max(abs(first - second) + 0.01, min(first + second, length(sub(target, joint))))
    cosine = (first**2 + away**2 - second**2) / (2 * first * away)
    bend = acos(max(-1.0, min(1.0, cosine)))
    side = across(towards, way, towards)
    return along(along(joint, way, first * cos(bend)), side, first * sin(bend))


def joint_angles(skeleton: Skeleton) -> dict[str, float]:
    """Bending of the joints in degrees: knee, elbow and ankle (0: straight, the foot at a right angle), and how far a
    thigh is raised from the line of the pelvis (to the front above 0) and away from the middle.
    """
    p, found = skeleton.points, {}
    for side, sign in (("right", 1.0), ("left", -1.0)):
        thigh = unit(sub(p[f"{side}_knee"], p[f"{side}_hip"]))
        shin = unit(sub(p[f"{side}_ankle"], p[f"{side}_knee"]))
        foot = unit(sub(p[f"{side}_ball"], p[f"{side}_heel"]))
        upper = unit(sub(p[f"{side}_elbow"], p[f"{side}_shoulder"]))
        fore = unit(sub(p[f"{side}_wrist"], p[f"{side}_elbow"]))
        pelvis = skeleton.pelvis
        backwards = dot(sub(shin, thigh), _front_of(thigh, pelvis)) > 0.02
        found[f"{side}_knee"] = angle_between(thigh, shin) * (-1 if backwards else 1)
        found[f"{side}_ankle"] = angle_between(shin, foot) - 90
        found[f"{side}_elbow"] = angle_between(upper, fore)
        found[f"{side}_hip"] = degrees(atan2(dot(thigh, pelvis.forward), -dot(thigh, pelvis.up)))
        found[f"{side}_hip_out"] = degrees(atan2(sign * dot(thigh, pelvis.right), length(across_part(thigh, pelvis))))
    found["spine"] = angle_between(skeleton.pelvis.up, skeleton.chest.up)
    found["neck"] = angle_between(skeleton.chest.up, skeleton.head.up)
    return found


def across_part(way: Vec, frame: Frame) -> Vec:
    """What of a direction lies in the plane of front and top."""
    return along(way, frame.right, -dot(way, frame.right))
