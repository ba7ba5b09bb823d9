"""Which of the four qualities a runner needs most, and because of what. docs/evidence.md#qualities"""

from __future__ import annotations

from typing import Any

import pytest

from coach import needs, selftests
from coach.needs import Need
from coach.profile import Experience, Goal, Injury, Race, Region
from coach.progress import Progress, RegionState
from coach.week import Quality
from tests.builders import MONDAY, a_profile


def first(**changes: Any) -> Need:
    return needs.assess(a_profile(**changes), MONDAY)[0]


def weight(quality: Quality, **changes: Any) -> float:
    return next(n.weight for n in needs.assess(a_profile(**changes), MONDAY) if n.quality is quality)


def test_a_runner_without_any_ground_needs_all_four_alike() -> None:
    found = needs.assess(a_profile(), MONDAY)
    assert {n.quality for n in found} == set(Quality)
    assert {(n.weight, n.because) for n in found} == {(1.0, "")}


@pytest.mark.parametrize(
    ("changes", "quality", "because"),
    [
        ({"experience": Experience.NEW}, Quality.JOINT_CONTROL, "new"),
        ({"experience": Experience.SEASONED}, Quality.LOAD_TOLERANCE, "seasoned"),
        ({"goal": Goal.PERFORMANCE}, Quality.CARRY_OVER, "performance"),
        ({"goal": Goal.RETURN}, Quality.LOAD_TOLERANCE, "return"),
        ({"injuries": (Injury(Region.KNEE, current=True, pain=3),)}, Quality.LOAD_TOLERANCE, "return"),
        ({"birth_year": 1966}, Quality.LOAD_TOLERANCE, "masters"),
        ({"weekly_km": 70.0}, Quality.LOAD_TOLERANCE, "volume"),
        ({"race": Race(MONDAY, 42.2)}, Quality.CARRY_OVER, "long_race"),
    ],
)
def test_each_ground_has_its_accent(changes: dict[str, Any], quality: Quality, because: str) -> None:
    assert (first(**changes).quality, first(**changes).because) == (quality, because)
    assert first(**changes).weight > 1


def test_trails_ask_for_control_on_one_leg_however_they_are_told_of() -> None:
    for changes in ({"goal": Goal.TRAIL}, {"trail": True}):
        assert weight(Quality.SINGLE_LEG, **changes) > 1
        assert weight(Quality.JOINT_CONTROL, **changes) > 1
        assert first(**changes).because == "trail"


def test_a_short_race_and_a_past_injury_are_no_grounds() -> None:
    assert first(race=Race(MONDAY, 5.0)).because == ""
    assert first(injuries=(Injury(Region.KNEE, current=False, pain=8),)).because == ""


def test_grounds_add_up_and_the_strongest_is_named() -> None:
    both = first(experience=Experience.SEASONED, goal=Goal.PERFORMANCE)
    assert (both.quality, both.because) == (Quality.LOAD_TOLERANCE, "seasoned")
    assert both.weight > max(
        weight(Quality.LOAD_TOLERANCE, experience=Experience.SEASONED),
        weight(Quality.LOAD_TOLERANCE, goal=Goal.PERFORMANCE),
    )


def test_qualities_come_heaviest_first() -> None:
    weights = [n.weight for n in needs.assess(a_profile(experience=Experience.NEW, trail=True), MONDAY)]
    assert weights == sorted(weights, reverse=True)


def test_every_ground_names_a_quality_and_has_words() -> None:
    from language.values import BECAUSE

    measured = {code for m in selftests.MEASURES for code, _ in (m.weak, m.uneven or m.weak)}
    assert {ground for ground, _ in needs.GROUNDS} | measured | {""} == BECAUSE.keys()


def test_what_has_hurt_once_is_watched_whether_told_at_sign_up_or_later() -> None:
    runner = a_profile(injuries=(Injury(Region.CALF, current=False),))
    assert needs.watched(runner, Progress(regions=(RegionState(Region.BACK, 0),))) == {Region.CALF, Region.BACK}
