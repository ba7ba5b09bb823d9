"""Twelve weeks of eleven runners, as a person has read them: tests/goldens/plans/. With --regold they are written anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

import coach
from coach.answers import Answers
from coach.catalogue import Catalogue
from coach.week import Dose, DoseMode, Prescription, Reason, Routine, Session, StretchItem, Week
from language import loads, reasons
from language.tongue import ENGLISH
from tests.builders import MONDAY
from tests.coach.crew import CREW, Member
from tests.conftest import ROOT

GOLDENS = ROOT / "tests/goldens/plans"
WEEKS = 12
DAYS = [ENGLISH.weekday(day) for day in range(7)]


@pytest.mark.parametrize("name", CREW)
def test_twelve_weeks_are_the_ones_a_person_has_read(
    name: str, catalogue: Catalogue, request: pytest.FixtureRequest
) -> None:
    path = GOLDENS / f"{name}.txt"
    words = "\n".join(plan(CREW[name], catalogue)) + "\n"
    if request.config.getoption("--regold", default=False):
        path.write_text(words, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == words, f"{path.name} differs; when it is better, run with --regold"


def test_every_golden_has_its_runner() -> None:
    assert {p.stem for p in GOLDENS.iterdir()} == CREW.keys()


def plan(member: Member, catalogue: Catalogue) -> Iterator[str]:
    yield f"{member.title}."
    progress = coach.start(member.profile, catalogue)
    for number in range(1, WEEKS + 1):
        week = coach.next_week(member.profile, progress, catalogue, week_of=MONDAY + timedelta(weeks=number - 1))
        answers = member.answer(number, week, catalogue)
        yield ""
        yield from written(week, member.units, catalogue)
        yield from heard(answers, week, catalogue)
        progress = coach.fold(member.profile, progress, week, answers, catalogue)


def written(week: Week, units: str, catalogue: Catalogue) -> Iterator[str]:
    def say(reason: Reason) -> str:
        return reasons.sentence(reason, catalogue, units, ENGLISH)

    yield f"WEEK {week.number}, from {week.week_of:%d.%m.%Y}: {week.phase.value}. {say(week.focus)}"
    yield from (f"  ! {notice.kind.value}: {say(notice.reason)}" for notice in week.notices)
    yield from (f"  * {say(change)}" for change in week.changes)
    for session in week.sessions:
        yield from exercises(session, units, catalogue)
        yield f"    {say(session.placed)}"
    if week.qualities:
        yield "  shares: " + ", ".join(f"{q.value.replace('_', ' ')} {share} %" for q, share in week.qualities)
    if week.question is not None:
        asked = catalogue.by_slug[week.question.exercise].name
        yield f"  asked: how many were left in {asked} of {week.sessions[week.question.session].name}?"
    if week.stretch is not None:
        yield from stretches(week.stretch, catalogue)


def exercises(session: Session, units: str, catalogue: Catalogue) -> Iterator[str]:
    yield f"  {session.name}, {DAYS[session.day]}, {session.minutes} min"
    for p in session.exercises:
        name = catalogue.by_slug[p.exercise].name
        left = "" if p.mode is DoseMode.CONTACTS else f", {p.target_rir} left"
        switch = "; ".join(
            f"{word} {amount(p, other, units)}"
            for word, other in (("easier", p.easier), ("harder", p.harder))
            if other is not None
        )
        yield f"    {p.slot:8}{name:36}{amount(p, p.dose, units)}{left}" + (f"  ({switch})" if switch else "")


def amount(p: Prescription, dose: Dose, units: str) -> str:
    unit = {DoseMode.REPS: "", DoseMode.CONTACTS: " contacts"}.get(p.mode, " s")
    side = " a side" if p.per_side else ""
    load = "" if dose.gear is None else f" {loads.load_text(dose, units, ENGLISH)}"
    return f"{dose.sets} × {dose.amount}{unit}{side}{load}"


def stretches(routine: Routine, catalogue: Catalogue) -> Iterator[str]:
    days = ", ".join(DAYS[d] for d in routine.days)
    yield f"  stretches, {round(routine.seconds / 60, 1):g} min, on {days}"
    yield "    " + "; ".join(stretch(item, catalogue) for item in routine.items)
    yield "    before runs: " + "; ".join(stretch(item, catalogue) for item in routine.before)


def stretch(item: StretchItem, catalogue: Catalogue) -> str:
    much = f"{item.hold_s} s" if item.hold_s else f"{item.reps} times"
    rounds = f"{item.rounds} × " if item.rounds > 1 else ""
    return f"{catalogue.stretch_by_slug[item.stretch].name} {rounds}{much}"


def heard(answers: Answers, week: Week, catalogue: Catalogue) -> Iterator[str]:
    """What the runner answered, in one line."""
    if answers.silent:
        yield "  > (silence)"
        return
    parts = []
    for report in answers.sessions:
        told = ", ".join(
            f"{catalogue.by_slug[e.exercise].name} {e.sets_done} × {e.reps} with {e.reps_left} left"
            for e in report.exercises
        )
        rated = "" if report.rpe is None else f" ({report.rpe}/10)"
        effort = "" if report.effort is None else report.effort.value
        parts.append(f"{week.sessions[report.session].name} {effort}{rated}" + (f": {told}" if told else ""))
    parts += [
        f"{p.region.value} {p.level}/10" + (" still there next day" if p.settled is False else "")
        for p in answers.pains
    ]
    parts += [
        f"{word} {value}"
        for word, value in (("soreness", answers.soreness), ("sleep", answers.sleep), ("mood", answers.mood))
        if value is not None
    ]
    parts += [flag.value for flag in sorted(answers.red_flags)]
    if answers.cleared:
        parts.append("cleared by a clinician")
    yield f"  > {'; '.join(parts)}"
