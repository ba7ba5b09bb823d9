"""Runs whole populations, and turns outcomes into columns with paired errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import sqrt
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median, stdev
from typing import Final

from benchmarks.simulate.cost import Cost, weeks_us
from benchmarks.simulate.history import ENGINE, Outcome, lives
from benchmarks.simulate.laws import WORLDS
from benchmarks.simulate.people import person
from benchmarks.yardsticks import yard_s
from coach.catalogue import Catalogue
from coach.catalogue_files import parse

KINDS: Final = ("tap", "session", "sets")
CHUNK = 20
"""Runners a worker takes at a time; their weeks are timed together, as the weekly run plans 125 together."""


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of the report. high: whether more is better. of: its value for one runner, None where it does not apply."""

    key: str
    title: str
    unit: str
    high: bool
    of: Callable[[Outcome], float | None]


COLUMNS: Final = (
    Column("in_band", "in band", "% of sets", True, lambda o: o.in_band if o.sets else None),
    Column("failed", "failed", "% of sets", False, lambda o: o.failed if o.sets else None),
    Column("pain_weeks", "pain ≥ 4", "weeks of 24", False, lambda o: o.pain_weeks),
    Column("overload_weeks", "overload", "weeks of 24", False, lambda o: o.overload_weeks),
    Column("gain_12", "gain at half time", "%", True, lambda o: o.gain_12),
    Column("gain_24", "gain at the end", "%", True, lambda o: o.gain_24),
    Column("fresh", "fresh on race day", "%", True, lambda o: o.fresh),
)
ASIDE: Final = (
    Column("light", "too light", "% of sets", False, lambda o: o.light if o.sets else None),
    Column("hard", "too hard", "% of sets", False, lambda o: o.hard if o.sets else None),
)
"""Told beside the columns, as they say which way a policy errs; not judged."""


@dataclass(frozen=True, slots=True)
class Figure:
    """mean over runners; worst: mean of the worst tenth of runners. diff, error: paired mean difference to the engine, policy less
    engine over the same runners, and its standard error; runners: how many it is over.
    """

    mean: float
    worst: float
    diff: float
    error: float
    runners: int


@dataclass(frozen=True, slots=True)
class Result:
    """One world. outcomes: by policy, in the order of runners."""

    world: str
    runners: int
    weeks: int
    seed: int
    outcomes: dict[str, tuple[Outcome, ...]]
    cost: Cost

    def figure(self, policy: str, column: Column, kind: str | None = None) -> Figure | None:
        """A column of a policy, over all runners or those who answer one way; None when it applies to nobody."""
        return figure(self.outcomes[policy], self.outcomes[ENGINE], column, kind)


def figure(
    mine: Iterable[Outcome], engine: Iterable[Outcome], column: Column, kind: str | None = None
) -> Figure | None:
    pairs = [
        (a, b)
        for x, y in zip(mine, engine, strict=True)
        if kind is None or x.kind == kind
        for a, b in [(column.of(x), column.of(y))]
        if a is not None and b is not None
    ]
    if not pairs:
        return None
    values = sorted((a for a, _ in pairs), reverse=not column.high)
    differences = [a - b for a, b in pairs]
    n = len(pairs)
    return Figure(
        mean=fmean(values),
        worst=fmean(values[: max(1, n // 10)]),
        diff=fmean(differences),
        error=stdev(differences) / sqrt(n) if n > 1 else 0.0,
        runners=n,
    )


def run(
    world: str,
    *,
    runners: int,
    weeks: int,
    seed: int,
    policies: Sequence[str],
    jobs: int = 1,
    told: Callable[[int], None] = lambda _: None,
) -> Result:
    """Lives of a whole population in one world. told: called with the number of runners done so far."""
    names = (ENGINE, *(p for p in policies if p != ENGINE))
    chunks = [range(n, min(n + CHUNK, runners)) for n in range(0, runners, CHUNK)]
    outcomes: dict[str, list[Outcome]] = {name: [] for name in names}
    micros: list[float] = []
    yards: list[float] = []
    if jobs == 1:
        catalogue = read_catalogue()
        found: Iterable[_Chunk] = (_chunk(world, c, weeks, seed, names, catalogue) for c in chunks)
        _gather(found, outcomes, micros, yards, told)
    else:
        # Spawned, so that a worker is the same on every system.
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_ready) as pool:
            found = pool.map(_in_worker, [(world, c, weeks, seed, names) for c in chunks])
            _gather(found, outcomes, micros, yards, told)
    cost = Cost(median(micros), median(yards))
    return Result(world, runners, weeks, seed, {k: tuple(v) for k, v in outcomes.items()}, cost)


_Chunk = tuple[dict[str, list[Outcome]], list[float], float]


def _gather(
    found: Iterable[_Chunk],
    outcomes: dict[str, list[Outcome]],
    micros: list[float],
    yards: list[float],
    told: Callable[[int], None],
) -> None:
    for some, took_us, yard_us in found:
        for name, values in some.items():
            outcomes[name].extend(values)
        micros.extend(took_us)
        yards.append(yard_us)
        told(len(outcomes[ENGINE]))


def _chunk(
    world: str, numbers: Iterable[int], weeks: int, seed: int, policies: Sequence[str], catalogue: Catalogue
) -> _Chunk:
    outcomes: dict[str, list[Outcome]] = {name: [] for name in policies}
    histories = []
    for number in numbers:
        who = person(seed, number, WORLDS[world], weeks)
        found = lives(who, catalogue, WORLDS[world], weeks, policies)
        for name, life in found.items():
            outcomes[name].append(life.outcome)
        histories.append((who.profile, found[ENGINE].folded))
    return outcomes, weeks_us(histories, catalogue), 1e6 * yard_s()


_catalogue: list[Catalogue] = []
"""The catalogue of a worker process, read once."""


def _ready() -> None:
    _catalogue.append(read_catalogue())


def _in_worker(task: tuple[str, range, int, int, Sequence[str]]) -> _Chunk:
    return _chunk(*task, _catalogue[0])


def read_catalogue() -> Catalogue:
    root = Path(__file__).parents[2] / "catalogue"
    files = (p for p in sorted(root.rglob("*")) if p.suffix in {".md", ".toml"})
    return parse({p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in files})
