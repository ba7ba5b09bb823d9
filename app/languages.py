"""The languages there are, read once a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app import places
from language.tongue import ENGLISH

if TYPE_CHECKING:
    from language.library import Library


@cache
def library() -> Library:
    """What stands in translations/; each language is read when it is first needed."""
    from language.library import Library

    return Library(places.translations_folder())


@cache
def names() -> dict[str, str]:
    """What there is to choose from, by code, each by the name its speakers give it."""
    return {code: library().tongue(code).name for code in library().codes}


def wanted(accepted: str) -> str:
    """The language somebody's browser asks for first among those there are; English when there is none.

    accepted: the header Accept-Language, like "de-AT,de;q=0.9,en;q=0.5". Whatever cannot be read counts as nothing.
    """
    found = [(-_quality(part), at, part) for at, part in enumerate(accepted[:200].split(","))]
    for _, _, part in sorted(found):
        code = part.partition(";")[0].partition("-")[0].strip().lower()
        if code in library().codes and _quality(part):
            return code
    return ENGLISH.code


def _quality(part: str) -> float:
    _, named, number = part.partition("q=")
    try:
        return float(number) if named else 1.0
    except ValueError:
        return 0.0
