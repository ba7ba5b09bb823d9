"""Whoever writes a figure is told file, field and rule of what is wrong."""

from __future__ import annotations

import pytest

from coach.errors import CatalogueError
from pictures import body, figure_files
from pictures.pose import Figure

SQUAT = """
works = ["quads"]
arrows = [{ of = "hips" }]
[start]
legs = { foot = [0, 0] }
[end]
hips = [-15, 30]
lean = 40
"""


def parsed(text: str) -> Figure:
    return figure_files.parse("squat", text)


def test_a_figure_needs_no_more_than_a_start_and_an_end() -> None:
    figure = parsed(SQUAT)
    assert len(figure.frames) == 2
    assert figure.frames[0].lean == 0
    assert figure.frames[1].lean == 40
    assert figure.view == figure_files.VIEWS["side"]


def test_what_the_end_does_not_say_is_as_in_the_start() -> None:
    figure = parsed(SQUAT.replace("foot = [0, 0]", "foot = [3, 0], toe_out = 20"))
    assert figure.frames[1].right_leg == figure.frames[0].right_leg
    assert figure.frames[1].left_leg.toe_out == 20


def test_a_foot_named_by_two_numbers_keeps_to_its_own_side() -> None:
    pose = parsed(SQUAT).frames[0]
    assert pose.right_leg.foot == (0, 0, figure_files.STANCE)
    assert pose.left_leg.foot == (0, 0, -figure_files.STANCE)


def test_who_stands_has_nearly_straight_legs_and_both_soles_on_the_floor() -> None:
    skeleton = body.stand(parsed(SQUAT).frames[0])
    for side in ("right", "left"):
        assert skeleton.points[f"{side}_heel"][1] == pytest.approx(0)
        assert skeleton.points[f"{side}_ball"][1] == pytest.approx(0)


def test_who_lies_touches_the_floor() -> None:
    figure = parsed("[hold]\nlean = -90\nlegs = { thigh = 90, shin = 90 }\nworks = []".replace("works = []", ""))
    points = body.stand(figure.frames[0]).points
    assert 3 < points["hips"][1] < 9


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        (("works = [", "works = [["), "file", "is not TOML"),
        (("quads", "biceps"), "works", "'biceps' is not one of quads"),
        (("[start]", "[begin]"), "start", "is missing"),
        (("lean = 40", "lean = 400"), "end.lean", "400 is outside -180–180"),
        (("lean = 40", "leen = 40"), "end.leen", "is not a known field"),
        (("lean = 40", 'lean = "40"'), "end.lean", "must be a number, not '40'"),
        (("lean = 40", "[hold]\nlean = 40"), "start", "stands beside hold"),
        (("hips = [-15, 30]", "hips = [-15, 60]"), "right_leg", "is pinned"),
        (("hips = [-15, 30]", "hips = [90]"), "right_leg", "move the hips or the target"),
        (("hips = [-15, 30]", "hips = []"), "end.hips", "must hold 1 or 2 numbers, not 0"),
        (("foot = [0, 0]", "foot = [0, 0], thigh = 3"), "start.legs.foot", "not both"),
        (("foot = [0, 0]", "foot = [0, 0], knees = 3"), "start.legs.knees", "is not a known field"),
        (("[start]", 'view = "above"\n[start]'), "view", "'above' is not one of side, front"),
        (("[start]", 'props = [{ kind = "sofa" }]\n[start]'), "props.kind", "'sofa' is not one of mat"),
        (("[start]", 'props = [{ kind = "mat", at = "left" }]\n[start]'), "props.at", "is not a field of a mat"),
        (
            ("[start]", 'props = [{ kind = "dumbbell", at = "nose" }]\n[start]'),
            "props.at",
            "is not one of right, left, both, chest",
        ),
        (("[start]", 'props = [{ kind = "strap", ends = ["nose"] }]\n[start]'), "props.ends", "neither a point"),
        (('of = "hips"', 'of = "tail"'), "arrows.of", "must be a point of the body"),
        (('of = "hips"', "from = [0, 0]"), "arrows.of", "is missing"),
    ],
)
def test_a_mistake_is_named(change: tuple[str, str], field: str, rule: str) -> None:
    text = SQUAT.replace(*change)
    assert text != SQUAT
    with pytest.raises(CatalogueError) as told:
        parsed(text)
    assert str(told.value).startswith(f"figures/squat.toml: {field}") or f"{field}" in str(told.value)
    assert rule in str(told.value)
    assert "squat.toml" in str(told.value)
