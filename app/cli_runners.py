"""`stridewell runners`: bring runners in, take them out, look at one."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from app import shown
from app.cli_arguments import Json, Who
from app.house_door import front_door
from coach.errors import StridewellError

if TYPE_CHECKING:
    from app.runners_import import Report

MOST_SHOWN = 20

runners = App(name="runners", help="Bring runners in, take them out, look at one.")


@runners.command(name="import")
def import_(
    file: Annotated[Path, Parameter(help="UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs.")],
    /,
    *,
    dry_run: Annotated[bool, Parameter(help="Show what would happen and write nothing.")] = False,
    json: Json = False,
) -> int:
    """Bring in the runners of a CSV file; a runner who is there already is updated.

    Rows are taken or refused one by one; exit code 1 when any was refused. examples/subscribers.csv shows every column.

    Example: `stridewell runners import examples/subscribers.csv --dry-run`
    """
    from app import runners_import

    with front_door(make=not dry_run) as house:
        report = runners_import.run(house, file, now=house.clock(), dry_run=dry_run)
    if json:
        shown.as_json(report)
    else:
        _show(report)
    return 0 if report.fine else 1


def _show(report: Report) -> None:
    from app import runner_fields as fields

    for warning in report.warnings:
        shown.warning(warning)
    for note in report.notes[:MOST_SHOWN]:
        shown.warning(f"line {note.line}: {note.problem}")
    if report.samples and report.dry_run:
        rows = [
            (r.name, r.email, r.time_zone, fields.slot_text(r.slot.weekday, r.slot.minute), r.units)
            for r in report.samples
        ]
        shown.table(("name", "address", "time zone", "delivery", "units"), rows, title="For example")
    if report.refused:
        rows2 = [
            (row.line, row.address, p.column, f"{p.rule}. {p.remedy}")
            for row in report.refused[:MOST_SHOWN]
            for p in row.problems
        ]
        shown.table(("line", "address", "column", "what is wrong, and what to write"), rows2, title="Refused")
        if report.refused_rows > MOST_SHOWN:
            shown.line(f"… and {report.refused_rows - MOST_SHOWN:,} more; --json lists up to {len(report.refused):,}.")
    shown.facts(
        {
            "file": report.file,
            "rows": f"{report.rows:,}",
            "new": f"{report.new:,}",
            "changed": f"{report.changed:,}",
            "as before": f"{report.same:,}",
            "asked never to be written to": f"{report.suppressed:,}",
            "refused": f"{report.refused_rows:,}",
        }
    )
    if report.dry_run:
        shown.line("A rehearsal: nothing was written.")


@runners.command
def export(
    file: Annotated[Path | None, Parameter(help="Readable by you alone, harmless in spreadsheets.")] = None,
    /,
    *,
    force: Annotated[bool, Parameter(help="Replace the file when it is there.")] = False,
) -> int:
    """Write all runners as CSV, to a file or to standard output. It holds health data: keep it safe."""
    from app import runners_import

    if file is None:
        with front_door() as house:
            text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
            runners_import.export(house, text)
            text.flush()
            text.detach()
        return 0
    if file.is_dir():
        raise StridewellError(f"{file}: this is a folder. Name a file in it.")
    if file.exists() and not force:
        raise StridewellError(f"{file}: the file is there already. Name another, or replace it with --force.")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        # The mark at the start tells spreadsheets that this is UTF-8.
        with (
            front_door() as house,
            os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8-sig", newline=""
            ) as out,
        ):
            count = runners_import.export(house, out)
        draft.replace(file)
    except OSError as error:
        # The draft's name would tell nobody anything.
        raise StridewellError(f"{file}: {error.strerror}. Check the path and your right to it.") from None
    finally:
        draft.unlink(missing_ok=True)
    shown.plain(f"{shown.one_or_many(count, 'runner', 'runners')} written to {file}")
    return 0


@runners.command
def show(runner: Who, /, *, json: Json = False) -> int:
    """Everything kept about a runner that an operator may need: it shows health data."""
    from app import letters, people

    with front_door() as house:
        found = people.about(house, letters.find(house, runner))
    if json:
        shown.as_json(found)
        return 0
    shown.facts(found.facts())
    rows = [(w.week_of, w.number, w.phase, w.sessions, w.answered) for w in found.weeks]
    if rows:
        shown.table(("week of", "number", "phase", "sessions", "answered"), rows, title="Weeks")
    return 0


@runners.command
def status(
    runner: Who,
    status: Annotated[
        Literal["active", "paused", "unsubscribed"],
        Parameter(
            help="unsubscribed also bars the address: no import brings it back. active lifts the bar: only when the runner asks."
        ),
    ],
    /,
) -> int:
    """Pause a runner's mails, start them again, or end them for good."""
    from app import letters
    from models import subscribers, suppressions
    from models.people import Status

    with front_door() as house:
        found = letters.find(house, runner)
        with house.sessions.begin() as session:
            # Only a runner who asks for it comes back: the operator who types this says so.
            back = status == "active" and suppressions.lift_by_hand(session, found.email)
            subscribers.set_status(session, found.id, Status(status), now=house.clock())
    shown.plain(f"{found.name} is {status}{', and may be written to again' if back else ''}.")
    return 0


@runners.command
def resume(runner: Who, /) -> int:
    """Let a runner train again after a red flag, once a clinician has cleared it."""
    from app import feedback, letters

    with front_door() as house:
        found = letters.find(house, runner)
        done = feedback.resume(house, found, now=house.clock())
    shown.plain(f"{found.name} trains again from the next week on." if done else f"Nothing had stopped {found.name}.")
    return 0


@runners.command
def erase(runner: Who, /, *, yes: Annotated[bool, Parameter(help="Say that you mean it.")] = False) -> int:
    """Erase everything kept about a runner. It cannot be undone. Only the runner can sign up again; an import cannot."""
    from app import letters
    from models import erasing

    with front_door() as house:
        found = letters.find(house, runner)
        if not yes:
            raise StridewellError(f"{found.name}: erasing cannot be undone. Say that you mean it: add --yes")
        with house.sessions.begin() as session:
            receipt = erasing.erase(session, found, now=house.clock())
    shown.plain(f"Erased. Receipt: {receipt.reference}" if receipt else "There was nothing left to erase.")
    return 0
