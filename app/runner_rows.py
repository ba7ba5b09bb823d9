"""One row of a runners' table: cells to a runner or to everything that is wrong with them, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from app import consent
from app import runner_fields as fields
from coach import phases, racing
from coach.errors import ProfileError
from coach.profile import Equipment, Experience, Goal, Profile, Race, Region, Screen, SelfTests, Sides
from models.people import NewSubscriber, Units
from models.slots import Slot

REQUIRED = (
    "email",
    "name",
    "time_zone",
    "birth_year",
    "body_mass",
    "experience",
    "goal",
    "weekly_km",
    "strength_days",
    "minutes",
    "injuries",
    "screens",
    "consent",
)
"""Columns a file must have. injuries and screens may be empty in a row, but they must have been asked."""

TESTS = ("tests_on", "calf_raises", "balance_open_s", "balance_closed_s", "side_plank_s", "sit_to_stands")
"""Columns of what a runner measured at home, and of the day; docs/evidence.md#self-tests"""

OPTIONAL = (
    "language",
    "units",
    "trail",
    "runs",
    "equipment",
    "tight",
    "cleared",
    "race_date",
    "race_km",
    *TESTS,
    "delivery",
)

COLUMNS = (
    "email",
    "name",
    "time_zone",
    "language",
    "units",
    "birth_year",
    "body_mass",
    "experience",
    "goal",
    "trail",
    "weekly_km",
    "runs",
    "strength_days",
    "minutes",
    "equipment",
    "injuries",
    "tight",
    "screens",
    "cleared",
    "race_date",
    "race_km",
    *TESTS,
    "delivery",
    "consent",
)
"""All columns in the order of an export."""

ADULT = 18

TEST_DAYS = 365
"""From this age on a test counts no more: test_days of catalogue/progression.toml."""

SCREEN_DAYS = 365
"""From this age on the answers to the screening questions are asked for again: screen_days of catalogue/progression.toml."""

_COLUMN_OF = {"body_mass_kg": "body_mass", "slot": "delivery"}
"""Profile's own names for fields, as the table calls them."""

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: the column, the rule it breaks and what to write instead."""

    column: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.column}: {self.rule}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A runner that can be stored. warnings: what a person may want to look at all the same."""

    line: int
    runner: NewSubscriber
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not stored, with everything that is wrong with it. address: as written, shortened, "" when there is none."""

    line: int
    address: str
    problems: tuple[Problem, ...]


class _Cells:
    """The cells of a row, read one by one; every problem is kept, none hides the next."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.problems: list[Problem] = []

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column, "")

    def read(self, parse: Callable[[], T], otherwise: D) -> T | D:
        """What `parse` returns, or `otherwise` with the problem noted; `otherwise` never reaches a stored runner."""
        try:
            return parse()
        except ProfileError as error:
            problem = Problem(_COLUMN_OF.get(error.field, error.field), error.rule, error.remedy)
            if problem not in self.problems:
                self.problems.append(problem)
            return otherwise


def parse(line: int, cells: Mapping[str, str], *, today: date, default_slot: tuple[int, int]) -> Accepted | Refused:
    """A runner from the cells of one row, by column name and stripped. today: what +10d counts from."""
    row = _Cells(cells)
    units: Units = "lb" if row.read(lambda: fields.units(row["units"]), "kg") == "lb" else "kg"
    address = row.read(lambda: email(row["email"]), "")
    name = row.read(lambda: fields.name(row["name"]), "")
    time_zone = row.read(lambda: fields.time_zone(row["time_zone"]), "UTC")
    language = row.read(lambda: fields.language(row["language"]), "")
    agreed_on = row.read(lambda: _consent(row["consent"], today), today)
    weekday, minute = row.read(lambda: fields.slot(row["delivery"]), (6, 0)) if row["delivery"] else default_slot
    race = row.read(lambda: _race(row, today), None)
    profile = _profile(row, units, race, _self_tests(row, today), agreed_on, today)
    if row.problems or profile is None:
        return Refused(line, row["email"][:80], tuple(row.problems))
    runner = row.read(
        lambda: NewSubscriber(
            email=address,
            name=name,
            time_zone=time_zone,
            slot=Slot(weekday, minute),
            units=units,
            profile=profile,
            consent_text=consent.TEXT,
            consent_version=consent.VERSION,
            consent_at=datetime.combine(agreed_on, time(), tzinfo=UTC),
            language=language,
        ),
        None,
    )
    if runner is None:
        return Refused(line, row["email"][:80], tuple(row.problems))
    return Accepted(line, runner, _warnings(runner, today))


def email(text: str) -> str:
    """An address mail can be sent to, normalised; its domain in ASCII. No name is looked up. Raises ProfileError."""
    import email_validator

    # An export puts an apostrophe before what a spreadsheet would run.
    text = text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
    if not text:
        raise ProfileError("email", "no address is given", "Write the address the weekly mail goes to.")
    try:
        # test_environment lets .test through: rehearsals use it, and no mail server has it.
        valid = email_validator.validate_email(
            text, check_deliverability=False, test_environment=True, allow_smtputf8=False
        )
    except email_validator.EmailNotValidError as error:
        raise ProfileError("email", str(error).rstrip("."), "Write it like name@example.org.") from None
    return valid.ascii_email or valid.normalized


def _profile(
    row: _Cells, units: Units, race: Race | None, tests: SelfTests | None, agreed_on: date, today: date
) -> Profile | None:
    """The profile, by the coach's own rules; None when a field could not be read.

    agreed_on: the day of consent, on which the screening questions were answered too, as far as a file knows.
    """
    birth_year = row.read(lambda: fields.whole("birth_year", row["birth_year"], "1986"), 1980)
    mass = row.read(lambda: fields.mass_kg(row["body_mass"], units), 70.0)
    experience = row.read(lambda: fields.choice("experience", row["experience"], Experience), Experience.NEW)
    goal = row.read(lambda: fields.choice("goal", row["goal"], Goal), Goal.HEALTH)
    weekly_km = row.read(lambda: fields.number("weekly_km", row["weekly_km"], "35"), 0.0)
    runs = row.read(lambda: fields.runs(row["runs"]), ())
    days = row.read(lambda: fields.days(row["strength_days"]), (0,))
    minutes = row.read(lambda: fields.whole("minutes", row["minutes"], "40"), 30)
    equipment = row.read(lambda: fields.equipment(row["equipment"], units), Equipment())
    injuries = row.read(lambda: fields.injuries(row["injuries"]), ())
    tight = row.read(lambda: fields.several("tight", row["tight"], Region), frozenset())
    screens = row.read(lambda: fields.several("screens", row["screens"], Screen), frozenset())
    cleared = row.read(lambda: fields.yes_no("cleared", row["cleared"]), False)
    trail = row.read(lambda: fields.yes_no("trail", row["trail"]), False)
    row.read(lambda: _adult(birth_year, today), None)
    return row.read(
        lambda: Profile(
            key="new",
            birth_year=birth_year,
            body_mass_kg=mass,
            experience=experience,
            goal=goal,
            weekly_km=weekly_km,
            runs=runs,
            strength_days=days,
            minutes=minutes,
            equipment=equipment,
            injuries=injuries,
            screens=screens,
            cleared=cleared,
            trail=trail,
            race=race,
            tight=tight,
            self_tests=tests,
            screened_on=agreed_on,
        ),
        None,
    )


def _adult(birth_year: int, today: date) -> None:
    if birth_year >= 1900 and today.year - birth_year < ADULT:
        raise ProfileError(
            "birth_year",
            f"born in {birth_year}, this runner is under {ADULT}",
            f"Stridewell is for adults; add them in {birth_year + ADULT} or later.",
        )


def _consent(text: str, today: date) -> date:
    if not text:
        raise ProfileError(
            "consent",
            "health data may not be kept without the runner's consent",
            "Write the day they agreed, like 2026-03-01.",
        )
    given = fields.day_back("consent", text, today, "Write the day the runner agreed, like 2026-03-01.")
    # One day more than today: east of here it may already be tomorrow.
    if given > today + timedelta(days=1):
        raise ProfileError("consent", f"{given} is still to come", "Write the day the runner agreed.")
    return given


def _race(row: _Cells, today: date) -> Race | None:
    if not row["race_date"] and not row["race_km"]:
        return None
    if not row["race_date"] or not row["race_km"]:
        missing = "race_km" if row["race_date"] else "race_date"
        raise ProfileError(missing, "a race needs its day and its distance", "Give both, or leave both empty.")
    day = fields.race_day(row["race_date"], today)
    return Race(day, fields.number("race_km", row["race_km"], "42.2"))


def _self_tests(row: _Cells, today: date) -> SelfTests | None:
    """The tests of a row, None when there are none; every cell that cannot be read is noted."""
    if not any(row[name] for name in TESTS):
        return None
    on = row.read(lambda: _day_of_tests(row, today), today)
    calf, opened, closed, plank = (
        row.read(lambda name=name: fields.sides(name, row[name]), Sides(0))  # type: ignore[misc]
        for name in ("calf_raises", "balance_open_s", "balance_closed_s", "side_plank_s")
    )
    rises = (
        row.read(lambda: fields.whole("sit_to_stands", row["sit_to_stands"], "25"), 0) if row["sit_to_stands"] else None
    )
    return row.read(
        lambda: SelfTests(
            on=on,
            calf_raises=calf,
            balance_open_s=opened,
            balance_closed_s=closed,
            side_plank_s=plank,
            sit_to_stands=rises,
        ),
        None,
    )


def _day_of_tests(row: _Cells, today: date) -> date:
    if not row["tests_on"]:
        raise ProfileError("tests_on", "tests are given, but not their day", "Write the day of the tests, like -3w.")
    remedy = "Write the day of the tests like 2026-10-31, or -3w for three weeks ago."
    on = fields.day_back("tests_on", row["tests_on"], today, remedy)
    # One day more than today: east of here it may already be tomorrow.
    if on > today + timedelta(days=1):
        raise ProfileError("tests_on", f"{on} is still to come", "Write the day the tests were done.")
    return on


def _warnings(runner: NewSubscriber, today: date) -> tuple[Problem, ...]:
    profile = runner.profile
    found = []
    if profile.race and profile.race.day < today and not racing.shapes_recovery(profile.race, today):
        rule = f"{profile.race.day} is over, for more than {phases.RECOVERY_DAYS} days"
        found.append(Problem("race_date", rule, "It changes nothing any more; write the next race when there is one."))
    if profile.self_tests and (today - profile.self_tests.on).days >= TEST_DAYS:
        rule = f"the tests of {profile.self_tests.on} are a year old or more"
        found.append(Problem("tests_on", rule, "They change nothing; do them again if you like."))
    if profile.screened_on and (today - profile.screened_on).days >= SCREEN_DAYS:
        rule = f"the runner agreed, and answered the screening questions, on {profile.screened_on}: a year ago or more"
        found.append(Problem("consent", rule, "Their mail will ask for the questions again."))
    if profile.age(today) == ADULT:
        rule = f"turns {ADULT} this year and may still be {ADULT - 1}"
        found.append(Problem("birth_year", rule, "Make sure of it: Stridewell is for adults."))
    return tuple(found)


def cells(runner: NewSubscriber) -> dict[str, str]:
    """The row that `parse` reads back to the same runner, in the runner's own units."""
    profile, units = runner.profile, runner.units
    tests = profile.self_tests
    return {
        "email": runner.email,
        "name": runner.name,
        "time_zone": runner.time_zone,
        "language": runner.language,
        "units": units,
        "birth_year": str(profile.birth_year),
        "body_mass": fields.mass_text(profile.body_mass_kg, units),
        "experience": profile.experience,
        "goal": profile.goal,
        "trail": "yes" if profile.trail else "no",
        "weekly_km": f"{profile.weekly_km:g}",
        "runs": fields.runs_text(profile.runs),
        "strength_days": fields.days_text(profile.strength_days),
        "minutes": str(profile.minutes),
        "equipment": fields.equipment_text(profile.equipment, units),
        "injuries": fields.injuries_text(profile.injuries),
        "tight": "; ".join(sorted(profile.tight)),
        "screens": "; ".join(sorted(profile.screens)),
        "cleared": "yes" if profile.cleared else "no",
        "race_date": profile.race.day.isoformat() if profile.race else "",
        "race_km": f"{profile.race.distance_km:g}" if profile.race else "",
        "tests_on": tests.on.isoformat() if tests else "",
        "calf_raises": fields.sides_text(tests.calf_raises if tests else None),
        "balance_open_s": fields.sides_text(tests.balance_open_s if tests else None),
        "balance_closed_s": fields.sides_text(tests.balance_closed_s if tests else None),
        "side_plank_s": fields.sides_text(tests.side_plank_s if tests else None),
        "sit_to_stands": "" if tests is None or tests.sit_to_stands is None else str(tests.sit_to_stands),
        "delivery": fields.slot_text(runner.slot.weekday, runner.slot.minute),
        "consent": runner.consent_at.date().isoformat(),
    }
