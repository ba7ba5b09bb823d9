"""`python -m benchmarks.simulate`: policies compared on simulated runners.

python -m benchmarks.simulate --runners 40 --weeks 12
python -m benchmarks.simulate --world all --jobs 2 --write-docs
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.console import Console
from rich.progress import Progress

from benchmarks.simulate import papers
from benchmarks.simulate.figures import ASIDE, COLUMNS, KINDS, Result, run
from benchmarks.simulate.history import POLICIES
from benchmarks.simulate.laws import WORLDS
from benchmarks.simulate.table import tables

World = Literal["base", "growth", "pain", "endurance", "behaviour", "asked", "named", "feel", "count", "all"]
Least = Annotated[int, Parameter(validator=Number(gte=1))]

app = App(
    name="python -m benchmarks.simulate",
    help="Training policies compared on simulated runners whose truth none of them sees.",
)


@app.default
def main(
    *,
    runners: Least = 300,
    weeks: Annotated[int, Parameter(validator=Number(gte=4, lte=100))] = 24,
    seed: int = 1,
    world: World = "base",
    policies: Annotated[tuple[str, ...], Parameter(consume_multiple=True)] = POLICIES,
    json_file: Annotated[Path | None, Parameter(name="--json")] = None,
    jobs: Least = 1,
    write_docs: bool = False,
) -> None:
    """Compare training policies over the same programme of exercises.

    Parameters
    ----------
    runners: how many simulated runners.
    weeks: how long each trains.
    seed: draws the population; the same seed gives the same figures.
    world: the laws the runners live by, or all worlds.
    policies: which to compare with the engine, by name; all when left out.
    json_file: write every figure to this file.
    jobs: processes to share the work among.
    write_docs: write docs/bench.md and its pictures from these figures.
    """
    unknown = [p for p in policies if p not in POLICIES]
    if unknown:
        raise SystemExit(f"policies: {', '.join(unknown)} is not known. Choose among: {', '.join(POLICIES)}.")
    console = Console()
    results = []
    for name in WORLDS if world == "all" else (world,):
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(f"{name}: runners", total=runners)
            result = run(
                name,
                runners=runners,
                weeks=weeks,
                seed=seed,
                policies=policies,
                jobs=jobs,
                told=lambda n, bar=bar, task=task: bar.update(task, completed=n),  # type: ignore[misc]
            )
        results.append(result)
        console.print(tables(result))
    if json_file is not None:
        json_file.write_text(json.dumps(as_json(results), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if write_docs:
        for path in papers.write(results, Path(__file__).parents[2] / "docs"):
            console.print(f"written: {path}")


def as_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Every figure and every runner's outcome."""
    return [
        {
            "world": r.world,
            "runners": r.runners,
            "weeks": r.weeks,
            "seed": r.seed,
            "engine_us": r.cost.micros,
            "yard_us": r.cost.yard,
            "engine_yards": r.cost.yards,
            "figures": {
                policy: {
                    kind or "all": {c.key: asdict(f) for c in COLUMNS + ASIDE for f in [r.figure(policy, c, kind)] if f}
                    for kind in (None, *KINDS)
                }
                for policy in r.outcomes
            },
            "outcomes": {policy: [asdict(o) for o in outcomes] for policy, outcomes in r.outcomes.items()},
        }
        for r in results
    ]


if __name__ == "__main__":
    app()
