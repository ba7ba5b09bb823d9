"""What translators have written: whole, with the placeholders of the English, and in step with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import write_po

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


JINJA = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
MARKUP = re.compile(r"<style.*?</style>|<!--.*?-->|<[^>]*>|&nbsp;|\b[\w-]+=\"[^\"]*\"", re.DOTALL)
SAID = sorted(path for folder in ("email", "web/account") for path in (ROOT / "templates" / folder).rglob("*.html.j2"))


@pytest.mark.parametrize(
    "path", [p for p in SAID if p.parent.name != "operator"], ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_no_word_of_a_mail_or_an_account_stands_where_translators_cannot_reach_it(path: Path) -> None:
    bare = MARKUP.sub(" ", JINJA.sub("", path.read_text(encoding="utf-8")))
    assert set(re.findall("[A-Za-z]{2,}", bare)) <= {"Stridewell"}


def test_no_translation_promises_what_the_english_does_not() -> None:
    for path in FOLDER.glob("de/*.po"):
        said = path.read_text(encoding="utf-8").lower()
        assert not [word for word in ("verhinder", "garantier", "verletzungsfrei", "heilt") if word in said]


def test_what_a_language_lacks_and_what_would_not_work_is_named(tmp_path: Path) -> None:
    said = {
        "mail": {"Sign in": "Einloggen", "%(kilos)s kg": "%(kilo)s kg", "Hello": "", "Hard": "Schwer"},
        "web": {"Sign in": "Anmelden", "Hello": "Hallo"},
    }
    template = gathering.Messages()
    for text in said["mail"]:
        template.add(text)
    folder = tmp_path / "de"
    folder.mkdir()
    for part, translated in said.items():
        written = gathering.Messages(locale="de")
        for text, german in translated.items():
            written.add(text, german, flags=["fuzzy"] if text == "Hard" else [])
        with (folder / f"{part}.po").open("wb") as file:
            write_po(file, written)
    lines = [f"{f.file} {f.text} {f.rule}" for f in gathering.flaws(folder, {"mail": template, "web": template})]
    for named in (
        "de/mail.po Hello is not translated",
        "de/mail.po Hard is marked as fuzzy",
        "de/mail.po %(kilos)s kg has other placeholders than the English",
        "de/web.po Sign in is translated otherwise in mail.po",
        "de/web.po Hard is not in the file yet",
    ):
        assert any(line.startswith(named) for line in lines), (named, lines)
    assert any("the file is missing" in f.rule for f in gathering.flaws(folder, {"catalogue": template}))
