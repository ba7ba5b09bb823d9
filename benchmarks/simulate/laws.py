"""The laws of a simulated world: endurance, growth, tissue, and how runners tell of it.

None of them is the engine's. There are several worlds, because a policy that is good in one of them only has learnt
the bench and not the runner: `base`, and others in which one law each is another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import exp, log, sqrt
from typing import Final

MEDIAN_AT_70 = 12.9
"""Repetitions at 70 % 1RM of the median person; 6–26 between people. Zourdos 2021"""
LEAST_AT_70, MOST_AT_70 = 6.0, 26.0
LONGEST = 80.0
"""Repetitions after which a set ends in boredom, not in failure."""


# ---- endurance: repetitions to failure at a share of the 1RM


@dataclass(frozen=True, slots=True)
class Curve:
    """reps(share of 1RM, the person's repetitions at 70 %) → repetitions to failure; share(repetitions, …) is its inverse.

    spread, spread_exercise: deviation (ln) of the repetitions at 70 % between people, and between one person's exercises.
    """

    reps: Callable[[float, float], float]
    share: Callable[[float, float], float]
    spread: float = 0.33
    spread_exercise: float = 0.06


def _hyperbola(share: float, at_70: float) -> float:
    return min(LONGEST, max(0.0, 1.0 + (at_70 - 1.0) * (1.0 / share - 1.0) / (1.0 / 0.7 - 1.0)))


def _hyperbola_share(reps: float, at_70: float) -> float:
    return 1.0 / (1.0 + (reps - 1.0) / (at_70 - 1.0) * (1.0 / 0.7 - 1.0))


_FLOOR = 0.45
"""Share of the 1RM that could be lifted for ever, in the exponential world."""
_AT_70 = log((1.0 - _FLOOR) / (0.7 - _FLOOR))


def _exponential(share: float, at_70: float) -> float:
    if share <= _FLOOR + 0.005:
        return LONGEST
    return min(LONGEST, max(0.0, 1.0 + (at_70 - 1.0) * log((1.0 - _FLOOR) / (share - _FLOOR)) / _AT_70))


def _exponential_share(reps: float, at_70: float) -> float:
    return _FLOOR + (1.0 - _FLOOR) * exp(-(reps - 1.0) / (at_70 - 1.0) * _AT_70)


# ---- growth: what a week's sets make of capacity


@dataclass(frozen=True, slots=True)
class Growth:
    """stimulus(reps left, share of 1RM, reps done) of a set; response(week's stimulus, gain so far, ceiling) as a share of the rate.

    rates, ceilings: ln a week and in all, for new, some and seasoned. idle: weeks an exercise may rest before it loses.
    loss: ln a week then. familiar: ln gained a week in an exercise's first three weeks, by practice alone.
    """

    stimulus: Callable[[float, float, float], float]
    response: Callable[[float, float, float], float]
    rates: tuple[float, float, float] = (0.032, 0.022, 0.014)
    ceilings: tuple[float, float, float] = (0.45, 0.30, 0.20)
    responder_sd: float = 0.35
    idle: int = 3
    loss: float = 0.010
    familiar: float = 0.0


def _effective_sets(left: float, share: float, reps: float) -> float:
    """A set counts by how near to failure it ends and, below two thirds of the 1RM, by its load."""
    return min(1.0, share / 0.65) * exp(-max(0.0, left - 2.0) / 3.5) * min(1.0, reps / 3.0)


def _saturating(stimulus: float, gain: float, ceiling: float) -> float:
    return (1.0 - exp(-stimulus / 2.0)) * max(0.0, 1.0 - gain / ceiling)


def _tonnage(left: float, share: float, reps: float) -> float:
    """Work above half of the 1RM counts, whatever was left; a set to failure counts less, as it spoils the next ones."""
    return max(0.0, share - 0.45) / 0.25 * min(1.5, reps / 8.0) * (0.8 if left < 1.0 else 1.0)


def _hump(stimulus: float, gain: float, ceiling: float) -> float:
    """Too little does little, far too much does less again; nearness to the ceiling slows with its square root."""
    dose = stimulus / 5.0
    return 1.25 * dose * exp(1.0 - dose) * sqrt(max(0.0, 1.0 - gain / ceiling)) if dose > 0 else 0.0


# ---- tissue: what load does to a region


@dataclass(slots=True)
class Site:
    """One region of one runner. Loads are weekly, in sets of ten at the first day's 1RM that load the region fully.

    tolerance: weekly load it bears, running included. running: what running puts on it in a usual week. recent: the last
    four weeks' loads. irritation: what pain grows from.
    """

    tolerance: float
    running: float
    vulnerable: bool
    recent: list[float] = field(default_factory=list)
    irritation: float = 0.0
    waiting: float = 0.0
    """Irritation that shows a week later, where the law delays it."""

    @property
    def pain(self) -> float:
        """0–10."""
        return 10.0 * (1.0 - exp(-self.irritation / 4.0))


@dataclass(frozen=True, slots=True)
class Tissue:
    """limit(site): weekly load from which a region is overloaded. heal: share of the irritation left after a week.

    sting: irritation for a load twice the limit. delay: share of it that shows a week later. flare: chance of a flare from
    outside training, a region a week. set_fatigue: ln of capacity a set costs the next. day_sd: ln between days.
    """

    limit: Callable[[Site], float]
    heal: float = 0.5
    sting: float = 7.0
    delay: float = 0.0
    flare: float = 0.0015
    set_fatigue: float = 0.012
    day_sd: float = 0.025
    inhibition: float = 0.015
    """ln of capacity lost for each point of pain above 2."""


def _tolerance(site: Site) -> float:
    return site.tolerance


def _spike(site: Site) -> float:
    """A quarter above the heaviest of the last four weeks, however strong the tissue. After Frandsen 2025."""
    return 1.25 * max(*site.recent, 0.55 * site.tolerance, site.running)


# ---- telling: how a runner reads and reports effort


@dataclass(frozen=True, slots=True)
class Telling:
    """How runners report. kinds: taken in turn, so that the mix is the same in every population.

    bias: repetitions in reserve that reports fall short (Halperin 2022); noise: sd near failure; noise_left: sd for each
    repetition left; noise_long: sd for each repetition done above 12. easy, hard: (mean, sd) of the personal thresholds of a tap,
    in repetitions from where the runner feels "right" lies: target (1 − absolute) mixed with a usual of their own.
    """

    kinds: tuple[str, ...] = ("tap", "session", "tap", "sets")
    bias: float = 0.95
    bias_sd: float = 0.5
    noise: float = 0.5
    noise_left: float = 0.22
    noise_long: float = 0.05
    easy: tuple[float, float] = (1.7, 0.6)
    hard: tuple[float, float] = (1.5, 0.5)
    tap_noise: float = 0.7
    absolute: float = 0.3
    silent: float = 0.10
    skips: float = 0.06
    away: float = 0.02
    late: float = 0.05
    nonsense: float = 0.01
    says_hurts: float = 0.45
    """Chance that a runner who only taps says that something hurts, at pain 4–5; half as much again at 6 and more."""
    asked: Mapping[str, float] = field(default_factory=lambda: {"tap": 0.0, "session": 0.7})
    """Chance of answering the week's one question, when the session was done, by kind; who tells every set need not be asked."""
    names: float = 0.0
    """Chance, a session, of picking out the exercise that left nothing and the one that left 5 or more; who tells every set need not."""
    follows: float = 0.8
    """Chance, a set, of following the in-session rule."""
    carries_on: float = 0.0
    """Chance, a set, of doing up to three repetitions more than asked when it feels easy."""


@dataclass(frozen=True, slots=True)
class World:
    """felt_by_all: whether every policy prints the engine's rule of where a set ends, and not the engine alone."""

    name: str
    tells: str
    curve: Curve
    growth: Growth
    tissue: Tissue
    telling: Telling
    felt_by_all: bool = False


_BASE: Final = World(
    "base",
    "repetitions fall on a hyperbola of one's own; sets near failure make strength, with diminishing returns; regions bear a "
    "weekly load of their own",
    Curve(_hyperbola, _hyperbola_share),
    Growth(_effective_sets, _saturating),
    Tissue(_tolerance),
    Telling(),
)
WORLDS: Final = {
    w.name: w
    for w in (
        _BASE,
        replace(
            _BASE,
            name="growth",
            tells="work above half of the 1RM makes strength, too much of it makes less; new exercises grow by practice; what rests is lost sooner",
            growth=Growth(
                _tonnage, _hump, rates=(0.022, 0.016, 0.011), responder_sd=0.5, idle=2, loss=0.015, familiar=0.02
            ),
        ),
        replace(
            _BASE,
            name="pain",
            tells="a week heavier than any of the last four irritates, however strong the tissue; it shows later and heals slower; "
            "sets tire more and days differ more",
            tissue=Tissue(_spike, heal=0.65, sting=5.0, delay=0.5, flare=0.0025, set_fatigue=0.022, day_sd=0.045),
        ),
        replace(
            _BASE,
            name="endurance",
            tells="repetitions fall exponentially, and differ between exercises of one person too",
            curve=Curve(_exponential, _exponential_share, spread=0.40, spread_exercise=0.15),
        ),
        replace(
            _BASE,
            name="behaviour",
            tells="five of eight only tap, by what feels hard and not by the target; more silence; reserves are overestimated; few follow "
            "the in-session rule and some go on when it is easy",
            telling=Telling(
                kinds=("tap", "tap", "session", "tap", "sets", "tap", "session", "tap"),
                bias=-0.5,
                bias_sd=0.9,
                noise=0.9,
                noise_left=0.3,
                easy=(2.2, 1.2),
                hard=(1.8, 0.9),
                tap_noise=1.2,
                absolute=0.8,
                silent=0.25,
                skips=0.12,
                away=0.03,
                late=0.12,
                nonsense=0.03,
                asked={"tap": 0.0, "session": 0.5},
                says_hurts=0.25,
                follows=0.3,
                carries_on=0.35,
            ),
        ),
        replace(
            _BASE,
            name="asked",
            tells="as base, but who only taps once a session also answers the week's one question, seven times of ten",
            telling=Telling(asked={"tap": 0.7, "session": 0.7}),
        ),
        replace(
            _BASE,
            name="named",
            tells="as asked, and seven times of ten the exercise that left nothing and the one that left 5 or more are picked out beside the tap",
            telling=Telling(asked={"tap": 0.7, "session": 0.7}, names=0.7),
        ),
        replace(
            _BASE,
            name="feel",
            tells="as base, but every policy prints the engine's rule for the end of a set: go on while more than the target is left, stop when one is",
            felt_by_all=True,
        ),
        replace(
            _BASE,
            name="count",
            tells="as base, but nobody goes by feel: every set is done as counted, and no step is taken within a session",
            telling=Telling(follows=0.0),
        ),
    )
}
