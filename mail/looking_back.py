"""What a mail tells of the way so far: weeks answered in a row, and doses that have grown. Nothing is said where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.week import DoseMode
from mail import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.catalogue import Catalogue
    from coach.week import Dose, Prescription, Week
    from mail.cards import Load

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
    """answered: "4", set large, or empty; row: what follows it. since: "eight weeks"; grown: the doses that have grown most since then."""

    answered: str
    row: str
    since: str
    grown: tuple[Grown, ...]


def looking_back(
    answered: int, before: Week | None, week: Week, catalogue: Catalogue, load: Load
) -> LookingBack | None:
    """answered: weeks answered running up to this one. before: an earlier plan to compare with. None when there is nothing to tell."""
    grown = () if before is None else tuple(_grown(before, week, catalogue, load))[:MOST]
    if answered < ROW and not grown:
        return None
    weeks = 0 if before is None else (week.week_of - before.week_of).days // 7
    return LookingBack(
        answered=str(answered) if answered >= ROW else "",
        row="weeks answered in a row. That is what your loads are made from." if answered >= ROW else "",
        since=words.a_count(weeks, "week", "weeks") if grown else "",
        grown=grown,
    )


def _grown(before: Week, week: Week, catalogue: Catalogue, load: Load) -> Iterable[Grown]:
    """Exercises of both weeks whose load rose, then those that are done longer with the same load; the largest rise first."""
    was, now = _heaviest(before), _heaviest(week)
    rises = []
    for slug in was.keys() & now.keys():
        old, new = was[slug].dose, now[slug].dose
        if old.gear is not new.gear or was[slug].mode is not now[slug].mode:
            continue
        if new.load_kg > old.load_kg:
            rises.append((0, old.load_kg / new.load_kg, slug, _loads(load(old), load(new))))
        elif new.load_kg == old.load_kg and new.amount > old.amount:
            rises.append((1, old.amount / new.amount, slug, _amounts(now[slug].mode, old, new)))
    return (Grown(catalogue.by_slug[slug].name, step) for _, _, slug, step in sorted(rises))


def _heaviest(week: Week) -> dict[str, Prescription]:
    found: dict[str, Prescription] = {}
    for session in week.sessions:
        for p in session.exercises:
            kept = found.get(p.exercise)
            if kept is None or (p.dose.load_kg, p.dose.amount) > (kept.dose.load_kg, kept.dose.amount):
                found[p.exercise] = p
    return found


def _loads(old: str, new: str) -> str:
    """Like "10 → 14 kg dumbbells"; bands by their names."""
    number, unit, _ = f"{old}  ".split(" ", 2)
    return f"{number} → {new}" if new.split(" ")[1:2] == [unit] and number[:1].isdigit() else f"{old} → {new}"


def _amounts(mode: DoseMode, old: Dose, new: Dose) -> str:
    unit = {DoseMode.REPS: "repetitions", DoseMode.CONTACTS: "landings"}.get(mode, "s")
    return f"{old.amount} → {new.amount} {unit}"
