"""What a mail tells of the way so far: weeks answered in a row, and doses that have grown. Nothing is said where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.week import DoseMode
from language import loads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.week import Dose, Prescription, Week
    from language.tongue import Tongue
    from mail.voice import Voice

ROW = 2
"""Weeks answered from which one speaks of a row."""

MOST = 3


@dataclass(frozen=True, slots=True)
class Grown:
    """One dose then and now: "Split squat", "10 → 14 kg dumbbells"."""

    name: str
    step: str


@dataclass(frozen=True, slots=True)
class LookingBack:
    """answered: "4", set large, or empty; row: what follows it. since: "Your plan eight weeks ago, and now:"; grown: the doses that have grown most since then."""

    answered: str
    row: str
    since: str
    grown: tuple[Grown, ...]


def looking_back(answered: int, before: Week | None, week: Week, voice: Voice) -> LookingBack | None:
    """answered: weeks answered running up to this one. before: an earlier plan to compare with. None when there is nothing to tell."""
    grown = () if before is None else tuple(_grown(before, week, voice))[:MOST]
    if answered < ROW and not grown:
        return None
    weeks = 0 if before is None else (week.week_of - before.week_of).days // 7
    return LookingBack(
        answered=str(answered) if answered >= ROW else "",
        row=_row(answered, voice.tongue) if answered >= ROW else "",
        since=_since(weeks, voice.tongue) if grown else "",
        grown=grown,
    )


def _row(answered: int, tongue: Tongue) -> str:
    return tongue.ngettext(
        "week answered in a row. That is what your loads are made from.",
        "weeks answered in a row. That is what your loads are made from.",
        answered,
    )


def _since(weeks: int, tongue: Tongue) -> str:
    return tongue.counted("Your plan one week ago, and now:", "Your plan %(count)s weeks ago, and now:", weeks)


def _grown(before: Week, week: Week, voice: Voice) -> Iterable[Grown]:
    """Exercises of both weeks whose load rose, then those that are done longer with the same load; the largest rise first."""
    was, now = _heaviest(before), _heaviest(week)
    rises = []
    for slug in was.keys() & now.keys():
        old, new = was[slug].dose, now[slug].dose
        if old.gear is not new.gear or was[slug].mode is not now[slug].mode:
            continue
        if new.load_kg > old.load_kg:
            rises.append((0, old.load_kg / new.load_kg, slug, loads.grown(old, new, voice.load.units, voice.tongue)))
        elif new.load_kg == old.load_kg and new.amount > old.amount:
            rises.append((1, old.amount / new.amount, slug, _amounts(now[slug].mode, old, new, voice.tongue)))
    return (Grown(voice.catalogue.by_slug[slug].name, step) for _, _, slug, step in sorted(rises))


def _heaviest(week: Week) -> dict[str, Prescription]:
    found: dict[str, Prescription] = {}
    for session in week.sessions:
        for p in session.exercises:
            kept = found.get(p.exercise)
            if kept is None or (p.dose.load_kg, p.dose.amount) > (kept.dose.load_kg, kept.dose.amount):
                found[p.exercise] = p
    return found


def _amounts(mode: DoseMode, old: Dose, new: Dose, tongue: Tongue) -> str:
    if mode is DoseMode.REPS:
        said = tongue.ngettext("%(was)s → %(now)s repetitions", "%(was)s → %(now)s repetitions", new.amount)
    elif mode is DoseMode.CONTACTS:
        said = tongue.ngettext("%(was)s → %(now)s landings", "%(was)s → %(now)s landings", new.amount)
    else:
        said = tongue.gettext("%(was)s → %(now)s s")
    return said % {"was": old.amount, "now": new.amount}
