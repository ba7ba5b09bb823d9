"""Figures are drawn once, again when they change, and taken away with what they show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import drawing, places
from app.cli import main
from coach.catalogue import Catalogue
from coach.errors import CatalogueError

FOLDER = Path(__file__).resolve().parents[2] / "catalogue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of its own with two figures that have their PNG."""
    shutil.copytree(FOLDER, tmp_path / "catalogue", ignore=shutil.ignore_patterns("figures"))
    here = tmp_path / "catalogue" / "figures"
    (here / "png").mkdir(parents=True)
    for slug in ("front-plank", "glute-bridge"):
        shutil.copy(FOLDER / "figures" / f"{slug}.toml", here)
        shutil.copy(FOLDER / "figures" / "png" / f"{slug}.png", here / "png")
    return tmp_path / "catalogue"


def test_what_has_not_changed_is_not_drawn_again(folder: Path, catalogue: Catalogue) -> None:
    assert drawing.write_pngs(folder, catalogue) == drawing.Written((), ())


def test_a_changed_figure_is_drawn_again(folder: Path, catalogue: Catalogue) -> None:
    path = folder / "figures" / "glute-bridge.toml"
    before = (folder / "figures" / "png" / "glute-bridge.png").read_bytes()
    path.write_text(path.read_text().replace("hips = [-1, 22.5]", "hips = [-1, 20]"))
    assert drawing.write_pngs(folder, catalogue).drawn == ("glute-bridge",)
    after = (folder / "figures" / "png" / "glute-bridge.png").read_bytes()
    assert after != before
    assert after.startswith(b"\x89PNG")


def test_the_picture_of_a_figure_that_is_gone_goes_too(folder: Path, catalogue: Catalogue) -> None:
    (folder / "figures" / "front-plank.toml").unlink()
    assert drawing.write_pngs(folder, catalogue).removed == ("front-plank",)
    assert not (folder / "figures" / "png" / "front-plank.png").exists()


def test_a_figure_of_nothing_is_named(folder: Path, catalogue: Catalogue) -> None:
    shutil.copy(folder / "figures" / "front-plank.toml", folder / "figures" / "moon-walk.toml")
    with pytest.raises(CatalogueError, match=r"figures/moon-walk\.toml: file name: is no exercise's or stretch's"):
        drawing.write_pngs(folder, catalogue)


def test_a_figure_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "figures" / "front-plank.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match=r"front-plank\.toml: file: cannot be read as UTF-8 text"):
        drawing.figures(folder)


def test_the_command_draws_and_lays_all_out_on_a_page(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "figures.html"
    assert main(["catalogue", "pictures", "--folder", str(folder), "--sheet", str(page), "--moving"]) == 0
    said = capsys.readouterr().out
    assert "Drawn: nothing new" in said
    text = page.read_text(encoding="utf-8")
    assert "2 of " in text
    assert text.count("<svg ") == 2
    assert "<animate " in text


def test_the_check_names_what_is_not_drawn(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "check", str(folder)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "2 figures" in said
    assert "Not yet drawn: 90-90-hip-switch, " in said


def test_the_templates_folder_holds_the_page(catalogue: Catalogue) -> None:
    page = drawing.contact_sheet(catalogue, {}, places.templates_folder(), moving=False)
    assert f"0 of {len(catalogue.exercises) + len(catalogue.stretches)}" in page
