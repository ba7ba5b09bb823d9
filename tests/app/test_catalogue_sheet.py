"""The page a physiotherapist reads: whole, in plain words, harmless, and needing no other file."""

from __future__ import annotations

import csv
import io
import re
import shutil
from datetime import date
from html import escape, unescape
from pathlib import Path

import pytest

from app import catalogue_sheet, places
from app import catalogue_signing as signing
from app.catalogue_sheet import GEAR, SCREEN
from app.cli import main
from coach.catalogue import Catalogue
from coach.profile import Gear, Screen

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "catalogue"
DAY = date(2026, 11, 22)


def card_of(page: str, slug: str) -> str:
    return unescape(page.partition(f'id="{slug}"')[2].partition("</article>")[0])


def page_of(folder: Path) -> str:
    return catalogue_sheet.html(catalogue_sheet.lay_out(folder, on=DAY), places.templates_folder())


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(FOLDER)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(catalogue_sheet.table(FOLDER), newline="")))


def test_every_exercise_and_stretch_stands_on_the_page_word_for_word(page: str, catalogue: Catalogue) -> None:
    said = unescape(page)
    for e in catalogue.exercises:
        for text in (e.name, e.purpose, e.how, e.feel, e.cue, e.carry_over, e.stop_if):
            assert text in said
    for s in catalogue.stretches:
        for text in (s.name, s.how, s.feel, s.cue, s.stop_if):
            assert text in said
    assert page.count('<article class="card"') == len(catalogue.exercises) + len(catalogue.stretches)


def test_places_ladders_and_constants_stand_on_the_page(page: str, catalogue: Catalogue) -> None:
    for slot in catalogue.slots:
        assert escape(slot.purpose) in page
    for name in catalogue.ladders:
        assert f'id="ladder-{name}"' in page
    assert len(re.findall(r"<tr><th scope", page)) == len(catalogue.constants.__dataclass_fields__)


def test_every_link_leads_to_one_place_of_the_page_and_none_out_of_it(page: str) -> None:
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
    assert not re.findall(r'(?:href|src)="(?!#)', page)
    assert "@import" not in page
    assert "url(" not in page
    assert "<script" not in page


def test_a_physiotherapist_meets_no_keys_of_the_files(page: str) -> None:
    said = unescape(re.sub(r"<style>.*?</style>|<code>.*?</code>|<[^>]+>", " ", page, flags=re.DOTALL))
    for key in ("bodyweight_share", "start_load_share", "joint_control", "knee-flexion", "lateral-hip", "avoid_when"):
        assert key not in said
    assert "{{" not in said
    assert "None" not in re.findall(r"\w+", said)


def test_the_heavy_facts_of_an_exercise_are_told_in_plain_words(page: str) -> None:
    card = card_of(page, "leg-press")
    assert "12 repetitions with 100 % of body mass added" in card
    assert "2 s down, 1 s still, 1 s up" in card
    assert GEAR[Gear.MACHINE] in card
    assert 'aria-label="2 of 3"' in card
    nordic = card_of(page, "nordic-lower")
    assert "something that holds the feet" in nordic
    assert "pregnant" in nordic


def test_every_screening_answer_has_its_words() -> None:
    assert set(SCREEN) == set(Screen)


def test_what_stands_in_the_files_cannot_become_markup(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))
    path = folder / "exercises" / "nordic-lower.md"
    text = path.read_text(encoding="utf-8").replace("## Form cue\n", "## Form cue\n<script>alert(1)</script> & ")
    path.write_text(text, encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page_of(folder)


def test_the_page_tells_what_is_signed_and_what_has_changed_since(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))
    signing.sign(folder, ["nordic-lower", "leg-swings", "weekly"], by="Jo Lind, physio", on=DAY, today=DAY)
    path = folder / "stretches" / "leg-swings.md"
    path.write_text(path.read_text(encoding="utf-8").replace("reps = 10", "reps = 12"), encoding="utf-8")
    page = page_of(folder)
    assert "Signed: Jo Lind, physio, 2026-11-22" in card_of(page, "nordic-lower")
    assert "Changed since Jo Lind, physio signed it" in card_of(page, "leg-swings")


def test_the_table_has_a_row_for_everything_and_room_for_a_remark(
    rows: list[dict[str, str]], catalogue: Catalogue
) -> None:
    kinds = [row["kind"] for row in rows]
    assert kinds.count("exercise") == len(catalogue.exercises)
    assert kinds.count("stretch") == len(catalogue.stretches)
    assert kinds.count("slot") == len(catalogue.slots)
    assert kinds.count("constant") == len(catalogue.constants.__dataclass_fields__)
    assert {(row["agreed (yes/no)"], row["remark"]) for row in rows} == {("", "")}
    assert list(rows[0])[-2:] == ["agreed (yes/no)", "remark"]
    nordic = next(row for row in rows if row["name"] == "Nordic lower")
    assert (nordic["loads hamstring"], nordic["loads knee"], nordic["rung"]) == ("3", "0", "4")


def test_no_cell_of_the_table_is_run_by_a_spreadsheet(rows: list[dict[str, str]]) -> None:
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_page_and_table_show_the_same_marks(page: str, rows: list[dict[str, str]]) -> None:
    assert {row["mark"] for row in rows} == set(re.findall(r"<code>([\w-]+@[0-9a-f]{8})</code>\n</div>", page))


def test_the_command_writes_page_and_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, table = tmp_path / "sheet.html", tmp_path / "sheet.csv"
    assert main(("catalogue", "sheet", "--html", str(page), "--csv", str(table))) == 0
    assert str(page) in capsys.readouterr().out
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert table.read_bytes().startswith(b"\xef\xbb\xbfkind,")
    assert b"\r\r" not in table.read_bytes()


def test_without_a_file_the_page_is_printed(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(("catalogue", "sheet")) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"<!doctype html>")
    assert out.rstrip().endswith(b"</html>")
