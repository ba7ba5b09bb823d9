"""What was measured, as medians and as tables."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

STEPS = ("load", "fold", "plan", "persist", "claim", "read", "letter", "render", "MIME", "mark", "send", "settle")


def by_step(samples: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Medians over the chunks of each step. yards: each chunk against the yardstick of its own moment; least_us: the calmest."""
    found = {}
    for step in STEPS:
        own = [s for s in samples if s["step"] == step]
        found[step] = {
            "wall_us": median(s["wall_us"] for s in own),
            "cpu_us": median(s["cpu_us"] for s in own),
            "least_us": min(s["cpu_us"] for s in own),
            "yards": median(s["wall_us"] / s["yard_us"] for s in own),
        }
    return found


def middle(trips: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The median of every figure; best_per_s: runners a second in the best trip."""
    found = {key: median(trip[key] for trip in trips) for key in trips[0]}
    if "runners_per_s" in found:
        found["best_per_s"] = max(trip["runners_per_s"] for trip in trips)
    return found


def show(found: dict[str, Any], console: Console) -> None:
    """Every table."""
    machine = found["machine"]
    console.print(f"{machine['cores']} × {machine['processor']}, Python {machine['python']}, {machine['system']}")
    for name, by_count in found["databases"].items():
        console.print(_steps(name, by_count))
    console.print(_roads(found))
    console.print(_ceiling(found))


def _steps(name: str, by_count: dict[str, Any]) -> Table:
    table = Table(title=f"µs a runner, one process, {name}", title_justify="left")
    table.add_column("step")
    for count in by_count:
        for what in ("by the clock", "of processor", "least", "yards"):
            table.add_column(f"{int(count):,}\n{what}", justify="right")
    for step in STEPS:
        table.add_row(step, *(cell for m in by_count.values() for cell in _cells(m["steps"][step])))
    table.add_section()
    table.add_row(
        "all",
        *(
            cell
            for m in by_count.values()
            for cell in _cells({key: sum(m["steps"][s][key] for s in STEPS) for key in m["steps"][STEPS[0]]})
        ),
    )
    return table


def _cells(row: dict[str, float]) -> tuple[str, str, str, str]:
    return f"{row['wall_us']:,.0f}", f"{row['cpu_us']:,.0f}", f"{row['least_us']:,.0f}", f"{row['yards']:.3f}"


def _roads(found: dict[str, Any]) -> Table:
    table = Table(title="The whole road: plan, write, post", title_justify="left")
    columns = (
        "database",
        "runners",
        "way",
        "runners/s",
        "best",
        "plan\ns",
        "post\ns",
        "CPU µs\na runner",
        "cores\nhad",
        "yards\na runner",
        "of the\nblast",
        "Prefect adds",
        "peak\nMB",
        "helper\nMB",
    )
    for n, column in enumerate(columns):
        table.add_column(column, justify="left" if n in {0, 2} else "right")
    for name, by_count in found["databases"].items():
        for count, measured in by_count.items():
            plain = measured["road"]
            for way, trip in (("plain calls", plain), ("Prefect's flows", measured["flows"])):
                if trip is None:
                    continue
                more = trip["wall_s"] - plain["wall_s"]
                table.add_row(
                    name,
                    f"{int(count):,}",
                    way,
                    f"{trip['runners_per_s']:,.0f}",
                    f"{trip['best_per_s']:,.0f}",
                    f"{trip['plan_s']:.1f}",
                    f"{trip['post_s']:.1f}",
                    f"{trip['cpu_us']:,.0f}",
                    f"{trip['cores']:.2f}",
                    f"{trip['yards']:.3f}",
                    f"{100 * trip['runners_per_s'] / measured['blast']['mails_per_s']:.1f} %",
                    "" if trip is plain else f"{more:+.1f} s, {100 * more / plain['wall_s']:+.1f} %",
                    f"{trip['peak_mb']:.0f}",
                    f"{trip['helper_mb']:.0f}",
                )
    return table


def _ceiling(found: dict[str, Any]) -> Table:
    table = Table(title="The bare SMTP blast: what loopback and sink carry", title_justify="left")
    for column in ("database", "runners", "mails/s", "octets a mail", "sink µs a mail, in the blast", "on the road"):
        table.add_column(column, justify="right")
    for name, by_count in found["databases"].items():
        for count, measured in by_count.items():
            blast = measured["blast"]
            table.add_row(
                name,
                f"{int(count):,}",
                f"{blast['mails_per_s']:,.0f}",
                f"{blast['octets']:,.0f}",
                f"{blast['sink_us']:.0f}",
                f"{measured['road']['sink_us']:.0f}",
            )
    return table
