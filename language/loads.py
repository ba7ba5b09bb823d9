"""Loads and amounts in words, in the runner's units and language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from coach.profile import BANDS_KG, KG_PER_LB, Gear
from coach.week import Dose
from language.tongue import Tongue, marked, marked_as

GEAR = {
    Gear.DUMBBELLS: marked("dumbbells"),
    Gear.KETTLEBELLS: marked("kettlebell"),
    Gear.BARBELL: marked("barbell"),
    Gear.BACKPACK: marked("backpack"),
    Gear.MACHINE: marked("on the machine"),
    Gear.CABLE: marked("on the cable"),
}
"""What a load is, after its weight: "12 kg dumbbells"."""
BANDS = {
    "light": marked_as("band", "light"),
    "medium": marked_as("band", "medium"),
    "strong": marked_as("band", "strong"),
    "extra strong": marked_as("band", "extra strong"),
}


@dataclass(frozen=True, slots=True)
class Loads:
    """Loads as one runner reads them: called with a dose, its load in words. units: "kg" or "lb"."""

    units: str
    tongue: Tongue

    def __call__(self, dose: Dose) -> str:
        return _kept(dose, self.units, self.tongue)[0]

    def parts(self, dose: Dose) -> tuple[str, str]:
        """See `load_parts`."""
        return _kept(dose, self.units, self.tongue)[1]


@lru_cache(maxsize=8192)
def _kept(dose: Dose, units: str, tongue: Tongue) -> tuple[str, tuple[str, str]]:
    """Runners share what they lift: a mail tells some forty loads, and all runners together a few hundred."""
    return load_text(dose, units, tongue), load_parts(dose, units, tongue)


def load_text(dose: Dose, units: str, tongue: Tongue) -> str:
    """The load of a dose in words: "bodyweight", "12 kg dumbbells", "medium band"."""
    heavy, gear = load_parts(dose, units, tongue)
    return tongue.gettext("%(weight)s %(gear)s", weight=heavy.replace("\u00a0", " "), gear=gear) if heavy else gear


def load_parts(dose: Dose, units: str, tongue: Tongue) -> tuple[str, str]:
    """A load in its weight and the rest: ("12 kg", "dumbbells"), ("", "bodyweight"), ("", "medium band"). A weight is never torn apart."""
    if dose.gear is None or dose.load_kg <= 0:
        return "", tongue.gettext("bodyweight")
    if dose.gear is Gear.BAND:
        return "", tongue.gettext("%(strength)s band", strength=tongue.pgettext("band", BANDS[band(dose.load_kg)]))
    return weight(dose.load_kg, units, tongue).replace(" ", "\u00a0"), tongue.gettext(
        GEAR.get(dose.gear, dose.gear.value)
    )


def weight(kg: float, units: str, tongue: Tongue) -> str:
    """A load as the runner reads it: kilograms to the quarter, pounds to the half."""
    shown = number(kg, units, tongue)
    return (
        tongue.gettext("%(weight)s lb", weight=shown)
        if units == "lb"
        else tongue.gettext("%(weight)s kg", weight=shown)
    )


def number(kg: float, units: str, tongue: Tongue) -> str:
    """A load as a number of the runner's units alone."""
    return tongue.decimal(round(kg / KG_PER_LB * 2) / 2 if units == "lb" else round(kg * 4) / 4)


def band(kg: float) -> str:
    """The name of the band nearest to a nominal strength."""
    return min(BANDS_KG, key=lambda name: abs(BANDS_KG[name] - kg))


def amounts(mode: str, was: int, now: int, tongue: Tongue) -> str:
    """Like "10 → 12 repetitions". mode: a coach.week.DoseMode."""
    if mode == "reps":
        said = tongue.ngettext("%(was)s → %(now)s repetitions", "%(was)s → %(now)s repetitions", now)
    elif mode == "contacts":
        said = tongue.ngettext("%(was)s → %(now)s contacts", "%(was)s → %(now)s contacts", now)
    else:
        said = tongue.ngettext("%(was)s → %(now)s seconds", "%(was)s → %(now)s seconds", now)
    return said % {"was": was, "now": now}


def grown(was: Dose, now: Dose, units: str, tongue: Tongue) -> str:
    """Two loads of the same gear: "10 → 14 kg dumbbells"; bands by their names."""
    if was.gear is Gear.BAND or was.load_kg <= 0:
        told = load_text(was, units, tongue)
    else:
        told = number(was.load_kg, units, tongue)
    return tongue.gettext("%(was)s → %(now)s", was=told, now=load_text(now, units, tongue))
