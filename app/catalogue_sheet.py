"""The whole catalogue on one page, in words and numbers for a physiotherapist: to read, to argue with and to sign.

The same content twice: HTML to be read or printed, CSV to be commented on in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import catalogue_signing as signing
from app import wiring
from app.catalogue_signing import Entry, State
from app.runners_file import harmless
from coach.catalogue import PATTERNS, Catalogue, Exercise, Slot, Stretch
from coach.profile import Gear, Region, Screen
from coach.week import DoseMode, Quality
from language.tongue import ENGLISH
from language.values import REGION
from mail import words

GEAR = {
    Gear.MAT: "mat or rug",
    Gear.STEP: "step or stair",
    Gear.SLIDER: "sliders or a towel",
    Gear.STRAP: "strap or towel",
    Gear.KETTLEBELLS: "kettlebell",
    Gear.BOX: "box for jumping or stepping",
    Gear.MACHINE: "gym machine",
    Gear.CABLE: "cable pulley",
    Gear.ANCHOR: "something that holds the feet",
}
"""Where the word of the file does not tell enough by itself."""

SCREEN = {
    Screen.PREGNANT: "pregnant",
    Screen.POSTPARTUM: "within 12 weeks of a birth, or with symptoms after it",
    Screen.HEART: "heart condition, or chest discomfort with effort",
    Screen.BLOOD_PRESSURE: "high blood pressure",
    Screen.BONE: "osteoporosis, thin bones or a break after a small knock",
    Screen.DIABETES: "diabetes",
    Screen.SURGERY: "surgery or an acute injury within 12 weeks",
}
QUALITY = {
    Quality.SINGLE_LEG: "strength on one leg",
    Quality.JOINT_CONTROL: "joint control",
    Quality.LOAD_TOLERANCE: "tolerance of load",
    Quality.CARRY_OVER: "carry-over to running",
}
COUNTED = {
    DoseMode.REPS: "repetitions",
    DoseMode.HOLD: "s held",
    DoseMode.CARRY: "s walked",
    DoseMode.CONTACTS: "ground contacts",
}
HIGHEST_WEIGHT = 3
JUDGEMENT = "judgement"

_HEADING = "# ---- "

CSV_COLUMNS = (
    *("kind", "file", "name", "mark", "sign-off", "signed by", "signed on"),
    *("pattern or target", "ladder", "rung", "sides", "start, at most", "share of body mass moved", "tempo"),
    *("rest (s)", "time", "equipment", "loaded with", "ruled out by", *QUALITY.values()),
    *(f"loads {REGION[region]}" for region in Region),
    *("what it is for", "how to do it", "what you should feel", "form cue", "while running", "stop if"),
    *("value", "unit", "sources", "agreed (yes/no)", "remark"),
)


@dataclass(frozen=True, slots=True)
class Weight:
    """A judgement of 0 to 3. dots: like "●●○", for the eye; of: like "2 of 3", for the ear."""

    name: str
    value: int

    @property
    def dots(self) -> str:
        return "●" * self.value + "○" * (HIGHEST_WEIGHT - self.value)

    @property
    def of(self) -> str:
        return f"{self.value} of {HIGHEST_WEIGHT}"


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise or stretch, ready to be shown. facts, prose: heading and words, in reading order."""

    entry: Entry
    facts: tuple[tuple[str, str], ...]
    prose: tuple[tuple[str, str], ...]
    gives: tuple[Weight, ...] = ()
    loads: tuple[Weight, ...] = ()
    rung: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading: a ladder from easiest to hardest, or the stretches of one target. key: its anchor."""

    key: str
    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The ladders of one movement pattern."""

    name: str
    ladders: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of a session. ladders: those that may fill it."""

    slot: Slot
    patterns: str
    ladders: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """One number of the engine; theme: the heading it stands under in its file."""

    theme: str
    name: str
    value: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything to be signed. themes: constants by theme, in the order of their file."""

    version: str
    on: str
    survey: signing.Survey
    summary: str
    places: tuple[Place, ...]
    slots_entry: Entry
    chapters: tuple[Chapter, ...]
    stretches: tuple[Group, ...]
    themes: tuple[tuple[str, tuple[Constant, ...]], ...]
    constants_entry: Entry
    exercise_count: int
    stretch_count: int


def lay_out(folder: Path, *, on: date) -> Sheet:
    """The sheet of a catalogue's folder. on: the day it is printed. Raises CatalogueError, SigningError."""
    catalogue = wiring.load_catalogue(folder)
    found = signing.survey(folder)
    entries = {e.file: e for e in found.entries}
    chapters = _chapters(catalogue, entries)
    constants = _constants((folder / signing.CONSTANTS_FILE).read_text(encoding="utf-8"))
    themes = dict.fromkeys(c.theme for c in constants)
    return Sheet(
        version=catalogue.version,
        on=f"{words.a_day(on, ENGLISH)} {on.year}",
        survey=found,
        summary=signing.summary(found),
        places=_places(catalogue, chapters),
        slots_entry=entries[signing.SLOTS_FILE],
        chapters=chapters,
        stretches=_stretches(catalogue, entries),
        themes=tuple((theme, tuple(c for c in constants if c.theme == theme)) for theme in themes),
        constants_entry=entries[signing.CONSTANTS_FILE],
        exercise_count=len(catalogue.exercises),
        stretch_count=len(catalogue.stretches),
    )


def html(sheet: Sheet, templates: Path) -> str:
    """One page that needs no other file. templates: the folder of all templates."""
    environment = Environment(
        loader=FileSystemLoader(templates / "catalogue"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("sheet.html.j2").render(sheet=sheet, State=State)


def table(folder: Path) -> str:
    """The sheet as CSV, a row for each exercise, stretch, slot and constant; the last two columns are the reviewer's."""
    catalogue = wiring.load_catalogue(folder)
    entries = {e.file: e for e in signing.survey(folder).entries}
    rows: list[dict[str, object]] = [_exercise_row(e, entries[f"exercises/{e.slug}.md"]) for e in catalogue.exercises]
    rows += [_stretch_row(s, entries[f"stretches/{s.slug}.md"]) for s in catalogue.stretches]
    slots, constants = entries[signing.SLOTS_FILE], entries[signing.CONSTANTS_FILE]
    rows += [
        _row("slot", slots, s.name)
        | {"pattern or target": _listed(map(_spoken, (*s.patterns, *s.also))), "what it is for": s.purpose}
        for s in catalogue.slots
    ]
    text = (folder / signing.CONSTANTS_FILE).read_text(encoding="utf-8")
    rows += [
        _row("constant", constants, c.name) | {"value": c.value, "unit": c.unit, "sources": c.source}
        for c in _constants(text)
    ]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, CSV_COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({k: harmless(str(v)) for k, v in row.items()} for row in rows)
    return out.getvalue()


def _chapters(catalogue: Catalogue, entries: Mapping[str, Entry]) -> tuple[Chapter, ...]:
    """Ladders by the pattern of their easiest rung, the easier ones first; patterns in the order the engine knows them."""
    by_pattern: dict[str, list[Group]] = {pattern: [] for pattern in PATTERNS}
    for name, rungs in sorted(catalogue.ladders.items(), key=lambda item: (item[1][0].rung, item[0])):
        cards = tuple(_exercise_card(e, entries[f"exercises/{e.slug}.md"]) for e in rungs)
        by_pattern[rungs[0].pattern].append(Group(f"ladder-{name}", _title(name), cards))
    return tuple(Chapter(_title(pattern), tuple(found)) for pattern, found in by_pattern.items() if found)


def _places(catalogue: Catalogue, chapters: Iterable[Chapter]) -> tuple[Place, ...]:
    """The slots in the order of a session."""
    ladders = {group.key: group for chapter in chapters for group in chapter.ladders}
    return tuple(
        Place(
            slot,
            _listed(map(_spoken, (*slot.patterns, *slot.also))),
            tuple(
                ladders[f"ladder-{name}"]
                for name, rungs in catalogue.ladders.items()
                if any(slot.takes(e) for e in rungs)
            ),
        )
        for slot in sorted(catalogue.slots, key=lambda s: s.order)
    )


def _stretches(catalogue: Catalogue, entries: Mapping[str, Entry]) -> tuple[Group, ...]:
    targets = sorted({s.target for s in catalogue.stretches})
    return tuple(
        Group(
            f"target-{target.replace(' ', '-')}",
            _title(target),
            tuple(
                _stretch_card(s, entries[f"stretches/{s.slug}.md"]) for s in catalogue.stretches if s.target == target
            ),
        )
        for target in targets
    )


def _exercise_card(e: Exercise, entry: Entry) -> Card:
    facts = (
        ("Movement", f"{_spoken(e.pattern)}, {_sides(e.sides)}"),
        ("Start, at most", _start(e)),
        ("Tempo", words.tempo(e.tempo, ENGLISH)),
        ("Time", _time(e)),
        ("Rest", f"{e.rest_s} s"),
        ("Moves", _percent(e.bodyweight_share, "of body mass") if e.bodyweight_share else ""),
        ("Needs", _needs(e)),
        ("Loaded with", _listed(map(_gear, e.loadable)) or "nothing"),
        ("Ruled out by", _listed(SCREEN[s] for s in e.avoid_when) or "nothing by itself"),
        ("Ground", _sources(e.sources)),
    )
    prose = (
        ("Here because …", f"… {e.purpose}"),
        ("How to do it", e.how),
        ("What you should feel", e.feel),
        ("Form cue", e.cue),
        ("While running", e.carry_over),
        ("Stop if", e.stop_if),
    )
    return Card(
        entry,
        facts=tuple((name, said) for name, said in facts if said),
        prose=prose,
        gives=tuple(Weight(QUALITY[q], e.quality(q)) for q in QUALITY),
        loads=tuple(Weight(REGION[r], w) for r, w in sorted(e.tissues, key=lambda item: -item[1])),
        rung=f"Rung {e.rung}",
    )


def _stretch_card(s: Stretch, entry: Entry) -> Card:
    facts = (
        ("Serves", _listed(REGION[r] for r in s.regions)),
        ("When", _when(s)),
        ("Start", _stretch_start(s)),
        ("Needs", _listed(map(_gear, s.props)) or "nothing"),
        ("Ruled out by", _stretch_ruled_out(s)),
        ("Ground", _sources(s.sources)),
    )
    prose = (
        ("How to do it", s.how),
        ("What you should feel", s.feel),
        ("Form cue", s.cue),
        ("Stop if", s.stop_if),
    )
    return Card(entry, facts=facts, prose=prose)


def _exercise_row(e: Exercise, entry: Entry) -> dict[str, object]:
    row = _row("exercise", entry, e.name) | {
        "pattern or target": _spoken(e.pattern),
        "ladder": _spoken(e.ladder),
        "rung": e.rung,
        "sides": _sides(e.sides),
        "start, at most": _start(e),
        "share of body mass moved": f"{e.bodyweight_share:g}",
        "tempo": words.tempo(e.tempo, ENGLISH),
        "rest (s)": e.rest_s,
        "time": _time(e),
        "equipment": _needs(e),
        "loaded with": _listed(map(_gear, e.loadable)),
        "ruled out by": _listed(SCREEN[s] for s in e.avoid_when),
        "what it is for": e.purpose,
        "how to do it": e.how,
        "what you should feel": e.feel,
        "form cue": e.cue,
        "while running": e.carry_over,
        "stop if": e.stop_if,
        "sources": _sources(e.sources),
    }
    row |= {QUALITY[q]: e.quality(q) for q in QUALITY}
    return row | {f"loads {REGION[r]}": e.tissue(r) for r in Region}


def _stretch_row(s: Stretch, entry: Entry) -> dict[str, object]:
    return _row("stretch", entry, s.name) | {
        "pattern or target": f"{s.target} (serves {_listed(REGION[r] for r in s.regions)})",
        "sides": _sides(s.sides),
        "start, at most": _stretch_start(s),
        "time": _when(s),
        "equipment": _listed(map(_gear, s.props)) or "nothing",
        "ruled out by": _stretch_ruled_out(s),
        "how to do it": s.how,
        "what you should feel": s.feel,
        "form cue": s.cue,
        "stop if": s.stop_if,
        "sources": _sources(s.sources),
    }


def _row(kind: str, entry: Entry, name: str) -> dict[str, object]:
    signature = entry.signature
    return {
        "kind": kind,
        "file": entry.file,
        "name": name,
        "mark": entry.mark,
        "sign-off": entry.state,
        "signed by": signature.by if signature else "",
        "signed on": signature.on if signature else "",
    }


def _constants(text: str) -> tuple[Constant, ...]:
    """The constants of progression.toml, each under the last "# ---- theme" comment above it."""
    theme = ""
    themes: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith(_HEADING):
            theme = line.removeprefix(_HEADING).strip()
        elif line.startswith("["):
            themes[line.strip("[] ")] = theme
    return tuple(
        Constant(_title(themes.get(name, "")), _spoken(name), f"{c['value']:g}", c["unit"], c["source"])
        for name, c in tomllib.loads(text).items()
    )


def _start(e: Exercise) -> str:
    """What an untrained adult runner can do at most."""
    load = f"with {_percent(e.start_load_share, 'of body mass added')}" if e.start_load_share else "without added load"
    if e.mode is DoseMode.CONTACTS:
        return f"{e.start_amount} ground contacts in a first set"
    return f"{e.start_amount} {COUNTED[e.mode]} {load}"


def _time(e: Exercise) -> str:
    return f"{e.seconds:g} s a repetition" if e.mode is DoseMode.REPS else ""


def _sides(sides: int) -> str:
    return "each side by itself" if sides > 1 else "both sides together or in turn"


def _needs(e: Exercise) -> str:
    """Like "barbell + bench, or dumbbells + chair (household)"."""
    sets = [" + ".join(sorted(map(_gear, need))) for need in e.needs]
    return ", or ".join(sets) if all(sets) else "nothing"


def _when(s: Stretch) -> str:
    return "before a run, moving" if s.dynamic else "after a run or on its own, held"


def _stretch_start(s: Stretch) -> str:
    amount = f"{s.reps} repetitions" if s.dynamic else f"{s.start_hold_s} s held"
    return f"{amount}, {_sides(s.sides)}"


def _stretch_ruled_out(s: Stretch) -> str:
    pain = f"pain in the {_listed((REGION[r] for r in s.avoid), 'or')}" if s.avoid else ""
    return _listed([*([pain] if pain else []), *(SCREEN[x] for x in s.avoid_when)]) or "nothing by itself"


def _gear(gear: Gear) -> str:
    return GEAR.get(gear, gear.value)


def _sources(sources: Iterable[str]) -> str:
    return _listed(sources) or JUDGEMENT


def _percent(share: float, of: str) -> str:
    return f"{share * 100:g} % {of}"


def _listed(parts: Iterable[str], last: str = "") -> str:
    found = list(parts)
    if last and len(found) > 1:
        return f"{', '.join(found[:-1])} {last} {found[-1]}"
    return ", ".join(found)


def _spoken(key: str) -> str:
    """A key of the files in plain words."""
    return key.replace("-", " ").replace("_", " ")


def _title(key: str) -> str:
    text = _spoken(key)
    return text[:1].upper() + text[1:]
