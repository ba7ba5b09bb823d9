"""What a week tells of itself: its focus in one line, and at most five changes with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach import phases, safety, schedule, selftests
from coach.phases import AWAY_WEEKS, EASY_PHASES, LONG_AWAY_WEEKS
from coach.profile import Goal
from coach.week import Phase, Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from coach.choosing import Situation
    from coach.constants import Constants
    from coach.progress import RegionState
    from coach.week import Session

MOST_CHANGES: Final = 5
"""Sentences on what changed and why: more are not read. Judgement."""
SMALL_STEPS: Final = 3
"""From so many small steps on, one sentence tells them together. Judgement."""
CHANGE_ORDER: Final = (
    "pain_severe",
    "pain_less",
    "pain_hold",
    "hurts",
    "unclear",
    "body_mass",
    "sore",
    "strain",
    "gap",
    "silence",
    "skipped",
    "back",
    "resumes",
    "phase_race",
    "phase_taper",
    "phase_taper_rest",
    "race_again",
    "phase_recovery",
    "phase_recovery_rest",
    "phase_deload",
    "phase_deload_hard",
    "easy_week",
    "returned",
    "third_session",
    "retested",
    "swap_pain",
    "ladder_down_pain",
    "dose_pain",
    "ladder_down_hurts",
    "dose_hurts",
    "swap_equipment",
    "swap_back",
    "swap_screen",
    "swap_age",
    "ladder_up",
    "ladder_up_early",
    "ladder_up_jumps",
    "jumps_first",
    "ladder_down",
    "swap_heavy",
    "swap_outgrown",
    "swap_plateau",
    "swap_variety",
    "swap_light",
    "swap_easy",
    "swap_one_leg",
    "swap_plan",
    "dose_again",
    "dose_gear",
    "dose_gap",
    "dose_calm",
    "dose_idle",
    "dose_screen",
    "dose_back",
    "dose_answers",
    "dose_more",
    "dose_taper",
    "dose_race",
    "dose_deload",
    "dose_range",
    "dose_fewer_sets",
    "dose_sets",
    "dose_more_sets",
    "dose_waited",
    "dose_plan",
    "turns",
    "stretch_longer",
    "first",
    "one_day",
    "tested",
    "steady",
)
"""What matters most to the runner comes first."""
CHANGE_RANK: Final = {code: n for n, code in enumerate(CHANGE_ORDER)}
GROUNDS_OF_SETS: Final = frozenset({"completed", "minutes", "because", "region"})
"""What a change of sets stands on that may be the same for several exercises."""
SAID_FOR_ALL: Final = {"tired": "strain", "hurts": "hurts", "easy": "easy_week"}
"""Why there are fewer sets, and the sentence about the week that says so of every exercise."""
STEPS: Final = (("from_kg", "to_kg"), ("from_sets", "to_sets"), ("from_amount", "to_amount"))
"""What may differ between two doses, a change of load told before one of sets."""


def focus(s: Situation) -> Reason:
    """One line on what this week is about."""
    need = s.needs[0]
    values = (
        ("quality", need.quality.value),
        ("because", need.because),
        ("completed", s.progress.completed),
        ("target", s.plan.target_rir),
        *need.values,
    )
    if s.missed >= AWAY_WEEKS:
        return Reason("focus_return", values)
    if s.plan.phase in {Phase.BASE, Phase.BUILD} and not s.may_progress:
        return Reason("focus_level", values)
    return Reason(f"focus_{s.plan.phase.value}", values)


def changes(s: Situation, built: tuple[Session, ...], stretch: Reason | None) -> tuple[Reason, ...]:
    """At most five reasons, what matters most to the runner first; the same exercise in two sessions is told once."""
    found = [*_beginning(s, built), *_told_to_us(s), *_away(s, built), *_phase(s, built)]
    p = s.progress
    if s.profile.goal is Goal.RETURN and p.completed == phases.RETURNED_AFTER and not (s.missed or s.careful):
        found.append(Reason("returned", (("completed", p.completed),)))
    if len(built) == 3 and all(session != built[2].name for session, _ in s.programme):
        found.append(Reason("third_session", (("completed", p.completed),)))
    told = _told_once([item.change for session in built for item in session.exercises], {r.code for r in found})
    found += told
    if (turns := _turns(s, built, told)) is not None:
        found.append(turns)
    if stretch is not None:
        found.append(stretch)
    if not found:
        found.append(Reason("steady", (("target", s.plan.target_rir),)))
    return tuple(sorted(found, key=_rank)[:MOST_CHANGES])


def _beginning(s: Situation, built: tuple[Session, ...]) -> Iterator[Reason]:
    """The first week; and the runner's own tests, then or when they are new."""
    anew = s.progress.weeks > 0
    if built and not anew:
        yield Reason("first", (("target", s.plan.target_rir), ("sessions", len(built)), *_sets(built)))
        if (better := _room(s, built)) and not built[0].light:
            yield Reason("one_day", (("better", " ".join(map(str, better))),))
    if tested := selftests.told(s.profile, s.week_of, s.catalogue.constants, anew=anew):
        yield Reason("retested" if anew else "tested", tested)


def _told_to_us(s: Situation) -> Iterator[Reason]:
    """Pain, soreness, tiredness, and what we could not make sense of."""
    p, c = s.progress, s.catalogue.constants
    for r in p.regions:
        if r.pain >= c.pain_hold:
            yield pain(r, c, severe="pain_severe")
    if p.hold:
        yield Reason(p.hold)
    if p.soreness >= c.sore_hold:
        yield Reason("sore", (("soreness", p.soreness), ("limit", int(c.sore_hold)), ("ago", p.silent + s.unplanned)))
    if p.strain == 1:
        yield Reason("strain", (("sets", max(2, s.plan.sets - 1)),))


def pain(region: RegionState, c: Constants, *, severe: str) -> Reason:
    """What is done for a region that hurts. severe: the code from 6 on."""
    values = (*safety.told(region), ("kept", round(100 * region.cut)))
    if region.pain >= c.pain_severe:
        return Reason(severe, values)
    return Reason("pain_less" if region.pain >= c.pain_less and region.cut < 1.0 else "pain_hold", values)


def _away(s: Situation, built: tuple[Session, ...]) -> Iterator[Reason]:
    """Weeks without an answer or a session, and the way back from them."""
    p, c = s.progress, s.catalogue.constants
    if s.missed >= AWAY_WEEKS:
        kept = c.gap_long if s.missed >= LONG_AWAY_WEEKS else c.gap_short
        yield Reason("gap", (("weeks", s.missed), ("kept", round(100 * kept))))
    elif s.missed:
        yield Reason("silence" if p.silent else "skipped", (("weeks", s.missed),))
    elif p.gap and p.since_gap < 2:
        yield Reason("back", (("weeks", p.gap), ("limit", round(100 * c.cap_after_gap))))
    if built and s.plan.phase not in EASY_PHASES and s.resumes:
        yield Reason("resumes", (("target", s.plan.target_rir),))


def _phase(s: Situation, built: tuple[Session, ...]) -> Iterator[Reason]:
    """A race that is near or just over, and weeks that are easier than others."""
    plan, race = s.plan, s.profile.race
    if plan.phase in {Phase.RACE, Phase.TAPER} and race is not None:
        values = (("days", (race.day - s.week_of).days), ("distance_km", race.distance_km))
        code = "phase_race" if plan.phase is Phase.RACE else "phase_taper" if built else "phase_taper_rest"
        yield Reason(code, (*values, *_sets(built)))
    elif plan.phase is Phase.DELOAD:
        tiring, hard = s.progress.strain >= 2, s.progress.hard >= phases.HARD_WEEKS
        recovery = "phase_recovery" if built else "phase_recovery_rest"
        code = "phase_deload" if tiring else "phase_deload_hard" if hard else recovery
        yield Reason(code, (*_sets(built), ("target", plan.target_rir)))
    elif plan.easy:
        yield Reason("easy_week", (("fewer", _with_fewer_sets(s, built)), *_sets(built)))
    if plan.phase not in EASY_PHASES and race is not None and phases.untapered(race, s.progress, s.week_of):
        yield Reason("race_again", (("distance_km", race.distance_km),))


def _sets(built: tuple[Session, ...]) -> tuple[tuple[str, int], ...]:
    """The most and the least sets of an exercise of the week, as planned and not as they are meant to be."""
    sets = [p.dose.sets for session in built for p in session.exercises]
    return ("sets", max(sets, default=0)), ("least", min(sets, default=0))


def _with_fewer_sets(s: Situation, built: tuple[Session, ...]) -> int:
    """How many exercises of the week have fewer sets than the last time."""
    here = {(p.exercise, p.dose.sets) for session in built for p in session.exercises}
    last = {slug: x.last.sets for slug, x in s.states.items() if x.last is not None}
    return len({slug for slug, sets in here if sets < last.get(slug, 0)})


def swap(s: Situation, told: Reason | None, planned: Collection[str]) -> Reason | None:
    """What is told of an exercise in another's place: nothing where that one is still planned, or was not in the week before.

    planned: the exercises of the week. What is new for all that, `turns` tells.
    """
    if told is None:
        return None
    left = dict(told.values)["from"]
    return told if left not in planned and left in {x.exercise for x in s.programme.values() if not x.idle} else None


def _turns(s: Situation, built: tuple[Session, ...], told: Iterable[Reason]) -> Reason | None:
    """What is new, and what was done last week and rests, without a sentence of its own; None where there is neither.

    Near a race, after it and after time off the week is another one altogether, and says so.
    """
    if not s.states or s.missed or s.plan.phase in EASY_PHASES or s.resumes:
        return None
    here = {p.exercise for session in built for p in session.exercises}
    values = [dict(reason.values) for reason in told]
    named = {str(v[name]) for v in values for name in ("from", "to", "exercise") if name in v}
    new = sorted(x for x in here if x not in s.states and x not in named)
    rests = sorted(x.exercise for x in s.progress.exercises if not x.idle and x.exercise not in here | named)
    return Reason("turns", (("new", " ".join(new)), ("rests", " ".join(rests)))) if new or rests else None


def _told_once(changes: Iterable[Reason | None], said: Collection[str] = ()) -> list[Reason]:
    """Each change once; several small steps that a tap brought, or several sets more or fewer on the same grounds, in one sentence.

    said: the codes of what is told of the week as a whole.
    """
    told = [c for c in changes if c is not None and not _said_already(c, said)]
    unique = list({(c.code, c.values): c for c in told}.values())
    small = [c for c in unique if c.code == "dose_answers" and _is_small(dict(c.values))]
    together: list[Reason] = []
    if len(small) >= SMALL_STEPS:
        source = "easy" if all(dict(c.values)["source"] == "easy" for c in small) else "right"
        together.append(Reason("dose_more", (("exercises", len(small)), ("source", source))))
        unique = [c for c in unique if c not in small]
    sets: dict[tuple[bool, tuple[tuple[str, float | int | str], ...]], list[Reason]] = {}
    for c in unique:
        if c.code == "dose_sets":
            grounds = tuple(x for x in c.values if x[0] in GROUNDS_OF_SETS)
            sets.setdefault((_is_more(dict(c.values)), grounds), []).append(c)
    for (more, grounds), alike in sets.items():
        if len(alike) >= SMALL_STEPS:
            code = "dose_more_sets" if more else "dose_fewer_sets"
            together.append(Reason(code, (("exercises", len(alike)), *grounds)))
            unique = [c for c in unique if c not in alike]
    return unique + together


def _said_already(change: Reason, said: Collection[str]) -> bool:
    """Whether last week's mail, or one sentence about this week, has said it already."""
    if change.code == "dose_sets":
        return SAID_FOR_ALL.get(str(dict(change.values)["because"])) in said
    return change.code == "dose_again"


def _is_more(values: dict[str, float | int | str]) -> bool:
    return values["to_sets"] > values["from_sets"]  # type: ignore[operator]  # both are numbers


def _is_small(values: dict[str, float | int | str]) -> bool:
    return (
        values["source"] in {"easy", "right"}
        and (values["from_sets"], values["from_kg"]) == (values["to_sets"], values["to_kg"])
        and values["to_amount"] > values["from_amount"]  # type: ignore[operator]  # both are amounts
    )


def _room(s: Situation, built: tuple[Session, ...]) -> tuple[int, ...]:
    """The days that would carry a second session, for a runner whose own leave room for one where more are meant."""
    if len(built) != 1 or s.plan.sessions == 1:
        return ()
    return schedule.further(s.profile.runs, built[0].day)


def _rank(reason: Reason) -> tuple[int, int, bool]:
    """Order of telling: by code, then the worse pain, and a load before sets before repetitions; what was told in detail first."""
    values = dict(reason.values)
    within = 0
    if reason.code.startswith("pain_"):
        within = -int(values["pain"])
    elif "from_kg" in values:
        within = [values[was] != values[now] for was, now in STEPS].index(True)
    return CHANGE_RANK[reason.code], within, values.get("source") != "sets"
