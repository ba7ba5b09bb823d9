"""The figures of the catalogue: read, checked against the exercises and stretches, and drawn into files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import CatalogueError

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from pictures.pose import Figure

FIGURES = "figures"
PNG_FOLDER = "png"
SHARPNESS = 2
"""Pixels of a PNG for one CSS pixel."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was drawn anew, and what was removed because its figure is gone."""

    drawn: tuple[str, ...]
    removed: tuple[str, ...]


def figures(folder: Path) -> dict[str, Figure]:
    """The figures of a catalogue's folder by slug. Raises CatalogueError for the first that breaks a rule."""
    from pictures import figure_files

    found = {}
    for path in sorted((folder / FIGURES).glob("*.toml")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise CatalogueError(f"{FIGURES}/{path.name}", "file", "cannot be read as UTF-8 text") from None
        found[path.stem] = figure_files.parse(path.stem, text)
    return found


def pngs(folder: Path) -> dict[str, bytes]:
    """The drawn figures of a catalogue's folder as PNG files, by slug."""
    return {path.stem: path.read_bytes() for path in sorted((folder / FIGURES / PNG_FOLDER).glob("*.png"))}


def names(catalogue: Catalogue) -> dict[str, str]:
    """What is to be drawn: slug → name."""
    return {e.slug: e.name for e in catalogue.exercises} | {s.slug: s.name for s in catalogue.stretches}


def missing(catalogue: Catalogue, found: Iterable[str]) -> tuple[str, ...]:
    """Exercises and stretches without a figure. Raises CatalogueError for a figure of nothing."""
    wanted = names(catalogue)
    for slug in found:
        if slug not in wanted:
            raise CatalogueError(f"{FIGURES}/{slug}.toml", "file name", "is no exercise's or stretch's")
    return tuple(sorted(set(wanted) - set(found)))


def alt(name: str, figure: Figure) -> str:
    """What a picture shows, for whoever does not see it: the words beside it tell the rest."""
    return name if len(figure.frames) == 1 else f"{name}: start and end"


def write_pngs(folder: Path, catalogue: Catalogue) -> Written:
    """Draw every figure whose PNG is missing or of another drawing. Raises CatalogueError, StridewellError."""
    from pictures import png, svg

    found = figures(folder)
    missing(catalogue, found)
    titles = names(catalogue)
    where = folder / FIGURES / PNG_FOLDER
    where.mkdir(exist_ok=True)
    drawn = []
    for slug, figure in found.items():
        text = svg.still(figure, alt(titles[slug], figure))
        path = where / f"{slug}.png"
        if path.is_file() and png.is_of(path.read_bytes(), text):
            continue
        path.write_bytes(png.draw(text, svg.size(figure)[0] * SHARPNESS))
        drawn.append(slug)
    gone = [path for path in sorted(where.glob("*.png")) if path.stem not in found]
    for path in gone:
        path.unlink()
    return Written(tuple(drawn), tuple(path.stem for path in gone))


def contact_sheet(catalogue: Catalogue, found: Mapping[str, Figure], templates: Path, *, moving: bool) -> str:
    """One page with all figures and their names, for looking through. moving: as they move."""
    import jinja2

    from pictures import svg

    draw = svg.animated if moving else svg.still
    cards = [
        {"name": name, "slug": slug, "drawn": draw(found[slug], alt(name, found[slug])) if slug in found else ""}
        for slug, name in names(catalogue).items()
    ]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates / "catalogue"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("figures.html.j2").render(cards=cards)
