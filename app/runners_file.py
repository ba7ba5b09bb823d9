"""A runners' file: its encoding, its separators and its header found out, its rows streamed; and written so that it is harmless.

Memory stays bounded whatever the size: a row at a time, plus the addresses met (to find the same one twice).
"""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app import runner_rows
from app.runner_rows import COLUMNS, OPTIONAL, REQUIRED, Accepted, Problem, Refused
from coach.errors import StridewellError
from models.people import NewSubscriber

LINE_CHARS = 20_000
"""Longest line read as a row; a real one has about 300 characters."""

CELL_CHARS = 2_000

QUOTED_LINES = 20
"""How far the end of a quoted cell is looked for: enough to name the broken row, too few to swallow the file."""

_CP1252 = "cp1252"

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class RunnersFileError(StridewellError):
    """A runners' file as a whole cannot be read; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What was found out of a file before its first row. header: column name by place, "" for one that is not known."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    first_line: int
    """The line number of the first row after the header."""
    warnings: tuple[str, ...]


def shape(path: Path) -> Shape:
    """Look at a file without taking a row. Raises RunnersFileError."""
    encoding, warnings = _encoding(path)
    with path.open(encoding=encoding, newline=None) as file:
        for number, line in enumerate(_lines(file), start=1):
            if line.strip() and not line.lower().startswith("sep="):
                delimiter = _delimiter(line)
                header, more = _header(_split(line, delimiter) or [], path)
                return Shape(encoding, delimiter, header, number + 1, warnings + more)
    raise RunnersFileError(f"{path}: the file is empty. Its first line must name the columns: {', '.join(REQUIRED)}.")


def rows(path: Path, found: Shape, *, today: date, default_slot: tuple[int, int]) -> Iterator[Accepted | Refused]:
    """Every row of the file, accepted or refused by itself, in order."""
    seen: dict[str, int] = {}
    for line, values in _records(path, found):
        if isinstance(values, Problem):
            yield Refused(line, "", (values,))
            continue
        result = _row(line, values, found, today, default_slot)
        if isinstance(result, Accepted):
            address = result.runner.email.casefold()
            first = seen.setdefault(address, line)
            if first != line:
                again = Problem("email", f"the same address is in line {first}", "Keep one row for each runner.")
                result = Refused(line, result.runner.email, (again,))
        yield result


def write(file: io.TextIOBase, runners: Iterable[NewSubscriber]) -> int:
    """Write an export; returns the rows written. No cell starts what a spreadsheet would run as a formula."""
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow(COLUMNS)
    count = 0
    for runner in runners:
        values: Mapping[str, str] = runner_rows.cells(runner)
        table.writerow([harmless(values[column]) for column in COLUMNS])
        count += 1
    return count


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would run it, and on one line."""
    line = " ".join(cell.split("\n")).replace("\r", " ").replace("\0", "")
    return f"'{line}" if line[:1] in ("=", "+", "-", "@", "\t") else line


def _row(line: int, values: list[str], found: Shape, today: date, default_slot: tuple[int, int]) -> Accepted | Refused:
    if len(values) > len(found.header) and any(v.strip() for v in values[len(found.header) :]):
        rule = f"the row has {len(values)} cells and the header {len(found.header)}"
        remedy = f"Put quotation marks around a cell that has a {_DELIMITERS[found.delimiter]} in it."
        return Refused(line, "", (Problem("row", rule, remedy),))
    cells = {column: value.strip() for column, value in zip(found.header, values, strict=False) if column}
    if _CONTROL.search("".join(cells.values())) or max(map(len, cells.values()), default=0) > CELL_CHARS:
        column = next(c for c, value in cells.items() if _CONTROL.search(value) or len(value) > CELL_CHARS)
        rule = "it has a control character" if _CONTROL.search(cells[column]) else f"it is over {CELL_CHARS} characters"
        problem = Problem(column, rule, "Write it as plain text on one line.")
        return Refused(line, "", (problem,))
    return runner_rows.parse(line, cells, today=today, default_slot=default_slot)


def _records(path: Path, found: Shape) -> Iterator[tuple[int, list[str] | Problem]]:
    """Line number and cells of every row. A row is one line: none of the columns needs more.

    A quoted cell that runs over lines is followed to its end, so that what stands in it is never taken for a row.
    """
    with path.open(encoding=found.encoding, newline=None) as file:
        lines = _lines(file)
        pending: list[str] = []
        number = 0
        while True:
            line = pending.pop(0) if pending else next(lines, None)
            if line is None:
                return
            number += 1
            if number < found.first_line or not line.strip():
                continue
            if len(line) > LINE_CHARS:
                rule = f"the line is over {LINE_CHARS} characters"
                yield number, Problem("row", rule, "Look for a quotation mark that is not closed.")
                continue
            values = _split(line, found.delimiter)
            if values is not None:
                if any(v.strip() for v in values):
                    yield number, values
                continue
            while len(pending) < QUOTED_LINES and (more := next(lines, None)) is not None:
                pending.append(more)
            taken = _closed_after(line, pending, found.delimiter)
            rule = (
                "a cell runs over the end of the line"
                if taken
                else "a quotation mark is not closed, or stands inside a cell"
            )
            yield number, Problem("row", rule, "Write every cell on one line; double a quotation mark inside a cell.")
            del pending[:taken]
            number += taken


def _closed_after(line: str, following: list[str], delimiter: str) -> int:
    """How many of the following lines belong to the quoted cell that `line` leaves open; 0 when it is never closed."""
    if line.count('"') % 2 == 0:
        return 0
    text = line
    for taken, more in enumerate(following, start=1):
        text += more
        if more.count('"') % 2 and _split(text, delimiter) is not None:
            return taken
    return 0


def _split(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line; None when its quotation marks are wrong."""
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _lines(file: io.TextIOBase) -> Iterator[str]:
    """Lines, none kept longer than needed to see that it is too long."""
    while line := file.readline(LINE_CHARS + 1):
        if len(line) > LINE_CHARS:
            while (rest := file.readline(LINE_CHARS)) and not rest.endswith("\n"):
                pass
        yield line


_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}


def _delimiter(header: str) -> str:
    """The separator under which most columns have a known name; among equals the one that splits most."""
    known = set(COLUMNS)

    def score(mark: str) -> tuple[int, int]:
        names = [_column(cell) for cell in _split(header, mark) or []]
        return sum(name in known for name in names), len(names)

    return max(_DELIMITERS, key=score)


def _column(cell: str) -> str:
    return "_".join(cell.replace("_", " ").replace("-", " ").lower().split())


def _header(cells: list[str], path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Column names by place and warnings. Raises RunnersFileError naming every missing column."""
    names = [_column(cell) for cell in cells]
    known = {*REQUIRED, *OPTIONAL}
    strange = [name for name in names if name and name not in known]
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    missing = [name for name in REQUIRED if name not in names]
    if missing or twice:
        said = []
        for name in missing:
            near = difflib.get_close_matches(name, strange, 1, cutoff=0.6)
            said.append(f"{name} is missing" + (f" (is “{near[0]}” it?)" if near else ""))
        said += [f"{name} is there twice" for name in twice]
        raise RunnersFileError(
            f"{path}: the columns are not right: {'; '.join(said)}. "
            "Name every column once in the first line; examples/subscribers.csv shows them all."
        )
    warnings = []
    for name in strange:
        near = difflib.get_close_matches(name, [n for n in OPTIONAL if n not in names], 1, cutoff=0.6)
        hint = f"; did you mean {near[0]}?" if near else ""
        warnings.append(f"Column “{name[:40]}” is not known and not read{hint}")
    return tuple(name if name in known else "" for name in names), tuple(warnings)


def _encoding(path: Path) -> tuple[str, tuple[str, ...]]:
    """The encoding the whole file can be read with. Raises RunnersFileError for what is no text or in none we know."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise RunnersFileError(f"{path}: {error.strerror}. Give the path of a CSV file that can be read.") from None
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise RunnersFileError(f"{path}: this is a workbook, not a text file. Save it as “CSV UTF-8” and import that.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _whole(path, "utf-16"), ()
    if b"\0" in start:
        # Text in Latin letters has its zero bytes on one side of every pair.
        for encoding, side in (("utf-16-le", 1), ("utf-16-be", 0)):
            if start[side::2].count(0) > len(start) // 3 and start[1 - side :: 2].count(0) == 0:
                return _whole(path, encoding), ()
        raise RunnersFileError(f"{path}: this is not text. Save the table as “CSV UTF-8” and import that.")
    if _readable(path, "utf-8-sig") is None:
        return "utf-8-sig", ()
    place = _readable(path, _CP1252)
    if place is not None:
        raise RunnersFileError(
            f"{path}: byte {place} is neither UTF-8 nor Windows-1252 text. Save the table as “CSV UTF-8” and import that."
        )
    return _CP1252, (
        "The file is not UTF-8 and is read as Windows-1252: look at the accents in the names, or save it as UTF-8.",
    )


def _whole(path: Path, encoding: str) -> str:
    place = _readable(path, encoding)
    if place is not None:
        raise RunnersFileError(
            f"{path}: the file looks like UTF-16 but breaks off at byte {place}. Save it again as “CSV UTF-8”."
        )
    return encoding


def _readable(path: Path, encoding: str) -> int | None:
    """None when the whole file decodes, else about where it does not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    place = 0
    with path.open("rb") as file:
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
                place += len(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return place + error.start
    return None
