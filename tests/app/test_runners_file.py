"""A runners' file: whatever program wrote it, and whatever is wrong with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app import languages, places, runners_file
from app.runner_rows import COLUMNS, REQUIRED, Accepted, Refused
from app.runners_file import RunnersFileError
from tests.app.tables import GOOD, read, read_text, table

TWO = ({"name": "Zoë", "body_mass": "60"}, {"email": "ben@example.org", "name": "Ben"})


def names(rows: list[Accepted | Refused]) -> list[str]:
    return [row.runner.name for row in rows if isinstance(row, Accepted)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_in_every_usual_encoding_and_separator(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(table(*TWO, delimiter=delimiter).replace("\n", end).encode(encoding))
    assert names(read(path)) == ["Zoë", "Ben"]
    warned = runners_file.shape(path).warnings
    assert bool(warned) == (encoding == "cp1252")


def test_a_semicolon_file_with_decimal_commas_and_the_sep_line_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    rows = read_text(tmp_path, "sep=;\n" + table({"body_mass": "60,5", "equipment": "mat"}, delimiter=";"))
    assert isinstance(rows[0], Accepted)
    assert rows[0].line == 3
    assert rows[0].runner.profile.body_mass_kg == 60.5


def test_column_names_may_be_written_with_capitals_spaces_and_in_any_order(tmp_path: Path) -> None:
    columns = tuple(reversed(COLUMNS))
    header, rest = table({}, columns=columns).split("\n", 1)
    text = " , ".join(h.replace("_", " ").title() for h in header.split(",")) + "\n" + rest
    assert names(read_text(tmp_path, text)) == ["Mia"]


def test_optional_columns_may_be_left_out(tmp_path: Path) -> None:
    assert names(read_text(tmp_path, table({}, columns=REQUIRED))) == ["Mia"]


def test_all_missing_columns_are_named_at_once_with_the_closest_match(tmp_path: Path) -> None:
    text = table({}).replace("time_zone", "timezone", 1).replace("screens,", "", 1).replace("consent", "x", 1)
    with pytest.raises(RunnersFileError) as caught:
        read_text(tmp_path, text)
    said = str(caught.value)
    assert "time_zone is missing (is “timezone” it?)" in said
    assert "screens is missing" in said
    assert "consent is missing" in said


def test_an_unknown_column_is_warned_about_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(table({}, columns=(*(c for c in COLUMNS if c != "cleared"), "clearred", "shoe")), encoding="utf-8")
    warnings = runners_file.shape(path).warnings
    assert len(warnings) == 2
    assert "did you mean cleared?" in warnings[0]
    assert names(read(path)) == ["Mia"]


def test_rows_stand_and_fall_by_themselves_and_carry_their_line_number(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path,
        table({"email": "a@example.org"}, {"email": "b@example.org", "goal": "fly"}, {"email": "c@example.org"}),
    )
    assert [type(row) for row in rows] == [Accepted, Refused, Accepted]
    assert [row.line for row in rows] == [2, 3, 4]


def test_blank_lines_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    text = table({}, {"email": "b@example.org"}).replace("\nb@", "\n\n,,,\nb@")
    assert [row.line for row in read_text(tmp_path, text)] == [2, 5]


def test_the_same_address_twice_is_refused_with_the_line_of_the_first(tmp_path: Path) -> None:
    rows = read_text(tmp_path, table({}, {"email": "b@example.org"}, {"email": "MIA@Example.org"}))
    assert isinstance(rows[2], Refused)
    assert rows[2].problems[0].rule == "the same address is in line 2"


def test_a_row_refused_for_another_reason_does_not_take_its_address(tmp_path: Path) -> None:
    rows = read_text(tmp_path, table({"goal": "fly"}, {}))
    assert [type(row) for row in rows] == [Refused, Accepted]


def test_a_line_break_inside_a_cell_never_makes_a_runner_of_what_follows(tmp_path: Path) -> None:
    inner = table({"email": "smuggled@example.org"}).split("\n")[1]
    rows = read_text(tmp_path, table({"name": f"Eve\n{inner}\n"}, {"email": "b@example.org", "name": "Ben"}))
    assert names(rows) == ["Ben"]
    assert isinstance(rows[0], Refused)
    assert "over the end of the line" in rows[0].problems[0].rule
    assert [row.line for row in rows] == [2, 5]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    lines = table(*({"email": f"r{i}@example.org"} for i in range(60))).split("\n")
    lines[3] = lines[3].replace("Mia", '"Mia')
    rows = read_text(tmp_path, "\n".join(lines))
    assert [row.line for row in rows if isinstance(row, Refused)] == [4]
    assert len(names(rows)) == 59


def test_too_many_cells_are_refused_with_the_reason(tmp_path: Path) -> None:
    rows = read_text(tmp_path, table({}) + ",".join([*GOOD.values(), "one more"]) + "\n")
    assert isinstance(rows[1], Refused)
    assert "quotation marks" in rows[1].problems[0].remedy


def test_a_line_of_megabytes_is_one_refused_row(tmp_path: Path) -> None:
    rows = read_text(tmp_path, table({}) + "x" * 3_000_000 + "\n" + table({"email": "b@example.org"}).split("\n")[1])
    assert [type(row) for row in rows] == [Accepted, Refused, Accepted]


def test_control_characters_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    rows = read_text(tmp_path, table({"goal": "hea\x07lth"}))
    assert isinstance(rows[0], Refused)
    assert rows[0].problems[0].column == "goal"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\x00\x01\x02\x03", "not text"),
        (b"email,name\n\x81\x8d", "neither UTF-8 nor Windows-1252"),
        ("é".encode("utf-16")[:-1], "breaks off"),
        (b"just words\n", "is missing"),
    ],
)
def test_a_file_that_is_no_runners_table_is_refused_clearly(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(content)
    with pytest.raises(RunnersFileError) as caught:
        runners_file.shape(path)
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RunnersFileError) as caught:
        runners_file.shape(tmp_path / "no.csv")
    assert "No such file" in str(caught.value)
    with pytest.raises(RunnersFileError):
        runners_file.shape(tmp_path)


def test_an_export_reads_back_to_the_same_runners(tmp_path: Path) -> None:
    rows = read_text(
        tmp_path,
        table(
            *TWO, {"email": "+tag@example.org", "units": "lb", "body_mass": "150", "race_date": "+10d", "race_km": "10"}
        ),
    )
    runners = [row.runner for row in rows if isinstance(row, Accepted)]
    text = io.StringIO()
    assert runners_file.write(text, runners) == 3
    again = read_text(tmp_path, text.getvalue())
    assert [row.runner for row in again if isinstance(row, Accepted)] == runners


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "=cmd|'/c calc'!A1"])
def test_no_cell_of_an_export_begins_as_a_formula(cell: str) -> None:
    assert runners_file.harmless(cell)[0] == "'"
    assert runners_file.harmless("a\r\nb") == "a  b"


def test_every_cell_of_an_export_is_on_one_line_and_quoted_where_needed(tmp_path: Path) -> None:
    rows = read_text(tmp_path, table({"equipment": "dumbbells 2,5,9"}))
    text = io.StringIO()
    runners_file.write(text, [row.runner for row in rows if isinstance(row, Accepted)])
    assert [len(row) for row in csv.reader(io.StringIO(text.getvalue()))] == [len(COLUMNS)] * 2


def test_the_sample_file_shows_every_column_and_every_language() -> None:
    with places.sample_file().open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        assert tuple(rows.fieldnames or ()) == COLUMNS
        assert {row["language"] for row in rows} == set(languages.names())
