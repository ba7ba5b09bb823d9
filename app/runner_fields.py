"""A runner's fields as people write them in a table: text to value and back, each field by itself.

A field that cannot be read raises ProfileError with the column, the rule and the remedy.
"""

from __future__ import annotations

import contextlib
import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar
from zoneinfo import available_timezones

from app import languages
from coach.errors import ProfileError
from coach.profile import BANDS_KG, KG_PER_LB, Equipment, Gear, Injury, Region, Run, RunKind, Sides

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

KG_A_LB = Decimal(str(KG_PER_LB))

BAND_WORDS = {name.split(" ", maxsplit=1)[0]: kg for name, kg in BANDS_KG.items()}
"""light, medium, strong, extra: the first word of each band's name is enough."""

USUAL_BANDS = ("light", "medium", "strong")

LOADABLE = frozenset(
    {Gear.DUMBBELLS, Gear.KETTLEBELLS, Gear.BARBELL, Gear.BACKPACK, Gear.MACHINE, Gear.CABLE, Gear.BAND}
)

NAME_CHARS = 100

LOADS = 200
"""Most loads one thing may have: a gym's dumbbell rack has about 40."""

_NOTHING = ("", "none", "no", "nothing")
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,8})?")
_SINGULAR = {
    "dumbbell": "dumbbells",
    "kettlebell": "kettlebells",
    "bands": "band",
    "sliders": "slider",
    "rucksack": "backpack",
}
# Embedding and override marks turn the words around them: nobody writes a name with them in good faith.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e")

E = TypeVar("E", bound=StrEnum)


def name(text: str) -> str:
    """One line of a person's name, in any script. Raises for what would act in a table or a header."""
    if not text:
        raise ProfileError("name", "no name is given", "Write what the runner is called; the mail greets with it.")
    if text[0] in "=+-@":
        raise ProfileError(
            "name", f"it begins with {text[0]}, which a spreadsheet runs as a formula", "Write the name alone."
        )
    if len(text) > NAME_CHARS:
        raise ProfileError("name", f"it is longer than {NAME_CHARS} characters", "Write what the runner is called.")
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in _TURNING for c in text):
        raise ProfileError("name", "it has a line break or a control character", "Write it on one line.")
    # Joiners and direction marks only shape the letters around them; the store takes none.
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", " ".join(visible.split()))


@lru_cache(maxsize=1024)
def time_zone(text: str) -> str:
    known = zones()
    if text in known:
        return text
    wanted = text.lower().replace(" ", "_")
    by_name = {z.lower(): z for z in sorted(known)} | {z.lower().rpartition("/")[2]: z for z in sorted(known)}
    near = difflib.get_close_matches(wanted, by_name, 1, cutoff=0.6) or difflib.get_close_matches(
        wanted.rpartition("/")[2], by_name, 1, cutoff=0.6
    )
    hint = f"Did you mean {by_name[near[0]]}?" if near else "Write it like Europe/Paris or Asia/Kolkata."
    raise ProfileError("time_zone", f"{_short(text)} is not a time zone of the IANA list", hint)


@cache
def zones() -> frozenset[str]:
    """Every time zone a runner may live in."""
    return frozenset(z for z in available_timezones() if z not in ("localtime", "Factory"))


def language(text: str) -> str:
    """A language by its code, "de", or by the name its speakers give it; empty for none named."""
    word, library = text.strip().lower(), languages.library()
    if not word or word in library.codes:
        return word
    names = languages.names()
    for code, name in names.items():
        if word == name.lower():
            return code
    choice = ", ".join(f"{code} ({name})" for code, name in names.items())
    raise ProfileError("language", f"{_short(text)} is none that Stridewell speaks", f"Write one of: {choice}.")


def units(text: str) -> str:
    word = text.lower().rstrip("s.")
    if word not in ("kg", "lb", ""):
        raise ProfileError("units", f"{_short(text)} is neither kg nor lb", "Write kg or lb.")
    return word or "kg"


def number(column: str, text: str, example: str) -> float:
    """A plain number, with a point or a comma for the decimals: no signs, exponents or thousands."""
    if not _NUMBER.fullmatch(text):
        raise ProfileError(column, f"{_short(text)} is not a number", f"Write digits, like {example}.")
    return float(text.replace(",", "."))


def whole(column: str, text: str, example: str) -> int:
    value = number(column, text, example)
    if value != int(value):
        raise ProfileError(column, f"{_short(text)} is not a whole number", f"Write digits, like {example}.")
    return int(value)


def mass_kg(text: str, in_units: str) -> float:
    value = number("body_mass", text, "72.5" if in_units == "kg" else "160")
    return value if in_units == "kg" else in_kg(Decimal(text.replace(",", ".")))


def in_kg(pounds: Decimal) -> float:
    return float(pounds * KG_A_LB)


def choice(column: str, text: str, kind: type[E]) -> E:
    word = re.sub(r"[ _]+", "-", text.strip().lower())
    words = [k.value for k in kind]
    if word in words:
        return kind(word)
    near = difflib.get_close_matches(word, words, 1)
    remedy = f"Did you mean {near[0]}?" if near else f"Write {', '.join(words[:-1])} or {words[-1]}."
    rule = f"{_short(text)} is not one of {', '.join(words)}" if near else f"{_short(text)} is not known"
    raise ProfileError(column, rule, remedy)


def several(column: str, text: str, kind: type[E]) -> frozenset[E]:
    """Words of a kind, separated by ; or commas; "none" and nothing mean none."""
    return frozenset(choice(column, word, kind) for word in _items(text, ";,"))


def yes_no(column: str, text: str) -> bool:
    word = text.lower()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0", ""):
        return False
    raise ProfileError(column, f"{_short(text)} is neither yes nor no", "Write yes or no.")


def weekday(column: str, text: str) -> int:
    word = text.lower()
    found = next((i for i, day in enumerate(DAYS) if len(word) >= 3 and day.startswith(word)), None)
    if found is None:
        raise ProfileError(column, f"{_short(text)} is not a weekday", "Write mon, tue, wed, thu, fri, sat or sun.")
    return found


@lru_cache(maxsize=1024)
def days(text: str) -> tuple[int, ...]:
    """Weekdays, once each, ascending, from "tue fri" or "tue, fri"."""
    found = [weekday("strength_days", word) for word in re.split(r"[\s,;]+", text) if word]
    return tuple(sorted(set(found)))


@lru_cache(maxsize=1024)
def runs(text: str) -> tuple[Run, ...]:
    """The usual runs from "mon easy; tue quality; sun long", in the order of the week."""
    found = []
    for item in _items(text, ";,"):
        day, _, kind = item.partition(" ")
        if not kind:
            raise ProfileError(
                "runs", f"{_short(item)} is not a day and a kind", "Write mon easy; tue quality; sun long."
            )
        found.append(Run(weekday("runs", day), choice("runs", kind, RunKind)))
    return tuple(sorted(found, key=lambda run: run.day))


@lru_cache(maxsize=1024)
def injuries(text: str) -> tuple[Injury, ...]:
    """What hurts now, with the pain, and what has hurt: "knee current 4; calf past"."""
    found: dict[Region, Injury] = {}
    for item in _items(text, ";,"):
        match = re.fullmatch(r"(.+?)\s+(current|past)(?:\s+(\d{1,3}))?", item.lower())
        if match is None:
            raise ProfileError(
                "injuries", f"{_short(item)} is not a region with past or current", "Write knee current 4; calf past."
            )
        region = choice("injuries", match[1], Region)
        if match[2] == "current" and match[3] is None:
            raise ProfileError(
                "injuries", f"{region} hurts now, but not how much", f"Write the pain 0–10, like {region} current 3."
            )
        if region in found:
            raise ProfileError("injuries", f"{region} is there twice", "Keep what is true today.")
        found[region] = Injury(region, current=match[2] == "current", pain=int(match[3] or 0))
    return tuple(found[region] for region in sorted(found))


@lru_cache(maxsize=4096)
def equipment(text: str, in_units: str) -> Equipment:
    """What the runner has, from "mat; band; dumbbells 2-24/2; kettlebells 8,12,16"; loads in the runner's units."""
    gear: set[Gear] = set()
    loads: dict[Gear, tuple[float, ...]] = {}
    for item in _items(text, ";"):
        word, _, amount = item.partition(" ")
        thing = choice("equipment", _SINGULAR.get(word.lower(), word), Gear)
        if thing in gear:
            raise ProfileError("equipment", f"{thing} is there twice", "Write it once with all its loads.")
        gear.add(thing)
        if thing == Gear.BAND:
            loads[thing] = _bands(amount)
        elif thing in LOADABLE:
            loads[thing] = _loads(thing, amount, in_units)
        elif amount.strip():
            raise ProfileError("equipment", f"{thing} takes no loads", f"Write {thing} alone; put ; between things.")
    return Equipment(gear=frozenset(gear), loads_kg=tuple((thing, loads[thing]) for thing in sorted(loads)))


def _bands(text: str) -> tuple[float, ...]:
    words = [BAND_WORDS.keys() & {word.lower().split(" ")[0]} for word in _items(text, ",")]
    if not all(words):
        raise ProfileError(
            "equipment", f"{_short(text)} are not bands", "Write band, or band light,medium,strong,extra."
        )
    return tuple(
        sorted({BAND_WORDS[word] for found in words for word in found} or {BAND_WORDS[w] for w in USUAL_BANDS})
    )


def _loads(thing: Gear, text: str, in_units: str) -> tuple[float, ...]:
    remedy = f"Write the loads in {in_units}, like {thing} 4-24/2 or {thing} 8,12,16."
    found: set[Decimal] = set()
    for part in _items(text, ", "):
        match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,4})?)(?:[-–](\d{1,4}(?:\.\d{1,4})?)/(\d{1,3}(?:\.\d{1,4})?))?", part)
        if match is None:
            raise ProfileError("equipment", f"{thing}: {_short(part)} is not a load or a range with a step", remedy)
        low = Decimal(match[1])
        high, step = Decimal(match[2] or match[1]), Decimal(match[3] or 1)
        if step <= 0 or high < low or (high - low) / step > LOADS:
            raise ProfileError("equipment", f"{thing}: {_short(part)} is not a range from light to heavy", remedy)
        found |= {low + step * i for i in range(int((high - low) / step) + 1)}
    if not found or len(found) > LOADS:
        why = "loads are missing" if not found else f"there are more than {LOADS} loads"
        raise ProfileError("equipment", f"{thing}: {why}", remedy)
    return tuple(in_kg(x) if in_units == "lb" else float(x) for x in sorted(found))


def slot(text: str) -> tuple[int, int]:
    """Weekday and minute of the day from "sun 17:00"."""
    day, _, clock = text.partition(" ")
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", clock.strip())
    if match is None:
        raise ProfileError("delivery", f"{_short(text)} is not a weekday and a time", "Write it like sun 17:00.")
    return weekday("delivery", day), int(match[1]) * 60 + int(match[2])


def sides(column: str, text: str) -> Sides | None:
    """What a test gave on each side, from "left 18; right 22", or of one side alone; nothing for an empty cell."""
    found: dict[str, int] = {}
    for item in _items(text, ";,"):
        match = re.fullmatch(r"(left|right)\s+(\d{1,4})", item.lower())
        if match is None:
            raise ProfileError(column, f"{_short(item)} is not a side and a whole number", "Write left 18; right 22.")
        if match[1] in found:
            raise ProfileError(column, f"{match[1]} is there twice", "Keep the better try.")
        found[match[1]] = int(match[2])
    return Sides(**found) if found else None


def day_back(column: str, text: str, today: date, remedy: str) -> date:
    """A date, or a distance back from the day of the import: -10d, -3w. Samples stay true that way."""
    match = re.fullmatch(r"[-−](\d{1,3})([dw])", text.lower())
    if match:
        return today - timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    return day(column, text, remedy)


def race_day(text: str, today: date) -> date:
    """A date, or a distance from the day of the import: +10d, +3w. Samples stay true that way."""
    match = re.fullmatch(r"\+(\d{1,3})([dw])", text.lower())
    if match:
        return today + timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    return day("race_date", text, "Write it like 2027-04-25, or +10d for ten days from today.")


def day(column: str, text: str, remedy: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        with contextlib.suppress(ValueError):  # 2027-02-30
            return date.fromisoformat(text)
    raise ProfileError(column, f"{_short(text)} is not a date (year-month-day)", remedy)


def equipment_text(value: Equipment, in_units: str) -> str:
    """What `equipment` reads back to the same value."""
    grids = dict(value.loads_kg)
    parts = []
    for thing in sorted(value.gear):
        grid = grids.get(thing)
        if grid is None:
            # A thing without its loads loads nothing; written without them it could not be read back.
            parts += [] if thing in LOADABLE else [thing.value]
        elif thing == Gear.BAND:
            names = {kg: word for word, kg in BAND_WORDS.items()}
            parts.append(f"band {','.join(names[kg] for kg in grid if kg in names)}".rstrip())
        else:
            parts.append(f"{thing.value} {_grid_text([_decimal(kg, in_units) for kg in grid])}")
    return "; ".join(parts)


def mass_text(kg: float, in_units: str) -> str:
    return _plain(_decimal(kg, in_units))


def runs_text(value: Iterable[Run]) -> str:
    return "; ".join(f"{DAYS[run.day][:3]} {run.kind}" for run in value)


def days_text(value: Iterable[int]) -> str:
    return " ".join(DAYS[d][:3] for d in value)


def injuries_text(value: Iterable[Injury]) -> str:
    return "; ".join(f"{i.region} current {i.pain}" if i.current else f"{i.region} past" for i in value)


def sides_text(value: Sides | None) -> str:
    told = () if value is None else (("left", value.left), ("right", value.right))
    return "; ".join(f"{side} {n}" for side, n in told if n is not None)


def slot_text(weekday_number: int, minute: int) -> str:
    return f"{DAYS[weekday_number][:3]} {minute // 60:02}:{minute % 60:02}"


def _grid_text(grid: Sequence[Decimal]) -> str:
    steps = {b - a for a, b in pairwise(grid)}
    if len(grid) > 2 and len(steps) == 1:
        return f"{_plain(grid[0])}-{_plain(grid[-1])}/{_plain(steps.pop())}"
    return ",".join(_plain(x) for x in grid)


def _decimal(kg: float, in_units: str) -> Decimal:
    # Four decimals of a pound, a kilogram: finer than any plate, and they undo the conversion exactly.
    exact = Decimal(repr(kg))
    return round(exact / KG_A_LB if in_units == "lb" else exact, 4)


def _plain(value: Decimal) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _items(text: str, separators: str) -> list[str]:
    words = [" ".join(word.split()) for word in re.split(f"[{separators}]", text)]
    words = [word for word in words if word]
    return [] if len(words) == 1 and words[0].lower() in _NOTHING else words


def _short(text: str) -> str:
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”" if text else "an empty cell"
