"""An answer page that something told elsewhere has overtaken: what it still shows of before is no new word, and takes nothing back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.answers import Answers, SessionReport, merge
from web.form import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.answers import Word


def shown(how_many: str, said: Sequence[Word]) -> Answers:
    """What a page showed as told already. how_many: answers there were when it was made, as it says itself; all, where it says nothing of use.

    said: all that there are now, oldest first.
    """
    number = whole(how_many)
    known = said if number is None or not 0 <= number <= len(said) else said[:number]
    return merge(word.answers for word in known)


def news(told: Answers, before: Answers) -> Answers:
    """What of a posted page did not stand on it already. before: what it showed as told."""
    sessions = {s.session: s for s in before.sessions}
    found = (_news(report, sessions.get(report.session, SessionReport(report.session))) for report in told.sessions)
    return replace(
        told,
        sessions=tuple(report for report in found if report is not None),
        pains=tuple(p for p in told.pains if p not in before.pains),
        soreness=None if told.soreness == before.soreness else told.soreness,
        sleep=None if told.sleep == before.sleep else told.sleep,
        mood=None if told.mood == before.mood else told.mood,
        tight=None if told.tight == before.tight else told.tight,
        note="" if told.note == before.note else told.note,
    )


def _news(report: SessionReport, before: SessionReport) -> SessionReport | None:
    new = SessionReport(
        report.session,
        None if report.effort == before.effort else report.effort,
        None if report.rpe == before.rpe else report.rpe,
        None if report.minutes == before.minutes else report.minutes,
        tuple(e for e in report.exercises if e not in before.exercises),
    )
    return None if new == SessionReport(report.session) else new
