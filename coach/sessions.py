"""A strength session: slots filled in order of importance until the runner's minutes are used, each dose with its reasons.

docs/evidence.md#layout
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from coach import dose, limits, telling
from coach.catalogue import Exercise, Slot
from coach.choosing import CORE, Pick, Situation, has_jumped, has_trained, pick
from coach.limits import LIGHT_RIR
from coach.prescribing import Item, dosed, prescribe
from coach.schedule import Placed
from coach.week import (
    CONTACTS,
    Dose,
    Phase,
    Quality,
    Session,
    make_dose,
)

JUMPS: Final = "jumps"
"""The place that comes beside the others once a week: it takes few minutes, and nothing else trains it. docs/evidence.md#plyometrics"""
HIP: Final = "hip"
TRUNK: Final = "trunk"
HIP_OR_TRUNK: Final = frozenset({HIP, TRUNK})
"""Places of which every session has at least one. docs/evidence.md#order"""
NEW: Final = frozenset(
    {"ladder_up", "ladder_up_early", "ladder_up_jumps", "swap_heavy", "swap_outgrown", "swap_plateau", "swap_variety"}
)
"""Swaps that bring something new of our own accord."""
QUALITIES: Final = tuple(Quality)
OPEN_PHASES: Final = frozenset({Phase.ANATOMICAL, Phase.BASE, Phase.BUILD})
"""Phases with room for something new. docs/evidence.md#phases"""
MORE_AT_ONCE: Final = 2
"""Places beyond the core, and exercises with a set more, that a session the runner knows gains in one week: minutes may come at once, strength does not. Judgement."""
SHORT_SET_S: Final = 60
"""Seconds below which no set with its rest can be done: no use looking for an exercise then. Judgement."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A session with its exercises chosen, before anything is said of them. situation: as this session aims."""

    name: str
    place: Placed
    situation: Situation
    items: list[Item]


def build(s: Situation, placed: Sequence[Placed], names: Sequence[str] = "ABC") -> tuple[Session, ...]:
    """The sessions of a week on their days."""
    drafts: list[_Draft] = []
    covered: set[str] = set()
    # Light sessions keep slots of their own, so that a runner's full programme waits for them unchanged.
    titles = [f"Light {name}" if place.light else name for place, name in zip(placed, names, strict=False)]
    for n, (place, title) in enumerate(zip(placed, titles, strict=False), 1):
        earlier = [i.exercise.slug for draft in drafts for i in draft.items]
        elsewhere = earlier + [x.exercise for x in s.programme.values() if x.session > title]
        # A session that is left out this week takes no jumps away from the others.
        week = earlier + [x.exercise for x in s.programme.values() if title < x.session <= titles[-1]]
        jumped = any((e := s.catalogue.by_slug.get(x)) is not None and e.mode is CONTACTS for x in week)
        # What a later session has kept so far stays there, so that a week with less time moves nothing about.
        kept = {key for other, key in s.programme if other in titles[n:]}
        waiting = covered.union([key for key in kept if (title, key) not in s.programme])
        lightly = replace(s, plan=replace(s.plan, target_rir=max(s.plan.target_rir, LIGHT_RIR))) if place.light else s
        turns = _in_turn(s, waiting, light=place.light)
        items = _fill(lightly, title, turns, elsewhere, covered, light=place.light, jumped=jumped)
        if not _short(s) and waiting & HIP_OR_TRUNK and HIP_OR_TRUNK.isdisjoint(i.slot.key for i in items):
            # Nothing serves for the hip: then the trunk need not wait for its own session.
            turns = _in_turn(s, waiting - HIP_OR_TRUNK, light=place.light)
            items = _fill(lightly, title, turns, elsewhere, covered, light=place.light, jumped=jumped)
        if all(i.exercise.mode is CONTACTS for i in items):
            # Nothing, or nothing but jumps, is no session.
            continue
        covered |= {i.slot.key for i in items}
        drafts.append(_Draft(title, place, lightly, items))
    planned = {i.exercise.slug for draft in drafts for i in draft.items}
    written = tuple([_written(draft, planned) for draft in drafts])
    if s.plan.phase is Phase.RACE and not all(share for _, share in qualities(s, written)):
        # A race week may have no session, and has none rather than one in which what is known leaves out a quality.
        return ()
    return written


def _written(draft: _Draft, planned: Collection[str]) -> Session:
    """The session in order. planned: the exercises of the whole week, for only what has left it has given way to another."""
    s, place = draft.situation, draft.place
    items = sorted(draft.items, key=lambda i: i.slot.order)
    for item in items:
        item.swap = telling.swap(s, item.swap, planned)
    return Session(
        day=place.day,
        name=draft.name,
        minutes=minutes_of(s, [(i.exercise, i.dose) for i in items]),
        light=place.light,
        exercises=tuple([prescribe(s, i) for i in items]),
        placed=place.why,
    )


def _in_turn(s: Situation, elsewhere: set[str], *, light: bool) -> list[Slot]:
    """Order of filling: the core, then what a self-test asks for, in every session, and then what the other sessions leave out.

    A short session may have no time for the whole core: it begins with what of it the others leave out, and hip and trunk take turns.
    A light one begins with the hip: whatever else is light may be for both legs together.
    """
    short = _short(s)
    core = {slot.key for slot in s.catalogue.slots if slot.priority <= CORE}
    if short and HIP in elsewhere and TRUNK not in elsewhere:
        core = core - {HIP} | {TRUNK}

    def turn(slot: Slot) -> tuple[int, bool, int]:
        waits = slot.key in elsewhere
        if slot.key in core:
            return 0, short and waits, 0 if light and slot.key == HIP else slot.priority
        return (1, False, slot.priority) if slot.key in s.asked else (2, waits, slot.priority)

    return sorted(s.catalogue.slots, key=turn)


def _short(s: Situation) -> bool:
    return s.plan.minutes < dose.SHORT_MINUTES


def minutes_of(s: Situation, work: Iterable[tuple[Exercise, Dose]]) -> int:
    """Whole minutes of a session with this work, warm-up and rests included."""
    c = s.catalogue.constants
    return ceil((sum([dose.seconds(e, d, c) for e, d in work]) + _warm_up_s(s)) / 60)


def _budget_s(s: Situation) -> float:
    return s.plan.minutes * 60 - _warm_up_s(s)


def _warm_up_s(s: Situation) -> float:
    return min(s.catalogue.constants.warm_up_s, s.plan.minutes * 60 * 0.2)


def _fill(
    s: Situation,
    name: str,
    slots: Sequence[Slot],
    elsewhere: Sequence[str],
    covered: Collection[str],
    *,
    light: bool,
    jumped: bool,
) -> list[Item]:
    """Exercises with doses that fit the minutes: first every slot with few sets, then a set more where there is time.

    elsewhere: exercises of the week's other sessions. covered: slots that those planned already fill. jumped: whether another session of the week has the jumps.
    """
    wanted = 2 if light else s.plan.sets - (1 if s.progress.strain == 1 and s.plan.sets > 2 else 0)
    few = 1 if s.plan.minutes < 20 else min(2, wanted)

    def with_sets(few: int) -> list[Item]:
        filling = _Filling(s, name, elsewhere, covered, few, wanted, light=light, jumped=jumped)
        for n, slot in enumerate(slots):
            if filling.is_full():
                break
            filling.offer(slot, extra=n >= CORE)
        return filling.items

    def of_core(items: Sequence[Item]) -> int:
        return sum([i.slot in slots[:CORE] for i in items])

    items = with_sets(few)
    if few > 1 and of_core(items) < CORE:
        # Long sets have used up the minutes: one set of each place is worth more than two of half of them.
        broader = with_sets(1)
        if of_core(broader) > of_core(items):
            items, few = broader, 1
    _further_sets(s, items, few, wanted)
    return items


class _Filling:
    """A session being filled, place by place, with few sets each: what it has so far, and what is left of its minutes.

    wanted: how many sets there would be with more time. The rest as for _fill.
    """

    def __init__(
        self,
        s: Situation,
        name: str,
        elsewhere: Sequence[str],
        covered: Collection[str],
        few: int,
        wanted: int,
        *,
        light: bool,
        jumped: bool,
    ) -> None:
        self.items: list[Item] = []
        self._taken: list[str] = []
        self._s, self._name, self._elsewhere, self._covered = s, name, elsewhere, covered
        self._few, self._wanted, self._light, self._jumped = few, wanted, light, jumped
        self._known = any(session == name for session, _ in s.programme)
        # Of our own accord nothing new near a race or in an easy week.
        self._may_change = s.plan.phase in OPEN_PHASES and not s.plan.easy
        self._fresh = True
        """Nothing new has come in yet: one thing a session and week."""
        self._left_s = _budget_s(s)
        self._kept_s = 0.0
        """For a further set of what a self-test asks for: it goes before what a session can do without."""
        self._gained = 0
        """Places beyond the core that are new to a known session."""

    def is_full(self) -> bool:
        return self._left_s < self._few * SHORT_SET_S + self._s.catalogue.constants.set_up_s

    def offer(self, slot: Slot, *, extra: bool) -> None:
        """Fill the place if it is its turn, something serves, and there is time. extra: beyond what the session must have."""
        gains = self._known and extra and (self._name, slot.key) not in self._s.programme
        if self._waits(slot) or (gains and self._gained == MORE_AT_ONCE):
            return
        item = self._item(slot, extra=extra)
        if item is None or not self._fits(item, extra=extra):
            return
        s = self._s
        cost = self._cost_s(item)
        self._left_s -= cost
        self._gained += gains
        if slot.key in s.asked and limits.most_sets(s, item.exercise, self._wanted) > item.dose.sets:
            self._kept_s += cost / item.dose.sets
        self._fresh = self._fresh and item.state is not None and (item.swap is None or item.swap.code not in NEW)
        self.items.append(item)
        self._taken.append(item.exercise.slug)

    def _waits(self, slot: Slot) -> bool:
        if slot.key == JUMPS:
            waits = self._jumped or not (self._fresh or has_jumped(self._s))
        else:
            waits = sum([i.slot.key != JUMPS for i in self.items]) == self._s.plan.exercises
        return waits or (bool(self.items) and _too_early(self._s, self._name, slot))

    def _item(self, slot: Slot, *, extra: bool) -> Item | None:
        """The exercise that serves best, with its dose."""
        both_legs = sum([not i.exercise.single_leg for i in self.items])
        one_more = self._light or both_legs + 1 <= max(1, (len(self.items) + 1) // 2)
        chosen = self._pick(slot, bilateral=one_more, trifles=not self._light)
        if chosen is None and not (extra and self.items):
            # Better both legs together, where pain has taken out all that is one-legged, than an empty place; and what is far too easy,
            # where the week has nothing else for it.
            chosen = self._pick(slot, bilateral=True, trifles=not (self._light and slot.key in self._covered))
        without: list[str] = []
        while chosen is not None:
            item = self._dosed(slot, chosen)
            if item is not None:
                return item
            # Where a cut leaves nothing of it that is worth doing, another exercise may fill the place.
            without.append(chosen.exercise.slug)
            chosen = self._pick(slot, bilateral=True, trifles=not self._light, without=without)
        return None

    def _pick(self, slot: Slot, *, bilateral: bool, trifles: bool, without: Sequence[str] = ()) -> Pick | None:
        taken = [*self._taken, *without]
        change = self._fresh and self._may_change
        return pick(
            self._s,
            self._name,
            slot,
            taken,
            self._elsewhere,
            bilateral=bilateral,
            light=self._light,
            change=change,
            trifles=trifles,
        )

    def _dosed(self, slot: Slot, chosen: Pick) -> Item | None:
        """With few sets, and no more than last time, so that what comes beyond is counted."""
        s = self._s
        state = s.states.get(chosen.exercise.slug)
        last = None if state is None or not state.weeks else state.last
        sets = self._few if last is None else min(self._few, last.sets)
        bounds = limits.of(s, chosen.exercise, sets, stands_in=chosen.spares)
        return dosed(s, slot, chosen.exercise, bounds, chosen.swap)

    def _fits(self, item: Item, *, extra: bool) -> bool:
        """Whether there is time for it; of what the session must have one set is better than none."""
        free = self._left_s - (self._kept_s if extra and item.slot.key not in self._s.asked else 0.0)
        if self._cost_s(item) <= free:
            return True
        if extra and len(self.items) >= 2:
            return False
        item.dose = _with_sets(item.dose, 1)
        return self._cost_s(item) <= self._left_s

    def _cost_s(self, item: Item) -> float:
        return dose.seconds(item.exercise, item.dose, self._s.catalogue.constants)


def _further_sets(s: Situation, items: Sequence[Item], few: int, wanted: int) -> None:
    """A set more of what there is time for, the most important first."""
    c = s.catalogue.constants
    budget = _budget_s(s)
    used = sum([dose.seconds(i.exercise, i.dose, c) for i in items])
    gained = 0
    for item in sorted(items, key=lambda i: _first_to_grow(s, i)):
        if item.limits.cut < 1.0 or (
            item.slot.priority > CORE and item.dose.sets >= max(few, item.last_sets) and item.slot.key not in s.asked
        ):
            continue
        last, before = None if item.state is None else item.state.last, item.last_sets
        sets = min(limits.most_sets(s, item.exercise, wanted), max(item.dose.sets, before) + 1)
        if sets <= item.dose.sets:
            continue
        if last is not None and sets > before and (gained == MORE_AT_ONCE or item.dose.load_kg > last.load_kg):
            # Load before sets: a set more than last time must not take back a load that the answers have earned.
            continue
        more = _more_sets(s, item, sets)
        if more is None or more.sets <= item.dose.sets:
            continue
        extra = dose.seconds(item.exercise, more, c) - dose.seconds(item.exercise, item.dose, c)
        if used + extra <= budget:
            used += extra
            gained += last is not None and more.sets > before
            item.dose = more


def _more_sets(s: Situation, item: Item, sets: int) -> Dose | None:
    """The dose with so many sets, or as many as may be; None where nothing fits them.

    With more sets than last time the dose is chosen anew, as no load goes up in the same week.
    """
    last = None if item.state is None else item.state.last
    if (last is not None and last.sets < sets) or item.exercise.mode is CONTACTS:
        c = s.catalogue.constants
        now = s.beliefs.of(item.exercise)
        return dose.choose(item.exercise, now, item.state, s.plan, s.profile, item.limits, c, sets)
    return _with_sets(item.dose, sets)


def _with_sets(now: Dose, sets: int) -> Dose:
    return make_dose(sets, now.amount, now.load_kg, now.gear)


def _too_early(s: Situation, name: str, slot: Slot) -> bool:
    """Whether a further slot would bring something new in a week that is not quiet; cuts free minutes, not courage."""
    return not s.quiet and slot.priority > CORE and (name, slot.key) not in s.programme and has_trained(s)


def _first_to_grow(s: Situation, item: Item) -> tuple[bool, bool, int]:
    """Who gets a further set first: who had it last time, so that sets do not come and go, then what a self-test asks for, then the main lifts."""
    return item.last_sets < 3, item.slot.key not in s.asked, item.slot.priority


def qualities(s: Situation, sessions: Sequence[Session]) -> tuple[tuple[Quality, int], ...]:
    """Share of the week's sets that trains each quality, weighted 0–3, in percent; they add up to 100."""
    work = dict.fromkeys(QUALITIES, 0)
    by_slug = s.catalogue.by_slug
    for session in sessions:
        for p in session.exercises:
            sets = p.dose.sets
            for quality, weight in by_slug[p.exercise].qualities:
                work[quality] += weight * sets
    total = sum(work.values())
    if not total:
        return ()
    shares = {q: int(100 * w / total) for q, w in work.items()}
    shares[max(work, key=lambda q: (work[q], q))] += 100 - sum(shares.values())
    return tuple(shares.items())
