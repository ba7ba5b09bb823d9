"""The languages there are: a folder each in translations/, read when its first runner needs it.

A language is a folder of .po files, the form in which translators keep them. They are compiled in memory, so nothing has to be built and no
compiled copy can be out of date.
"""

from __future__ import annotations

import re
from gettext import GNUTranslations
from io import BytesIO
from typing import TYPE_CHECKING

from coach.errors import StridewellError
from language.tongue import ENGLISH, Tongue

if TYPE_CHECKING:
    from pathlib import Path

_CODE = re.compile(r"[a-z]{2,3}")


class UnknownLanguage(StridewellError):
    """A language nobody has translated Stridewell into, or one whose file cannot be read."""


class Library:
    """Every language below a folder. Each is read at its first use and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Tongue] = {ENGLISH.code: ENGLISH}

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages there are, English first."""
        found = sorted(p.name for p in self._folder.glob("*/") if _CODE.fullmatch(p.name) and any(p.glob("*.po")))
        return (ENGLISH.code, *found)

    def tongue(self, code: str) -> Tongue:
        """Raises UnknownLanguage."""
        if code not in self._read:
            if code not in self.codes:
                raise UnknownLanguage(
                    f"language: {code[:20]!r} is none of {', '.join(self.codes)}. Choose one of them; "
                    "docs/translating.md tells how to add another."
                )
            self._read[code] = Tongue(code, code, _words(self._folder / code))
        return self._read[code]


def _words(folder: Path) -> GNUTranslations:
    """The words of one language, all its files together. Raises UnknownLanguage for a file that is no .po file."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    whole = Catalog(locale=folder.name)
    for path in sorted(folder.glob("*.po")):
        try:
            with path.open("rb") as file:
                part = read_po(file, locale=folder.name, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError, ValueError) as error:
            raise UnknownLanguage(
                f"translations/{folder.name}/{path.name}: {error}. Mend the file, or take it out: stridewell translations check"
            ) from None
        for message in part:
            if message.id and message.string and not message.fuzzy:
                whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return GNUTranslations(compiled)
