"""The kinds of things a figure stands on, leans on or holds, and what a file may say of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pictures import furniture, held
from pictures.camera import Camera
from pictures.pose import Prop
from pictures.shapes import BEHIND, IN_FRONT, Layer, Shape
from pictures.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Kind:
    """stands: draws what stands on the floor; held: draws what goes with the figure. sizes: the numbers a file may give,
    and what they usually are. places: where it may be held (a chair's back be), the usual one first. tied: it has ends.
    """

    stands: Callable[[Prop, Camera], tuple[Shape, ...]] | None = None
    held: Callable[[Prop, Skeleton, Camera], list[Layer]] | None = None
    sizes: Mapping[str, float] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    tied: bool = False


_HANDS = ("right", "left", "both", "chest")

KINDS: Mapping[str, Kind] = {
    "mat": Kind(furniture.mat, sizes={"x": -50, "z": 0, "width": 100, "depth": 34}),
    "step": Kind(furniture.box, sizes={"x": 0, "y": 0, "z": 0, "width": 30, "height": 10, "depth": 34}),
    "box": Kind(furniture.box, sizes={"x": 0, "y": 0, "z": 0, "width": 26, "height": 17, "depth": 30}),
    "bench": Kind(furniture.box, sizes={"x": 0, "y": 0, "z": 0, "width": 60, "height": 24, "depth": 18}),
    "block": Kind(furniture.box, sizes={"x": 0, "y": 0, "z": 0, "width": 13, "height": 6, "depth": 9}),
    "pillow": Kind(furniture.pillow, sizes={"x": 0, "y": 0, "z": 0, "width": 24, "height": 7, "depth": 22}),
    "wall": Kind(furniture.wall, sizes={"x": 0, "z": 0, "width": 2, "height": 104, "depth": 44}),
    "chair": Kind(
        furniture.chair,
        sizes={"x": 0, "z": 0, "width": 23, "height": 26, "depth": 24},
        places=("left", "right", "none"),
    ),
    "line": Kind(furniture.line, sizes={"x": 0, "z": 0, "width": 2, "depth": 50}),
    "post": Kind(furniture.post, sizes={"x": 0, "z": 0, "height": 80}),
    "rack": Kind(furniture.rack, sizes={"x": 0, "z": 0, "height": 96, "depth": 44}),
    "dumbbell": Kind(held=held.dumbbell, places=_HANDS),
    "kettlebell": Kind(held=held.kettlebell, sizes={"x": 0, "y": 0, "z": 0}, places=(*_HANDS, "floor")),
    "barbell": Kind(held=held.barbell, sizes={"height": 17}, places=("hands", "back", "front", "hips")),
    "backpack": Kind(held=held.backpack, places=("back", "chest")),
    "stick": Kind(held=held.stick),
    "slider": Kind(held=held.slider, places=("right", "left", "both")),
    "band": Kind(held=held.tie, tied=True),
    "strap": Kind(held=held.tie, tied=True),
    "loop": Kind(held=held.loop, places=("knees", "ankles", "feet")),
    "cable": Kind(held=held.cable, sizes={"x": 60, "y": 68, "z": 0}, tied=True),
    "press": Kind(held=held.press, sizes={"x": 70}),
}


def layers(prop: Prop, skeleton: Skeleton, camera: Camera) -> list[Layer]:
    kind = KINDS[prop.kind]
    found = []
    if kind.stands is not None:
        found.append(Layer(prop.kind, kind.stands(prop, camera), BEHIND))
    if kind.held is not None:
        found += kind.held(prop, skeleton, camera)
    return [replace(layer, nearness=IN_FRONT) for layer in found] if prop.front else found
