"""Importing a runners' file: row by row in judgement, chunk by chunk in the database; and exporting one."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from app import profile_changes, runners_file
from app.people import in_a_file
from app.runner_rows import Accepted, Problem, Refused
from models import subscribers
from models.people import NewSubscriber
from models.subscribers import Added

if TYPE_CHECKING:
    from app.wiring import House
    from coach.profile import Profile
    from models.people import Subscriber

SHOWN = 200
"""Refused rows and warnings kept word for word in a report; all are counted."""

SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Noted:
    """A warning about an accepted row."""

    line: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file. new, changed, same, suppressed: accepted runners by what the database made of them.

    suppressed: asked never to be written to, so not stored. refused, notes: the first of them; refused_rows counts all.
    dry_run: nothing was written, the counts are what would have happened.
    """

    file: str
    encoding: str
    delimiter: str
    dry_run: bool
    rows: int = 0
    accepted: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    suppressed: int = 0
    refused_rows: int = 0
    refused: tuple[Refused, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[Noted, ...] = ()
    samples: tuple[NewSubscriber, ...] = ()

    @property
    def fine(self) -> bool:
        return not self.refused_rows


def run(house: House, path: Path, *, now: datetime, dry_run: bool = False) -> Report:
    """Read the file and store its runners; `dry_run` does it all in transactions that are taken back.

    Raises RunnersFileError for a file that cannot be read as a whole; wrong rows are in the report.
    """
    shape = runners_file.shape(path)
    report = Report(str(path), shape.encoding, shape.delimiter, dry_run, warnings=shape.warnings)
    # A database that is not there yet knows nobody: a rehearsal does not make one.
    stored = not dry_run or house.at_head()
    rows = runners_file.rows(path, shape, today=now.date(), default_slot=house.settings.default_slot)
    while chunk := list(islice(rows, house.settings.chunk)):
        accepted = [row for row in chunk if isinstance(row, Accepted)]
        fresh = [row.runner for row in accepted]
        added = _store(house, fresh, now=now, dry_run=dry_run) if stored else Added(len(fresh), 0, 0)
        report = _with(report, chunk, accepted, added)
    return report


def export(house: House, file: io.TextIOBase) -> int:
    """Write every runner that has an address; returns how many."""
    with house.sessions() as session:
        return runners_file.write(file, (in_a_file(session, *one) for one in subscribers.everyone(session)))


def _store(house: House, runners: list[NewSubscriber], *, now: datetime, dry_run: bool) -> Added:
    with house.sessions() as session:

        def changed(runner: Subscriber, old: Profile, new: Profile) -> None:
            profile_changes.worse(session, runner, old, new, now=now)

        added = subscribers.add(session, runners, now=now, on_change=changed)
        if dry_run:
            session.rollback()
        else:
            session.commit()
        return added


def _with(report: Report, chunk: list[Accepted | Refused], accepted: list[Accepted], added: Added) -> Report:
    refused = [row for row in chunk if isinstance(row, Refused)]
    notes = [Noted(row.line, problem) for row in accepted for problem in row.warnings]
    return replace(
        report,
        rows=report.rows + len(chunk),
        accepted=report.accepted + len(accepted),
        new=report.new + added.added,
        changed=report.changed + added.updated,
        same=report.same + added.unchanged,
        suppressed=report.suppressed + added.suppressed,
        refused_rows=report.refused_rows + len(refused),
        refused=(*report.refused, *refused)[:SHOWN],
        notes=(*report.notes, *notes)[:SHOWN],
        samples=(*report.samples, *(row.runner for row in accepted))[:SAMPLES],
    )
