"""A runner's row: what it means, and what is said of a wrong one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import runner_fields as fields
from app import runner_rows, runners_file
from app.runner_rows import Accepted, Refused
from coach.catalogue import Catalogue
from coach.profile import Equipment, Gear, Injury, Race, Region, Run, RunKind, Screen, SelfTests, Sides
from models.slots import Slot
from tests.app.tables import GOOD, SUNDAY, TODAY

ROOT = Path(__file__).resolve().parents[2]


def parse(**changes: str) -> Accepted | Refused:
    return runner_rows.parse(2, GOOD | changes, today=TODAY, default_slot=SUNDAY)


def accepted(**changes: str) -> Accepted:
    result = parse(**changes)
    assert isinstance(result, Accepted), result
    return result


def refused(**changes: str) -> dict[str, str]:
    result = parse(**changes)
    assert isinstance(result, Refused), result
    return {p.column: f"{p.rule}. {p.remedy}" for p in result.problems}


def test_a_good_row_is_a_runner() -> None:
    runner = accepted().runner
    assert (runner.email, runner.name, runner.time_zone, runner.slot) == (
        "mia@example.org",
        "Mia",
        "Europe/Paris",
        Slot(6, 17 * 60),
    )
    assert runner.profile.runs == (Run(1, RunKind.EASY), Run(6, RunKind.LONG))
    assert runner.profile.strength_days == (0, 3)
    assert runner.consent_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert "health" in runner.consent_text


def test_pounds_become_kilograms_exactly() -> None:
    profile = accepted(units="lb", body_mass="160", equipment="dumbbells 5-15/5").runner.profile
    assert profile.body_mass_kg == 72.5747792
    assert profile.equipment.grid_kg(Gear.DUMBBELLS) == (2.26796185, 4.5359237, 6.80388555)


def test_equipment_is_read_as_people_write_it() -> None:
    found = accepted(equipment="mat; bands; Dumbbells 2-6/2, 10; kettlebell 8,12,16; barbell 20-25/2.5").runner
    assert found.profile.equipment == Equipment(
        gear=frozenset({Gear.MAT, Gear.BAND, Gear.DUMBBELLS, Gear.KETTLEBELLS, Gear.BARBELL}),
        loads_kg=(
            (Gear.BAND, (3.0, 6.0, 10.0)),
            (Gear.BARBELL, (20.0, 22.5, 25.0)),
            (Gear.DUMBBELLS, (2.0, 4.0, 6.0, 10.0)),
            (Gear.KETTLEBELLS, (8.0, 12.0, 16.0)),
        ),
    )


def test_one_band_is_one_band() -> None:
    assert accepted(equipment="band light,extra").runner.profile.equipment.grid_kg(Gear.BAND) == (3.0, 15.0)


@pytest.mark.parametrize("nothing", ["", "none", "No", "nothing"])
def test_nothing_can_be_said_in_words(nothing: str) -> None:
    profile = accepted(equipment=nothing, injuries=nothing, tight=nothing, screens=nothing).runner.profile
    assert (profile.equipment, profile.injuries, profile.tight, profile.screens) == (
        Equipment(),
        (),
        frozenset(),
        frozenset(),
    )


def test_injuries_tell_what_hurts_now_and_what_did() -> None:
    profile = accepted(injuries="knee current 4; Lateral hip past", tight="calf; lateral hip").runner.profile
    assert profile.injuries == (Injury(Region.KNEE, current=True, pain=4), Injury(Region.LATERAL_HIP, current=False))
    assert profile.tight == {Region.CALF, Region.LATERAL_HIP}


def test_a_screen_with_clearance_is_kept() -> None:
    profile = accepted(screens="pregnant; blood pressure", cleared="Yes").runner.profile
    assert profile.screens == {Screen.PREGNANT, Screen.BLOOD_PRESSURE}
    assert profile.cleared


@pytest.mark.parametrize(("text", "day"), [("+10d", 10), ("+2w", 14), ("2026-12-02", 10)])
def test_a_race_is_a_date_or_a_distance_from_today(text: str, day: int) -> None:
    race = accepted(race_date=text, race_km="42,2").runner.profile.race
    assert race == Race(TODAY + timedelta(days=day), 42.2)


def test_without_a_delivery_time_the_usual_slot_holds() -> None:
    assert accepted(delivery="").runner.slot == Slot(6, 17 * 60)
    assert accepted(delivery="Saturday 8:05").runner.slot == Slot(5, 485)


def test_names_come_in_every_script_and_with_apostrophes() -> None:
    for name in ("Sam O'Neill", "נועה לוי", "森田 健二", "Aroha Tāne", "'t Hooft"):
        assert accepted(name=name).runner.name == name
    assert accepted(name="علی\u200cرضا").runner.name == "علیرضا"


@pytest.mark.parametrize(
    "name",
    ["=HYPERLINK(1)", "+1", "-1", "@SUM", "a\nb", "a\rb", "a\x00b", "a\u2028b", "abc\u202egnp.exe", "", "x" * 101],
)
def test_a_name_that_would_act_in_a_table_or_a_header_is_refused(name: str) -> None:
    assert "name" in refused(name=name)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("email", "mia@", "@-sign"),
        ("email", "", "address"),
        ("email", "mia@example.org, b@example.org", "@"),
        ("email", "мия@example.org", "name@example.org"),
        ("time_zone", "Asia/Calcuta", "Did you mean Asia/Calcutta?"),
        ("time_zone", "Paris", "Did you mean Europe/Paris?"),
        ("time_zone", "europe/paris", "Did you mean Europe/Paris?"),
        ("time_zone", "", "Europe/Paris"),
        ("time_zone", "../../etc/passwd", "not a time zone"),
        ("units", "stone", "kg or lb"),
        ("birth_year", "86", "four digits"),
        ("birth_year", "2010", "adults"),
        ("birth_year", "19e2", "digits"),
        ("body_mass", "9", "30–250"),
        ("body_mass", "-60", "not a number"),
        ("body_mass", "nan", "not a number"),
        ("body_mass", "1e2", "not a number"),
        ("experience", "begginer", "new, some or seasoned"),
        ("goal", "performence", "Did you mean performance?"),
        ("trail", "maybe", "yes or no"),
        ("weekly_km", "999", "0–300"),
        ("runs", "tue easy; tue long", "two runs"),
        ("runs", "tue", "mon easy"),
        ("runs", "xyz easy", "weekday"),
        ("strength_days", "", "at least one day"),
        ("strength_days", "someday", "weekday"),
        ("minutes", "5", "10–120"),
        ("minutes", "30.5", "whole"),
        ("equipment", "dumbbells", "dumbbells 4-24/2"),
        ("equipment", "dumbbells 2-24", "dumbbells 4-24/2"),
        ("equipment", "dumbbells 24-2/2", "light to heavy"),
        ("equipment", "dumbbells 2-24/0", "light to heavy"),
        ("equipment", "barbell 1-400/0.001", "light to heavy"),
        ("equipment", "barbell 500", "0–400"),
        ("equipment", "dumbels 2-24/2", "Did you mean dumbbells?"),
        ("equipment", "mat 3", "no loads"),
        ("equipment", "mat; mat", "twice"),
        ("equipment", "band purple", "light,medium"),
        ("injuries", "knee", "past or current"),
        ("injuries", "knee current", "0–10"),
        ("injuries", "knee current 12", "0–10"),
        ("injuries", "elbow past", "not known"),
        ("injuries", "knee past; knee current 3", "twice"),
        ("tight", "neck", "not known"),
        ("screens", "pregnent", "Did you mean pregnant?"),
        ("cleared", "x", "yes or no"),
        ("race_date", "25/04/2027", "2027-04-25"),
        ("race_date", "2027-02-30", "not a date"),
        ("delivery", "sun 25:00", "sun 17:00"),
        ("delivery", "whenever", "sun 17:00"),
        ("tests_on", "", "not their day"),
        ("tests_on", "last week", "-3w"),
        ("tests_on", "2026-12-24", "still to come"),
        ("calf_raises", "18", "left 18; right 22"),
        ("calf_raises", "18/22", "left 18; right 22"),
        ("calf_raises", "left 18; left 20", "twice"),
        ("calf_raises", "left 180", "0–100 repetitions"),
        ("balance_open_s", "left 45.5", "whole number"),
        ("balance_open_s", "left 900", "0–300 seconds"),
        ("balance_closed_s", "both 9", "left 18; right 22"),
        ("side_plank_s", "left 601", "0–600 seconds"),
        ("side_plank_s", "left -5", "left 18; right 22"),
        ("sit_to_stands", "61", "0–60 repetitions"),
        ("sit_to_stands", "many", "not a number"),
        ("consent", "", "without the runner's consent"),
        ("consent", "yes", "the day"),
        ("consent", "2031-01-01", "still to come"),
    ],
)
def test_a_wrong_cell_is_refused_with_column_rule_and_remedy(column: str, value: str, said: str) -> None:
    beside = {"race_date": {"race_km": "10"}, "tests_on": {"sit_to_stands": "25"}}
    about = {"tests_on": "-3w"} if column in runner_rows.TESTS else {}
    problems = refused(**{**about, **beside.get(column, {}), column: value})
    assert list(problems) == [column]
    assert said in problems[column]


def test_a_race_needs_both_its_day_and_its_distance() -> None:
    assert list(refused(race_date="+10d")) == ["race_km"]
    assert list(refused(race_km="10")) == ["race_date"]
    assert list(refused(race_date="+10d", race_km="1000")) == ["race_km"]


def test_self_tests_are_read_side_by_side_with_their_day() -> None:
    tests = accepted(
        tests_on="-3w", calf_raises="left 18; right 22", balance_closed_s="Right 7", sit_to_stands="0"
    ).runner.profile.self_tests
    assert tests == SelfTests(
        TODAY - timedelta(weeks=3), calf_raises=Sides(18, 22), balance_closed_s=Sides(right=7), sit_to_stands=0
    )
    assert accepted().runner.profile.self_tests is None
    assert list(refused(tests_on="-3w")) == ["tests_on"]


def test_everything_wrong_with_the_tests_is_said_at_once() -> None:
    wrong = {"tests_on": "soon", "calf_raises": "12", "side_plank_s": "left 9999", "sit_to_stands": "x"}
    assert set(refused(**wrong)) >= {"tests_on", "calf_raises", "sit_to_stands"}


def test_tests_of_last_year_are_taken_with_a_warning() -> None:
    old = accepted(tests_on="-53w", sit_to_stands="20")
    assert [w.column for w in old.warnings] == ["tests_on"]
    assert not accepted(tests_on="-52w", sit_to_stands="20").warnings


def test_the_day_of_consent_is_the_day_the_screening_was_answered() -> None:
    runner = accepted(consent="-3w").runner
    assert runner.profile.screened_on == runner.consent_at.date() == TODAY - timedelta(weeks=3)


def test_a_screening_of_last_year_is_taken_with_a_warning(catalogue: Catalogue) -> None:
    days = int(catalogue.constants.screen_days)
    assert [w.column for w in accepted(consent=f"-{days}d").warnings] == ["consent"]
    assert not accepted(consent=f"-{days - 1}d").warnings


def test_tests_count_in_a_file_as_long_as_in_the_engine(catalogue: Catalogue) -> None:
    assert catalogue.constants.test_days == runner_rows.TEST_DAYS


@given(
    sides=st.lists(st.tuples(st.integers(0, 100), st.none() | st.integers(0, 100)), min_size=4, max_size=4),
    rises=st.none() | st.integers(0, 60),
    days=st.integers(0, 800),
)
def test_self_tests_read_back_from_an_export(sides: list[tuple[int, int | None]], rises: int | None, days: int) -> None:
    tests = SelfTests(TODAY - timedelta(days=days), *(Sides(*x) for x in sides), rises)
    first = accepted().runner
    first = replace(first, profile=replace(first.profile, self_tests=tests))
    again = runner_rows.parse(2, runner_rows.cells(first), today=TODAY, default_slot=SUNDAY)
    assert isinstance(again, Accepted)
    assert again.runner == first


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    assert set(refused(email="x", time_zone="Mars/Base", goal="win", equipment="sword", consent="")) == {
        "email",
        "time_zone",
        "goal",
        "equipment",
        "consent",
    }


def test_a_race_that_is_over_and_an_age_at_the_edge_are_warned_about() -> None:
    assert [w.column for w in accepted(race_date="2025-04-01", race_km="10").warnings] == ["race_date"]
    assert [w.column for w in accepted(birth_year="2008").warnings] == ["birth_year"]


@pytest.mark.parametrize(("ago", "warned"), [(0, False), (1, False), (14, False), (15, True)])
def test_a_race_is_called_idle_only_once_legs_have_recovered_from_it(ago: int, warned: bool) -> None:
    found = accepted(race_date=str(TODAY - timedelta(days=ago)), race_km="42.2")
    assert [w.column for w in found.warnings] == (["race_date"] if warned else [])
    assert found.runner.profile.race == Race(TODAY - timedelta(days=ago), 42.2)


@given(
    pounds=st.lists(st.integers(1, 4000), min_size=1, max_size=40, unique=True),
    mass=st.integers(70 * 4, 500 * 4),
)
def test_an_export_in_pounds_reads_back_to_the_same_kilograms(pounds: list[int], mass: int) -> None:
    loads = ",".join(f"{p / 8:g}" for p in sorted(pounds) if p / 8 <= 400) or "5"
    first = accepted(units="lb", body_mass=f"{mass / 4:g}", equipment=f"band light; dumbbells {loads}").runner
    again = runner_rows.parse(2, runner_rows.cells(first), today=TODAY, default_slot=SUNDAY)
    assert isinstance(again, Accepted)
    assert again.runner == first


@given(text=st.text(max_size=30), column=st.sampled_from(sorted(GOOD)))
def test_whatever_stands_in_a_cell_the_row_is_accepted_or_refused(text: str, column: str) -> None:
    assert parse(**{column: text.strip()}).line == 2


def test_the_sample_runners_are_all_accepted_and_read_back_from_an_export() -> None:
    path = ROOT / "examples" / "subscribers.csv"
    found = list(runners_file.rows(path, runners_file.shape(path), today=TODAY, default_slot=SUNDAY))
    assert all(isinstance(row, Accepted) and not row.warnings for row in found)
    runners = [row.runner for row in found if isinstance(row, Accepted)]
    assert len(runners) >= 14
    for runner in runners:
        again = runner_rows.parse(2, runner_rows.cells(runner), today=TODAY, default_slot=SUNDAY)
        assert isinstance(again, Accepted)
        assert again.runner == runner
    assert {r.units for r in runners} == {"kg", "lb"}
    assert len({r.time_zone for r in runners}) >= 5
    assert all(r.email.partition("@")[2] in ("example.org", "example.com") for r in runners)
    assert sum(r.profile.self_tests is not None for r in runners) >= 3
    assert any(r.profile.race and r.profile.race.day == TODAY + timedelta(days=10) for r in runners)


def test_the_day_of_a_sample_race_moves_with_the_day_of_the_import() -> None:
    later = date(2027, 6, 1)
    assert fields.race_day("+10d", later) == date(2027, 6, 11)


# ---- language


@pytest.mark.parametrize(("written", "kept"), [("de", "de"), ("Deutsch", "de"), ("EN", "en"), ("", "")])
def test_a_language_is_written_as_a_code_or_by_its_own_name(written: str, kept: str) -> None:
    assert accepted(language=written).runner.language == kept


def test_a_language_nobody_has_translated_is_refused_with_those_there_are() -> None:
    said = refused(language="Klingon")["language"]
    assert "Klingon" in said
    assert "Write one of: en (English), de (Deutsch)." in said
