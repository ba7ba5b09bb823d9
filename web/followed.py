"""What was filled in from following along, in words for the answer page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.instead import as_done
from language.catalogue import exercise_name
from mail import one_question, words
from web import fields as f

if TYPE_CHECKING:
    from coach.answers import ExerciseReport
    from coach.week import Prescription
    from web.fields import Form
    from web.telling import Told


@dataclass(frozen=True, slots=True)
class Followed:
    """done: what was not as planned, in a line each. left_out: one sentence for each thing that could not be used."""

    done: tuple[str, ...]
    left_out: tuple[str, ...]


def followed(told: Told, form: Form) -> Followed:
    done = []
    for session in told.answers.sessions:
        planned = {p.exercise: p for p in form.week.sessions[session.session].exercises}
        done += [_done(report, planned[report.exercise], session.session, form) for report in session.exercises]
    return Followed(tuple(done), told.left_out)


def _done(report: ExerciseReport, planned: Prescription, index: int, form: Form) -> str:
    name, p = exercise_name(planned.exercise, form.catalogue), planned
    if report.sets_done == 0:
        return form.tongue.gettext("%(exercise)s: left out", exercise=name)
    if report.swap is not None:
        p = as_done(planned, report.swap, form.week.sessions[index], form.catalogue) or planned
        done = exercise_name(p.exercise, form.catalogue)
        name = form.tongue.gettext("%(done)s in place of %(planned)s", done=done, planned=form.tongue.within(name))
    sets = p.dose.sets if report.sets_done is None else report.sets_done
    amount = p.dose.amount if report.reps is None else report.reps
    parts = [words.amount(p.mode, sets, amount, form.tongue)]
    if report.load_kg is not None:
        parts.append(f.told_weight(report.load_kg, form.units, form.tongue))
    if report.reps_left is not None:
        parts.append(one_question.said(p.mode, report.reps_left, form.tongue))
    return f"{name}: {', '.join(parts)}"
