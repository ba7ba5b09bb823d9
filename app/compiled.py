"""Whether the coach that runs is the one that is written. docs/adr/0025

`make compiled` puts compiled modules beside their sources, and Python takes those: after an update or an edit they would go on
with the rules of before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def outdated(folder: Path) -> list[str]:
    """The compiled modules of a folder whose source is newer, or gone, by name; none where nothing is compiled."""
    found = {x.name.partition(".")[0]: x.stat().st_mtime for x in folder.glob("*.so")}
    sources = {name: folder / f"{name}.py" for name in found}
    return sorted(
        name for name, source in sources.items() if not source.exists() or source.stat().st_mtime > found[name]
    )


def told(names: list[str]) -> str:
    """What to do about them, in a line."""
    return f"coach: compiled from other sources than are there now ({', '.join(names)}). Run: make compiled (or: make plain)"
