"""Every figure of the catalogue: a possible body, on the floor, within its card, and right in every form it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from PIL import Image

from app import drawing
from coach.catalogue import Catalogue
from pictures import body, png, scene, svg
from pictures import skeleton as sk
from pictures.muscles import MUSCLES
from pictures.pose import Figure
from pictures.skeleton import joint_angles
from pictures.vectors import length, sub
from tests.web.test_looks import contrast

FOLDER = Path(__file__).resolve().parents[2] / "catalogue"
FIGURES = drawing.figures(FOLDER)

LIMITS = {
    "knee": (-4.0, 158.0),
    "ankle": (-86.0, 50.0),
    "elbow": (0.0, 155.0),
    "hip": (-42.0, 145.0),
    "hip_out": (-45.0, 80.0),
}
"""Degrees a joint of a supple person can take."""

SEEN = 150
"""Pixels of one colour that make a patch: 6 × 6 where a mail shows it."""

SINKS = -1.4
"""Soft parts give way a little."""

each = pytest.mark.parametrize("figure", [pytest.param(f, id=slug) for slug, f in FIGURES.items()])


def still(figure: Figure, catalogue: Catalogue) -> str:
    return svg.still(figure, drawing.alt(drawing.names(catalogue)[figure.slug], figure))


def test_every_exercise_and_stretch_is_drawn(catalogue: Catalogue) -> None:
    assert drawing.missing(catalogue, FIGURES) == ()


@each
def test_a_runner_can_do_what_is_drawn(figure: Figure) -> None:
    """Joints bend as they can, bones keep their length on the way, nobody sinks into the floor."""
    bones = {"hip knee": sk.THIGH, "knee ankle": sk.SHIN, "shoulder elbow": sk.UPPER_ARM, "wrist hand": sk.HAND}
    for pose in scene.poses_between(figure.frames, 6) if len(figure.frames) > 1 else figure.frames:
        skeleton = body.stand(pose)
        angles = joint_angles(skeleton)
        for joint, degrees in angles.items():
            side, _, name = joint.partition("_")
            if name == "hip" and angles[f"{side}_hip_out"] > 45:
                continue  # how far to the front says little of a thigh that points sideways
            low, high = LIMITS.get(name or side, (0.0, 100.0))
            assert low <= degrees <= high, f"{joint} {degrees:.0f}"
        for side in sk.SIDES:
            for ends, true in bones.items():
                a, b = (skeleton.points[f"{side}_{end}"] for end in ends.split())
                assert length(sub(a, b)) == pytest.approx(true, rel=0.01)
        for part in body.parts(skeleton, towards=(0, 0, 1), barefoot=figure.barefoot, tints={}):
            for piece in part.pieces:
                lowest = min(middle[1] - radius for hull in piece.hulls for middle, radius in hull)
                assert lowest > SINKS, f"{part.name} {piece.name} {lowest:.1f}"


@each
def test_a_figure_fills_its_card_and_shows_what_works(figure: Figure) -> None:
    panels = scene.stills(figure)
    assert any(shape.colour == "work" for panel in panels for shape in panel.shapes)
    if figure.focus:
        return  # seen from near, the rest of the body is cut off
    seen = [p for panel in panels for s in panel.shapes for o in s.outlines for p in o]
    (left, right), (top, bottom) = ((min(p[k] for p in seen), max(p[k] for p in seen)) for k in (0, 1))
    assert right - left > scene.PANEL_WIDTH * 0.8 or bottom - top > scene.PANEL_HEIGHT * 0.6
    for panel in (*panels, *(scene.moving(figure, 2) if len(figure.frames) > 1 else ())):
        for shape in panel.shapes:
            for x, y in (p for outline in shape.outlines for p in outline):
                assert 1 <= x <= scene.PANEL_WIDTH - 1, shape.name
                assert 1 <= y <= scene.PANEL_HEIGHT - 1, shape.name


@each
def test_a_still_picture_may_stand_anywhere_and_its_png_is_of_this_figure(figure: Figure, catalogue: Catalogue) -> None:
    text = still(figure, catalogue)
    assert_plain(text)
    kept = (FOLDER / "figures" / "png" / f"{figure.slug}.png").read_bytes()
    of_this = png.is_of(kept, text)
    assert of_this, "draw it anew: stridewell catalogue pictures"
    assert len(kept) <= png.LIMIT
    width, height = (int.from_bytes(kept[k : k + 4], "big") for k in (16, 20))
    assert (width, height) == tuple(drawing.SHARPNESS * pixels for pixels in svg.size(figure))


@each
def test_every_colour_of_a_drawing_is_in_its_png(figure: Figure, catalogue: Catalogue) -> None:
    """Pale on pale too: a calf stretch at a wall that cannot be seen is a riddle."""
    width = drawing.SHARPNESS * svg.size(figure)[0]
    octets = resvg_py.svg_to_bytes(svg_string=still(figure, catalogue), width=width, skip_system_fonts=True)
    drawn, kept = (
        Image.open(BytesIO(data)).convert("RGBA")
        for data in (bytes(octets), (FOLDER / "figures" / "png" / f"{figure.slug}.png").read_bytes())
    )
    pixels = drawn.width * drawn.height
    seen = [c for count, c in drawn.getcolors(pixels) or () if count >= SEEN and c[3] == 255]
    there = [c for _, c in kept.getcolors(pixels) or ()]
    assert [c for c in seen if min(max(abs(p - q) for p, q in zip(c, d, strict=True)) for d in there) > png.ALIKE] == []


@pytest.mark.parametrize("colours", [svg.LIGHT, svg.DARK], ids=["light", "dark"])
def test_a_wall_stands_out_from_its_card_by_day_and_by_night(colours: Mapping[str, str]) -> None:
    assert contrast(colours["wall-side"], colours["card"]) >= 1.3


@each
def test_a_moving_picture_may_stand_anywhere_and_keeps_its_corners(figure: Figure) -> None:
    text = svg.animated(figure, "Moving")
    assert_plain(text)
    moved = list(ET.fromstring(text).iter("{http://www.w3.org/2000/svg}animate"))  # noqa: S314 - our own text
    assert bool(moved) == (len(figure.frames) > 1)
    for animate in moved:
        values = animate.attrib["values"].split(";")
        assert len(values) == len(animate.attrib["keyTimes"].split(";"))
        if animate.attrib["attributeName"] == "d":
            assert len({tuple(len(re.findall(what, v)) for what in ("[Mlz]", r"-?\d+")) for v in values}) == 1


def assert_plain(text: str) -> None:
    """Well-formed, with a title; nothing that a strict policy forbids, and nothing from elsewhere."""
    root = ET.fromstring(text)  # noqa: S314 - our own text
    names = {element.tag.partition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "style", "rect", "g", "path", "animate"}
    assert root.findtext("{http://www.w3.org/2000/svg}title")
    assert "lz" not in text, "a shape without corners"
    assert not re.search(r"\bstyle=|\bon\w+=|href|url\(|javascript|<script", text)
    assert [a for element in root.iter() for a in element.attrib if a.startswith("{")] == []


def test_the_same_figure_gives_the_same_picture() -> None:
    for figure in list(FIGURES.values())[:5]:
        assert svg.still(figure, "A name") == svg.still(figure, "A name")
        assert svg.animated(figure, "A name") == svg.animated(figure, "A name")


def test_no_png_is_left_of_a_figure_that_is_gone() -> None:
    assert {path.stem for path in (FOLDER / "figures" / "png").iterdir()} == set(FIGURES)


def test_every_muscle_that_a_figure_may_name_can_be_seen_from_somewhere() -> None:
    figure = next(iter(FIGURES.values()))
    skeleton = body.stand(figure.frames[0])
    from pictures.muscles import tints

    for muscle in MUSCLES:
        found = tints(skeleton, (muscle,), (0.5, 0.2, 0.8))
        assert sum(len(pieces) for pieces in found.values()) >= 1
