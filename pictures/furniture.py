"""Things that stand or lie on the floor: painted before the figure.

x: the left edge, y: the lower edge, z: the middle between far and near.
"""

from __future__ import annotations

from pictures.camera import Camera
from pictures.pose import Prop
from pictures.shapes import Shape, hull, rod
from pictures.shapes import box as faces


def box(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    half = prop.depth / 2
    low = (prop.x, prop.y, prop.z - half)
    return faces(camera, low, (prop.x + prop.width, prop.y + prop.height, prop.z + half))


def mat(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    """Its upper side is the floor's height, so that a pose need not reckon with it."""
    half = prop.depth / 2
    low = (prop.x, -1.2, prop.z - half)
    return faces(camera, low, (prop.x + prop.width, 0.0, prop.z + half), "mat", line=False)


def wall(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    half = prop.depth / 2
    low = (prop.x, 0.0, prop.z - half)
    return faces(camera, low, (prop.x + prop.width, prop.height, prop.z + half), "wall", line=False)


def chair(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    """width: of the seat; height: of the seat. Its back is at the left, at the right for `at = "right"`."""
    half, w, h = prop.depth / 2, prop.width, prop.height
    x0, x1 = prop.x, prop.x + w
    z0, z1 = prop.z - half, prop.z + half
    legs = [
        rod(camera, "prop-side", (x, 0.9, z), (x, h - 2, z), 0.9) for z in (z0 + 1, z1 - 1) for x in (x0 + 1, x1 - 1)
    ]
    seat = faces(camera, (x0, h - 2.4, z0), (x1, h, z1))
    if prop.at == "none":
        return (*legs, *seat)
    back = x0 if prop.at != "right" else x1 - 1.6
    posts = [rod(camera, "prop-side", (back + 0.8, h, z), (back + 0.8, h + 20, z), 0.9) for z in (z0 + 1, z1 - 1)]
    rest = faces(camera, (back, h + 11, z0), (back + 1.6, h + 21, z1))
    return (*legs, *posts, *rest, *seat) if prop.at != "right" else (*legs, *seat, *posts, *rest)


def pillow(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    half, r = prop.depth / 2, prop.height / 2
    corners = [
        ((x, prop.y + r, prop.z + z), r) for x in (prop.x + r, prop.x + prop.width - r) for z in (r - half, half - r)
    ]
    return (hull(camera, "pillow", *corners),)


def line(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    half = prop.depth / 2
    x0, x1 = prop.x, prop.x + prop.width
    corners = [(x0, 0.0, prop.z - half), (x1, 0.0, prop.z - half), (x1, 0.0, prop.z + half), (x0, 0.0, prop.z + half)]
    return (Shape("prop-side", (camera.flat(corners),), line=False),)


def post(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    """Something fast to tie a band to."""
    foot = (prop.x, 0.8, prop.z)
    plate = Shape("metal", (camera.on_floor([((prop.x, 0.0, prop.z), 5.0)]),))
    return (plate, rod(camera, "metal", foot, (prop.x, prop.height, prop.z), 1.1))


def rack(prop: Prop, camera: Camera) -> tuple[Shape, ...]:
    half = prop.depth / 2
    posts = []
    for z in (prop.z - half, prop.z + half):
        posts.append(rod(camera, "prop-side", (prop.x, 0.8, z), (prop.x, prop.height, z), 1.1))
        posts.append(rod(camera, "prop-side", (prop.x - 9, 0.8, z), (prop.x + 9, 0.8, z), 0.9))
    return tuple(posts)
