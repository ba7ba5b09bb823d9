"""Runners with a history: what they answered week by week, or a state written down by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import coach
from coach import capacity
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, SessionReport
from coach.catalogue import Catalogue, Exercise
from coach.phases import Plan
from coach.profile import Gear, Profile, Region, Run, RunKind
from coach.progress import ExerciseState, Progress, RegionState, Seen, SlotState
from coach.week import Dose, DoseMode, Phase, Prescription, Quality, Reason, Session, Week
from tests.builders import MONDAY, a_profile

WEEK = timedelta(weeks=1)
Answerer = Effort | Answers | Callable[[Week], Answers]
QUIET = (Run(1, RunKind.EASY), Run(2, RunKind.EASY), Run(5, RunKind.LONG))
"""Runs that leave Monday and Thursday free for heavy legs."""


@dataclass(frozen=True, slots=True)
class History:
    """weeks: those planned and answered, oldest first. progress: after the last of them. following: the week planned next."""

    profile: Profile
    weeks: tuple[Week, ...]
    progress: Progress
    following: Week


def a_steady_runner(**changes: Any) -> Profile:
    """A healthy runner with an hour for strength on Monday and Thursday, and no hard run after either."""
    return replace(a_profile(injuries=(), strength_days=(0, 3), runs=QUIET, minutes=60), **changes)


def tapped(week: Week, effort: Effort) -> Answers:
    """The same tap for every session of a week."""
    return Answers(sessions=tuple(SessionReport(n, effort) for n in range(len(week.sessions))))


def hurting(region: Region, level: int, effort: Effort = Effort.RIGHT, *, settled: bool | None = None) -> Answerer:
    """Every session done with this tap, and pain in one region."""
    return lambda week: replace(tapped(week, effort), pains=(Pain(region, level, settled),))


def telling(slug: str, effort: Effort | None = Effort.RIGHT, **told: Any) -> Answerer:
    """Every session tapped, and one exercise told in detail wherever it stands."""

    def answer(week: Week) -> Answers:
        return Answers(
            sessions=tuple(
                SessionReport(
                    n,
                    effort,
                    exercises=(ExerciseReport(slug, **told),) if slug in {p.exercise for p in s.exercises} else (),
                )
                for n, s in enumerate(week.sessions)
            )
        )

    return answer


def live(
    profile: Profile,
    catalogue: Catalogue,
    answers: Sequence[Answerer | None],
    *,
    progress: Progress | None = None,
    start: date = MONDAY,
) -> History:
    """Plans and folds a week for each answer; None is a silent week."""
    now = coach.start(profile, catalogue) if progress is None else progress
    weeks: list[Week] = []
    for n, said in enumerate(answers):
        week = coach.next_week(profile, now, catalogue, week_of=start + n * WEEK)
        weeks.append(week)
        now = coach.fold(profile, now, week, _said(said, week), catalogue)
    following = coach.next_week(profile, now, catalogue, week_of=start + len(answers) * WEEK)
    return History(profile, tuple(weeks), now, following)


def _said(answer: Answerer | None, week: Week) -> Answers:
    if answer is None:
        return SILENCE
    if isinstance(answer, Effort):
        return tapped(week, answer)
    return answer if isinstance(answer, Answers) else answer(week)


def state(progress: Progress, slug: str) -> ExerciseState:
    """What is remembered of one exercise."""
    return next(e for e in progress.exercises if e.exercise == slug)


def region(progress: Progress, which: Region) -> RegionState:
    return next(r for r in progress.regions if r.region == which)


def prescriptions(week: Week) -> list[Prescription]:
    return [p for s in week.sessions for p in s.exercises]


def find(week: Week, slug: str) -> Prescription | None:
    """The first prescription of an exercise in a week."""
    return next((p for p in prescriptions(week) if p.exercise == slug), None)


def found(week: Week, slug: str) -> Prescription:
    p = find(week, slug)
    assert p is not None, f"{slug} is not in {sorted({p.exercise for p in prescriptions(week)})}"
    return p


def in_slot(week: Week, slot: str, session: int = 0) -> Prescription:
    """What fills a slot of a session."""
    return next(p for p in week.sessions[session].exercises if p.slot == slot)


def codes(week: Week) -> list[str]:
    return [r.code for r in week.changes]


def a_plan(**changes: Any) -> Plan:
    """A base week past the first six: up to two sessions, three sets, two repetitions left, 6–12 repetitions."""
    plan = Plan(
        phase=Phase.BASE,
        sessions=2,
        sets=3,
        target_rir=2,
        reps=(6, 8, 12),
        heavy=False,
        light=False,
        exercises=8,
        minutes=60,
        known_only=False,
        easy=False,
    )
    return replace(plan, **changes)


def an_exercise(**changes: Any) -> Exercise:
    """A two-legged lift whose whole load is in the hands, so that kilograms are easy to follow."""
    exercise = Exercise(
        slug="lift",
        name="Lift",
        pattern="hinge",
        sides=1,
        mode=DoseMode.REPS,
        ladder="lift",
        rung=1,
        qualities=tuple((q, 2) for q in Quality),
        tissues=((Region.HIP, 2),),
        needs=(frozenset({Gear.DUMBBELLS}),),
        loadable=(Gear.DUMBBELLS,),
        bodyweight_share=0.0,
        start_load_share=0.2,
        start_amount=12,
        tempo="2-1-1",
        seconds=4.0,
        rest_s=60,
        purpose="it is simple.",
        how="Lift.",
        feel="Work.",
        cue="Lift.",
        carry_over="Lift.",
        stop_if="it hurts.",
    )
    return replace(exercise, **changes)


def a_state(exercise: Exercise, last: Dose | None, **changes: Any) -> ExerciseState:
    """An exercise trained for three weeks, last with this dose, tolerated, and called about right."""
    done = last or Dose(2, 10)
    known = ExerciseState(
        exercise=exercise.slug,
        mu=0.0,
        var=0.01,
        anchors_kg=(done.load_kg,) * 3,
        weeks=3,
        last=last,
        seen=Seen(MONDAY, "right", done.sets, done.amount, 2.0),
    )
    return replace(known, **changes)


def known(slug: str, catalogue: Catalogue, profile: Profile, last: Dose, **changes: Any) -> ExerciseState:
    """A catalogue exercise at its first estimate, trained for three weeks with this dose."""
    exercise = catalogue.by_slug[slug]
    belief = capacity.prior(exercise, profile, MONDAY, catalogue.constants)
    return replace(a_state(exercise, last, mu=belief.mu, var=belief.var), **changes)


def some_progress(*states: ExerciseState, **changes: Any) -> Progress:
    """Five completed weeks, the last of them the one before MONDAY, with these exercises known."""
    progress = Progress(
        through=MONDAY - WEEK,
        weeks=5,
        completed=5,
        exercises=tuple(sorted(states, key=lambda s: s.exercise)),
    )
    return replace(progress, **changes)


def plan(catalogue: Catalogue, profile: Profile | None = None, **progress: Any) -> Week:
    """The week after five completed ones in which these things have become so; of a steady runner, where no other is given."""
    return coach.next_week(profile or a_steady_runner(), some_progress(**progress), catalogue, week_of=MONDAY)


def slots(*filled: tuple[str, str, str, int]) -> tuple[SlotState, ...]:
    """(session, slot, exercise, weeks) → the programme they make."""
    return tuple(SlotState(*f) for f in sorted(filled))


def one_session(*items: Prescription, **changes: Any) -> Session:
    """A Monday session of these exercises."""
    session = Session(day=0, name="A", minutes=40, light=False, exercises=items, placed=Reason("placed_easy"))
    return replace(session, **changes)
