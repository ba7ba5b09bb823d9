"""What the command line prints: tables and sentences for people, JSON for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

WIDE = 160

MARKS = {"fine": "[green]✓[/]", "look": "[yellow]![/]", "wrong": "[red]✗[/]"}


def out() -> Console:
    """Standard output; without colours and wide when it is not a terminal, so that nothing is cut short in a file."""
    return Console(file=sys.stdout, highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)


def error(message: str) -> None:
    """A message of one to a few lines on standard error."""
    Console(file=sys.stderr, highlight=False, emoji=False, soft_wrap=True).print(
        f"[bold red]stridewell:[/] {escape(message)}"
    )


def warning(text: str) -> None:
    out().print(f"[yellow]note:[/] {escape(text)}")


def finding(state: str, name: str, said: str, remedy: str) -> None:
    """One line of the doctor's, and the remedy below it."""
    out().print(f"{MARKS[state]} {escape(name)}: {escape(said)}" + (f"\n  → {escape(remedy)}" if remedy else ""))


def line(text: str) -> None:
    """A sentence; rich's markup is for us, what comes from outside must be escaped by the caller."""
    out().print(text)


def plain(text: str) -> None:
    """Text as it stands, markup and all; the terminal breaks its lines, so that links and paths stay whole."""
    out().print(escape(text), soft_wrap=True)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    shown = Table(*headings, title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        shown.add_row(*(escape(str(cell)) for cell in row))
    out().print(shown)


def facts(pairs: Mapping[str, object]) -> None:
    """Names and values, one a line."""
    shown = Table(box=None, show_header=False, pad_edge=False)
    shown.add_column(style="dim", no_wrap=True)
    shown.add_column(overflow="fold")
    for name, value in pairs.items():
        shown.add_row(escape(name), escape(str(value)))
    out().print(shown)


def as_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(_plain(value), ensure_ascii=False, indent=2) + "\n")


def _plain(value: object) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case frozenset() | set():
            return sorted(_plain(v) for v in value)
        case list() | tuple():
            return [_plain(v) for v in value]
        case _ if is_dataclass(value):
            return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        case _:
            return str(value)


def one_or_many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
