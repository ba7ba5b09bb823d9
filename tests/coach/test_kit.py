"""What things and screens leave of the catalogue, kept for all runners with the same ones."""

from __future__ import annotations

from dataclasses import replace

from coach.catalogue import Catalogue
from coach.kit import BEFORE, KITS, kit
from coach.profile import Equipment, Gear, Screen
from tests.builders import a_profile
from tests.coach.lifts import with_dumbbells


def fresh(catalogue: Catalogue) -> Catalogue:
    return replace(catalogue)


def test_runners_with_the_same_things_and_screens_share_a_kit(catalogue: Catalogue) -> None:
    there = fresh(catalogue)
    one, other = with_dumbbells(4.0, 8.0, key="one"), with_dumbbells(4.0, 8.0, key="other", minutes=15)
    assert one.equipment is not other.equipment
    assert kit(there, one) is kit(there, other)
    assert kit(there, one) is not kit(there, with_dumbbells(4.0, 8.0, 12.0))
    assert kit(there, one) is not kit(there, replace(one, screens=frozenset({Screen.HEART})))
    assert kit(there, one) is not kit(fresh(catalogue), one)


def test_however_many_kinds_of_equipment_there_are_only_the_last_used_are_kept(catalogue: Catalogue) -> None:
    there = fresh(catalogue)
    first = kit(there, with_dumbbells(1.0))
    for n in range(2, KITS + 1):
        kit(there, with_dumbbells(float(n) / 2))
    assert kit(there, with_dumbbells(1.0)) is first
    for n in range(KITS + 1, 3 * KITS):
        kit(there, with_dumbbells(float(n) / 4))
    assert there.cache["kits"].cache_info().currsize == KITS  # type: ignore[attr-defined]
    again = kit(there, with_dumbbells(1.0))
    assert again is not first
    knee = next(s for s in there.slots if s.key == "knee")
    assert again.exercises(knee) == first.exercises(knee)


def test_every_exercise_of_a_slot_can_be_done_with_what_is_there(catalogue: Catalogue) -> None:
    nothing, rack = a_profile(equipment=Equipment()), with_dumbbells(4.0, 8.0, 12.0)
    for slot in catalogue.slots:
        bare, more = kit(catalogue, nothing).exercises(slot), kit(catalogue, rack).exercises(slot)
        assert bare.keys() < more.keys() or bare.keys() == more.keys()
        assert all(slot.takes(e) and e.possible_with(nothing.equipment) for e in bare.values())


def test_what_a_screen_rules_out_is_in_nobodys_kit_who_has_it(catalogue: Catalogue) -> None:
    screens = frozenset({Screen.PREGNANT})
    theirs = kit(catalogue, a_profile(screens=screens, cleared=True))
    left = [e for slot in catalogue.slots for e in theirs.exercises(slot).values()]
    assert left
    assert not any(screens.intersection(e.avoid_when) for e in left)


def test_stretches_come_by_target_and_the_standing_ones_first_before_a_run(catalogue: Catalogue) -> None:
    whole = kit(catalogue, a_profile(equipment=Equipment(frozenset(Gear))))
    assert all(x.target == "calf" and not x.dynamic for x in whole.stretches("calf"))
    before = whole.stretches(BEFORE)
    assert all(x.dynamic for x in before)
    assert [len(x.props) for x in before] == sorted(len(x.props) for x in before)
    assert kit(catalogue, a_profile(equipment=Equipment())).stretches(BEFORE)
