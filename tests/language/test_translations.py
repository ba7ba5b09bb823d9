"""What translators have written: whole, with the placeholders of the English, and in step with it."""

from __future__ import annotations

import pytest

from app import places, wiring
from language import gathering
from tests.conftest import ROOT

FOLDER = places.translations_folder()
LANGUAGES = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
CATALOGUE = wiring.load_catalogue(places.catalogue_folder())


@pytest.fixture(scope="module")
def gathered() -> dict[str, gathering.Messages]:
    return gathering.gathered(ROOT, CATALOGUE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_a_runner_may_read_is_translated(language: str, gathered: dict[str, gathering.Messages]) -> None:
    assert list(gathering.flaws(FOLDER / language, gathered)) == [], (
        "translate what is missing, or take it from English for now: docs/translating.md"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", gathering.PARTS)
def test_the_files_hold_what_is_said_today(language: str, part: str, gathered: dict[str, gathering.Messages]) -> None:
    kept = (FOLDER / language / f"{part}.po").read_bytes()
    assert gathering.updated(FOLDER / language, part, gathered[part]) == kept, "run: stridewell translations update"


def test_the_catalogues_prose_and_the_templates_are_gathered(gathered: dict[str, gathering.Messages]) -> None:
    assert gathered["catalogue"].get("Travel like a lift, straight down and straight up.") is not None
    assert gathered["mail"].get("How was %(weekday)s?") is not None
    assert gathered["mail"].get("easy", context="run") is not None


def test_no_translation_promises_what_the_english_does_not() -> None:
    for path in FOLDER.glob("de/*.po"):
        said = path.read_text(encoding="utf-8").lower()
        assert not [word for word in ("verhinder", "garantier", "verletzungsfrei", "heilt") if word in said]
