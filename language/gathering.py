"""Gathers every English sentence a runner may read, and keeps the translators' files in step with them.

Three files a language, so that several people can work side by side: `mail` (the mails and the coach's reasons), `catalogue` (exercises and
stretches) and `web` (the pages). A sentence of two of them stands in the first only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from babel.messages.catalog import Catalog as Messages
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from language.catalogue import prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from coach.catalogue import Catalogue

PARTS: Final = ("mail", "catalogue", "web")

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "mail": ("language/*.py", "mail/*.py", "app/account_mails.py", "templates/email/**/*.j2"),
    "web": ("web/**/*.py", "app/consent.py", "templates/web/**/*.j2"),
}
FOR_OPERATORS: Final = frozenset({"mail/operator_letter.py", "templates/email/operator"})
"""Whoever runs Stridewell reads English."""

KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "gettext": None,
    "say": None,
    "marked": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "pgettext": ((1, "c"), 2),
    "marked_as": ((1, "c"), 2),
}
HINT: Final = "Translators:"
"""Begins a comment that is handed on to translators."""

_PLACE = re.compile(r"%\(\w+\)s|%%")
_TAG = re.compile(r"</?[a-z][^>]*>")
_BEGUN: Final = datetime(2026, 11, 22, tzinfo=UTC)
"""Stands in every file instead of the moment it was written, so that nothing changes where no sentence did."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one message. file: like "de/mail.po"; text: the English one."""

    file: str
    text: str
    rule: str


def gathered(root: Path, catalogue: Catalogue) -> dict[str, Messages]:
    """Every message by part, without translations. root: the checkout."""
    found: dict[str, Messages] = {}
    known: set[tuple[str, str | None]] = set()
    for part in PARTS:
        messages = found[part] = _empty()
        entries = _of_catalogue(catalogue) if part == "catalogue" else _of_files(root, part)
        for text, context, place, comments in entries:
            key = (text if isinstance(text, str) else text[0], context)
            if key in known and messages.get(text, context) is None:
                continue
            known.add(key)
            messages.add(text, context=context, locations=[(place, 1)], auto_comments=comments)
    return found


def update(folder: Path, gathered: Mapping[str, Messages]) -> None:
    """Write the files of one language anew: new sentences wait for words, those no longer said go. folder: translations/de."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, template in gathered.items():
        (folder / f"{part}.po").write_bytes(updated(folder, part, template))


def updated(folder: Path, part: str, template: Messages) -> bytes:
    """A file of a language as `update` writes it."""
    path = folder / f"{part}.po"
    before = read(path) if path.is_file() else _empty(folder.name)
    before.update(template, no_fuzzy_matching=True, update_header_comment=False)
    out = BytesIO()
    write_po(out, before, width=120, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()


def read(path: Path) -> Messages:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name, abort_invalid=True)


def flaws(folder: Path, gathered: Mapping[str, Messages]) -> Iterator[Flaw]:
    """What a language still lacks, and where a translation would not work. folder: translations/de."""
    told: dict[object, tuple[str, object]] = {}
    for part, template in gathered.items():
        path = folder / f"{part}.po"
        name = f"{folder.name}/{path.name}"
        if not path.is_file():
            yield Flaw(name, "", f"the file is missing; `stridewell translations update {folder.name}` makes it")
            continue
        have = read(path)
        for message in template:
            if not message.id:
                continue
            text = message.id if isinstance(message.id, str) else message.id[0]
            found = have.get(message.id, message.context)
            if found is None:
                yield Flaw(name, text, "is not in the file yet; run: stridewell translations update")
            else:
                yield from (Flaw(name, text, rule) for rule in _rules(found, have.num_plurals))
        # All files of a language are read as one: of two translations one would be lost, whether or not it belongs here.
        for message in have:
            text = message.id if isinstance(message.id, str) else message.id[0]
            first, said = told.setdefault((text, message.context), (path.name, message.string))
            if text and said != message.string:
                yield Flaw(name, text, f"is translated otherwise in {first}")


def _rules(found: Message, plurals: int) -> Iterator[str]:
    said = found.string if isinstance(found.string, (list, tuple)) else (found.string,)
    if not any(said):
        yield "is not translated"
        return
    if found.fuzzy:
        yield "is marked as fuzzy: read it, mend it, and take the mark away"
    if found.pluralizable and (len(said) != plurals or not all(said)):
        yield f"needs {plurals} forms"
    english = (found.id,) if isinstance(found.id, str) else found.id
    for text in filter(None, said):
        for what, pattern in (("placeholders", _PLACE), ("tags", _TAG)):
            if all(sorted(pattern.findall(text)) != sorted(pattern.findall(original)) for original in english):
                yield f"has other {what} than the English: {', '.join(pattern.findall(text)) or 'none'}"


def _empty(locale: str | None = None) -> Messages:
    return Messages(
        locale=locale,
        project="Stridewell",
        version="1",
        copyright_holder="the Stridewell authors",
        header_comment="# Stridewell. docs/translating.md tells how to work on this file.",
        creation_date=_BEGUN,
        revision_date=_BEGUN,
        fuzzy=False,
    )


Entry = tuple[str | tuple[str, ...], str | None, str, list[str]]


def _of_catalogue(catalogue: Catalogue) -> Iterator[Entry]:
    for place, field, text in prose(catalogue):
        yield text, None, place, [f"{HINT} {_FIELDS[field]}"] if field in _FIELDS else []


_FIELDS = {
    "purpose": "completes “Here because …”",
    "stop_if": "completes “Stop if: …”",
}


def _of_files(root: Path, part: str) -> Iterator[Entry]:
    paths = sorted({path for pattern in PLACES[part] for path in root.glob(pattern)})
    for path in paths:
        place = path.relative_to(root).as_posix()
        if not place.startswith(tuple(FOR_OPERATORS)):
            method = "jinja2.ext:babel_extract" if path.suffix == ".j2" else "python"
            with path.open("rb") as file:
                for _, text, comments, context in extract(method, file, KEYWORDS, [HINT], _OPTIONS[path.suffix]):
                    yield text, context, place, comments


_OPTIONS = {".py": {}, ".j2": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
