"""Runners' tables for tests: one good row, changed a cell at a time."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from app import runners_file
from app.runner_rows import COLUMNS, Accepted, Refused

TODAY = date(2026, 11, 22)
SUNDAY = (6, 17 * 60)

GOOD = {
    "email": "mia@example.org",
    "name": "Mia",
    "time_zone": "Europe/Paris",
    "language": "",
    "units": "kg",
    "birth_year": "1990",
    "body_mass": "60",
    "experience": "some",
    "goal": "health",
    "trail": "no",
    "weekly_km": "30",
    "runs": "tue easy; sun long",
    "strength_days": "mon thu",
    "minutes": "40",
    "equipment": "mat; band; dumbbells 2-24/2",
    "injuries": "",
    "tight": "",
    "screens": "",
    "cleared": "no",
    "race_date": "",
    "race_km": "",
    "tests_on": "",
    "calf_raises": "",
    "balance_open_s": "",
    "balance_closed_s": "",
    "side_plank_s": "",
    "sit_to_stands": "",
    "delivery": "sun 17:00",
    "consent": "2026-03-01",
}


def table(*changes: dict[str, str], delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for change in changes:
        row = GOOD | change
        writer.writerow([row.get(column, "") for column in columns])
    return text.getvalue()


def read(path: Path) -> list[Accepted | Refused]:
    return list(runners_file.rows(path, runners_file.shape(path), today=TODAY, default_slot=SUNDAY))


def read_text(folder: Path, text: str) -> list[Accepted | Refused]:
    path = folder / "runners.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read(path)
