"""Sign-off of the catalogue: who has read which file, when, and whether the file is still the one that was read.

A signature holds for a file's content without its `reviewed_by` and `reviewed_on`, by SHA-256; all of them stand in
`catalogue/signed.toml`. Line ends do not count, so that a checkout on another system keeps its signatures.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from app import wiring
from coach.errors import StridewellError

RECORD = "signed.toml"
SLOTS_FILE = "programmes/weekly.toml"
CONSTANTS_FILE = "progression.toml"

MARK_DIGITS = 8
"""Hexadecimal digits of the hash that a printed sheet shows: enough to tell two versions of one file apart."""

NAME_CHARS = 120
"""Longest name of who signs."""

_TABLES = {SLOTS_FILE: "Places of a session", CONSTANTS_FILE: "Constants of progression"}
_FOLDERS = {"exercises": "exercise", "stretches": "stretch"}
_FRONT = re.compile(r"\A\+\+\+\r?\n(.*?)\r?\n\+\+\+\r?\n", re.DOTALL)
_REVIEW_LINE = re.compile(r"^reviewed_(?:by|on)[ \t]*=.*\n?", re.MULTILINE)
_MARKED = re.compile(r"(.+)@([0-9a-fA-F]*)")
_HEADING = (
    "# Who has signed which file of the catalogue. Written by `stridewell catalogue sign`, not by hand.\n"
    "# sha256: of the file without reviewed_by and reviewed_on, with plain line ends.\n"
)


class SigningError(StridewellError):
    """A file cannot be signed, or the record of signatures cannot be read."""


class State(StrEnum):
    SIGNED = "signed"
    CHANGED = "changed since it was signed"
    CLAIMED = "reviewer named in the file, but not recorded so"
    NEVER = "never signed"


@dataclass(frozen=True, slots=True)
class Signature:
    """sha256: of the content that was read. by: name and profession. on: the day of the signature."""

    sha256: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that a clinician signs. file: path below catalogue/. kind: exercise, stretch or table.

    sha256: of the content as it is now. signature: the last one recorded, which may be of other content (see state).
    """

    file: str
    kind: str
    name: str
    sha256: str
    state: State
    signature: Signature | None

    @property
    def slug(self) -> str:
        return self.file.rpartition("/")[2].partition(".")[0]

    @property
    def mark(self) -> str:
        """Like nordic-lower@1a2b3c4d: what `sign` takes to sign this content and no other."""
        return f"{self.slug}@{self.sha256[:MARK_DIGITS]}"


@dataclass(frozen=True, slots=True)
class Survey:
    """Every file to be signed, in order of names. gone: signatures of files that are no longer there."""

    entries: tuple[Entry, ...]
    gone: tuple[tuple[str, Signature], ...]

    def of(self, *states: State) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries if e.state in states)

    @property
    def unsigned(self) -> tuple[Entry, ...]:
        """All that waits for a signature, whatever the cause."""
        return tuple(e for e in self.entries if e.state is not State.SIGNED)


def survey(folder: Path) -> Survey:
    """Compare the files of a catalogue with their signatures. Raises CatalogueError, SigningError."""
    wiring.load_catalogue(folder)
    signatures = _read_record(folder)
    texts = {file: _text(folder / file) for file in _files(folder)}
    return Survey(
        entries=tuple(_entry(file, text, signatures.get(file)) for file, text in texts.items()),
        gone=tuple((file, s) for file, s in sorted(signatures.items()) if file not in texts),
    )


def sign(folder: Path, names: Sequence[str], *, by: str, on: date, today: date) -> tuple[Entry, ...]:
    """Record that somebody has read the named files as they are, and fill in reviewed_by and reviewed_on.

    names: slugs ("nordic-lower"), names ("Nordic lower") or paths; one with a mark ("nordic-lower@1a2b3c4d") is signed
    only with that content. Signing again replaces the earlier signature. All are signed or none.
    Returns the entries as signed. Raises CatalogueError, SigningError.
    """
    who = " ".join(by.split())
    if not who or len(who) > NAME_CHARS or not who.isprintable():
        raise SigningError(
            f'--by: who signs must be 1 to {NAME_CHARS} characters. Write name and profession: --by "Jo Lind, physiotherapist"'
        )
    if on > today:
        raise SigningError(
            f"--on {on}: this day has not come yet. Write the day of the signature, at the latest {today}."
        )
    if not names:
        raise SigningError(
            "Nothing is named. Name exercises or stretches; see which wait: stridewell catalogue unsigned"
        )
    found = survey(folder)
    chosen = tuple(dict.fromkeys(_named(folder, found.entries, name) for name in names))
    drafts = {e.file: _reviewed(e.file, _text(folder / e.file), who, on) for e in chosen if e.kind != "table"}
    record = _read_record(folder)
    signed = tuple(replace(e, state=State.SIGNED, signature=Signature(e.sha256, who, on)) for e in chosen)
    record |= {e.file: e.signature for e in signed if e.signature is not None}
    # The record last: broken off half-way, files name a reviewer that is not recorded, which `changes` lists.
    for file, text in drafts.items():
        _write(folder / file, text)
    _write(folder / RECORD, _record_text(record))
    return signed


def content_hash(file: str, text: str) -> str:
    """SHA-256 of what is signed of a file. Raises SigningError when reviewed_by, reviewed_on are not lines of their own."""
    plain = text.replace("\r\n", "\n")
    front = _FRONT.match(plain)
    if front is None:
        return hashlib.sha256(plain.encode()).hexdigest()
    # The closing line end belongs to the last line of the front matter.
    lines = front[1] + "\n"
    kept = _REVIEW_LINE.sub("", lines)
    wanted = {k: v for k, v in tomllib.loads(lines).items() if k not in {"reviewed_by", "reviewed_on"}}
    if tomllib.loads(kept) != wanted:
        raise SigningError(
            f"{file}: reviewed_by and reviewed_on must each stand on a line of their own. Put them there."
        )
    return hashlib.sha256(f"+++\n{kept}+++\n{plain[front.end() :]}".encode()).hexdigest()


def summary(found: Survey) -> str:
    """One line of counts."""
    counts = {state: len(found.of(state)) for state in State}
    said = [f"{counts[State.SIGNED]} of {len(found.entries)} files signed", f"{counts[State.CHANGED]} changed since"]
    said.append(f"{counts[State.NEVER]} never signed")
    if counts[State.CLAIMED]:
        said.append(f"{counts[State.CLAIMED]} with a reviewer who is not recorded")
    if found.gone:
        said.append(f"{len(found.gone)} signed and gone")
    return f"Catalogue: {', '.join(said)}."


def _files(folder: Path) -> Iterable[str]:
    for name in _FOLDERS:
        yield from (f"{name}/{path.name}" for path in sorted((folder / name).glob("*.md")))
    yield from _TABLES


def _entry(file: str, text: str, signature: Signature | None) -> Entry:
    sha256 = content_hash(file, text)
    kind, name, named = "table", _TABLES.get(file, ""), None
    if front := _FRONT.match(text):
        fields = tomllib.loads(front[1])
        kind, name = _FOLDERS[file.partition("/")[0]], str(fields["name"])
        named = (str(fields["reviewed_by"]), str(fields["reviewed_on"]))
    return Entry(file, kind, name, sha256, _state(sha256, named, signature), signature)


def _state(sha256: str, named: tuple[str, str] | None, signature: Signature | None) -> State:
    """named: reviewed_by and reviewed_on of the file, None where a file has no such fields."""
    if signature is None:
        return State.CLAIMED if named and any(named) else State.NEVER
    if signature.sha256 != sha256:
        return State.CHANGED
    if named is not None and named != (signature.by, signature.on.isoformat()):
        return State.CLAIMED
    return State.SIGNED


def _named(folder: Path, entries: Sequence[Entry], name: str) -> Entry:
    """The entry somebody means. Raises SigningError."""
    marked = _MARKED.fullmatch(name.strip())
    asked, mark = (marked[1], marked[2].lower()) if marked else (name.strip(), None)
    path = Path(asked)
    file = path.resolve().relative_to(folder.resolve()).as_posix() if _lies_in(path, folder) else path.as_posix()
    word = asked.lower()
    found = (
        [e for e in entries if e.file == file]
        or [e for e in entries if e.slug == word]
        or [e for e in entries if e.name.lower() == word]
    )
    if not found:
        known = [known for e in entries for known in (e.slug, e.name)]
        near = difflib.get_close_matches(asked, known, 1, cutoff=0.6)
        hint = f"Did you mean {near[0]}?" if near else "See them all: stridewell catalogue sheet"
        raise SigningError(f"{asked[:80]}: there is no such exercise, stretch or table. {hint}")
    if len(found) > 1:
        raise SigningError(f"{asked}: this may be {' or '.join(e.file for e in found)}. Write the path.")
    entry = found[0]
    # A mark shorter than the sheet prints would let a changed file pass by chance.
    if mark is not None and (len(mark) < MARK_DIGITS or not entry.sha256.startswith(mark)):
        raise SigningError(
            f"{name}: the file has changed since that sheet was printed; now it is {entry.mark}. "
            "Have it read again: stridewell catalogue sheet --html FILE"
        )
    return entry


def _lies_in(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _reviewed(file: str, text: str, by: str, on: date) -> str:
    """The file's text with reviewed_by and reviewed_on filled in and all else as it was, line ends too."""
    front = _FRONT.match(text)
    if front is None:
        raise SigningError(f"{file}: the front matter must stand between two lines of +++ at the top")
    lines = front[1]
    for field, value in (("by", by), ("on", on.isoformat())):
        line = f"reviewed_{field} = {_quoted(value)}"
        lines = re.sub(rf"^reviewed_{field}[ \t]*=[^\r\n]*", lambda _, line=line: line, lines, flags=re.MULTILINE)
    return text[: front.start(1)] + lines + text[front.end(1) :]


def _text(path: Path) -> str:
    # Not read_text: it would change the line ends, which are written back as they were.
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _read_record(folder: Path) -> dict[str, Signature]:
    path = folder / RECORD
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SigningError(f"{RECORD}: this is not TOML: {error}. Bring it back from version control.") from None
    return {file: _signature(file, table) for file, table in tables.items()}


def _signature(file: str, table: object) -> Signature:
    match table:
        case {"sha256": str(sha256), "by": str(by), "on": date() as on, **rest} if (
            not rest and by and type(on) is date and re.fullmatch(r"[0-9a-f]{64}", sha256)
        ):
            return Signature(sha256, by, on)
        case _:
            raise SigningError(
                f"{RECORD}: {file}: a signature is sha256 (64 hexadecimal digits), by (a name) and on (a day). "
                "Bring the file back from version control, or sign again."
            )


def _record_text(record: Mapping[str, Signature]) -> str:
    parts = [
        f"\n[{_quoted(file)}]\nsha256 = {_quoted(s.sha256)}\nby = {_quoted(s.by)}\non = {s.on.isoformat()}\n"
        for file, s in sorted(record.items())
    ]
    return _HEADING + "".join(parts)


def _quoted(text: str) -> str:
    """A TOML text. JSON writes printable text in the same way."""
    return json.dumps(text, ensure_ascii=False)
