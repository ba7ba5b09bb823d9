"""docs/bench.md and its pictures, written from the figures themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.simulate import pictures
from benchmarks.simulate.figures import ASIDE, COLUMNS, KINDS, Column, Figure, Result
from benchmarks.simulate.history import BAND, BASELINES, ENGINE, ORACLE, PAIN
from benchmarks.simulate.laws import WORLDS
from benchmarks.simulate.table import SURE, standing

HEAD = """# The bench: policies on simulated runners

Written by `python -m benchmarks.simulate --write-docs`; every number below comes from that run. Do not edit by hand.

Simulated runners are no runners. The bench shows whether a rule does what it is meant to do under laws that are known and that
the engine does not see; it says nothing of how much a person gains or where a person hurts.

## What is compared

All policies dose the same programme: the exercises, days and sets that the engine gave this runner, as the engine's own history
unfolded. Each chooses load and repetitions (the mesocycle also its sets and target) on the runner's own equipment, starts from the
same expectation of an untrained runner, and prints an in-session rule: the others one step lighter or heavier, the engine its own
steps and where a set ends by feel: go on while more than the target is left, stop when one is. Four of five sets are done as that
rule says. What the engine does by choosing or leaving out exercises and sets, the others get for nothing.

That one rule does most of what sets the engine apart near the target, and a policy need not be clever to print it. So two worlds
take it out of the comparison: in `feel` every policy prints it, in `count` nobody minds any rule within a session.

What regions bear was set by what an ordinary programme of this engine puts on them, and how fast strength grows by judgement: read the
weeks of pain and the gains against one another, not as numbers of their own.

| policy | rule |
|---|---|
| engine | `coach.next_week` and `coach.fold` |
| fixed 5 %, fixed 10 % | so much more every week, whatever is answered |
| double progression | a repetition more while all sets are reached; at the top of 8–12 a load more |
| any set | a step more as soon as any set was reached |
| lp | a step more when all sets were reached, a tenth off after two failures |
| lp + pain | the same; a fifth off at pain ≥ 4 where it hurts, no rise at 3 |
| mesocycle | reserve 4 → 1 over four weeks by repetitions, then half the sets |
| oracle | knows the true capacity but for the day's luck, and what each region bears |

Half of the runners only ever tap once a session, a quarter tell session figures (and, seven times of ten, answer the week's one
question), a quarter every exercise. Reports of repetitions left fall short and grow vague far from failure; runners fall ill, go on
holiday, answer late, not at all, or nonsense; some follow the in-session rule and some do not. Every runner meets the same weather,
flares and luck under every policy.

## How to read it

`in band`: working sets that end within ±{band:g} repetitions of the target reserve; a failed set is not in band. `pain ≥ {pain:g}`: weeks with such
pain in any region. `overload`: weeks in which a region got more than it bears. `gain`: true capacity over the first day's, mean of the
exercises trained. `fresh`: what is left of 100 % after the fatigue of past sessions. In brackets the mean of the worst tenth of runners.
Second line: difference to the engine over the same runners ± its standard error; **bold** where the engine is better by more than {sure:g}
errors, *slanted* where the policy is.
"""


def write(results: Sequence[Result], folder: Path) -> list[Path]:
    """Writes bench.md and a picture for each world below this folder; returns what was written."""
    written = []
    for result in results:
        picture = folder / "bench" / f"{result.world}.svg"
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_text(pictures.map_of(result), encoding="utf-8")
        written.append(picture)
    paper = folder / "bench.md"
    paper.write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")
    return [paper, *written]


def _lines(results: Sequence[Result]) -> Iterator[str]:
    yield HEAD.format(band=BAND, pain=PAIN, sure=SURE)
    yield from _summary(results)
    for result in results:
        yield f"\n## The world “{result.world}”\n"
        yield f"{_sentence(WORLDS[result.world].tells)} {result.runners} runners, {result.weeks} weeks, seed {result.seed}.\n"
        yield f"![gain against weeks of pain, by policy](bench/{result.world}.svg)\n"
        yield from _table(result, COLUMNS + ASIDE, None)
        for kind in KINDS:
            if any(o.kind == kind for o in result.outcomes[ENGINE]):
                yield f"\nRunners who answer by {kind}:\n"
                yield from _table(result, COLUMNS, kind)
        cost = result.cost
        yield f"\nThe engine took {cost.micros:.0f} µs for a runner's week (fold and plan, median), {cost.yards:.2f} of the pure-Python yardstick.\n"


def _summary(results: Sequence[Result]) -> Iterator[str]:
    """How often the engine is surely better, even, or surely worse than a baseline, by column."""
    yield "## Where the engine stands\n"
    yield "Baselines that the engine beats / is even with / is beaten by, in each column:\n"
    yield "| world | " + " | ".join(c.title for c in COLUMNS) + " |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for result in results:
        cells = []
        for column in COLUMNS:
            found = [
                standing(f, column) for p in BASELINES if p in result.outcomes for f in [result.figure(p, column)] if f
            ]
            cells.append(f"{found.count('engine')} / {found.count('even')} / {found.count('policy')}")
        yield f"| {result.world} | " + " | ".join(cells) + " |"


def _table(result: Result, columns: Sequence[Column], kind: str | None) -> Iterator[str]:
    yield "| policy | " + " | ".join(f"{c.title}, {c.unit}" for c in columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for policy in result.outcomes:
        cells = [_cell(result.figure(policy, c, kind), c, policy) for c in columns]
        yield f"| {policy} | " + " | ".join(cells) + " |"


def _cell(f: Figure | None, column: Column, policy: str) -> str:
    if f is None:
        return "–"
    text = f"{f.mean:.1f} ({f.worst:.1f})"
    if policy == ENGINE:
        return text
    difference = f"{f.diff:+.1f} ± {f.error:.1f}"
    if policy != ORACLE:
        mark = {"engine": "**", "policy": "*", "even": ""}[standing(f, column)]
        difference = f"{mark}{difference}{mark}"
    return f"{text}<br>{difference}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
