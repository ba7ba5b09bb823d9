"""The command for translators, on the files as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli_translations, places
from coach.errors import StridewellError


def test_a_whole_language_has_nothing_to_look_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_translations.check("de") == 0
    assert "de: " in capsys.readouterr().out


def test_a_new_language_gets_its_files_and_waits_for_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(places, "translations_folder", lambda: tmp_path)
    assert cli_translations.update("fr") == 1
    assert sorted(path.name for path in (tmp_path / "fr").iterdir()) == ["catalogue.po", "mail.po", "web.po"]
    out = capsys.readouterr().out
    assert "fr/mail.po: is not translated: About right" in out
    before = (tmp_path / "fr" / "mail.po").read_bytes()
    cli_translations.update("fr")
    assert (tmp_path / "fr" / "mail.po").read_bytes() == before


def test_what_would_not_work_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(places, "translations_folder", lambda: tmp_path)
    cli_translations.update("fr")
    path = tmp_path / "fr" / "mail.po"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        'msgid "How was %(weekday)s?"\nmsgstr ""', 'msgid "How was %(weekday)s?"\nmsgstr "Et %(jour)s ?"'
    )
    path.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert cli_translations.check("fr") == 1
    assert (
        "fr/mail.po: has other placeholders than the English: %(jour)s: How was %(weekday)s?" in capsys.readouterr().out
    )


def test_a_language_goes_by_its_code() -> None:
    with pytest.raises(StridewellError, match="Write one like de or fr"):
        cli_translations.update("Français")
