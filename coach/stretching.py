"""The stretch routine: about fifteen minutes after a run, tight areas first, holds growing toward 60 seconds a muscle.

docs/evidence.md#stretching
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coach.kit import BEFORE
from coach.profile import Region
from coach.progress import StretchState, make_stretch_state
from coach.week import Reason, Routine, make_stretch_item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.catalogue import Catalogue, Stretch
    from coach.choosing import Situation
    from coach.constants import Constants
    from coach.profile import Screen
    from coach.progress import Progress, RegionState
    from coach.week import Session, StretchItem, Week

TARGETS: Final = (
    "calf",
    "calf",
    "hip flexor",
    "hamstring",
    "quad",
    "glute",
    "lateral hip",
    "adductor",
    "low back",
    "foot",
    "shin",
    "thoracic",
)
"""Lower body first, in the order that matters to runners; the calf twice, as it has two muscles to reach. Judgement."""
STRETCH_STAYS_WEEKS: Final = 4
"""Weeks before another stretch of the same target takes its turn. Judgement."""
URGENCY: Final = {"stretch_tight": 0, "stretch_loaded": 1}
"""Tight areas come first, then what the week has loaded. docs/evidence.md#stretching"""
GROW_AT_ONCE: Final = 3
"""Stretches whose hold grows in one week at most. Judgement."""
BEFORE_RUN: Final = 3
"""Dynamic drills before a run at most. Judgement."""
WARMS_UP: Final = Reason("stretch_before")

TIGHT, LOADED = (
    {region: Reason(code, (("region", region.value),)) for region in Region}
    for code in ("stretch_tight", "stretch_loaded")
)
"""The same few reasons stand in everybody's routine."""

_Chosen = tuple["Stretch", int, float, Reason]
"""A stretch, seconds of a hold, seconds of a round with the change to it, and why."""


def routine(s: Situation, sessions: Sequence[Session]) -> Routine:
    """The week's routine after runs, and the short dynamic set before them.

    Every target gets one round while there is time, tight and freshly loaded areas first; what time is left gives those
    a second and third round, up to 60 seconds a muscle and side.
    """
    c, progress = s.catalogue.constants, s.progress
    by_slug = s.catalogue.by_slug
    loaded = {r for session in sessions for p in session.exercises for r in by_slug[p.exercise].works}
    sore = {r.region for r in s.sore}
    shelf = s.kit.stretches
    held = {x.target: x.hold_s for x in progress.stretches}
    taken: dict[str, int] = {}
    chosen: list[_Chosen] = []
    most_s = int(c.hold_most)
    turn = progress.weeks // STRETCH_STAYS_WEEKS
    for target in TARGETS:
        options = harmless(shelf(target), sore)
        before = taken.get(target, 0)
        if before == len(options):
            continue
        stretch = options[(turn + before) % len(options)]
        taken[target] = before + 1
        hold = min(held.get(target, stretch.start_hold_s), most_s)
        why = _why(stretch, progress.tight, loaded)
        chosen.append((stretch, hold, stretch.sides * (hold + c.stretch_change_s), why))
    chosen.sort(key=lambda x: URGENCY.get(x[3].code, len(URGENCY)))
    done = [(x, n) for x, n in zip(chosen, _rounds(chosen, c), strict=True) if n]
    items = tuple([_item(stretch, hold, n, why) for (stretch, hold, _, why), n in done])
    total = sum([cost * n for (_, _, cost, _), n in done])
    days = tuple(sorted([r.day for r in s.profile.runs])) or s.profile.strength_days
    first = tuple([_item(x, 0, 1, WARMS_UP) for x in harmless(shelf(BEFORE), sore)[:BEFORE_RUN]])
    shown = {x.target for x in items}
    grown = [x for x in progress.stretches if x.weeks == 0 and x.hold_s > x.from_s and x.target in shown]
    change = None
    if grown and not progress.silent:
        names = ", ".join(x.target for x in grown)
        longest = max(x.hold_s for x in grown)
        change = Reason("stretch_longer", (("targets", names), ("hold_s", longest), ("weeks", int(c.stretch_weeks))))
    return Routine(items=items, seconds=round(total), days=days, before=first, change=change)


def without(routine: Routine, sore: set[Region], screens: frozenset[Screen], catalogue: Catalogue) -> Routine:
    """The routine without what pulls on a sore region, or an answer to the screening questions rules out; the same one when nothing does."""

    def stays(item: StretchItem) -> bool:
        stretch = catalogue.stretch_by_slug.get(item.stretch)
        # What has left the catalogue since cannot be judged.
        return stretch is not None and not _hurts(stretch, sore) and screens.isdisjoint(stretch.avoid_when)

    items, before = (tuple(i for i in some if stays(i)) for some in (routine.items, routine.before))
    if (items, before) == (routine.items, routine.before):
        return routine
    change_s = catalogue.constants.stretch_change_s
    seconds = round(sum(i.rounds * i.sides * (i.hold_s + change_s) for i in items))
    return replace(routine, items=items, before=before, seconds=seconds)


def holds(
    progress: Progress, week: Week, regions: tuple[RegionState, ...], catalogue: Catalogue, *, may_grow: bool
) -> tuple[StretchState, ...]:
    """Holds grow, where they may, by ten seconds after two answered weeks without pain in the area: tight and loaded areas first, a few at a time."""
    c = catalogue.constants
    states = {s.target: s for s in progress.stretches}
    sore = {r.region for r in regions if r.pain >= c.pain_hold}
    grown = 0
    met: set[str] = set()
    for item in week.stretch.items if week.stretch is not None else ():
        if item.target in met:
            continue
        met.add(item.target)
        state = states.get(item.target) or StretchState(item.target, item.hold_s, 0, item.hold_s)
        stretch = catalogue.stretch_by_slug.get(item.stretch)
        if may_grow and stretch is not None and sore.isdisjoint(stretch.regions):
            wanted = item.why.code in {"stretch_tight", "stretch_loaded"}
            ready = state.weeks + 1 >= c.stretch_weeks and state.hold_s < c.hold_most
            if wanted and ready and grown < GROW_AT_ONCE:
                grown += 1
                longer = min(int(c.hold_most), state.hold_s + int(c.hold_growth))
                state = make_stretch_state(item.target, longer, 0, state.hold_s)
            else:
                state = make_stretch_state(item.target, state.hold_s, state.weeks + 1, state.hold_s)
        elif state.weeks == 0:
            # What has grown is told once.
            state = make_stretch_state(item.target, state.hold_s, 0, state.hold_s)
        states[item.target] = state
    return tuple([states[k] for k in sorted(states)])


def harmless(stretches: Sequence[Stretch], sore: set[Region]) -> Sequence[Stretch]:
    """Those that do not pull on a sore region."""
    return [x for x in stretches if not _hurts(x, sore)] if sore else stretches


def _hurts(stretch: Stretch, sore: set[Region]) -> bool:
    return not sore.isdisjoint((*stretch.regions, *stretch.avoid))


def _why(stretch: Stretch, tight: frozenset[Region], loaded: set[Region]) -> Reason:
    for reasons, regions in ((TIGHT, tight), (LOADED, loaded)):
        for region in stretch.regions:
            if region in regions:
                return reasons[region]
    return _range(stretch.target)


@lru_cache(64)
def _range(target: str) -> Reason:
    return Reason("stretch_range", (("target", target),))


def _rounds(chosen: Sequence[_Chosen], c: Constants) -> list[int]:
    rounds = [0] * len(chosen)
    left, most_s = c.stretch_s, c.hold_most
    for done in (0, 1, 2):
        for n, (_, hold, cost, _) in enumerate(chosen):
            if cost <= left and rounds[n] == done and hold * done < most_s:
                rounds[n] += 1
                left -= cost
    return rounds


def _item(stretch: Stretch, hold_s: int, rounds: int, why: Reason) -> StretchItem:
    return make_stretch_item(
        stretch=stretch.slug,
        target=stretch.target,
        hold_s=hold_s,
        reps=stretch.reps,
        rounds=rounds,
        sides=stretch.sides,
        why=why,
    )
