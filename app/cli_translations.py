"""`stridewell translations`: keep the translators' files in step with what Stridewell says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cyclopts import App

from app import places, shown
from coach.errors import StridewellError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

translations = App(name="translations", help="Other languages: what is said, what is translated.")


@translations.command
def update(language: str = "", /) -> int:
    """Bring translations/ up to date: new sentences wait for words, those no longer said go.

    Parameters
    ----------
    language
        One language, like fr; a new one gets its files. All there are when left out.

    """
    from language import gathering

    said = _said()
    for code in _wanted(language):
        gathering.update(places.translations_folder() / code, said)
    return check(language)


@translations.command
def check(language: str = "", /) -> int:
    """List every sentence that is not translated yet, or whose translation would not work.

    Parameters
    ----------
    language
        One language, like de; all there are when left out.

    """
    from language import gathering

    said, wrong = _said(), 0
    total = sum(len(part) for part in said.values())
    for code in _wanted(language):
        flaws = list(gathering.flaws(places.translations_folder() / code, said))
        for flaw in flaws:
            shown.plain(f"{flaw.file}: {flaw.rule}" + (f": {flaw.text[:100]}" if flaw.text else ""))
        shown.plain(f"{code}: {total} sentences, {len(flaws) or 'none'} to look at.")
        wrong += len(flaws)
    return 1 if wrong else 0


def _wanted(language: str) -> list[str]:
    """The language named, or all there are."""
    if not language:
        return sorted(folder.name for folder in places.translations_folder().iterdir() if folder.is_dir())
    if not language.isalpha() or not language.islower():
        raise StridewellError(f"language: {language[:20]!r} is no code of a language. Write one like de or fr.")
    return [language]


def _said() -> dict[str, Catalog]:
    from app import wiring
    from language import gathering

    return gathering.gathered(places.checkout(), wiring.load_catalogue(places.catalogue_folder()))
