"""What a runner's things and screens leave of a catalogue, worked out once for all who have the same ones."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from coach import dose
from coach.profile import Gear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.catalogue import Catalogue, Exercise, Slot, Stretch
    from coach.profile import Equipment, Profile, Screen

KITS: Final = 512
"""Kits kept at once, the last ones used, however many runners there are: some 5 kB each. Judgement."""

BEFORE: Final = "before a run"
VERY_HEAVY: Final = (Gear.BARBELL, Gear.MACHINE)


class Kit:
    """The exercises and stretches that one equipment and these screens allow, sorted out when they are first asked for."""

    __slots__ = ("_catalogue", "_equipment", "_exercises", "_screens", "_stretches", "heavy_lifts")

    def __init__(self, catalogue: Catalogue, equipment: Equipment, screens: frozenset[Screen]) -> None:
        self._catalogue = catalogue
        self._equipment = equipment
        self._screens = screens
        self._exercises: dict[str, dict[str, Exercise]] = {}
        self._stretches: dict[str, tuple[Stretch, ...]] = {}
        self.heavy_lifts = frozenset(
            [
                e.slug
                for e in catalogue.exercises
                if e.sides == 1
                and e.start_load_share >= 0.35
                and any(equipment.grid_kg(g) for g in VERY_HEAVY if g in e.loadable)
            ]
        )
        """Lifts with both legs that a barbell or machine makes heavy, by slug."""

    def exercises(self, slot: Slot) -> Mapping[str, Exercise]:
        """By slug, the exercises that can fill a slot."""
        found = self._exercises.get(slot.key)
        if found is None:
            found = self._exercises[slot.key] = {
                e.slug: e
                for e in self._catalogue.exercises
                if slot.takes(e)
                and e.possible_with(self._equipment)
                and dose.loads(e, self._equipment)[1]
                and self._screens.isdisjoint(e.avoid_when)
            }
        return found

    def stretches(self, target: str) -> Sequence[Stretch]:
        """The held stretches of a target; of BEFORE the dynamic ones."""
        found = self._stretches.get(target)
        if found is None:
            possible = [
                x
                for x in self._catalogue.stretches
                if (x.dynamic if target == BEFORE else x.target == target and not x.dynamic)
                and all(map(self._equipment.has, x.props))
                and self._screens.isdisjoint(x.avoid_when)
            ]
            if target == BEFORE:
                # Standing ones first: a set before a run is done in running shoes.
                possible.sort(key=lambda x: (len(x.props), x.slug))
            found = self._stretches[target] = tuple(possible)
        return found


def kit(catalogue: Catalogue, profile: Profile) -> Kit:
    """The kit of a runner: the same one for all with the same things and screens, while it is among the last KITS used."""
    kits = catalogue.cache.get("kits")
    if kits is None:
        kits = catalogue.cache["kits"] = lru_cache(KITS)(partial(Kit, catalogue))
    found: Kit = kits(profile.equipment, profile.screens)  # type: ignore[operator]  # the cache has several kinds of value
    return found
