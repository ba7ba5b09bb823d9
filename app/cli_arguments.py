"""Arguments that several commands share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from cyclopts import Parameter

from coach.errors import StridewellError

Who = Annotated[str, Parameter(help="E-mail address or key of a runner.")]
Json = Annotated[bool, Parameter(help="Print one JSON document, for scripts.")]
Week = Annotated[str | None, Parameter(name="--week", help="Monday of the week, like 2026-11-23.")]


class BadWeek(StridewellError):
    """A --week is not the date of a Monday."""


def monday(text: str | None) -> date | None:
    """The date of a --week. Raises BadWeek."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadWeek(f"--week {text[:40]}: this is not a date. Write a Monday, like 2026-11-23.") from None
    if day.weekday():
        before = day - timedelta(days=day.weekday())
        raise BadWeek(
            f"--week {day}: this is a {day:%A}, and weeks begin on a Monday. Write {before} or {before + timedelta(days=7)}."
        )
    return day
