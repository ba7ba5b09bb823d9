"""From a posted answer form to the coach's Answers: what can be used is used, the rest is named and left out.

A number out of range must not cost the runner the red flag ticked beside it, so a field that cannot be used is left out
by itself, with a word about it. What could be pain and cannot be read counts as "something hurts": hold and ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from coach.answers import Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport, Swap
from coach.instead import as_done
from coach.profile import Region
from coach.week import DoseMode, Prescription
from language.catalogue import exercise_name
from language.tongue import Tongue, marked
from mail import one_question, words
from web import fields as f
from web import switching
from web.fields import Form
from web.form import Fields, decimal, prose, whole
from web.words import REGIONS

E = TypeVar("E", bound=StrEnum)

WITHDRAWN = "(withdrawn)"
"""Stored when the runner empties a note: an empty note would not replace the earlier one."""

_AMOUNT = {DoseMode.REPS: marked("%(exercise)s, reps"), DoseMode.CONTACTS: marked("%(exercise)s, contacts")}
"""What a dose's amount counts; else seconds."""
_SECONDS = marked("%(exercise)s, seconds")

_CLIPPED = 24
"""Characters of an unusable value that are shown back."""


@dataclass(frozen=True, slots=True)
class Told:
    """answers: what was told. left_out: one sentence for each thing that could not be used."""

    answers: Answers
    left_out: tuple[str, ...]


def tell(fields: Fields, form: Form) -> Told:
    """Read what a runner told about a week.

    Only what the runner chose or changed is told: an exercise counts when its "left" is chosen, or was told before; else
    its changed fields do.
    """
    reader = _Reader(fields, form.tongue, {f.SAID})
    say = form.tongue.gettext
    sessions = tuple(
        report for index in range(len(form.week.sessions)) if (report := _session(reader, index, form)) is not None
    )
    pains, unsure = _pains(reader)
    flags, unknown_flag = _flags(reader)
    ticked = bool(reader.ticks(f.HURTS)) and not any(p.level > 0 for p in pains)
    answers = Answers(
        sessions=sessions,
        pains=pains,
        hurts=ticked or unsure or unknown_flag,
        soreness=reader.number("soreness", say("Soreness"), f.SORENESS),
        sleep=reader.number("sleep", say("Sleep"), f.SLEEP),
        mood=reader.number("mood", say("Mood"), f.MOOD),
        tight=_tight(reader, form.before),
        red_flags=flags,
        note=_note(reader, form.before),
    )
    if set(fields) - reader.asked:
        reader.left_out.append(say("Part of what arrived does not belong to this form."))
    return Told(answers, tuple(reader.left_out))


@dataclass(slots=True)
class _Reader:
    """Takes values out of the form and remembers what was asked for and what could not be used."""

    fields: Fields
    tongue: Tongue
    asked: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return name in self.fields

    def one(self, name: str, label: str) -> str:
        """The one value of a field; "" when it is blank, missing, or contradicts itself."""
        self.asked.add(name)
        values = {v.strip() for v in self.fields.get(name, ())} - {""}
        if len(values) > 1:
            self.left_out.append(self.tongue.gettext("%(field)s: it came with more than one answer.", field=label))
            return ""
        return values.pop() if values else ""

    def number(self, name: str, label: str, limits: f.Limits) -> int | None:
        text = self.one(name, label)
        if not text:
            return None
        number = whole(text)
        if number is None or not limits.low <= number <= limits.high:
            says = self.tongue.gettext("%(field)s: “%(value)s” is not a whole number from %(least)s to %(most)s.")
            self.left_out.append(
                says % {"field": label, "value": _clip(text), "least": limits.low, "most": limits.high}
            )
            return None
        return number

    def choice(self, name: str, label: str, kind: type[E]) -> E | None:
        text = self.one(name, label)
        if not text:
            return None
        if text not in {k.value for k in kind}:
            says = self.tongue.gettext("%(field)s: “%(value)s” is not one of the answers.")
            self.left_out.append(says % {"field": label, "value": _clip(text)})
            return None
        return kind(text)

    def ticks(self, name: str) -> set[str]:
        """The values of the boxes ticked; the same box twice is once."""
        self.asked.add(name)
        return {v.strip() for v in self.fields.get(name, ())} - {""}


def _session(reader: _Reader, index: int, form: Form) -> SessionReport | None:
    earlier = next((s for s in form.before.sessions if s.session == index), None)
    told = {e.exercise: e for e in earlier.exercises} if earlier is not None else {}
    tongue = form.tongue
    name = words.session_name(form.week.sessions[index].name, tongue)
    effort = reader.choice(f.of_session(index, "effort"), name, Effort)
    rpe = reader.number(f.of_session(index, "rpe"), tongue.gettext("%(session)s, effort", session=name), f.EFFORT)
    minutes_label = tongue.gettext("%(session)s, minutes", session=name)
    minutes = reader.number(f.of_session(index, "minutes"), minutes_label, f.MINUTES)
    detail = tuple(
        report
        for p in form.week.sessions[index].exercises
        if (report := _exercise(reader, index, p, told.get(p.exercise), form)) is not None
    )
    exercises = detail + _named(reader, index, name, {e.exercise for e in detail}, form)
    if effort == Effort.SKIPPED and (rpe is not None or minutes is not None or exercises):
        says = tongue.gettext("%(session)s: you did not do it, so its details were left out.", session=name)
        reader.left_out.append(says)
        return SessionReport(index, effort)
    if effort is None and rpe is None and minutes is None and not exercises:
        return None
    return SessionReport(index, effort, rpe, minutes, exercises)


def _named(reader: _Reader, index: int, session: str, detailed: set[str], form: Form) -> tuple[ExerciseReport, ...]:
    """The exercise picked out as leaving nothing, and the one that left five or more. What is told in detail outranks it."""
    offered = {p.exercise for p in form.week.sessions[index].exercises if p.mode is not DoseMode.CONTACTS}
    picked: dict[str, list[int]] = {}
    for what, left in f.NAMED.items():
        chosen = reader.one(f.of_session(index, what), session)
        if chosen in offered:
            picked.setdefault(chosen, []).append(left)
        elif chosen:
            says = reader.tongue.gettext("%(field)s: “%(value)s” is not one of the answers.")
            reader.left_out.append(says % {"field": session, "value": _clip(chosen)})
    both = [slug for slug, lefts in picked.items() if len(lefts) > 1]
    for slug in both:
        says = reader.tongue.gettext("%(exercise)s: it cannot have left nothing and a lot.")
        reader.left_out.append(says % {"exercise": exercise_name(slug, form.catalogue)})
    return tuple(
        ExerciseReport(slug, reps_left=lefts[0])
        for slug, lefts in picked.items()
        if slug not in both and slug not in detailed
    )


def _exercise(
    reader: _Reader, index: int, p: Prescription, earlier: ExerciseReport | None, form: Form
) -> ExerciseReport | None:
    """The report of one exercise; None when its prefilled fields were left as they were."""
    before = None if earlier is None else earlier.swap
    field = f.of_exercise(index, p.exercise, "swap")
    name = exercise_name(p.exercise, form.catalogue)
    wanted = reader.one(field, form.tongue.gettext("%(exercise)s, done instead", exercise=name))
    if not reader.has(field) and before is not None:
        wanted = before.exercise
    if wanted not in {"", p.exercise}:
        return _swapped(reader, index, p, wanted, before, form)
    complaints = len(reader.left_out)
    sets, amount, left, load = _numbers(reader, index, p, p, form)
    if earlier is not None and before is not None:
        # It was done as planned after all: what was told before was of the other one.
        earlier = ExerciseReport(p.exercise)
    amount, load = _switched(reader, index, p, earlier, amount, load, form)
    if len(reader.left_out) > complaints:
        # Half a report would be a wrong one: a load that cannot be read would pass for the load prescribed.
        return None
    counted = {p.dose.amount, *(dose.amount for dose in switching.doses(p).values())}
    if left is not None and amount is not None and p is one_question.asked(form.week, index) and amount not in counted:
        # The question counts from the plan's amount, so what a set went on to is in its answer already.
        amount = min(amount, p.dose.amount)
    if earlier is None and left is None:
        sets = None if sets == p.dose.sets else sets
        amount = None if amount == p.dose.amount else amount
    if sets is None and amount is None and left is None and load is None:
        return None
    return ExerciseReport(p.exercise, sets, amount, left, load)


def _numbers(
    reader: _Reader, index: int, planned: Prescription, p: Prescription, form: Form
) -> tuple[int | None, int | None, int | None, float | None]:
    """Sets, amount, left and load told of a place, within the limits of what was done there."""
    name, say = exercise_name(p.exercise, form.catalogue), form.tongue.gettext

    def number(what: str, label: str, limits: f.Limits) -> int | None:
        return reader.number(f.of_exercise(index, planned.exercise, what), label, limits)

    return (
        number("sets", say("%(exercise)s, sets", exercise=name), f.SETS),
        number("amount", say(_AMOUNT.get(p.mode, _SECONDS), exercise=name), f.AMOUNTS[p.mode]),
        number("left", say("%(exercise)s, left", exercise=name), f.LEFT),
        _load(reader, f.of_exercise(index, planned.exercise, "load"), p, form),
    )


def _swapped(
    reader: _Reader, index: int, p: Prescription, wanted: str, before: Swap | None, form: Form
) -> ExerciseReport:
    """The report of what was done in place of a planned exercise. What cannot be used leaves the planned one out, which holds its load."""
    if before is not None and before.exercise == wanted:
        other = as_done(p, before, form.week.sessions[index], form.catalogue)
    else:
        other = form.in_place(index, p.exercise, wanted)
    planned = exercise_name(p.exercise, form.catalogue)
    if other is None:
        for what in ("sets", "amount", "left", "load", "switch"):
            reader.asked.add(f.of_exercise(index, p.exercise, what))
        says = form.tongue.gettext(
            "%(exercise)s: “%(other)s” does not take its place in this week. It counts as left out, and its load stays."
        )
        reader.left_out.append(says % {"exercise": planned, "other": _clip(wanted)})
        return ExerciseReport(p.exercise, sets_done=0)
    complaints = len(reader.left_out)
    reader.asked.add(f.of_exercise(index, p.exercise, "switch"))
    sets, amount, left, load = _numbers(reader, index, p, other, form)
    if len(reader.left_out) > complaints:
        return ExerciseReport(p.exercise, sets_done=0)
    return ExerciseReport(p.exercise, sets, amount, left, load, Swap(other.exercise, other.dose))


def _switched(
    reader: _Reader,
    index: int,
    p: Prescription,
    earlier: ExerciseReport | None,
    amount: int | None,
    load: float | None,
    form: Form,
) -> tuple[int | None, float | None]:
    """Amount and load of an exercise: of the dose switched to within the session, unless the detail has its own number.

    A number typed in the detail is the more exact word. Where neither was touched, what was told before stands.
    """
    if not switching.doses(p):
        return amount, load
    field = f.of_exercise(index, p.exercise, "switch")
    name, tongue = exercise_name(p.exercise, form.catalogue), form.tongue
    choice = reader.one(field, tongue.gettext("%(exercise)s, change", exercise=name))
    if choice not in {switching.AS_PLANNED, *switching.doses(p)}:
        says = tongue.gettext("%(exercise)s: that change is not one of the answers.", exercise=name)
        reader.left_out.append(says)
        return amount, load
    untouched = not reader.has(field) or choice == switching.chosen(p, earlier)
    shown_amount = p.dose.amount if earlier is None or earlier.reps is None else earlier.reps
    if amount in {None, shown_amount} and not untouched:
        amount = switching.amount_of(p, choice)
    shown_load = None if earlier is None or earlier.load_kg == p.dose.load_kg else earlier.load_kg
    if not reader.has(f.of_exercise(index, p.exercise, "load")) or _same(load, shown_load, form):
        load = shown_load if untouched else switching.load_of(p, choice)
    return amount, load


def _same(load: float | None, shown: float | None, form: Form) -> bool:
    """Whether a load read back is the one that stood in its field, rounded as it was."""
    if load is None or shown is None:
        return load is shown
    return f.told_load(load, form.units) == f.told_load(shown, form.units)


def _load(reader: _Reader, field: str, p: Prescription, form: Form) -> float | None:
    """The load used in kg, None when it is the one prescribed: compared as shown, so that no rounding looks like a change."""
    if not f.takes_load(p, form.catalogue):
        reader.asked.add(field)
        return None
    label = form.tongue.gettext("%(exercise)s, load", exercise=exercise_name(p.exercise, form.catalogue))
    text = reader.one(field, label)
    if not text:
        return None
    limits = f.LOADS[form.units]
    number = decimal(text)
    if number is None or not limits.low <= number <= limits.high:
        says = form.tongue.gettext("%(field)s: “%(value)s” is not a load from %(least)s to %(most)s %(units)s.")
        given = {"field": label, "value": _clip(text), "units": form.units}
        reader.left_out.append(says % {**given, "least": limits.low, "most": limits.high})
        return None
    if number == float(f.prescribed_load(p.dose.load_kg, form.units)):
        return None
    return f.load_kg(number, form.units)


def _pains(reader: _Reader) -> tuple[tuple[Pain, ...], bool]:
    """The pains told, and whether something about pain was said that cannot be used."""
    pains, say = [], reader.tongue.gettext
    ticked = reader.ticks(f.AT)
    unsure = bool(ticked - set(Region))
    if unsure:
        reader.left_out.append(say("A place that hurts arrived that is not on our list; please mark it again."))
    for region, english in REGIONS.items():
        label = say(english)
        level_field, settled_field = f.of_pain(region, "level"), f.of_pain(region, "settled")
        level = reader.number(level_field, say("%(region)s, pain", region=label), f.PAIN)
        settled = reader.one(settled_field, say("%(region)s, gone by next morning", region=label))
        if settled not in {"", "yes", "no"}:
            says = say("%(region)s, gone by next morning: “%(value)s” is not yes or no.")
            reader.left_out.append(says % {"region": label, "value": _clip(settled)})
            settled = ""
        if level is not None:
            pains.append(Pain(region, level, {"yes": True, "no": False}.get(settled)))
        elif region in ticked or any(
            v.strip() for v in (*reader.fields.get(level_field, ()), *reader.fields.get(settled_field, ()))
        ):
            unsure = True
            says = say("%(region)s: we do not know how much it hurts; please choose 0 to 10.", region=label)
            reader.left_out.append(says)
    return tuple(pains), unsure


def _flags(reader: _Reader) -> tuple[frozenset[RedFlag], bool]:
    """The warning signs ticked, and whether one arrived that is not on the list."""
    ticked = reader.ticks(f.RED_FLAGS)
    known = {flag.value for flag in RedFlag}
    if ticked - known:
        says = reader.tongue.gettext("A warning sign arrived that is not on our list; please tick the ones that fit.")
        reader.left_out.append(says)
    return frozenset(RedFlag(v) for v in ticked & known), bool(ticked - known)


def _tight(reader: _Reader, before: Answers) -> frozenset[Region] | None:
    """The areas called tight; nothing ticked says nothing, unless something was ticked before."""
    ticked = reader.ticks(f.TIGHT)
    known = {region.value for region in Region}
    if ticked - known - {f.NOTHING_TIGHT}:
        reader.left_out.append(reader.tongue.gettext("Tight areas: one is not on our list."))
    regions = frozenset(Region(v) for v in ticked & known)
    if regions or f.NOTHING_TIGHT in ticked or before.tight:
        return regions
    return None


def _note(reader: _Reader, before: Answers) -> str:
    note = prose(reader.one(f.NOTE, reader.tongue.gettext("Note")))
    if len(note) > f.NOTE_CHARACTERS:
        says = reader.tongue.gettext("Note: only its first %(most)s characters were kept.", most=f.NOTE_CHARACTERS)
        reader.left_out.append(says)
        return note[: f.NOTE_CHARACTERS].rstrip()
    if not note and before.note and reader.has(f.NOTE):
        return WITHDRAWN
    return note


def _clip(text: str) -> str:
    text = prose(text).replace("\n", " ")
    return text if len(text) <= _CLIPPED else text[: _CLIPPED - 1] + "…"
