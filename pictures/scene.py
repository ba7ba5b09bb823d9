"""From a figure to panels of shapes that fit the card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from math import atan2, cos, hypot, sin

from pictures import body, props
from pictures.camera import COARSE, Camera, Outline, Point, camera
from pictures.muscles import tints
from pictures.pose import Arrow, Figure, Leg, Pose
from pictures.shapes import BEHIND, Layer, Shape
from pictures.skeleton import Skeleton, joint_angles, usual_nod
from pictures.vectors import Vec

PANEL_WIDTH, PANEL_HEIGHT = 136.0, 104.0
"""CSS pixels of one panel as it is shown in a mail."""
MARGIN = 7.0
LARGEST = 1.15
"""Pixels for a hundredth of the figure's height: so that a person is about as tall from picture to picture."""


SHADOW_FADES = 22.0
"""Above the lowest point: what is higher throws no shadow."""
FOCUS_LARGEST = 4.0
FOCUS_ROOM = 5.0
"""Around the points that fill the card."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Shapes in CSS pixels of a panel, x from its left, y from its top, in the order they are painted."""

    shapes: tuple[Shape, ...]


def stills(figure: Figure) -> tuple[Panel, ...]:
    """A panel of the hold, or of start and end."""
    names = ("hold",) if len(figure.frames) == 1 else ("start", "end")
    return _panels(figure, [figure.frames[0], figure.frames[-1]][: len(names)], names, camera(*figure.view))


def moving(figure: Figure, steps: int) -> tuple[Panel, ...]:
    """Panels from start to end, steps + 1 of them, all seen alike. Without arrows."""
    poses = poses_between(figure.frames, steps)
    return _panels(figure, poses, ("",) * len(poses), camera(*figure.view, corners=COARSE))


def _panels(figure: Figure, poses: Sequence[Pose], names: Sequence[str], seen: Camera) -> tuple[Panel, ...]:
    drawn = [_shapes(figure, pose, name, seen) for pose, name in zip(poses, names, strict=True)]
    if figure.focus:
        skeletons = [body.stand(pose) for pose in poses]
        balls = [(skeleton.points[point], FOCUS_ROOM) for skeleton in skeletons for point in figure.focus]
        fit = _fit(list(seen.hull(balls)), largest=FOCUS_LARGEST)
    else:
        fit = _fit([p for shapes in drawn for shape in shapes for outline in shape.outlines for p in outline], LARGEST)
    return tuple(Panel(tuple(s for s in (_placed(shape, fit) for shape in shapes) if _is_seen(s))) for shapes in drawn)


def poses_between(frames: tuple[Pose, ...], steps: int) -> list[Pose]:
    """Steps + 1 poses from the first to the last; bones keep their length, as each pose is bent anew."""
    spans = len(frames) - 1
    out = []
    for k in range(steps + 1):
        at = k / steps * spans
        here = min(int(at), spans - 1)
        out.append(between(frames[here], frames[here + 1], at - here))
    return out


def between(a: Pose, b: Pose, share: float) -> Pose:
    """The pose on the way from a to b. A height that is left to the floor and a limb that is pinned in one of both only
    are settled in each before.
    """
    a, b = _alike(a, b), _alike(b, a)
    found = _mixed(a, b, share)
    assert isinstance(found, Pose)  # noqa: S101
    return found


def _alike(pose: Pose, other: Pose) -> Pose:
    """The pose told as the other is told: with a height, and limbs pinned where the other's are."""
    solved = body.stand(pose)
    changes: dict[str, object] = {"hips": (pose.hips[0], solved.points["hips"][1])}
    if pose.nod is None:
        changes["nod"] = usual_nod(pose)
    for side in ("right", "left"):
        leg = pose.leg(side)
        other_leg = other.leg(side)
        if (leg.foot is None) != (other_leg.foot is None) or (leg.ankle is None) != (other_leg.ankle is None):
            changes[f"{side}_leg"] = _by_ankle(leg, solved, side)
        arm = pose.arm(side)
        other_arm = other.arm(side)
        if (arm.hand is None) != (other_arm.hand is None):
            changes[f"{side}_arm"] = replace(arm, hand=solved.points[f"{side}_hand"])
    return replace(pose, **changes)  # type: ignore[arg-type]


def _by_ankle(leg: Leg, solved: Skeleton, side: str) -> Leg:
    return replace(
        leg, foot=None, ankle=solved.points[f"{side}_ankle"], point=joint_angles(solved)[f"{side}_ankle"] * -1
    )


def _mixed(a: object, b: object, share: float) -> object:
    if is_dataclass(a) and not isinstance(a, type):
        values = {f.name: _mixed(getattr(a, f.name), getattr(b, f.name), share) for f in fields(a)}
        return type(a)(**values)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return tuple(_mixed(x, y, share) for x, y in zip(a, b, strict=True))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a + (b - a) * share
    return a if share < 0.5 else b


# One panel, in hundredths of the figure's height


def _shapes(figure: Figure, pose: Pose, panel: str, seen: Camera) -> list[Shape]:
    skeleton = body.stand(pose)
    found = [
        Layer(
            part.name, tuple(_seen(part.name, piece, seen) for piece in part.pieces), seen.nearness(part.at) + part.lift
        )
        for part in body.parts(
            skeleton,
            towards=seen.towards,
            barefoot=figure.barefoot,
            tints=tints(skeleton, figure.works, seen.towards),
        )
    ]
    for k, prop in enumerate(figure.props):
        if panel in ("", "hold") or prop.only in ("", panel):
            found += [_named(layer, k) for layer in props.layers(prop, skeleton, seen)]
    out = [_shadow(skeleton, seen, every_bone=panel == "")]
    standing = [layer for layer in found if layer.nearness <= BEHIND + 1]
    out = [shape for layer in standing for shape in layer.shapes if layer.name == "mat"] + out
    out += [shape for layer in standing for shape in layer.shapes if layer.name != "mat"]
    tied = [layer for layer in found if "<" in layer.name or ">" in layer.name]
    free = [layer for layer in found if layer not in standing and layer not in tied]
    for layer in sorted(free, key=lambda one: one.nearness):
        out += [s for t in tied if t.name.startswith(f"{layer.name}<") for s in t.shapes]
        out += layer.shapes
        out += [s for t in tied if t.name.startswith(f"{layer.name}>") for s in t.shapes]
    for arrow in figure.arrows:
        if panel in ("hold", arrow.panel):
            out.append(_arrow(arrow, figure, seen))
    return out


def _named(layer: Layer, prop: int) -> Layer:
    named = [replace(shape, name=f"{prop}-{layer.name}/{n}") for n, shape in enumerate(layer.shapes)]
    return replace(layer, shapes=tuple(named))


def _seen(part: str, piece: body.Piece, seen: Camera) -> Shape:
    outlines = tuple(seen.hull(hull) for hull in piece.hulls)
    return Shape(piece.colour, outlines, line=piece.line, name=f"{part}/{piece.name}")


_BONES = (
    *pairwise(("hips", "waist", "ribs", "neck", "head")),
    *(
        pair
        for side in ("right", "left")
        for pair in (
            *pairwise([f"{side}_{n}" for n in ("hip", "knee", "ankle", "heel", "ball", "toe")]),
            *pairwise([f"{side}_{n}" for n in ("shoulder", "elbow", "hand")]),
        )
    ),
)


def _shadow(skeleton: Skeleton, seen: Camera, *, every_bone: bool) -> Shape:
    """On the floor below what is near it: narrower the higher that is. Bones that throw none are told only where their
    number has to stay the same from frame to frame.
    """
    low = min(p[1] for p in skeleton.points.values())
    outlines = []
    for ends in _BONES:
        discs: list[tuple[Vec, float]] = []
        for x, y, z in (skeleton.points[name] for name in ends):
            discs.append(((x, 0.0, z), max(0.0, 6.5 * (1 - (y - low) / SHADOW_FADES))))
        if every_bone or any(radius for _, radius in discs):
            outlines.append(seen.on_floor(discs))
    return Shape("shadow", tuple(outlines), line=False, name="shadow")


# Arrows


def _arrow(arrow: Arrow, figure: Figure, seen: Camera) -> Shape:
    if arrow.of:
        poses = poses_between(figure.frames, 12)
        way = [seen.see(body.stand(pose).points[arrow.of]) for pose in poses]
    else:
        assert arrow.start is not None  # noqa: S101 - the parser asks for both or a point
        assert arrow.end is not None  # noqa: S101
        way = _bowed(seen.see(arrow.start), seen.see(arrow.end), arrow.bow)
    dx, dy = arrow.shift
    return Shape("arrow", (tuple((x + dx, y + dy) for x, y in way),))


def _bowed(a: Point, b: Point, bow: float) -> list[Point]:
    across = (a[1] - b[1], b[0] - a[0])
    size = hypot(*across) or 1.0
    mid = ((a[0] + b[0]) / 2 + across[0] / size * bow * 2, (a[1] + b[1]) / 2 + across[1] / size * bow * 2)
    out = []
    for k in range(13):
        t = k / 12
        out.append(
            (
                (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * mid[0] + t * t * b[0],
                (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * mid[1] + t * t * b[1],
            )
        )
    return out


def _drawn_arrow(way: Outline, width: float = 1.9, head: float = 6.4) -> tuple[Outline, ...]:
    """A shaft along the way and a head at its end, in pixels."""
    (x, y) = way[-1]
    cut = [p for p in way if hypot(p[0] - x, p[1] - y) > head * 0.75] or [way[0]]
    back = cut[-1]
    angle = atan2(y - back[1], x - back[0])
    neck = (x - head * 0.8 * cos(angle), y - head * 0.8 * sin(angle))
    line = [*cut, neck]
    left, right = [], []
    for k, point in enumerate(line):
        before, after = line[max(0, k - 1)], line[min(len(line) - 1, k + 1)]
        a = atan2(after[1] - before[1], after[0] - before[0])
        left.append((point[0] - sin(a) * width / 2, point[1] + cos(a) * width / 2))
        right.append((point[0] + sin(a) * width / 2, point[1] - cos(a) * width / 2))
    wing = head * 0.58
    base = (x - head * cos(angle), y - head * sin(angle))
    tip = (
        (x, y),
        (base[0] - sin(angle) * wing, base[1] + cos(angle) * wing),
        (base[0] + sin(angle) * wing, base[1] - cos(angle) * wing),
    )
    return (tuple(right + left[::-1]), tip)


# Fitting to the card


@dataclass(frozen=True, slots=True)
class _Fit:
    scale: float
    x: float
    y: float


def _fit(points: Sequence[Point], largest: float) -> _Fit:
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    low, high = min(p[1] for p in points), max(p[1] for p in points)
    by = min((PANEL_WIDTH - 2 * MARGIN) / (right - left), (PANEL_HEIGHT - 2 * MARGIN) / (high - low), largest)
    x = PANEL_WIDTH / 2 - (left + right) / 2 * by
    spare = PANEL_HEIGHT - 2 * MARGIN - (high - low) * by
    return _Fit(by, x, PANEL_HEIGHT - MARGIN - spare * 0.3 + low * by)


def _is_seen(shape: Shape) -> bool:
    xs, ys = ([p[k] for outline in shape.outlines for p in outline] for k in (0, 1))
    return min(xs) < PANEL_WIDTH and max(xs) > 0 and min(ys) < PANEL_HEIGHT and max(ys) > 0


def _placed(shape: Shape, fit: _Fit) -> Shape:
    placed = tuple(
        tuple((fit.x + fit.scale * x, fit.y - fit.scale * y) for x, y in outline) for outline in shape.outlines
    )
    return replace(shape, outlines=_drawn_arrow(placed[0]) if shape.colour == "arrow" else placed)
