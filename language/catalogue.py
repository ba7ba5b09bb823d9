"""The catalogue in a language: the same exercises and stretches, with their prose translated.

Only words differ, so that whatever is planned with one is told with the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from coach.catalogue_files import EXERCISE_SECTIONS, STRETCH_SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.catalogue import Catalogue, Exercise, Stretch
    from language.tongue import Tongue

Entry = TypeVar("Entry", "Exercise", "Stretch")

EXERCISE_PROSE = ("name", *EXERCISE_SECTIONS.values())
STRETCH_PROSE = ("name", *STRETCH_SECTIONS.values())


def spoken(catalogue: Catalogue, tongue: Tongue) -> Catalogue:
    """The catalogue in this language; made once and kept with the original."""
    if tongue.is_english:
        return catalogue
    key = f"spoken {tongue.code}"
    found = catalogue.cache.get(key)
    if not isinstance(found, type(catalogue)):
        found = replace(
            catalogue,
            exercises=tuple(_in(tongue, e, EXERCISE_PROSE) for e in catalogue.exercises),
            stretches=tuple(_in(tongue, s, STRETCH_PROSE) for s in catalogue.stretches),
        )
        found.cache[key] = found
        catalogue.cache[key] = found
    return found


def exercise_name(slug: str, catalogue: Catalogue) -> str:
    """The exercise's name; one that has left the catalogue since its week was planned is called by its slug."""
    known = catalogue.by_slug.get(slug)
    return slug.replace("-", " ").capitalize() if known is None else known.name


def prose(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Every text there is to translate: the file it stands in, its field, the English text."""
    for folder, entries, fields in (
        ("exercises", catalogue.exercises, EXERCISE_PROSE),
        ("stretches", catalogue.stretches, STRETCH_PROSE),
    ):
        for entry in entries:
            for field in fields:
                yield f"catalogue/{folder}/{entry.slug}.md", field, getattr(entry, field)


def _in(tongue: Tongue, entry: Entry, fields: tuple[str, ...]) -> Entry:
    words: dict[str, Any] = {field: tongue.gettext(getattr(entry, field)) for field in fields}
    return replace(entry, **words)
