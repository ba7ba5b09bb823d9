"""What is stored is what comes back."""

from __future__ import annotations

import math
import threading
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.answers import Answers
from coach.profile import Equipment, Gear, Profile, Race, Region, SelfTests, Sides
from coach.progress import Progress
from coach.week import Reason, Week
from models import codec
from tests.builders import a_profile, a_week, some_answers

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-(2**31), 2**31),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(max_size=12),
    bool: st.booleans(),
    date: st.dates(),
    NoneType: st.none(),
    # These are checked when they are made.
    Race: st.builds(Race, day=st.dates(), distance_km=st.floats(0.1, 500)),
    Equipment: st.frozensets(st.sampled_from(Gear)).map(
        lambda gear: Equipment(gear, tuple((g, (4.0, 8.5)) for g in sorted(gear)))
    ),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type of the coach, as deep as it goes."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return st.one_of([values(k) for k in inner])
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*[values(k) for k in inner])
    if origin is frozenset:
        return st.frozensets(values(inner[0]))
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    assert is_dataclass(kind), kind
    hints = get_type_hints(kind)
    return st.builds(kind, **{f.name: values(hints[f.name]) for f in fields(kind)})


unhurried = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


@unhurried
@given(values(Week))
def test_any_week_comes_back_as_it_was(week: Week) -> None:
    assert codec.decode(Week, codec.encode(week)) == week


@unhurried
@given(values(Progress))
def test_any_progress_comes_back_as_it_was(progress: Progress) -> None:
    assert codec.decode(Progress, codec.encode(progress)) == progress


@unhurried
@given(values(Answers))
def test_any_answers_come_back_as_they_were(answers: Answers) -> None:
    assert codec.decode(Answers, codec.encode(answers)) == answers


@unhurried
@given(
    st.floats(30, 250),
    st.floats(0, 300),
    st.sets(st.sampled_from(Gear)),
    st.sets(st.floats(0.5, 400), min_size=1, max_size=8),
    st.frozensets(st.sampled_from(Region)),
)
def test_any_profile_comes_back_as_it_was(
    mass: float, km: float, gear: set[Gear], loads: set[float], tight: frozenset[Region]
) -> None:
    equipment = Equipment(frozenset(gear), tuple((g, tuple(sorted(loads))) for g in sorted(gear)))
    profile = a_profile(body_mass_kg=mass, weekly_km=km, equipment=equipment, tight=tight)
    assert codec.decode(Profile, codec.encode(profile)) == profile


@unhurried
@given(
    st.dates(),
    *[st.none() | st.builds(Sides, st.integers(0, 100), st.none() | st.integers(0, 100))] * 4,
    st.integers(0, 60),
)
def test_any_self_tests_come_back_as_they_were(
    on: date, calf: Sides | None, opened: Sides | None, closed: Sides | None, plank: Sides | None, rises: int
) -> None:
    profile = a_profile(self_tests=SelfTests(on, calf, opened, closed, plank, rises))
    assert codec.decode(Profile, codec.encode(profile)) == profile


@pytest.mark.parametrize("name", ["self_tests", "screened_on"])
def test_a_profile_stored_before_there_was_such_a_field_has_none(name: str) -> None:
    import orjson
    import zstandard

    packed = codec.encode(a_profile())
    fields = orjson.loads(zstandard.ZstdDecompressor().decompress(packed))
    del fields[name]
    assert codec.decode(Profile, zstandard.ZstdCompressor().compress(orjson.dumps(fields))) == a_profile()


def test_equal_values_give_equal_bytes_whatever_the_order_of_a_set() -> None:
    one = a_profile(tight=frozenset([Region.CALF, Region.HIP, Region.FOOT]))
    other = a_profile(tight=frozenset([Region.FOOT, Region.HIP, Region.CALF]))
    assert codec.encode(one) == codec.encode(other)


def test_a_number_of_a_reason_stays_a_whole_number_a_fraction_or_a_word() -> None:
    focus = Reason("load-up", (("from_kg", 10.0), ("to_kg", 12.5), ("weeks", 10), ("exercise", "10")))
    back = codec.decode(Week, codec.encode(a_week(focus=focus))).focus
    assert [type(value) for _, value in back.values] == [float, float, int, str]
    assert back == focus


def test_a_load_is_exact_to_the_last_bit() -> None:
    capacity = math.log(70 * 1.1) / 3
    from coach.progress import ExerciseState

    progress = Progress(exercises=(ExerciseState("split-squat", capacity, 0.1 + 0.2),))
    assert codec.decode(Progress, codec.encode(progress)).exercises[0].mu == capacity


def test_a_blob_of_a_newer_version_is_refused_with_a_remedy() -> None:
    with pytest.raises(codec.UnknownFormat, match="newer Stridewell"):
        codec.decode(Week, codec.encode(a_week()), codec.FORMAT + 1)


def test_a_field_added_later_takes_its_default_from_old_blobs() -> None:
    import orjson
    import zstandard

    old = {"sessions": [], "note": "calf a little tight", "a_field_since_dropped": 3}
    blob = zstandard.ZstdCompressor().compress(orjson.dumps(old))
    assert codec.decode(Answers, blob) == Answers(note="calf a little tight")


def test_bytes_of_another_kind_are_refused() -> None:
    with pytest.raises(ValidationError):
        codec.decode(Week, codec.encode(some_answers()))


def test_what_has_no_place_in_a_blob_is_named() -> None:
    with pytest.raises(TypeError, match="complex"):
        codec.encode(replace(a_week(), focus=1j))


def test_threads_can_code_at_once() -> None:
    weeks = [a_week(number=n) for n in range(20)]
    wrong: list[int] = []

    def code() -> None:
        for _ in range(20):
            wrong.extend(w.number for w in weeks if codec.decode(Week, codec.encode(w)) != w)

    threads = [threading.Thread(target=code) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
