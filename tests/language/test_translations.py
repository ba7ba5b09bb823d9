"""What translators have written: whole, with the placeholders of the English, and in step with it."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
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


def test_every_sentence_in_the_code_is_gathered(gathered: dict[str, gathering.Messages]) -> None:
    """The gatherer does not see what is said within an f-string, or beside one within the same call."""
    known = {(text, message.context) for part in gathered.values() for message in part for text in _texts(message.id)}
    said = [(file, *one) for file in _files_with_words() for one in _said_in(file)]
    assert len(said) > 500
    assert [one for one in said if one[1:] not in known] == [], "say it in a line of its own"


def _texts(of: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (of,) if isinstance(of, str) else tuple(of)[:1]


def _files_with_words() -> list[Path]:
    found = {file for patterns in gathering.PLACES.values() for pattern in patterns for file in ROOT.glob(pattern)}
    return sorted(
        file
        for file in found
        if file.suffix == ".py" and file.relative_to(ROOT).as_posix() not in gathering.FOR_OPERATORS
    )


def _said_in(file: Path) -> Iterator[tuple[str, str | None]]:
    """Every text that stands in a call which looks words up, or marks them, with its context."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in {"pgettext", "marked_as"} and len(words) == 2:
            yield words[1], words[0]
        elif name in gathering.KEYWORDS and name not in {"pgettext", "marked_as"} and words:
            yield words[0], None


def test_a_sentence_that_stands_in_two_files_and_is_said_in_two_ways_is_named(
    tmp_path: Path, gathered: dict[str, gathering.Messages]
) -> None:
    """It belongs to the mails; a translator has put it among the pages too, where it would win."""
    folder = tmp_path / "de"
    shutil.copytree(FOLDER / "de", folder)
    assert list(gathering.flaws(folder, gathered)) == []
    with (folder / "web.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid "%(weight)s kg"\nmsgstr "%(weight)s Kilo"\n')
    (found,) = gathering.flaws(folder, gathered)
    assert (found.file, found.text, found.rule) == ("de/web.po", "%(weight)s kg", "is translated otherwise in mail.po")


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
    files = list(FOLDER.glob("de/*.po"))
    assert len(files) == 3
    for path in files:
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
