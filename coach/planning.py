"""Plans one runner's week: `next_week`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach import asking, limits, needs, phases, safety, schedule, selftests, sessions, stretching
from coach.capacity import Beliefs
from coach.choosing import Situation
from coach.errors import NoSafeExercise, StridewellError
from coach.kit import kit
from coach.limits import EASY_PHASES
from coach.profile import SEASONED, Goal
from coach.week import Notice, NoticeKind, Phase, Reason, Session, Week

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from coach.progress import Progress

ENGINE = "4"
"""Version of the engine's rules, stored with every plan: the same version and inputs give the same week, byte for byte."""

MOST_CHANGES = 5
"""Sentences on what changed and why: more are not read. Judgement."""
SMALL_STEPS = 3
"""From so many small steps on, one sentence tells them together. Judgement."""
RACE_NEAR_DAYS = 21
"""From here the race shapes the days. docs/evidence.md#taper"""

CHANGE_ORDER = (
    "pain_severe",
    "pain_less",
    "pain_hold",
    "hurts",
    "unclear",
    "sore",
    "strain",
    "gap",
    "silence",
    "skipped",
    "back",
    "resumes",
    "phase_race",
    "phase_taper",
    "phase_recovery",
    "phase_recovery_rest",
    "phase_deload",
    "phase_deload_hard",
    "easy_week",
    "returned",
    "third_session",
    "swap_pain",
    "ladder_down_pain",
    "dose_pain",
    "swap_equipment",
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
    "dose_gear",
    "dose_gap",
    "dose_calm",
    "dose_idle",
    "dose_answers",
    "dose_more",
    "dose_taper",
    "dose_race",
    "dose_deload",
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
CHANGE_RANK = {code: n for n, code in enumerate(CHANGE_ORDER)}
STEPS = (("from_kg", "to_kg"), ("from_sets", "to_sets"), ("from_amount", "to_amount"))
"""What may differ between two doses, a change of load told before one of sets."""


def next_week(profile: Profile, progress: Progress, catalogue: Catalogue, *, week_of: date) -> Week:
    """Plan one runner's strength and stretch sessions for a week.

    week_of: a Monday, in the runner's own time zone.
    Returns a Week of up to 3 strength sessions, each at most profile.minutes long (warm-up and rests included); none when a
    red flag, age or screening forbids it: then `notices` says why.
    Raises NoSafeExercise when nothing in the catalogue can be given to this runner, StridewellError for a day that is no Monday.
    Source: docs/evidence.md
    """
    if week_of.weekday() != 0:
        raise StridewellError(
            f"week_of: {week_of} is a {week_of:%A}. A week starts on a Monday: give {week_of:%Y-%m-%d}'s Monday."
        )
    stopped = safety.stop(profile, progress, week_of)
    missed = progress.missed + unplanned(progress, week_of)
    number = progress.weeks + 1
    c = catalogue.constants
    if stopped is not None:
        # A red flag and an age stand alone; who waits for clearance may wait on an answer that has become old.
        again = safety.ask_again(profile, week_of, c) if stopped.kind is NoticeKind.CLEARANCE else ()
        return Week(
            week_of,
            ENGINE,
            number,
            phases.phase(profile, progress, missed, week_of, c),
            Reason("focus_stop"),
            (),
            None,
            (),
            (stopped, *again),
        )
    s = situation(profile, progress, catalogue, week_of)
    progress = s.progress
    plan = s.plan
    race_in = (profile.race.day - week_of).days if profile.race else None
    if race_in is not None and not -schedule.LIGHT_CLEAR_DAYS <= race_in <= RACE_NEAR_DAYS:
        race_in = None
    placed = schedule.place(profile.runs, profile.strength_days, plan.sessions, race_in, plan.light)
    shared = phases.shared_out(plan, len(placed))
    if shared is not plan:
        s = replace(s, plan=shared)
    built = sessions.build(s, placed)
    if placed and not built and not plan.known_only:
        raise NoSafeExercise(
            f"runner {profile.key}: pain, equipment and minutes leave no exercise for any slot. Look at the profile with `stridewell runners show`."
        )
    routine = stretching.routine(s, built)
    return Week(
        week_of=week_of,
        engine=ENGINE,
        number=number,
        phase=plan.phase,
        focus=_focus(s, missed),
        sessions=built,
        stretch=routine,
        changes=_changes(s, missed, built, routine.change),
        notices=(*safety.notices(profile, progress, week_of, c), *_ask_where(progress)),
        qualities=sessions.qualities(s, built),
        paused_regions=tuple(r.region for r in progress.regions if r.pain >= c.pain_hold),
        question=asking.question(s, built),
    )


def situation(profile: Profile, progress: Progress, catalogue: Catalogue, week_of: date) -> Situation:
    """Everything the choices of a week look at. week_of: a Monday."""
    c = catalogue.constants
    progress = safety.with_injuries(profile, progress)
    missed = progress.missed + unplanned(progress, week_of)
    plan = phases.plan(profile, progress, missed, week_of, c)
    findings = selftests.findings(profile, week_of, c)
    states = {e.exercise: e for e in progress.exercises}
    may_progress = safety.may_progress(profile, week_of, c)
    watched = needs.watched(profile, progress)
    sore = tuple([r for r in progress.regions if r.pain >= c.pain_hold])
    careful = phases.is_returning(profile, progress, missed) or not may_progress
    mine = kit(catalogue, profile)
    lifts_heavy = profile.experience is SEASONED and progress.completed >= c.anatomical_weeks and not careful
    return Situation(
        profile=profile,
        progress=progress,
        catalogue=catalogue,
        week_of=week_of,
        plan=plan,
        missed=missed,
        states=states,
        programme={(x.session, x.slot): x for x in progress.programme},
        findings=findings,
        asked=frozenset(f.slot for f in findings),
        needs=needs.assess(profile, week_of, findings),
        watched=watched,
        sore=sore,
        calm=watched.difference([r.region for r in sore]),
        spared=tuple([r for r in progress.regions if r.fewer]),
        may_progress=may_progress,
        resumes=phases.resumes(progress, missed),
        grounds=limits.against_all(progress, plan, c, may_progress=may_progress),
        quiet=phases.quiet(progress, missed, c),
        careful=careful,
        kit=mine,
        heavy_lifts=mine.heavy_lifts if lifts_heavy else frozenset(),
        beliefs=Beliefs(states, profile, week_of, catalogue),
    )


def _told_once(changes: Iterable[Reason | None]) -> list[Reason]:
    """Each change once; several small steps that a tap brought, or several sets more, in one sentence."""
    told = [c for c in changes if c is not None and not _said_for_all(c)]
    unique = list({(c.code, c.values): c for c in told}.values())
    small = [c for c in unique if c.code == "dose_answers" and _is_small(dict(c.values))]
    sets = [c for c in unique if c.code == "dose_sets" and _is_more(dict(c.values))]
    together: list[Reason] = []
    if len(small) >= SMALL_STEPS:
        source = "easy" if all(dict(c.values)["source"] == "easy" for c in small) else "right"
        together.append(Reason("dose_more", (("exercises", len(small)), ("source", source))))
        unique = [c for c in unique if c not in small]
    if len(sets) >= SMALL_STEPS:
        same = tuple(x for x in sets[0].values if x[0] in {"completed", "minutes"})
        together.append(Reason("dose_more_sets", (("exercises", len(sets)), *same)))
        unique = [c for c in unique if c not in sets]
    return unique + together


def _said_for_all(change: Reason) -> bool:
    """Whether one sentence about the week has said it already."""
    return change.code == "dose_sets" and dict(change.values)["because"] != ""


def _is_more(values: dict[str, float | int | str]) -> bool:
    return values["to_sets"] > values["from_sets"]  # type: ignore[operator]  # both are numbers


def _is_small(values: dict[str, float | int | str]) -> bool:
    return (
        values["source"] in {"easy", "right"}
        and (values["from_sets"], values["from_kg"]) == (values["to_sets"], values["to_kg"])
        and values["to_amount"] > values["from_amount"]  # type: ignore[operator]  # both are amounts
    )


def unplanned(progress: Progress, week_of: date) -> int:
    """Weeks between the last folded one and this one that had no plan (a pause); they count as missed."""
    if progress.through is None:
        return 0
    return max(0, (week_of - progress.through).days // 7 - 1)


def _ask_where(progress: Progress) -> tuple[Notice, ...]:
    return (Notice(NoticeKind.CLINICIAN, Reason("hurts_where")),) if progress.hold == "hurts" else ()


def _focus(s: Situation, missed: int) -> Reason:
    """One line on what this week is about."""
    need = s.needs[0]
    values = (
        ("quality", need.quality.value),
        ("because", need.because),
        ("completed", s.progress.completed),
        ("target", s.plan.target_rir),
        *need.values,
    )
    if missed >= 3:
        return Reason("focus_return", values)
    if s.plan.phase in {Phase.BASE, Phase.BUILD} and not s.may_progress:
        return Reason("focus_level", values)
    return Reason(f"focus_{s.plan.phase.value}", values)


def _changes(s: Situation, missed: int, built: tuple[Session, ...], stretch: Reason | None) -> tuple[Reason, ...]:
    """At most five reasons, what matters most to the runner first; the same exercise in two sessions is told once."""
    p, c, plan = s.progress, s.catalogue.constants, s.plan
    found: list[Reason] = []
    if not p.weeks:
        sets = max((p.dose.sets for session in built for p in session.exercises), default=plan.sets)
        found.append(Reason("first", (("target", plan.target_rir), ("sessions", len(built)), ("sets", sets))))
        if (better := _room(s, built)) and not built[0].light:
            found.append(Reason("one_day", (("better", " ".join(map(str, better))),)))
        if tested := selftests.told(s.profile, s.week_of, c):
            found.append(Reason("tested", tested))
    for r in p.regions:
        values = (("region", r.region.value), ("pain", r.pain), ("kept", round(100 * r.cut)))
        if r.pain >= c.pain_severe:
            found.append(Reason("pain_severe", values))
        elif r.pain >= c.pain_less:
            found.append(Reason("pain_less" if r.cut < 1.0 else "pain_hold", values))
        elif r.pain >= c.pain_hold:
            found.append(Reason("pain_hold", values))
    if p.hold:
        found.append(Reason(p.hold))
    if p.soreness >= c.sore_hold:
        found.append(Reason("sore", (("soreness", p.soreness), ("limit", int(c.sore_hold)))))
    if p.strain == 1:
        found.append(Reason("strain", (("sets", max(2, plan.sets - 1)),)))
    if missed >= 3:
        kept = c.gap_long if missed >= 5 else c.gap_short
        found.append(Reason("gap", (("weeks", missed), ("kept", round(100 * kept)))))
    elif missed and p.silent:
        found.append(Reason("silence", (("weeks", missed),)))
    elif missed:
        found.append(Reason("skipped", (("weeks", missed),)))
    elif p.gap and p.since_gap < 2:
        found.append(Reason("back", (("weeks", p.gap), ("limit", round(100 * c.cap_after_gap)))))
    if built and plan.phase not in EASY_PHASES and s.resumes:
        found.append(Reason("resumes", (("target", plan.target_rir),)))
    race = s.profile.race
    if plan.phase in {Phase.RACE, Phase.TAPER} and race is not None:
        found.append(
            Reason(
                f"phase_{plan.phase.value}",
                (("days", (race.day - s.week_of).days), ("distance_km", race.distance_km), ("sets", plan.sets)),
            )
        )
    elif plan.phase is Phase.DELOAD:
        recovering = race is not None and race.day < s.week_of and p.strain < 2 and p.hard < phases.HARD_WEEKS
        tired = "phase_deload" if p.strain >= 2 else "phase_deload_hard"
        code = tired if not recovering else "phase_recovery" if built else "phase_recovery_rest"
        found.append(Reason(code, (("sets", plan.sets), ("target", plan.target_rir))))
    elif plan.easy:
        found.append(Reason("easy_week", (("sets", plan.sets),)))
    if s.profile.goal is Goal.RETURN and p.completed == phases.RETURNED_AFTER and not (missed or s.careful):
        found.append(Reason("returned", (("completed", p.completed),)))
    if len(built) == 3 and all(session != built[2].name for session, _ in s.programme):
        found.append(Reason("third_session", (("completed", p.completed),)))
    changes = _told_once(item.change for session in built for item in session.exercises)
    found += changes
    if (turns := _turns(s, built, changes)) is not None:
        found.append(turns)
    if stretch is not None:
        found.append(stretch)
    if not found:
        found.append(Reason("steady", (("target", plan.target_rir),)))
    return tuple(sorted(found, key=_rank)[:MOST_CHANGES])


def _turns(s: Situation, built: tuple[Session, ...], told: Iterable[Reason]) -> Reason | None:
    """What is new, and what was done last week and rests, without a sentence of its own; None where there is neither.

    Near a race, after it and after time off the week is another one altogether, and says so.
    """
    if not s.states or s.missed or s.plan.phase in EASY_PHASES or phases.resumes(s.progress, s.missed):
        return None
    here = {p.exercise for session in built for p in session.exercises}
    values = [dict(reason.values) for reason in told]
    named = {str(v[name]) for v in values for name in ("from", "to", "exercise") if name in v}
    new = sorted(x for x in here if x not in s.states and x not in named)
    rests = sorted(x.exercise for x in s.progress.exercises if not x.idle and x.exercise not in here | named)
    return Reason("turns", (("new", " ".join(new)), ("rests", " ".join(rests)))) if new or rests else None


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
