"""Reading the catalogue: whatever is wrong is told with file, field and rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from coach.catalogue_files import parse
from coach.constants import Constants
from coach.errors import CatalogueError, StridewellError
from coach.profile import Gear, Region, Screen
from coach.week import DoseMode, Quality
from tests.conftest import ROOT, read_catalogue

SQUAT = "exercises/split-squat.md"
SWINGS = "stretches/leg-swings.md"
CALF = "stretches/straight-knee-wall-calf-stretch.md"
SLOTS = "programmes/weekly.toml"
NUMBERS = "progression.toml"


def texts(root: Path = ROOT / "catalogue") -> dict[str, str]:
    """The real files that a small but whole catalogue needs."""
    wanted = (SQUAT, "exercises/reverse-lunge.md", SWINGS, CALF, SLOTS, NUMBERS)
    return {path: (root / path).read_text(encoding="utf-8") for path in wanted}


def refused(files: dict[str, str]) -> CatalogueError:
    with pytest.raises(CatalogueError) as error:
        parse(files)
    assert isinstance(error.value, StridewellError)
    assert str(error.value) == f"{error.value.file}: {error.value.field}: {error.value.rule}"
    return error.value


def edited(path: str, old: str, new: str, count: int = 1) -> dict[str, str]:
    files = texts()
    assert old in files[path], f"{path} has no {old!r}"
    return files | {path: files[path].replace(old, new, count)}


def line(path: str, field: str, new: str | None) -> dict[str, str]:
    """The files with one field of one front matter rewritten, or taken out."""
    files = texts()
    lines = files[path].splitlines(keepends=True)
    at = next(n for n, text in enumerate(lines) if text.startswith(f"{field} ="))
    lines[at : at + 1] = [] if new is None else [f"{field} = {new}\n"]
    return files | {path: "".join(lines)}


# ---- what is right


def test_a_small_catalogue_is_read_as_it_is_written() -> None:
    catalogue = parse(texts())
    squat = catalogue.by_slug["split-squat"]
    assert squat.name == "Split squat"
    assert (squat.mode, squat.sides, squat.rung, squat.ladder) == (DoseMode.REPS, 2, 1, "split-squat")
    assert {q for q, _ in squat.qualities} == set(Quality)
    assert (squat.tissue(Region.KNEE), squat.tissue(Region.BACK)) == (2, 0)
    assert squat.loadable[0] is Gear.DUMBBELLS
    assert squat.cue == "Travel like a lift, straight down and straight up."
    assert "\n" not in squat.how
    swings = catalogue.stretch_by_slug["leg-swings"]
    assert (swings.dynamic, swings.reps, swings.start_hold_s) == (True, 10, 0)
    assert [e.slug for e in catalogue.ladders["split-squat"]] == ["split-squat", "reverse-lunge"]
    assert [s.priority for s in catalogue.slots] == sorted(s.priority for s in catalogue.slots)


def test_files_written_on_windows_read_the_same() -> None:
    plain = parse(texts())
    windows = parse({path: text.replace("\n", "\r\n") for path, text in texts().items()})
    assert windows.exercises == plain.exercises
    assert windows.stretches == plain.stretches
    assert (windows.slots, windows.constants) == (plain.slots, plain.constants)


def test_the_version_follows_every_file_and_not_their_order() -> None:
    files = texts()
    version = parse(files).version
    assert len(version) == 12
    assert parse(dict(reversed(files.items()))).version == version
    assert parse(edited(SQUAT, "shift", "move")).version != version
    assert parse(files | {"notes.txt": "of no meaning to the coach"}).version != version


def test_other_files_in_the_folders_are_left_alone() -> None:
    files = texts() | {"exercises/README.txt": "no exercise", "pictures/squat.md": "no exercise either"}
    assert parse(files).exercises == parse(texts()).exercises


def test_the_real_catalogue_can_be_read() -> None:
    catalogue = read_catalogue()
    assert len(catalogue.exercises) == len(list((ROOT / "catalogue/exercises").glob("*.md")))
    assert len(catalogue.stretches) == len(list((ROOT / "catalogue/stretches").glob("*.md")))


def test_what_does_not_suit_a_screen_may_be_said_or_left_out() -> None:
    files = edited(SQUAT, "sources =", 'avoid_when = ["pregnant"]\nsources =')
    assert parse(files).by_slug["split-squat"].avoid_when == (Screen.PREGNANT,)
    assert parse(texts()).by_slug["split-squat"].avoid_when == ()
    stretch = edited(CALF, "sources =", 'avoid_when = ["bone"]\nsources =')
    assert parse(stretch).stretch_by_slug["straight-knee-wall-calf-stretch"].avoid_when == (Screen.BONE,)


def test_a_tissue_of_nought_is_as_if_unsaid() -> None:
    squat = parse(edited(SQUAT, "knee = 2", "knee = 0")).by_slug["split-squat"]
    assert Region.KNEE not in dict(squat.tissues)


def test_a_whole_number_stands_for_a_decimal_one() -> None:
    squat = parse(line(SQUAT, "seconds", "4")).by_slug["split-squat"]
    assert type(squat.seconds) is float


# ---- one field wrong


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("name", None, "is missing"),
        ("name", "7", "must be a text, not 7"),
        ("name", '""', "one line of text"),
        ("name", '"two\\nlines"', "one line of text"),
        ("pattern", '"jumping"', "'jumping' is not one of squat"),
        ("sides", "3", "3 is outside 1–2"),
        ("sides", "true", "must be a whole number, not True"),
        ("sides", "1.5", "must be a whole number, not 1.5"),
        ("dose", '"minutes"', "'minutes' is not one of reps"),
        ("rung", "0", "0 is outside 1–20"),
        ("needs", "[]", "at least one set of gear"),
        ("needs", '["chair"]', "list of lists"),
        ("needs", "[[3]]", "must hold texts, not 3"),
        ("needs", '[["sofa"]]', "'sofa' is not one of mat"),
        ("loadable", '"dumbbells"', "must be a list"),
        ("loadable", '["stones"]', "'stones' is not one of"),
        ("bodyweight_share", "1.3", "1.3 is outside 0–1.2"),
        ("bodyweight_share", "nan", "nan is outside"),
        ("bodyweight_share", '"half"', "must be a number"),
        ("bodyweight_share", "true", "must be a number, not True"),
        ("bodyweight_share", "0.0", "something has to be moved"),
        ("start_load_share", "4.0", "4 is outside 0–3"),
        ("start_amount", "0", "0 is outside 1–180"),
        ("seconds", "0.1", "0.1 is outside 0.2–20"),
        ("rest_s", "301", "301 is outside 0–300"),
        ("sources", '"Blagrove 2018"', "must be a list"),
        ("sources", "[2018]", "must hold texts, not 2018"),
        ("reviewed_by", "false", "must be a text, not False"),
    ],
)
def test_a_wrong_field_of_an_exercise_is_named(field: str, value: str | None, rule: str) -> None:
    error = refused(line(SQUAT, field, value))
    assert (error.file, error.field) == (SQUAT, field)
    assert rule in error.rule


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("dynamic", '"yes"', "must be true or false"),
        ("regions", "[]", "at least one region"),
        ("regions", '["soul"]', "'soul' is not one of"),
        ("avoid", '["soul"]', "'soul' is not one of"),
        ("props", '["sofa"]', "'sofa' is not one of"),
        ("start_hold_s", "9", "9 is outside 10–60"),
        ("start_hold_s", "61", "61 is outside 10–60"),
        ("reps", "10", "10 is outside 0–0"),
        ("sides", "0", "0 is outside 1–2"),
    ],
)
def test_a_wrong_field_of_a_held_stretch_is_named(field: str, value: str, rule: str) -> None:
    error = refused(line(CALF, field, value))
    assert (error.file, error.field) == (CALF, field)
    assert rule in error.rule


@pytest.mark.parametrize(("field", "value"), [("start_hold_s", "20"), ("reps", "0"), ("reps", "31")])
def test_a_moving_stretch_counts_repetitions_and_holds_nothing(field: str, value: str) -> None:
    assert (refused(line(SWINGS, field, value)).file, refused(line(SWINGS, field, value)).field) == (SWINGS, field)


def test_a_load_from_the_start_needs_something_that_makes_it() -> None:
    files = line(SQUAT, "start_load_share", "0.2")
    files[SQUAT] = files[SQUAT].replace('loadable = ["dumbbells", "kettlebells", "backpack"]', "loadable = []")
    assert refused(files).field == "loadable"


def test_all_four_qualities_are_given_and_no_fifth() -> None:
    missing = refused(edited(SQUAT, "joint_control = 2\n", ""))
    assert (missing.field, "all of single_leg" in missing.rule) == ("qualities", True)
    fifth = refused(edited(SQUAT, "[qualities]", "[qualities]\nflair = 1"))
    assert "'flair' is not one of" in fifth.rule


@pytest.mark.parametrize("weight", ["4", "-1", "1.5", "true", '"much"'])
def test_a_weight_is_nought_to_three(weight: str) -> None:
    error = refused(edited(SQUAT, "knee = 2", f"knee = {weight}"))
    assert (error.field, "whole number 0–3" in error.rule) == ("tissues.knee", True)


def test_an_unknown_region_in_the_tissues_is_named() -> None:
    assert "'nose' is not one of" in refused(edited(SQUAT, "knee = 2", "nose = 2")).rule


@pytest.mark.parametrize("path", [SQUAT, SWINGS])
def test_an_unknown_field_is_refused_rather_than_passed_over(path: str) -> None:
    error = refused(edited(path, "name =", "colour = 1\nname ="))
    assert (error.file, error.field, error.rule) == (path, "colour", "is not a known field")


def test_an_unknown_screen_is_refused() -> None:
    error = refused(edited(SQUAT, "sources =", 'avoid_when = ["tired"]\nsources ='))
    assert error.field == "avoid_when"


# ---- the form of a file


@pytest.mark.parametrize("path", [SQUAT, SWINGS])
def test_front_matter_stands_between_two_lines_of_plus(path: str) -> None:
    error = refused(edited(path, "+++\n", "", count=2))
    assert (error.file, error.field) == (path, "front matter")
    assert "+++" in error.rule


def test_front_matter_is_toml() -> None:
    error = refused(edited(SQUAT, "sides = 2", "sides two"))
    assert (error.file, error.field) == (SQUAT, "front matter")
    assert "is not TOML" in error.rule


def test_every_section_of_prose_is_there_and_none_is_unknown() -> None:
    assert refused(edited(SQUAT, "## Form cue", "## Form queue")).field == "## Form queue"
    empty = edited(SQUAT, "Travel like a lift, straight down and straight up.", " ")
    assert (refused(empty).field, refused(empty).rule) == ("## Form cue", "is missing or empty")
    files = texts()
    head, _, _ = files[SQUAT].partition("## Stop if")
    assert refused(files | {SQUAT: head}).field == "## Stop if"


@pytest.mark.parametrize("name", ["Split-Squat", "split_squat", "-split", "split--squat", "split squat", ""])
def test_a_file_is_named_in_lower_case_words_with_hyphens(name: str) -> None:
    files = texts()
    for folder, path in (("exercises", SQUAT), ("stretches", SWINGS)):
        error = refused({k: v for k, v in files.items() if k != path} | {f"{folder}/{name}.md": files[path]})
        assert (error.file, error.field) == (f"{folder}/{name}.md", "file name")


def test_two_exercises_cannot_share_a_rung() -> None:
    error = refused(line("exercises/reverse-lunge.md", "rung", "1"))
    assert (error.file, error.field) == (SQUAT, "rung")
    assert "reverse-lunge's already" in error.rule


@pytest.mark.parametrize("folder", ["exercises", "stretches"])
def test_a_catalogue_without_any_is_none(folder: str) -> None:
    error = refused({k: v for k, v in texts().items() if not k.startswith(folder)})
    assert (error.file, error.rule) == (f"{folder}/", "there is none")


# ---- slots and numbers


@pytest.mark.parametrize("path", [SLOTS, NUMBERS])
def test_a_missing_or_broken_table_is_named(path: str) -> None:
    missing = refused({k: v for k, v in texts().items() if k != path})
    assert (missing.file, missing.rule) == (path, "is missing")
    broken = refused(texts() | {path: "= ="})
    assert (broken.file, "is not TOML" in broken.rule) == (path, True)


@pytest.mark.parametrize("text", ["", "slot = 3", "slot = []"])
def test_there_is_at_least_one_slot(text: str) -> None:
    assert (refused(texts() | {SLOTS: text}).field, refused(texts() | {SLOTS: text}).rule) == ("slot", "there is none")


def test_a_slot_that_is_no_table_is_told() -> None:
    error = refused(texts() | {SLOTS: 'slot = ["knee"]'})
    assert (error.file, error.field, error.rule) == (SLOTS, "slot", "must be a table, not 'knee'")


@pytest.mark.parametrize(
    ("old", "new", "field", "rule"),
    [
        ('key = "hinge"', 'key = "knee"', "key", "must differ"),
        ("order = 3", "order = 2", "order", "must differ"),
        ("priority = 2", "priority = 1", "priority", "must differ"),
        ("priority = 2", "priority = 0", "priority", "0 is outside 1–99"),
        ('patterns = ["calf"]', 'patterns = ["calves"]', "patterns", "'calves' is not one of"),
        ('patterns = ["calf"]', 'patterns = ["calf"]\nalso = "heel-lift"', "also", "must be"),
        ('name = "Calf"', "", "name", "is missing"),
        ('name = "Calf"', 'name = "Calf"\ncolour = 1', "colour", "is not a known field"),
    ],
)
def test_a_wrong_slot_is_named(old: str, new: str, field: str, rule: str) -> None:
    error = refused(edited(SLOTS, old, new))
    assert (error.file, error.field) == (SLOTS, field)
    assert rule in error.rule


@pytest.mark.parametrize(
    ("change", "file", "field", "rule"),
    [
        (lambda t: t.replace("[prior_sd]", "[prior_deviation]", 1), NUMBERS, "prior_deviation", "is not a constant"),
        (lambda t: t.partition("[stretch_weeks]")[0], NUMBERS, "stretch_weeks", "is missing"),
        (lambda t: "prior_sd = 3\n" + t.replace("[prior_sd]", "[[never]]", 1), NUMBERS, "never", "is not a constant"),
    ],
)
def test_constants_are_all_there_and_none_is_unknown(
    change: Callable[[str], str], file: str, field: str, rule: str
) -> None:
    files = texts()
    error = refused(files | {NUMBERS: change(files[NUMBERS])})
    assert (error.file, error.field) == (file, field)
    assert rule in error.rule


@pytest.mark.parametrize(
    ("field", "value"), [("value", "-1"), ("value", '"much"'), ("value", "inf"), ("unit", '""'), ("source", "3")]
)
def test_a_constant_has_a_number_a_unit_and_a_source(field: str, value: str) -> None:
    files = texts()
    before, found, rest = files[NUMBERS].partition("[prior_sd]\n")
    lines = rest.splitlines(keepends=True)
    at = next(n for n, text in enumerate(lines) if text.startswith(field))
    lines[at] = f"{field} = {value}\n"
    error = refused(files | {NUMBERS: before + found + "".join(lines)})
    assert (error.file, error.field) == (f"{NUMBERS} [prior_sd]", field)


def test_a_constant_that_is_no_table_is_missing() -> None:
    files = texts()
    _, _, rest = files[NUMBERS].partition("[hold_prior_sd]")
    error = refused(files | {NUMBERS: f"prior_sd = 0.25\n\n[hold_prior_sd]{rest}"})
    assert (error.field, error.rule) == ("prior_sd", "is missing")


def test_every_constant_of_the_engine_stands_in_the_file() -> None:
    constants = parse(texts()).constants
    assert all(isinstance(getattr(constants, f.name), float) for f in fields(Constants))


def test_the_first_wrong_file_in_the_order_of_names_is_told() -> None:
    files = edited(SQUAT, "sides = 2", "sides = 9")
    files[SWINGS] = files[SWINGS].replace("sides = 2", "sides = 9")
    assert refused(files).file == SQUAT
