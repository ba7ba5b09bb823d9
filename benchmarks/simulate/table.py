"""The figures as tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from benchmarks.simulate.figures import ASIDE, COLUMNS, KINDS, Column, Figure, Result
from benchmarks.simulate.history import ENGINE, ORACLE
from benchmarks.simulate.laws import WORLDS

SURE = 2.0
"""Standard errors from which a difference is called one."""


def tables(result: Result) -> Group:
    """One world: every policy and column, then the same by how runners answer."""
    return Group(*_tables(result))


def _tables(result: Result) -> Iterator[Table | Text]:
    columns = COLUMNS + ASIDE
    yield _table(result, f"{result.world}: {WORLDS[result.world].tells}", columns, None)
    for kind in KINDS:
        if any(o.kind == kind for o in result.outcomes[ENGINE]):
            yield _table(result, f"{result.world}: runners who answer by {kind}", columns, kind)
    cost = result.cost
    yield Text(
        f"engine: {cost.micros:.0f} µs a runner's week (fold and plan), {cost.yards:.2f} yardsticks of {cost.yard:.0f} µs\n"
    )


def _table(result: Result, title: str, columns: tuple[Column, ...], kind: str | None) -> Table:
    n = sum(kind is None or o.kind == kind for o in result.outcomes[ENGINE])
    table = Table(
        title=f"{title} ({n} runners, {result.weeks} weeks, seed {result.seed})",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1),
    )
    table.add_column("policy", no_wrap=True)
    for column in columns:
        table.add_column(f"{column.title}\n{column.unit}", justify="right", no_wrap=True)
    for policy in result.outcomes:
        found = [(result.figure(policy, column, kind), column) for column in columns]
        cells = [Text("–") if f is None else _cell(f, column, policy, split=kind is not None) for f, column in found]
        table.add_row(Text(policy, style="bold" if policy == ENGINE else "dim" if policy == ORACLE else ""), *cells)
    return table


def _cell(f: Figure, column: Column, policy: str, *, split: bool) -> Text:
    """Mean, the worst tenth in brackets, and the difference to the engine, green where the engine is surely better."""
    text = Text(f"{f.mean:.1f}" if split else f"{f.mean:.1f} ({f.worst:.1f})")
    if policy != ENGINE:
        style = {"engine": "green", "policy": "red", "even": "dim"}[standing(f, column)]
        text.append(f"\n{f.diff:+.1f} ± {f.error:.1f}", style=style)
    return text


def standing(f: Figure, column: Column) -> str:
    """Who is better in this column: "engine", "policy", or "even" when the paired difference is within two errors of none."""
    if abs(f.diff) <= SURE * f.error:
        return "even"
    return "policy" if (f.diff > 0) == column.high else "engine"
