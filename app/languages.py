"""The languages there are, read once a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app import places

if TYPE_CHECKING:
    from language.library import Library


@cache
def library() -> Library:
    """What stands in translations/; each language is read when it is first needed."""
    from language.library import Library

    return Library(places.translations_folder())
