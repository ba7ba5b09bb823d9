"""The pictures of exercises and stretches: where each is found, moving and still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """Addresses of a picture that moves and of one that does not; the same where there is only one."""

    moving: str
    still: str


def picture(slug: str, asset: Callable[[str], str]) -> Picture:
    """The pictures of an exercise or a stretch. asset: the address of a static file."""
    shown = asset("figure.svg")
    return Picture(shown, shown)
