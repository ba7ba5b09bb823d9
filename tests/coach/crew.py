"""Eleven runners as they might sign up, and what each of them answers for twelve weeks: always the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import floor
from zlib import crc32

from coach import capacity
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport
from coach.catalogue import Catalogue, Exercise
from coach.profile import (
    KG_PER_LB,
    Equipment,
    Experience,
    Gear,
    Goal,
    Injury,
    Profile,
    Race,
    Region,
    Run,
    RunKind,
    Screen,
    SelfTests,
    Sides,
)
from coach.week import DoseMode, Prescription, Week
from tests.builders import MONDAY, a_profile

E, Q, L = RunKind.EASY, RunKind.QUALITY, RunKind.LONG
GROWTH = 0.005
"""What the truth gains a week, in ln."""
OFF = 0.15
"""How far (ln) an exercise may lie from what the runner's size, age and experience would suggest."""


@dataclass(frozen=True, slots=True)
class Member:
    """A runner of the crew.

    stronger: how much (ln) this one can do beyond the first estimate. detail: tells every exercise, else taps and answers
    the question of the week. said: what is added to, or put in place of, the answer to a week, by its number from 1.
    """

    title: str
    profile: Profile
    units: str = "kg"
    stronger: float = 0.0
    detail: bool = False
    said: Mapping[int, Callable[[Answers], Answers]] = field(default_factory=dict)

    def answer(self, number: int, week: Week, catalogue: Catalogue) -> Answers:
        """What this runner says of a week: the truth as felt, and what the script adds."""
        reports = []
        for n, session in enumerate(week.sessions):
            left = {p.exercise: self._left(p, number, catalogue) for p in session.exercises}
            lifts = [p for p in session.exercises if p.mode is not DoseMode.CONTACTS]
            over = sum(left[p.exercise] - p.target_rir for p in lifts) / max(1, len(lifts))
            effort = Effort.EASY if over > 2.5 else Effort.HARD if over < -1 else Effort.RIGHT
            asked = week.question.exercise if week.question and week.question.session == n else ""
            told = [p for p in lifts if self.detail or p.exercise == asked]
            exercises = tuple(self._report(p, left[p.exercise]) for p in told)
            reports.append(SessionReport(n, effort, exercises=exercises))
        given = Answers(sessions=tuple(reports))
        return self.said[number](given) if number in self.said else given

    def _left(self, p: Prescription, number: int, catalogue: Catalogue) -> float:
        exercise = catalogue.by_slug[p.exercise]
        c = catalogue.constants
        moved = max(capacity.moved_kg(exercise, self.profile.body_mass_kg, p.dose.load_kg), 1.0)
        possible = capacity.possible(exercise, self._truth(exercise, number, catalogue), moved, c)
        return possible - capacity.repetitions(exercise, p.dose.amount, c)

    def _truth(self, exercise: Exercise, number: int, catalogue: Catalogue) -> float:
        first = capacity.prior(exercise, self.profile, MONDAY, catalogue.constants).mu
        own = OFF * (2 * crc32(f"{self.profile.key}:{exercise.slug}".encode()) / 2**32 - 1)
        return first + self.stronger + own + GROWTH * number

    @staticmethod
    def _report(p: Prescription, left: float) -> ExerciseReport:
        if left < 0:
            short = max(0, p.dose.amount + floor(left * (1 if p.mode is DoseMode.REPS else 3)))
            return ExerciseReport(p.exercise, p.dose.sets, short, 0)
        return ExerciseReport(p.exercise, p.dose.sets, p.dose.amount, min(5, floor(left)))


def silent(_: Answers) -> Answers:
    return SILENCE


def hurting(region: Region, level: int, *, settled: bool | None = None) -> Callable[[Answers], Answers]:
    return lambda given: replace(given, pains=(Pain(region, level, settled),))


def sore(level: int) -> Callable[[Answers], Answers]:
    return lambda given: replace(given, soreness=level)


def skipping(session: int) -> Callable[[Answers], Answers]:
    def answer(given: Answers) -> Answers:
        return replace(
            given,
            sessions=tuple(
                SessionReport(r.session, Effort.SKIPPED) if r.session == session else r for r in given.sessions
            ),
        )

    return answer


def worn(rpe: int, sleep: int, mood: int) -> Callable[[Answers], Answers]:
    """Every session rated, and how the runner slept and felt."""
    return lambda given: replace(
        given, sessions=tuple(replace(r, rpe=rpe) for r in given.sessions), sleep=sleep, mood=mood
    )


def runs(*kinds: RunKind | None) -> tuple[Run, ...]:
    return tuple(Run(day, kind) for day, kind in enumerate(kinds) if kind is not None)


def after(weeks: int, day: int) -> timedelta:
    return timedelta(weeks=weeks, days=day)


def rack(gear: Gear, *loads: float) -> Equipment:
    return Equipment(frozenset({gear, Gear.MAT}), ((gear, loads),))


BANDS = (Gear.BAND, (3.0, 6.0, 10.0))
GYM = Equipment(
    frozenset({Gear.BARBELL, Gear.BENCH, Gear.BOX, Gear.DUMBBELLS, Gear.MACHINE, Gear.MAT}),
    (
        (Gear.BARBELL, tuple(20.0 + 2.5 * n for n in range(41))),
        (Gear.DUMBBELLS, tuple(2.0 * n for n in range(1, 16))),
        (Gear.MACHINE, tuple(20.0 + 10.0 * n for n in range(17))),
    ),
)
POUNDS = tuple(round(lb * KG_PER_LB, 4) for lb in (5, 10, 15, 20, 25, 30, 40, 50))

CREW: Mapping[str, Member] = {
    "beginner-with-nothing": Member(
        "New to strength work, nothing at home but chairs and stairs; goes silent in week 6 and skips a session in week 9",
        a_profile(
            key="nia",
            experience=Experience.NEW,
            equipment=Equipment(),
            injuries=(),
            tight=frozenset({Region.HAMSTRING}),
            strength_days=(0, 3),
            runs=runs(None, E, None, None, E, None, L),
            weekly_km=15.0,
        ),
        said={6: silent, 9: skipping(0)},
    ),
    "tested-at-home": Member(
        "Weak and uneven calves, poor balance on the right, a strong side plank, as measured at home; little equipment",
        a_profile(
            key="uma",
            birth_year=1978,
            experience=Experience.NEW,
            equipment=Equipment(frozenset({Gear.BACKPACK, Gear.STEP}), ((Gear.BACKPACK, (2.0, 4.0, 6.0, 8.0, 10.0)),)),
            injuries=(),
            strength_days=(0, 3),
            runs=runs(None, E, None, None, E, None, L),
            weekly_km=25.0,
            minutes=36,
            self_tests=SelfTests(
                MONDAY - timedelta(days=9),
                calf_raises=Sides(11, 17),
                balance_open_s=Sides(44, 18),
                side_plank_s=Sides(75, 80),
                sit_to_stands=26,
            ),
        ),
    ),
    "trail-runner-with-dumbbells": Member(
        "Trails on weekends, adjustable dumbbells; tells every exercise in detail",
        a_profile(
            key="tom",
            goal=Goal.TRAIL,
            trail=True,
            equipment=rack(Gear.DUMBBELLS, *(2.0 * n for n in range(1, 13))),
            strength_days=(0, 2, 4),
            runs=runs(None, Q, None, E, None, L, E),
            weekly_km=55.0,
            minutes=45,
        ),
        stronger=0.1,
        detail=True,
    ),
    "marathon-runner": Member(
        "After a faster marathon on the Sunday of week 10; taps, and answers the question",
        a_profile(
            key="mira",
            goal=Goal.PERFORMANCE,
            race=Race(MONDAY + after(9, 6), 42.2),
            strength_days=(1, 3, 4),
            runs=runs(E, Q, E, Q, None, E, L),
            weekly_km=70.0,
            minutes=40,
            injuries=(),
        ),
        stronger=0.05,
    ),
    "coming-back-from-a-sore-knee": Member(
        "A knee that hurts at 4 at sign-up, calms down, and flares to 6 in week 8",
        a_profile(
            key="kai",
            goal=Goal.RETURN,
            injuries=(Injury(Region.KNEE, current=True, pain=4),),
            strength_days=(0, 3),
            runs=runs(None, E, None, None, E, None, E),
            weekly_km=12.0,
        ),
        said={
            1: hurting(Region.KNEE, 3, settled=True),
            2: hurting(Region.KNEE, 2, settled=True),
            3: hurting(Region.KNEE, 1, settled=True),
            8: hurting(Region.KNEE, 6, settled=False),
            9: hurting(Region.KNEE, 4),
            10: hurting(Region.KNEE, 2),
        },
    ),
    "seasoned-in-a-gym": Member(
        "Years of lifting, a gym with everything; much stronger than the first estimate, tells every exercise",
        a_profile(
            key="sol",
            experience=Experience.SEASONED,
            goal=Goal.PERFORMANCE,
            equipment=GYM,
            strength_days=(0, 3, 5),
            runs=runs(None, Q, E, None, E, None, L),
            minutes=60,
            injuries=(),
            birth_year=1991,
            body_mass_kg=78.0,
        ),
        stronger=0.35,
        detail=True,
    ),
    "seventy-and-cleared": Member(
        "Seventy years old, cleared by a clinician, kettlebells; weaker than the first estimate",
        a_profile(
            key="ida",
            birth_year=1956,
            cleared=True,
            equipment=rack(Gear.KETTLEBELLS, 4.0, 6.0, 8.0, 12.0, 16.0),
            strength_days=(1, 4),
            runs=runs(E, None, E, None, None, L, None),
            weekly_km=25.0,
            body_mass_kg=58.0,
            injuries=(Injury(Region.BACK, current=False),),
        ),
        stronger=-0.15,
    ),
    "pregnant-and-cleared": Member(
        "Pregnant and cleared by a midwife, bands; the plan stays gentle whatever she answers",
        a_profile(
            key="pia",
            screens=frozenset({Screen.PREGNANT}),
            cleared=True,
            equipment=Equipment(frozenset({Gear.BAND, Gear.MAT}), (BANDS,)),
            strength_days=(1, 5),
            runs=runs(E, None, E, None, E, None, None),
            weekly_km=18.0,
            injuries=(),
        ),
        stronger=0.1,
        said={4: hurting(Region.BACK, 3), 9: silent},
    ),
    "fifteen-minutes-between-hard-runs": Member(
        "A quarter of an hour on days right before hard runs: light sessions only",
        a_profile(
            key="fay",
            minutes=15,
            strength_days=(1, 5),
            runs=runs(E, None, Q, E, None, E, L),
            equipment=Equipment(frozenset({Gear.BAND}), (BANDS,)),
            injuries=(),
        ),
    ),
    "away-for-five-weeks": Member(
        "Doing well for four weeks, then five weeks without a word, then back",
        a_profile(
            key="ali",
            equipment=rack(Gear.BACKPACK, 2.0, 4.0, 6.0, 8.0, 10.0),
            strength_days=(0, 3),
            runs=runs(None, E, None, None, E, L, None),
            injuries=(),
        ),
        said=dict.fromkeys(range(5, 10), silent),
    ),
    "tired-and-then-stopped-in-pounds": Member(
        "Loads in pounds; two tiring weeks, soreness, a red flag in week 10 and a person who clears it a week later",
        a_profile(
            key="joe",
            equipment=rack(Gear.DUMBBELLS, *POUNDS),
            strength_days=(0, 3),
            runs=runs(None, Q, E, None, E, None, L),
            body_mass_kg=84.0,
            injuries=(),
            minutes=50,
        ),
        units="lb",
        said={
            **{n: worn(5, 4, 4) for n in range(1, 5)},
            5: worn(9, 1, 2),
            6: worn(10, 2, 1),
            8: sore(8),
            10: lambda given: replace(given, red_flags=frozenset({RedFlag.FAINTING})),
            11: lambda given: replace(given, cleared=True),
        },
    ),
}
