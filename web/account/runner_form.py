"""The form about a runner: what is asked at sign-up, and looked after in the account later.

A posted form becomes the row of a runners' file and is judged by its rules (app/runner_rows.py), so that there is one set of
rules; a stored runner becomes the fields of the form again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app import runner_fields as rules
from app import runner_rows
from app.runner_rows import Problem, Refused
from coach import racing
from coach.errors import ProfileError
from coach.profile import HOUSEHOLD, Equipment, Gear, Profile
from coach.safety import ADULT_YEARS
from language.tongue import Tongue, marked
from models.people import NewSubscriber, Subscriber
from web.account.words import BANDS, THINGS, WEIGHTS
from web.form import Fields
from web.words import REGIONS

VERSION = "version"
"""The field with the number of the profile that its page showed."""

NONE = "none"
"""The tick that says: asked, and none of it."""

DAYS = range(7)

_COMMA_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")

_FIELD_OF = {"runs": "run.0", "strength_days": "day", "screens": "screen", "delivery": "delivery_time"}
"""The file's names for columns, as the form calls them; others are called alike."""

_BLANK = {
    "name": marked("Tell us what to call you."),
    "email": marked("Tell us where your mail should go."),
    "birth_year": marked("Tell us the year you were born, like 1986."),
    "body_mass": marked("Tell us what you weigh: exercises are chosen by it."),
    "weekly_km": marked("Tell us how far you run in a usual week; 0 is an answer too."),
    "minutes": marked("Tell us how long a session may take."),
    "time_zone": marked("Choose where you live, so that the mail comes at your hour."),
    "experience": marked("Choose what is closest."),
    "goal": marked("Choose what is closest."),
    "day": marked("Choose at least one day."),
    "delivery_time": marked("Choose when the mail should come."),
    "screen": marked("Tick what is true, or “none of these”. Without it we cannot plan safely."),
    "consent": marked("Without your yes we may keep nothing, and there is no plan."),
}
"""What is said beside a field that is empty and must not be."""

_TAKES = {
    "name": marked("This cannot be a name: write on one line what we shall call you, in at most 100 characters."),
    "email": marked("This does not look like an address. Write it like name@example.org."),
    "birth_year": marked("This year cannot be right. Write it like 1986."),
    "body_mass": marked("This weight is not one we can plan with."),
    "weekly_km": marked("This distance is not one we can plan with."),
    "minutes": marked("A session takes from 10 to 120 minutes."),
    "race_date": marked("A race needs its day, at most two weeks ago, and its kilometres; or leave both empty."),
    "race_km": marked("A race needs its day, at most two weeks ago, and its kilometres; or leave both empty."),
    "time_zone": marked("Choose where you live, so that the mail comes at your hour."),
    "delivery_time": marked("Choose when the mail should come."),
    "equipment": marked("These loads cannot be read."),
    "": marked("This does not fit; please look at it again."),
}
"""By field, where the rule itself is told in English only."""

_REMEDY = {
    "body_mass": marked("Look at the number, and whether it is kilograms or pounds."),
    "weekly_km": marked("Write the kilometres of a usual week."),
    "minutes": marked("Write the minutes one session may take."),
    "equipment": "",
}
"""In place of what the rules advise to whoever writes a file."""

_ORDER = (
    *(
        "name",
        "email",
        "birth_year",
        "body_mass",
        "units",
        "weekly_km",
        "run.0",
        "trail",
        "goal",
        "race_date",
        "race_km",
    ),
    *(
        "experience",
        "day",
        "minutes",
        *(f"load.{thing}" for thing in WEIGHTS),
        "equipment",
        "screen",
        "injuries",
        "tight",
    ),
    *("language", "delivery_time", "time_zone", "consent"),
)
"""The fields from the top of the page to its end."""

_ASKED = (
    "birth_year",
    "body_mass_kg",
    "experience",
    "goal",
    "weekly_km",
    "runs",
    "strength_days",
    "minutes",
    "equipment",
    "injuries",
    "screens",
    "cleared",
    "screened_on",
    "trail",
    "race",
    "tight",
)
"""What of a profile this form speaks of; whatever else a profile holds stays as it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the form: what was posted, or what is kept. Templates ask it."""

    fields: Fields

    def one(self, name: str) -> str:
        """The value of a field that has one; the first of several."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def has(self, name: str, value: str) -> bool:
        """Whether a tick or a choice is set."""
        return value in self.fields.get(name, ())

    def any(self, *names: str) -> bool:
        return any(self.one(name) for name in names)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Sentences by the field they stand beside."""

    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TooYoung:
    """from_year: the year from which the runner may come."""

    from_year: int


def read(said: Said, *, today: date, now: datetime, tongue: Tongue) -> NewSubscriber | Wrong | TooYoung:
    """The runner of a posted form. today: on the runner's own calendar or close to it. tongue: what is wrong is said in."""
    year = said.one("birth_year")
    if year.isascii() and year.isdigit() and len(year) == 4 and 0 <= today.year - int(year) < ADULT_YEARS:
        return TooYoung(int(year) + ADULT_YEARS)
    wrong: dict[str, str] = {}
    cells = _cells(said, today, wrong, tongue)
    found = runner_rows.parse(0, cells, today=today, default_slot=(0, 0))
    problems = found.problems if isinstance(found, Refused) else found.warnings
    for problem in problems:
        if problem.column == "equipment" and any(name.startswith("load.") for name in wrong):
            continue
        field = _FIELD_OF.get(problem.column, problem.column)
        wrong.setdefault(field, _sentence(problem, tongue, blank=field in _BLANK and not _given(said, field)))
    for field in ("screen", "day", "time_zone", "delivery_time"):
        if not _given(said, field):
            wrong[field] = tongue.gettext(_BLANK[field])
    if wrong or isinstance(found, Refused):
        place = {field: i for i, field in enumerate(_ORDER)}
        return Wrong(dict(sorted(wrong.items(), key=lambda item: place.get(item[0], len(place)))))
    return replace(found.runner, consent_at=now)


def changed(old: Profile, new: Profile, *, today: date) -> Profile:
    """The kept profile with what the form speaks of; things every home has, and that it does not ask for, stay listed.

    A race just over stays too where no other one is written: the form leaves it out, and legs still recover from it.
    """
    values = {name: getattr(new, name) for name in _ASKED}
    household = old.equipment.gear & HOUSEHOLD
    values["equipment"] = Equipment(new.equipment.gear | household, new.equipment.loads_kg)
    values["race"] = racing.known(new.race, old.race, today)
    return replace(old, **values)


def said_of(runner: Subscriber, profile: Profile, *, today: date, tongue: Tongue) -> Said:
    """The form as it stands for a runner who is known, numbers as tongue writes them. A race that is over is left out."""
    units, gear = runner.units, profile.equipment
    fields: dict[str, tuple[str, ...]] = {
        "name": (runner.name,),
        "email": (runner.email,),
        "birth_year": (str(profile.birth_year),),
        "body_mass": (tongue.decimal(_rounded(profile.body_mass_kg, units)),),
        "units": (units,),
        "experience": (profile.experience,),
        "goal": (profile.goal,),
        "trail": ("yes" if profile.trail else "no",),
        "weekly_km": (tongue.decimal(profile.weekly_km),),
        "day": tuple(str(day) for day in profile.strength_days),
        "minutes": (str(profile.minutes),),
        "gear": tuple(thing.value for thing in gear.gear),
        "tight": tuple(profile.tight),
        "screen": tuple(profile.screens) or (NONE,),
        "cleared": ("yes",) if profile.cleared else (),
        "delivery_day": (str(runner.slot.weekday),),
        "delivery_time": (f"{runner.slot.minute // 60:02}:{runner.slot.minute % 60:02}",),
        "time_zone": (runner.time_zone,),
        "language": (runner.language,),
    }
    fields |= {f"run.{run.day}": (run.kind.value,) for run in profile.runs}
    fields |= {f"injury.{i.region}": (str(i.pain) if i.current else "past",) for i in profile.injuries}
    for thing in WEIGHTS:
        if gear.has(thing):
            only = Equipment(frozenset({thing}), tuple(x for x in gear.loads_kg if x[0] == thing))
            loads = rules.equipment_text(only, units).removeprefix(f"{thing} ")
            fields[f"load.{thing}"] = (_loads_shown(loads, tongue),)
    names = {kg: word for word, kg in rules.BAND_WORDS.items()}
    fields["band"] = tuple(names[kg] for kg in gear.grid_kg(Gear.BAND) if kg in names)
    if profile.race is not None and profile.race.day >= today:
        fields |= {"race_date": (profile.race.day.isoformat(),), "race_km": (tongue.decimal(profile.race.distance_km),)}
    return Said(fields)


def brought_up(posted: Fields, shown: Said, now: Said) -> Fields:
    """A posted form, and in every field that stands as it was shown what is kept by now: it may have been changed on another page.

    shown: the form as it was when its page was opened; now: as it is.
    """
    names = {*posted, *shown.fields, *now.fields}
    return {
        name: now.fields.get(name, ()) if _set(posted, name) == _set(shown.fields, name) else posted.get(name, ())
        for name in names
    }


def _set(fields: Fields, name: str) -> set[str]:
    """What is ticked, chosen or written in a field; nothing for one that is blank."""
    return {value.strip() for value in fields.get(name, ())} - {""}


def fresh(slot: tuple[int, int], language: str) -> Said:
    """The form nobody has filled in yet, with what most choose. slot: weekday and minute of the usual delivery; language: of the browser."""
    weekday, minute = slot
    return Said(
        {
            "units": ("kg",),
            "language": (language,),
            "experience": ("new",),
            "goal": ("health",),
            "trail": ("no",),
            "minutes": ("30",),
            "delivery_day": (str(weekday),),
            "delivery_time": (f"{minute // 60:02}:{minute % 60:02}",),
        }
    )


def local_day(now: datetime, time_zone: str) -> date:
    """The day it is where somebody lives; in UTC for a zone there is not."""
    return now.astimezone(ZoneInfo(time_zone if time_zone in rules.zones() else "UTC")).date()


def _cells(said: Said, today: date, wrong: dict[str, str], tongue: Tongue) -> dict[str, str]:
    """The row of a runners' file that says the same. wrong: filled with what only the form can place."""
    plain = ("name", "email", "birth_year", "body_mass", "units", "experience", "goal", "trail")
    also = ("weekly_km", "minutes", "race_date", "race_km", "time_zone", "language")
    screens = [s for s in said.fields.get("screen", ()) if s != NONE]
    return {name: said.one(name) for name in (*plain, *also)} | {
        "runs": "; ".join(f"{rules.DAYS[day]} {kind}" for day in DAYS if (kind := said.one(f"run.{day}"))),
        "strength_days": " ".join(_weekday(day) for day in said.fields.get("day", ())),
        "equipment": _equipment(said, wrong, tongue),
        "injuries": "; ".join(
            f"{region} past" if level == "past" else f"{region} current {level}"
            for region in REGIONS
            if (level := said.one(f"injury.{region}"))
        ),
        "tight": "; ".join(said.fields.get("tight", ())),
        "screens": "; ".join(screens),
        "cleared": said.one("cleared"),
        "delivery": f"{_weekday(said.one('delivery_day'))} {said.one('delivery_time')}",
        "consent": today.isoformat() if said.one("consent") == "yes" else "",
    }


def _equipment(said: Said, wrong: dict[str, str], tongue: Tongue) -> str:
    units = "lb" if said.one("units") == "lb" else "kg"
    parts = [thing.value for thing in THINGS if said.has("gear", thing.value)]
    if bands := [word for word in BANDS if said.has("band", word)]:
        parts.append(f"band {','.join(bands)}")
    for thing in WEIGHTS:
        if not said.has("gear", thing.value):
            continue
        part = f"{thing} {_loads_read(said.one(f'load.{thing}'), tongue)}"
        try:
            rules.equipment(part, units)
        except ProfileError as error:
            remedy = tongue.gettext("Write them in %(units)s, like 4-24/2 or 8, 12, 16.", units=units)
            wrong[f"load.{thing}"] = f"{_rule(error.rule.removeprefix(f'{thing}: '), 'equipment', tongue)} {remedy}"
        parts.append(part)
    return "; ".join(parts)


def _loads_shown(text: str, tongue: Tongue) -> str:
    """Loads of a runners' file as a page has them: where the comma is the decimal mark, "7.5,10" is "7,5; 10"."""
    return text.replace(",", "; ").replace(".", ",") if tongue.decimal_mark == "," else text


def _loads_read(text: str, tongue: Tongue) -> str:
    """Loads of a page as a runners' file has them. Where the comma is the decimal mark, one between two digits is that."""
    if tongue.decimal_mark == ",":
        text = _COMMA_BETWEEN_DIGITS.sub(".", text)
    return text.replace(";", ",")


def _weekday(number: str) -> str:
    """The name of a day counted from Monday; anything else as it stands, for the rules to refuse."""
    return rules.DAYS[int(number)] if number in {str(day) for day in DAYS} else number


def _given(said: Said, field: str) -> bool:
    return bool(said.fields.get(field)) and any(value.strip() for value in said.fields[field])


def _sentence(problem: Problem, tongue: Tongue, *, blank: bool) -> str:
    field = _FIELD_OF.get(problem.column, problem.column)
    if blank:
        return tongue.gettext(_BLANK[field])
    rule = _rule(problem.rule, field, tongue)
    remedy = _REMEDY.get(field, problem.remedy if tongue.is_english else "")
    return f"{rule} {tongue.gettext(remedy) if remedy else ''}".strip()


def _rule(rule: str, field: str, tongue: Tongue) -> str:
    """What is wrong: exactly, in English; elsewhere what the field takes, as the rules speak to whoever writes a file."""
    if tongue.is_english:
        return f"{rule[0].upper()}{rule[1:]}."
    return tongue.gettext(_TAKES.get(field, _TAKES[""]))


def _rounded(kg: float, units: str) -> float:
    """A body mass to the tenth: nobody knows it better."""
    return round(float(rules.mass_text(kg, units)), 1)
