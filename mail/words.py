"""Numbers, days, efforts and doses in words: what a runner reads in a mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from unicodedata import bidirectional, category, normalize

from coach.week import Dose, DoseMode, Prescription
from language.loads import load_text
from language.tongue import Tongue, marked

_CAPITAL_ONLY_FIRST = frozenset({"A", "An", "The", "It", "You", "Your", "Pain", "One"})

NAME_LENGTH = 40
"""Characters of a name a mail shows. A line of mail holds 998 octets, and one character may take ten of them."""

_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners: part of Persian and Indic names and of emoji, so they stay when other format marks go."""


def a_day(day: date, tongue: Tongue) -> str:
    """Like "Tuesday 24 November"."""
    return tongue.day(day, marked("EEEE d MMMM"))


@lru_cache(maxsize=512)
def a_span(monday: date, tongue: Tongue) -> str:
    """The seven days from Monday, like "23–29 November" or "30 November – 6 December"; a date is never torn apart."""
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        first, last = tongue.day(monday, marked("d")), tongue.day(sunday, marked("d MMMM")).replace(" ", "\u00a0")
        return tongue.gettext("%(first_day)s–%(last_date)s", first_day=first, last_date=last)
    first, last = (tongue.day(day, marked("d MMMM")).replace(" ", "\u00a0") for day in (monday, sunday))
    return tongue.gettext("%(first_date)s – %(last_date)s", first_date=first, last_date=last)


def session_name(name: str, tongue: Tongue) -> str:
    """A session as it is called everywhere: "Session A", "Light A"."""
    if len(name) == 1:
        return tongue.gettext("Session %(letter)s", letter=name)
    kind, _, letter = name.rpartition(" ")
    return tongue.gettext("Light %(letter)s", letter=letter) if kind == "Light" else name


@dataclass(frozen=True, slots=True)
class ByFeel:
    """A question to put to oneself within a set, what to do if so, and the dose it leads to; None: the same, only longer."""

    asks: str
    says: str
    dose: Dose | None


@lru_cache(maxsize=512)
def seconds(amount: int, tongue: Tongue) -> str:
    """Like "45 s", "2 min" or "2 min 30 s"; up to 90 they stay seconds, as a clock shows them."""
    if amount <= 90:
        return tongue.gettext("%(seconds)s s", seconds=amount)
    whole, rest = divmod(amount, 60)
    if rest:
        return tongue.gettext("%(minutes)s min %(seconds)s s", minutes=whole, seconds=rest)
    return tongue.gettext("%(minutes)s min", minutes=whole)


@lru_cache(maxsize=512)
def tempo(text: str, tongue: Tongue) -> str:
    """Down, pause and up in seconds, "2-1-1", as "2 s down, 1 s still, 1 s up"; empty for anything else."""
    parts = text.split("-")
    if len(parts) != 3 or not all(p.isdecimal() for p in parts):
        return ""
    named = (
        (int(parts[0]), tongue.gettext("%(seconds)s s down")),
        (int(parts[1]), tongue.gettext("%(seconds)s s still")),
        (int(parts[2]), tongue.gettext("%(seconds)s s up")),
    )
    return ", ".join(said % {"seconds": number} for number, said in named if number)


@lru_cache(maxsize=512)
def effort(mode: DoseMode, target_rir: int, tongue: Tongue) -> str:
    """Where to stop a set, in words. target_rir: repetitions still in reserve."""
    if mode is DoseMode.REPS:
        return tongue.gettext("Stop with about %(left)s left", left=target_rir)
    if mode is DoseMode.HOLD:
        return tongue.gettext("Stop before the position slips")
    if mode is DoseMode.CARRY:
        return tongue.gettext("Put it down before your posture goes")
    return tongue.gettext("Land quietly; stop when it gets loud")


@lru_cache(maxsize=512)
def rest(rest_s: int, tongue: Tongue) -> str:
    """Like "rest 90 s"."""
    return tongue.gettext("rest %(time)s", time=seconds(rest_s, tongue))


@lru_cache(maxsize=512)
def amount(mode: DoseMode, sets: int, number: int, tongue: Tongue) -> str:
    """The dose set large: "3 × 10", "3 × 30 s"."""
    if mode in {DoseMode.HOLD, DoseMode.CARRY}:
        return f"{sets} × {seconds(number, tongue)}"
    return f"{sets} × {number}"


@lru_cache(maxsize=64)
def beside(mode: DoseMode, *, per_side: bool, tongue: Tongue) -> str:
    """What stands beside the large dose: "each side", "landings", "landings, each side" or nothing."""
    if mode is not DoseMode.CONTACTS:
        return tongue.gettext("each side") if per_side else ""
    return tongue.gettext("landings, each side") if per_side else tongue.gettext("landings")


def dose_text(p: Prescription, units: str, tongue: Tongue) -> str:
    """Like "3 × 10, each side · 12 kg dumbbells"."""
    aside = beside(p.mode, per_side=p.per_side, tongue=tongue)
    said = amount(p.mode, p.dose.sets, p.dose.amount, tongue)
    return f"{said}{', ' if aside else ''}{aside} · {load_text(p.dose, units, tongue)}"


def by_feel(item: Prescription, load: Callable[[Dose], str], tongue: Tongue) -> tuple[ByFeel, ...]:
    """What to do when a set turns out lighter or heavier than meant; nothing of what stays as planned."""
    reps = item.mode is DoseMode.REPS
    said = []
    if item.up_to is not None:
        if reps:
            asks = tongue.gettext("More than %(left)s left at %(amount)s?")
            asks %= {"left": item.target_rir, "amount": item.dose.amount}
        else:
            asks = tongue.gettext("Still steady at %(amount)s?", amount=_plain_amount(item.mode, item.dose, tongue))
        most = str(item.up_to) if reps else seconds(item.up_to, tongue)
        said.append(ByFeel(asks, tongue.gettext("Go on, to %(most)s at most.", most=most), None))
    if item.harder is not None and _steps_up(item, item.harder):
        asks = _asks_for_more(reps=reps, further=item.up_to is not None, tongue=tongue)
        dose = switch(item, item.harder, load, tongue)
        said.append(ByFeel(asks, tongue.gettext("Next set: %(dose)s.", dose=dose), item.harder))
    if item.easier is not None:
        if reps and item.stop_rir is not None:
            asks = tongue.gettext("Only %(left)s left before %(amount)s, or form gone?")
            asks %= {"left": item.stop_rir, "amount": item.dose.amount}
            says = tongue.gettext("Stop. %(then)s", then=_down(item, item.easier, load, tongue))
        else:
            asks = tongue.gettext("None left, or form gone?") if reps else tongue.gettext("Form gone?")
            says = _down(item, item.easier, load, tongue)
        said.append(ByFeel(asks, says, item.easier))
    return tuple(said)


def _asks_for_more(*, reps: bool, further: bool, tongue: Tongue) -> str:
    """further: the set has gone on as far as it may by then."""
    if reps:
        return tongue.gettext("5 or more left even then?") if further else tongue.gettext("5 or more left?")
    return tongue.gettext("Far too easy even then?") if further else tongue.gettext("Far too easy?")


def _steps_up(item: Prescription, harder: Dose) -> bool:
    """Whether the harder dose is another, and not the same one gone on with for longer."""
    return item.up_to is None or not _same_load(item.dose, harder)


def _down(item: Prescription, easier: Dose, load: Callable[[Dose], str], tongue: Tongue) -> str:
    if easier.load_kg == 0 < item.dose.load_kg and easier.amount == item.dose.amount:
        return tongue.gettext("Put the weight down and go on without.")
    if easier.amount == item.dose.amount and _same_load(item.dose, easier):
        return tongue.counted("Leave it at one set.", "Leave it at %(count)s sets.", easier.sets)
    return tongue.gettext("From then on: %(dose)s.", dose=switch(item, easier, load, tongue))


def down(item: Prescription, easier: Dose, load: Callable[[Dose], str], tongue: Tongue) -> str:
    """What to go on with when a set was too heavy, in the fewest words: "10 kg dumbbells", "no weight", "two sets"."""
    if easier.load_kg == 0 < item.dose.load_kg and easier.amount == item.dose.amount:
        return tongue.gettext("no weight")
    if easier.amount == item.dose.amount and _same_load(item.dose, easier):
        return tongue.counted("one set", "%(count)s sets", easier.sets)
    return switch(item, easier, load, tongue)


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out of a dose, by feel. on: how far a set may go on, "14" or "60 s"; up, down: what to take instead of it, in words. Each or empty.

    stop_rir: how many left end a set; None: no number does.
    """

    on: str
    up: str
    down: str
    stop_rir: int | None


def ways(item: Prescription, load: Callable[[Dose], str], tongue: Tongue) -> Ways:
    """What `by_feel` says at length, in the fewest words."""
    reps = item.mode is DoseMode.REPS
    steps_up = item.harder is not None and _steps_up(item, item.harder)
    return Ways(
        on="" if item.up_to is None else str(item.up_to) if reps else seconds(item.up_to, tongue),
        up=switch(item, item.harder, load, tongue) if steps_up and item.harder is not None else "",
        down="" if item.easier is None else down(item, item.easier, load, tongue),
        stop_rir=item.stop_rir,
    )


@lru_cache(maxsize=4096)
def steps(out: Ways, tongue: Tongue) -> str:
    """The ways out of one dose: "You may go on to 14 · up: 14 kg dumbbells · down: 10 kg dumbbells", or empty."""
    parts = []
    if out.on:
        parts.append(tongue.gettext("you may go on to %(amount)s", amount=out.on))
    if out.up:
        parts.append(tongue.gettext("up: %(dose)s", dose=out.up))
    if out.down:
        parts.append(tongue.gettext("down: %(dose)s", dose=out.down))
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def rules(of: tuple[Ways, ...], tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """What to do by feel, told once for all doses of a session: what to ask oneself after a set, and what to do then."""
    said = []
    further = any(out.on for out in of)
    if further:
        asks = tongue.gettext("More left at the end of a set than it says?")
        said.append((asks, tongue.gettext("You may go on, at most to the number given.")))
    if any(out.up for out in of):
        asks = _asks_for_more(reps=True, further=further, tongue=tongue)
        said.append((asks, tongue.gettext("Take the “up” dose from the next set.")))
    if any(out.down for out in of):
        stop_rir = next((out.stop_rir for out in of if out.stop_rir is not None), None)
        if stop_rir is None:
            asks = tongue.gettext("None left, or form gone?")
        else:
            asks = tongue.gettext("Only %(left)s left before a set is full, or form gone?", left=stop_rir)
        said.append((asks, tongue.gettext("Stop there, and go on with the “down” dose.")))
    return tuple(said)


def switch(item: Prescription, other: Dose, load: Callable[[Dose], str], tongue: Tongue) -> str:
    """What differs in the other dose: "14 kg dumbbells", "12 repetitions", "bodyweight, 12 repetitions"."""
    parts = [] if _same_load(item.dose, other) else [load(other)]
    if other.amount != item.dose.amount:
        parts.append(_plain_amount(item.mode, other, tongue))
    return ", ".join(parts) or load(other)


def _same_load(one: Dose, other: Dose) -> bool:
    return one.load_kg == other.load_kg and one.gear == other.gear


def _plain_amount(mode: DoseMode, dose: Dose, tongue: Tongue) -> str:
    if mode in {DoseMode.HOLD, DoseMode.CARRY}:
        return seconds(dose.amount, tongue)
    if mode is DoseMode.CONTACTS:
        said = tongue.ngettext("%(amount)s landing", "%(amount)s landings", dose.amount)
    else:
        said = tongue.ngettext("%(amount)s repetition", "%(amount)s repetitions", dose.amount)
    return said % {"amount": dose.amount}


def running_on(text: str, tongue: Tongue) -> str:
    """A sentence to stand after a colon: without its capital, when it begins with an English word that has none elsewhere.

    Other languages write it as it stands there.
    """
    if not tongue.is_english:
        return text
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
