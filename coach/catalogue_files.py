"""Reads the catalogue's files into values, naming file, field and rule of whatever is wrong.

Pure: the texts come in as arguments. The form of the files is told in CONTRIBUTING.md ("Add an exercise").
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from math import isfinite
from typing import Final, TypeVar

from coach.catalogue import PATTERNS, Catalogue, Exercise, Slot, Stretch
from coach.constants import Constants
from coach.errors import CatalogueError
from coach.profile import Gear, Region, Screen
from coach.week import DoseMode, Quality

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

EXERCISE_SECTIONS: Final = {
    "What it is for": "purpose",
    "How to do it": "how",
    "What you should feel": "feel",
    "Form cue": "cue",
    "While running": "carry_over",
    "Stop if": "stop_if",
}
STRETCH_SECTIONS: Final = {
    "How to do it": "how",
    "What you should feel": "feel",
    "Form cue": "cue",
    "Stop if": "stop_if",
}


def parse(files: Mapping[str, str]) -> Catalogue:
    """The catalogue from its files: path below catalogue/ (with forward slashes) → text.

    Raises CatalogueError for the first file, in order of names, that breaks a rule.
    """
    exercises, stretches = [], []
    for path in sorted(files):
        folder, _, name = path.partition("/")
        if folder == "exercises" and name.endswith(".md"):
            exercises.append(_exercise(path, name.removesuffix(".md"), files[path]))
        elif folder == "stretches" and name.endswith(".md"):
            stretches.append(_stretch(path, name.removesuffix(".md"), files[path]))
    _check_ladders(exercises)
    for what, found in (("exercises", exercises), ("stretches", stretches)):
        if not found:
            raise CatalogueError(f"{what}/", "files", "there is none")
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{files[path]}\0".encode())
    return Catalogue(
        exercises=tuple(exercises),
        stretches=tuple(stretches),
        slots=_slots("programmes/weekly.toml", files),
        constants=_constants("progression.toml", files),
        version=digest.hexdigest()[:12],
    )


class _Front:
    """The front matter of one file; every reading names the field that is wrong, and none is left unread."""

    def __init__(self, file: str, table: Mapping[str, object]) -> None:
        self.file = file
        self.table = table
        self.read: set[str] = set()

    def wrong(self, key: str, rule: str) -> CatalogueError:
        return CatalogueError(self.file, key, rule)

    def get(self, key: str, kind: type[T]) -> T:
        self.read.add(key)
        if key not in self.table:
            raise self.wrong(key, "is missing")
        value = self.table[key]
        if kind is float and type(value) is int:
            value = float(value)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, f"must be {_KINDS[kind]}, not {value!r}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        value = self.get(key, float)
        if not (isfinite(value) and low <= value <= high):
            raise self.wrong(key, f"{value:g} is outside {low:g}–{high:g}")
        return value

    def whole(self, key: str, low: int, high: int) -> int:
        value = self.get(key, int)
        if not low <= value <= high:
            raise self.wrong(key, f"{value} is outside {low}–{high}")
        return value

    def line(self, key: str) -> str:
        value = self.get(key, str).strip()
        if not value or "\n" in value:
            raise self.wrong(key, "must be one line of text")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(_texts(self, key, self.get(key, list)))

    def enums(self, key: str, kind: type[E]) -> tuple[E, ...]:
        return tuple(self.enum(key, kind, w) for w in self.words(key))

    def enum(self, key: str, kind: type[E], word: str) -> E:
        try:
            return kind(word)
        except ValueError:
            raise self.wrong(key, f"{word!r} is not one of {', '.join(kind)}") from None

    def weights(self, key: str, kind: type[E]) -> tuple[tuple[E, int], ...]:
        table = self.get(key, dict)
        out = []
        for word, weight in table.items():
            name = self.enum(key, kind, word)
            if type(weight) is not int or not 0 <= weight <= 3:
                raise self.wrong(f"{key}.{word}", f"must be a whole number 0–3, not {weight!r}")
            out.append((name, weight))
        return tuple(sorted(out))

    def done(self) -> None:
        for key in self.table:
            if key not in self.read:
                raise self.wrong(key, "is not a known field")


_KINDS: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


def _texts(front: _Front, key: str, values: list[object]) -> list[str]:
    for value in values:
        if not isinstance(value, str):
            raise front.wrong(key, f"must hold texts, not {value!r}")
    return [str(v) for v in values]


def _split(file: str, text: str, sections: Mapping[str, str]) -> tuple[_Front, dict[str, str]]:
    match = re.match(r"\A\+\+\+\r?\n(.*?)\r?\n\+\+\+\r?\n(.*)\Z", text, re.DOTALL)
    if match is None:
        raise CatalogueError(file, "front matter", "must stand between two lines of +++ at the top")
    try:
        front = _Front(file, tomllib.loads(match[1]))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, "front matter", f"is not TOML: {error}") from None
    prose: dict[str, str] = {}
    for part in re.split(r"^## ", match[2], flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        if title.strip() not in sections:
            raise CatalogueError(file, f"## {title.strip()}", f"is not one of {', '.join(sections)}")
        prose[sections[title.strip()]] = " ".join(body.split())
    for title, name in sections.items():
        if not prose.get(name):
            raise CatalogueError(file, f"## {title}", "is missing or empty")
    return front, prose


def _exercise(file: str, slug: str, text: str) -> Exercise:
    front, prose = _split(file, text, EXERCISE_SECTIONS)
    _check_slug(file, slug)
    qualities = front.weights("qualities", Quality)
    if len(qualities) != len(Quality):
        raise front.wrong("qualities", f"must give all of {', '.join(Quality)}")
    pattern = front.line("pattern")
    if pattern not in PATTERNS:
        raise front.wrong("pattern", f"{pattern!r} is not one of {', '.join(PATTERNS)}")
    mode = front.enum("dose", DoseMode, front.line("dose"))
    needs = []
    for need in front.get("needs", list):
        if not isinstance(need, list):
            raise front.wrong("needs", "must be a list of lists of gear, [[]] for nothing")
        needs.append(frozenset(front.enum("needs", Gear, w) for w in _texts(front, "needs", need)))
    if not needs:
        raise front.wrong("needs", "must name at least one set of gear, [[]] for nothing")
    exercise = Exercise(
        slug=slug,
        name=front.line("name"),
        pattern=pattern,
        sides=front.whole("sides", 1, 2),
        mode=mode,
        ladder=front.line("ladder"),
        rung=front.whole("rung", 1, 20),
        qualities=qualities,
        tissues=tuple((r, w) for r, w in front.weights("tissues", Region) if w),
        needs=tuple(needs),
        loadable=front.enums("loadable", Gear),
        bodyweight_share=front.number("bodyweight_share", 0, 1.2),
        start_load_share=front.number("start_load_share", 0, 3),
        start_amount=front.whole("start_amount", 1, 180),
        tempo=front.get("tempo", str),
        seconds=front.number("seconds", 0.2, 20),
        rest_s=front.whole("rest_s", 0, 300),
        avoid_when=front.enums("avoid_when", Screen) if "avoid_when" in front.table else (),
        sources=front.words("sources"),
        reviewed_by=front.get("reviewed_by", str),
        reviewed_on=front.get("reviewed_on", str),
        **prose,
    )
    if mode in {DoseMode.REPS, DoseMode.CARRY} and exercise.bodyweight_share + exercise.start_load_share <= 0:
        raise front.wrong("bodyweight_share", "must be above 0 where start_load_share is 0: something has to be moved")
    if exercise.start_load_share and not exercise.loadable:
        raise front.wrong("loadable", "must name what makes the load, as start_load_share is above 0")
    front.done()
    return exercise


def _stretch(file: str, slug: str, text: str) -> Stretch:
    front, prose = _split(file, text, STRETCH_SECTIONS)
    _check_slug(file, slug)
    dynamic = front.get("dynamic", bool)
    stretch = Stretch(
        slug=slug,
        name=front.line("name"),
        target=front.line("target"),
        regions=front.enums("regions", Region),
        avoid=front.enums("avoid", Region),
        props=front.enums("props", Gear),
        dynamic=dynamic,
        start_hold_s=front.whole("start_hold_s", 0 if dynamic else 10, 0 if dynamic else 60),
        reps=front.whole("reps", 1 if dynamic else 0, 30 if dynamic else 0),
        sides=front.whole("sides", 1, 2),
        avoid_when=front.enums("avoid_when", Screen) if "avoid_when" in front.table else (),
        sources=front.words("sources"),
        reviewed_by=front.get("reviewed_by", str),
        reviewed_on=front.get("reviewed_on", str),
        **prose,
    )
    if not stretch.regions:
        raise front.wrong("regions", "must name at least one region")
    front.done()
    return stretch


def _check_slug(file: str, slug: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise CatalogueError(file, "file name", "must be lower-case words joined by hyphens")


def _check_ladders(exercises: list[Exercise]) -> None:
    seen: dict[tuple[str, int], Exercise] = {}
    for exercise in exercises:
        other = seen.setdefault((exercise.ladder, exercise.rung), exercise)
        if other is not exercise:
            raise CatalogueError(
                f"exercises/{exercise.slug}.md",
                "rung",
                f"{exercise.rung} of ladder {exercise.ladder} is {other.slug}'s already",
            )


def _toml(file: str, files: Mapping[str, str]) -> dict[str, object]:
    if file not in files:
        raise CatalogueError(file, "file", "is missing")
    try:
        return tomllib.loads(files[file])
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, "file", f"is not TOML: {error}") from None


def _slots(file: str, files: Mapping[str, str]) -> tuple[Slot, ...]:
    tables = _toml(file, files).get("slot")
    if not isinstance(tables, list) or not tables:
        raise CatalogueError(file, "slot", "there is none")
    slots = []
    for table in tables:
        if not isinstance(table, dict):
            raise CatalogueError(file, "slot", f"must be a table, not {table!r}")
        front = _Front(file, table)
        slots.append(
            Slot(
                key=front.line("key"),
                name=front.line("name"),
                patterns=front.words("patterns"),
                order=front.whole("order", 1, 99),
                priority=front.whole("priority", 1, 99),
                purpose=front.line("purpose"),
                also=front.words("also") if "also" in front.table else (),
            ),
        )
        front.done()
        if unknown := [p for p in slots[-1].patterns if p not in PATTERNS]:
            raise front.wrong("patterns", f"{unknown[0]!r} is not one of {', '.join(PATTERNS)}")
    unique: list[tuple[str, Callable[[Slot], object]]] = [
        ("key", lambda s: s.key),
        ("order", lambda s: s.order),
        ("priority", lambda s: s.priority),
    ]
    for name, of in unique:
        if len({of(s) for s in slots}) != len(slots):
            raise CatalogueError(file, name, "must differ from slot to slot")
    return tuple(sorted(slots, key=lambda s: s.priority))


def _constants(file: str, files: Mapping[str, str]) -> Constants:
    tables = _toml(file, files)
    names = [f.name for f in fields(Constants)]
    for name in tables:
        if name not in names:
            raise CatalogueError(file, name, "is not a constant the engine knows")
    values = {}
    for name in names:
        table = tables.get(name)
        if not isinstance(table, dict):
            raise CatalogueError(file, name, "is missing")
        front = _Front(f"{file} [{name}]", table)
        values[name] = front.number("value", 0, 10_000)
        front.line("unit")
        front.line("source")
        front.done()
    return Constants(**values)
