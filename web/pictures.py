"""The pictures of exercises and stretches: where each is found, moving and still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

DRAWN: frozenset[str] = frozenset()
"""What there is a picture of."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Addresses of a picture that moves and of one that does not; the same where there is only one."""

    moving: str
    still: str


def picture(slug: str, asset: Callable[[str], str]) -> Picture:
    """The pictures of an exercise or a stretch, a plain runner where none is drawn. asset: the address of a static file."""
    name = f"{slug}.svg" if slug in DRAWN else "figure.svg"
    shown = asset(name)
    return Picture(shown, shown)
