"""The population: what a runner tells at sign-up (Profile) and what nobody is told (Hidden), both from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from random import Random

from benchmarks.simulate.laws import LEAST_AT_70, MEDIAN_AT_70, MOST_AT_70, World
from coach.profile import KG_PER_LB, Equipment, Experience, Gear, Goal, Injury, Profile, Race, Region, Run, RunKind

FIRST_MONDAY = date(2026, 1, 5)
SESSIONS_MOST = 3


def stream(*key: object) -> Random:
    """A random stream of its own for everything that has a name, so that no draw depends on what a policy did."""
    return Random("/".join(map(str, key)))


@dataclass(frozen=True, slots=True)
class Hidden:
    """What no policy sees. strength, hold: ln above what the catalogue says of an untrained runner. at_70: repetitions at 70 % 1RM.

    responder: factor on growth. vulnerable: regions that bear less. bears: factor on what every region bears. bias: repetitions in reserve
    that reports fall short. easy, hard, usual: see laws.Telling. hardest: how much of a session's feel its hardest exercise makes.
    silent: chance of no answer, a week.
    """

    strength: float
    hold: float
    at_70: float
    responder: float
    vulnerable: frozenset[Region]
    bears: float
    bias: float
    easy: float
    hard: float
    usual: float
    hardest: float
    silent: float


@dataclass(frozen=True, slots=True)
class Person:
    """kind: "tap", "session" or "sets", how the runner answers."""

    seed: int
    number: int
    profile: Profile
    hidden: Hidden
    kind: str


@dataclass(frozen=True, slots=True)
class Weather:
    """What happens to a runner in a week whatever is prescribed. running: factor on the running load. flares: irritation by region from
    outside training. skips: which sessions do not happen. capacity: ln of capacity on top of the usual.
    """

    away: bool
    silent: bool
    late: bool
    nonsense: bool
    skips: tuple[bool, ...]
    running: float
    flares: tuple[tuple[Region, float], ...]
    capacity: float


def person(seed: int, number: int, world: World, weeks: int) -> Person:
    """Runner `number` of the population of this seed."""
    draw = stream(seed, number, "profile")
    profile = _profile(number, draw, weeks)
    kind = world.telling.kinds[number % len(world.telling.kinds)]
    return Person(seed, number, profile, _hidden(profile, stream(seed, number, "hidden"), world), kind)


def weather(who: Person, world: World, week: int) -> Weather:
    """What the week, counted from 0, brings."""
    draw = stream(who.seed, who.number, "weather", week)
    t = world.telling
    silent, late, nonsense = draw.random(), draw.random(), draw.random()
    skips = tuple(draw.random() < t.skips for _ in range(SESSIONS_MOST))
    running = max(0.4, draw.gauss(1.0, 0.12)) * (1.35 if draw.random() < 0.04 else 1.0)
    capacity = draw.gauss(0.0, 0.012)
    ill = _ill(who, world, week)
    flares = []
    for region in Region:
        chance = world.tissue.flare * (3.0 if region in who.hidden.vulnerable else 1.0)
        if draw.random() < chance:
            flares.append((region, draw.uniform(1.5, 4.0)))
    return Weather(
        away=ill or week in _holidays(who, world),
        silent=silent < who.hidden.silent,
        late=late < t.late,
        nonsense=nonsense < t.nonsense,
        skips=skips,
        running=0.3 if ill else running,
        flares=tuple(flares),
        capacity=capacity - (0.05 if _ill(who, world, week - 1) else 0.0),
    )


def _ill(who: Person, world: World, week: int) -> bool:
    """Whether the runner is ill in this week: no session, and a weaker week after it."""
    return stream(who.seed, who.number, "ill", week).random() < world.telling.away


def _holidays(who: Person, world: World) -> frozenset[int]:
    """Weeks away; two holidays in a year, of one to four weeks."""
    draw = stream(who.seed, who.number, "holidays")
    weeks: set[int] = set()
    for half in range(4):
        first, long = draw.randrange(2, 26), draw.choices((1, 2, 3, 4), (5, 4, 1, 1))[0]
        if draw.random() < 25 * world.telling.away:
            weeks |= {26 * half + first + n for n in range(long)}
    return frozenset(weeks)


def _hidden(profile: Profile, draw: Random, world: World) -> Hidden:
    experience = {Experience.NEW: (0.0, 0.06), Experience.SOME: (0.12, 0.09), Experience.SEASONED: (0.26, 0.11)}
    trained = draw.gauss(*experience[profile.experience])
    age = -0.006 * max(0, FIRST_MONDAY.year - profile.birth_year - 38)
    general = draw.gauss(0.0, 0.13)
    past = {i.region for i in profile.injuries}
    t = world.telling
    at_70 = MEDIAN_AT_70 * exp(draw.gauss(0.0, world.curve.spread))
    return Hidden(
        strength=trained + age + general,
        hold=trained + age + general + draw.gauss(0.0, 0.25),
        at_70=min(MOST_AT_70, max(LEAST_AT_70, at_70)),
        responder=exp(draw.gauss(0.0, world.growth.responder_sd)),
        vulnerable=frozenset(r for r in Region if draw.random() < (0.6 if r in past else 0.07)),
        bears=exp(draw.gauss(0.0, 0.2) + 0.5 * trained),
        bias=t.bias + draw.gauss(0.0, t.bias_sd),
        easy=max(0.3, draw.gauss(*t.easy)),
        hard=max(0.3, draw.gauss(*t.hard)),
        usual=draw.gauss(3.0, 1.0),
        hardest=draw.uniform(0.1, 0.6),
        silent=draw.betavariate(2.0, 2.0 / t.silent - 2.0),
    )


_RUN_DAYS = ((1, 5), (0, 3), (0, 2, 5), (1, 3, 6), (0, 2, 4, 6), (1, 3, 5, 6), (0, 1, 3, 4, 6), (0, 1, 2, 4, 5, 6))
_STRENGTH_DAYS = ((2,), (1, 5), (0, 3), (1, 4), (2, 5), (1, 3, 5), (0, 2, 4), (0, 2, 4, 6), (0, 1, 2, 3, 4, 5, 6))


def _profile(number: int, draw: Random, weeks: int) -> Profile:
    experience = draw.choices(list(Experience), (40, 40, 20))[0]
    goal = draw.choices(list(Goal), (35, 15, 35, 15))[0]
    days = draw.choice(_RUN_DAYS)
    kinds = [RunKind.EASY] * len(days)
    kinds[-1] = RunKind.LONG
    if len(days) > 2 and draw.random() < 0.6:
        kinds[draw.randrange(len(days) - 1)] = RunKind.QUALITY
    chance = 0.7 if goal is Goal.RETURN else 0.35
    injured = [r for r in draw.sample(list(Region), 2) if draw.random() < chance]
    race = None
    if draw.random() < 0.4:
        race = Race(
            FIRST_MONDAY + timedelta(weeks=draw.randrange(3, max(4, weeks)), days=6),
            draw.choice((5.0, 10.0, 21.1, 42.2)),
        )
    return Profile(
        key=f"simulated-{number}",
        birth_year=FIRST_MONDAY.year - draw.randint(20, 63),
        body_mass_kg=round(min(115.0, max(46.0, draw.gauss(70.0, 12.0))), 1),
        experience=experience,
        goal=goal,
        weekly_km=round(12.0 * len(days) * exp(draw.gauss(-0.15, 0.35))),
        runs=tuple(Run(day, kind) for day, kind in zip(days, kinds, strict=True)),
        strength_days=draw.choice(_STRENGTH_DAYS),
        minutes=draw.choices((15, 20, 30, 40, 45, 60), (1, 2, 4, 4, 2, 2))[0],
        equipment=_equipment(draw),
        injuries=tuple(
            Injury(r, current=now, pain=draw.randint(1, 4) if now else 0)
            for r in injured
            for now in [draw.random() < 0.25]
        ),
        trail=goal is Goal.TRAIL,
        race=race,
        tight=frozenset(draw.sample(list(Region), draw.choice((0, 0, 1, 2)))),
    )


def _steps(first: float, last: float, step: float, unit: float = 1.0) -> tuple[float, ...]:
    return tuple(round((first + step * n) * unit, 3) for n in range(round((last - first) / step) + 1))


def _equipment(draw: Random) -> Equipment:
    """From nothing to a gym, in fine and coarse steps, in kg and lb."""
    bands = (Gear.BAND, (3.0, 6.0, 10.0))
    loads: tuple[tuple[Gear, tuple[float, ...]], ...]
    loads, more = draw.choice(
        (
            ((), set[Gear]()),
            ((bands,), set[Gear]()),
            (((Gear.BACKPACK, _steps(2, 14, 1)),), set[Gear]()),
            (((Gear.DUMBBELLS, (4.0, 8.0, 12.0)), bands), set[Gear]()),
            (((Gear.DUMBBELLS, _steps(5, 50, 5, KG_PER_LB)), bands), {Gear.BENCH}),
            (((Gear.DUMBBELLS, _steps(2, 24, 1)), bands), {Gear.BOX, Gear.BENCH}),
            (((Gear.KETTLEBELLS, _steps(8, 24, 4)),), {Gear.BOX}),
            (
                (
                    (Gear.BARBELL, _steps(20, 160, 2.5)),
                    (Gear.DUMBBELLS, _steps(2, 40, 2)),
                    (Gear.MACHINE, _steps(10, 200, 5)),
                    (Gear.CABLE, _steps(2.5, 60, 2.5)),
                    bands,
                ),
                {Gear.BOX, Gear.BENCH},
            ),
            (
                (
                    (Gear.BARBELL, _steps(45, 335, 10, KG_PER_LB)),
                    (Gear.DUMBBELLS, _steps(5, 80, 5, KG_PER_LB)),
                    (Gear.MACHINE, _steps(20, 400, 20, KG_PER_LB)),
                ),
                {Gear.BOX, Gear.BENCH},
            ),
        )
    )
    return Equipment(frozenset({*(gear for gear, _ in loads), *more, Gear.MAT}), loads)


def exercise_luck(who: Person, pattern: str, ladder: str, slug: str) -> tuple[float, float]:
    """(ln capacity, standard normal of endurance) of one exercise beyond the general strength: by pattern, ladder and exercise, and
    by how far the catalogue itself is off for everyone.
    """
    return (
        stream(who.seed, who.number, "pattern", pattern).gauss(0.0, 0.10)
        + stream(who.seed, who.number, "ladder", ladder).gauss(0.0, 0.08)
        + stream(who.seed, who.number, "exercise", slug).gauss(0.0, 0.08)
        + stream(who.seed, "catalogue", slug).gauss(0.0, 0.08),
        stream(who.seed, who.number, "endurance", slug).gauss(0.0, 1.0),
    )


def mass_effect(body_mass_kg: float) -> float:
    """ln of how much less than mass strength grows: with its power of 0.75."""
    return -0.25 * log(body_mass_kg / 70.0)
