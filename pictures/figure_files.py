"""Reads the files of figures into values, naming file, field and rule of whatever is wrong.

Pure: the text comes in as an argument. The form is told in CONTRIBUTING.md ("Draw an exercise").
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from math import cos, isfinite, radians, sin
from typing import TypeVar

from coach.errors import CatalogueError
from pictures import body
from pictures.muscles import MUSCLES
from pictures.pose import USUAL_SECONDS, Arm, Arrow, Figure, Leg, Pose, Prop
from pictures.props import KINDS
from pictures.vectors import Vec

T = TypeVar("T")

VIEWS = {"side": (22.0, 10.0), "front": (84.0, 10.0), "three-quarter": (48.0, 13.0), "back": (-32.0, 12.0)}
STANCE = 6.0
"""How far a foot or hand named by two numbers is from the middle, to its own side."""
HAND_STANCE = 9.0


def parse(slug: str, text: str) -> Figure:
    """The figure of figures/<slug>.toml. Raises CatalogueError for the first rule it breaks."""
    file = f"figures/{slug}.toml"
    try:
        table = _Table(file, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, "file", f"is not TOML: {error}") from None
    figure = Figure(
        slug=slug,
        view=_view(table),
        frames=_frames(table),
        props=tuple(_prop(t) for t in table.tables("props")),
        arrows=tuple(_arrow(t) for t in table.tables("arrows")),
        works=_works(table),
        barefoot=bool(table.get("barefoot", bool, otherwise=False)),
        seconds=_seconds(table),
        focus=table.words("focus"),
    )
    table.done()
    for pose in figure.frames:
        skeleton = body.stand(pose)
        for strain in skeleton.strains:
            away = f"is pinned {strain.away:.1f} from its joint and reaches {strain.reach:.1f}"
            raise CatalogueError(file, strain.limb, f"{away}; move the hips or the target")
    for point in figure.focus:
        if point not in skeleton.points:
            raise CatalogueError(file, "focus", f"{point!r} is not one of {', '.join(skeleton.points)}")
    for arrow in figure.arrows:
        if arrow.of and (arrow.of not in skeleton.points or len(figure.frames) == 1):
            rule = "must be a point of the body that moves, like hips or right_heel" if arrow.of else ""
            raise CatalogueError(file, "arrows.of", f"{arrow.of!r} {rule}")
    for prop in figure.props:
        for end in prop.ends:
            if end not in skeleton.points and not _is_point(end):
                raise CatalogueError(file, "props.ends", f"{end!r} is neither a point of the body nor three numbers")
    return figure


def _is_point(text: str) -> bool:
    try:
        return len([float(n) for n in text.split()]) == 3
    except ValueError:
        return False


class _Table:
    """A table of a file; every reading names the field that is wrong, and none is left unread."""

    def __init__(self, file: str, at: str, table: Mapping[str, object]) -> None:
        self.file = file
        self.at = at
        self.table = table
        self.read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def wrong(self, key: str, rule: str) -> CatalogueError:
        return CatalogueError(self.file, f"{self.at}{key}", rule)

    def get(self, key: str, kind: type[T], otherwise: T | None = None) -> T | None:
        self.read.add(key)
        if key not in self.table:
            return otherwise
        value = self.table[key]
        if not isinstance(value, kind):
            raise self.wrong(key, f"must be {_KINDS[kind]}, not {value!r}")
        return value

    def number(self, key: str, low: float, high: float, otherwise: float) -> float:
        self.read.add(key)
        return self._within(key, self.table.get(key, otherwise), low, high)

    def _within(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise self.wrong(key, f"must be a number, not {value!r}")
        if not low <= value <= high:
            raise self.wrong(key, f"{value:g} is outside {low:g}–{high:g}")
        return float(value)

    def numbers(self, key: str, counts: tuple[int, ...], low: float, high: float) -> tuple[float, ...] | None:
        """As many numbers as one of the counts; None where the field is not given."""
        values = self.get(key, list)
        if values is None:
            return None
        if len(values) not in counts:
            raise self.wrong(key, f"must hold {' or '.join(map(str, counts))} numbers, not {len(values)}")
        return tuple(self._within(key, v, low, high) for v in values)

    def word(self, key: str, words: tuple[str, ...], otherwise: str) -> str:
        value = self.get(key, str, otherwise)
        if value not in words:
            raise self.wrong(key, f"{value!r} is not one of {', '.join(w for w in words if w)}")
        return str(value)

    def words(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list) or []
        for value in values:
            if not isinstance(value, str):
                raise self.wrong(key, f"must hold texts, not {value!r}")
        return tuple(str(v) for v in values)

    def inner(self, key: str) -> _Table | None:
        table = self.get(key, dict)
        return None if table is None else _Table(self.file, f"{self.at}{key}.", table)

    def tables(self, key: str) -> list[_Table]:
        out = []
        for one in self.get(key, list) or []:
            if not isinstance(one, dict):
                raise self.wrong(key, f"must hold tables, not {one!r}")
            out.append(_Table(self.file, f"{self.at}{key}.", one))
        return out

    def done(self) -> None:
        for key in self.table:
            if key not in self.read:
                raise self.wrong(key, "is not a known field")


_KINDS: Mapping[type, str] = {str: "a text", bool: "true or false", list: "a list", dict: "a table"}


def _view(table: _Table) -> tuple[float, float]:
    if isinstance(table.table.get("view"), list):
        pair = table.numbers("view", (2,), -180, 180)
        assert pair is not None  # noqa: S101
        return (pair[0], pair[1])
    return VIEWS[table.word("view", tuple(VIEWS), "side")]


def _works(table: _Table) -> tuple[str, ...]:
    words = table.words("works")
    for word in words:
        side, _, muscle = word.rpartition(" ")
        if muscle not in MUSCLES or side not in ("", "right", "left"):
            rule = f"{word!r} is not one of {', '.join(MUSCLES)}, with right or left before it where one side works"
            raise table.wrong("works", rule)
    return words


def _seconds(table: _Table) -> tuple[float, float, float, float]:
    found = table.numbers("seconds", (4,), 0, 20)
    return USUAL_SECONDS if found is None else (found[0], found[1], found[2], found[3])


def _frames(table: _Table) -> tuple[Pose, ...]:
    """One pose from [hold]; else [start], [[between]] and [end], each of which says what differs from the one before."""
    hold = table.inner("hold")
    if hold is not None:
        for other in ("start", "between", "end"):
            if other in table:
                raise table.wrong(other, "stands beside hold; a figure has a hold, or start and end")
        return (_pose(hold, _STANDING),)
    start, end = table.inner("start"), table.inner("end")
    if start is None or end is None:
        raise table.wrong("start" if start is None else "end", "is missing; a figure has start and end, or a hold")
    frames = [_pose(start, _STANDING)]
    for one in [*table.tables("between"), end]:
        frames.append(_pose(one, frames[-1]))
    return tuple(frames)


_STANDING = Pose(right_leg=Leg(foot=(0.0, 0.0, STANCE)), left_leg=Leg(foot=(0.0, 0.0, -STANCE)))


def _pose(table: _Table, before: Pose) -> Pose:
    hips = before.hips
    given = table.numbers("hips", (1, 2), -100, 130)
    if given is not None:
        hips = (given[0], given[1] if len(given) == 2 else None)
    nod = table.number("nod", -80, 80, 0.0) if "nod" in table else before.nod
    pose = replace(
        before,
        hips=hips,
        nod=nod,
        depth=table.number("depth", -60, 60, before.depth),
        lean=table.number("lean", -180, 180, before.lean),
        turn=table.number("turn", -180, 180, before.turn),
        tilt=table.number("tilt", -90, 90, before.tilt),
        round=table.number("round", -60, 110, before.round),
        bend=table.number("bend", -45, 45, before.bend),
        twist=table.number("twist", -80, 80, before.twist),
        hitch=table.number("hitch", -25, 25, before.hitch),
        look=table.number("look", -90, 90, before.look),
    )
    for key in ("legs", "right_leg", "left_leg", "arms", "right_arm", "left_arm"):
        limb = table.inner(key)
        if limb is not None:
            pose = _with_limb(pose, key, limb)
            limb.done()
    table.done()
    return pose


def _with_limb(pose: Pose, key: str, table: _Table) -> Pose:
    """The pose with a limb, or both of a kind, changed."""
    turn, both = pose.turn, key in ("legs", "arms")
    if key in ("legs", "right_leg"):
        pose = replace(pose, right_leg=_leg(table, pose.right_leg, turn, 1, both=both))
    if key in ("legs", "left_leg"):
        pose = replace(pose, left_leg=_leg(table, pose.left_leg, turn, -1, both=both))
    if key in ("arms", "right_arm"):
        pose = replace(pose, right_arm=_arm(table, pose.right_arm, turn, 1, both=both))
    if key in ("arms", "left_arm"):
        pose = replace(pose, left_arm=_arm(table, pose.left_arm, turn, -1, both=both))
    return pose


def _target(table: _Table, key: str, turn: float, sign: int, aside: float, *, both: bool) -> Vec | None:
    """Three numbers are a place; two are one in the middle, from which each limb keeps to its own side."""
    found = table.numbers(key, (2, 3), -130, 160)
    if found is None:
        return None
    if len(found) == 3:
        return (found[0], found[1], found[2] * (sign if both else 1))
    return (found[0] - sin(radians(turn)) * aside * sign, found[1], cos(radians(turn)) * aside * sign)


def _out(table: _Table, before: tuple[float, float]) -> tuple[float, float]:
    if isinstance(table.table.get("out"), list):
        pair = table.numbers("out", (2,), -120, 120)
        assert pair is not None  # noqa: S101
        return (pair[0], pair[1])
    if "out" in table:
        both = table.number("out", -120, 120, 0)
        return (both, both)
    return before


def _leg(table: _Table, before: Leg, turn: float, sign: int, *, both: bool) -> Leg:
    foot = _target(table, "foot", turn, sign, STANCE, both=both)
    ankle = _target(table, "ankle", turn, sign, STANCE, both=both)
    by_angles = "thigh" in table or "shin" in table
    if sum((foot is not None, ankle is not None, by_angles)) > 1:
        raise table.wrong("foot", "a leg is pinned by foot or ankle, or turned by thigh and shin, not both")
    if foot is None and ankle is None and not by_angles:
        foot, ankle = before.foot, before.ankle
    thigh = table.number("thigh", -180, 270, before.thigh)
    return Leg(
        foot=foot,
        ankle=ankle,
        thigh=thigh,
        shin=table.number("shin", -180, 270, thigh if "thigh" in table else before.shin),
        out=_out(table, before.out),
        knee=table.number("knee", -120, 120, before.knee),
        heel_up=table.number("heel_up", -35, 90, before.heel_up),
        toes_up=table.number("toes_up", 0, 60, before.toes_up),
        point=table.number("point", -45, 85, before.point),
        toe_out=table.number("toe_out", -60, 110, before.toe_out),
        arch=table.number("arch", 0, 2, before.arch),
    )


def _arm(table: _Table, before: Arm, turn: float, sign: int, *, both: bool) -> Arm:
    hand = _target(table, "hand", turn, sign, HAND_STANCE, both=both)
    by_angles = "upper" in table or "fore" in table
    if hand is not None and by_angles:
        raise table.wrong("hand", "an arm is pinned by its hand, or turned by upper and fore, not both")
    if hand is None and not by_angles:
        hand = before.hand
    upper = table.number("upper", -180, 270, before.upper)
    fingers = table.number("fingers", -180, 270, 0) if "fingers" in table else before.fingers
    return Arm(
        hand=hand,
        upper=upper,
        fore=table.number("fore", -180, 270, upper if "upper" in table else before.fore),
        out=_out(table, before.out),
        elbow=table.number("elbow", -180, 180, before.elbow),
        fingers=fingers,
    )


def _prop(table: _Table) -> Prop:
    if "kind" not in table:
        raise table.wrong("kind", "is missing")
    name = table.word("kind", tuple(KINDS), "")
    kind = KINDS[name]
    for key in table.table:
        known = (*kind.sizes, *(["at"] if kind.places else []), *(["ends"] if kind.tied else []), "front", "only")
        if key not in (*known, "kind"):
            raise table.wrong(key, f"is not a field of a {name}; it has {', '.join(known)}")
    sizes = {key: table.number(key, *_SIZES[key], usual) for key, usual in kind.sizes.items()}
    ends = table.words("ends")
    if kind.tied and not ends:
        raise table.wrong("ends", f"is missing: a {name} goes from somewhere to somewhere")
    return Prop(
        kind=name,
        at=table.word("at", kind.places, kind.places[0]) if kind.places else "",
        ends=ends,
        front=bool(table.get("front", bool, otherwise=False)),
        only=table.word("only", ("", "start", "end"), ""),
        **sizes,
    )


_SIZES: Mapping[str, tuple[float, float]] = {
    "x": (-130, 130),
    "y": (-5, 130),
    "z": (-60, 60),
    "width": (0.5, 260),
    "height": (0.5, 140),
    "depth": (0.5, 100),
}


def _arrow(table: _Table) -> Arrow:
    of = table.get("of", str, otherwise="") or ""
    start, end = table.numbers("from", (2, 3), -130, 160), table.numbers("to", (2, 3), -130, 160)
    if not of and (start is None or end is None):
        raise table.wrong("of", "is missing: an arrow is of a point of the body, or goes from and to somewhere")
    shift = table.numbers("shift", (2,), -60, 60) or (0.0, 0.0)
    arrow = Arrow(
        of=of,
        start=None if start is None else (start[0], start[1], start[2] if len(start) == 3 else 0.0),
        end=None if end is None else (end[0], end[1], end[2] if len(end) == 3 else 0.0),
        bow=table.number("bow", -40, 40, 0.0),
        shift=(shift[0], shift[1]),
        panel=table.word("panel", ("start", "end"), "end"),
    )
    table.done()
    return arrow
