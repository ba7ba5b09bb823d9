"""From a week and what was told of it to the values of the answer page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

from coach.answers import ExerciseReport, Pain, RedFlag, SessionReport
from coach.instead import as_done
from coach.profile import Region
from coach.week import Dose, DoseMode, Prescription
from language.catalogue import exercise_name
from language.loads import Loads
from language.tongue import Tongue
from mail import one_question, words
from web import fields as f
from web import switching
from web.answer_views import (
    AnswerPage,
    ChoiceField,
    ExerciseView,
    FeelingView,
    HurtsView,
    NumberField,
    Option,
    QuestionView,
    RegionView,
    SessionView,
    Tap,
)
from web.fields import Form
from web.followed import Followed
from web.telling import WITHDRAWN
from web.words import EFFORTS, FLAGS, MOOD, REGIONS, SLEEP


@dataclass(frozen=True, slots=True)
class _Exercise:
    """All that the fields of an exercise hang on. p: the prescription they come from, with its reasons, which are not shown here.

    planned: the exercise of the plan; planned_name: its name, where another was done in its place and p is of that one.
    """

    session: int
    planned: str
    planned_name: str
    exercise: str
    name: str
    mode: DoseMode
    per_side: bool
    dose: Dose
    harder: Dose | None
    easier: Dose | None
    units: str
    tongue: Tongue
    takes_load: bool
    asked_above: bool
    told: ExerciseReport | None
    p: Prescription = field(compare=False)


def answer_page(form: Form, tap: Tap | None, notices: tuple[str, ...], followed: Followed | None = None) -> AnswerPage:
    """tap: the choice of the link, preselected but not stored. notices: the week's own, in sentences."""
    week, before, tongue = form.week, form.before, form.tongue
    told = {s.session: s for s in before.sessions}
    return AnswerPage(
        week=words.a_span(week.week_of, tongue),
        changed=form.changed,
        sessions=tuple(
            _session(form, i, told.get(i, SessionReport(i)), tap)
            for i, session in enumerate(week.sessions)
            # Nothing to do, nothing to answer: pain has emptied it.
            if session.exercises or i in told
        ),
        question=_question(form, told, tap),
        notices=notices,
        hurts=_hurts(before.hurts, before.pains, before.red_flags, tongue),
        feeling=_feeling(before.soreness, before.sleep, before.mood, before.tight, tongue),
        note="" if before.note == WITHDRAWN else before.note,
        answered=not before.silent,
        said=form.said,
        followed=followed,
    )


def _session(form: Form, index: int, told: SessionReport, tap: Tap | None) -> SessionView:
    session, tongue = form.week.sessions[index], form.tongue
    tapped = tap.effort if tap is not None and tap.session == index else None
    chosen = told.effort if tapped is None else tapped
    reports = {e.exercise: e for e in told.exercises}
    asked = one_question.asked(form.week, index)
    return SessionView(
        name=words.session_name(session.name, tongue),
        day=words.a_day(form.week.week_of + timedelta(days=session.day), tongue),
        minutes_planned=session.minutes,
        effort=ChoiceField(
            f.of_session(index, "effort"),
            tongue.gettext("How was it?"),
            tuple(Option(e.value, tongue.gettext(label), e == chosen) for e, label in EFFORTS.items()),
        ),
        named=_named(form, index, reports),
        rpe=_scale(
            f.of_session(index, "rpe"),
            tongue.gettext("Effort of the whole session"),
            range(11),
            told.rpe,
            {
                0: tongue.gettext("0 · rest"),
                3: tongue.gettext("3 · moderate"),
                5: tongue.gettext("5 · hard"),
                7: tongue.gettext("7 · very hard"),
                10: tongue.gettext("10 · all I had"),
            },
        ),
        minutes=NumberField(
            f.of_session(index, "minutes"),
            tongue.gettext("Minutes it took"),
            "" if told.minutes is None else str(told.minutes),
            f.MINUTES,
        ),
        exercises=tuple(_exercise(index, p, reports.get(p.exercise), form) for p in session.exercises),
        tapped="" if tapped is None else tongue.gettext(EFFORTS[tapped]),
        detailed=told.rpe is not None
        or told.minutes is not None
        or any(asked is None or slug != asked.exercise for slug in reports),
    )


def _named(form: Form, index: int, reports: dict[str, ExerciseReport]) -> tuple[ChoiceField, ...]:
    """Which exercise left nothing, and which five or more: a tap speaks of all of them, this parts them.

    What has been told of by itself, or is asked about, is not offered.
    """
    tongue = form.tongue
    asked = one_question.asked(form.week, index)
    open_ = [
        Option(p.exercise, exercise_name(p.exercise, form.catalogue), chosen=False)
        for p in form.week.sessions[index].exercises
        if p.mode is not DoseMode.CONTACTS and p is not asked and p.exercise not in reports
    ]
    if not open_:
        return ()
    labels = {
        "none": tongue.gettext("Was one too much, with nothing left?"),
        "plenty": tongue.gettext("Was one far too easy?"),
    }
    return tuple(
        ChoiceField(
            f.of_session(index, what),
            labels[what],
            (Option("", tongue.gettext("no"), chosen=True), *open_),
        )
        for what in f.NAMED
    )


def _question(form: Form, told: dict[int, SessionReport], tap: Tap | None) -> QuestionView | None:
    question = form.week.question
    p = None if question is None else one_question.asked(form.week, question.session)
    if question is None or p is None:
        return None
    index, session, tongue = question.session, form.week.sessions[question.session], form.tongue
    report = told.get(index, SessionReport(index))
    before = next((e for e in report.exercises if e.exercise == p.exercise), None)
    if not _was_done(before):
        return None
    name = exercise_name(p.exercise, form.catalogue)
    tapped = tap if tap is not None and tap.session == index else Tap(index)
    left = tapped.left
    if left is None and before is not None:
        left = before.reps_left
    numbers = range(one_question.MOST_LEFT + 1)
    return QuestionView(
        asks=one_question.asks(p, name, tongue),
        exercise=name,
        session=words.session_name(session.name, tongue),
        about=f"{words.session_name(session.name, tongue)}, {tongue.weekday(session.day)}: {words.dose_text(p, form.units, tongue)}",
        left=ChoiceField(
            f.of_exercise(index, p.exercise, "left"),
            tongue.gettext("Left at the end"),
            tuple(Option(str(n), one_question.label(p.mode, n, tongue), n == left) for n in numbers),
        ),
        switch=_switch(f.of_exercise(index, p.exercise, "switch"), p, before, form.units, tongue),
        tapped="" if tapped.left is None else one_question.said(p.mode, tapped.left, tongue),
        effort_open=tapped.effort is None and report.effort is None,
    )


def _was_done(told: ExerciseReport | None) -> bool:
    """Whether it can be asked what was left of an exercise: not when it is known to have been left out."""
    return told is None or (told.swap is None and told.sets_done != 0)


def _switch(name: str, p: Prescription, told: ExerciseReport | None, units: str, tongue: Tongue) -> ChoiceField | None:
    """As planned, or the doses of the mail's rule; each told by what differs."""
    doses = switching.doses(p)
    if not doses:
        return None
    load = Loads(units, tongue)
    shown = {switching.AS_PLANNED: tongue.gettext("no, as planned")}
    if switching.HARDER in doses:
        harder = words.switch(p, doses[switching.HARDER], load, tongue)
        shown[switching.HARDER] = tongue.gettext("up: %(dose)s", dose=harder)
    if switching.EASIER in doses:
        easier = words.switch(p, doses[switching.EASIER], load, tongue)
        shown[switching.EASIER] = tongue.gettext("down: %(dose)s", dose=easier)
    chosen = switching.chosen(p, told)
    return ChoiceField(
        name,
        _switch_label(p, doses, tongue),
        tuple(Option(key, text, key == chosen) for key, text in shown.items()),
    )


def _switch_label(p: Prescription, doses: dict[str, Dose], tongue: Tongue) -> str:
    if any(dose.load_kg != p.dose.load_kg for dose in doses.values()):
        return tongue.gettext("Did you change the load?")
    if p.mode is DoseMode.REPS:
        return tongue.gettext("Did you change the reps?")
    if p.mode is DoseMode.CONTACTS:
        return tongue.gettext("Did you change the contacts?")
    return tongue.gettext("Did you change the seconds?")


def _exercise(index: int, planned: Prescription, told: ExerciseReport | None, form: Form) -> ExerciseView:
    p, asked_above = planned, planned is one_question.asked(form.week, index) and _was_done(told)
    if told is not None and told.swap is not None:
        p = as_done(planned, told.swap, form.week.sessions[index], form.catalogue) or planned
        # What was told of an exercise that has left the catalogue since is not of the planned one.
        told = None if p is planned else told
    return _exercise_view(
        _Exercise(
            index,
            planned.exercise,
            "" if p is planned else exercise_name(planned.exercise, form.catalogue),
            p.exercise,
            exercise_name(p.exercise, form.catalogue),
            p.mode,
            p.per_side,
            p.dose,
            p.harder,
            p.easier,
            form.units,
            form.tongue,
            f.takes_load(p, form.catalogue),
            asked_above,
            told,
            p,
        )
    )


# Doses are round numbers, so runners share them: most of a page has been written for somebody before.
@lru_cache(maxsize=4096)
def _exercise_view(e: _Exercise) -> ExerciseView:
    p, told, tongue = e.p, e.told, e.tongue

    def name(what: str) -> str:
        return f.of_exercise(e.session, e.planned, what)

    def number(what: str, label: str, prescribed: int, said: int | None, limits: f.Limits) -> NumberField:
        return NumberField(name(what), label, str(prescribed if said is None else said), limits)

    load = None
    if e.takes_load:
        used = None if told is None else told.load_kg
        shown = f.prescribed_load(p.dose.load_kg, e.units) if used is None else f.told_load(used, e.units)
        load = NumberField(name("load"), tongue.gettext("Load used, %(units)s", units=e.units), shown, f.LOADS[e.units])
    swap = None
    if e.planned_name:
        ways = (
            Option(p.exercise, e.name, chosen=True),
            Option("", tongue.gettext("%(exercise)s, as planned", exercise=e.planned_name), chosen=False),
        )
        swap = ChoiceField(name("swap"), tongue.gettext("Which one did you do?"), ways)
    return ExerciseView(
        key=f"s{e.session}-{e.planned}",
        name=e.name,
        dose=words.dose_text(p, e.units, tongue),
        sets=number("sets", tongue.gettext("Sets done"), p.dose.sets, None if told is None else told.sets_done, f.SETS),
        amount=number(
            "amount",
            _amount_label(p.mode, tongue),
            p.dose.amount,
            None if told is None else told.reps,
            f.AMOUNTS[p.mode],
        ),
        left=None if e.asked_above else _left(name("left"), p.mode, None if told is None else told.reps_left, tongue),
        load=load,
        switch=None if e.asked_above else _switch(name("switch"), p, told, e.units, tongue),
        asked_above=e.asked_above,
        swap=swap,
    )


def _amount_label(mode: DoseMode, tongue: Tongue) -> str:
    if mode is DoseMode.REPS:
        return tongue.gettext("Reps a set")
    return tongue.gettext("Contacts a set") if mode is DoseMode.CONTACTS else tongue.gettext("Seconds a set")


def _left(name: str, mode: DoseMode, told: int | None, tongue: Tongue) -> ChoiceField | None:
    if mode is DoseMode.CONTACTS:
        return None
    if mode is DoseMode.REPS:
        names = {0: tongue.gettext("0 · none"), 5: tongue.gettext("5 or more")}
        return _scale(name, tongue.gettext("Reps left at the end"), range(6), told, names)
    names = {n: one_question.said(mode, n, tongue) for n in range(6)}
    return _scale(name, tongue.gettext("Could have gone on for"), range(6), told, names)


@lru_cache(maxsize=256)
def _hurts(hurts: bool, pains: tuple[Pain, ...], flags: frozenset[RedFlag], tongue: Tongue) -> HurtsView:
    told = {p.region: p for p in pains}
    return HurtsView(
        told=hurts,
        flags_told=tuple(tongue.gettext(label) for flag, label in FLAGS.items() if flag in flags),
        open=hurts or bool(pains) or bool(flags),
        flags=tuple(
            Option(k.value, tongue.gettext(label), chosen=False) for k, label in FLAGS.items() if k not in flags
        ),
        regions=tuple(
            _region(region, tongue.gettext(label), told.get(region), tongue) for region, label in REGIONS.items()
        ),
    )


@lru_cache(maxsize=256)
def _feeling(
    soreness: int | None, sleep: int | None, mood: int | None, tight: frozenset[Region] | None, tongue: Tongue
) -> FeelingView:
    return FeelingView(
        told=any(x is not None for x in (soreness, sleep, mood)),
        scales=(
            _scale(
                "soreness",
                tongue.gettext("Muscle soreness at its worst"),
                range(11),
                soreness,
                {0: tongue.gettext("0 · none"), 10: tongue.gettext("10 · extreme")},
            ),
            _scale(
                "sleep",
                tongue.gettext("Sleep"),
                range(1, 6),
                sleep,
                {n: tongue.gettext(text) for n, text in SLEEP.items()},
            ),
            _scale(
                "mood", tongue.gettext("Mood"), range(1, 6), mood, {n: tongue.gettext(text) for n, text in MOOD.items()}
            ),
        ),
        tight_told=tight is not None,
        tight=_tight(tight, tongue),
    )


def _region(region: Region, label: str, told: Pain | None, tongue: Tongue) -> RegionView:
    settled = None if told is None else told.settled
    blank = () if settled is not None else (Option("", tongue.gettext("not said"), chosen=True),)
    return RegionView(
        key=region.value,
        label=label,
        marked=told is not None,
        level=_scale(
            f.of_pain(region, "level"),
            tongue.gettext("%(region)s: worst pain, 0 to 10", region=label),
            range(11),
            None if told is None else told.level,
            {0: tongue.gettext("0 · none"), 10: tongue.gettext("10 · worst")},
        ),
        settled=ChoiceField(
            f.of_pain(region, "settled"),
            tongue.gettext("%(region)s: gone by next morning?", region=label),
            (
                *blank,
                Option("yes", tongue.gettext("yes"), chosen=settled is True),
                Option("no", tongue.gettext("no"), chosen=settled is False),
            ),
        ),
    )


def _scale(name: str, label: str, numbers: range, told: int | None, names: dict[int, str]) -> ChoiceField:
    return ChoiceField(name, label, _numbers(numbers, told, tuple(names.items())))


# A page has some thirty of these lists, and writing them anew was half the time it took; there are few different ones.
@lru_cache(maxsize=512)
def _numbers(numbers: range, told: int | None, names: tuple[tuple[int, str], ...]) -> tuple[Option, ...]:
    """Numbers to choose from. What was told can be changed but not taken back, so the blank is offered only before."""
    blank = () if told is not None else (Option("", "–", chosen=True),)
    named = dict(names)
    return (*blank, *(Option(str(n), named.get(n, str(n)), n == told) for n in numbers))


def _tight(told: frozenset[Region] | None, tongue: Tongue) -> tuple[Option, ...]:
    return (
        *(Option(r.value, tongue.gettext(label), told is not None and r in told) for r, label in REGIONS.items()),
        Option(f.NOTHING_TIGHT, tongue.gettext("Nothing feels tight"), told is not None and not told),
    )
