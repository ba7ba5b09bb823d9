"""Numbers, days, efforts and doses in words: what a runner reads in a mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from unicodedata import bidirectional, category, normalize

from coach.week import Dose, DoseMode, Prescription

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_CAPITAL_ONLY_FIRST = frozenset({"A", "An", "The", "It", "You", "Your", "Pain", "One"})

NAME_LENGTH = 40
"""Characters of a name a mail shows. A line of mail holds 998 octets, and one character may take ten of them."""

_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners: part of Persian and Indic names and of emoji, so they stay when other format marks go."""


def a_day(day: date) -> str:
    """Like "Tuesday 24 November"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


@lru_cache(maxsize=64)
def a_span(monday: date) -> str:
    """The seven days from Monday, like "23–29 November" or "30 November – 6 December"; a date is never torn apart."""
    sunday = monday + timedelta(days=6)
    end = f"{sunday.day}\u00a0{MONTHS[sunday.month - 1]}"
    if monday.month == sunday.month:
        return f"{monday.day}–{end}"
    return f"{monday.day}\u00a0{MONTHS[monday.month - 1]} – {end}"


def session_name(name: str) -> str:
    """A session as it is called everywhere: "Session A", "Light A"."""
    return f"Session {name}" if len(name) == 1 else name


def a_count(number: int, one: str, many: str) -> str:
    """Like "two sessions" or "14 sessions"."""
    word = _SMALL[number] if 0 <= number < len(_SMALL) else str(number)
    return f"{word} {one if number == 1 else many}"


def a_list(things: Sequence[str]) -> str:
    """Like "Tuesday", "Tuesday and Friday" or "Tuesday, Thursday and Sunday"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


@dataclass(frozen=True, slots=True)
class ByFeel:
    """A question to put to oneself within a set, what to do if so, and the dose it leads to; None: the same, only longer."""

    asks: str
    says: str
    dose: Dose | None


@lru_cache(maxsize=128)
def seconds(amount: int) -> str:
    """Like "45 s", "2 min" or "2 min 30 s"; up to 90 they stay seconds, as a clock shows them."""
    if amount <= 90:
        return f"{amount} s"
    whole, rest = divmod(amount, 60)
    return f"{whole} min {rest} s" if rest else f"{whole} min"


@lru_cache(maxsize=128)
def tempo(text: str) -> str:
    """Down, pause and up in seconds, "2-1-1", as "2 s down, 1 s still, 1 s up"; empty for anything else."""
    parts = text.split("-")
    if len(parts) != 3 or not all(p.isdecimal() for p in parts):
        return ""
    named = zip(parts, ("down", "still", "up"), strict=True)
    return ", ".join(f"{int(p)} s {word}" for p, word in named if int(p))


@lru_cache(maxsize=64)
def effort(mode: DoseMode, target_rir: int) -> str:
    """Where to stop a set, in words. target_rir: repetitions still in reserve."""
    if mode is DoseMode.REPS:
        return f"Stop with about {target_rir} left"
    if mode is DoseMode.HOLD:
        return "Stop before the position slips"
    if mode is DoseMode.CARRY:
        return "Put it down before your posture goes"
    return "Land quietly; stop when it gets loud"


@lru_cache(maxsize=512)
def amount(mode: DoseMode, sets: int, number: int) -> str:
    """The dose set large: "3 × 10", "3 × 30 s"."""
    if mode in {DoseMode.HOLD, DoseMode.CARRY}:
        return f"{sets} × {seconds(number)}"
    return f"{sets} × {number}"


def beside(mode: DoseMode, *, per_side: bool) -> str:
    """What stands beside the large dose: "each side", "landings", "landings, each side" or nothing."""
    if mode is not DoseMode.CONTACTS:
        return "each side" if per_side else ""
    return "landings, each side" if per_side else "landings"


def by_feel(item: Prescription, load: Callable[[Dose], str]) -> tuple[ByFeel, ...]:
    """What to do when a set turns out lighter or heavier than meant; nothing of what stays as planned."""
    reps = item.mode is DoseMode.REPS
    amount = _plain_amount(item.mode, item.dose)
    said = []
    if item.up_to is not None:
        most = seconds(item.up_to) if not reps else str(item.up_to)
        asks = f"More than {item.target_rir} left at {item.dose.amount}?" if reps else f"Still steady at {amount}?"
        said.append(ByFeel(asks, f"Go on, to {most} at most.", None))
    if item.harder is not None and _steps_up(item, item.harder):
        even = " even then" if item.up_to is not None else ""
        asks = f"5 or more left{even}?" if reps else f"Far too easy{even}?"
        said.append(ByFeel(asks, f"Next set: {switch(item, item.harder, load)}.", item.harder))
    if item.easier is not None:
        stops = reps and item.stop_rir is not None
        none = f"Only {item.stop_rir} left before {item.dose.amount}" if stops else "None left"
        asks = f"{none}, or form gone?" if reps else "Form gone?"
        said.append(ByFeel(asks, f"{'Stop. ' if stops else ''}{_down(item, item.easier, load)}.", item.easier))
    return tuple(said)


def _steps_up(item: Prescription, harder: Dose) -> bool:
    """Whether the harder dose is another, and not the same one gone on with for longer."""
    return item.up_to is None or not _same_load(item.dose, harder)


def _down(item: Prescription, easier: Dose, load: Callable[[Dose], str]) -> str:
    if easier.load_kg == 0 < item.dose.load_kg and easier.amount == item.dose.amount:
        return "Put the weight down and go on without"
    if easier.amount == item.dose.amount and _same_load(item.dose, easier):
        return f"Leave it at {a_count(easier.sets, 'set', 'sets')}"
    return f"From then on: {switch(item, easier, load)}"


def down(item: Prescription, easier: Dose, load: Callable[[Dose], str]) -> str:
    """What to go on with when a set was too heavy, in the fewest words: "10 kg dumbbells", "no weight", "two sets"."""
    if easier.load_kg == 0 < item.dose.load_kg and easier.amount == item.dose.amount:
        return "no weight"
    if easier.amount == item.dose.amount and _same_load(item.dose, easier):
        return a_count(easier.sets, "set", "sets")
    return switch(item, easier, load)


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out of a dose, by feel. on: how far a set may go on, "14" or "60 s"; up, down: what to take instead of it, in words. Each or empty.

    stop_rir: how many left end a set; None: no number does.
    """

    on: str
    up: str
    down: str
    stop_rir: int | None


def ways(item: Prescription, load: Callable[[Dose], str]) -> Ways:
    """What `by_feel` says at length, in the fewest words."""
    reps = item.mode is DoseMode.REPS
    return Ways(
        on="" if item.up_to is None else str(item.up_to) if reps else seconds(item.up_to),
        up="" if item.harder is None or not _steps_up(item, item.harder) else switch(item, item.harder, load),
        down="" if item.easier is None else down(item, item.easier, load),
        stop_rir=item.stop_rir,
    )


def steps(out: Ways) -> str:
    """The ways out of one dose: "On to 14 · up: 14 kg dumbbells · down: 10 kg dumbbells", or empty."""
    parts = []
    if out.on:
        parts.append(f"on to {out.on}")
    if out.up:
        parts.append(f"up: {out.up}")
    if out.down:
        parts.append(f"down: {out.down}")
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def rules(of: Sequence[Ways]) -> tuple[tuple[str, str], ...]:
    """What to do by feel, told once for all doses of a session: what to ask oneself after a set, and what to do then."""
    said = []
    further = any(out.on for out in of)
    if further:
        said.append(("More left at the end of a set than it says?", "Go on, as far as “on to”."))
    if any(out.up for out in of):
        asks = "5 or more left even then?" if further else "5 or more left?"
        said.append((asks, "Take the “up” dose from the next set."))
    if any(out.down for out in of):
        stop_rir = next((out.stop_rir for out in of if out.stop_rir is not None), None)
        asks = "None left, or form gone?"
        if stop_rir is not None:
            asks = f"Only {stop_rir} left before a set is full, or form gone?"
        said.append((asks, "Stop there, and go on with the “down” dose."))
    return tuple(said)


def parted(load: str) -> tuple[str, str]:
    """A load in its number and the rest: ("12 kg", "dumbbells"), ("", "bodyweight")."""
    number, _, rest = load.partition(" ")
    if not number[:1].isdigit():
        return "", load
    unit, _, gear = rest.partition(" ")
    return f"{number}\u00a0{unit}", gear


def switch(item: Prescription, other: Dose, load: Callable[[Dose], str]) -> str:
    """What differs in the other dose: "14 kg dumbbells", "12 repetitions", "bodyweight, 12 repetitions"."""
    parts = [] if _same_load(item.dose, other) else [load(other)]
    if other.amount != item.dose.amount:
        parts.append(_plain_amount(item.mode, other))
    return ", ".join(parts) or load(other)


def _same_load(one: Dose, other: Dose) -> bool:
    return one.load_kg == other.load_kg and one.gear == other.gear


def _plain_amount(mode: DoseMode, dose: Dose) -> str:
    if mode in {DoseMode.HOLD, DoseMode.CARRY}:
        return seconds(dose.amount)
    return f"{dose.amount} landings" if mode is DoseMode.CONTACTS else f"{dose.amount} repetitions"


def running_on(text: str) -> str:
    """A sentence to stand after a colon: without its capital, when it begins with a word that has none elsewhere."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in _CAPITAL_ONLY_FIRST else text


def one_line(text: str) -> str:
    """Text on one line: every run of white space and control characters becomes one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join("".join(" " if category(c)[0] in "CZ" and c not in _JOINERS else c for c in text).split())


def a_name(text: str) -> str:
    """A runner's name, safe to show: one line, no marks that turn the writing direction, at most 40 characters.

    A name written from right to left is isolated, so that it does not turn the sentence around it.
    """
    name = normalize("NFC", "".join(c for c in text if category(c) != "Cf" or c in _JOINERS))
    name = one_line(name)
    if len(name) > NAME_LENGTH:
        name = name[: NAME_LENGTH - 1].rstrip() + "…"
    if not name.isascii() and any(bidirectional(c) in {"R", "AL"} for c in name):
        return f"\u2068{name}\u2069"
    return name
