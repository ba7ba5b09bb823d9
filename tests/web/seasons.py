"""A runner with months behind him: planned, answered and folded by the real engine, and kept in the real store."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import coach
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, SessionReport
from coach.profile import Region
from coach.week import Week
from models import answers as answer_log
from models import plans, training
from tests.builders import MONDAY
from tests.web.conftest import Website, the_catalogue

TAPS = (Effort.RIGHT, Effort.EASY, Effort.RIGHT, Effort.HARD, Effort.SKIPPED, Effort.RIGHT, Effort.EASY)
SILENT_EVERY = 9
SORE = {5: 2, 6: 4, 7: 7, 8: 3, 9: 0}
"""Pain of the knee in some weeks of the season."""


def a_season(website: Website, weeks: int) -> list[tuple[Week, Answers]]:
    """So many weeks before MONDAY; what was planned and told."""
    catalogue, runner = the_catalogue(), website.runner.id
    with website.deps.sessionmaker() as session:
        profile = training.load(session, [runner])[0].profile
    progress, kept = coach.start(profile, catalogue), []
    for n in range(weeks):
        monday = MONDAY + timedelta(weeks=n - weeks)
        now = datetime.combine(monday - timedelta(days=1), time(17), UTC)
        week = coach.next_week(profile, progress, catalogue, week_of=monday)
        told = SILENCE if n % SILENT_EVERY == SILENT_EVERY - 1 else _told(week, n)
        with website.deps.sessionmaker.begin() as session:
            plans.save_weeks(session, [plans.Planned(runner, week)], now=now)
            through = 0
            if not told.silent:
                through = answer_log.record(session, runner, monday, told, now=now + timedelta(days=6), source="web")
            progress = coach.fold(profile, progress, week, told, catalogue)
            plans.save_progress(session, [(runner, monday, progress, through)], now=now + timedelta(days=7))
        kept.append((week, told))
    return kept


def _told(week: Week, n: int) -> Answers:
    sessions = []
    for i, session in enumerate(week.sessions):
        effort = TAPS[(2 * n + i) % len(TAPS)]
        detail = tuple(
            ExerciseReport(p.exercise, p.dose.sets, p.dose.amount, (n + k) % 5)
            for k, p in enumerate(session.exercises[:2])
            if p.mode != "contacts"
        )
        done = effort is not Effort.SKIPPED
        sessions.append(SessionReport(i, effort, rpe=5 + n % 4 if done else None, exercises=detail if done else ()))
    pains = (Pain(Region.KNEE, SORE[n], settled=True),) if n in SORE else ()
    return Answers(sessions=tuple(sessions), pains=pains, soreness=3, sleep=4)
